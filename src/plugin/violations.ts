import type { PolicyViolation } from 'aws-cdk-lib';
import type { Severity } from '../values/findings/registry';
import { ChecksFailOn } from './checks-fail-on';
import type { ReportedFinding } from './plugin-runner';

const FAILING: Readonly<Record<ChecksFailOn, readonly Severity[]>> = {
  [ChecksFailOn.ERROR]: ['error'],
  [ChecksFailOn.WARNING]: ['error', 'warning'],
  [ChecksFailOn.NEVER]: [],
};

/**
 * Findings as the CDK reports them. Only findings that fail synthesis are errors there: after acknowledgements, the CDK decides
 * again by the remaining severities. What a construct already warns of in the same report is left out, unless it fails.
 */
export function toViolations(
  reported: readonly ReportedFinding[],
  failOn: ChecksFailOn,
  notes: boolean,
): PolicyViolation[] {
  const fails = ({ finding }: ReportedFinding) => FAILING[failOn].includes(finding.severity);
  return reported
    .filter(({ finding }) => notes || finding.severity !== 'note')
    .filter((each) => fails(each) || !each.isRepeated)
    .map(({ finding, ruleName }) => {
      const { severity, place, message, fix, why, docs } = finding;
      return {
        ruleName,
        description: message,
        fix,
        severity: FAILING[failOn].includes(severity) ? 'error' : severity === 'note' ? 'info' : 'warning',
        ruleMetadata: { id: finding.id, severity, why, docs },
        violatingResources: [
          {
            resourceLogicalId: place.logicalId,
            templatePath: place.file,
            locations: [propertyPath(place.pathInTemplate)],
          },
        ],
      };
    });
}

/** `Resources/Plan/Properties/BackupPlan` in the template is `Properties.BackupPlan` in the resource. */
function propertyPath(pathInTemplate: string): string {
  const [section, , ...inside] = pathInTemplate.split('/');
  return (section === 'Resources' ? inside : pathInTemplate.split('/')).join('.');
}
