import { ScanResourceType } from '@aws-sdk/client-backup';
import { CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BackupPlan, type BackupPlanProps } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { scanSettingsProblems } from '../../../src/resources/plan/scan-laws';
import { ScanMode, type ScanSettings } from '../../../src/resources/plan/scan-settings';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { sentence } from '../../../src/values/core/problem';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { refusal } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const SCANNING = BackupRule.daily({ retention: Retention.days(35), scan: ScanMode.FULL });
const { EBS, EC2, S3, EFS } = ResourceType;

function plan(props: BackupPlanProps, stack = testStack()): BackupPlan {
  return new BackupPlan(stack, 'Plan', {
    vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
    ...props,
  });
}

const told = (...resourceTypes: ResourceType[]) =>
  scanSettingsProblems({ resourceTypes }).map((problem) => `${problem.severity} ${sentence(problem)}`);

describe('the types to scan', () => {
  test('match the installed SDK', () => {
    expect(told(EBS, EC2, S3)).toEqual([]);
    expect(Object.values(ScanResourceType).sort()).toEqual(['EBS', 'EC2', 'S3']);
  });

  test('must be at least one type', () => {
    expect(told()).toEqual([
      'error `scanSettings.resourceTypes` must name at least one resource type, got none; use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`',
    ]);
  });

  test('must be unique', () => {
    expect(told(S3, EBS, S3, S3)).toEqual([
      'error `scanSettings.resourceTypes` must name each type once, got `S3` more than once; remove the duplicates',
    ]);
  });

  test('can be another type, with a warning, since AWS adds types', () => {
    expect(told(S3, EFS)).toEqual([
      "warning `scanSettings.resourceTypes` names `EFS`, which Amazon GuardDuty isn't known to scan in AWS Backup; use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`",
    ]);
    expect(told(ResourceType.EFS.withCapabilities({ malwareScan: true }))).toEqual([]);
  });
});

describe('a plan that scans', () => {
  test('has settings, with a new role that GuardDuty assumes', () => {
    const stack = testStack();
    const scanning = plan({ rules: [SCANNING], scanSettings: { resourceTypes: [S3, EBS] } }, stack);
    expect(rendered(scanning).BackupPlan.ScanSettings).toEqual([
      {
        MalwareScanner: 'GUARDDUTY',
        ResourceTypes: ['S3', 'EBS'],
        ScannerRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^PlanAwsBackupScannerRole/), 'Arn'] },
      },
    ]);
    expect(rendered(scanning).BackupPlan.BackupPlanRule[0].ScanActions).toEqual([
      { MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' },
    ]);
    synthesize(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Principal: { Service: 'malware-protection.guardduty.amazonaws.com' } }],
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('can use your own role: an L2, an L1, or an imported one', () => {
    const stack = testStack();
    const roles = [
      new Role(stack, 'L2', {
        assumedBy: new ServicePrincipal('malware-protection.guardduty.amazonaws.com'),
      }),
      new CfnRole(stack, 'L1', { assumeRolePolicyDocument: {} }),
      Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/Scanner'),
    ];
    const arns = roles.map((scannerRole, index) => {
      const each = new BackupPlan(stack, `Plan${index}`, {
        vault: BackupVault.fromBackupVaultName(stack, `Vault${index}`, 'vault'),
        rules: [SCANNING],
        scanSettings: { resourceTypes: [S3], scannerRole },
      });
      return rendered(each).BackupPlan.ScanSettings[0].ScannerRoleArn;
    });
    expect(arns).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^L2/), 'Arn'] },
      { 'Fn::GetAtt': ['L1', 'Arn'] },
      'arn:aws:iam::111122223333:role/Scanner',
    ]);
  });

  test('is refused at synthesis without scan settings', () => {
    const stack = testStack();
    plan({ rules: [SCANNING] }, stack);
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan] `scanSettings` must list what the rule `daily` scans, got none; for example, add `scanSettings: { resourceTypes: [ResourceType.S3] }`',
    );
  });

  test('gets a warning if no rule scans', () => {
    const stack = testStack();
    plan(
      { rules: [BackupRule.daily({ retention: Retention.days(35) })], scanSettings: { resourceTypes: [S3] } },
      stack,
    );
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([
      'Backup-ScanSettingsUnused: `scanSettings` has no effect, since no rule of the plan scans; set `scan: ScanMode.FULL` on a rule, or omit it',
    ]);
  });

  test.each<[unknown, string]>([
    [null, '`scanSettings` must be an object such as `{ resourceTypes: [ResourceType.S3] }`, got null'],
    ['S3', '`scanSettings` must be an object such as `{ resourceTypes: [ResourceType.S3] }`, got `S3`'],
    [
      {},
      '`scanSettings.resourceTypes` must be a list of types, got nothing; use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`',
    ],
    [
      { resourceTypes: S3 },
      '`scanSettings.resourceTypes` must be a list, each element a `ResourceType`, got an instance of `ResourceType`; use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`',
    ],
    [
      { resourceTypes: ['S3'] },
      '`scanSettings.resourceTypes[0]` must be a `ResourceType`, got `S3`; use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`',
    ],
    [
      { resourceTypes: [S3], scannerRole: 'Scanner' },
      '`scanSettings.scannerRole` must be a role, got `Scanner`; omit it to have a role created',
    ],
    [
      { resourceTypes: [] },
      '`scanSettings.resourceTypes` must name at least one resource type, got none; use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`',
    ],
  ])('is refused with invalid settings: %j', (scanSettings, message) => {
    expect(refusal(() => plan({ rules: [SCANNING], scanSettings: scanSettings as ScanSettings }))).toBe(
      `${message} (in \`Stack/Plan\`)`,
    );
  });
});
