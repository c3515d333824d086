import { Aspects, Aws, CfnCondition, CfnResource, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct, IConstruct } from 'constructs';
import { LogicallyAirGappedVault } from '../../resources/air-gapped-vault/logically-air-gapped-vault';
import type { LogicallyAirGappedVaultProps } from '../../resources/air-gapped-vault/logically-air-gapped-vault-props';
import { BackupRole } from '../../resources/role/backup-role';
import { BackupKey } from '../../resources/vault/backup-key';
import { BackupVault } from '../../resources/vault/backup-vault';
import { DeletionDenial } from '../../resources/vault/deletion-denial';
import { VaultEncryption } from '../../resources/vault/vault-encryption';
import type { VaultNotifications } from '../../resources/vault/vault-notifications';
import { serviceLinkedRoleArn } from '../../values/copy/copy-key-laws';
import { isKnown } from '../../values/core/amounts';
import { regionProblems } from '../../values/core/service-regions';
import { DEFAULT_ROLE_NAME, STACK_SETS_ROLE } from '../core/role-names';
import type { BaselineVaultOptions, MemberBaselineProps } from './member-baseline-props';
import { MemberStack } from './member-stack';

/** The resources in a member account. */
export interface MemberParts {
  readonly key: BackupKey;
  readonly role: BackupRole;
  readonly topic?: sns.Topic;
  readonly vaults: ReadonlyMap<string, BackupVault>;
  readonly airGappedVaults: ReadonlyMap<string, LogicallyAirGappedVault>;
}

/**
 * Resources stay in the account after they are created, but are deleted if the creation of the stack fails: otherwise every
 * later attempt would fail.
 */
const KEEP = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** Creates what AWS Backup needs in a member account. */
export function memberParts(member: Construct, props: MemberBaselineProps): MemberParts {
  const { notifications, airGappedVaults = [] } = props;
  const key = new BackupKey(member, 'Key', { removalPolicy: KEEP, ...props.keyOptions });
  const role = memberRole(member, props);
  const topic =
    notifications &&
    new sns.Topic(member, 'Topic', {
      topicName: notifications.topicName,
      masterKey: key,
      enforceSSL: true,
    });
  const events: VaultNotifications | undefined = topic && { topic, events: notifications?.events };
  const denial = deletionDenial(member, props);
  const standard = props.vaults.map((vault): [string, BackupVault] => [
    vault.name,
    memberVault(member, vault, { key, events, denial }),
  ]);
  const airGapped = airGappedVaults.map((vault): [string, LogicallyAirGappedVault] => [
    vault.backupVaultName as string,
    airGappedVault(member, vault, events, props.regions),
  ]);
  return { key, role, topic, vaults: new Map(standard), airGappedVaults: new Map(airGapped) };
}

function memberVault(
  member: Construct,
  { name, lock, deniesDeletion = true }: BaselineVaultOptions,
  parts: { key: BackupKey; events?: VaultNotifications; denial: DeletionDenial },
): BackupVault {
  // identified by name, so that the order of the vaults doesn't matter
  return new BackupVault(member, `Vault-${name}`, {
    backupVaultName: name.replaceAll('$region', Stack.of(member).region),
    encryption: VaultEncryption.key(parts.key),
    lock,
    notifications: parts.events,
    deletionDenial: deniesDeletion ? parts.denial : undefined,
    removalPolicy: KEEP,
  });
}

/** All Regions share the role. */
function memberRole(member: Construct, props: MemberBaselineProps): BackupRole {
  const { path, name } = roleParts(props.roleName);
  const role = new BackupRole(member, 'AwsBackupRole', {
    roleName: name,
    resourceTypes: props.resourceTypes,
    restores: props.restores,
    removalPolicy: KEEP,
  });
  if (!props.resourceTypes) role.allowBackupOfEverything();
  (role.node.defaultChild as iam.CfnRole).path = path;
  const home = props.homeRegion ?? props.regions[0];
  if (props.regions.length > 1)
    onlyWhere(role, new CfnCondition(member, 'IsHome', { expression: Fn.conditionEquals(Aws.REGION, home) }));
  return role;
}

/** `service-role/MyRole` is the role `MyRole` with the path `/service-role/`. */
export function roleParts(roleName = DEFAULT_ROLE_NAME): { path: string; name: string } {
  const end = roleName.lastIndexOf('/') + 1;
  return { path: `/${roleName.slice(0, end)}`, name: roleName.slice(end) };
}

/** Skipped in Regions that don't support logically air-gapped vaults. */
function airGappedVault(
  member: Construct,
  props: LogicallyAirGappedVaultProps,
  notifications: VaultNotifications | undefined,
  regions: readonly string[],
): LogicallyAirGappedVault {
  const vault = new LogicallyAirGappedVault(member, `AirGapped-${props.backupVaultName}`, {
    removalPolicy: KEEP,
    notifications,
    ...props,
  });
  const without = regions.filter(
    (region) => isKnown(region) && regionProblems('airGappedVault', region).length > 0,
  );
  if (without.length > 0) onlyWhere(vault, airGapCondition(member, without));
  return vault;
}

function airGapCondition(member: Construct, without: readonly string[]): CfnCondition {
  const id = 'HasAirGap';
  const made = member.node.tryFindChild(id) as CfnCondition | undefined;
  const isWithout = without.map((region) => Fn.conditionEquals(Aws.REGION, region));
  return made ?? new CfnCondition(member, id, { expression: Fn.conditionNot(Fn.conditionOr(...isWithout)) });
}

/** Adds a condition to all resources of a construct, including those added later. */
function onlyWhere(construct: IConstruct, condition: CfnCondition): void {
  Aspects.of(construct).add({
    visit(node) {
      if (CfnResource.isCfnResource(node)) node.cfnOptions.condition = condition;
    },
  });
}

/**
 * The exempt roles, by name, whether they exist or not. The role of StackSets isn't exempt: its name ends with digits
 * that are unknown at synthesis, and any administrator of an account can create a role whose name starts the same.
 */
function deletionDenial(
  member: Construct,
  { roleName = DEFAULT_ROLE_NAME, exemptRoles = [] }: MemberBaselineProps,
) {
  const { partition, account, synthesizer } = Stack.of(member);
  // service control policies, without which anybody can create such a role, don't apply to the management account
  const isMember = Stack.of(member) instanceof MemberStack;
  // a stack of the app is deployed by its own role, the stacks of the members by StackSets
  const { cloudFormationExecutionRoleArn: deployer } = synthesizer as {
    cloudFormationExecutionRoleArn?: string;
  };
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  const arns = [
    role(roleName), // AWS Backup deletes expired recovery points with it
    serviceLinkedRoleArn(partition, account),
    ...(deployer === undefined ? [] : [Fn.sub(deployer)]),
    ...exemptRoles.filter((name) => isMember || name !== STACK_SETS_ROLE).map(role),
  ];
  return DeletionDenial.exceptFor(
    ...arns.map((roleArn) => ({ roleRef: { roleArn, roleName: '' } }) as unknown as iam.IRoleRef),
  );
}
