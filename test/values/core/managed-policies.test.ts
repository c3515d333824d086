import {
  managedPolicyFault,
  OTHER_DEFAULT_ROLE,
  POLICIES_WITHOUT_BACKUPS,
  type PolicyFault,
} from '../../../src/values/core/managed-policies';

const BACKUP = 'service-role/AWSBackupServiceRolePolicyForBackup';

test.each([
  BACKUP,
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForIndexing',
  'AWSBackupFullAccess',
  'AdministratorAccess',
  'AmazonSQSFullAccess',
  'job-function/Billing',
  'toString',
  'MyAWSBackupAccess',
  'AmazonS3FullAcces',
])('IAM attaches %s, or nothing speaks against it', (name) => {
  expect(managedPolicyFault(name)).toBeUndefined();
});

test.each<[string, string, PolicyFault]>([
  ['a misprint of the documentation', 'service-role/service-role', { kind: 'missing', meant: BACKUP }],
  [
    'the policy of a service-linked role',
    'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup',
    { kind: 'service-linked', meant: BACKUP },
  ],
  ['no path', 'AWSBackupServiceRolePolicyForBackup', { kind: 'missing', meant: BACKUP }],
  [
    'a path too much',
    'service-role/AWSBackupServiceRolePolicyForS3Backup',
    { kind: 'missing', meant: 'AWSBackupServiceRolePolicyForS3Backup' },
  ],
  [
    'another path than documented, which may be right',
    'service-role/AWSBackupServiceRolePolicyForIndexing',
    { kind: 'unknown', meant: 'AWSBackupServiceRolePolicyForIndexing' },
  ],
  [
    'a policy of another service with a path',
    'service-role/AmazonS3FullAccess',
    { kind: 'missing', meant: 'AmazonS3FullAccess' },
  ],
  ['a plural', 'service-role/AWSBackupServiceRolePolicyForBackups', { kind: 'missing', meant: BACKUP }],
  [
    'a singular',
    'service-role/AWSBackupServiceRolePolicyForRestore',
    { kind: 'missing', meant: 'service-role/AWSBackupServiceRolePolicyForRestores' },
  ],
  ['another case', 'service-role/AWSBackupServiceRolePolicyForBACKUP', { kind: 'unknown', meant: BACKUP }],
  ['one letter in another case', 'AWSBackupfullAccess', { kind: 'unknown', meant: 'AWSBackupFullAccess' }],
  ['a typo in a policy without a witness', 'AWSBackupAuditAcces', { kind: 'unknown', meant: undefined }],
  ['two typos', 'AWSBackupFulAcces', { kind: 'unknown', meant: undefined }],
  ['a policy that AWS may have added', 'AWSBackupHologramAccess', { kind: 'unknown', meant: undefined }],
  ['such a policy in lowercase', 'path/awsbackuphologram', { kind: 'unknown', meant: undefined }],
])('IAM may not attach %s', (_, name, fault) => {
  expect(managedPolicyFault(name)).toEqual(fault);
});

test('a policy of AWS Backup that allows no backup is for people, for other services, or for AWS Backup itself', () => {
  expect(POLICIES_WITHOUT_BACKUPS).toEqual([
    'AWSBackupGuardDutyRolePolicyForScans',
    'AWSBackupDataTransferAccess',
    'AWSBackupRestoreAccessForSAPHANA',
    'service-role/AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync',
    'AWSBackupAccessPointOperatorAccess',
    'AWSBackupAuditAccess',
    'AWSBackupFullAccess',
    'AWSBackupOperatorAccess',
    'AWSBackupOrganizationAdminAccess',
    'AWSBackupSearchOperatorAccess',
    'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup',
    'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackupTest',
  ]);
});

test.each([
  ['arn:aws:iam::111122223333:role/AWSBackupDefaultServiceRole', true],
  ['arn:aws:iam::111122223333:role/team/a/AWSBackupDefaultServiceRole', true],
  ['arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole', false],
  ['arn:aws:iam::111122223333:role/AWSBackupDefaultServiceRole2', false],
  ['arn:aws:iam::111122223333:role/MyAWSBackupDefaultServiceRole', false],
])('%s has another path than the default role: %s', (arn, isOther) => {
  expect(OTHER_DEFAULT_ROLE.test(arn)).toBe(isOther);
});
