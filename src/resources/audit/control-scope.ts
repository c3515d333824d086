import type { IBackupPlanRef, IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { type ControlScopeValues, scopeShapeProblems } from '../../values/audit/control-scope-laws';
import { show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { auditedTypeProblems } from '../../values/resource-type/audited-type-laws';
import { ResourceType } from '../../values/resource-type/resource-type';

/**
 * What a control evaluates: everything, resources of some types, everything with one tag, or one resource. A control
 * has exactly one scope; which scopes are valid depends on the control.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ControlScope.html
 */
export class ControlScope {
  /** Everything that the control can evaluate. This is the default. */
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
        'use `ControlScope.everything()` to evaluate all types',
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
   * Everything with this tag: resources, backup plans, backup vaults or recovery points, depending on the control.
   *
   * @param key the tag key
   * @param value the tag value; omit it to match any value
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
   * @param resourceId the id that AWS Config records, such as `i-0123456789abcdef0` or the name of a table
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
    if (id === undefined) throw notA('plan', 'a backup plan', plan);
    return new ControlScope('backupPlan', `the plan ${plan.node.path}`, {
      complianceResourceTypes: ['AWS::Backup::BackupPlan'],
      complianceResourceIds: [id],
    });
  }

  /** One backup vault. */
  public static backupVault(vault: IBackupVaultRef): ControlScope {
    const name = vault?.backupVaultRef?.backupVaultName;
    if (name === undefined) throw notA('vault', 'a backup vault', vault);
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
    /** Problems that are not errors; the framework adds them as annotations. @internal */
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

  /** In CloudFormation's spelling, since the L1 doesn't convert scopes. @internal */
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
      'for example, use `ResourceType.EFS`',
    );
  return auditedTypeProblems(type, 'scope');
}

function notA(property: string, what: string, got: unknown) {
  return refuse('Backup-ControlScope', property, `\`${property}\` must be ${what}, got ${show(got)}`);
}
