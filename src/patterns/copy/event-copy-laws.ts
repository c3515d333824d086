import { type Duration, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
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
import { intoItself, partitionThere } from '../../resources/plan/plan-laws';
import { roleProblems } from '../../resources/role/selection-role';
import { KeyPath } from '../../resources/vault/key-path';
import { differentEnvironment, lockOf, resourceOf, vaultLabel } from '../../resources/vault/vault-facts';
import { destinationProblems, isVault } from '../../resources/vault/vault-reference';
import { copyPartitionProblems, foreverCopyProblems } from '../../values/copy/copy-laws';
import { copyRegionProblems } from '../../values/copy/copy-region-laws';
import { isKnown, readHours, wholeNumberProblems } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { copyProblems } from '../../values/resource-type/copy-capability-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import { lockRangeProblems } from '../../values/vault/vault-lock';

/** What event-driven copies have in common. */
export interface EventCopy {
  readonly vault: IBackupVaultRef;
  readonly copy: CopyAction;
  readonly resourceTypes?: ResourceType[];
  readonly role?: IRoleRef;
  readonly timeout?: Duration;
  readonly alarmTopic?: ITopicRef;
}

const DEFAULT_TIMEOUT_HOURS = 7 * 24;

/** The timeout of the workflow. */
export function timeoutSeconds(timeout: Duration | undefined): number {
  const hours = timeout === undefined ? DEFAULT_TIMEOUT_HOURS : readHours('timeout', timeout).amount;
  return (hours as number) * 3600;
}

/** What can be told of a copy that isn't made by a plan before it is made. */
export function eventCopyProblems(scope: IConstruct, props: EventCopy): Problem[] {
  const wrong = propsProblems('Backup-EventCopyProps', props);
  if (wrong.length > 0) return wrong;
  const kinds = kindsOf(props ?? {});
  if (kinds.length > 0) return kinds;
  const { vault, copy, resourceTypes } = props;
  return [
    ...environmentProblems(scope, vault),
    ...(intoItself(scope, copy, vault) ? [intoItselfProblem(vault)] : []),
    ...copyPartitionProblems(Stack.of(scope).region, partitionThere(copy), 'copy', 'the vault'),
    ...(copy._vault ? destinationProblems(scope, copy._vault).map(ofCopy) : []),
    ...lockProblems(copy),
    // how long the source is kept is a matter of who made it
    ...foreverCopyProblems(
      { deleteAfterDays: copy.retention.inDays },
      { deleteAfterDays: 1 },
      'not known here',
    ),
    ...(resourceTypes ? copyGaps(Stack.of(scope), copy, resourceTypes, 'resourceTypes') : []),
  ];
}

/** What can't be copied from an account and Region, by type and by what is known of the Regions. */
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

function kindsOf({ vault, copy, resourceTypes, role, timeout, alarmTopic }: Partial<EventCopy>): Problem[] {
  return [
    ...requiredKindProblems(vault, isVault, {
      id: 'Backup-EventCopyVault',
      property: 'vault',
      what: 'a backup vault',
      fix: 'refer to an existing one with `BackupVault.fromBackupVaultName`',
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
      fix: 'use for instance `ResourceType.RDS`',
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
  return {
    id: 'Backup-ResourceTypes',
    severity: 'error',
    property: 'resourceTypes',
    message: '`resourceTypes` must name at least one type, got none',
    fix: 'leave it out to copy all',
  };
}

function timeoutProblems(timeout: Duration | undefined): Problem[] {
  if (timeout === undefined) return [];
  const { amount, problems } = readHours('timeout', timeout);
  if (problems.length > 0) return [...problems];
  if (!isKnown(amount))
    return [
      {
        id: 'Backup-CopyTimeout',
        severity: 'error',
        property: 'timeout',
        message:
          '`timeout` must be known at synthesis, got a token: how often the job is looked at depends on it',
      },
    ];
  return wholeNumberProblems('Backup-CopyTimeout', 'timeout', amount, { min: 1, max: 720, unit: 'hours' });
}

/** Events, and the API that starts a copy, are those of the account and Region of the vault. */
function environmentProblems(scope: IConstruct, vault: IBackupVaultRef): Problem[] {
  const elsewhere = differentEnvironment(scope, vault);
  if (!elsewhere) return [];
  const { what, here, there } = elsewhere;
  return [
    {
      id: 'Backup-VaultEnvironment',
      severity: 'error',
      property: 'vault',
      message: `\`vault\` must be in the ${what} of the stack (${here}), got ${there}: a copy is started where its source is`,
      fix: `make it in a stack of ${what} ${there}`,
    },
  ];
}

/** Each copy would be an arrival of its own. */
function intoItselfProblem(vault: IBackupVaultRef): Problem {
  return {
    id: 'Backup-CopyIntoSource',
    severity: 'error',
    property: 'copy',
    message: `\`copy\` must go into another vault than \`vault\`, got ${vaultLabel(vault)} for both`,
    fix: 'copy into a vault of another Region or account',
  };
}

/** What is said of the copies of a plan, said of one. */
function ofCopy(problem: Problem): Problem {
  return { ...problem, property: 'copy', message: problem.message.replace('`copies`', '`copy`') };
}

/** Lets the account of the destination decrypt what is under the key of the vault, where that is another account. */
export function allowDecryption({ vault, copy }: Pick<EventCopy, 'vault' | 'copy'>): void {
  const { encryptionKey } = vault as { encryptionKey?: IKeyRef };
  const arn = copy.destinationVaultArn;
  const account = copy._vault ? copy._vault.env.account : isKnown(arn) ? arn.split(':')[4] : undefined;
  const isOther = account !== undefined && isKnown(account) && isKnown(vault.env.account);
  if (encryptionKey && isOther && account !== vault.env.account)
    KeyPath.of(encryptionKey).allowCopiesTo(account);
}

/** Deploys the destination first, once it is known what would be a circle. */
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
