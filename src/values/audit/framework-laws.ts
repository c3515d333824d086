import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { ControlScopeValues } from './control-scope-laws';

/** The checked parts of a control. */
export interface ControlValues {
  readonly name: unknown;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly scope?: ControlScopeValues;
}

/**
 * The law for the controls of a framework: at least one, without duplicates.
 *
 * Sources: AWS's error in a CloudFormation deployment of 2026-09-24; the CloudFormation schema requires unique items.
 * Whether AWS accepts one control with two scopes is unknown.
 */
export function frameworkProblems(controls: readonly ControlValues[], property = 'controls'): Problem[] {
  if (controls.length === 0)
    return [
      problem({
        id: 'Backup-FrameworkWithoutControl',
        property,
        message: (label) => `${label(property)} must have at least one control, got none`,
        fix: 'for example, add `FrameworkControl.resourcesProtectedByBackupPlan()`',
      }),
    ];
  const problems: Problem[] = [];
  const variants = new Map<unknown, Set<string>>();
  for (const control of controls) {
    // a missing name is refused by itself
    if (typeof control.name !== 'string' || !isKnown(control.name)) continue;
    const before = variants.get(control.name);
    const text = JSON.stringify([control.scope ?? {}, control.parameters]);
    if (before)
      problems.push(
        problem({
          id: before.has(text) ? 'Backup-DuplicateControl' : 'Backup-RepeatedControl',
          property,
          message: (label) =>
            before.has(text)
              ? `${label(property)} must not contain the same control twice, got \`${control.name}\` twice`
              : `${label(property)} has \`${control.name}\` twice, which AWS Backup isn't known to accept`,
          fix: before.has(text) ? 'omit one of them' : 'put one of them in another framework',
        }),
      );
    variants.set(control.name, (before ?? new Set()).add(text));
  }
  return problems;
}
