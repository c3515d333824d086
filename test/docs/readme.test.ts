import { rmSync } from 'node:fs';
import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupPlan, BackupRule, BackupVault, Retention, VaultLock } from '../../src';
import { cdkBackup } from '../cli/core/command';
import { pageText } from '../support/doc-blocks';

const README = pageText('README.md');
const [OUTPUT, ERRORS] = [...README.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block]) => block);

/** An app of aws-cdk-lib's own backup constructs, which synthesizes without an error or a warning. */
function appOfAwsCdkLib(): App {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const lockConfiguration = { minRetention: Duration.days(60) };
  const vault = new backup.BackupVault(stack, 'Vault', { lockConfiguration });
  const plan = backup.BackupPlan.daily35DayRetention(stack, 'Plan', vault);
  plan.addSelection('Gold', { resources: [backup.BackupResource.fromTag('backup', 'gold')] });
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  Tags.of(new dynamodb.Table(stack, 'Orders', { partitionKey })).add('backup', 'Gold');
  Tags.of(new s3.Bucket(stack, 'Documents')).add('backup', 'gold');
  return app;
}

test("the README shows what the command prints for an app of aws-cdk-lib's own constructs", () => {
  const { directory } = appOfAwsCdkLib().synth();
  try {
    const { code, stdout } = cdkBackup(['check', directory]);
    const comparable = (text: string) =>
      text
        .replace(/\d+ checks/, 'all checks') // there are more and more
        .replace(/(test\/docs\/readme\.test|lib\/shop)\.ts:\d+:\d+/g, 'the line of the app');
    expect([code, comparable(stdout)]).toEqual([1, comparable(OUTPUT)]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('the README shows the errors of constructors', () => {
  const stack = new Stack(new App(), 'Shop');
  const lock = VaultLock.governance({ minRetention: Duration.days(60) });
  const rules = [BackupRule.daily({ retention: Retention.days(35) })];
  const mistakes = [
    () => new BackupPlan(stack, 'Plan', { vault: new BackupVault(stack, 'Vault', { lock }), rules }),
    () => BackupRule.monthly({ retention: Retention.days(100), coldStorageAfter: Duration.days(30) }),
  ];
  expect(ERRORS.trim().split('\n\n')).toEqual(mistakes.map(messageOf));
});

function messageOf(mistake: () => unknown): string {
  try {
    mistake();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
