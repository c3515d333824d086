import { type App, Aspects, Duration, Stack, Tags, TimeZone, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import {
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  CfnRestoreTestingPlan,
  type IBackupVaultRef,
  type ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import {
  RecoveryPointSelection,
  type RecoveryPointSelectionOptions,
  RecoveryPointType,
} from '../../../src/resources/restore-testing/recovery-point-selection';
import {
  RestoreTestingPlan,
  type RestoreTestingPlanProps,
} from '../../../src/resources/restore-testing/restore-testing-plan';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { sentence } from '../../../src/values/core/problem';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { anything } from '../../support/anything';
import { refusal, thrown } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const schedule = BackupSchedule.daily();
const PATTERN = 'arn:aws:backup:*:*:backup-vault:gold-*';
const recoveryPoints = RecoveryPointSelection.latest({ vaultArns: [PATTERN] });
const plan = (stack: Stack, props: Partial<RestoreTestingPlanProps> = {}) =>
  new RestoreTestingPlan(stack, 'Plan', { schedule, recoveryPoints, ...props });
const vaultsOf = (options: RecoveryPointSelectionOptions, stack = testStack()) => {
  const { include, exclude } = RecoveryPointSelection.latest(options)._vaultArns(stack);
  return stack.resolve([include, exclude]);
};

describe('a restore testing plan', () => {
  test('has a name without hyphens, a schedule, and a recovery point selection', () => {
    const stack = testStack('My-App');
    const tested = plan(stack);
    const [properties] = propertiesOf(stack, 'AWS::Backup::RestoreTestingPlan');
    expect(properties).toEqual({
      RestoreTestingPlanName: expect.stringMatching(/^My_App_Plan_[0-9a-f]{8}$/),
      ScheduleExpression: 'cron(0 5 ? * * *)',
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        IncludeVaults: [PATTERN],
      },
    });
    expect(tested.selections).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
  });

  test('accepts all properties', () => {
    const stack = testStack();
    const tested = plan(stack, {
      restoreTestingPlanName: 'gold_weekly',
      schedule: BackupSchedule.daily({ hour: 3, timeZone: TimeZone.ASIA_SEOUL }),
      startWindow: Duration.hours(48),
      recoveryPoints: RecoveryPointSelection.random({
        allVaults: true,
        excludeVaultArns: [PATTERN],
        types: [RecoveryPointType.SNAPSHOT],
        window: Duration.days(7),
      }),
    });
    Tags.of(tested).add('team', 'orders');
    expect(propertiesOf(stack, 'AWS::Backup::RestoreTestingPlan')).toEqual([
      {
        RestoreTestingPlanName: 'gold_weekly',
        ScheduleExpression: 'cron(0 3 ? * * *)',
        ScheduleExpressionTimezone: 'Asia/Seoul',
        StartWindowHours: 48,
        RecoveryPointSelection: {
          Algorithm: 'RANDOM_WITHIN_WINDOW',
          RecoveryPointTypes: ['SNAPSHOT'],
          IncludeVaults: ['*'],
          ExcludeVaults: [PATTERN],
          SelectionWindowDays: 7,
        },
        Tags: [{ Key: 'team', Value: 'orders' }],
      },
    ]);
  });

  test('accepts windows that are known only at deployment', () => {
    const stack = testStack();
    plan(stack, {
      startWindow: Duration.hours(Token.asNumber({ Ref: 'Hours' })),
      recoveryPoints: RecoveryPointSelection.latest({
        allVaults: true,
        window: Duration.days(Token.asNumber({ Ref: 'Days' })),
      }),
    });
    synthesize(stack).hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
      StartWindowHours: { Ref: 'Hours' },
      RecoveryPointSelection: { SelectionWindowDays: { Ref: 'Days' } },
    });
  });

  test('can be referred to', () => {
    const stack = testStack();
    const tested = plan(stack);
    const id = stack.getLogicalId(tested.node.defaultChild as CfnRestoreTestingPlan);
    expect(stack.resolve(tested.restoreTestingPlanRef)).toEqual({
      restoreTestingPlanName: { Ref: id },
      restoreTestingPlanArn: { 'Fn::GetAtt': [id, 'RestoreTestingPlanArn'] },
    });
  });

  test('can be imported by its name and its ARN', () => {
    const attributes = {
      restoreTestingPlanName: 'weekly',
      restoreTestingPlanArn: 'arn:aws:backup:us-east-1:444455556666:restore-testing-plan:weekly-1234',
    };
    const there = RestoreTestingPlan.fromRestoreTestingPlanAttributes(testStack(), 'Weekly', attributes);
    expect(there.restoreTestingPlanRef).toEqual(attributes);
    expect(there.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });
});

describe('the vaults of the recovery points', () => {
  test('can be from this library or aws-cdk-lib', () => {
    const stack = testStack();
    const ours = new BackupVault(stack, 'Ours');
    const l1 = new CfnBackupVault(stack, 'L1', { backupVaultName: 'silver' });
    const arn = (vault: IBackupVaultRef) => stack.resolve(vault.backupVaultRef.backupVaultArn);
    expect(vaultsOf({ vaults: [ours], excludeVaults: [l1] }, stack)).toEqual([[arn(ours)], [arn(l1)]]);
    plan(stack, { recoveryPoints: RecoveryPointSelection.latest({ vaults: [ours, l1] }) });
    synthesize(stack).hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
      RecoveryPointSelection: {
        IncludeVaults: [{ 'Fn::GetAtt': Match.anyValue() }, { 'Fn::GetAtt': Match.anyValue() }],
      },
    });
  });

  test('can be logically air-gapped', () => {
    const stack = testStack();
    const airGapped = ['gapped', 'other'].map(
      (backupVaultName) =>
        new CfnLogicallyAirGappedBackupVault(stack, backupVaultName, {
          backupVaultName,
          minRetentionDays: 7,
          maxRetentionDays: 30,
        }),
    );
    const join = (vault: CfnLogicallyAirGappedBackupVault) => ({
      'Fn::Join': [
        '',
        ['arn:aws:backup:eu-west-1:111122223333:backup-vault:', { Ref: stack.getLogicalId(vault) }],
      ],
    });
    expect(vaultsOf({ airGappedVaults: airGapped }, stack)).toEqual([airGapped.map(join), []]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'are said',
      () => RecoveryPointSelection.latest({}),
      '`vaults` must contain at least one vault, got none; name vaults, or `*` for every vault (in `RecoveryPointSelection.latest`)',
    ],
    [
      'are set by options',
      () => RecoveryPointSelection.random(undefined as never),
      '`options` of `RecoveryPointSelection.random` must be an object, got nothing; pass vaults, for example `{ vaults: [vault] }`',
    ],
    [
      'are not all and some',
      () => RecoveryPointSelection.latest({ allVaults: true, vaultArns: [PATTERN] }),
      '`vaults` has `*`, every vault, along with other items; use one or the other (in `RecoveryPointSelection.latest`)',
    ],
    [
      'are vaults',
      () => RecoveryPointSelection.latest({ vaults: [PATTERN] as unknown as IBackupVaultRef[] }),
      `\`vaults\` must be backup vaults, got \`${PATTERN}\`; use \`vaultArns\` for ARNs`,
    ],
    [
      'are air-gapped vaults',
      () =>
        RecoveryPointSelection.latest({
          airGappedVaults: [{}] as unknown as ILogicallyAirGappedBackupVaultRef[],
        }),
      '`airGappedVaults` must be logically air-gapped vaults, got an object; use `vaultArns` for ARNs',
    ],
    [
      'are a list',
      () => RecoveryPointSelection.latest({ vaultArns: PATTERN as unknown as string[] }),
      `\`vaultArns\` must be an array, got \`${PATTERN}\``,
    ],
    [
      'have recovery points of a known type',
      () => RecoveryPointSelection.latest({ allVaults: true, types: [] }),
      '`types` must have `SNAPSHOT`, `CONTINUOUS` or both, got none; omit it for both (in `RecoveryPointSelection.latest`)',
    ],
    [
      'have recovery points of at most a year',
      () => RecoveryPointSelection.latest({ allVaults: true, window: Duration.days(366) }),
      '`window` must be a whole number from 1 to 365 days, got 366; use 365 days or less (in `RecoveryPointSelection.latest`)',
    ],
    [
      'have recovery points of whole days',
      () => RecoveryPointSelection.latest({ allVaults: true, window: Duration.hours(36) }),
      '`window` must be a whole number of days, got 1 day 12 hours; write `Duration.days(2)` (in `RecoveryPointSelection.latest`)',
    ],
  ])('must be such that they %s', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });

  test('in another Region get a warning', () => {
    const stack = testStack();
    const there = BackupVault.fromBackupVaultArn(
      stack,
      'There',
      'arn:aws:backup:us-east-1:111122223333:backup-vault:gold',
    );
    plan(stack, { recoveryPoints: RecoveryPointSelection.latest({ vaults: [there] }) });
    expect(warningsOf(stack)).toEqual([
      'Backup-RestoreTestingVault: `vaults` contains `Stack/There` in another Region (us-east-1) than the plan (eu-west-1), so its recovery points are never tested; create a restore testing plan in the account and Region of that vault',
    ]);
  });
});

describe('a restore testing plan is refused', () => {
  const make = (props: object) => () =>
    new RestoreTestingPlan(testStack(), 'Plan', props as RestoreTestingPlanProps);

  test.each<[string, () => unknown, string]>([
    [
      'without schedule and recovery points',
      make({}),
      `2 problems of \`Stack/Plan\`:
  - \`schedule\` must be a \`BackupSchedule\`, got nothing; for example, use \`BackupSchedule.weekly()\`
  - \`recoveryPoints\` must be a \`RecoveryPointSelection\`, got nothing; for example, use \`RecoveryPointSelection.latest({ vaults: [vault] })\``,
    ],
    [
      'with a schedule in text',
      make({ schedule: 'rate(1 day)', recoveryPoints }),
      '`schedule` must be a `BackupSchedule`, got `rate(1 day)`; for example, use `BackupSchedule.weekly()` (in `Stack/Plan`)',
    ],
    [
      'with a hyphen in its name',
      make({ schedule, recoveryPoints, restoreTestingPlanName: 'gold-weekly' }),
      '`restoreTestingPlanName` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9` and `_`, got `gold-weekly`; use `gold_weekly` (in `Stack/Plan`)',
    ],
    [
      'with a start window of more than a week',
      make({ schedule, recoveryPoints, startWindow: Duration.days(8) }),
      '`startWindow` must be a whole number from 1 to 168 hours, got 192; use 168 hours or less (in `Stack/Plan`)',
    ],
    [
      'with a start window in minutes',
      make({ schedule, recoveryPoints, startWindow: Duration.minutes(90) }),
      '`startWindow` must be a whole number of hours, got 1 hour 30 minutes; write `Duration.hours(2)` (in `Stack/Plan`)',
    ],
    [
      'by an ARN of something else',
      () =>
        RestoreTestingPlan.fromRestoreTestingPlanAttributes(testStack(), 'Weekly', {
          restoreTestingPlanName: 'week-ly',
          restoreTestingPlanArn: 'weekly',
        }),
      `2 problems:
  - \`restoreTestingPlanName\` must be 1 to 50 characters from \`a-z\`, \`A-Z\`, \`0-9\` and \`_\`, got \`week-ly\`; use \`week_ly\`
  - \`restoreTestingPlanArn\` must be an ARN of the form \`arn:<partition>:backup:<region>:<account>:restore-testing-plan:<id>\`, got \`weekly\``,
    ],
  ])('%s', (_title, action, message) => {
    expect(refusal(action)).toBe(message);
  });

  test('with a thirty-first selection', () => {
    const tested = plan(testStack());
    const options = { resourceType: ResourceType.S3, everything: true };
    for (let i = 1; i <= 30; i++) tested.addSelection(`Selection${i}`, options);
    expect(tested.selections).toHaveLength(30);
    expect(refusal(() => tested.addSelection('Last', options))).toBe(
      'a restore testing plan can have at most 30 selections, got 31; select by tags that more resources share, or create a second plan',
    );
  });

  test('at synthesis, with a fifty-first tag', () => {
    const stack = testStack();
    plan(stack);
    for (let i = 1; i <= 51; i++) Tags.of(stack).add(`key${i}`, 'value');
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan] a restore testing plan can have at most 50 tags, got 51',
    );
  });
});

describe('a restore testing plan gets a warning', () => {
  // China, GovCloud, the European Sovereign Cloud, and Regions whose CloudFormation lacks it
  test.each(['us-gov-west-1', 'cn-north-1', 'eusc-de-east-1', 'ap-southeast-5', 'ap-southeast-7'])(
    'in %s',
    (region) => {
      const stack = testStack('Stack', region);
      plan(stack);
      expect(warningsOf(stack)).toEqual([
        `Backup-RestoreTestingRegion: \`region\` is ${region}, where restore testing isn't known to be available; deploy it in another Region`,
      ]);
    },
  );

  test('as the hundred-and-first plan in an account and Region', () => {
    const stack = testStack();
    for (let i = 1; i <= 100; i++)
      new RestoreTestingPlan(stack, `Plan${i}`, {
        schedule,
        recoveryPoints,
        restoreTestingPlanName: `plan${i}`,
      });
    expect(warningsOf(stack)).toEqual([]);
    plan(stack);
    expect(warningsOf(stack)).toEqual([
      "Backup-RestoreTestingPlanQuota: `restore testing plans` should be at most 100 in an account and Region, got 101 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
    ]);
  });

  test('about the warnings of its schedule', () => {
    const stack = testStack();
    const odd = BackupSchedule.everyHours(24);
    plan(stack, { schedule: odd });
    expect(warningsOf(stack)).toHaveLength(odd._warnings.length);
  });
});

test('aspects can change the L1, which is the default child', () => {
  const stack = testStack();
  plan(stack);
  Aspects.of(stack.node.root as App).add({
    visit: (construct: IConstruct) => {
      if (construct instanceof CfnRestoreTestingPlan) construct.startWindowHours = 12;
    },
  });
  synthesize(stack).hasResourceProperties('AWS::Backup::RestoreTestingPlan', { StartWindowHours: 12 });
});

test('untyped callers get a restore testing plan or an error message', () => {
  const list = fc.oneof(anything, fc.array(anything, { maxLength: 2 }));
  const options = fc.oneof(
    anything,
    fc.dictionary(
      fc.constantFrom(
        'vaults',
        'airGappedVaults',
        'vaultArns',
        'allVaults',
        'excludeVaults',
        'excludeVaultArns',
        'types',
        'window',
      ),
      list,
    ),
  );
  const props = fc.oneof(
    anything,
    fc.record(
      {
        schedule: fc.oneof(fc.constant(schedule), anything),
        recoveryPoints: fc.oneof(fc.constant(recoveryPoints), anything),
        restoreTestingPlanName: anything,
        startWindow: anything,
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(options, props, (some, given) => {
      for (const make of [
        () => RecoveryPointSelection.latest(some as never),
        () => new RestoreTestingPlan(new Stack(), 'Plan', given as never),
      ])
        for (const problem of thrown(make)?.problems ?? [])
          expect(sentence(problem)).toMatch(/^`.+` [^\n]+[^.]$/);
    }),
  );
});
