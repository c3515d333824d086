import { BackupVaultEvent } from '@aws-sdk/client-backup';
import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { VAULT_EVENTS, vaultEventProblems } from '../../../src/values/vault/notification-laws';
import { VaultEvent } from '../../../src/values/vault/vault-event';
import { anything } from '../../support/anything';
import { refusal, thrown } from '../../support/refusal';

const OFFERED = Object.entries(VaultEvent).filter(
  (entry): entry is [string, VaultEvent] => entry[1] instanceof VaultEvent,
);

/** Events on which AWS contradicts itself, and what the warning says to use. */
const DISPUTED: [string, string][] = [
  ['BACKUP_JOB_SUCCESSFUL', 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = COMPLETED'],
  ['BACKUP_JOB_FAILED', 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = FAILED'],
  ['BACKUP_JOB_EXPIRED', 'BACKUP_JOB_COMPLETED, filtered on the message attribute `State` = EXPIRED'],
  ['RESTORE_JOB_SUCCESSFUL', 'RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = COMPLETED'],
  ['RESTORE_JOB_FAILED', 'RESTORE_JOB_COMPLETED, filtered on the message attribute `State` = FAILED'],
];

/** Dead events, and what the warning says to use. */
const DEAD: [string, string][] = [
  ['BACKUP_PLAN_CREATED', 'the EventBridge event `Backup Plan State Change`'],
  ['BACKUP_PLAN_MODIFIED', 'the EventBridge event `Backup Plan State Change`'],
];

/** In the API since August and November 2026, later than the installed SDK. */
const NEWER_THAN_THE_SDK = [
  'ACCESS_POINT_AVAILABLE',
  'ACCESS_POINT_CREATION_FAILED',
  'ACCESS_POINT_DELETED',
  'ACCESS_POINT_DELETION_FAILED',
  'ACCESS_POINT_DISASSOCIATED',
  'ACCESS_POINT_EXPIRED',
  'EKS_RESTORE_MODIFICATION_FAILED',
  'EKS_RESTORE_MODIFICATION_SUCCESS',
];

test('every event is offered under its name in the API', () => {
  for (const [name, event] of OFFERED) expect([event.name, String(event)]).toEqual([name, name]);
});

test('the law knows every event that is offered, and no other', () => {
  expect([...VAULT_EVENTS].sort()).toEqual(OFFERED.map(([name]) => name).sort());
});

test('every event of the installed SDK is offered, disputed or dead, and so are only newer ones', () => {
  const ours = [...OFFERED.map(([name]) => name), ...[...DISPUTED, ...DEAD].map(([name]) => name)];
  expect(ours.sort()).toEqual([...Object.keys(BackupVaultEvent), ...NEWER_THAN_THE_SDK].sort());
});

test('what is offered has no problem', () => {
  expect(vaultEventProblems(OFFERED.map(([name]) => name))).toEqual([]);
});

test.each(DISPUTED)('%s is disputed: a warning says so, and what to use', (name, replacement) => {
  expect(vaultEventProblems([VaultEvent.of(name).name]).map(sentence)).toEqual([
    `\`events\` asks for \`${name}\`, which the guide lists as supported and the API reference as deprecated; use ${replacement}`,
  ]);
});

test.each(DEAD)('%s is dead: a warning names what to use', (name, replacement) => {
  expect(vaultEventProblems([VaultEvent.of(name).name])).toEqual([
    {
      id: 'Backup-DeadNotificationEvent',
      severity: 'warning',
      property: 'events',
      message: `\`events\` asks for \`${name}\`, which AWS Backup accepts but never sends`,
      fix: `use ${replacement}`,
    },
  ]);
});

test('an event that this release does not know gets a warning, because it may be a typo', () => {
  const [problem, ...others] = vaultEventProblems(['BACKUP_JOB_COMPLETE', 'BACKUP_JOB_COMPLETED']);
  expect([problem.severity, sentence(problem), others]).toEqual([
    'warning',
    "`events` asks for `BACKUP_JOB_COMPLETE`, which this release doesn't know; acknowledge this warning if AWS Backup has added it since",
    [],
  ]);
});

test('an empty list of events is rejected', () => {
  const [problem] = vaultEventProblems([]);
  expect([problem.severity, sentence(problem)]).toEqual([
    'error',
    '`events` must name at least one event, got none; omit it to be notified of failures',
  ]);
});

test('the failures are events that fire', () => {
  const names = VaultEvent.failures().map(String);
  expect(vaultEventProblems(names)).toEqual([]);
  expect(names).toEqual([
    'BACKUP_JOB_COMPLETED',
    'CONTINUOUS_BACKUP_INTERRUPTED',
    'COPY_JOB_FAILED',
    'RESTORE_JOB_COMPLETED',
    'S3_BACKUP_OBJECT_FAILED',
    'S3_RESTORE_OBJECT_FAILED',
    'EKS_BACKUP_OBJECT_FAILED',
    'EKS_RESTORE_OBJECT_FAILED',
  ]);
});

test.each<[unknown, string]>([
  ['backup_job_started', '`backup_job_started`'],
  ['', 'an empty string'],
  [undefined, 'nothing'],
  [7, '7'],
])('%p is no name of an event', (name, shown) => {
  expect(refusal(() => VaultEvent.of(name as string))).toBe(
    `\`name\` must be the API name of a vault event such as \`BACKUP_JOB_COMPLETED\`, got ${shown}`,
  );
});

test('any input is an event, or rejected with a message', () => {
  fc.assert(
    fc.property(anything, (name) => {
      thrown(() => vaultEventProblems([VaultEvent.of(name as string).name]));
    }),
  );
});
