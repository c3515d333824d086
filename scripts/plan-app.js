// An app with a plan, on compiled code. Prints the files of lib/ that it loads, in their order.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');
const { App, Stack } = require('aws-cdk-lib');
const lib = join(__dirname, '..', 'lib');
const { BackupPlan, BackupRule, BackupVault, Retention, TagCondition } = require(lib);

const outdir = mkdtempSync(join(tmpdir(), 'plan-app-'));
const app = new App({ outdir, analyticsReporting: false });
const stack = new Stack(app, 'Stack');
const rules = [
  BackupRule.daily({ retention: Retention.days(35) }),
  BackupRule.monthly({ retention: Retention.years(1) }),
];
const plan = new BackupPlan(stack, 'Plan', { vault: new BackupVault(stack, 'Vault'), rules });
plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
app.synth();
rmSync(outdir, { recursive: true });

const loaded = Object.keys(require.cache).filter((file) => file.startsWith(lib));
console.log(loaded.map((file) => relative(lib, file).split('\\').join('/')).join('\n'));
