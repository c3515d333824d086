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
import { type Problem, throwErrors } from '../../values/core/problem';
import { regionProblems } from '../../values/core/service-regions';
import {
  heldDatesProblems,
  heldResourceProblems,
  legalHoldQuotaProblems,
  legalHoldSelectionProblems,
  legalHoldTextProblems,
} from '../../values/vault/legal-hold-laws';
import { flagProblems, listProblems, propsProblems, removalPolicyProblems } from '../core/argument-checks';
import { report } from '../core/enforce';
import { legalHoldStatements } from '../core/handler-actions';
import { handledResource } from '../core/handler-provider';
import { resolveResource } from '../core/resource-arns';
import { neighbours } from '../core/siblings-in-environment';
import { differentEnvironment } from './vault-facts';
import { isVault } from './vault-reference';

/** Properties of a `LegalHold`. */
export interface LegalHoldProps {
  /** What the hold is for, in short. */
  readonly title: string;

  /** What the hold is for, and who may cancel it. */
  readonly description: string;

  /**
   * The vaults whose recovery points are held, in the account and Region of the hold.
   *
   * @default - not limited to vaults
   */
  readonly vaults?: IBackupVaultRef[];

  /**
   * The resources whose recovery points are held: constructs that AWS Backup protects.
   *
   * @default - not limited to constructs
   */
  readonly resources?: IConstruct[];

  /**
   * The ARNs of resources whose recovery points are held.
   *
   * @default - not limited to ARNs
   */
  readonly resourceArns?: string[];

  /**
   * From when on recovery points are held, by when they were made; not in the future. Needs `toDate`.
   *
   * @default - however old they are
   */
  readonly fromDate?: Date;

  /**
   * Until when recovery points are held, by when they were made; not in the future. Needs `fromDate`.
   *
   * @default - however new they are
   */
  readonly toDate?: Date;

  /**
   * What happens to the hold when it leaves the stack, or is replaced. DESTROY cancels it: what it held may be deleted
   * then.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether a function makes the hold, as a custom resource, and not CloudFormation itself, which has legal holds in few
   * Regions. Changing it makes another hold.
   *
   * @default - where the Region of the stack is known, and CloudFormation isn't known to have legal holds there
   */
  readonly customResource?: boolean;
}

/**
 * A legal hold: recovery points that can't be deleted before it is cancelled, whatever their retention says. It holds
 * the recovery points themselves, not copies of them elsewhere.
 *
 * No property can be changed: every change makes another hold. By default the one before stays active, until somebody
 * cancels it.
 *
 * CloudFormation has legal holds in ap-south-1, eu-central-1, us-east-1 and us-west-2, as far as is known; in other
 * Regions a function makes the hold.
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
    const said: Partial<LegalHoldProps> = props ?? {};
    const { title, description, vaults = [], fromDate, toDate } = said;
    const { arns, problems } = heldResources(said);
    const others = neighbours<LegalHold>(this, 'legal hold');
    report(this, [
      ...legalHoldTextProblems('title', title),
      ...legalHoldTextProblems('description', description),
      ...legalHoldSelectionProblems(
        vaults.length,
        (said.resources ?? []).length + (said.resourceArns ?? []).length,
      ),
      ...this.vaultProblems(vaults),
      ...problems,
      ...heldDatesProblems(fromDate, toDate, new Date()),
      ...removalPolicyProblems(said.removalPolicy),
      ...flagProblems('Backup-LegalHold', 'customResource', said.customResource),
      ...(said.customResource === false ? regionProblems('legalHold', Stack.of(this).region) : []),
      ...legalHoldQuotaProblems(others.indexOf(this) + 1),
    ]);

    const vaultNames = filled(vaults.map((vault) => vault.backupVaultRef.backupVaultName));
    const resourceIdentifiers = filled(arns);
    const dates = fromDate && toDate && { fromDate: fromDate.toISOString(), toDate: toDate.toISOString() };
    const elsewhere = regionProblems('legalHold', Stack.of(this).region).length > 0;
    this.resource =
      (said.customResource ?? elsewhere)
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
    this.applyRemovalPolicy(said.removalPolicy ?? RemovalPolicy.RETAIN);
  }

  /** What happens to the hold when it leaves the stack, or is replaced. */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    report(this, removalPolicyProblems(policy));
    this.resource.applyRemovalPolicy(policy);
  }

  /** The ARN of the legal hold. */
  public get legalHoldArn(): string {
    return 'attrArn' in this.resource ? this.resource.attrArn : this.resource.getAttString('Arn');
  }

  /** The id that AWS Backup gives the legal hold. */
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
            {
              id: 'Backup-LegalHoldVault',
              severity: 'error' as const,
              property,
              message: `\`${property}\` must be in the ${elsewhere.what} of the legal hold (${elsewhere.here}), got ${elsewhere.there}`,
              fix: 'make a legal hold beside that vault',
            },
          ]
        : [];
    });
  }
}

/** What callers without types may mistake. */
function kindProblems(props: LegalHoldProps): Problem[] {
  const wrong = propsProblems('Backup-LegalHold', props);
  if (wrong.length > 0) return wrong;
  const { vaults, resources, resourceArns }: Partial<LegalHoldProps> = props ?? {};
  return [
    ...listProblems(vaults, isVault, {
      id: 'Backup-LegalHoldVault',
      property: 'vaults',
      what: 'a backup vault',
      fix: 'refer to an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...listProblems(resources, (given: IConstruct) => typeof given.node?.path === 'string', {
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
  else if (arns.length > 0) problems.push(JOINED);
  return { arns: [...new Set([...arns, ...resourceArns])], problems };
}

/** A list that is known at deployment only takes no further elements. */
const JOINED: Problem = {
  id: 'Backup-LegalHoldResource',
  severity: 'error',
  property: 'resourceArns',
  message:
    "`resourceArns` can't be joined with `resources` where it is a list that is known at deployment only",
  fix: 'make a legal hold for each',
};

function unprotectedProblem(construct: IConstruct, property: string): Problem {
  return {
    id: 'Backup-LegalHoldResource',
    severity: 'error',
    property,
    message: `\`${property}\` must be a resource that AWS Backup protects, got ${show(construct.node.path)}`,
    fix: 'name the resource itself, or its ARN in `resourceArns`',
  };
}

function filled(items: string[]): string[] | undefined {
  return items.length > 0 ? items : undefined;
}

/** A legal hold that was made elsewhere. */
class ImportedLegalHold extends Resource implements ILegalHoldRef {
  public readonly legalHoldRef: LegalHoldReference;

  constructor(scope: Construct, id: string, legalHoldArn: string) {
    super(scope, id, { environmentFromArn: legalHoldArn });
    this.legalHoldRef = { legalHoldArn };
  }
}
