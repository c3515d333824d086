// One run of the benchmark, in a process of its own and on compiled code: `node bench-app.js VARIANT PLANS` makes
// PLANS backup plans with two rules, a selection by tag and a role each, 100 to a stack, one vault a stack, and
// synthesizes them. Prints what it made and the CPU time that the whole process took.
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const PLANS_PER_STACK = 100;

/** How each library makes the vault of a stack, and a plan. */
const VARIANTS = {
  ours() {
    const library = require('../lib');
    const { Duration } = require('aws-cdk-lib');
    const { BackupPlan, BackupRule, BackupVault, Retention, TagCondition, VaultEncryption } = library;
    return {
      vault: (stack) => new BackupVault(stack, 'Vault', { encryption: VaultEncryption.awsManagedKey() }),
      plan(stack, index, vault) {
        const rules = [
          BackupRule.daily({ retention: Retention.days(35) }),
          BackupRule.monthly({ retention: Retention.years(1), coldStorageAfter: Duration.days(90) }),
        ];
        const plan = new BackupPlan(stack, `Plan${index}`, { vault, rules });
        plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
      },
    };
  },

  l2() {
    const { Duration } = require('aws-cdk-lib');
    const { BackupPlan, BackupPlanRule, BackupResource, BackupVault } = require('aws-cdk-lib/aws-backup');
    const { Schedule } = require('aws-cdk-lib/aws-events');
    return {
      vault: (stack) => new BackupVault(stack, 'Vault'),
      plan(stack, index, backupVault) {
        const backupPlanRules = [
          new BackupPlanRule({
            ruleName: 'daily',
            scheduleExpression: Schedule.cron({ hour: '5', minute: '0' }),
            deleteAfter: Duration.days(35),
          }),
          new BackupPlanRule({
            ruleName: 'monthly',
            scheduleExpression: Schedule.cron({ day: '1', hour: '5', minute: '0' }),
            deleteAfter: Duration.days(365),
            moveToColdStorageAfter: Duration.days(90),
          }),
        ];
        const plan = new BackupPlan(stack, `Plan${index}`, { backupVault, backupPlanRules });
        plan.addSelection('Gold', { resources: [BackupResource.fromTag('backup', 'gold')] });
      },
    };
  },

  l1() {
    const { Aws, CfnDeletionPolicy } = require('aws-cdk-lib');
    const { CfnBackupPlan, CfnBackupSelection, CfnBackupVault } = require('aws-cdk-lib/aws-backup');
    const { CfnRole } = require('aws-cdk-lib/aws-iam');
    return {
      vault(stack) {
        const vault = new CfnBackupVault(stack, 'Vault', { backupVaultName: `${stack.stackName}-vault` });
        vault.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
        vault.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
        return vault;
      },
      plan(stack, index, vault) {
        const plan = new CfnBackupPlan(stack, `Plan${index}`, {
          backupPlan: {
            backupPlanName: `plan-${index}`,
            backupPlanRule: [
              {
                ruleName: 'daily',
                scheduleExpression: 'cron(0 5 ? * * *)',
                targetBackupVault: vault.attrBackupVaultName,
                lifecycle: { deleteAfterDays: 35 },
              },
              {
                ruleName: 'monthly',
                scheduleExpression: 'cron(0 5 1 * ? *)',
                targetBackupVault: vault.attrBackupVaultName,
                lifecycle: { deleteAfterDays: 365, moveToColdStorageAfterDays: 90 },
              },
            ],
          },
        });
        const policy = (name) => `arn:${Aws.PARTITION}:iam::aws:policy/${name}`;
        const role = new CfnRole(stack, `Role${index}`, {
          assumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { Service: 'backup.amazonaws.com' },
              },
            ],
          },
          managedPolicyArns: [
            policy('service-role/AWSBackupServiceRolePolicyForBackup'),
            policy('AWSBackupServiceRolePolicyForS3Backup'),
          ],
        });
        new CfnBackupSelection(stack, `Selection${index}`, {
          backupPlanId: plan.attrBackupPlanId,
          backupSelection: {
            selectionName: 'Gold',
            iamRoleArn: role.attrArn,
            resources: ['*'],
            conditions: {
              StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' }],
            },
          },
        });
      },
    };
  },
};

const [variant, count] = process.argv.slice(2);
const { vault: makeVault, plan: makePlan } = VARIANTS[variant]();
const { App, Stack } = require('aws-cdk-lib');

const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
const app = new App({
  outdir,
  analyticsReporting: false,
  context: require('aws-cdk-lib/recommended-feature-flags.json'),
});
let stack;
let vault;
for (let index = 0; index < Number(count); index++) {
  if (index % PLANS_PER_STACK === 0) {
    stack = new Stack(app, `Stack${index / PLANS_PER_STACK}`);
    vault = makeVault(stack);
  }
  makePlan(stack, index, vault);
}
app.synth();
const { user, system } = process.cpuUsage(); // of the whole process, its start included

const made = {};
for (const file of readdirSync(outdir).filter((name) => name.endsWith('.template.json'))) {
  for (const { Type } of Object.values(JSON.parse(readFileSync(join(outdir, file), 'utf8')).Resources))
    made[Type] = (made[Type] ?? 0) + 1;
}
rmSync(outdir, { recursive: true });
console.log(JSON.stringify({ cpu: (user + system) / 1000, made }));
