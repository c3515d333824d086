import { ResourceType } from '../../src/values/resource-type/resource-type';
import { RESTORE_WAYS } from '../../src/values/restore-testing/restore-ways';
import { backupReady, plan, resource, rule, selection } from '../support/backups';
import { cdkBackup, workFolder } from './core/command';

const file = workFolder();
const template = (resources: object) => file('app.template.json', JSON.stringify({ Resources: resources }));
const FAR = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:central';

const app = () =>
  template({
    Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
    Plan: plan(
      'gold',
      rule('daily', {
        CopyActions: [{ DestinationBackupVaultArn: FAR, Lifecycle: { DeleteAfterDays: 365 } }],
      }),
    ),
    Selection: selection({ Resources: [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, 'arn:aws:ec2:*:*:instance/*'] }),
    Server: resource('EC2::Instance', { ImageId: 'ami-1' }),
    Orders: backupReady('DynamoDB::Table', {
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
    Scratch: backupReady('S3::Bucket', { BucketName: 'scratch' }),
  });

test('each resource has where its points are, which way back, the commands and the order', () => {
  const { code, stdout, stderr } = cdkBackup(['runbook', app()]);
  expect([code, stderr]).toEqual([0, '']);
  const order = stdout.slice(stdout.indexOf('## Order'), stdout.indexOf('## 1.'));
  expect(order.match(/^\| \d .*$/gm)).toEqual([
    '| 1 | app/Orders | DynamoDB | data: databases, tables, buckets, volumes and file systems | **no** | unknown |',
    '| 2 | app/Server | EC2 | what reads the data: instances and clusters | **no** | unknown |',
  ]);
  const orders = stdout.slice(stdout.indexOf('## 1.'), stdout.indexOf('## 2.'));
  expect(orders).toContain('- Way back: a new table: point the application to it, or copy the items back.\n');
  expect(orders).toContain('- Expected duration: unknown until measured.\n');
  expect(orders).toContain('- Back into code: `cdk import` as `AWS::DynamoDB::Table`.\n');
  expect(orders.match(/^\| .* \|$/gm)?.slice(2)).toEqual([
    '| gold | backups | the account and Region of the plan | daily of gold | 1 day | 35 days |',
    '| central | copies | 444455556666, eu-central-1 | daily of gold | 1 day | 365 days |',
  ]);
  expect(orders).toContain('aws backup list-recovery-points-by-backup-vault --backup-vault-name central');
  expect(orders).toContain(`jq '.RestoreMetadata | .targetTableName = "NEW_NAME"' > metadata.json`);
  expect(stdout.slice(stdout.indexOf('## Not restorable'))).toContain(
    '| app/Scratch | S3 | no plan selects it |',
  );
});

test('as JSON, it is machine-readable', () => {
  const { stdout } = cdkBackup(['runbook', app(), '--format', 'json']);
  const { resources, lost } = JSON.parse(stdout);
  expect(resources).toMatchObject([
    {
      step: 1,
      resource: 'app/Orders',
      type: 'DynamoDB',
      order: 1,
      expectedDuration: 'unknown',
      tested: false,
      points: [
        { vault: 'gold', kind: 'primary', everyMinutes: 1_440, keptDays: 35, continuous: false },
        { vault: 'central', kind: 'copy', place: '444455556666, eu-central-1', keptDays: 365 },
      ],
    },
    { step: 2, resource: 'app/Server', type: 'EC2' },
  ]);
  expect(lost).toEqual([{ resource: 'app/Scratch', type: 'S3', reason: 'no plan selects it' }]);
});

test('an app without backups says that nothing can be restored', () => {
  const { code, stdout } = cdkBackup(['runbook', template({ Scratch: backupReady('S3::Bucket') })]);
  expect(code).toBe(0);
  expect(stdout).toContain('Nothing can be restored: no resource has recovery points.');
});

test('names of the template do not come alive in Markdown or in the shell', () => {
  const { stdout } = cdkBackup([
    'runbook',
    template({
      Plan: plan(
        'gold',
        rule('daily', {
          CopyActions: [{ DestinationBackupVaultArn: FAR.replace('central', "x'; rm -rf ~ #|") }],
        }),
      ),
      Selection: selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }),
      Orders: backupReady('DynamoDB::Table', { TableName: 'orders' }),
    }),
  ]);
  expect(stdout).toContain(`--backup-vault-name 'x'\\''; rm -rf ~ #|'`);
  expect(stdout).toContain("| x'; rm -rf \\~ #\\| |");
});

test('invalid input is reported in one line', () => {
  expect(cdkBackup(['runbook', 'nowhere'])).toMatchObject({ code: 2, stdout: '' });
  expect(cdkBackup(['runbook'])).toMatchObject({ code: 2, stdout: '' });
});

describe('each type of the catalog', () => {
  test('has a way back, and no other type does', () => {
    expect(Object.keys(RESTORE_WAYS).sort()).toEqual(
      ResourceType.all()
        .map(({ name }) => name)
        .sort(),
    );
  });

  test.each(Object.entries(RESTORE_WAYS))('%s is restored, or says why not', (_name, way) => {
    expect(way.way).toMatch(/^[a-z].*[^.]$/);
    expect(way.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/aws-backup\//);
    if (way.byHand !== undefined) expect(way.byHand).toMatch(/^[a-z].*[^.]$/);
    // a restore without a new name would collide with the source
    if (way.nameKey !== undefined) expect(way.changes[way.nameKey]).toBe('{name}');
  });
});
