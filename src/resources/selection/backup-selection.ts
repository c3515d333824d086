import { Lazy, Resource } from 'aws-cdk-lib';
import { CfnBackupSelection, type IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { nameProblems } from '../../values/core/names';
import type { TagCondition } from '../../values/core/tag-condition';
import { lateErrors, report } from '../core/enforce';
import { BackupRole } from '../role/backup-role';
import type { BackupSelectionProps } from './backup-selection-options';
import { openScopeProblems } from './selected-resource-laws';
import { type KnownTypes, SelectedResources } from './selected-resources';
import { selectionKindProblems } from './selection-kinds';
import { selectionProblems } from './selection-laws';
import { type SelectingPlan, selectionInPlanProblems } from './selection-plan';

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

  constructor(scope: Construct, id: string, props: BackupSelectionProps) {
    super(scope, id);
    report(this, selectionKindProblems(props));
    const { tags = [], anyTag = [], selectionName = nameFromId(id) } = props;
    const plan: IBackupPlanRef & Partial<SelectingPlan> = props.backupPlan;
    const included = new SelectedResources(this, {
      constructs: props.resources,
      arns: props.arns,
      types: props.resourceTypes,
    });
    const excluded = new SelectedResources(this, {
      constructs: props.exclude,
      arns: props.excludeArns,
      types: props.excludeTypes,
    });
    report(this, [
      ...nameProblems('selection', selectionName, 'selectionName'),
      ...selectionProblems(this, props, included, excluded),
      ...selectionInPlanProblems(this, plan),
    ]);

    this.included = included;
    this._usesTags = tags.length + anyTag.length > 0;
    this.role = props.role ?? plan._selectionRole?.() ?? new BackupRole(this, 'AwsBackupRole');
    if (this.role instanceof BackupRole) {
      const types = included.typesForRole();
      if (types) this.role.allowBackupOf(...types);
      else this.role.allowBackupOfEverything();
    }

    this.resource = new CfnBackupSelection(this, 'Resource', {
      backupPlanId: plan.backupPlanRef.backupPlanId,
      backupSelection: {
        selectionName,
        iamRoleArn: this.role.roleRef.roleArn,
        // tags alone need a resource to hold on to: AWS refuses conditions without `Resources` or `ListOfTags`
        resources: anyTag.length > 0 ? undefined : included.isEmpty ? ['*'] : arnList(included),
        notResources: arnList(excluded),
        conditions: tags.length > 0 ? renderConditions(tags) : undefined,
        listOfTags: anyTag.length > 0 ? renderListOfTags(anyTag) : undefined,
      },
    });
    // policies that are attached to the role beside it must be there before AWS Backup looks for resources
    if (this.role instanceof BackupRole) this.role._holdBack(this.resource);
    else this.resource.node.addDependency(this.role);
    if (included.isOpen || excluded.isOpen)
      this.node.addValidation({
        validate: () => lateErrors(this, openScopeProblems(props, included, excluded)),
      });
    plan._acceptSelection?.(this);
  }

  /** The id that AWS Backup gives the selection. */
  public get selectionId(): string {
    return this.resource.attrSelectionId;
  }

  /** The id of the plan. */
  public get backupPlanId(): string {
    return this.resource.attrBackupPlanId;
  }

  /** The types that are selected, as far as they are known now. @internal */
  public _knownTypes(): KnownTypes {
    return this.included.knownTypes();
  }
}

function arnList(selected: SelectedResources): string[] | undefined {
  if (selected.isOpen) return Lazy.list({ produce: () => selected.arns() }, { omitEmpty: true });
  const arns = selected.arns();
  return arns.length > 0 ? arns : undefined;
}

/** The id of a construct as the name of a selection. */
function nameFromId(id: string): string {
  return id.replace(/[^a-zA-Z0-9\-_.]+/g, '-').slice(0, 50);
}

/** All must hold. */
function renderConditions(tags: readonly TagCondition[]): CfnBackupSelection.ConditionsProperty {
  const conditions: Record<string, { ConditionKey: string; ConditionValue: string }[]> = {};
  for (const tag of tags) {
    conditions[tag.operator] ??= [];
    conditions[tag.operator].push({ ConditionKey: tag.conditionKey, ConditionValue: tag.value });
  }
  return conditions;
}

/** One is enough. */
function renderListOfTags(tags: readonly TagCondition[]): CfnBackupSelection.ConditionResourceTypeProperty[] {
  return tags.map(({ key, value }) => ({
    conditionType: 'STRINGEQUALS',
    conditionKey: key,
    conditionValue: value,
  }));
}
