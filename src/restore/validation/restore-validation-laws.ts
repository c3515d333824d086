import type { IRestoreTestingPlanRef } from 'aws-cdk-lib/aws-backup';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { RestoreTestingPlan } from '../../resources/restore-testing/restore-testing-plan';
import { readHours, readMinutes } from '../../values/core/amounts';
import { enumerateNames } from '../../values/core/enumeration';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { validationWindowProblems } from '../../values/restore-testing/restore-testing-selection-laws';
import { RestoreCheck } from './restore-check';
import type { RestoreValidationProps } from './restore-validation-props';
import { ValidationLevel } from './validation-level';

const ID = 'Backup-RestoreValidation';
/** AWS Lambda takes 4 KB of environment variables; ARNs and names need some of it. */
const MAX_SETTINGS = 3_000;

/** The problems of the properties on their own. */
export function validationProblems(props: RestoreValidationProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const ref = (property: string, value: unknown, key: string, what: string) =>
    kindProblems(value, (each: never) => (each as Record<string, unknown>)[key] !== undefined, {
      id: ID,
      property,
      what,
    });
  return [
    ...unknownPropertyProblems(props, 'RestoreValidationProps'),
    ...requiredKindProblems(
      props?.restoreTestingPlan,
      (plan: Partial<IRestoreTestingPlanRef>) =>
        plan.restoreTestingPlanRef?.restoreTestingPlanArn !== undefined,
      { id: ID, property: 'restoreTestingPlan', what: 'a restore testing plan' },
    ),
    ...requiredKindProblems(props?.checks, (checks: unknown) => Array.isArray(checks) && checks.length > 0, {
      id: ID,
      property: 'checks',
      what: 'a list with at least one `RestoreCheck`',
      fix: 'for example, use `RestoreCheck.dynamoDb()`',
    }),
    ...(Array.isArray(props?.checks)
      ? listProblems(props.checks, (check: unknown) => check instanceof RestoreCheck, {
          id: ID,
          property: 'checks',
          what: 'a `RestoreCheck`',
        })
      : []),
    ...flagProblems(ID, 'removeLeftovers', props?.removeLeftovers),
    ...ref('evidenceBucket', props?.evidenceBucket, 'bucketRef', 'a bucket'),
    ...ref('alarmTopic', props?.alarmTopic, 'topicRef', 'a topic'),
    ...listProblems(props?.keys, (key: { keyRef?: unknown }) => key.keyRef !== undefined, {
      id: ID,
      property: 'keys',
      what: 'a key',
    }),
    ...listProblems(props?.subnets, (subnet: { subnetRef?: unknown }) => subnet.subnetRef !== undefined, {
      id: ID,
      property: 'subnets',
      what: 'a subnet',
    }),
    ...listProblems(
      props?.securityGroups,
      (group: { securityGroupRef?: unknown }) => group.securityGroupRef !== undefined,
      { id: ID, property: 'securityGroups', what: 'a security group' },
    ),
    ...durationProblems(props),
  ];
}

function durationProblems(props: RestoreValidationProps): Problem[] {
  const { recoveryTimeTarget, recoveryPointTarget, restoreTimeout, validationWindow } = props;
  const window = validationWindow && readHours('validationWindow', validationWindow);
  return [
    ...(recoveryTimeTarget ? readMinutes('recoveryTimeTarget', recoveryTimeTarget).problems : []),
    ...(recoveryPointTarget ? readMinutes('recoveryPointTarget', recoveryPointTarget).problems : []),
    ...(restoreTimeout ? readHours('restoreTimeout', restoreTimeout).problems : []),
    ...(window?.problems ?? []),
    ...(window?.amount === 0
      ? [windowProblem('', 'must be at least 1 hour')]
      : validationWindowProblems(window?.amount)),
  ];
}

/** The window is missing or empty. */
function windowProblem(ofWhat: string, must: string): Problem {
  return problem({
    id: 'Backup-RestoreValidationWindow',
    property: 'validationWindow',
    message: (label) =>
      `${label('validationWindow')}${ofWhat} ${must}, otherwise AWS Backup deletes what it restored before it can be validated`,
    fix: 'for example, use `Duration.hours(8)`',
  });
}

/** The problems of properties that belong together. */
export function combinationProblems(props: RestoreValidationProps): Problem[] {
  const { checks, subnets = [], securityGroups = [], evidenceBucket, lockEvidenceFor } = props;
  const of = (property: string, message: string, fix: string) =>
    problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
  const found: Problem[] = [];
  if (subnets.length > 0 !== securityGroups.length > 0)
    found.push(of('subnets', 'and `securityGroups` must be set together', 'set both, or neither'));
  if (evidenceBucket && lockEvidenceFor)
    found.push(
      of('lockEvidenceFor', 'is for a new bucket, but `evidenceBucket` is set', 'lock that bucket instead'),
    );
  const opening = checks.filter(
    (check) => check._opensPort && check._options.level === ValidationLevel.OPENS && subnets.length === 0,
  );
  if (opening.length > 0)
    found.push(
      of(
        'subnets',
        `must be set to open the ports of ${enumerateNames(opening.map(({ resourceType }) => resourceType.name))}`,
        'set `subnets` and `securityGroups`, or use `ValidationLevel.RESTORED`',
      ),
    );
  const connecting = subnets.length === 0 ? checks.filter((check) => check._needsConnection) : [];
  if (connecting.length > 0)
    found.push(
      of(
        'subnets',
        `must be set to query ${enumerateNames(connecting.map(({ resourceType }) => resourceType.name))} over a connection`,
        'set `subnets` and `securityGroups` that reach the restored databases, or use a `validator` instead of `queries`',
      ),
    );
  const everywhere = checks
    .filter(({ sourceArns }) => sourceArns === undefined)
    .map(({ resourceType }) => resourceType.name);
  const twice = everywhere.filter((name, index) => everywhere.indexOf(name) < index);
  if (twice.length > 0)
    found.push(
      of(
        'checks',
        `must have at most one check for all of a type, got several for ${enumerateNames([...new Set(twice)])}`,
        'set `resources` of the others',
      ),
    );
  const size = JSON.stringify(checks.map((check) => check._render(subnets.length > 0))).length;
  if (size > MAX_SETTINGS)
    found.push(
      of(
        'checks',
        `must fit into the environment of a function, ${MAX_SETTINGS} characters, got ${size}`,
        'use fewer or shorter queries and ARNs, or a `validator`',
      ),
    );
  return found;
}

/** What the selections of the plan lack, when no more can be added. */
export function selectionProblems(props: RestoreValidationProps): Problem[] {
  const plan = props.restoreTestingPlan;
  if (!(plan instanceof RestoreTestingPlan)) return [];
  const checked = props.checks.map(({ resourceType }) => resourceType.name);
  return plan.selections.flatMap((selection) => {
    const found: Problem[] = [];
    const hours = selection._validationWindowHours;
    if (hours === undefined || hours === 0)
      found.push(
        windowProblem(
          ` of \`${selection.node.path}\``,
          hours === 0 ? 'must be at least 1 hour' : 'must be set',
        ),
      );
    if (!checked.includes(selection.resourceType.name))
      found.push(
        problem({
          id: 'Backup-RestoreValidationGap',
          property: 'checks',
          message: (label) =>
            `${label('checks')} has none for ${selection.resourceType}, which \`${selection.node.path}\` tests, so each of these tests fails`,
          fix: 'add a `RestoreCheck` for the type',
        }),
      );
    return found;
  });
}
