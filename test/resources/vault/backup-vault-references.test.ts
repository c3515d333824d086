import { CfnOutput, CfnParameter, Duration, type Environment, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as core from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';

const IRELAND = { account: '111122223333', region: 'eu-west-1' };
const LONDON = { account: '111122223333', region: 'eu-west-2' };
const OTHER_ACCOUNT = { account: '444455556666', region: 'eu-west-1' };
const PLAN = 'AWS::Backup::BackupPlan';
const NAME = 'Central-Vault-3a448be6';

let app: Construct;
beforeEach(() => {
  app = testApp();
});

/** A vault in a separate stack, and its name and ARN as seen from another stack. */
function seenFrom(consumer: (vault: BackupVault) => Stack, vaultEnv?: Environment) {
  const vault = new BackupVault(new Stack(app, 'Central', { env: vaultEnv }), 'Vault');
  const stack = consumer(vault);
  new CfnOutput(stack, 'Name', { value: vault.backupVaultName });
  new CfnOutput(stack, 'Arn', { value: vault.backupVaultArn });
  const outputs = Template.fromStack(stack).toJSON().Outputs;
  return { name: outputs.Name.Value, arn: outputs.Arn.Value };
}

describe('a vault in a stack', () => {
  test('of the same account and Region is referred to by CloudFormation, so that it is deployed first', () => {
    const { name, arn } = seenFrom(() => new Stack(app, 'Stack', { env: IRELAND }), IRELAND);
    for (const reference of [name, arn])
      expect(JSON.stringify(reference)).toMatch(/^{"Fn::(ImportValue|GetStackOutput)":/);
  });

  test.each<[string, Environment]>([
    ['Region', LONDON],
    ['account', OTHER_ACCOUNT],
  ])('of another %s is referred to by its literal name and ARN', (_, env) => {
    expect(seenFrom(() => new Stack(app, 'Stack', { env }), IRELAND)).toEqual({
      name: NAME,
      arn: `arn:aws:backup:eu-west-1:111122223333:backup-vault:${NAME}`,
    });
  });

  test('that is environment-agnostic is referred to the same way', () => {
    expect(seenFrom(() => new Stack(app, 'Stack'), IRELAND)).toEqual({
      name: NAME,
      arn: `arn:aws:backup:eu-west-1:111122223333:backup-vault:${NAME}`,
    });
  });

  test('of another stage is referred to by its literal name and ARN if the environment differs', () => {
    const stage = new Stage(app, 'Stage');
    expect(seenFrom(() => new Stack(stage, 'Stack', { env: LONDON }), IRELAND)).toEqual({
      name: NAME,
      arn: `arn:aws:backup:eu-west-1:111122223333:backup-vault:${NAME}`,
    });
  });

  test('is referred to by a parameter from a nested stack', () => {
    const { name, arn } = seenFrom((vault) => new NestedStack(Stack.of(vault), 'Nested'));
    expect([name, arn]).toEqual([
      { Ref: expect.stringContaining('BackupVaultName') },
      { Ref: expect.stringContaining('BackupVaultArn') },
    ]);
  });
});

test('a vault in a nested stack is referred to by an output from its parent', () => {
  const stack = new Stack(app, 'Stack');
  const vault = new BackupVault(new NestedStack(stack, 'Nested'), 'Vault');
  new BackupPlan(stack, 'Plan', { vault, rules: [BackupRule.daily({ retention: Retention.days(35) })] });
  Template.fromStack(stack).hasResourceProperties(PLAN, {
    BackupPlan: {
      BackupPlanRule: [
        { TargetBackupVault: { 'Fn::GetAtt': [Match.anyValue(), Match.stringLikeRegexp('^Outputs')] } },
      ],
    },
  });
});

test.each([
  ['ours', (stack: Stack) => new BackupVault(stack, 'Vault')],
  [
    'an air-gapped one',
    (stack: Stack) =>
      new LogicallyAirGappedVault(stack, 'Vault', {
        minRetention: Duration.days(7),
        maxRetention: Duration.days(365),
        generation: '7to365',
        acknowledgeIrreversible: true,
      }),
  ],
])(
  'an error reports that a vault in an environment-agnostic stack has no ARN in other environments: %s',
  (_, vault) => {
    const { backupVaultArn } = vault(new Stack(app, 'Central'));
    const stack = new Stack(app, 'Stack', { env: LONDON });
    new CfnOutput(stack, 'Arn', { value: backupVaultArn });
    expect(() => Template.fromStack(stack)).toThrow(
      "`backupVaultArn` must be read in another account or Region of a vault whose account and Region are known at synthesis, got `Central/Vault` in the stack `Central`, which has no environment; give that stack `env: { account: '111122223333', region: 'eu-west-1' }`",
    );
  },
);

test('the CDK reports that a vault whose name is known only at deployment has no ARN in other environments', () => {
  const central = new Stack(app, 'Central', { env: IRELAND });
  const backupVaultName = new CfnParameter(central, 'Name').valueAsString;
  const vault = new BackupVault(central, 'Vault', { backupVaultName });
  const stack = new Stack(app, 'Stack', { env: LONDON });
  new CfnOutput(stack, 'Arn', { value: vault.backupVaultArn });
  expect(() => Template.fromStack(stack)).toThrow(/physical name must be explicit set/);
});

test('copies refer to a vault in another Region and account by its literal ARN', () => {
  const vaults = [LONDON, OTHER_ACCOUNT].map(
    (env, index) => new BackupVault(new Stack(app, `Central${index}`, { env }), 'Vault'),
  );
  const stack = new Stack(app, 'Stack', { env: IRELAND });
  const copies = vaults.map((vault) => CopyAction.toVault(vault, { retention: Retention.days(90) }));
  new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35), copies })],
  });
  Template.fromStack(stack).hasResourceProperties(PLAN, {
    BackupPlan: {
      BackupPlanRule: [
        {
          CopyActions: [
            {
              DestinationBackupVaultArn: Match.stringLikeRegexp(
                '^arn:aws:backup:eu-west-2:111122223333:backup-vault:Central0-Vault-[0-9a-f]{8}$',
              ),
            },
            {
              DestinationBackupVaultArn: Match.stringLikeRegexp(
                '^arn:aws:backup:eu-west-1:444455556666:backup-vault:Central1-Vault-[0-9a-f]{8}$',
              ),
            },
          ],
        },
      ],
    },
  });
});

describe('together with aws-cdk-lib', () => {
  const lock = VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(70) });

  test('its plan accepts vaults of this library, created or imported, as targets and copy destinations', () => {
    const stack = new Stack(app, 'Stack');
    const vault = new BackupVault(stack, 'Vault', { lock });
    const imported = BackupVault.fromBackupVaultName(stack, 'Imported', 'central');
    const [deleteAfter, scheduleExpression] = [Duration.days(35), Schedule.cron({ hour: '3', minute: '0' })];
    const plan = new core.BackupPlan(stack, 'Plan', {
      backupVault: vault,
      backupPlanRules: [
        new core.BackupPlanRule({
          ruleName: 'Ours',
          scheduleExpression,
          copyActions: [{ destinationBackupVault: imported, deleteAfter }],
        }),
        new core.BackupPlanRule({
          ruleName: 'Imported',
          scheduleExpression,
          backupVault: imported,
          copyActions: [{ destinationBackupVault: vault, deleteAfter }],
        }),
      ],
    });
    expect(plan.backupVault).toBe(vault);
    const template = Template.fromStack(stack);
    const ours = (attribute: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp('^Vault'), attribute] });
    template.hasResourceProperties(PLAN, {
      BackupPlan: {
        BackupPlanRule: [
          {
            TargetBackupVault: ours('BackupVaultName'),
            CopyActions: [{ DestinationBackupVaultArn: Match.objectLike({ 'Fn::Join': Match.anyValue() }) }],
          },
          {
            TargetBackupVault: 'central',
            CopyActions: [{ DestinationBackupVaultArn: ours('BackupVaultArn') }],
          },
        ],
      },
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
  });

  test('a plan of this library accepts its vaults, L2 and L1, as targets and copy destinations', () => {
    const stack = new Stack(app, 'Stack');
    const l2 = new core.BackupVault(stack, 'L2');
    const l1 = new core.CfnBackupVault(stack, 'L1', { backupVaultName: 'central' });
    const retention = Retention.days(35);
    new BackupPlan(stack, 'Plan', {
      vault: l2,
      rules: [BackupRule.daily({ retention, copies: [CopyAction.toVault(l1, { retention })] })],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(PLAN, {
      BackupPlan: {
        BackupPlanRule: [
          {
            TargetBackupVault: { 'Fn::GetAtt': [Match.stringLikeRegexp('^L2'), 'BackupVaultName'] },
            CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['L1', 'BackupVaultArn'] } }],
          },
        ],
      },
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
  });

  test('the lock of its vaults is respected', () => {
    const stack = new Stack(app, 'Stack');
    const vault = new core.BackupVault(stack, 'Vault', {
      lockConfiguration: { minRetention: Duration.days(60) },
    });
    const rules = [BackupRule.daily({ retention: Retention.days(35) })];
    expect(refusal(() => new BackupPlan(stack, 'Plan', { vault, rules }))).toContain(
      'must lie within the lock of `Stack/Vault` (60 days or more), got 35 days',
    );
  });

  test('a vault of this library is an `IBackupVault`', () => {
    const vault: core.IBackupVault = new BackupVault(new Stack(app, 'Stack'), 'Vault');
    expect(vault.backupVaultRef).toEqual({
      backupVaultName: vault.backupVaultName,
      backupVaultArn: vault.backupVaultArn,
    });
  });
});
