import { MalwareScanner, ScanMode as SdkScanMode } from '@aws-sdk/client-backup';
import { type IPropertyInjector, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupScannerRole, ScanMode } from '../../../src/resources/plan/scan-settings';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';

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

test('the modes and the scanner are those of the installed SDK', () => {
  expect(Object.values(ScanMode).sort()).toEqual(Object.values(SdkScanMode).sort());
  expect(Object.values(MalwareScanner)).toEqual(['GUARDDUTY']);
});
