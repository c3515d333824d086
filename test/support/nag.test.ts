import { Stack, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { testApp } from './app';
import { acknowledge, NAG_PACKS, nagFindings } from './nag';

function planWithSelection() {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const plan = BackupPlan.daily35DayRetention(stack, 'Plan', new BackupVault(stack, 'Vault'));
  plan.addSelection('Tagged', { resources: [BackupResource.fromTag('backup', 'gold')] });
  return { app, stack, plan };
}

const MANAGED_POLICY =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]';
const FINDING = `${MANAGED_POLICY} Stack/Plan/Tagged/Role/Resource: The IAM user, role, or group uses AWS managed policies.`;

test('AwsSolutions reports the managed policy of the role of aws-cdk-lib; HIPAA, NIST and PCI report nothing', () => {
  expect(nagFindings(planWithSelection().app)).toEqual([FINDING]);
});

test('a finding names the construct, and each pack has its own', () => {
  const { app, stack } = planWithSelection();
  new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  new Key(stack, 'Key');
  const found = nagFindings(app).map((finding) => finding.split(':')[0]);
  expect(found).toEqual(
    expect.arrayContaining([
      'AwsSolutions-DDB3 Stack/Table/Resource',
      'AwsSolutions-KMS5 Stack/Key/Resource',
      'HIPAA.Security-DynamoDBInBackupPlan Stack/Table/Resource',
      'NIST.800.53.R5-DynamoDBInBackupPlan Stack/Table/Resource',
      'PCI.DSS.321-KMSBackingKeyRotationEnabled Stack/Key/Resource',
    ]),
  );
  expect(nagFindings(app, [HIPAASecurityChecks]).every((finding) => finding.startsWith('HIPAA'))).toBe(true);
});

describe('an acknowledgement with a reason', () => {
  test('on the construct or above it silences a finding there', () => {
    const { app, plan } = planWithSelection();
    acknowledge(plan, MANAGED_POLICY, 'AWS keeps it up to date');
    expect(nagFindings(app)).toEqual([]);
  });

  test('may be namespaced by the pack, for the audit trail', () => {
    const { app, stack } = planWithSelection();
    const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const id = 'AwsSolutions::AwsSolutions-DDB3';
    Validations.of(table).acknowledge({ id, reason: 'AWS Backup keeps it' });
    expect(nagFindings(app, [AwsSolutionsChecks])).toEqual([FINDING]);
  });

  test('elsewhere silences nothing', () => {
    const { app, stack } = planWithSelection();
    acknowledge(
      new Key(stack, 'Key', { enableKeyRotation: true }),
      MANAGED_POLICY,
      'AWS keeps it up to date',
    );
    expect(nagFindings(app)).toEqual([FINDING]);
  });

  test('must have the reason', () => {
    const { app, plan } = planWithSelection();
    acknowledge(plan, MANAGED_POLICY, ' ');
    expect(nagFindings(app)).toEqual([`${MANAGED_POLICY} Stack/Plan: acknowledged without a reason`]);
  });
});

test('the packs are AwsSolutions, HIPAA, NIST 800-53 R5 and PCI', () => {
  expect(NAG_PACKS.map((Pack) => new Pack().readPackName)).toEqual([
    'AwsSolutions',
    'HIPAA.Security',
    'NIST.800.53.R5',
    'PCI.DSS.321',
  ]);
});
