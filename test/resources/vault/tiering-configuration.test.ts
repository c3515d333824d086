import { CfnParameter, Duration, Fn, type IPropertyInjector, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnTieringConfiguration, type IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import {
  TieringConfiguration,
  type TieringConfigurationProps,
} from '../../../src/resources/vault/tiering-configuration';
import { TieringSelection } from '../../../src/resources/vault/tiering-selection';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const TIERING = 'AWS::Backup::TieringConfiguration';
const AFTER = { after: Duration.days(60) };
const ALL = TieringSelection.allBuckets(AFTER);
const IN = ' (in `Stack/Tiering`)';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
});

function tieringWith(props: Partial<TieringConfigurationProps> = {}, id = 'Tiering') {
  return new TieringConfiguration(stack, id, { selections: [ALL], ...props });
}

function properties() {
  const template = Template.fromStack(stack);
  expect(schemaProblems(template.toJSON())).toEqual([]);
  return Object.values(template.findResources(TIERING)).map(({ Properties }) => Properties);
}

test('the backups of one vault can be moved', () => {
  const vault = new BackupVault(stack, 'Vault');
  const tiering = tieringWith({ vault });
  expect(properties()).toEqual([
    {
      TieringConfigurationName: 'Stack_Tiering_5827f4f0',
      BackupVaultName: { 'Fn::GetAtt': [expect.stringMatching('^Vault'), 'BackupVaultName'] },
      ResourceSelection: [{ Resources: ['*'], ResourceType: 'S3', TieringDownSettingsInDays: 60 }],
    },
  ]);
  expect(tiering.vault).toBe(vault);
  expect(warningsOf(stack)).toEqual([]);
});

test('the backups of all vaults can be moved', () => {
  expect(tieringWith({ allVaults: true }).vault).toBeUndefined();
  expect(properties()).toEqual([expect.objectContaining({ BackupVaultName: '*' })]);
});

test('some buckets can have a different age than the rest', () => {
  tieringWith({
    allVaults: true,
    selections: [
      TieringSelection.buckets([new Bucket(stack, 'Orders'), Bucket.fromBucketName(stack, 'Logs', 'logs')], {
        after: Duration.days(60),
      }),
      TieringSelection.bucketArns(['arn:aws:s3:::archive', Fn.importValue('Arn')], {
        after: Duration.days(365),
      }),
      TieringSelection.allBuckets({
        after: Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber),
      }),
    ],
  });
  const s3 = { ResourceType: 'S3' };
  expect(properties()[0].ResourceSelection).toEqual([
    {
      ...s3,
      Resources: [{ 'Fn::GetAtt': [expect.stringMatching('^Orders'), 'Arn'] }, 'arn:aws:s3:::logs'],
      TieringDownSettingsInDays: 60,
    },
    {
      ...s3,
      Resources: ['arn:aws:s3:::archive', { 'Fn::ImportValue': 'Arn' }],
      TieringDownSettingsInDays: 365,
    },
    { ...s3, Resources: ['*'], TieringDownSettingsInDays: { Ref: 'Days' } },
  ]);
});

test('the L1 is the default child and has the tags', () => {
  const tiering = tieringWith({ allVaults: true });
  expect(tiering.node.defaultChild).toBeInstanceOf(CfnTieringConfiguration);
  Tags.of(tiering).add('team', 'orders');
  expect(properties()[0].TieringConfigurationTags).toEqual({ team: 'orders' });
});

test('a configuration can be referred to', () => {
  const tiering = tieringWith({ allVaults: true, tieringConfigurationName: 'cheap_2026' });
  expect(stack.resolve(tiering.tieringConfigurationRef)).toEqual({
    tieringConfigurationName: 'cheap_2026',
    tieringConfigurationArn: { 'Fn::GetAtt': [expect.stringMatching('^Tiering'), 'TieringConfigurationArn'] },
  });
});

describe('an existing configuration', () => {
  const from = (arn: string) =>
    TieringConfiguration.fromTieringConfigurationArn(stack, 'Existing', arn).tieringConfigurationRef;
  const ARN = 'arn:aws:backup:eu-west-1:111122223333:tiering-configuration:';

  test.each([`${ARN}cheap`, `${ARN}cheap-0a1b2c3d`])('can be referred to by its ARN: %s', (arn) => {
    expect(from(arn)).toEqual({ tieringConfigurationName: 'cheap', tieringConfigurationArn: arn });
  });

  test('can be referred to by an ARN that is known only at deployment', () => {
    const { tieringConfigurationName } = from(Fn.importValue('Arn'));
    expect(stack.resolve(tieringConfigurationName)).toEqual({
      'Fn::Select': [
        0,
        { 'Fn::Split': ['-', { 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::ImportValue': 'Arn' }] }] }] },
      ],
    });
  });

  test("can't be referred to by an ARN of another type", () => {
    expect(refusal(() => from('arn:aws:backup:eu-west-1:111122223333:backup-vault:gold'))).toBe(
      '`tieringConfigurationArn` must be an ARN of the form `arn:<partition>:backup:<region>:<account>:tiering-configuration:<id>`, got `arn:aws:backup:eu-west-1:111122223333:backup-vault:gold` (in `Stack/Existing`)',
    );
  });
});

describe('the vault', () => {
  test.each<[string, unknown, boolean | undefined, string]>([
    [
      'none',
      undefined,
      undefined,
      '`vault` or `allVaults` must be set, got neither; set `vault`, or `allVaults: true` to move the backups of all vaults',
    ],
    [
      'none, and not all',
      undefined,
      false,
      '`vault` or `allVaults` must be set, got neither; set `vault`, or `allVaults: true` to move the backups of all vaults',
    ],
    [
      'a name',
      'gold',
      undefined,
      '`vault` must be a backup vault, got `gold`; import an existing one with `BackupVault.fromBackupVaultName`',
    ],
    [
      'null',
      null,
      undefined,
      '`vault` must be a backup vault, got null; import an existing one with `BackupVault.fromBackupVaultName`',
    ],
    ['perhaps all', undefined, 'perhaps' as never, '`allVaults` must be true or false, got `perhaps`'],
  ])("can't be %s", (_, vault, allVaults, message) => {
    expect(refusal(() => tieringWith({ vault: vault as never, allVaults }))).toBe(message + IN);
  });

  test("can't be combined with all vaults", () => {
    expect(refusal(() => tieringWith({ vault: new BackupVault(stack, 'Vault'), allVaults: true }))).toBe(
      `\`vault\` must not be set together with \`allVaults\`; omit one of them${IN}`,
    );
  });

  test('must be in the account and Region of the configuration', () => {
    const vault = BackupVault.fromBackupVaultArn(
      stack,
      'Vault',
      'arn:aws:backup:us-east-1:111122223333:backup-vault:gold',
    );
    expect(refusal(() => tieringWith({ vault }))).toBe(
      `\`vault\` must be in the Region of the tiering configuration (eu-west-1), got us-east-1; create the configuration in the account and Region of the vault${IN}`,
    );
  });

  const lock = (max: number) =>
    VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(max) });
  test.each<[string, () => IBackupVaultRef]>([
    ['a locked one', () => new BackupVault(stack, 'Vault', { lock: lock(35) })],
    [
      'a logically air-gapped one',
      () =>
        new LogicallyAirGappedVault(stack, 'Vault', {
          minRetention: Duration.days(7),
          maxRetention: Duration.days(35),
          acknowledgeIrreversible: true,
          generation: '7to35',
        }),
    ],
  ])('can be %s, and gets a warning if its lock ends before the age', (_, vault) => {
    expect(warningsOf(tieringWith({ vault: vault() }))).toEqual([
      'Backup-NeverTiers: `selections[0]` moves backups after 60 days, but the lock of `Stack/Vault` keeps none longer than 35 days: nothing ever moves; omit tiering for this vault',
    ]);
  });

  test('can have a lock that lets backups reach the age', () => {
    tieringWith({ vault: new BackupVault(stack, 'Vault', { lock: lock(61) }) });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, () => [IBackupVaultRef, IBackupVaultRef], string]>([
    [
      'twice',
      () => {
        const vault = new BackupVault(stack, 'Vault');
        return [vault, vault];
      },
      'Stack/Vault',
    ],
    [
      'imported in addition to the created one',
      () => [
        new BackupVault(stack, 'Vault', { backupVaultName: 'gold' }),
        BackupVault.fromBackupVaultName(stack, 'Import', 'gold'),
      ],
      'Stack/Import',
    ],
  ])('can have only one configuration: %s is refused', (_, vaults, label) => {
    const [one, other] = vaults();
    tieringWith({ vault: one });
    expect(refusal(() => tieringWith({ vault: other }, 'Second'))).toBe(
      `\`vault\` is \`${label}\`, as in \`Stack/Tiering\`, but AWS Backup rejects a second tiering configuration for it; put the selections of both into one configuration (in \`Stack/Second\`)`,
    );
  });

  test('can have one in addition to the single configuration for all vaults', () => {
    tieringWith({ allVaults: true });
    tieringWith({ vault: new BackupVault(stack, 'Vault') }, 'Second');
    tieringWith({ vault: new BackupVault(stack, 'Other') }, 'Third');
    expect(warningsOf(stack)).toEqual([]);
    expect(refusal(() => tieringWith({ allVaults: true }, 'Fourth'))).toBe(
      '`allVaults` is true, as in `Stack/Tiering`, but AWS Backup rejects a second tiering configuration for it; put the selections of both into one configuration (in `Stack/Fourth`)',
    );
  });

  test('is a different one in another Region or stage', () => {
    const app = testApp();
    for (const region of ['eu-west-1', 'us-east-1'])
      new TieringConfiguration(
        new Stack(app, region, { env: { account: '111122223333', region } }),
        'Tiering',
        {
          selections: [ALL],
          allVaults: true,
        },
      );
    for (const stage of ['Test', 'Prod'])
      new TieringConfiguration(new Stack(new Stage(app, stage), 'Stack'), 'Tiering', {
        selections: [ALL],
        allVaults: true,
      });
    expect(warningsOf(app)).toEqual([]);
  });
});

describe('the name', () => {
  test.each<[unknown, string]>([
    ['cheap-tier', '`cheap-tier`; use `cheap_tier`'],
    ['', 'an empty string; for example, use `my_backups`'],
    [null, 'null; for example, use `my_backups`'],
  ])('is letters, digits and `_`: %p is refused', (name, shown) => {
    expect(refusal(() => tieringWith({ allVaults: true, tieringConfigurationName: name as string }))).toBe(
      `\`tieringConfigurationName\` must be 1 to 200 characters from \`a-z\`, \`A-Z\`, \`0-9\` and \`_\`, got ${shown}${IN}`,
    );
  });

  test('of another configuration is refused', () => {
    const tieringConfigurationName = 'cheap';
    tieringWith({ allVaults: true, tieringConfigurationName });
    const vault = new BackupVault(stack, 'Vault');
    expect(refusal(() => tieringWith({ vault, tieringConfigurationName }, 'Second'))).toContain(
      '`tieringConfigurationName` `cheap` is also the name of `Stack/Tiering`',
    );
  });
});

describe('the selections', () => {
  test.each<[string, unknown, string]>([
    [
      'omitted',
      undefined,
      '`selections` must be a list, each element a `TieringSelection`, got null; for example, use `TieringSelection.allBuckets({ after: Duration.days(60) })`',
    ],
    ['none', [], '`selections` must have 1 to 5 selections, got none'],
    [
      'numbers',
      [60],
      '`selections[0]` must be a `TieringSelection`, got 60; for example, use `TieringSelection.allBuckets({ after: Duration.days(60) })`',
    ],
  ])('are refused if they are %s', (_, selections, message) => {
    expect(refusal(() => tieringWith({ allVaults: true, selections: selections as never }))).toBe(
      message + IN,
    );
  });

  test.each<[string, () => unknown, string]>([
    [
      'too early',
      () => TieringSelection.allBuckets({ after: Duration.days(30) }),
      '`after` must be a whole number from 60 to 36500 days, got 30; use 60 days or more (in `TieringSelection.allBuckets`)',
    ],
    [
      'in a number',
      () => TieringSelection.allBuckets({ after: 60 as never }),
      '`after` must be a `Duration`, got 60; write `Duration.days(60)` (in `TieringSelection.allBuckets`)',
    ],
    [
      'of nothing',
      () => TieringSelection.allBuckets(undefined as never),
      '`after` must be a `Duration`, got nothing; write `Duration.days(…)` (in `TieringSelection.allBuckets`)',
    ],
    [
      'without buckets',
      () => TieringSelection.buckets([], AFTER),
      '`buckets` must contain at least one bucket, got none; use `TieringSelection.allBuckets` to select all buckets (in `TieringSelection.buckets`)',
    ],
    [
      'of buckets left out',
      () => TieringSelection.buckets(undefined as never, AFTER),
      '`buckets` must be a list, each element a bucket, got null (in `TieringSelection.buckets`)',
    ],
    [
      'of names',
      () => TieringSelection.buckets(['orders' as never], AFTER),
      '`buckets[0]` must be a bucket, got `orders` (in `TieringSelection.buckets`)',
    ],
    [
      'without ARNs',
      () => TieringSelection.bucketArns([], AFTER),
      '`bucketArns` must contain at least one bucket, got none; use `TieringSelection.allBuckets` to select all buckets (in `TieringSelection.bucketArns`)',
    ],
    [
      'of all ARNs',
      () => TieringSelection.bucketArns(['*'], AFTER),
      '`bucketArns[0]` must be the ARN of a bucket, `arn:<partition>:s3:::<name>`, got `*`; name each bucket, or select all of them (in `TieringSelection.bucketArns`)',
    ],
  ])('%s are refused', (_, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

test.each<[string, unknown, string]>([
  ['null', null, '`props` must be an object with properties, got null'],
  ['a list', [], '`props` must be an object with properties, got an array'],
])('%s is refused as properties', (_, props, message) => {
  expect(refusal(() => new TieringConfiguration(stack, 'Tiering', props as never))).toBe(message + IN);
});

test('a property injector can set defaults', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: TieringConfiguration.PROPERTY_INJECTION_ID,
    inject: (props) => ({ allVaults: true, ...props }),
  };
  stack = new Stack(testApp({ propertyInjectors: [injector] }), 'Stack');
  tieringWith();
  expect(properties()[0].BackupVaultName).toBe('*');
});
