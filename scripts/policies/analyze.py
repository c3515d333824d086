"""Reads [{"place", "kind", "content"}] from stdin, writes [{"tool", "place", "issue", "detail"}] to stdout."""

import json
import sys

from cloudsplaining.scan.policy_document import PolicyDocument
from parliament import analyze_policy_string


def parliament(document):
    for finding in analyze_policy_string(json.dumps(document["content"])).findings:
        detail = finding.detail if isinstance(finding.detail, str) else json.dumps(finding.detail, sort_keys=True)
        actions = finding.location.get("actions") or finding.location.get("string") or ""
        yield finding.issue, f"{detail} {json.dumps(actions)}"


def cloudsplaining(document):
    policy = PolicyDocument(document["content"])
    for check in (
        "allows_data_exfiltration_actions",
        "allows_privilege_escalation",
        "contains_statement_using_not_action",
        "credentials_exposure",
        "permissions_management_without_constraints",
        "service_wildcard",
        "tagging_actions_without_constraints",
        "write_actions_without_constraints",
    ):
        for found in getattr(policy, check):
            yield check, found if isinstance(found, str) else json.dumps(found, sort_keys=True)


findings = []
for each in json.load(sys.stdin):
    tools = [parliament] if each["kind"] != "identity" else [parliament, cloudsplaining]
    for tool in tools:
        for issue, detail in tool(each):
            findings.append({"tool": tool.__name__, "place": each["place"], "issue": issue, "detail": detail})
json.dump(findings, sys.stdout)
