// One step of the benchmark of the checks, in a process of its own and on compiled code. Prints a line of JSON.
//
//   make FOLDER SCALE   makes an app of SCALE × 10,000 resources, 200 plans and 400 selections in 50 stacks,
//                       synthesizes it into FOLDER, and judges it with cdk-nag's HIPAA pack
//   judge FOLDER        reads that assembly, makes all checks and computes coverage
//   synth RESOURCES without|with|report
//                       synthesizes a stack with that many resources and four plans with CDK's own validation on, without the
//                       plugin, with it, or with it and its report
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const STACKS = 50;
const PER_STACK = { resources: 200, plans: 4, selections: 8 };

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Milliseconds that the main thread ran: what one waits for where nothing else runs. The CPU time of the process has
 * those of the compiler and the garbage collector besides, which run at the same time. Elsewhere than on Linux, the
 * clock.
 */
const running = () => {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
};

/**
 * What is made in turn, as many of each: by aws-cdk-lib's L2 where that needs no network. Each has a tag; what comes
 * back is its ARN.
 */
const RESOURCES = [
  ({ Table, AttributeType, BillingMode }, scope, id) => {
    const partitionKey = { name: 'id', type: AttributeType.STRING };
    const pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };
    const billingMode = BillingMode.PAY_PER_REQUEST;
    const table = new Table(scope, id, { partitionKey, billingMode, pointInTimeRecoverySpecification });
    return [table, table.tableArn];
  },
  ({ Bucket }, scope, id) => {
    const bucket = new Bucket(scope, id, { versioned: true, enforceSSL: true });
    return [bucket, bucket.bucketArn];
  },
  ({ Volume, Size }, scope, id) => {
    const size = Size.gibibytes(10);
    const volume = new Volume(scope, id, { availabilityZone: 'eu-west-1a', size, encrypted: true });
    return [volume, `arn:aws:ec2:eu-west-1:111122223333:volume/${volume.volumeId}`];
  },
  ({ CfnFileSystem }, scope, id) => {
    const files = new CfnFileSystem(scope, id, { encrypted: true });
    return [files, files.attrArn];
  },
  ({ CfnDBInstance }, scope, id) => {
    const capacity = { dbInstanceClass: 'db.t4g.medium', allocatedStorage: '20' };
    const database = new CfnDBInstance(scope, id, { engine: 'postgres', ...capacity });
    return [database, database.attrDbInstanceArn];
  },
];

function makeStack(cdk, scope, index) {
  const stack = new cdk.Stack(scope, `Stack${index}`, {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const arns = Array.from({ length: PER_STACK.resources }, (_, i) => {
    const [resource, arn] = RESOURCES[i % RESOURCES.length](cdk, stack, `Resource${i}`);
    cdk.Tags.of(resource).add('backup', `tier-${(index * 7 + i) % 100}`);
    return arn;
  });
  const vault = new cdk.CfnBackupVault(stack, 'Vault', { backupVaultName: `vault-${index}` });
  const policy = (name) => `arn:aws:iam::aws:policy/${name}`;
  const role = new cdk.CfnRole(stack, 'Role', {
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } },
      ],
    },
    managedPolicyArns: [
      policy('service-role/AWSBackupServiceRolePolicyForBackup'),
      policy('AWSBackupServiceRolePolicyForS3Backup'),
    ],
  });
  for (let p = 0; p < PER_STACK.plans; p++) {
    const plan = new cdk.CfnBackupPlan(stack, `Plan${p}`, {
      backupPlan: {
        backupPlanName: `plan-${index}-${p}`,
        backupPlanRule: ['daily', 'monthly'].map((ruleName, r) => ({
          ruleName,
          targetBackupVault: vault.ref,
          scheduleExpression: r === 0 ? `cron(${p} 5 ? * * *)` : `cron(${p} 5 1 * ? *)`,
          lifecycle: { deleteAfterDays: r === 0 ? 35 : 365 },
        })),
      },
    });
    // one by tag, which every resource of the app may have, and one that names an eighth of the stack
    const iamRoleArn = role.attrArn;
    const condition = {
      ConditionKey: 'aws:ResourceTag/backup',
      ConditionValue: `tier-${(index * 4 + p) % 90}`,
    };
    const share = arns.length / PER_STACK.selections;
    const selections = {
      tagged: { resources: ['*'], conditions: { StringEquals: [condition] } },
      named: { resources: arns.slice(p * share, (p + 1) * share) },
    };
    for (const [selectionName, what] of Object.entries(selections))
      new cdk.CfnBackupSelection(stack, `${selectionName}${p}`, {
        backupPlanId: plan.ref,
        backupSelection: { selectionName, iamRoleArn, ...what },
      });
  }
}

function library() {
  const { App, Size, Stack, Tags, Validations } = require('aws-cdk-lib');
  const { AttributeType, BillingMode, Table } = require('aws-cdk-lib/aws-dynamodb');
  const { Bucket } = require('aws-cdk-lib/aws-s3');
  const { Volume } = require('aws-cdk-lib/aws-ec2');
  const { CfnFileSystem } = require('aws-cdk-lib/aws-efs');
  const { CfnDBInstance } = require('aws-cdk-lib/aws-rds');
  const { CfnRole } = require('aws-cdk-lib/aws-iam');
  const { CfnBackupPlan, CfnBackupSelection, CfnBackupVault } = require('aws-cdk-lib/aws-backup');
  const core = { App, Size, Stack, Tags, Validations };
  const backup = { CfnBackupPlan, CfnBackupSelection, CfnBackupVault, CfnRole };
  const l2 = { AttributeType, BillingMode, Table, Bucket, Volume };
  return { ...core, ...backup, ...l2, CfnFileSystem, CfnDBInstance };
}

const newApp = (cdk, outdir) =>
  new cdk.App({
    outdir,
    analyticsReporting: false,
    // as `cdk synth` runs it
    context: {
      ...require('aws-cdk-lib/recommended-feature-flags.json'),
      'aws:cdk:enable-path-metadata': true,
    },
  });

const STEPS = {
  make(folder, scale) {
    process.env.CDK_VALIDATION = 'false';
    const cdk = library();
    const app = newApp(cdk, folder);
    for (let index = 0; index < STACKS * Number(scale); index++) makeStack(cdk, app, index);
    app.synth();
    const { HIPAASecurityChecks } = require('cdk-nag');
    const before = { cpu: cpu(), time: running() };
    const { violations } = new HIPAASecurityChecks(app).validateScope(app);
    const found = violations.reduce((sum, { violatingResources }) => sum + violatingResources.length, 0);
    return { cpu: cpu() - before.cpu, time: running() - before.time, found };
  },

  judge(folder) {
    const loaded = running();
    const { readInventory } = require('../lib/inventory/inventory');
    const { ALL_CHECKS } = require('../lib/checks/all-checks');
    const { runChecks } = require('../lib/checks/engine/check');
    const { coverageOf } = require('../lib/coverage/coverage');
    const now = new Date();
    const times = { loading: loaded };
    let last = loaded;
    const lap = (name) => {
      const at = running();
      times[name] = at - last;
      last = at;
    };
    const inventory = readInventory([folder]);
    lap('reading');
    const findings = runChecks(ALL_CHECKS, inventory, { now });
    lap('checks');
    const { summary } = coverageOf(inventory, { now });
    lap('coverage');
    const { resources, plans, selections, stacks } = inventory;
    const counts = [resources, plans, selections, stacks].map(({ length }) => length);
    // of the whole process, its start included
    return {
      cpu: cpu(),
      time: running(),
      times,
      megabytes: process.resourceUsage().maxRSS / 1024,
      counts,
      findings: findings.length,
      summary,
    };
  },

  synth(resources, plugin) {
    delete process.env.CDK_VALIDATION;
    const cdk = library();
    const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
    const app = newApp(cdk, outdir);
    PER_STACK.resources = Number(resources);
    makeStack(cdk, app, 0);
    if (plugin !== 'without') {
      const { BackupChecks, ChecksFailOn } = require('../lib');
      const reportFile = plugin === 'report' ? join(outdir, '..', `${process.pid}-report.html`) : undefined;
      cdk.Validations.of(app).addPlugins(new BackupChecks({ failOn: ChecksFailOn.NEVER, reportFile }));
    }
    console.error = () => {}; // the report, in words
    app.synth();
    rmSync(outdir, { recursive: true });
    for (const end of ['html', 'md'])
      rmSync(join(outdir, '..', `${process.pid}-report.${end}`), { force: true });
    return { cpu: cpu(), time: running() };
  },
};

const [step, ...args] = process.argv.slice(2);
console.log(JSON.stringify(STEPS[step](...args)));
