import type { PropertyType, ResourceProperties } from '@aws-cdk/service-spec-types';
import { Duration, type Stack, Tags, TimeZone } from 'aws-cdk-lib';
import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  BackupPlan,
  BackupRule,
  type BackupRuleOptions,
  BackupSchedule,
  type BackupSelectionOptions,
  BackupVault,
  type BackupVaultProps,
  CopyAction,
  CopySource,
  ResourceType,
  Retention,
  ScanMode,
  TagCondition,
  VaultEvent,
  VaultLock,
} from 'cdk-backup-constructs';
import { database, schemaProblems } from './support/schema';
import { propertiesOf, synthesize, testStack } from './support/synthesis';
import { OTHER_WAYS, type Way } from './support/ways';

const retention = Retention.years(1);
const FAR = 'arn:aws:backup:us-east-1:111122223333:backup-vault:far';
const near = (stack: Stack) => BackupVault.fromBackupVaultName(stack, 'Near', 'near');

function planWith(options: Partial<BackupRuleOptions>): (stack: Stack) => void {
  return (stack) => {
    new BackupPlan(stack, 'Plan', {
      vault: near(stack),
      rules: [BackupRule.monthly({ retention, ...options })],
      scanSettings: options.scan && { resourceTypes: [ResourceType.S3] },
    });
  };
}

const selecting = (options: BackupSelectionOptions) => (stack: Stack) => {
  const rules = [BackupRule.daily({ retention })];
  new BackupPlan(stack, 'Plan', { vault: near(stack), rules }).addSelection('Selection', options);
};

const vaultWith = (props: BackupVaultProps) => (stack: Stack) => {
  new BackupVault(stack, 'Vault', props);
};

const days = Duration.days;
const RULE = 'BackupPlan.BackupPlanRule[]';
const conditions = (operator: string) => [
  `BackupSelection.Conditions.${operator}[].ConditionKey`,
  `BackupSelection.Conditions.${operator}[].ConditionValue`,
];

/** Every property of every type, and how it is said. */
const WAYS: Record<string, readonly Way[]> = {
  ...OTHER_WAYS,
  'AWS::Backup::BackupPlan': [
    {
      said: 'a plan and a rule',
      build: planWith({ name: 'rule' }),
      reaches: [
        'BackupPlan.BackupPlanName',
        `${RULE}.RuleName`,
        `${RULE}.TargetBackupVault`,
        `${RULE}.ScheduleExpression`,
        `${RULE}.Lifecycle.DeleteAfterDays`,
      ],
    },
    {
      said: 'a schedule in a time zone',
      build: (stack) => {
        const schedule = BackupSchedule.daily({ timeZone: TimeZone.ASIA_SEOUL });
        new BackupPlan(stack, 'Plan', {
          vault: near(stack),
          rules: [BackupRule.scheduled({ schedule, retention })],
        });
      },
      reaches: [`${RULE}.ScheduleExpressionTimezone`],
    },
    {
      said: '`startWindow` and `completionWindow`',
      build: planWith({ startWindow: Duration.hours(1), completionWindow: Duration.hours(2) }),
      reaches: [`${RULE}.StartWindowMinutes`, `${RULE}.CompletionWindowMinutes`],
    },
    {
      said: '`coldStorageAfter` and `archive`',
      build: planWith({ coldStorageAfter: days(30), archive: true }),
      reaches: [
        `${RULE}.Lifecycle.MoveToColdStorageAfterDays`,
        `${RULE}.Lifecycle.OptInToArchiveForSupportedResources`,
      ],
    },
    {
      said: '`BackupRule.continuous`',
      build: (stack) => {
        new BackupPlan(stack, 'Plan', {
          vault: near(stack),
          rules: [BackupRule.continuous({ retention: Retention.days(35) })],
        });
      },
      reaches: [`${RULE}.EnableContinuousBackup`],
    },
    {
      said: '`recoveryPointTags`',
      build: planWith({ recoveryPointTags: { stage: 'prod' } }),
      reaches: [`${RULE}.RecoveryPointTags`],
    },
    {
      said: '`copies`',
      build: planWith({
        copies: [CopyAction.toVaultArn(FAR, { retention, coldStorageAfter: days(30), archive: true })],
      }),
      reaches: [
        `${RULE}.CopyActions[].DestinationBackupVaultArn`,
        `${RULE}.CopyActions[].Lifecycle.DeleteAfterDays`,
        `${RULE}.CopyActions[].Lifecycle.MoveToColdStorageAfterDays`,
        `${RULE}.CopyActions[].Lifecycle.OptInToArchiveForSupportedResources`,
      ],
    },
    {
      said: '`airGappedVault`',
      build: (stack) =>
        planWith({
          airGappedVault: new CfnLogicallyAirGappedBackupVault(stack, 'AirGapped', {
            backupVaultName: 'air-gapped',
            minRetentionDays: 7,
            maxRetentionDays: 3650,
          }),
        })(stack),
      reaches: [`${RULE}.TargetLogicallyAirGappedBackupVaultArn`],
    },
    {
      said: '`index`',
      build: planWith({ index: ResourceType.EBS }),
      reaches: [`${RULE}.IndexActions[].ResourceTypes[]`],
    },
    {
      said: '`scan` and `scanSettings`',
      build: planWith({ scan: ScanMode.FULL }),
      reaches: [
        `${RULE}.ScanActions[].MalwareScanner = GUARDDUTY`,
        `${RULE}.ScanActions[].ScanMode = FULL_SCAN`,
        'BackupPlan.ScanSettings[].MalwareScanner = GUARDDUTY',
        'BackupPlan.ScanSettings[].ResourceTypes[]',
        'BackupPlan.ScanSettings[].ScannerRoleArn',
      ],
    },
    {
      said: '`scan` of what has changed',
      build: planWith({ scan: ScanMode.INCREMENTAL }),
      reaches: [`${RULE}.ScanActions[].ScanMode = INCREMENTAL_SCAN`],
    },
    {
      said: '`windowsVss`',
      build: (stack) => {
        const rules = [BackupRule.daily({ retention })];
        new BackupPlan(stack, 'Plan', { vault: near(stack), rules, windowsVss: true });
      },
      reaches: [
        'BackupPlan.AdvancedBackupSettings[].ResourceType',
        'BackupPlan.AdvancedBackupSettings[].BackupOptions',
      ],
    },
    {
      said: '`Tags.of(plan)`',
      build: (stack) => {
        planWith({})(stack);
        Tags.of(stack).add('team', 'storage');
      },
      reaches: ['BackupPlanTags'],
    },
  ],
  'AWS::Backup::BackupSelection': [
    {
      said: '`tags`',
      build: selecting({
        tags: [
          TagCondition.stringEquals('a', 'b'),
          TagCondition.stringNotEquals('c', 'd'),
          TagCondition.stringLike('e', 'f*'),
          TagCondition.stringNotLike('g', 'h*'),
        ],
      }),
      reaches: [
        'BackupPlanId',
        'BackupSelection.SelectionName',
        'BackupSelection.IamRoleArn',
        ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'].flatMap(conditions),
      ],
    },
    {
      said: '`anyTag`',
      build: selecting({ anyTag: [TagCondition.stringEquals('a', 'b')] }),
      reaches: [
        'BackupSelection.ListOfTags[].ConditionType',
        'BackupSelection.ListOfTags[].ConditionKey',
        'BackupSelection.ListOfTags[].ConditionValue',
      ],
    },
    {
      said: '`resourceTypes` and `excludeTypes`',
      build: selecting({ resourceTypes: [ResourceType.EFS], excludeTypes: [ResourceType.S3] }),
      reaches: ['BackupSelection.Resources[]', 'BackupSelection.NotResources[]'],
    },
  ],
  'AWS::Backup::BackupVault': [
    {
      said: 'a vault',
      build: vaultWith({}),
      reaches: ['BackupVaultName', 'EncryptionKeyArn'],
    },
    {
      said: '`VaultLock.compliance`',
      build: vaultWith({
        lock: VaultLock.compliance({
          minRetention: days(7),
          maxRetention: days(365),
          coolingOff: days(3),
          acknowledgeIrreversible: true,
        }),
      }),
      reaches: [
        'LockConfiguration.MinRetentionDays',
        'LockConfiguration.MaxRetentionDays',
        'LockConfiguration.ChangeableForDays',
      ],
    },
    {
      said: '`notifications`',
      build: (stack) =>
        vaultWith({
          notifications: { topic: new Topic(stack, 'Topic'), events: [VaultEvent.BACKUP_JOB_COMPLETED] },
        })(stack),
      reaches: ['Notifications.SNSTopicArn', 'Notifications.BackupVaultEvents[]'],
    },
    {
      said: '`copyFrom`',
      build: vaultWith({ copyFrom: [CopySource.account('444455556666')] }),
      reaches: ['AccessPolicy'],
    },
    {
      said: '`Tags.of(vault)`',
      build: (stack) => {
        vaultWith({})(stack);
        Tags.of(stack).add('team', 'storage');
      },
      reaches: ['BackupVaultTags'],
    },
  ],
};

/**
 * Values that nothing says, and why; none at present. Of what is open, such as `BackupOptions` of advanced settings, the
 * docstrings say what is left out: of Amazon S3 CloudFormation refuses it.
 */
const EXCEPTIONS: Record<string, Record<string, string>> = {};

/**
 * Types that the installed schema doesn't have yet, with their properties. Source: aws-cdk-lib 2.276.0, whose L1 it is.
 */
const NEWER: Record<string, readonly string[]> = {
  'AWS::Backup::BackupAccessPoint': [
    'RecoveryPointArn',
    'Name',
    'AccessPointInTime',
    'AccessPointPolicy',
    'Tags[]',
  ],
};

const schema = database();

/** Every property of a type at any depth, as `A.B[].C`; where values are listed, each as `A = VALUE`. */
function schemaPaths(type: string): readonly string[] {
  const [resource] = schema.lookup('resource', 'cloudFormationType', 'equals', type);
  if (!resource) return NEWER[type] ?? [];
  const below = (properties: ResourceProperties, prefix: string): string[] =>
    Object.entries(properties).flatMap(([name, { type: inner }]) => of(inner, `${prefix}${name}`));
  const of = (inner: PropertyType, path: string): string[] => {
    switch (inner.type) {
      case 'array':
        return of(inner.element, `${path}[]`);
      case 'ref':
        return below(schema.get('typeDefinition', inner.reference).properties, `${path}.`);
      case 'union':
        return inner.types.flatMap((each) => of(each, path));
      case 'string':
        return inner.allowedValues?.map((value) => `${path} = ${value}`) ?? [path];
      default:
        return [path];
    }
  };
  return [...new Set(below(resource.properties, ''))];
}

/** The values that stand at a path. */
function valuesAt(value: unknown, path: string): unknown[] {
  const [steps, expected] = path.split(' = ');
  const found = steps.split('.').reduce<unknown[]>(
    (values, step) => {
      const name = step.replace('[]', '');
      const inner = values.map((each) => (each as Record<string, unknown> | undefined)?.[name]);
      return step.endsWith('[]') ? inner.flatMap((each) => each ?? []) : inner;
    },
    [value],
  );
  return found.filter((each) => each !== undefined && (expected === undefined || each === expected));
}

describe.each(Object.keys(WAYS))('%s', (type) => {
  const ways = WAYS[type];
  const reached = ways.flatMap(({ reaches }) => reaches);
  const excepted = Object.keys(EXCEPTIONS[type] ?? {});

  test('has no property in the installed schema that is neither supported nor excepted', () => {
    const known = [...reached, ...excepted];
    expect(schemaPaths(type).filter((path) => !known.includes(path))).toEqual([]);
  });

  test('has no property in the list that the installed schema doesn’t know', () => {
    const paths = schemaPaths(type);
    expect([...reached, ...excepted].filter((path) => !paths.includes(path))).toEqual([]);
    expect(paths.length).toBeGreaterThan(4);
  });

  test.each(ways.map((way) => [way.said, way] as const))(
    'has in its template what is said by %s',
    (_, way) => {
      const stack = testStack();
      way.build(stack);
      const all = propertiesOf(stack, type);
      const missing = way.reaches.filter((path) => all.every((each) => valuesAt(each, path).length === 0));
      expect(missing).toEqual([]);
      if (!(type in NEWER)) expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
    },
  );
});

test('every AWS Backup type of the installed schema is listed, and the newer ones are really newer', () => {
  const types = schema
    .all('resource')
    .map(({ cloudFormationType }) => cloudFormationType)
    .filter((type) => /^AWS::Backup(Gateway)?::/.test(type));
  expect(types.filter((type) => !(type in WAYS))).toEqual([]);
  expect(Object.keys(WAYS).filter((type) => !types.includes(type))).toEqual(Object.keys(NEWER));
});
