import { MalwareScanner, ScanResourceType, ScanMode as SdkScanMode } from '@aws-sdk/client-backup';
import { type IPropertyInjector, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupScannerRole, ScanMode, scanSettingsProblems } from '../../src/resources/scan-settings';
import { sentence } from '../../src/values/problem';
import { ResourceType } from '../../src/values/resource-type';
import { testApp } from '../support/app';
import { nagFindings } from '../support/nag';

test('the scanner role is assumed by GuardDuty, with the policy of AWS for scans', () => {
  const stack = new Stack(testApp(), 'Stack');
  new BackupScannerRole(stack, 'Scanner');
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'malware-protection.guardduty.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    ManagedPolicyArns: [
      {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSBackupGuardDutyRolePolicyForScans'],
        ],
      },
    ],
    Description: 'Lets Amazon GuardDuty scan recovery points of AWS Backup',
  });
});

test('its managed policy is answered for to cdk-nag, with a reason', () => {
  const app = testApp();
  new BackupScannerRole(new Stack(app, 'Stack'), 'Scanner');
  expect(nagFindings(app)).toEqual([]);
});

test('an organization can find the role with a property injector', () => {
  const seen: string[] = [];
  const injector: IPropertyInjector = {
    constructUniqueId: BackupScannerRole.PROPERTY_INJECTION_ID,
    inject: (props, { id }) => {
      seen.push(id);
      return props;
    },
  };
  new BackupScannerRole(new Stack(testApp({ propertyInjectors: [injector] }), 'Stack'), 'Scanner');
  expect(seen).toEqual(['Scanner']);
});

test('the modes, the scanner and the types are those of the installed SDK', () => {
  expect(Object.values(ScanMode).sort()).toEqual(Object.values(SdkScanMode).sort());
  expect(Object.values(MalwareScanner)).toEqual(['GUARDDUTY']);
  expect(scanSettingsProblems(Object.values(ScanResourceType))).toEqual([]);
});

test('types that GuardDuty scans have no problem', () => {
  const types = [ResourceType.EBS, ResourceType.EC2, ResourceType.S3];
  expect(scanSettingsProblems(types.map(({ name }) => name))).toEqual([]);
});

test('no type at all is refused', () => {
  const [problem, ...others] = scanSettingsProblems([]);
  expect([problem.severity, sentence(problem), others]).toEqual([
    'error',
    '`scanSettings` must name at least one resource type, got none; scan EBS, EC2 or S3',
    [],
  ]);
});

test('a type that GuardDuty is not known to scan gets a warning, since AWS adds types', () => {
  const [problem, ...others] = scanSettingsProblems(['S3', 'EFS'], 'types');
  expect([problem.severity, sentence(problem), others]).toEqual([
    'warning',
    "`types` names `EFS`, which Amazon GuardDuty isn't known to scan in AWS Backup; use EBS, EC2, S3",
    [],
  ]);
});
