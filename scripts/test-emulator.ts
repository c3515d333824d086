/**
 * `npx projen test:emulator`: deploys a stack with our custom resources with the CDK CLI to an emulator of AWS, changes
 * it, lets a change fail, and destroys it. The functions run for real, with their bundled code and the SDK. After each
 * step the settings are read back with the SDK and must be what was asked for, and at the end what they were before. A
 * check for missing backups is deployed, run and destroyed as well.
 *
 * The emulator is ministack, from PyPI; no Docker. It has no way to change the settings of AWS Backup, and no recovery
 * points or protected resources: those are served by a fake, see `emulator/backup-settings.ts`.
 *
 * Exit code 77: skipped, since there is no Python or no PyPI here.
 */
import { deepStrictEqual } from 'node:assert';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BackupClient,
  DescribeGlobalSettingsCommand,
  DescribeRegionSettingsCommand,
  GetBackupPlanCommand,
  ListBackupJobsCommand,
  ListBackupPlansCommand,
} from '@aws-sdk/client-backup';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import {
  BackupGlobalSettings,
  type BackupGlobalSettingsProps,
  BackupPlan,
  BackupPlanS3Settings,
  BackupRegionSettings,
  type BackupRegionSettingsProps,
  BackupRule,
  BackupServiceLinkedRole,
  BackupVault,
  OnDemandBackup,
  ResourceType,
  Retention,
  SettingsRemoval,
  VaultContents,
  VaultEncryption,
} from 'cdk-backup-constructs';
import { BackupSettings } from './emulator/backup-settings';
import { tryFreshness } from './emulator/freshness';
import { Ministack } from './emulator/ministack';
import { pythonWith } from './emulator/python';
import { exitWith } from './skipped';
import { dim, green } from './terminal';

const MINISTACK = 'ministack==1.5.33';
const VENV = join('.emulator', 'venv');
const STACK = 'Settings';
const SECOND = 'Second';
const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
const VAULT = 'test-emulator';

/** What is before the first deployment. */
const BEFORE = {
  optIn: { Aurora: false, DynamoDB: false, EBS: true, EFS: false, RDS: true, S3: false },
  fullManagement: { DynamoDB: false, EFS: true },
  flags: { isCrossAccountBackupEnabled: 'false', isMpaEnabled: 'true' },
};

interface Asked {
  readonly region: BackupRegionSettingsProps;
  readonly organization: BackupGlobalSettingsProps;
  /** A new one makes a new backup. */
  readonly release: string;
  /** Whether the plan backs up the lists of who may do what with the objects of buckets. */
  readonly acls: boolean;
  /** The id of what deletes recovery points. */
  readonly contentsId?: string;
  /** The id of the settings of the Region; null: the stack has none. */
  readonly regionId?: string | null;
  /** Whether a second stack sets the Region too. */
  readonly second?: boolean;
}

const FIRST: Asked = {
  region: {
    optIn: [ResourceType.S3, ResourceType.AURORA, ResourceType.DYNAMODB],
    fullManagement: [ResourceType.DYNAMODB],
  },
  organization: { crossAccountBackup: true },
  release: '1',
  acls: false,
};
const CHANGED: Asked = {
  region: { optIn: [ResourceType.AURORA, ResourceType.EFS], optOut: [ResourceType.RDS] },
  organization: { delegatedAdministrator: true, multiPartyApproval: false },
  release: '2',
  acls: true,
};
/** The fake doesn't have it, so that the deployment fails and CloudFormation rolls back. */
const IMPOSSIBLE: Asked = {
  region: { optIn: [ResourceType.S3, ResourceType.TIMESTREAM], failWhereUnsupported: true },
  organization: { crossAccountBackup: true },
  release: '2',
  acls: true,
};

/** What happened after `CHANGED`: everything stays as it is. */
const RENAMED: Asked = { ...CHANGED, contentsId: 'Emptier', regionId: 'OptIns' };
const TWICE: Asked = { ...RENAMED, second: true };
const MOVED: Asked = { ...TWICE, regionId: null };
const POINTS = ['a', 'b', 'c'].map((id) => `arn:aws:backup:${REGION}:${ACCOUNT}:recovery-point:${id}`);

/** Synthesizes the stacks into a folder. */
function synthesize(folder: string, asked: Asked): string {
  const { region, organization, release, acls, contentsId = 'Contents', regionId = 'Region' } = asked;
  const app = new App({ outdir: folder, context: recommendedFlags });
  const stack = new Stack(app, STACK, { env: { account: ACCOUNT, region: REGION } });
  const role = new BackupServiceLinkedRole(stack, 'Role');
  const settings = regionId === null ? undefined : new BackupRegionSettings(stack, regionId, region);
  if (asked.second)
    new BackupRegionSettings(
      new Stack(app, SECOND, { env: { account: ACCOUNT, region: REGION } }),
      'Region',
      region,
    );
  const flags = new BackupGlobalSettings(stack, 'Organization', {
    ...organization,
    onRemoval: SettingsRemoval.RESTORE,
  });
  const vault = new BackupVault(stack, 'Vault', {
    backupVaultName: VAULT,
    encryption: VaultEncryption.awsManagedKey(),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new VaultContents(stack, contentsId, { vault, acknowledgeDataLoss: true });
  const plan = new BackupPlan(stack, 'Plan', {
    vault,
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });
  new BackupPlanS3Settings(stack, 'Acls', { backupPlan: plan, backupAcls: acls });
  const backup = new OnDemandBackup(stack, 'Backup', {
    vault,
    resourceArn: 'arn:aws:s3:::orders',
    retention: Retention.days(7),
    trigger: release,
  });
  new CfnOutput(stack, 'RecoveryPoint', { value: backup.recoveryPointArn });
  new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
  if (settings) new CfnOutput(stack, 'ChangedSettings', { value: settings.changed });
  new CfnOutput(stack, 'ChangedFlags', { value: flags.changed });
  app.synth();
  return folder;
}

/** The CDK CLI, with nothing of this machine's own configuration of AWS. */
class Cli {
  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  public async succeeds(...args: string[]): Promise<void> {
    const { status, output } = await this.run(args);
    if (status !== 0) throw new Error(`cdk ${args[0]} failed with exit code ${status}:\n${output}`);
  }

  /** @returns what it printed */
  public async fails(...args: string[]): Promise<string> {
    const { status, output } = await this.run(args);
    if (status === 0) throw new Error(`cdk ${args[0]} should have failed:\n${output}`);
    return output;
  }

  /** Doesn't block: the fake answers from this process. */
  private run(args: readonly string[]): Promise<{ status: number | null; output: string }> {
    const cdk = spawn(
      process.execPath,
      [require.resolve('aws-cdk/bin/cdk'), ...args, '--no-notices', '--no-color'],
      { cwd: this.folder, env: this.env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 },
    );
    process.once('exit', () => cdk.kill('SIGKILL'));
    let output = '';
    for (const stream of [cdk.stdout, cdk.stderr]) stream.on('data', (chunk) => (output += chunk));
    return new Promise((resolve, reject) => {
      cdk.once('error', reject);
      cdk.once('close', (status) => resolve({ status, output }));
    });
  }
}

/** Nothing that reaches AWS, and nothing of the user's. */
function environment(folder: string, settings: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: folder, // the CLI keeps accounts in it, by access key
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_BACKUP: settings,
    AWS_ENDPOINT_URL_CLOUDFORMATION: settings,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  };
}

/** What the SDK reads. */
class Reader {
  private readonly backup: BackupClient;
  private readonly iam: IAMClient;
  private readonly ssm: SSMClient;

  constructor(emulator: string, settings: string) {
    const client = { region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    this.backup = new BackupClient({ ...client, endpoint: settings });
    this.iam = new IAMClient({ ...client, endpoint: emulator });
    this.ssm = new SSMClient({ ...client, endpoint: emulator });
  }

  public async settings() {
    const region = await this.backup.send(new DescribeRegionSettingsCommand({}));
    const { GlobalSettings } = await this.backup.send(new DescribeGlobalSettingsCommand({}));
    return {
      optIn: region.ResourceTypeOptInPreference,
      fullManagement: region.ResourceTypeManagementPreference,
      flags: GlobalSettings,
    };
  }

  /** How many custom resources remember something. */
  public async claims(): Promise<number> {
    const Path = '/cdk-backup-constructs';
    const page = await this.ssm.send(new GetParametersByPathCommand({ Path, Recursive: true }));
    return (page.Parameters ?? []).length;
  }

  /** How many backups were made. */
  public async backups(): Promise<number> {
    const { BackupJobs } = await this.backup.send(new ListBackupJobsCommand({ ByBackupVaultName: VAULT }));
    return (BackupJobs ?? []).length;
  }

  /** The options of the only plan, by type of resource. */
  public async planOptions(): Promise<unknown> {
    const { BackupPlansList = [] } = await this.backup.send(new ListBackupPlansCommand({}));
    if (BackupPlansList.length !== 1) return undefined;
    const { BackupPlanId } = BackupPlansList[0];
    const { BackupPlan: plan } = await this.backup.send(new GetBackupPlanCommand({ BackupPlanId }));
    return (plan?.AdvancedBackupSettings ?? []).map(({ BackupOptions }) => BackupOptions);
  }

  public async hasRole(): Promise<boolean> {
    const { Role } = await this.iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForBackup' }));
    return Role !== undefined;
  }
}

async function main(folder: string, tidy: (() => unknown)[]): Promise<void> {
  const python = pythonWith(VENV, MINISTACK);
  const fake = new BackupSettings(
    {
      ResourceTypeOptInPreference: { ...BEFORE.optIn },
      ResourceTypeManagementPreference: { ...BEFORE.fullManagement },
    },
    { GlobalSettings: { ...BEFORE.flags } },
  );
  const settings = await fake.start();
  tidy.push(() => fake.stop());
  const env = environment(folder, settings);
  const ministack = await Ministack.start(python, folder, env);
  tidy.push(() => ministack.stop());
  process.once('exit', () => ministack.kill());
  fake.forwardTo(ministack.endpoint);

  const { endpoint } = ministack;
  const cli = new Cli(folder, {
    ...env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_CLOUDFORMATION: endpoint,
  });
  const reader = new Reader(endpoint, settings);
  const deploy = (asked: Asked, name: string) => [
    'deploy',
    '--app',
    synthesize(join(folder, name), asked),
    '--all',
    '--require-approval=never',
  ];

  try {
    await cli.succeeds(
      'bootstrap',
      `aws://${ACCOUNT}/${REGION}`,
      '--app',
      synthesize(join(folder, '0'), FIRST),
    );
    deepStrictEqual(await reader.settings(), BEFORE);
    say('bootstrapped');

    fake.mishaps['/account-settings'] = ['lost', 'throttled'];
    fake.mishaps['/global-settings'] = ['throttled', 'lost', 'unavailable'];
    await cli.succeeds(...deploy(FIRST, '1'));
    deepStrictEqual(await reader.settings(), {
      optIn: { ...BEFORE.optIn, S3: true, Aurora: true, DynamoDB: true },
      fullManagement: { DynamoDB: true, EFS: true },
      flags: { ...BEFORE.flags, isCrossAccountBackupEnabled: 'true' },
    });
    deepStrictEqual(await reader.claims(), 3);
    deepStrictEqual(await reader.hasRole(), true);
    deepStrictEqual(await reader.backups(), 1);
    fake.recoveryPoints[VAULT] = new Set(POINTS);
    deepStrictEqual(await reader.planOptions(), [{ BackupACLs: 'disabled' }]);
    say(
      'deployed: what was asked for is set, all else is as it was, in spite of throttling and a lost response',
    );

    // what somebody else sets in between
    fake.region.ResourceTypeOptInPreference.EBS = false;
    const expected = {
      optIn: { ...BEFORE.optIn, EBS: false, Aurora: true, EFS: true, RDS: false },
      fullManagement: BEFORE.fullManagement,
      flags: {
        isCrossAccountBackupEnabled: 'false',
        isMpaEnabled: 'false',
        isDelegatedAdministratorEnabled: 'true',
      },
    };
    await cli.succeeds(...deploy(CHANGED, '2'));
    deepStrictEqual(await reader.settings(), expected);
    deepStrictEqual(await reader.claims(), 3);
    deepStrictEqual(await reader.backups(), 2);
    deepStrictEqual(await reader.planOptions(), [{ BackupACLs: 'enabled' }]);
    say(
      'changed: what is no longer asked for is given back, what somebody else set stays, a backup was made',
    );

    const words = 'not supported here: optIn.Timestream; remove or skip it';
    const output = await cli.fails(...deploy(IMPOSSIBLE, '3'));
    if (!output.includes(words)) throw new Error(`the CLI doesn't say "${words}":\n${output}`);
    deepStrictEqual(await reader.settings(), expected);
    deepStrictEqual(await reader.claims(), 3);
    say('a deployment that fails says why, and is rolled back to the settings before it');

    const stays = async (claims: number) => {
      deepStrictEqual(await reader.settings(), expected);
      deepStrictEqual(await reader.claims(), claims);
      deepStrictEqual([...fake.recoveryPoints[VAULT]], POINTS);
    };
    await cli.succeeds(...deploy(RENAMED, '4'));
    await stays(3);
    say('renamed: the settings stay, and so do the recovery points of a vault that stays');

    await cli.succeeds(...deploy(TWICE, '5'));
    await stays(4);
    await cli.succeeds(...deploy(MOVED, '6'));
    await stays(3);
    say('moved: what a second stack wants too stays when the first no longer asks for it');

    await cli.succeeds('destroy', SECOND, '--app', join(folder, '6'), '--force');
    const restored = { ...BEFORE, optIn: { ...BEFORE.optIn, EBS: false } };
    deepStrictEqual(await reader.settings(), { ...restored, flags: expected.flags });
    deepStrictEqual([...fake.recoveryPoints[VAULT]], POINTS);
    say('the last stack that wanted the settings restores them');

    await cli.succeeds('destroy', STACK, '--app', join(folder, '6'), '--force');
    deepStrictEqual(await reader.settings(), {
      ...restored,
      flags: { ...BEFORE.flags, isDelegatedAdministratorEnabled: 'false' },
    });
    deepStrictEqual([...fake.recoveryPoints[VAULT]], []);
    deepStrictEqual(await reader.claims(), 0);
    deepStrictEqual(await reader.hasRole(), true);
    deepStrictEqual(await reader.backups(), 2);
    deepStrictEqual(await reader.planOptions(), undefined);
    say('destroyed: the settings are what they were before, and the recovery points went with their vault');

    await tryFreshness(join(folder, '7'), {
      cli,
      fake,
      endpoint,
      env: { account: ACCOUNT, region: REGION },
    });
    say('a check for missing backups says once what is missing, publishes its metrics, and is destroyed');

    const changes = fake.requests.filter((request) => request.startsWith('PUT'));
    console.log(dim(`${fake.requests.length} requests to AWS Backup; changes: ${changes.join(', ')}`));
  } catch (error) {
    console.error(dim(`\nrequests: ${fake.requests.join(', ')}\nministack:\n${ministack.lastWords()}\n`));
    throw error;
  }
}

function say(what: string): void {
  console.log(`${green('✔')} ${what}`);
}

async function run(): Promise<number> {
  mkdirSync(VENV, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'test-emulator-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const tidy: (() => unknown)[] = [];
  try {
    await main(folder, tidy);
    return 0;
  } finally {
    for (const step of tidy.reverse()) await step();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
exitWith(run);
