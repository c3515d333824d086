import { type App, type CfnResource, RemovalPolicy, Stack, Stage, Token, Validations } from 'aws-cdk-lib';
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import { AccountBackup } from '../../../src/patterns/account/account-backup';
import { CopyOnDemand } from '../../../src/patterns/copy/copy-on-demand';
import { BackupTier } from '../../../src/patterns/core/backup-tier';
import { WorkloadBackup } from '../../../src/patterns/workload/workload-backup';
import { BackupChecks } from '../../../src/plugin/backup-checks';
import { OnDemandBackup } from '../../../src/resources/custom/on-demand-backup';
import { VaultContents } from '../../../src/resources/custom/vault-contents';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupTag } from '../../../src/resources/selection/backup-tag';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { synthesize } from '../../support/synthesis';
import { validated } from '../../support/validation';
import { infosOf, warningsOf } from '../../support/warnings';

const [HERE, THERE] = ['111122223333', '444455556666'];
const region = 'eu-west-1';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const MONTH = { retention: Retention.days(35) };

function stackIn(app: App, name = 'Shop', account = HERE): Stack {
  return new Stack(app, name, { env: { account, region } });
}

function planIn(stack: Stack): BackupPlan {
  return new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily(MONTH)],
  });
}

/** The warnings of all stacks with an id. */
function warnings(stack: Stack, id: string): string[] {
  synthesize(stack);
  return warningsOf(stack.node.root).filter((warning) => warning.startsWith(`${id}: `));
}

describe('a bucket without versioning', () => {
  const id = 'Backup-BucketVersioning';
  const selectedBy = (selection: string) =>
    `${id}: \`versioned\` must be true for a bucket that \`${selection}\` selects, since AWS Backup backs up no other buckets; set \`versioned\`, and let a lifecycle rule expire noncurrent versions`;
  const gold = TagCondition.stringEquals('backup', 'gold');

  test.each<[string, string, (stack: Stack, bucket: s3.Bucket) => void]>([
    [
      'in `resources`',
      'Shop/Plan/Selection',
      (stack, bucket) => planIn(stack).addSelection('Selection', { resources: [bucket] }),
    ],
    [
      'as its L1',
      'Shop/Plan/Selection',
      (stack, { node }) =>
        planIn(stack).addSelection('Selection', { resources: [node.defaultChild as CfnResource] }),
    ],
    [
      'in a scope',
      'Shop/Plan/Selection',
      (stack, { node }) => planIn(stack).addSelection('Selection', { resources: [node.scope as IConstruct] }),
    ],
    [
      'by its tag',
      'Shop/Plan/Selection',
      (stack) => planIn(stack).addSelection('Selection', { tags: [gold] }),
    ],
    [
      'by name and tag',
      'Shop/Plan/Selection',
      (stack, bucket) => planIn(stack).addSelection('Selection', { resources: [bucket], tags: [gold] }),
    ],
    [
      'by its type',
      'Shop/Plan/Selection',
      (stack) => planIn(stack).addSelection('Selection', { resourceTypes: [ResourceType.S3] }),
    ],
    [
      'by `protect`',
      'Shop/Backup/Plan/Tagged',
      (stack, bucket) => new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE }).protect(bucket),
    ],
    [
      'by `AccountBackup`',
      'Shop/Backup/Plan-gold/Tagged',
      (stack) => new AccountBackup(stack, 'Backup', { tiers: [BackupTier.GOLD] }),
    ],
    [
      'by `OnDemandBackup`',
      'Shop/Backup',
      (stack, resource) =>
        new OnDemandBackup(stack, 'Backup', { resource, vault: new BackupVault(stack, 'Vault'), ...MONTH }),
    ],
  ])('is reported if it is selected %s', (_door, selection, select) => {
    const stack = stackIn(testApp());
    const scope = new Construct(stack, 'Scope');
    const bucket = new s3.Bucket(scope, 'Uploads').with(new BackupTag('gold')) as s3.Bucket;
    select(stack, bucket);
    expect(warnings(stack, id)).toEqual([selectedBy(selection)]);
  });

  test.each<[string, s3.CfnBucket['versioningConfiguration'], string | undefined, boolean]>([
    ['not set', undefined, undefined, true],
    ['suspended', { status: 'Suspended' }, undefined, true],
    ['enabled', { status: 'Enabled' }, undefined, false],
    ['enabled by an override', undefined, 'Enabled', false],
    ['a token', Token.asAny({ 'Fn::If': ['Prod', { Status: 'Enabled' }, NO_VALUE] }), undefined, false],
    ['a status that is a token', { status: Token.asString({ Ref: 'Versioning' }) }, undefined, false],
  ])('is one whose versioning is %s', (_what, versioningConfiguration, override, isReported) => {
    const stack = stackIn(testApp());
    const bucket = new s3.CfnBucket(stack, 'Bucket', { versioningConfiguration });
    if (override) bucket.addPropertyOverride('VersioningConfiguration.Status', override);
    planIn(stack).addSelection('Selection', { resources: [bucket] });
    expect(warnings(stack, id)).toEqual(
      isReported
        ? [
            `${id}: \`versioningConfiguration\` must be \`{ status: 'Enabled' }\` for a bucket that \`Shop/Plan/Selection\` selects, since AWS Backup backs up no other buckets; set \`versioningConfiguration\`, and let a lifecycle rule expire noncurrent versions`,
          ]
        : [],
    );
  });

  test('is not reported if a selection excludes it, or asks for a tag that it has not', () => {
    const stack = stackIn(testApp());
    const bucket = new s3.Bucket(stack, 'Bucket');
    const plan = planIn(stack);
    plan.addSelection('Tagged', { resources: [bucket], tags: [gold] });
    plan.addSelection('Excluded', { everything: true, exclude: [bucket] });
    expect(warnings(stack, id)).toEqual([]);
  });

  test('can be acknowledged on the bucket, for the construct and the checks alike', () => {
    const stack = stackIn(testApp());
    const bucket = new s3.Bucket(stack, 'Bucket');
    planIn(stack).addSelection('Selection', { resources: [bucket] });
    Validations.of(bucket).acknowledge({ id, reason: 'the storage team turns versioning on' });
    expect(warnings(stack, id)).toEqual([]);
  });

  test('is left to `BackupChecks`, which fails, if the app has it', () => {
    const app = testApp();
    Validations.of(app).addPlugins(new BackupChecks());
    const stack = stackIn(app);
    planIn(stack).addSelection('Selection', { resources: [new s3.Bucket(stack, 'Bucket')] });
    const { success, plugins } = validated(app);
    const found = plugins
      .flatMap(({ violations }) => violations)
      .filter(({ ruleName }) => ruleName.includes(id));
    expect(success).toBe(false);
    expect(found.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([[id, 'error']]);
  });
});

describe('the role of a selection', () => {
  const id = 'Backup-RoleTrust';
  const message = (user: string) =>
    `${id}: \`assumedBy\` must include \`backup.amazonaws.com\` for the role of \`${user}\`, but no statement of the trust policy names it; use \`new ServicePrincipal('backup.amazonaws.com')\`, or omit \`role\` to have a \`BackupRole\` created`;
  const ec2 = new iam.ServicePrincipal('ec2.amazonaws.com');

  test.each<[string, string, (stack: Stack, role: iam.Role) => void]>([
    [
      'plan',
      'Shop/Plan/Selection',
      (stack, role) =>
        new BackupPlan(stack, 'Plan', {
          role,
          vault: new BackupVault(stack, 'Vault'),
          rules: [BackupRule.daily(MONTH)],
        }).addSelection('Selection', { everything: true }),
    ],
    [
      'selection',
      'Shop/Plan/Selection',
      (stack, role) => planIn(stack).addSelection('Selection', { role, everything: true }),
    ],
    [
      'workload',
      'Shop/Backup/Plan/Tagged',
      (stack, role) => new WorkloadBackup(stack, 'Backup', { role, tier: BackupTier.BRONZE }),
    ],
    [
      'backup on demand',
      'Shop/Backup',
      (stack, role) =>
        new OnDemandBackup(stack, 'Backup', {
          role,
          resourceArn: `arn:aws:dynamodb:${region}:${HERE}:table/orders`,
          vault: new BackupVault(stack, 'Vault'),
          ...MONTH,
        }),
    ],
    [
      'copy on demand',
      'Shop/Copy/Copy',
      (stack, role) =>
        new CopyOnDemand(stack, 'Copy', {
          role,
          vault: new BackupVault(stack, 'Vault'),
          copy: CopyAction.toVault(new BackupVault(stack, 'Second'), MONTH),
        }),
    ],
  ])('of a %s must trust AWS Backup', (_what, user, make) => {
    const stack = stackIn(testApp());
    make(stack, new iam.Role(stack, 'Role', { assumedBy: ec2 }));
    expect(warnings(stack, id)).toEqual([message(user)]);
  });

  test.each<[string, iam.IPrincipal]>([
    ['AWS Backup', new iam.ServicePrincipal('backup.amazonaws.com')],
    ['several services', new iam.CompositePrincipal(ec2, new iam.ServicePrincipal('backup.amazonaws.com'))],
    ['anyone', new iam.AnyPrincipal()],
    ['a service that is known at deployment', new iam.ServicePrincipal(Token.asString({ Ref: 'Service' }))],
  ])('may trust %s', (_who, assumedBy) => {
    const stack = stackIn(testApp());
    const role = new iam.Role(stack, 'Role', { assumedBy });
    planIn(stack).addSelection('Selection', { role, everything: true });
    expect(warnings(stack, id)).toEqual([]);
  });

  test.each<[string, object]>([
    ['an effect in another case', { Effect: 'allow', Principal: { Service: 'backup.amazonaws.com' } }],
    ['every service', { Effect: 'Allow', Principal: { Service: '*' } }],
  ])('may have a trust policy with %s', (_what, statement) => {
    const stack = stackIn(testApp());
    const assumeRolePolicyDocument = { Statement: { ...statement, Action: 'sts:AssumeRole' } };
    const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument });
    planIn(stack).addSelection('Selection', { role, everything: true });
    expect(warnings(stack, id)).toEqual([]);
  });

  test('may get its trust after the selection', () => {
    const stack = stackIn(testApp());
    const role = new iam.Role(stack, 'Role', { assumedBy: ec2 });
    planIn(stack).addSelection('Selection', { role, everything: true });
    role.assumeRolePolicy?.addStatements(
      new iam.PolicyStatement({
        actions: ['sts:AssumeRole'],
        principals: [new iam.ServicePrincipal('backup.amazonaws.com')],
      }),
    );
    expect(warnings(stack, id)).toEqual([]);
  });

  test.each<[string, (app: App, stack: Stack) => iam.IRole]>([
    [
      'of another stack',
      (app) =>
        new iam.Role(stackIn(app, 'Security', THERE), 'Role', {
          roleName: 'backup',
          assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
        }),
    ],
    ['by ARN', (_app, stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${THERE}:role/backup`)],
  ])('is refused in another account: %s', (_how, makeRole) => {
    const app = testApp();
    const stack = stackIn(app);
    const role = makeRole(app, stack);
    const got = `\`role\` must be a role in its own account (${HERE}), got one in ${THERE}; create a role in account ${HERE}`;
    const plan = planIn(stack);
    expect(() => plan.addSelection('Selection', { role, everything: true })).toThrow(
      `${got} (in \`Shop/Plan/Selection\`)`,
    );
    expect(() => new BackupPlan(stack, 'Second', { role, vault: plan.vault })).toThrow(
      `${got} (in \`Shop/Second\`)`,
    );
  });
});

describe('a vault that is deleted with its stack', () => {
  const vaultOf = (stack: Stack) => new BackupVault(stack, 'Vault', { removalPolicy: RemovalPolicy.DESTROY });
  const id = 'Backup-VaultDeletion';

  test('is reported, as the checks do', () => {
    const stack = stackIn(testApp());
    vaultOf(stack);
    expect(warnings(stack, id)).toHaveLength(1);
  });

  test('is not reported if `VaultContents` empties it first', () => {
    const stack = stackIn(testApp());
    new VaultContents(stack, 'Contents', { vault: vaultOf(stack), acknowledgeDataLoss: true });
    expect(warnings(stack, id)).toEqual([]);
  });

  test('is reported once, not by the construct and by `BackupChecks`', () => {
    const app = testApp();
    Validations.of(app).addPlugins(new BackupChecks());
    vaultOf(stackIn(app));
    const found = validated(app)
      .plugins.flatMap(({ violations }) => violations)
      .filter(({ ruleName }) => ruleName.includes(id));
    expect(found.map(({ ruleName }) => ruleName)).toEqual([`Annotation::${id}`]);
  });

  test('fails with `BackupChecks` if warnings do', () => {
    const app = testApp();
    Validations.of(app).addPlugins(new BackupChecks({ failOn: 'warning' as never }));
    vaultOf(stackIn(app));
    const { success, plugins } = validated(app);
    const found = plugins.flatMap(({ violations }) => violations).filter(({ ruleName }) => ruleName === id);
    expect(success).toBe(false);
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
  });
});

describe('a copy into a vault of the app in another account', () => {
  const id = 'Backup-CopyAccess';
  const statement = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${HERE}:root"},"Action":"backup:CopyIntoBackupVault","Resource":"*"}`;
  const fix = `call \`allowCopyFrom(CopySource.account('${HERE}'))\` on the vault, or add this statement to its access policy: ${statement}`;

  function copyTo(change: (vault: BackupVault) => void): string[] {
    const app = testApp();
    const central = stackIn(app, 'Central', THERE);
    const vault = new BackupVault(central, 'Vault', { backupVaultName: 'central' });
    const stack = stackIn(app);
    new BackupPlan(stack, 'Plan', {
      vault: new BackupVault(stack, 'Vault'),
      rules: [BackupRule.daily({ ...MONTH, copies: [CopyAction.toVault(vault, MONTH)] })],
    });
    change(vault);
    return warnings(stack, id);
  }
  const allow = (principal: iam.IPrincipal, action = 'backup:CopyIntoBackupVault') =>
    new iam.PolicyStatement({ actions: [action], principals: [principal], resources: ['*'] });

  test('must be allowed by the vault', () => {
    expect(copyTo(() => {})).toEqual([
      `${id}: \`copies\` of the rule \`daily\` has \`Central/Vault\` of account ${THERE}, which has no access policy that allows account ${HERE} to copy into it; ${fix}`,
    ]);
  });

  test('must be allowed to this account', () => {
    expect(copyTo((vault) => vault.allowCopyFrom(CopySource.account('777788889999')))).toEqual([
      `${id}: \`copies\` of the rule \`daily\` has \`Central/Vault\` of account ${THERE}, whose access policy does not allow account ${HERE} to copy into it; ${fix}`,
    ]);
  });

  test.each<[string, (vault: BackupVault) => void]>([
    ['the account', (vault) => vault.allowCopyFrom(CopySource.account(HERE))],
    ['an organization', (vault) => vault.allowCopyFrom(CopySource.organization('o-a1b2c3d4e5'))],
    [
      'a role of the account',
      (vault) => vault.addToAccessPolicy(allow(new iam.ArnPrincipal(`arn:aws:iam::${HERE}:role/backup`))),
    ],
    [
      'an account known at deployment',
      (vault) => vault.addToAccessPolicy(allow(new iam.AccountPrincipal(Token.asString({ Ref: 'Account' })))),
    ],
  ])('may be allowed to %s', (_who, change) => {
    expect(copyTo(change)).toEqual([]);
  });

  test('is reported for copies on demand too', () => {
    const app = testApp();
    const vault = new BackupVault(stackIn(app, 'Central', THERE), 'Vault', { backupVaultName: 'central' });
    const stack = stackIn(app);
    new CopyOnDemand(stack, 'Copy', {
      vault: new BackupVault(stack, 'Vault'),
      copy: CopyAction.toVault(vault, MONTH),
    });
    expect(warnings(stack, id)).toEqual([
      `${id}: \`copy\` has \`Central/Vault\` of account ${THERE}, which has no access policy that allows account ${HERE} to copy into it; ${fix}`,
    ]);
  });
});

describe('a change after synthesis', () => {
  test.each<[string, string, string, (stack: Stack) => () => void]>([
    [
      'a rule',
      'rule',
      'Shop/Plan',
      (stack) => {
        const plan = planIn(stack);
        return () => plan.addRule(BackupRule.weekly(MONTH));
      },
    ],
    [
      'a statement',
      'accessPolicy',
      'Shop/Vault',
      (stack) => {
        const vault = new BackupVault(stack, 'Vault');
        return () => vault.allowCopyFrom(CopySource.account(THERE));
      },
    ],
    [
      'a topic',
      'notifications',
      'Shop/Vault',
      (stack) => {
        const vault = new BackupVault(stack, 'Vault');
        const topic = Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${region}:${HERE}:alerts`);
        return () => vault.notify({ topic });
      },
    ],
    [
      'a protected resource',
      'protect',
      'Shop/Backup',
      (stack) => {
        const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.BRONZE });
        const bucket = new s3.Bucket(stack, 'Bucket', { versioned: true });
        return () => backup.protect(bucket);
      },
    ],
  ])('is refused: %s', (_what, property, path, prepare) => {
    const stack = stackIn(testApp());
    const change = prepare(stack);
    synthesize(stack);
    expect(refusal(change)).toBe(
      `\`${property}\` must come before synthesis, which has already written the template of \`${path}\`; move it before \`app.synth()\` or \`Template.fromStack()\` (in \`${path}\`)`,
    );
  });

  test('is possible in an app of its own', () => {
    const first = planIn(stackIn(testApp()));
    synthesize(Stack.of(first));
    const second = planIn(stackIn(testApp()));
    second.addRule(BackupRule.weekly(MONTH));
    expect(second.rules).toHaveLength(2);
  });
});

describe('a vault in another stage', () => {
  function stages(): { plan: (vault: BackupVault) => BackupPlan; far: BackupVault; here: Stack } {
    const app = testApp();
    const stackOf = (name: string) =>
      new Stack(new Stage(app, name), 'Shop', { env: { account: HERE, region } });
    const here = stackOf('Blue');
    const far = new BackupVault(stackOf('Green'), 'Vault');
    const plan = (vault: BackupVault) =>
      new BackupPlan(here, 'Plan', {
        vault,
        rules: [
          BackupRule.daily({ ...MONTH, copies: vault === far ? [] : [CopyAction.toVault(far, MONTH)] }),
        ],
      });
    return { plan, far, here };
  }

  test('is refused for backups', () => {
    const { plan, far } = stages();
    expect(refusal(() => plan(far))).toBe(
      '`vault` of the rule `daily` must be in the stage of the plan, got `Green/Shop/Vault` in the stage `Green`; create a vault in the stage of the plan, or refer to it with `BackupVault.fromBackupVaultName` (in `Blue/Shop/Plan`)',
    );
  });

  test('is noted for copies, whose vault must be deployed first', () => {
    const { plan, here } = stages();
    plan(new BackupVault(here, 'Vault'));
    synthesize(here);
    expect(infosOf(here).filter((info) => info.startsWith('Backup-CopyStage'))).toEqual([
      'Backup-CopyStage: `copies` of the rule `daily` has `Green/Shop/Vault` in the stage `Green`, which CDK deploys independently; deploy that stage first',
    ]);
  });
});

describe('two vaults with one name', () => {
  const ENV = { account: HERE, region };
  const places: [string, object | undefined, string[], string][] = [
    ['in one stack', undefined, ['Shop', 'Shop'], 'error'],
    ['in two stacks of one environment', ENV, ['Shop', 'Office'], 'error'],
    ['in two stacks whose environments are not known', undefined, ['Shop', 'Office'], 'note'],
  ];

  /** The stacks of both vaults, in one app. */
  function stacksOf(env: object | undefined, [one, other]: string[]): [App, Stack, Stack] {
    const app = testApp();
    const first = new Stack(app, one, { env });
    return [app, first, one === other ? first : new Stack(app, other, { env })];
  }

  test.each(places)(
    'have one severity, for the construct and for the checks: %s',
    (_where, env, names, severity) => {
      const [, one, other] = stacksOf(env, names);
      new BackupVault(one, 'A', { backupVaultName: 'gold' });
      const second = () => new BackupVault(other, 'B', { backupVaultName: 'gold' });
      if (severity === 'error')
        expect(refusal(second)).toMatch(/^`backupVaultName` `gold` is also the name of `Shop\/A`/);
      else {
        second();
        synthesize(other);
        expect(infosOf(other)).toEqual([
          expect.stringMatching(/^Backup-PossibleDuplicateName: `backupVaultName` /),
        ]);
      }

      const [app, first, last] = stacksOf(env, names);
      Validations.of(app).addPlugins(new BackupChecks({ notes: true }));
      new CfnBackupVault(first, 'A', { backupVaultName: 'gold' });
      new CfnBackupVault(last, 'B', { backupVaultName: 'gold' });
      const found = validated(app)
        .plugins.flatMap(({ violations }) => violations)
        .filter(({ ruleName }) => ruleName.includes('DuplicateName'));
      expect(found.map(({ severity: actual }) => actual)).toEqual([severity === 'note' ? 'info' : severity]);
    },
  );
});
