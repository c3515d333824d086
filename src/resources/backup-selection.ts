import { Lazy, Resource, Token } from 'aws-cdk-lib';
import { CfnBackupSelection, type IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { show } from '../values/amounts';
import { nameProblems } from '../values/names';
import { type Problem, refuse } from '../values/problem';
import type { ResourceType } from '../values/resource-type';
import { selectionSizeProblems } from '../values/selection-arns';
import type { TagCondition } from '../values/tag-condition';
import { BackupRole } from './backup-role';
import type { BackupSelectionOptions } from './backup-selection-options';
import { lateErrors, report } from './report';
import { SelectedResources } from './selected-resources';
import { selectionProblems } from './selection-laws';

/** Properties of a `BackupSelection`. */
export interface BackupSelectionProps extends BackupSelectionOptions {
  /** The plan whose rules apply to what is selected: one of ours, of aws-cdk-lib's, or an imported one. */
  readonly backupPlan: IBackupPlanRef;
}

/**
 * What a backup plan backs up. `BackupPlan.addSelection()` makes one with the role of the plan.
 *
 * Every change replaces the selection; recovery points are not affected.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
@propertyInjectable
export class BackupSelection extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupSelection';

  /** The role in which AWS Backup makes the recovery points. */
  public readonly role: IRoleRef;

  /** Whether tags decide what is selected. @internal */
  public readonly _usesTags: boolean;

  private readonly resource: CfnBackupSelection;
  private readonly included: SelectedResources;
  private readonly excluded: SelectedResources;

  constructor(scope: Construct, id: string, props: BackupSelectionProps) {
    super(scope, id);
    const { tags = [], anyTag = [] } = props;
    this.included = new SelectedResources(
      { constructs: props.resources, arns: props.arns, types: props.resourceTypes },
      'resources',
    );
    this.excluded = new SelectedResources(
      { constructs: props.exclude, arns: props.excludeArns, types: props.excludeTypes },
      'exclude',
    );
    this._usesTags = tags.length + anyTag.length > 0;
    const selectionName = props.selectionName ?? nameFromId(id);
    report(this, [
      ...nameProblems('selection', selectionName, 'selectionName'),
      ...selectionProblems(props, this.included, this.excluded),
      ...roleProblems(props.role),
    ]);

    this.role = props.role ?? new BackupRole(this, 'AwsBackupRole');
    if (this.role instanceof BackupRole) {
      const types = this.included.isEmpty ? undefined : this.included.types();
      if (types) this.role.allowBackupOf(...types);
      else this.role.allowBackupOfEverything();
    }

    this.resource = new CfnBackupSelection(this, 'Resource', {
      backupPlanId: props.backupPlan.backupPlanRef.backupPlanId,
      backupSelection: {
        selectionName,
        iamRoleArn: this.role.roleRef.roleArn,
        // tags alone need a resource to hold on to: AWS refuses conditions without `Resources` or `ListOfTags`
        resources: anyTag.length > 0 ? undefined : this.included.isEmpty ? ['*'] : arnList(this.included),
        notResources: this.excluded.isEmpty ? undefined : arnList(this.excluded),
        conditions: tags.length > 0 ? renderConditions(tags) : undefined,
        listOfTags:
          anyTag.length > 0
            ? anyTag.map(({ key, value }) => ({
                conditionType: 'STRINGEQUALS',
                conditionKey: key,
                conditionValue: value,
              }))
            : undefined,
      },
    });
    // policies that are attached to the role beside it must be there before AWS Backup looks for resources
    if (this.role instanceof BackupRole) this.role._holdBack(this.resource);
    else this.resource.node.addDependency(this.role);
    if (this.included.isOpen || this.excluded.isOpen)
      this.node.addValidation({ validate: () => lateErrors(this, this.lateProblems()) });
  }

  /** The id that AWS Backup gives the selection. */
  public get selectionId(): string {
    return this.resource.attrSelectionId;
  }

  /** The id of the plan. */
  public get backupPlanId(): string {
    return this.resource.attrBackupPlanId;
  }

  /** The types that are selected, as far as they can be told; undefined where tags alone decide. @internal */
  public _selectedTypes(): ResourceType[] | undefined {
    return this.included.isEmpty ? undefined : this.included.typesAtSynthesis();
  }

  private lateProblems(): Problem[] {
    return [
      ...this.included.lateProblems(),
      ...this.excluded.lateProblems(),
      ...(this.included.isOpen ? selectionSizeProblems(this.included.arns(), 'resources') : []),
      ...(this.excluded.isOpen ? selectionSizeProblems(this.excluded.arns(), 'exclude') : []),
    ];
  }
}

function arnList(selected: SelectedResources): string[] {
  return selected.isOpen ? Lazy.list({ produce: () => selected.arns() }) : selected.arns();
}

/** The id of a construct as the name of a selection. */
function nameFromId(id: string): string {
  return id.replace(/[^a-zA-Z0-9\-_.]+/g, '-').slice(0, 50);
}

function renderConditions(tags: readonly TagCondition[]) {
  const conditions: Record<string, { ConditionKey: string; ConditionValue: string }[]> = {};
  for (const tag of tags) {
    conditions[tag.operator] ??= [];
    conditions[tag.operator].push({ ConditionKey: tag.conditionKey, ConditionValue: tag.value });
  }
  return conditions;
}

/** AWS Backup can't assume its own service-linked role for a selection. */
function roleProblems(role: IRoleRef | undefined): Problem[] {
  if (!role || role instanceof BackupRole) return [];
  const arn = role.roleRef?.roleArn;
  if (arn === undefined)
    throw refuse(
      'Backup-SelectionRole',
      'role',
      `\`role\` must be a role, got ${show(role)}`,
      'refer to an existing one with `Role.fromRoleArn`',
    );
  if (Token.isUnresolved(arn) || !arn.includes(':role/aws-service-role/')) return [];
  return [
    {
      id: 'Backup-ServiceLinkedRole',
      severity: 'error',
      property: 'role',
      message: '`role` is a service-linked role, which AWS Backup can’t assume for a selection',
      fix: 'leave it out, and a `BackupRole` is made',
    },
  ];
}
