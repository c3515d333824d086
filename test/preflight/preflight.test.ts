import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, CfnOutput, Lazy, NestedStack, Stack, type StackProps, Stage, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  BackupPlan,
  BackupRegionSettings,
  BackupRule,
  BackupVault,
  CopyAction,
  Preflight,
  ResourceType,
  Retention,
  TagCondition,
} from '../../src';
import { testApp } from '../support/app';
import { refusal } from '../support/refusal';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const retention = Retention.days(35);
const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Something of each kind: stacks that refer to each other, a nested stack, tags by aspects, another account. */
function shop(app: App, env: StackProps['env'] = ENV): Stack {
  const far = new Stack(app, 'Far', { env: { account: '222222222222', region: 'eu-south-1' } });
  const central = new BackupVault(far, 'Vault', { backupVaultName: 'central' });
  const vault = new BackupVault(new Stack(app, 'Vaults', { env }), 'Vault');
  const stack = new Stack(app, 'Shop', { env });
  const nested = new NestedStack(stack, 'Data');
  new Table(nested, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  new Bucket(stack, 'Pictures');
  const plan = new BackupPlan(stack, 'Plan', {
    vault,
    backupPlanName: 'gold',
    rules: [BackupRule.daily({ retention, copies: [CopyAction.toVault(central, { retention })] })],
  });
  plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
  Tags.of(app).add('backup', 'gold');
  return stack;
}

const TEXT = `Management account of the organization
  [ ] turn on cross-account backup
      plan \`gold\` copies to account 222222222222
      aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true
  check: aws backup describe-global-settings

Account 111111111111
  [?] enable the Region eu-south-1
      plan \`gold\` copies to this Region
      aws account enable-region --region-name eu-south-1
  [ ] create the service-linked role AWSServiceRoleForBackup
      plan \`gold\` copies recovery points
      aws iam create-service-linked-role --aws-service-name backup.amazonaws.com
  check: aws account get-region-opt-status --region-name eu-south-1
  check: aws iam get-role --role-name AWSServiceRoleForBackup

Account 111111111111, eu-west-1
  [ ] opt in to DynamoDB
      plan \`gold\` selects \`Shop/Data/Orders\` by tag or by service
      plan \`gold\` copies backups of \`Shop/Data/Orders\`
  [x] opt in to S3, set by \`Settings/Region\`
      plan \`gold\` selects \`Shop/Pictures\` by tag or by service
  [ ] turn on full AWS Backup management for DynamoDB
      plan \`gold\` copies backups of \`Shop/Data/Orders\`
  set all: aws backup update-region-settings --region eu-west-1 --resource-type-opt-in-preference '{"DynamoDB":true}' --resource-type-management-preference '{"DynamoDB":true}'
  check: aws backup describe-region-settings --region eu-west-1

Account 222222222222
  [ ] enable the Region eu-south-1
      vault \`Far/Vault\` is in this Region
      plan \`gold\` copies to this Region
      aws account enable-region --region-name eu-south-1
  [ ] create the service-linked role AWSServiceRoleForBackup
      plan \`gold\` copies into this account
      aws iam create-service-linked-role --aws-service-name backup.amazonaws.com
  check: aws account get-region-opt-status --region-name eu-south-1
  check: aws iam get-role --role-name AWSServiceRoleForBackup

8 prerequisites: 1 set by the app, 6 to check and set, 1 possibly needed
`;

describe('the checklist of an app', () => {
  const app = testApp();
  shop(app);
  new BackupRegionSettings(new Stack(app, 'Settings', { env: ENV }), 'Region', { optIn: [ResourceType.S3] });
  const before = Preflight.of(app);

  test('tells by account and Region what is needed, why, the command for it, and what the app sets', () => {
    expect(before.text).toBe(TEXT);
    expect(before.isComplete).toBe(false);
    expect(before.unknown).toEqual([]);
  });

  test('is the same before synthesis, after it, and of the cloud assembly', () => {
    const { directory } = app.synth();
    expect(Preflight.of(app).json).toBe(before.json);
    expect(Preflight.ofAssembly([directory]).json).toBe(before.json);
  });

  test('is the same of any construct of the app', () => {
    expect(Preflight.of(app.node.findChild('Vaults')).text).toBe(TEXT);
  });

  test('leaves the templates as they are', () => {
    const templates = (look: (app: App) => unknown) => {
      const other = testApp();
      shop(other);
      look(other);
      return other.synth().stacks.map(({ template }) => template);
    };
    expect(templates((other) => Preflight.of(other))).toEqual(templates(() => undefined));
  });

  test('names the management account where it is said', () => {
    const { text } = Preflight.of(app, { managementAccount: '999999999999' });
    expect(text.split('\n')[0]).toBe('Management account of the organization, 999999999999');
  });

  test('in Markdown is a list of tasks', () => {
    expect(before.markdown.split('\n').slice(0, 26)).toEqual([
      '## AWS Backup prerequisites',
      '',
      '8 prerequisites: 1 set by the app, 6 to check and set, 1 possibly needed.',
      '',
      '### Management account of the organization',
      '',
      '- [ ] turn on cross-account backup',
      '  - plan `gold` copies to account 222222222222',
      '  - `aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true`',
      '',
      'Check: `aws backup describe-global-settings`',
      '',
      '### Account 111111111111',
      '',
      '- [ ] possibly: enable the Region eu-south-1',
      '  - plan `gold` copies to this Region',
      '  - `aws account enable-region --region-name eu-south-1`',
      '- [ ] create the service-linked role AWSServiceRoleForBackup',
      '  - plan `gold` copies recovery points',
      '  - `aws iam create-service-linked-role --aws-service-name backup.amazonaws.com`',
      '',
      'Check: `aws account get-region-opt-status --region-name eu-south-1`, `aws iam get-role --role-name AWSServiceRoleForBackup`',
      '',
      '### Account 111111111111, eu-west-1',
      '',
      '- [ ] opt in to DynamoDB',
    ]);
  });

  test('as JSON has all of it for programs', () => {
    expect(JSON.parse(before.json)).toMatchObject({
      prerequisites: expect.arrayContaining([
        {
          kind: 'opt-in',
          name: 'S3',
          scope: 'region',
          ...ENV,
          certain: true,
          setBy: 'Settings/Region',
          reasons: ['plan `gold` selects `Shop/Pictures` by tag or by service'],
          command:
            'aws backup update-region-settings --region eu-west-1 --resource-type-opt-in-preference \'{"S3":true}\'',
        },
      ]),
      unknown: [],
      summary: { total: 8, set: 1, open: 6, perhaps: 1 },
    });
  });
});

test('an app that needs nothing is complete, and reports that', () => {
  const app = testApp();
  new Bucket(new Stack(app, 'Shop'), 'Pictures');
  const preflight = Preflight.of(app);
  expect(preflight.text).toBe('no prerequisites\n');
  expect(preflight.markdown).toBe('## AWS Backup prerequisites\n\nno prerequisites.\n');
  expect(preflight.isComplete).toBe(true);
});

test('plans of aws-cdk-lib count as well, and stacks that leave their account open are reported apart', () => {
  const app = testApp();
  const stack = new Stack(app, 'Shop');
  const plan = backup.BackupPlan.dailyMonthly1YearRetention(stack, 'Plan');
  plan.addSelection('All', { resources: [backup.BackupResource.fromTag('backup', 'gold')] });
  Tags.of(new Bucket(stack, 'Pictures')).add('backup', 'gold');
  const lines = Preflight.of(app).text.split('\n');
  expect(lines[0]).toBe('Any account, any Region (the stacks are environment-agnostic)');
  expect(lines[3]).toBe(
    '  set all: aws backup update-region-settings --resource-type-opt-in-preference \'{"S3":true}\'',
  );
});

test('what can’t be determined is at the end', () => {
  const app = testApp();
  const stack = new Stack(app, 'Shop', { env: ENV });
  const plan = new BackupPlan(stack, 'Plan', {
    backupPlanName: 'gold',
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention })],
  });
  plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
  const sentence =
    'selection `Gold` of plan `gold` selects no resource of the app in account 111111111111, eu-west-1: opt in to the types that it is meant for';
  const preflight = Preflight.of(app);
  expect(preflight.unknown).toEqual([sentence]);
  expect(preflight.text).toBe(`Not determined\n  - ${sentence}\n\nno prerequisites\n`);
  expect(preflight.markdown).toContain(`### Not determined\n\n- ${sentence}\n`);
});

test('a stack that can not be read before synthesis is reported, and the others are read', () => {
  const app = testApp();
  shop(app);
  const notYet = () => {
    throw new Error('known when all is there');
  };
  new CfnOutput(new Stack(app, 'Odd'), 'Output', { value: Lazy.string({ produce: notYet }) });
  const preflight = Preflight.of(app);
  expect(preflight.unknown).toEqual([
    expect.stringMatching(/^the stack `Odd` can't be read before synthesis: .*known when all is there/),
  ]);
  expect(preflight.text).toContain('[ ] opt in to S3');
});

test('stages have accounts and Regions of their own', () => {
  const app = testApp();
  for (const [name, region] of [
    ['Dev', 'eu-west-1'],
    ['Prod', 'eu-central-1'],
  ]) {
    const stack = new Stack(new Stage(app, name, { env: { ...ENV, region } }), 'Shop');
    const plan = new BackupPlan(stack, 'Plan', {
      backupPlanName: name,
      vault: new BackupVault(stack, 'Vault'),
      rules: [BackupRule.daily({ retention })],
    });
    plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
    Tags.of(new Bucket(stack, 'Pictures')).add('backup', 'gold');
  }
  const { prerequisites } = JSON.parse(Preflight.of(app).json);
  expect(prerequisites).toMatchObject([
    { region: 'eu-central-1', reasons: ['plan `Prod` selects `Prod/Shop/Pictures` by tag or by service'] },
    { region: 'eu-west-1', reasons: ['plan `Dev` selects `Dev/Shop/Pictures` by tag or by service'] },
  ]);
});

test('tags of an app do not reach into its stages, as in synthesis', () => {
  const app = testApp();
  const stack = new Stack(new Stage(app, 'Prod', { env: ENV }), 'Shop');
  const plan = new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention })],
  });
  plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
  new Bucket(stack, 'Pictures');
  Tags.of(app).add('backup', 'gold');
  const before = Preflight.of(app);
  expect(JSON.parse(before.json).prerequisites).toEqual([]);
  expect(Preflight.ofAssembly([app.synth().directory]).json).toBe(before.json);
});

describe('malformed options are refused', () => {
  test.each([
    [() => Preflight.of('app' as never), '`scope` must be an app or a construct in it, got `app`'],
    [() => Preflight.of(testApp(), null as never), '`options` must be an object, got null'],
    [
      () => Preflight.of(testApp(), { managementAccount: '12' }),
      '`managementAccount` must be 12 digits, got `12`',
    ],
    [
      () => Preflight.ofAssembly(['cdk.out'], { managementAccount: 111122223333 as never }),
      '`managementAccount` must be 12 digits, got 111122223333',
    ],
    [
      () => Preflight.of(testApp(), { resourceTypes: 'S3' as never }),
      '`resourceTypes` must be a list of `ResourceType`, got `S3`',
    ],
  ])('%#', (make, message) => {
    expect(refusal(make)).toBe(`${message} (in \`Preflight\`)`);
  });

  test('an assembly that does not exist is reported by its path', () => {
    const path = join(folder, 'none');
    expect(() => Preflight.ofAssembly([path])).toThrow(path);
  });
});

test('a construct outside of an app is read too', () => {
  const root = new Construct(undefined as never, '');
  expect(Preflight.of(root).text).toBe('no prerequisites\n');
});
