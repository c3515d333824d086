import { Lazy, Resource } from 'aws-cdk-lib';
import {
  CfnRestoreTestingSelection,
  type IRestoreTestingPlanRef,
  type IRestoreTestingSelectionRef,
  type RestoreTestingSelectionReference,
} from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown, readHours } from '../../values/core/amounts';
import { NAME_LAWS, nameProblems } from '../../values/core/names';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { TagCondition, tagConditionProblems } from '../../values/core/tag-condition';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import {
  restoreTestingArnProblems,
  restoreTestingChoiceProblems,
  restoreTestingConditionProblems,
  restoreTestingTypeProblems,
  validationWindowProblems,
} from '../../values/restore-testing/restore-testing-selection-laws';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { RestoreTestingRole } from './restore-testing-role';
import type { RestoreTestingSelectionOptions } from './restore-testing-selection-options';
import { isMetadata, TestedResources } from './tested-resources';

/** Properties of a `RestoreTestingSelection`. */
export interface RestoreTestingSelectionProps extends RestoreTestingSelectionOptions {
  /** The restore testing plan: one of this library, an L1, or an imported one. */
  readonly restoreTestingPlan: IRestoreTestingPlanRef;
}

/**
 * The resources of one type that a restore testing plan tests. `RestoreTestingPlan.addSelection()` creates one.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
@propertyInjectable
export class RestoreTestingSelection extends Resource implements IRestoreTestingSelectionRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreTestingSelection';

  /** The name of the selection. */
  public readonly restoreTestingSelectionName: string;

  /** The name of the plan. */
  public readonly restoreTestingPlanName: string;

  /** The resource type to test. */
  public readonly resourceType: ResourceType;

  /** The role with which AWS Backup restores. */
  public readonly role: IRoleRef;

  /** The validation window in hours, which may be a token; undefined if none is set. @internal */
  public readonly _validationWindowHours?: unknown;

  constructor(scope: Construct, id: string, props: RestoreTestingSelectionProps) {
    super(scope, id);
    throwErrors(inputProblems(props), this.node.path);
    const { resourceType, resources = [], arns = [], tags = [], everything = false, metadata } = props;
    const { max } = NAME_LAWS.restoreTestingSelection;
    this.restoreTestingSelectionName =
      props.restoreTestingSelectionName ?? generatedName(scope, id, { maxLength: max, separator: '_' });
    this.restoreTestingPlanName = props.restoreTestingPlan.restoreTestingPlanRef.restoreTestingPlanName;
    this.resourceType = resourceType;
    const tested = new TestedResources(resourceType, resources, arns);
    const window =
      props.validationWindow === undefined
        ? undefined
        : readHours('validationWindow', props.validationWindow);
    this._validationWindowHours = window?.amount;
    const conditions = tags.map(({ operator, conditionKey: key, value }) => ({ operator, key, value }));
    const named = [...resources, ...arns];
    enforce(this, [
      ...nameProblems(
        'restoreTestingSelection',
        this.restoreTestingSelectionName,
        'restoreTestingSelectionName',
      ),
      ...restoreTestingTypeProblems(resourceType),
      ...(everything && named.length + tags.length > 0 ? [EVERYTHING_CONFLICT] : []),
      ...(everything ? [] : restoreTestingChoiceProblems(named, tags)),
      ...wildcardProblems(arns),
      ...restoreTestingArnProblems(tested.isOpen ? arns : tested.arns(), resourceType, 'arns'),
      ...restoreTestingConditionProblems(conditions),
      ...tags.flatMap((condition) => tagConditionProblems(condition)),
      ...(window?.problems ?? []),
      ...validationWindowProblems(window?.amount),
      ...(tested.isOpen ? [] : tested.metadataProblems(metadata)),
    ]);

    this.role = props.role ?? new RestoreTestingRole(this, 'AwsBackupRestoreRole');
    if (this.role instanceof RestoreTestingRole) {
      this.role.allowRestoreOf(resourceType);
      for (const passed of metadata?._passes ?? []) this.role._allowPassing(passed);
    }
    const resource = new CfnRestoreTestingSelection(this, 'Resource', {
      restoreTestingPlanName: this.restoreTestingPlanName,
      restoreTestingSelectionName: this.restoreTestingSelectionName,
      protectedResourceType: resourceType.name,
      protectedResourceArns: protectedArns(tested, everything, named.length > 0),
      protectedResourceConditions: tags.length > 0 ? renderConditions(tags) : undefined,
      restoreMetadataOverrides:
        metadata && Object.keys(metadata.overrides).length > 0 ? metadata.overrides : undefined,
      validationWindowHours: window?.amount,
      iamRoleArn: this.role.roleRef.roleArn,
    });
    // the policies of the role must exist before AWS Backup restores with it
    resource.node.addDependency(this.role);
    if (tested.isOpen)
      this.node.addValidation({
        validate: () =>
          synthesisErrors(this, [
            ...tested.synthesisProblems(),
            ...restoreTestingArnProblems(tested.arns(), resourceType, 'resources'),
            ...tested.metadataProblems(metadata),
          ]),
      });
  }

  /** How other constructs refer to this selection. */
  public get restoreTestingSelectionRef(): RestoreTestingSelectionReference {
    return {
      restoreTestingPlanName: this.restoreTestingPlanName,
      restoreTestingSelectionName: this.restoreTestingSelectionName,
    };
  }
}

const EVERYTHING_CONFLICT: Problem = problem({
  id: 'Backup-RestoreTestingChoice',
  property: 'everything',
  message: (label) =>
    `${label('everything')} must not be combined with \`resources\`, \`arns\` or \`tags\`, which test less`,
  fix: 'set only one of them',
});

/** In the API, `*` selects everything; here, `everything` does. */
function wildcardProblems(arns: readonly string[]): Problem[] {
  if (arns.length !== 1 || arns[0] !== '*') return [];
  return [
    problem({
      id: 'Backup-RestoreTestingArn',
      property: 'arns',
      message: (label) => `${label('arns')} must be full ARNs without wildcards, got \`*\``,
      fix: 'use `everything: true` for every resource of the type, or `tags`',
    }),
  ];
}

function protectedArns(tested: TestedResources, everything: boolean, named: boolean): string[] | undefined {
  if (everything) return ['*'];
  if (!named) return undefined;
  return tested.isOpen ? Lazy.list({ produce: () => tested.arns() }) : tested.arns();
}

function renderConditions(
  tags: readonly TagCondition[],
): CfnRestoreTestingSelection.ProtectedResourceConditionsProperty {
  const of = (operator: string) => {
    const found = tags.filter((tag) => tag.operator === operator);
    return found.length > 0 ? found.map(({ conditionKey: key, value }) => ({ key, value })) : undefined;
  };
  return { stringEquals: of('StringEquals'), stringNotEquals: of('StringNotEquals') };
}

/** Checks the types of the properties, for untyped callers. */
function inputProblems(props: RestoreTestingSelectionProps): Problem[] {
  const id = 'Backup-RestoreTestingSelection';
  const wrong = propsProblems(id, props);
  if (wrong.length > 0) return wrong;
  const arn = props?.role?.roleRef?.roleArn;
  return [
    ...unknownPropertyProblems(props, 'RestoreTestingSelectionProps'),
    ...requiredKindProblems(
      props?.restoreTestingPlan,
      (plan: Partial<IRestoreTestingPlanRef>) =>
        plan.restoreTestingPlanRef?.restoreTestingPlanName !== undefined,
      { id, property: 'restoreTestingPlan', what: 'a restore testing plan' },
    ),
    ...requiredKindProblems(props?.resourceType, (type: unknown) => type instanceof ResourceType, {
      id: 'Backup-RestoreTestingType',
      property: 'resourceType',
      what: 'a `ResourceType`',
      fix: 'for example, use `ResourceType.DYNAMODB`',
    }),
    ...kindProblems(props?.resources, Array.isArray, {
      id,
      property: 'resources',
      what: 'a list of constructs',
    }),
    ...kindProblems(props?.arns, Array.isArray, { id, property: 'arns', what: 'a list of ARNs' }),
    ...listProblems(props?.tags, (tag: unknown) => tag instanceof TagCondition, {
      id,
      property: 'tags',
      what: 'a `TagCondition`',
      fix: "for example, use `TagCondition.stringEquals('backup', 'gold')`",
    }),
    ...flagProblems(id, 'everything', props?.everything),
    ...kindProblems(props?.metadata, isMetadata, {
      id: 'Backup-RestoreMetadata',
      property: 'metadata',
      what: '`RestoreMetadata`',
      fix: 'for example, use `RestoreMetadata.ec2({ subnet })`',
    }),
    ...kindProblems(props?.role, () => arn !== undefined, {
      id,
      property: 'role',
      what: 'a role',
      fix: 'refer to an existing one with `Role.fromRoleArn`',
    }),
    ...(typeof arn === 'string' && isKnown(arn) && arn.includes(':role/aws-service-role/')
      ? [
          problem({
            id: 'Backup-ServiceLinkedRole',
            property: 'role',
            message: (label) =>
              `${label('role')} must not be a service-linked role, which AWS Backup can't assume for a selection`,
            fix: 'omit it to have a `RestoreTestingRole` created',
          }),
        ]
      : []),
  ];
}
