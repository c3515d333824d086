import { type CustomResource, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import {
  CfnLegalHold,
  type IBackupVaultRef,
  type ILegalHoldRef,
  type LegalHoldReference,
} from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct, IConstruct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { backupArnProblems } from '../../values/core/backup-arns';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { regionProblems } from '../../values/core/service-regions';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import {
  heldDatesProblems,
  heldResourceProblems,
  legalHoldQuotaProblems,
  legalHoldSelectionProblems,
  legalHoldTextProblems,
} from '../../values/vault/legal-hold-laws';
import { flagProblems, listProblems, propsProblems, removalPolicyProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { nonEmpty } from '../core/non-empty';
import { resolveResource } from '../core/resource-arns';
import { siblingsInEnvironment } from '../core/siblings-in-environment';
import { handledResource } from '../provider/handler-provider';
import { legalHoldStatements } from '../provider/handler-statements';
import { differentEnvironment } from './vault-facts';
import { isVault } from './vault-reference';

/** Properties of a `LegalHold`. */
export interface LegalHoldProps {
  /** The title of the hold: its purpose, in a few words. */
  readonly title: string;

  /** The description of the hold: its purpose, and who may cancel it. */
  readonly description: string;

  /**
   * Holds only recovery points in these vaults, in the account and Region of the hold.
   *
   * @default - all vaults
   */
  readonly vaults?: IBackupVaultRef[];

  /**
   * Holds only recovery points of these resources: constructs that AWS Backup can protect.
   *
   * @default - all resources, or those in `resourceArns`
   */
  readonly resources?: IConstruct[];

  /**
   * Holds only recovery points of the resources with these ARNs.
   *
   * @default - all resources, or those in `resources`
   */
  readonly resourceArns?: string[];

  /**
   * Holds only recovery points created at or after this date; not in the future. Requires `toDate`.
   *
   * @default - no limit
   */
  readonly fromDate?: Date;

  /**
   * Holds only recovery points created at or before this date; not in the future. Requires `fromDate`.
   *
   * @default - no limit
   */
  readonly toDate?: Date;

  /**
   * What happens to the hold when it is removed from the stack or replaced. DESTROY cancels it; the recovery points can
   * then be deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether to create the hold with a custom resource, since CloudFormation supports legal holds only in a few Regions.
   * Changing it creates another hold.
   *
   * @default - true if the Region of the stack is known, and CloudFormation is not known to support legal holds there
   */
  readonly customResource?: boolean;
}

/**
 * A legal hold: recovery points that can't be deleted until the hold is cancelled, regardless of their retention. It
 * holds the recovery points themselves, not their copies in other vaults.
 *
 * No property can be updated: every change creates another hold. By default, the previous hold stays active until
 * someone cancels it.
 *
 * CloudFormation is known to support legal holds in ap-south-1, eu-central-1, us-east-1 and us-west-2. In other Regions,
 * a custom resource creates the hold.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/legalholds.html
 */
@propertyInjectable
export class LegalHold extends Resource implements ILegalHoldRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.LegalHold';

  /** Refers to an existing legal hold by its ARN; it may be in another account or Region. */
  public static fromLegalHoldArn(scope: Construct, id: string, legalHoldArn: string): ILegalHoldRef {
    throwErrors(backupArnProblems('legal-hold', legalHoldArn, 'legalHoldArn'), `${scope.node.path}/${id}`);
    return new ImportedLegalHold(scope, id, legalHoldArn);
  }

  private readonly resource: CfnLegalHold | CustomResource;

  constructor(scope: Construct, id: string, props: LegalHoldProps) {
    super(scope, id);
    throwErrors(kindProblems(props), this.node.path);
    const options: Partial<LegalHoldProps> = props ?? {};
    const { title, description, vaults = [], fromDate, toDate } = options;
    const { arns, problems } = heldResources(options);
    const others = siblingsInEnvironment<LegalHold>(this, 'legal hold');
    enforce(this, [
      ...legalHoldTextProblems('title', title),
      ...legalHoldTextProblems('description', description),
      ...legalHoldSelectionProblems(
        vaults.length,
        (options.resources ?? []).length + (options.resourceArns ?? []).length,
      ),
      ...this.vaultProblems(vaults),
      ...problems,
      ...heldDatesProblems(fromDate, toDate, new Date()),
      ...removalPolicyProblems(options.removalPolicy),
      ...flagProblems('Backup-LegalHold', 'customResource', options.customResource),
      ...(options.customResource === false ? regionProblems('legalHold', Stack.of(this).region) : []),
      ...legalHoldQuotaProblems(others.indexOf(this) + 1),
    ]);

    const vaultNames = nonEmpty(vaults.map((vault) => vault.backupVaultRef.backupVaultName));
    const resourceIdentifiers = nonEmpty(arns);
    const dates = fromDate && toDate && { fromDate: fromDate.toISOString(), toDate: toDate.toISOString() };
    const elsewhere = regionProblems('legalHold', Stack.of(this).region).length > 0;
    this.resource =
      (options.customResource ?? elsewhere)
        ? handledResource(this, {
            type: 'Custom::BackupLegalHold',
            statements: legalHoldStatements(Stack.of(this)),
            properties: { title, description, vaultNames, resourceIdentifiers, ...dates },
          })
        : new CfnLegalHold(this, 'Resource', {
            title: title as string,
            description: description as string,
            recoveryPointSelection: { vaultNames, resourceIdentifiers, dateRange: dates },
          });
    this.applyRemovalPolicy(options.removalPolicy ?? RemovalPolicy.RETAIN);
  }

  /** Sets what happens to the hold when it is removed from the stack or replaced. */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    enforce(this, removalPolicyProblems(policy));
    this.resource.applyRemovalPolicy(policy);
  }

  /** The ARN of the legal hold. */
  public get legalHoldArn(): string {
    return 'attrArn' in this.resource ? this.resource.attrArn : this.resource.getAttString('Arn');
  }

  /** The ID of the legal hold. */
  public get legalHoldId(): string {
    return 'attrLegalHoldId' in this.resource
      ? this.resource.attrLegalHoldId
      : this.resource.getAttString('LegalHoldId');
  }

  /** How other constructs refer to this legal hold. */
  public get legalHoldRef(): LegalHoldReference {
    return { legalHoldArn: this.legalHoldArn };
  }

  private vaultProblems(vaults: readonly IBackupVaultRef[]): Problem[] {
    return vaults.flatMap((vault, index) => {
      const elsewhere = differentEnvironment(this, vault);
      const property = `vaults[${index}]`;
      return elsewhere
        ? [
            problem({
              id: 'Backup-LegalHoldVault',
              property,
              message: (label) =>
                `${label(property)} must be in the ${elsewhere.what} of the legal hold (${elsewhere.here}), got ${elsewhere.there}`,
              fix: 'create a legal hold in the account and Region of that vault',
            }),
          ]
        : [];
    });
  }
}

/** Checks the types of the properties, for untyped callers. */
function kindProblems(props: LegalHoldProps): Problem[] {
  const wrong = propsProblems('Backup-LegalHold', props);
  if (wrong.length > 0) return wrong;
  const { vaults, resources, resourceArns }: Partial<LegalHoldProps> = props ?? {};
  return [
    ...unknownPropertyProblems(props, 'LegalHoldProps'),
    ...listProblems(vaults, isVault, {
      id: 'Backup-LegalHoldVault',
      property: 'vaults',
      what: 'a backup vault',
      fix: 'import an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...listProblems(resources, (value: IConstruct) => typeof value.node?.path === 'string', {
      id: 'Backup-LegalHoldResource',
      property: 'resources',
      what: 'a construct',
      fix: 'use `resourceArns` for ARNs',
    }),
    ...listProblems(resourceArns, () => true, {
      id: 'Backup-LegalHoldResource',
      property: 'resourceArns',
      what: 'an ARN',
    }),
  ];
}

function heldResources({ resources = [], resourceArns = [] }: Partial<LegalHoldProps>) {
  const arns: string[] = [];
  const problems: Problem[] = [];
  for (const [index, construct] of resources.entries()) {
    const property = `resources[${index}]`;
    const arn = resolveResource(construct)?.arn;
    if (arn !== undefined) arns.push(arn);
    problems.push(
      ...(arn === undefined
        ? [unprotectedProblem(construct, property)]
        : heldResourceProblems(arn, property)),
    );
  }
  if (isKnown(resourceArns))
    for (const [index, arn] of resourceArns.entries())
      problems.push(...heldResourceProblems(arn, `resourceArns[${index}]`));
  else if (arns.length > 0) problems.push(TOKEN_LIST_WITH_RESOURCES);
  return { arns: [...new Set([...arns, ...resourceArns])], problems };
}

/** A list that is known only at deployment can't be extended. */
const TOKEN_LIST_WITH_RESOURCES: Problem = problem({
  id: 'Backup-LegalHoldResource',
  property: 'resourceArns',
  message: (label) =>
    `${label('resourceArns')} can't be combined with \`resources\` if it is a list that is known only at deployment`,
  fix: 'create a separate legal hold for each',
});

function unprotectedProblem(construct: IConstruct, property: string): Problem {
  return problem({
    id: 'Backup-LegalHoldResource',
    property,
    message: (label) =>
      `${label(property)} must be a resource that AWS Backup protects, got ${show(construct.node.path)}`,
    fix: 'pass the resource itself, or its ARN in `resourceArns`',
  });
}

/** A legal hold created elsewhere. */
class ImportedLegalHold extends Resource implements ILegalHoldRef {
  public readonly legalHoldRef: LegalHoldReference;

  constructor(scope: Construct, id: string, legalHoldArn: string) {
    super(scope, id, { environmentFromArn: legalHoldArn });
    this.legalHoldRef = { legalHoldArn };
  }
}
