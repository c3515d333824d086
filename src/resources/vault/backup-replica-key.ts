import { RemovalPolicy, Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnReplicaKey, type IKeyRef, type KeyReference } from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { removalPolicyProblems, requiredKindProblems, textProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { adminProblems, aliasProblems } from './backup-key';
import { backupKeyStatements } from './backup-key-policy';
import { keyRefProblems } from './vault-encryption';
import { differentEnvironment } from './vault-facts';

/** The actions that aws-cdk-lib allows the administrators of a key. */
const ADMIN_ACTIONS = [
  'kms:CancelKeyDeletion',
  'kms:Create*',
  'kms:Delete*',
  'kms:Describe*',
  'kms:Disable*',
  'kms:Enable*',
  'kms:Get*',
  'kms:List*',
  'kms:Put*',
  'kms:Revoke*',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:Update*',
];

/** Properties of a `BackupReplicaKey`. */
export interface BackupReplicaKeyProps {
  /** The multi-Region key to replicate: a `BackupKey` with `multiRegion`, in the same account and another Region. */
  readonly primaryKey: IKeyRef;

  /**
   * An alias for the replica, with or without `alias/`.
   *
   * @default - no alias
   */
  readonly alias?: string;

  /**
   * The description of the replica, at most 8192 characters.
   *
   * @default 'Encrypts the recovery points of AWS Backup'
   */
  readonly description?: string;

  /**
   * Principals that may administer the replica, in addition to those that IAM policies of the account allow.
   *
   * @default - none
   */
  readonly admins?: iam.IPrincipal[];

  /**
   * What happens to the replica when it is removed from the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A replica of a multi-Region `BackupKey` in another Region, with the key policy of a `BackupKey`. Either key decrypts
 * what the other one encrypted, so you can restore recovery points even if the Region of the primary key is down.
 *
 * The replica has its own policy, alias and description: permissions on the primary key don't apply to it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
@propertyInjectable
export class BackupReplicaKey extends Resource implements IKeyRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupReplicaKey';

  private readonly policy = new iam.PolicyDocument();
  private readonly resource: CfnReplicaKey;

  constructor(scope: Construct, id: string, props: BackupReplicaKeyProps) {
    super(scope, id);
    enforce(this, this.problems(props));
    this.resource = new CfnReplicaKey(this, 'Resource', {
      primaryKeyArn: props.primaryKey.keyRef.keyArn,
      description: props.description ?? 'Encrypts the recovery points of AWS Backup',
      keyPolicy: this.policy,
    });
    this.resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.AccountRootPrincipal()],
        actions: ['kms:*'],
        resources: ['*'],
      }),
    );
    for (const statement of backupKeyStatements(this)) this.addToResourcePolicy(statement);
    for (const admin of props.admins ?? [])
      this.addToResourcePolicy(
        new iam.PolicyStatement({ principals: [admin], actions: ADMIN_ACTIONS, resources: ['*'] }),
      );
    if (props.alias !== undefined)
      new CfnAlias(this, 'Alias', {
        aliasName: props.alias.startsWith('alias/') ? props.alias : `alias/${props.alias}`,
        targetKeyId: this.keyArn,
      });
  }

  /** The ARN of the replica. */
  public get keyArn(): string {
    return this.resource.attrArn;
  }

  /** The ID of the replica, which is the ID of its primary key. */
  public get keyId(): string {
    return this.resource.ref;
  }

  /** How other constructs refer to this key. */
  public get keyRef(): KeyReference {
    return { keyArn: this.keyArn, keyId: this.keyId };
  }

  /** Adds a statement to the policy of the replica. */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }

  private problems(props: BackupReplicaKeyProps): Problem[] {
    const wrong = requiredKindProblems(props, isObject, {
      id: 'Backup-ReplicaKeyProps',
      property: 'props',
      what: 'an object with properties',
    });
    if (wrong.length > 0) return wrong;
    return [
      ...unknownPropertyProblems(props, 'BackupReplicaKeyProps'),
      ...this.primaryProblems(props.primaryKey),
      ...aliasProblems(props.alias),
      ...adminProblems(props.admins),
      ...textProblems('Backup-KeyDescription', 'description', props.description, 8192),
      ...removalPolicyProblems(props.removalPolicy),
    ];
  }

  /** Source: CloudFormation documentation of `AWS::KMS::ReplicaKey`, 2026-09. */
  private primaryProblems(primary: IKeyRef): Problem[] {
    const property = 'primaryKey';
    const wrong = keyRefProblems(primary, property);
    if (wrong.length > 0) return wrong;
    const base = { id: 'Backup-ReplicaKey', property } as const;
    const { multiRegion } = (primary.node?.defaultChild ?? primary) as { multiRegion?: unknown };
    const isOurs = primary.node?.defaultChild !== undefined || 'multiRegion' in primary;
    const elsewhere = primary.env && differentEnvironment(this, primary);
    const problems: Problem[] = [];
    if (isOurs && (multiRegion === undefined || multiRegion === false))
      problems.push(
        problem({
          ...base,
          message: `\`${property}\` must be a multi-Region key, got a single-Region key`,
          fix: 'create a new one with `new BackupKey(…, { multiRegion: true })`, since a single-Region key stays one',
        }),
      );
    if (elsewhere?.what === 'account')
      problems.push(
        problem({
          ...base,
          message: `\`${property}\` must be in the account of the replica (${elsewhere.here}), got ${elsewhere.there}`,
          fix: 'create a separate key in that account',
        }),
      );
    else if (!elsewhere && isSameRegion(this, primary))
      problems.push(
        problem({
          ...base,
          message: `\`${property}\` must be in a different Region than its replica, got ${this.env.region} for both`,
          fix: 'use the key itself in its own Region',
        }),
      );
    return problems;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function isSameRegion(here: Resource, there: IKeyRef): boolean {
  const { region } = there.env ?? {};
  return isKnown(region) && region === here.env.region;
}
