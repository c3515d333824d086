#!/usr/bin/env bash
# Writes the report as a comment on the pull request, or updates the comment that an earlier run has written. A pull request
# without findings gets no comment, unless there is one to update.
set -euo pipefail

marker="<!-- cdk-backup -->"
comments="repos/$GITHUB_REPOSITORY/issues/$BACKUP_PULL_REQUEST/comments"
body="$(mktemp)"
{
  echo "$marker"
  cat "$BACKUP_REPORT"
} >"$body"

id="$(gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n 1)"
if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body"
elif [ "$BACKUP_FOUND" = true ]; then
  gh api --silent --method POST "$comments" --field "body=@$body"
fi
