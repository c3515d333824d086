import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import { CfnDatabase } from 'aws-cdk-lib/aws-timestream';
import type { IConstruct } from 'constructs';
import { ALL_CHECKS } from '../../../src/checks/all-checks';
import { runChecks } from '../../../src/checks/engine/check';
import { BackupEvents } from '../../../src/monitoring/core/backup-events';
import { BackupJobState } from '../../../src/monitoring/core/backup-job-state';
import { RestoreJobState } from '../../../src/monitoring/core/restore-job-state';
import { CopyOnArrival } from '../../../src/patterns/copy/copy-on-arrival';
import { findPrerequisites } from '../../../src/preflight/prerequisite-report';
import { BackupReportPlan } from '../../../src/resources/audit/backup-report-plan';
import { ReportTemplate } from '../../../src/resources/audit/report-template';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { LegalHold } from '../../../src/resources/vault/legal-hold';
import { FINDINGS, type FindingId } from '../../../src/values/findings/registry';
import { Retention } from '../../../src/values/plan/retention';
import { BackupCapability as C, CapabilitySupport } from '../../../src/values/resource-type/capability';
import { capabilityProblems } from '../../../src/values/resource-type/capability-laws';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { backupReady, choice, plan, resource, rule, selection, tags } from '../../support/backups';
import { testStack } from '../../support/synthesis';
import { inventoryOfResources } from '../../support/templates';
import { warningsOf } from '../../support/warnings';

/**
 * Facts that no source confirms. None may be an error, in a constructor, a check or the preflight, and what is published
 * about each states the confidence.
 */
interface Unsourced {
  readonly fact: string;
  /** Resources of a template, and the finding that reports them; none if nothing is reported. */
  readonly template?: object;
  readonly id?: FindingId;
  /** The same with constructs. */
  readonly build?: (stack: Stack) => IConstruct;
}

const DAYS = { retention: Retention.days(35) };
const far = (account: string) => ({
  CopyActions: [
    {
      DestinationBackupVaultArn: `arn:aws:backup:us-east-1:${account}:backup-vault:far`,
      Lifecycle: { DeleteAfterDays: 35 },
    },
  ],
});
const vault = (properties: object = {}) =>
  resource(
    'Backup::BackupVault',
    { BackupVaultName: 'gold', ...properties },
    { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  );
const report = (S3KeyPrefix: string) =>
  resource('Backup::ReportPlan', {
    ReportPlanName: 'jobs',
    ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    ReportDeliveryChannel: { S3BucketName: 'reports', S3KeyPrefix, Formats: ['CSV'] },
  });
const gold = (type: string, properties: Record<string, unknown> = {}) =>
  backupReady(type, { Tags: tags({ backup: 'gold' }), ...properties });
const SELECTED = selection({ ListOfTags: [choice('backup', 'gold')] });
const stackType = selection({ Resources: ['arn:aws:cloudformation:*:*:stack/*'] });
const openZfs = gold('FSx::FileSystem', {
  FileSystemType: 'OPENZFS',
  StorageCapacity: 64,
  KmsKeyId: 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000',
  SubnetIds: ['subnet-1'],
  OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_1', ThroughputCapacity: 64 },
});
const cold = { Lifecycle: { MoveToColdStorageAfterDays: 7, DeleteAfterDays: 100 } };

const FACTS: readonly Unsourced[] = [
  {
    fact: "a lock's maximum against jobs without retention",
    id: 'Backup-LockRangeForever',
    template: {
      Vault: vault({ LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 365 } }),
      Plan: plan('gold', rule('daily', { TargetBackupVault: { Ref: 'Vault' }, Lifecycle: undefined })),
    },
    build: (stack) =>
      new BackupPlan(stack, 'Plan', {
        vault: new BackupVault(stack, 'Vault', {
          lock: VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(365) }),
        }),
        rules: [BackupRule.daily({ retention: Retention.forever() })],
      }),
  },
  {
    fact: 'a copy of a plan into its source vault',
    id: 'Backup-CopyIntoSource',
    template: {
      Vault: vault(),
      Plan: plan(
        'gold',
        rule('daily', {
          TargetBackupVault: { Ref: 'Vault' },
          CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } }],
        }),
      ),
    },
    build: (stack) => {
      const source = new BackupVault(stack, 'Vault');
      return new BackupPlan(stack, 'Plan', {
        vault: source,
        rules: [BackupRule.daily({ ...DAYS, copies: [CopyAction.toVault(source, DAYS)] })],
      });
    },
  },
  {
    fact: 'a copy on arrival into its source vault',
    id: 'Backup-CopyLoop',
    build: (stack) => {
      const source = new BackupVault(stack, 'Vault');
      return new CopyOnArrival(stack, 'Copy', { vault: source, copy: CopyAction.toVault(source, DAYS) });
    },
  },
  {
    fact: 'a report prefix of more than 512 characters',
    id: 'Backup-ReportKeyPrefixLong',
    template: { Report: report('a'.repeat(513)) },
    build: (stack) =>
      new BackupReportPlan(stack, 'Report', {
        template: ReportTemplate.backupJobs(),
        keyPrefix: 'a'.repeat(513),
      }),
  },
  {
    fact: 'wildcards in legal holds',
    id: 'Backup-LegalHoldWildcard',
    template: {
      Hold: resource('Backup::LegalHold', {
        Title: 'case',
        Description: 'case',
        RecoveryPointSelection: { ResourceIdentifiers: ['arn:aws:s3:::orders-*'] },
      }),
    },
    build: (stack) =>
      new LegalHold(stack, 'Hold', {
        title: 'case',
        description: 'case',
        resources: [new CfnDatabase(stack, 'Database')],
      }),
  },
  {
    fact: '`LW` in a cron expression',
    template: { Plan: plan('gold', rule('daily', { ScheduleExpression: 'cron(0 5 LW * ? *)' })) },
    build: (stack) =>
      new BackupPlan(stack, 'Plan', {
        vault: new BackupVault(stack, 'Vault'),
        rules: [
          BackupRule.scheduled({
            ...DAYS,
            name: 'last',
            schedule: BackupSchedule.expression('cron(0 5 LW * ? *)'),
          }),
        ],
      }),
  },
  {
    fact: '`State` ABORTED in notifications and events',
    template: {
      Subscription: resource('SNS::Subscription', {
        TopicArn: 'arn:aws:sns:us-east-1:111111111111:backups',
        Protocol: 'email',
        Endpoint: 'ops@example.com',
        FilterPolicy: { State: ['ABORTED'] },
      }),
      Rule: resource('Events::Rule', {
        EventPattern: {
          source: ['aws.backup'],
          'detail-type': ['Restore Job State Change'],
          detail: { status: ['ABORTED'] },
        },
        Targets: [{ Id: 'topic', Arn: 'arn:aws:sns:us-east-1:111111111111:backups' }],
      }),
    },
    build: (stack) => {
      BackupEvents.backupJobs([BackupJobState.ABORTED]);
      BackupEvents.restoreJobs([RestoreJobState.ABORTED]);
      return stack;
    },
  },
  {
    fact: '300 jobs at once',
    id: 'Backup-JobsAtOnce',
    template: {
      Plan: plan('gold', rule()),
      S: SELECTED,
      ...Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`T${i}`, gold('DynamoDB::Table')])),
    },
  },
  {
    fact: 'copies of CloudFormation stacks to other accounts',
    id: 'Backup-CopyUndocumented',
    template: {
      Plan: plan('gold', rule('daily', far('222222222222'))),
      S: stackType,
      Own: resource('CloudFormation::Stack', { TemplateURL: 'https://example.com/t' }),
    },
  },
  {
    fact: 'full management of CloudFormation stacks',
    template: {
      Plan: plan('gold', rule('daily', cold)),
      S: stackType,
      Own: resource('CloudFormation::Stack', { TemplateURL: 'https://example.com/t' }),
    },
  },
  {
    fact: 'OpenZFS in a rule that copies',
    template: { Plan: plan('gold', rule('daily', far('222222222222'))), S: SELECTED, Files: openZfs },
  },
  {
    fact: 'OpenZFS in a rule with cold storage',
    id: 'Backup-ColdStorageUnsupported',
    template: { Plan: plan('gold', rule('daily', cold)), S: SELECTED, Files: openZfs },
  },
];

const withId = FACTS.filter(({ id }) => id !== undefined) as (Unsourced & { id: FindingId })[];

describe('a fact that no source confirms is never an error', () => {
  test.each(FACTS.filter(({ template }) => template))('in a template: $fact', ({ template, id }) => {
    const inventory = inventoryOfResources(template);
    const found = runChecks(ALL_CHECKS, inventory, { now: new Date('2026-11-21T00:00:00Z') });
    if (id) expect(found.map((one) => one.id)).toContain(id);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(() => findPrerequisites(inventory)).not.toThrow();
  });

  test.each(FACTS.filter(({ build }) => build))('with constructs: $fact', ({ build, id }) => {
    const warnings = warningsOf((build as (stack: Stack) => IConstruct)(testStack()));
    if (id) expect(warnings.join('\n')).toContain(id);
  });

  test.each(withId)('in the registry: $fact', ({ id }) => {
    expect(FINDINGS[id].severity).not.toBe('error');
    if (id !== 'Backup-ColdStorageUnsupported') expect(FINDINGS[id].why).toContain('Confidence: low');
  });

  test('in the law about capabilities: every cell that no source decides', () => {
    const types = [ResourceType.CLOUDFORMATION, ResourceType.FSX.variant('OpenZFS')];
    const copies = [{ crossRegion: true, crossAccount: true, airGapped: true }];
    for (const type of types)
      for (const asks of [{ copies }, { coldStorage: true }, { archive: true }, { airGappedPrimary: true }])
        expect(capabilityProblems([type], asks).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('the confidence is stated', () => {
  const OPENZFS = ResourceType.FSX.variant('OpenZFS');
  test.each<[ResourceType, C, CapabilitySupport, string]>([
    [ResourceType.CLOUDFORMATION, C.CROSS_ACCOUNT_COPY, CapabilitySupport.UNKNOWN, 'low'],
    [ResourceType.CLOUDFORMATION, C.FULL_MANAGEMENT, CapabilitySupport.YES, 'low'],
    [OPENZFS, C.AUDIT_MANAGER, CapabilitySupport.UNKNOWN, 'low'],
    [OPENZFS, C.AIR_GAPPED_COPY, CapabilitySupport.UNKNOWN, 'low'],
    [OPENZFS, C.AIR_GAPPED_PRIMARY, CapabilitySupport.UNKNOWN, 'low'],
    [OPENZFS, C.INCREMENTAL, CapabilitySupport.YES, 'low'],
    [OPENZFS, C.ITEM_RESTORE, CapabilitySupport.NO, 'low'],
    [OPENZFS, C.RESTORE_TESTING, CapabilitySupport.YES, 'medium'],
    [OPENZFS, C.COLD_STORAGE, CapabilitySupport.NO, 'medium'],
  ])('by the catalog: %s, %s', (type, capability, support, confidence) => {
    expect(type.fact(capability)).toMatchObject({
      support,
      note: expect.stringMatching(new RegExp(`; confidence: ${confidence}$`)),
    });
  });

  test.each(FACTS)('in the documentation: $fact', ({ fact, id }) => {
    const text = readFileSync(join(__dirname, '../../../docs/checking.md'), 'utf8');
    const row = text.split('\n').find((line) => line.toLowerCase().startsWith(`| ${fact.toLowerCase()} |`));
    expect(row).toMatch(/\| (low|medium) \|$/);
    if (id) expect(row).toContain(`${FINDINGS[id].severity} \`${id}\``);
  });
});
