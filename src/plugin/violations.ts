import type { PolicyViolation } from 'aws-cdk-lib';
import type { Severity } from '../checks/engine/check';
import { FailOn } from './fail-on';
import type { Judged } from './plugin-runner';

const FAILING: Readonly<Record<FailOn, readonly Severity[]>> = {
  [FailOn.ERROR]: ['error'],
  [FailOn.WARNING]: ['error', 'warning'],
  [FailOn.NEVER]: [],
};

/**
 * Findings as the CDK reports them. What fails synthesis is an error there, and nothing else is: once something is
 * acknowledged, the CDK concludes anew from the severities that are left.
 */
export function toViolations(judged: readonly Judged[], failOn: FailOn, notes: boolean): PolicyViolation[] {
  return judged
    .filter(({ finding }) => notes || finding.severity !== 'note')
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
