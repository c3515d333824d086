#!/usr/bin/env bash
# Runs the checks for action.yml: a report for code scanning, one for the comment, and one for the log. Inputs come as
# environment variables, never as code.
set -euo pipefail

tool="cdk-backup-constructs"
if [ -n "${BACKUP_VERSION:-}" ]; then
  run=(npx --yes --package "$tool@$BACKUP_VERSION" cdk-backup)
elif [ -x node_modules/.bin/cdk-backup ]; then
  run=(npx --no-install cdk-backup)
else
  run=(npx --yes --package "$tool" cdk-backup)
fi

read -r -a paths <<<"${BACKUP_PATH:-cdk.out}"
arguments=(check)
[ -z "${BACKUP_CONFIG:-}" ] || arguments+=("--config=$BACKUP_CONFIG")
[ -z "${BACKUP_BASELINE:-}" ] || arguments+=("--baseline=$BACKUP_BASELINE")

folder="${RUNNER_TEMP:-$(mktemp -d)}"
sarif="$folder/cdk-backup.sarif"
markdown="$folder/cdk-backup.md"
text="$folder/cdk-backup.txt"

# the exit code of the text report counts; the others only write files
report() {
  local format="$1" file="$2" code=0
  shift 2
  "${run[@]}" "${arguments[@]}" --format "$format" --out "$file" "$@" -- "${paths[@]}" || code=$?
  return "$code"
}

code=0
threshold=()
[ -z "${BACKUP_FAIL_ON:-}" ] || threshold=(--fail-on "$BACKUP_FAIL_ON")
report text "$text" ${threshold[@]+"${threshold[@]}"} || code=$?
{
  echo "exit-code=$code"
  echo "sarif-file=$sarif"
  echo "markdown-file=$markdown"
} >>"$GITHUB_OUTPUT"
if [ "$code" -gt 1 ]; then
  exit 0 # the last step of the action fails; stderr is in the log
fi

cat "$text"
report sarif "$sarif" --fail-on never
report markdown "$markdown" --fail-on never
cat "$markdown" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
found=true
! grep -q -m 1 '^## AWS Backup: nothing' "$markdown" || found=false
echo "found=$found" >>"$GITHUB_OUTPUT"
