import type { IBackupPlanRef, IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { type ControlScopeValues, scopeShapeProblems } from '../../values/audit/control-scope-laws';
import { show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { Capability, Support } from '../../values/resource-type/capability';
import { ResourceType } from '../../values/resource-type/resource-type';

/**
 * What a control evaluates: everything, resources of some types, what carries one tag, or one resource. A control
 * has one of these; which of them it can have depends on the control.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ControlScope.html
 */
export class ControlScope {
  /** Everything that the control can evaluate. The default. */
  public static everything(): ControlScope {
    return new ControlScope('everything', 'everything');
  }

  /** All resources of these types, such as `ResourceType.EFS`. */
  public static resourceTypes(...types: ResourceType[]): ControlScope {
    if (types.length === 0)
      throw refuse(
        'Backup-ControlScope',
        'types',
        '`types` of `ControlScope.resourceTypes` must have at least one type, got none',
        'use `ControlScope.everything()` where all are meant',
      );
    const problems = types.flatMap((type) => typeProblems(type));
    const names = types.map((type) => type.name);
    return new ControlScope(
      'resourceTypes',
      names.join(', '),
      { complianceResourceTypes: [...new Set(names)] },
      problems,
    );
  }

  /**
   * What carries this tag: resources, backup plans, backup vaults or recovery points, whatever the control
   * evaluates.
   *
   * @param key the tag key
   * @param value the tag value; left out, or empty, where only the key matters
   */
  public static tag(key: string, value?: string): ControlScope {
    return new ControlScope('tag', value ? `${key} = ${value}` : key, {
      tags: [{ key, value: value ?? '' }],
    });
  }

  /**
   * One resource.
   *
   * @param resourceType the type of the resource
   * @param resourceId the id as AWS Config records it, such as `i-0123456789abcdef0`, or the name of a table
   */
  public static resource(resourceType: ResourceType, resourceId: string): ControlScope {
    const problems = typeProblems(resourceType);
    return new ControlScope(
      'resource',
      `${resourceType.name} ${resourceId}`,
      { complianceResourceTypes: [resourceType.name], complianceResourceIds: [resourceId] },
      problems,
    );
  }

  /** One backup plan. */
  public static backupPlan(plan: IBackupPlanRef): ControlScope {
    const id = plan?.backupPlanRef?.backupPlanId;
    if (id === undefined) throw noReference('plan', 'a backup plan', plan);
    return new ControlScope('backupPlan', `the plan ${plan.node.path}`, {
      complianceResourceTypes: ['AWS::Backup::BackupPlan'],
      complianceResourceIds: [id],
    });
  }

  /** One backup vault. */
  public static backupVault(vault: IBackupVaultRef): ControlScope {
    const name = vault?.backupVaultRef?.backupVaultName;
    if (name === undefined) throw noReference('vault', 'a backup vault', vault);
    return new ControlScope('backupVault', `the vault ${vault.node.path}`, {
      complianceResourceTypes: ['AWS::Backup::BackupVault'],
      complianceResourceIds: [name],
    });
  }

  private constructor(
    factory: string,
    private readonly label: string,
    /** @internal */
    public readonly _values?: ControlScopeValues,
    /** What is legal and probably not meant; frameworks pass it on. @internal */
    public readonly _warnings: Problem[] = [],
  ) {
    throwErrors(
      [..._warnings, ...scopeShapeProblems(_values, factory === 'tag' ? 'tag' : 'resource')],
      `ControlScope.${factory}`,
    );
  }

  /** Such as `EFS, RDS`, `backup = gold`, `everything`. */
  public toString(): string {
    return this.label;
  }

  /** As CloudFormation spells it: the L1 passes a scope on as it is. @internal */
  public _render(): object | undefined {
    if (!this._values) return undefined;
    const { complianceResourceTypes, complianceResourceIds, tags } = this._values;
    return {
      ComplianceResourceTypes: complianceResourceTypes,
      ComplianceResourceIds: complianceResourceIds,
      Tags: tags?.map(({ key, value }) => ({ Key: key, Value: value })),
    };
  }
}

/** Whether AWS Backup Audit Manager evaluates the type. */
function typeProblems(type: ResourceType): Problem[] {
  const id = 'Backup-ControlResourceType';
  if (!(type instanceof ResourceType))
    throw refuse(
      id,
      'resourceType',
      `\`resourceType\` must be a \`ResourceType\`, got ${show(type)}`,
      'use for example `ResourceType.EFS`',
    );
  const { support, note } = type.fact(Capability.AUDIT_MANAGER);
  if (support === Support.YES) return [];
  return [
    {
      id,
      severity: 'warning',
      property: 'scope',
      message: `\`scope\` names ${type}, which AWS Backup Audit Manager isn't known to evaluate${note ? ` (${note})` : ''}`,
      fix: 'leave it out, or say what you found with `ResourceType.withCapabilities()`',
    },
  ];
}

function noReference(property: string, what: string, got: unknown) {
  return refuse('Backup-ControlScope', property, `\`${property}\` must be ${what}, got ${show(got)}`);
}
