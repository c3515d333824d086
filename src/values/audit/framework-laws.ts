import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';
import type { ControlScopeValues } from './control-scope-laws';

/** A control as the laws of a framework see it. */
export interface ControlValues {
  readonly name: unknown;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly scope?: ControlScopeValues;
}

/**
 * The law of the controls of a framework: at least one, and none twice.
 *
 * Sources: AWS's text in a CloudFormation deployment of 2026-09-24; the schema of CloudFormation asks for unique
 * items. Of one control with two scopes nothing is known.
 */
export function frameworkProblems(controls: readonly ControlValues[], property = 'controls'): Problem[] {
  if (controls.length === 0)
    return [
      {
        id: 'Backup-FrameworkWithoutControl',
        severity: 'error',
        property,
        message: `\`${property}\` must have at least one control, got none`,
        fix: 'add for example `FrameworkControl.resourcesProtectedByBackupPlan()`',
      },
    ];
  const problems: Problem[] = [];
  const seen = new Map<unknown, Set<string>>();
  for (const control of controls) {
    if (!isKnown(control.name)) continue;
    const before = seen.get(control.name);
    const text = JSON.stringify([control.scope ?? {}, control.parameters]);
    if (before)
      problems.push({
        id: 'Backup-DuplicateControl',
        severity: before.has(text) ? 'error' : 'warning',
        property,
        message: before.has(text)
          ? `\`${property}\` must not have the same control twice, got \`${control.name}\` twice`
          : `\`${property}\` has \`${control.name}\` twice, which AWS Backup isn't known to accept`,
        fix: before.has(text) ? 'leave one of them out' : 'put one of them into another framework',
      });
    seen.set(control.name, (before ?? new Set()).add(text));
  }
  return problems;
}
