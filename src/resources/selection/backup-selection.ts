import { Lazy, Resource } from 'aws-cdk-lib';
import { CfnBackupSelection, type IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { nameProblems } from '../../values/core/names';
import type { Problem } from '../../values/core/problem';
import type { TagCondition } from '../../values/core/tag-condition';
import { type AppResource, forgetResources, resourcesInEnvironment } from '../core/app-resources';
import { enforce, synthesisErrors } from '../core/enforce';
import { nonEmpty } from '../core/non-empty';
import { BackupRole } from '../role/backup-role';
import { roleElsewhereProblems, warnOfDistrust } from '../role/role-trust';
import type { BackupSelectionOptions, BackupSelectionProps } from './backup-selection-options';
import { type Selected, warnOfUnversionedBuckets, withTags } from './selected-buckets';
import { openScopeProblems } from './selected-resource-laws';
import { type KnownTypes, SelectedResources } from './selected-resources';
import { selectionKindProblems } from './selection-kinds';
import { selectionProblems } from './selection-laws';
import { type SelectingPlan, selectionInPlanProblems } from './selection-plan';
import { selectsNothingProblems, TaggedResources } from './tagged-resources';

/**
 * The resources that a backup plan backs up. `BackupPlan.addSelection()` creates one with the role of the plan.
 *
 * Every change replaces the selection. Recovery points are not affected.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
@propertyInjectable
export class BackupSelection extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupSelection';

  /** The role with which AWS Backup creates the recovery points. */
  public readonly role: IRoleRef;

  /** Whether the selection has tag conditions. @internal */
  public readonly _usesTags: boolean;

  /** What the selection was created from. @internal */
  public readonly _criteria: BackupSelectionOptions;

  private readonly resource: CfnBackupSelection;
  private readonly included: SelectedResources;
  private readonly tagged: TaggedResources;

  constructor(scope: Construct, id: string, props: BackupSelectionProps) {
    super(scope, id);
    enforce(this, selectionKindProblems(props));
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
    enforce(this, [
      ...nameProblems('selection', selectionName, 'selectionName'),
      ...selectionProblems(this, props, included, excluded),
      ...selectionInPlanProblems(this, plan),
      ...roleElsewhereProblems(this, props.role),
    ]);

    this._criteria = props;
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
        // AWS Backup rejects conditions without `Resources` or `ListOfTags`
        resources: anyTag.length > 0 ? undefined : included.isEmpty ? ['*'] : arnList(included),
        notResources: arnList(excluded),
        conditions: tags.length > 0 ? renderConditions(tags) : undefined,
        listOfTags: anyTag.length > 0 ? renderListOfTags(anyTag) : undefined,
      },
    });
    // the policies of the role must exist before AWS Backup looks for resources
    if (this.role instanceof BackupRole) this.role._deployBefore(this.resource);
    else this.resource.node.addDependency(this.role);
    this.tagged = new TaggedResources(props, included, excluded);
    this.node.addValidation({
      validate: () => synthesisErrors(this, this.synthesisProblems(props, excluded)),
    });
    forgetResources(this);
    plan._acceptSelection?.(this);
  }

  /** The ID of the selection. */
  public get selectionId(): string {
    return this.resource.attrSelectionId;
  }

  /** The ID of the plan. */
  public get backupPlanId(): string {
    return this.resource.attrBackupPlanId;
  }

  /**
   * The selected types that are known so far.
   *
   * @param resources the resources of the app here, at synthesis, when tags are final; empty leaves tags aside
   * @internal
   */
  public _knownTypes(resources: readonly AppResource[] = []): KnownTypes {
    const { types, complete } = this.included.knownTypes();
    return { types: [...types, ...this.tagged.in(resources).map(({ type }) => type)], complete };
  }

  private synthesisProblems(props: BackupSelectionProps, excluded: SelectedResources): Problem[] {
    // asked once per synthesis, and not at all if only names decide
    const isSearch = this.tagged.isOnlyByTag || (props.resourceTypes?.length ?? 0) > 0;
    const resources = isSearch ? resourcesInEnvironment(this) : [];
    warnOfUnversionedBuckets(
      this,
      this.selectedIn(resources, props).map(({ resource }) => resource),
    );
    warnOfDistrust(this, this.role);
    return [
      ...(this.included.isOpen || excluded.isOpen ? openScopeProblems(props, this.included, excluded) : []),
      ...selectsNothingProblems(this.tagged, resources),
    ];
  }

  /** The resources that are certainly selected. */
  private selectedIn(
    resources: readonly AppResource[],
    { resourceTypes = [] }: BackupSelectionProps,
  ): readonly Selected[] {
    if (this.tagged.isOnlyByTag) return this.tagged.in(resources);
    const ofTypes = resources.filter(({ type }) => resourceTypes.some(({ name }) => name === type.name));
    const named = this.included.resources().map(withTags);
    return [...named, ...this.tagged.withoutExcluded(ofTypes)].filter(
      (each) => this.tagged.matches(each) === true,
    );
  }
}

function arnList(selected: SelectedResources): string[] | undefined {
  if (selected.isOpen) return Lazy.list({ produce: () => selected.arns() }, { omitEmpty: true });
  return nonEmpty(selected.arns());
}

/** The default name of a selection, from the construct id. */
function nameFromId(id: string): string {
  return id.replace(/[^a-zA-Z0-9\-_.]+/g, '-').slice(0, 50);
}

/** Conditions that must all match. */
function renderConditions(tags: readonly TagCondition[]): CfnBackupSelection.ConditionsProperty {
  const conditions: Record<string, { ConditionKey: string; ConditionValue: string }[]> = {};
  for (const tag of tags) {
    conditions[tag.operator] ??= [];
    conditions[tag.operator].push({ ConditionKey: tag.conditionKey, ConditionValue: tag.value });
  }
  return conditions;
}

/** Conditions of which at least one must match. */
function renderListOfTags(tags: readonly TagCondition[]): CfnBackupSelection.ConditionResourceTypeProperty[] {
  return tags.map(({ key, value }) => ({
    conditionType: 'STRINGEQUALS',
    conditionKey: key,
    conditionValue: value,
  }));
}
