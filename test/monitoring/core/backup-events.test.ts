import * as backup from '@aws-sdk/client-backup';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BackupEvents } from '../../../src/monitoring/core/backup-events';
import { BackupJobState } from '../../../src/monitoring/core/backup-job-state';
import { ChangeState } from '../../../src/monitoring/core/change-state';
import { CopyJobState } from '../../../src/monitoring/core/copy-job-state';
import { RecoveryPointState } from '../../../src/monitoring/core/recovery-point-state';
import { RestoreJobState } from '../../../src/monitoring/core/restore-job-state';
import { ScanJobState } from '../../../src/monitoring/core/scan-job-state';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { RestoreTestingPlan } from '../../../src/resources/restore-testing/restore-testing-plan';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { eventMatches } from '../../support/event-rule';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';
import { EVENTS, KEY } from './sample-events';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

/** The samples that a pattern matches, after it went through a rule in a template. */
function matched(eventPattern: EventPattern): string[] {
  const rule = new Rule(stack, 'Rule', { eventPattern });
  const resources = Template.fromStack(Stack.of(rule)).findResources('AWS::Events::Rule');
  const [{ Properties }] = Object.values(resources);
  return Object.keys(EVENTS).filter((name) => eventMatches(Properties.EventPattern, EVENTS[name]));
}

const all = <T>(states: Record<string, T>): T[] => Object.values(states);
const vault = (name = 'gold') => BackupVault.fromBackupVaultName(stack, 'Vault', name);
const vaultByArn = (name: string) =>
  BackupVault.fromBackupVaultArn(
    stack,
    'Vault',
    `arn:aws:backup:eu-west-1:111122223333:backup-vault:${name}`,
  );
const weeklyTests = () =>
  RestoreTestingPlan.fromRestoreTestingPlanAttributes(stack, 'Tests', {
    restoreTestingPlanName: 'weekly',
    restoreTestingPlanArn: 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly-1',
  });

describe('backup jobs', () => {
  test.each(all(BackupJobState))('in state %s', (state) => {
    const samples = Object.entries(EVENTS)
      .filter(([name, { detail }]) => name.startsWith('backup job') && detail.state === state)
      .map(([name]) => name);
    expect(samples).not.toEqual([]);
    expect(matched(BackupEvents.backupJobs([state]))).toEqual(samples);
  });

  test('with issues: completed with a message, and neither an empty message nor another state', () => {
    expect(matched(BackupEvents.backupJobsWithIssues())).toEqual(['backup job COMPLETED with issues']);
  });

  test('of one vault', () => {
    const states = [BackupJobState.FAILED, BackupJobState.COMPLETED];
    expect(matched(BackupEvents.backupJobs(states, { vault: vault() }))).toEqual([
      'backup job COMPLETED',
      'backup job COMPLETED with issues',
      'backup job FAILED',
    ]);
  });

  test('of another vault', () => {
    const states = all(BackupJobState).filter((state) => state !== BackupJobState.CREATED);
    expect(matched(BackupEvents.backupJobs(states, { vault: vault('silver') }))).toEqual([]);
  });

  test('of some resource types', () => {
    const resourceTypes = [ResourceType.DYNAMODB, ResourceType.S3];
    expect(matched(BackupEvents.backupJobs([BackupJobState.FAILED], { resourceTypes }))).toEqual([]);
    stack = testStack();
    resourceTypes.push(ResourceType.EFS);
    expect(matched(BackupEvents.backupJobs([BackupJobState.FAILED], { resourceTypes }))).toEqual([
      'backup job FAILED',
    ]);
  });

  test('of one plan, which jobs on demand are not', () => {
    const plan = BackupPlan.fromBackupPlanId(stack, 'Plan', 'plan-1');
    const pattern = BackupEvents.backupJobs([BackupJobState.FAILED, BackupJobState.COMPLETED], { plan });
    expect(matched(pattern)).toEqual(['backup job COMPLETED', 'backup job FAILED']);
  });

  test('of one account and Region, on a central event bus', () => {
    const here = { accounts: ['111122223333'], regions: ['eu-west-1'] };
    expect(matched(BackupEvents.backupJobs([BackupJobState.FAILED], here))).toEqual(['backup job FAILED']);
    stack = testStack();
    const there = { accounts: ['444455556666'], regions: ['eu-west-1'] };
    expect(matched(BackupEvents.backupJobs([BackupJobState.FAILED], there))).toEqual([]);
  });
});

describe('copy jobs', () => {
  test.each(all(CopyJobState))('in state %s', (state) => {
    expect(matched(BackupEvents.copyJobs([state]))).toEqual([`copy job ${state}`]);
  });

  test('into one vault, which is known by its ARN', () => {
    const destinationVault = vaultByArn('central');
    expect(matched(BackupEvents.copyJobs(all(CopyJobState), { destinationVault }))).toEqual(
      Object.keys(EVENTS).filter((name) => name.startsWith('copy job')),
    );
  });

  test('out of one vault', () => {
    const sourceVault = vaultByArn('central');
    expect(matched(BackupEvents.copyJobs(all(CopyJobState), { sourceVault }))).toEqual([]);
  });
});

describe('restore jobs', () => {
  test.each(all(RestoreJobState))('in state %s', (state) => {
    expect(matched(BackupEvents.restoreJobs([state]))).toEqual([
      `restore job ${state}`,
      `restore test ${state}`,
    ]);
  });

  test('of restore testing', () => {
    expect(matched(BackupEvents.restoreJobs([RestoreJobState.FAILED], { isTest: true }))).toEqual([
      'restore test FAILED',
    ]);
  });

  test('that are no tests', () => {
    expect(matched(BackupEvents.restoreJobs([RestoreJobState.FAILED], { isTest: false }))).toEqual([
      'restore job FAILED',
    ]);
  });

  test('of one restore testing plan', () => {
    const restoreTestingPlan = weeklyTests();
    const states = [RestoreJobState.FAILED, RestoreJobState.ABORTED];
    expect(matched(BackupEvents.restoreJobs(states, { restoreTestingPlan }))).toEqual([
      'restore test ABORTED',
      'restore test FAILED',
    ]);
  });
});

test.each(all(RecoveryPointState))('recovery points in state %s, by both names of the event', (state) => {
  expect(matched(BackupEvents.recoveryPoints([state], { vault: vault() }))).toEqual([
    `recovery point ${state}`,
    `recovery point ${state}, other name`,
  ]);
});

test.each(all(ChangeState))('vaults that were %s', (state) => {
  expect(matched(BackupEvents.vaults([state], { vault: vault() }))).toEqual([`vault ${state}`]);
});

test.each(all(ChangeState))('plans that were %s', (state) => {
  const plan = BackupPlan.fromBackupPlanId(stack, 'Plan', 'plan-1');
  expect(matched(BackupEvents.plans([state], plan))).toEqual([`plan ${state}`]);
});

test('Region settings that were changed', () => {
  expect(matched(BackupEvents.regionSettings())).toEqual(['Region settings MODIFIED']);
});

test.each(all(ScanJobState))('scans in state %s', (state) => {
  expect(matched(BackupEvents.scanJobs([state], { vault: vault() }))).toEqual(
    Object.keys(EVENTS).filter((name) => name === `scan ${state}` || name === `scan ${state} with threats`),
  );
});

test('scans that found threats', () => {
  expect(matched(BackupEvents.threats())).toEqual(['scan COMPLETED with threats']);
});

describe('calls that CloudTrail recorded', () => {
  test('and that weaken protection', () => {
    expect(matched(BackupEvents.weakeningCalls())).toEqual([
      'call of DeleteRecoveryPoint',
      'call of PutBackupVaultAccessPolicy',
      'call of UpdateRegionSettings',
    ]);
  });

  test('are calls that the API has', () => {
    const { eventName } = BackupEvents.weakeningCalls().detail as { eventName: string[] };
    expect(eventName.filter((name) => !(`${name}Command` in backup))).toEqual([]);
  });

  test('and that make a key unusable', () => {
    const key = Key.fromKeyArn(stack, 'Key', KEY);
    expect(matched(BackupEvents.keyCalls([key]))).toEqual([
      'call of DisableKey',
      'call of ScheduleKeyDeletion',
    ]);
  });

  test('and that make any key unusable', () => {
    expect(matched(BackupEvents.keyCalls())).toEqual([
      'call of DisableKey',
      'call of ScheduleKeyDeletion',
      'call of DisableKey on another key',
    ]);
  });
});

test('a pattern of several states matches each of them', () => {
  expect(matched(BackupEvents.copyJobs([CopyJobState.FAILED, CopyJobState.PARTIAL]))).toEqual([
    'copy job FAILED',
    'copy job PARTIAL',
  ]);
});

describe('mistakes', () => {
  const resourceTypes = [ResourceType.EBS];
  test.each<[string, () => unknown, string]>([
    [
      'no state',
      () => BackupEvents.vaults([]),
      '`states` must be one or more of `CREATED`, `MODIFIED`, `DELETED`, got none; list at least one',
    ],
    [
      'a state of other jobs',
      () => BackupEvents.restoreJobs(['EXPIRED' as never]),
      '`states` must be one or more of `PENDING`, `RUNNING`, `COMPLETED`, `ABORTED`, `FAILED`, got `EXPIRED`',
    ],
    [
      'a vault of jobs that were only created',
      () => BackupEvents.backupJobs([BackupJobState.CREATED, BackupJobState.FAILED], { vault: vault() }),
      "`vault` must not be set together with state `CREATED`, whose events don't have it; omit it, or omit `CREATED`",
    ],
    [
      'types of copies that were only created',
      () => BackupEvents.copyJobs([CopyJobState.CREATED], { resourceTypes }),
      "`resourceTypes` must not be set together with state `CREATED`, whose events don't have it; omit it, or omit `CREATED`",
    ],
    [
      'a restore testing plan of restores that are no tests',
      () =>
        BackupEvents.restoreJobs([RestoreJobState.FAILED], {
          isTest: false,
          restoreTestingPlan: weeklyTests(),
        }),
      '`restoreTestingPlan` must not be set together with `isTest` false; omit one of them',
    ],
  ])('%s', (_, run, message) => {
    expect(refusal(run)).toBe(message);
  });
});

describe('a filter that does not exist, which would match the events of every vault, is refused', () => {
  const wrong = { valut: 'gold', account: ['111122223333'] } as never;
  const TAKE_VAULTS = ['backupJobs', 'backupJobsWithIssues', 'recoveryPoints', 'vaults', 'scanJobs'];
  TAKE_VAULTS.push('failedScans', 'threats');
  const PATTERNS: Record<string, () => EventPattern> = {
    backupJobs: () => BackupEvents.backupJobs([BackupJobState.FAILED], wrong),
    backupJobsWithIssues: () => BackupEvents.backupJobsWithIssues(wrong),
    copyJobs: () => BackupEvents.copyJobs([CopyJobState.FAILED], wrong),
    failedScans: () => BackupEvents.failedScans(wrong),
    invalidOrganizationPolicies: () => BackupEvents.invalidOrganizationPolicies(wrong),
    keyCalls: () => BackupEvents.keyCalls([], wrong),
    organizationCalls: () => BackupEvents.organizationCalls(wrong),
    plans: () => BackupEvents.plans([ChangeState.DELETED], undefined, wrong),
    recoveryPoints: () => BackupEvents.recoveryPoints([RecoveryPointState.EXPIRED], wrong),
    regionSettings: () => BackupEvents.regionSettings(wrong),
    restoreJobs: () => BackupEvents.restoreJobs([RestoreJobState.FAILED], wrong),
    scanJobs: () => BackupEvents.scanJobs([ScanJobState.FAILED], wrong),
    threats: () => BackupEvents.threats(wrong),
    vaults: () => BackupEvents.vaults([ChangeState.DELETED], wrong),
    weakeningCalls: () => BackupEvents.weakeningCalls(wrong),
  };

  test('by every pattern', () => {
    const methods = Object.getOwnPropertyNames(BackupEvents).filter(
      (name) => !['length', 'name', 'prototype'].includes(name) && !name.startsWith('jsii'),
    );
    expect(methods.sort()).toEqual(Object.keys(PATTERNS));
  });

  test.each(Object.entries(PATTERNS))('by %s', (name, run) => {
    const message = refusal(run);
    expect(message).toContain(`2 problems of \`BackupEvents.${name}\`:`);
    expect(message).toMatch(/`account` is not a property of `\w+`; did you mean `accounts`\?/);
    if (TAKE_VAULTS.includes(name))
      expect(message).toMatch(/`valut` is not a property of `\w+`; did you mean `vault`\?/);
  });
});
