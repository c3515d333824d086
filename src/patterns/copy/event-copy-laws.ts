import { type Duration, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ITopicRef } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import {
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { deployBefore } from '../../resources/core/stack-order';
import { copyAsk, copyRegions } from '../../resources/plan/complete-plan-laws';
import { CopyAction } from '../../resources/plan/copy-action';
import { destinationPartition, isCopyToSource } from '../../resources/plan/plan-laws';
import { roleElsewhereProblems } from '../../resources/role/role-trust';
import { roleProblems } from '../../resources/role/selection-role';
import { KeyPath } from '../../resources/vault/key-path';
import { differentEnvironment, lockOf, resourceOf, vaultLabel } from '../../resources/vault/vault-facts';
import { destinationProblems, isVault } from '../../resources/vault/vault-reference';
import { copyPartitionProblems, foreverCopyProblems } from '../../values/copy/copy-laws';
import { copyRegionProblems } from '../../values/copy/copy-region-laws';
import { isKnown, readHours, wholeNumberProblems } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { copyProblems } from '../../values/resource-type/copy-capability-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import type { EventCopyProps } from './event-copy-props';

const DEFAULT_TIMEOUT_HOURS = 7 * 24;

/** The timeout of the workflow. */
export function timeoutSeconds(timeout: Duration | undefined): number {
  const hours = timeout === undefined ? DEFAULT_TIMEOUT_HOURS : readHours('timeout', timeout).amount;
  return (hours as number) * 3600;
}

/** What is wrong with the props of a copy on arrival or on demand. */
export function eventCopyProblems(scope: IConstruct, props: EventCopyProps): Problem[] {
  const wrong = propsProblems('Backup-EventCopyProps', props);
  if (wrong.length > 0) return wrong;
  const kinds = kindsOf(props ?? {});
  if (kinds.length > 0) return kinds;
  const { vault, copy, resourceTypes } = props;
  return [
    ...environmentProblems(scope, vault),
    ...roleElsewhereProblems(scope, props.role),
    ...(isCopyToSource(scope, copy, vault) ? [intoItselfProblem(vault)] : []),
    ...copyPartitionProblems(Stack.of(scope).region, destinationPartition(copy), 'copy', 'the vault'),
    ...(copy._vault ? destinationProblems(scope, copy._vault).map(ofCopy) : []),
    ...lockProblems(copy),
    // the retention of the source isn't known here
    ...foreverCopyProblems(
      { deleteAfterDays: copy.retention.inDays },
      { deleteAfterDays: 1 },
      'not known here',
    ),
    ...(resourceTypes ? copyGaps(Stack.of(scope), copy, resourceTypes, 'resourceTypes') : []),
  ];
}

/** What can't be copied from an account and Region, by type and by Region. */
export function copyGaps(
  here: { account: string; region: string },
  copy: CopyAction,
  types: readonly ResourceType[],
  property: string,
): Problem[] {
  const ask = copyAsk(here, copy);
  return [
    ...copyProblems(types, [ask], property),
    ...copyRegionProblems(types, ask, copyRegions(here, copy), property),
  ];
}

function kindsOf({
  vault,
  copy,
  resourceTypes,
  role,
  timeout,
  alarmTopic,
}: Partial<EventCopyProps>): Problem[] {
  return [
    ...requiredKindProblems(vault, isVault, {
      id: 'Backup-EventCopyVault',
      property: 'vault',
      what: 'a backup vault',
      fix: 'import an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...requiredKindProblems(copy, (given: unknown) => given instanceof CopyAction, {
      id: 'Backup-EventCopyAction',
      property: 'copy',
      what: 'a `CopyAction`',
      fix: 'use `CopyAction.toVault` or `CopyAction.toVaultArn`',
    }),
    ...listProblems(resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id: 'Backup-ResourceTypes',
      property: 'resourceTypes',
      what: 'a `ResourceType`',
      fix: 'for example, use `ResourceType.RDS`',
    }),
    ...(resourceTypes?.length === 0 ? [noTypesProblem()] : []),
    ...roleProblems(role),
    ...timeoutProblems(timeout),
    ...kindProblems(alarmTopic, (topic: ITopicRef) => typeof topic.topicRef?.topicArn === 'string', {
      id: 'Backup-AlarmTopic',
      property: 'alarmTopic',
      what: 'a topic',
    }),
  ];
}

function noTypesProblem(): Problem {
  return problem({
    id: 'Backup-ResourceTypes',
    property: 'resourceTypes',
    message: (label) => `${label('resourceTypes')} must contain at least one type, got none`,
    fix: 'omit it to copy all types',
  });
}

function timeoutProblems(timeout: Duration | undefined): Problem[] {
  if (timeout === undefined) return [];
  const { amount, problems } = readHours('timeout', timeout);
  if (problems.length > 0) return [...problems];
  if (!isKnown(amount))
    return [
      problem({
        id: 'Backup-CopyTimeout',
        property: 'timeout',
        message: (label) =>
          `${label('timeout')} must be known at synthesis, got a token: it determines how often the job is polled`,
      }),
    ];
  return wholeNumberProblems('Backup-CopyTimeout', 'timeout', amount, { min: 1, max: 720, unit: 'hours' });
}

/** Events and copy jobs belong to the account and Region of the vault. */
function environmentProblems(scope: IConstruct, vault: IBackupVaultRef): Problem[] {
  const different = differentEnvironment(scope, vault);
  if (!different) return [];
  const { what, here, there } = different;
  return [
    problem({
      id: 'Backup-VaultEnvironment',
      property: 'vault',
      message: (label) =>
        `${label('vault')} must be in the ${what} of the stack (${here}), got ${there}: a copy starts in the account and Region of its source`,
      fix: `create it in a stack in ${what} ${there}`,
    }),
  ];
}

/** Each copy would itself arrive in the vault. */
function intoItselfProblem(vault: IBackupVaultRef): Problem {
  return problem({
    id: 'Backup-CopyLoop',
    property: 'copy',
    message: (label) =>
      `${label('copy')} should go to a vault other than \`vault\`, got ${vaultLabel(vault)} for both`,
    fix: 'copy to a vault in another Region or account',
  });
}

/** A problem with the copies of a plan, as one with `copy`. */
function ofCopy(problem: Problem): Problem {
  return problem.as({ names: (property) => (property === 'copies' ? 'copy' : property) });
}

/** Allows the account of the destination, if it is another account, to decrypt with the key of the vault. */
export function allowDecryption({ vault, copy }: Pick<EventCopyProps, 'vault' | 'copy'>): void {
  const { encryptionKey } = vault as { encryptionKey?: IKeyRef };
  const arn = copy.destinationVaultArn;
  const account = copy._vault ? copy._vault.env.account : isKnown(arn) ? arn.split(':')[4] : undefined;
  const isOther = account !== undefined && isKnown(account) && isKnown(vault.env.account);
  if (encryptionKey && isOther && account !== vault.env.account)
    KeyPath.of(encryptionKey).allowCopiesTo(account);
}

/** Deploys the destination first, unless that would be a circular dependency, which is known at synthesis. */
export function deployDestinationFirst(construct: IConstruct, { _vault: destination }: CopyAction): void {
  const validate = () => {
    if (destination && resourceOf(destination)) deployBefore(destination, construct);
    return [];
  };
  construct.node.addValidation({ validate });
}

function lockProblems(copy: CopyAction): Problem[] {
  const lock = copy._vault && lockOf(copy._vault);
  if (!copy._vault || !lock) return [];
  return lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(copy._vault));
}
