import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  BootstraplessSynthesizer,
  CfnOutput,
  Duration,
  NestedStack,
  Stack,
  Tags,
  Token,
} from 'aws-cdk-lib';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import * as fc from 'fast-check';
import { ALL_CHECKS } from '../../../src/checks/all-checks';
import { runChecks } from '../../../src/checks/engine/check';
import { readInventory } from '../../../src/inventory/inventory';
import { MemberBaseline } from '../../../src/organization/baseline/member-baseline';
import type { MemberBaselineProps } from '../../../src/organization/baseline/member-baseline-props';
import type { OrganizationBackupPlanOptions } from '../../../src/organization/core/organization-backup-plan-options';
import { OrganizationTarget } from '../../../src/organization/core/organization-target';
import { OrganizationBackupPolicy } from '../../../src/organization/policy/organization-backup-policy';
import { BackupRegionSettings } from '../../../src/resources/custom/backup-region-settings';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { ScanMode } from '../../../src/resources/plan/scan-settings';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { VaultEvent } from '../../../src/values/vault/vault-event';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { strictFindings } from '../../support/strict';
import { synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

jest.setTimeout(60_000); // CDK's validation engine

const UNIT = OrganizationTarget.organizationalUnit('ou-ab12-11111111');
const ROOT = OrganizationTarget.root('r-ab12');
const GOLD = TagCondition.stringEquals('backup', 'gold');
const DAILY = BackupRule.daily({ retention: Retention.days(35) });
const AIR_GAPPED = {
  backupVaultName: 'safe',
  minRetention: Duration.days(7),
  maxRetention: Duration.days(90),
  acknowledgeIrreversible: true,
  generation: '7to90',
};
const STRONG_REFERENCES = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
const IN_BASELINE = ' (in `Stack/Baseline`)';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const baseline = (props: Partial<MemberBaselineProps> = {}, id = 'Baseline', scope = stack) =>
  new MemberBaseline(scope, id, {
    targets: [UNIT],
    regions: ['eu-west-1', 'eu-central-1'],
    homeRegion: 'eu-west-1',
    vaults: [{ name: 'gold' }],
    ...props,
  });

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
  readonly Properties: any;
  readonly Condition?: string;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
interface MemberTemplate {
  readonly Resources: Record<string, Resource>;
  readonly Conditions: Record<string, unknown>;
}

/** The StackSet in the template of a stack. */
// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
function stackSetOf(of: Stack = stack): any {
  const [resource] = Object.values(synthesize(of).findResources('AWS::CloudFormation::StackSet'));
  return resource.Properties;
}
const memberTemplate = (of?: Stack): MemberTemplate => JSON.parse(stackSetOf(of).TemplateBody);
const ofType = ({ Resources }: MemberTemplate, type: string) =>
  Object.values(Resources).filter(({ Type }) => Type === type);

describe('the rollout', () => {
  test('is a StackSet with service-managed permissions that satisfies the CloudFormation schema', () => {
    baseline();
    const template = synthesize(stack);
    template.resourceCountIs('AWS::CloudFormation::StackSet', 1);
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(1);
    template.hasResourceProperties('AWS::CloudFormation::StackSet', {
      PermissionModel: 'SERVICE_MANAGED',
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      ManagedExecution: { Active: true },
      OperationPreferences: {
        ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        FailureTolerancePercentage: 0,
        MaxConcurrentPercentage: 25,
        RegionConcurrencyType: 'PARALLEL',
      },
      StackInstancesGroup: [
        {
          DeploymentTargets: { OrganizationalUnitIds: ['ou-ab12-11111111'] },
          Regions: ['eu-west-1', 'eu-central-1'],
        },
      ],
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('follows its options', () => {
    baseline({
      targets: [ROOT],
      excludedAccounts: ['333333333333'],
      stackSetName: 'backup-baseline',
      description: 'Vaults and role',
      delegatedAdmin: true,
      retainsStacks: false,
      preferences: {
        maxConcurrentCount: 10,
        failureToleranceCount: 2,
        parallelRegions: false,
        strict: true,
      },
    });
    const { TemplateBody: _, ...said } = stackSetOf();
    expect(said).toEqual({
      StackSetName: 'backup-baseline',
      Description: 'Vaults and role',
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'DELEGATED_ADMIN',
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      ManagedExecution: { Active: true },
      OperationPreferences: {
        ConcurrencyMode: 'STRICT_FAILURE_TOLERANCE',
        FailureToleranceCount: 2,
        MaxConcurrentCount: 10,
        RegionConcurrencyType: 'SEQUENTIAL',
      },
      StackInstancesGroup: [
        {
          DeploymentTargets: {
            OrganizationalUnitIds: ['r-ab12'],
            Accounts: ['333333333333'],
            AccountFilterType: 'DIFFERENCE',
          },
          Regions: ['eu-west-1', 'eu-central-1'],
        },
      ],
    });
  });

  test('creates no stack that the app deploys itself', () => {
    baseline();
    const { stacksRecursively } = (stack.node.root as App).synth();
    expect(stacksRecursively.map(({ stackName }) => stackName)).toEqual(['Stack']);
  });

  test('has a description', () => {
    const given = baseline({ airGappedVaults: [AIR_GAPPED] });
    expect(given.roleName).toBe('AwsBackupOrganizationRole');
    expect(given.vaultNames).toEqual(['gold']);
    expect(given.airGappedVaultNames).toEqual(['safe']);
    expect(given.regions).toEqual(['eu-west-1', 'eu-central-1']);
    expect(given.targets).toEqual([UNIT]);
    expect(given.stackSetName).toMatch(/^Stack-Baseline-[0-9a-f]{8}$/);
    expect(stack.resolve(given.stackSetId)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'StackSetId'] });
    expect(MemberBaseline.PROPERTY_INJECTION_ID).toBe('cdk-backup-constructs.MemberBaseline');
  });
});

describe('what every account gets', () => {
  const whole: Partial<MemberBaselineProps> = {
    regions: ['eu-west-1', 'ap-east-2', 'mx-central-1'],
    vaults: [
      { name: 'gold', lock: VaultLock.governance({ minRetention: Duration.days(7) }) },
      { name: 'silver-$region', deniesDeletion: false },
    ],
    airGappedVaults: [AIR_GAPPED],
    notifications: { topicName: 'backups', events: [VaultEvent.BACKUP_JOB_COMPLETED] },
    keyOptions: { alias: 'backup' },
    roleName: 'service-role/Backup',
    restores: true,
  };

  test('is a key, a role, and vaults encrypted with the key', () => {
    baseline();
    const template = memberTemplate();
    expect(Object.values(template.Resources).map(({ Type }) => Type)).toEqual([
      'AWS::KMS::Key',
      'AWS::IAM::Role',
      'AWS::Backup::BackupVault',
    ]);
    const [[key]] = Object.entries(template.Resources);
    expect(ofType(template, 'AWS::Backup::BackupVault')[0].Properties).toMatchObject({
      BackupVaultName: 'gold',
      EncryptionKeyArn: { 'Fn::GetAtt': [key, 'Arn'] },
    });
  });

  test('stays in the account, but is deleted with a stack whose creation fails, so that a retry can succeed', () => {
    baseline(whole);
    for (const type of [
      'KMS::Key',
      'IAM::Role',
      'Backup::BackupVault',
      'Backup::LogicallyAirGappedBackupVault',
    ])
      for (const resource of ofType(memberTemplate(), `AWS::${type}`))
        expect(resource).toMatchObject({
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
        });
  });

  test('has a role at the exact path, created in one Region', () => {
    baseline(whole);
    const template = memberTemplate();
    const [role] = ofType(template, 'AWS::IAM::Role');
    expect(role).toMatchObject({
      Condition: 'IsHome',
      Properties: { RoleName: 'Backup', Path: '/service-role/' },
    });
    expect(template.Conditions.IsHome).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] });
    expect(JSON.stringify(role.Properties.ManagedPolicyArns)).toContain(
      'AWSBackupServiceRolePolicyForRestores',
    );
  });

  test('has a role for all types that AWS Backup supports, or for some', () => {
    baseline();
    baseline({ resourceTypes: [ResourceType.EFS] }, 'Few');
    const roles = Object.values(synthesize(stack).findResources('AWS::CloudFormation::StackSet')).map(
      ({ Properties }) => ofType(JSON.parse(Properties.TemplateBody), 'AWS::IAM::Role')[0],
    );
    expect(roles.map(({ Properties }) => Properties.ManagedPolicyArns.length)).toEqual([2, 1]);
  });

  test('has a role without a condition if there is one Region', () => {
    baseline({ regions: ['eu-west-1'], homeRegion: undefined });
    const template = memberTemplate();
    expect(ofType(template, 'AWS::IAM::Role')[0].Condition).toBeUndefined();
    expect(template.Conditions).toBeUndefined();
  });

  test('has the same role, whatever the order of the Regions', () => {
    baseline({ regions: ['eu-central-1', 'eu-west-1'] });
    expect(memberTemplate().Conditions.IsHome).toEqual({
      'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    });
  });

  test('has vaults whose names may contain the Region', () => {
    baseline(whole);
    const names = ofType(memberTemplate(), 'AWS::Backup::BackupVault').map(
      ({ Properties }) => Properties.BackupVaultName,
    );
    expect(names).toEqual(['gold', { 'Fn::Join': ['', ['silver-', { Ref: 'AWS::Region' }]] }]);
  });

  test('has vaults that deny deletion to all but the role, AWS Backup, and exempt roles', () => {
    baseline({ ...whole, exemptRoles: ['BreakGlass*'] });
    const [gold, silver] = ofType(memberTemplate(), 'AWS::Backup::BackupVault');
    const [statement] = gold.Properties.AccessPolicy.Statement;
    expect(statement).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*' });
    const arns: string[] = statement.Condition.ArnNotEquals['aws:PrincipalArn'].map(
      (arn: { 'Fn::Join': [string, unknown[]] }) => arn['Fn::Join'][1].at(-1),
    );
    expect(arns).toEqual([
      ':role/service-role/Backup',
      ':role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
      ':role/BreakGlass*',
    ]);
    expect(silver.Properties.AccessPolicy).toBeUndefined();
  });

  test('has air-gapped vaults in the Regions that support them', () => {
    baseline(whole);
    const template = memberTemplate();
    const [vault] = ofType(template, 'AWS::Backup::LogicallyAirGappedBackupVault');
    expect(vault).toMatchObject({ Condition: 'HasAirGap', Properties: { BackupVaultName: 'safe' } });
    expect(template.Conditions.HasAirGap).toEqual({
      'Fn::Not': [
        {
          'Fn::Or': [
            { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'ap-east-2'] },
            { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mx-central-1'] },
          ],
        },
      ],
    });
  });

  test('has them in every Region if all support them', () => {
    baseline({ airGappedVaults: [AIR_GAPPED] });
    const template = memberTemplate();
    expect(ofType(template, 'AWS::Backup::LogicallyAirGappedBackupVault')[0].Condition).toBeUndefined();
  });

  test('has an encrypted topic that the vaults send their events to', () => {
    const given = baseline(whole);
    new sns.CfnSubscription(given.memberStack, 'Subscription', {
      protocol: 'email',
      topicArn: given.topic?.topicArn as string,
      endpoint: 'backups@example.com',
    });
    const template = memberTemplate();
    expect(ofType(template, 'AWS::SNS::Topic')[0].Properties).toMatchObject({
      TopicName: 'backups',
      KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    });
    expect(ofType(template, 'AWS::Backup::BackupVault')[0].Properties.Notifications).toMatchObject({
      BackupVaultEvents: ['BACKUP_JOB_COMPLETED'],
    });
    expect(ofType(template, 'AWS::SNS::Subscription')).toHaveLength(1);
  });

  test('gets what is added to its role, in the Region of the role', () => {
    const given = baseline();
    given.role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
    expect(ofType(memberTemplate(), 'AWS::IAM::Policy')[0].Condition).toBe('IsHome');
  });

  test('has the tags of the app, but neither construct paths nor usage data of the CDK', () => {
    const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
    const own = new Stack(app, 'Own', { env: { account: '111122223333', region: 'eu-west-1' } });
    baseline({}, 'Baseline', own);
    Tags.of(app).add('team', 'storage');
    const template = memberTemplate(own);
    expect(ofType(template, 'AWS::Backup::BackupVault')[0].Properties.BackupVaultTags).toEqual({
      team: 'storage',
    });
    expect(JSON.stringify(template)).not.toContain('aws:cdk:path');
    expect(JSON.stringify(template)).not.toContain('AWS::CDK::Metadata');
  });

  test('gets a new vault if a vault is renamed, and the old one stays with its recovery points', () => {
    const ids = (names: string[]) => {
      const own = testStack();
      baseline({ vaults: names.map((name) => ({ name })) }, 'Baseline', own);
      return Object.keys(memberTemplate(own).Resources).filter((id) => id.startsWith('Vault'));
    };
    const [gold, silver] = ids(['gold', 'silver']);
    expect(ids(['silver', 'gold'])).toEqual([silver, gold]);
    expect(ids(['platinum', 'silver'])).not.toContain(gold);
  });

  test('passes the schema, our checks, and the strict validation of the CDK', () => {
    baseline(whole);
    const template = memberTemplate();
    expect(schemaProblems(template)).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), 'members-'));
    const templateFile = join(folder, 'members.template.json');
    writeFileSync(templateFile, JSON.stringify(template));
    try {
      const findings = runChecks(ALL_CHECKS, readInventory([templateFile]), { now: new Date() });
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const app = testApp();
      new CfnInclude(new Stack(app, 'Members'), 'Template', { templateFile });
      expect(strictFindings(app)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a template that is too long for the StackSet', () => {
  const long = (given: MemberBaseline, count: number) => {
    for (let i = 0; i < count; i++)
      new CfnVolume(given.memberStack, `Volume${i}`, {
        availabilityZone: 'a'.repeat(1500),
        size: 1,
      });
  };

  test('is an asset of the stack', () => {
    long(baseline(), 40);
    const { TemplateBody, TemplateURL } = stackSetOf();
    expect(TemplateBody).toBeUndefined();
    expect(JSON.stringify(TemplateURL)).toContain('cdk-hnb659fds-assets-111122223333-eu-west-1/');
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
  });

  test('is refused in a stack without a bootstrapped environment', () => {
    const own = new Stack(testApp(), 'Stack', { synthesizer: new BootstraplessSynthesizer() });
    long(baseline({}, 'Baseline', own), 40);
    expect(synthesisRefusal(own)).toMatch(
      /^`memberStack` must have a template of at most 51200 bytes in a stack without a bootstrapped environment, got \d+; bootstrap the environment of the stack, or split the vaults and added resources into several baselines \(in `Stack\/Baseline`\)$/,
    );
  });

  test('is refused if CloudFormation accepts no file of this length', () => {
    const given = baseline();
    for (let i = 0; i < 10; i++)
      new CfnVolume(given.memberStack, `Volume${i}`, { availabilityZone: 'a'.repeat(110_000) });
    expect(synthesisRefusal(stack)).toMatch(
      /^`memberStack` must have a template of at most 1000000 bytes, got \d+; split the vaults and added resources into several baselines \(in `Stack\/Baseline`\)$/,
    );
  });
});

describe('the member stack', () => {
  test('can not have assets, which are not published to the accounts', () => {
    const given = baseline();
    expect(
      () => new BackupRegionSettings(given.memberStack, 'Settings', { optIn: [ResourceType.EFS] }),
    ).toThrow(
      /`memberStack` can't contain file or image assets, which are not published to member accounts, got `.+`; create the resources that need them in separate stacks \(in `Stack\/Baseline\/Member`\)/,
    );
  });

  test('can not refer to other stacks', () => {
    const open = new Stack(testApp(), 'Stack');
    const topic = new sns.CfnTopic(open, 'Topic');
    const given = baseline({}, 'Baseline', open);
    new CfnOutput(given.memberStack, 'Arn', { value: topic.ref });
    expect(synthesisRefusal(open)).toMatch(
      /^`memberStack` can't refer to other stacks, which don't exist in member accounts, got `Fn::\w+`; use literal names and ARNs \(in `Stack\/Baseline\/Member`\)$/,
    );
  });

  test('can not be referenced from other stacks', () => {
    const open = new Stack(testApp({ context: STRONG_REFERENCES }), 'Stack');
    const given = baseline({}, 'Baseline', open);
    new CfnOutput(open, 'Arn', { value: (given.encryptionKey.node.defaultChild as CfnKey).attrArn });
    expect(synthesisRefusal(open)).toMatch(
      /^`memberStack` can't be referenced from other stacks, which are in other accounts, got the export `\w+`; use literal names and ARNs \(in `Stack\/Baseline\/Member`\)$/,
    );
  });
});

describe('a policy with a baseline', () => {
  const goldPlan = (inside: Partial<OrganizationBackupPlanOptions> = {}): OrganizationBackupPlanOptions => ({
    name: 'gold',
    regions: ['eu-west-1'],
    vaultName: 'gold',
    rules: [DAILY],
    tags: [GOLD],
    ...inside,
  });
  const policy = (
    of: MemberBaseline,
    inside: Partial<OrganizationBackupPlanOptions> = {},
    targets = [UNIT],
    scope = stack,
  ) => new OrganizationBackupPolicy(scope, 'Policy', { plans: [goldPlan(inside)], targets, baseline: of });

  test('is attached after the rollout', () => {
    policy(baseline());
    const template = synthesize(stack).toJSON();
    const [[stackSet]] = Object.entries<Resource>(template.Resources).filter(([, { Type }]) =>
      Type.endsWith('StackSet'),
    );
    const [given] = Object.values<Resource>(template.Resources).filter(({ Type }) => Type.endsWith('Policy'));
    expect(given.DependsOn).toEqual([stackSet]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is deployed after the stack of the rollout, if that is another stack', () => {
    const management = new Stack(stack.node.root as App, 'Management');
    policy(baseline(), {}, [UNIT], management);
    synthesize(management);
    expect(management.dependencies.map(({ stackName }) => stackName)).toEqual(['Stack']);
  });

  test('allows its copies to leave the accounts, and its rules to index and scan', () => {
    const rule = BackupRule.daily({
      retention: Retention.days(35),
      index: ResourceType.EBS,
      scan: ScanMode.FULL,
      copies: [
        CopyAction.toVaultArn('arn:aws:backup:eu-west-1:222222222222:backup-vault:central', {
          retention: Retention.days(90),
        }),
      ],
    });
    const given = baseline();
    policy(given, { rules: [rule], scanTypes: [ResourceType.S3], scannerRoleName: 'Scanner' });
    given.allowCopiesTo('222222222222'); // said twice, done once
    const template = memberTemplate();
    const [role] = ofType(template, 'AWS::IAM::Role');
    const arns = JSON.stringify(role.Properties.ManagedPolicyArns);
    expect(arns).toContain('AWSBackupServiceRolePolicyForIndexing');
    expect(arns).toContain('AWSBackupServiceRolePolicyForScans');
    const key = JSON.stringify(ofType(template, 'AWS::KMS::Key')[0].Properties.KeyPolicy);
    expect(key.split('222222222222')).toHaveLength(3);
  });

  test.each<[string, Partial<MemberBaselineProps>, Partial<OrganizationBackupPlanOptions>, string]>([
    [
      'a vault',
      {},
      { vaultName: 'silver' },
      '`baseline` must have the vaults of the plan `gold`, but `Stack/Baseline` has `gold`, got `silver`; add it to the `vaults` of the baseline',
    ],
    [
      'a role',
      { roleName: 'service-role/Backup' },
      {},
      '`baseline` must have the role of the plan `gold`, but `Stack/Baseline` has `service-role/Backup`, got `AwsBackupOrganizationRole`; use the same `roleName` for both',
    ],
    [
      'a Region',
      {},
      { regions: ['eu-west-1', 'eu-north-1'] },
      '`baseline` must have the Regions of the plan `gold`, but `Stack/Baseline` has `eu-west-1`, `eu-central-1`, got `eu-north-1`; add it to the `regions` of the baseline',
    ],
    [
      'the lock of a vault that lets its jobs succeed',
      { vaults: [{ name: 'gold', lock: VaultLock.governance({ minRetention: Duration.days(90) }) }] },
      {},
      '`retention` of the rule `daily` of the plan `gold` must lie within the lock of the vault `gold` of `Stack/Baseline` (90 days or more), got 35 days: every such job would fail; use 90 days or more',
    ],
    [
      'the vault of a Region',
      { vaults: [{ name: 'gold-$region' }] },
      {},
      '`baseline` must have the vaults of the plan `gold`, but `Stack/Baseline` has `gold-eu-west-1`, `gold-eu-central-1`, got `gold`; add it to the `vaults` of the baseline',
    ],
  ])('is refused if the accounts lack %s', (_, props, plan, message) => {
    expect(refusal(() => policy(baseline(props), plan))).toBe(`${message} (in \`Stack/Policy\`)`);
  });

  test('is refused if the accounts lack its air-gapped vault, and accepted if they have it', () => {
    const other = new Stack(stack.node.root as App, 'Other');
    const airGappedVault = {
      logicallyAirGappedBackupVaultRef: { backupVaultName: 'safe' },
      node: other.node,
      env: other.env,
    } as never;
    const rules = [BackupRule.daily({ retention: Retention.days(35), airGappedVault })];
    expect(refusal(() => policy(baseline(), { rules }))).toBe(
      '`baseline` must have the air-gapped vaults of the plan `gold`, but `Stack/Baseline` has none, got `safe`; add it to the `airGappedVaults` of the baseline (in `Stack/Policy`)',
    );
    const own = testStack();
    expect(
      policy(baseline({ airGappedVaults: [AIR_GAPPED] }, 'Baseline', own), { rules }, [UNIT], own),
    ).toBeDefined();
  });

  test('finds vaults with the Region in their names', () => {
    const given = policy(baseline({ vaults: [{ name: 'gold-$region' }] }), { vaultName: 'gold-$region' });
    expect(given.document.vaultNames).toEqual(['gold-eu-west-1']);
  });

  test('warns of copies within the accounts to vaults that the baseline lacks', () => {
    const copies = [
      CopyAction.toVaultArn('arn:aws:backup:eu-north-1:$account:backup-vault:second', {
        retention: Retention.days(90),
      }),
    ];
    policy(baseline(), { rules: [BackupRule.daily({ retention: Retention.days(35), copies })] });
    expect(warningsOf(stack)).toEqual([
      'Backup-BaselineWithoutCopyVault: `baseline` should have the vault that copies of the plan `gold` go into, but `Stack/Baseline` has `gold` in `eu-west-1`, `eu-central-1`, got `second` in eu-north-1; add the vault and the Region to the baseline, or make sure that the vault exists in every account',
    ]);
  });

  test('warns on the root, where StackSets does not reach all accounts of the policy', () => {
    policy(baseline(), {}, [ROOT]);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([
      'Backup-BaselineManagementAccount: `targets` has the root r-ab12, so the policy also applies to the management account, which StackSets never deploys to: nothing is backed up there; attach it to organizational units, or create the vaults and the role there with `baseline.deployTo(stack)`',
      'Backup-BaselineReach: `targets` has the root r-ab12, but `Stack/Baseline` is rolled out to ou-ab12-11111111 only: nothing is backed up in the other accounts; roll it out to the root, or attach the policy to the same units',
    ]);
  });

  test('does not warn if the management account has its own vaults and role', () => {
    const given = baseline({ targets: [ROOT] });
    given.deployTo(stack);
    policy(given, {}, [ROOT]);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('requires a `MemberBaseline`', () => {
    expect(refusal(() => policy(UNIT as never))).toBe(
      '`baseline` must be a `MemberBaseline`, got an instance of `OrganizationTarget` (in `Stack/Policy`)',
    );
  });
});

describe('an account that StackSets does not reach', () => {
  test('gets the same resources in stacks of the app, whose vaults the deployment can change', () => {
    const given = baseline();
    given.allowCopiesTo('222222222222');
    const own = new Stack(stack.node.root as App, 'Own', {
      env: { account: '111122223333', region: 'eu-central-1' },
    });
    given.deployTo(own);
    given.allowCopiesTo('333333333333');
    const template = synthesize(own).toJSON() as MemberTemplate;
    const { Condition = '' } = ofType(template, 'AWS::IAM::Role')[0];
    expect(template.Conditions[Condition]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] });
    const [vault] = ofType(template, 'AWS::Backup::BackupVault');
    expect(vault.Properties.BackupVaultName).toBe('gold');
    expect(JSON.stringify(vault.Properties.AccessPolicy)).toContain('role/cdk-hnb659fds-cfn-exec-role');
    const key = JSON.stringify(ofType(template, 'AWS::KMS::Key')[0].Properties.KeyPolicy);
    expect(key).toContain('222222222222');
    expect(key).toContain('333333333333');
    expect(schemaProblems(template)).toEqual([]);
  });

  test.each<[(given: MemberBaseline) => void, string]>([
    [(given) => given.deployTo('Stack' as never), '`scope` must be a stack, or a scope in one, got `Stack`'],
    [
      (given) => given.deployTo(new Stack(testApp(), 'Open')),
      "`scope` must be in one of `regions` (eu-west-1, eu-central-1), but the Region of the stack `Open` isn't known; set `env` on the stack",
    ],
    [
      (given) => given.deployTo(testStack('Other', 'us-east-1')),
      '`scope` must be in one of `regions` (eu-west-1, eu-central-1), got one in us-east-1',
    ],
    [
      (given) => {
        given.deployTo(testStack('One'));
        given.deployTo(testStack('Two'));
      },
      '`scope` must be in one of `regions` (eu-west-1, eu-central-1), each once, got a second one in eu-west-1',
    ],
  ])('must be in a Region of the baseline: %#', (deploy, message) => {
    expect(refusal(() => deploy(baseline()))).toBe(`${message}${IN_BASELINE}`);
  });
});

describe('invalid baselines are refused', () => {
  test.each<[Partial<MemberBaselineProps>, string]>([
    [{ targets: [] }, '`targets` must contain at least one organizational unit, or the root, got none'],
    [
      { targets: UNIT as never },
      '`targets` must be a list of targets, got an instance of `OrganizationTarget`',
    ],
    [
      { targets: [OrganizationTarget.account('333333333333')] },
      '`targets` must be organizational units or the root, which StackSets deploys to, got the account 333333333333; use its organizational unit, and list the other accounts of the unit in `excludedAccounts`',
    ],
    [
      { targets: [UNIT, UNIT] },
      '`targets` must list each target once, got `ou-ab12-11111111` 2 times; remove the duplicates',
    ],
    [
      { excludedAccounts: ['3'] },
      '`excludedAccounts[0]` must be a 12-digit account ID, got `3`; write it in quotes',
    ],
    [{ regions: [] }, '`regions` must contain at least one Region, got none'],
    [{ regions: ['mars'] }, '`regions[0]` must be the name of a Region, got `mars`'],
    [
      { regions: ['eu-west-1', 'eu-west-1'] },
      '`regions` must list each Region once, got `eu-west-1` twice; keep one of them',
    ],
    [
      { regions: ['eu-west-1', 'cn-north-1'] },
      '`regions` must be in one partition, got aws and aws-cn; create a baseline for each organization',
    ],
    [
      { homeRegion: undefined },
      '`homeRegion` must be set if there are several Regions (eu-west-1, eu-central-1), so that it does not change with their order; use the Region whose stack creates the role; keep it after the first deployment',
    ],
    [
      { homeRegion: 'us-east-1' },
      '`homeRegion` must be one of `regions` (eu-west-1, eu-central-1), got `us-east-1`',
    ],
    [{ vaults: [] }, '`vaults` must contain at least one vault, got none'],
    [
      { vaults: ['gold' as never] },
      "`vaults[0]` must be a vault, got `gold`; for example, use `{ name: 'gold' }`",
    ],
    [
      { vaults: [{ name: 'g' }] },
      '`vaults[0].name` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `g`; for example, use `my-backups`',
    ],
    [
      { vaults: [{} as never] },
      '`vaults[0].name` must be the name of a vault, known at synthesis, got nothing; policies refer to the vault by its name',
    ],
    [
      { vaults: [{ name: Token.asString({ Ref: 'Name' }) }] },
      '`vaults[0].name` must be known at synthesis, got a token; use a literal: policies refer to the vault by its name',
    ],
    [
      { vaults: [{ name: 'gold' }, { name: 'gold' }] },
      '`vaults` must have unique names, got `gold` twice; keep one of them',
    ],
    [{ vaults: [{ name: 'gold', lock: 7 as never }] }, '`vaults[0].lock` must be a `VaultLock`, got 7'],
    [
      { vaults: [{ name: 'safe' }], airGappedVaults: [AIR_GAPPED] },
      '`airGappedVaults` must have unique names, got `safe` twice; keep one of them',
    ],
    [
      { airGappedVaults: [{ ...AIR_GAPPED, backupVaultName: undefined }] },
      '`airGappedVaults[0].backupVaultName` must be the name of a vault, known at synthesis, got nothing; policies refer to the vault by its name',
    ],
    [
      { roleName: '/service-role/Backup' },
      '`roleName` must be the path and name of a role, known at synthesis, such as `service-role/MyBackupRole`, got `/service-role/Backup`',
    ],
    [
      { resourceTypes: ['EFS' as never] },
      '`resourceTypes[0]` must be a `ResourceType`, got `EFS`; for example, use `ResourceType.DYNAMODB`',
    ],
    [
      { exemptRoles: ['*'] },
      '`exemptRoles[0]` must be the path and name of a role, with `*` as a wildcard, got `*`; for example, use `BreakGlass`',
    ],
    [
      { notifications: { topicName: 'a b' } },
      '`notifications.topicName` must be 1 to 256 letters, digits, `-` and `_`, got `a b`',
    ],
    [
      { notifications: { events: ['x' as never] } },
      '`notifications.events[0]` must be a `VaultEvent`, got `x`; for example, use `VaultEvent.BACKUP_JOB_COMPLETED`',
    ],
    [
      { stackSetName: '1' },
      '`stackSetName` must be 1 to 128 letters, digits and `-`, starting with a letter, got `1`',
    ],
    [{ delegatedAdmin: 'yes' as never }, '`delegatedAdmin` must be true or false, got `yes`'],
    [
      { preferences: { maxConcurrentCount: 1, maxConcurrentPercentage: 1 } },
      "`preferences.maxConcurrentPercentage` and `preferences.maxConcurrentCount` can't be combined, got both; omit one of them",
    ],
    [
      { preferences: { failureTolerancePercentage: 101 } },
      '`preferences.failureTolerancePercentage` must be a whole number from 0 to 100 percent, got 101; use 100 percent or less',
    ],
  ])('%#', (props, message) => {
    expect(refusal(() => baseline(props))).toBe(`${message}${IN_BASELINE}`);
  });

  test('all problems are reported in one error', () => {
    expect(refusal(() => baseline({ regions: [], vaults: [], targets: [] }))).toBe(
      [
        '3 problems of `Stack/Baseline`:',
        '  - `targets` must contain at least one organizational unit, or the root, got none',
        '  - `regions` must contain at least one Region, got none',
        '  - `vaults` must contain at least one vault, got none',
      ].join('\n'),
    );
  });

  test('in a nested stack', () => {
    const nested = new NestedStack(stack, 'Nested');
    expect(refusal(() => baseline({}, 'Baseline', nested))).toBe(
      '`scope` must not be in a nested stack, got `Stack/Nested`; create the baseline in the parent stack (in `Stack/Nested/Baseline`)',
    );
  });

  test('names that AWS Backup uses itself are warned about', () => {
    baseline({ vaults: [{ name: 'Default' }], roleName: 'service-role/AWSBackupDefaultServiceRole' });
    expect(warningsOf(stack)).toEqual([
      'Backup-BaselineExisting: `vaults[0].name` is `Default`, the vault that AWS Backup creates when its console is first opened: the rollout fails in accounts that have it; use another name',
      'Backup-BaselineExisting: `roleName` is `AWSBackupDefaultServiceRole`, the role that AWS Backup creates when its console is first used: the rollout fails in accounts that have it; use another name',
    ]);
  });

  test('callers without static types get our errors', () => {
    const keys = [
      'targets',
      'excludedAccounts',
      'regions',
      'homeRegion',
      'vaults',
      'airGappedVaults',
      'roleName',
      'resourceTypes',
      'exemptRoles',
      'notifications',
      'stackSetName',
      'preferences',
      'keyOptions',
    ];
    fc.assert(
      fc.property(anything, fc.constantFrom(...keys), (value, key) => {
        const own = testStack();
        thrown(() => baseline({ [key]: value }, 'Baseline', own));
        thrown(() => new MemberBaseline(own, 'Other', value as never));
        thrown(() => baseline({ [key]: [value] }, 'List', own));
      }),
      { numRuns: 150 },
    );
  });
});
