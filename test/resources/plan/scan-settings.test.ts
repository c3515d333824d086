import { MalwareScanner, ScanMode as SdkScanMode } from '@aws-sdk/client-backup';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createScannerRole, ScanMode } from '../../../src/resources/plan/scan-settings';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';

test("the scanner role is assumed by GuardDuty and has AWS's managed policy for scans", () => {
  const stack = new Stack(testApp(), 'Stack');
  createScannerRole(stack, 'Scanner');
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

test('cdk-nag reports nothing about its managed policy', () => {
  const app = testApp();
  createScannerRole(new Stack(app, 'Stack'), 'Scanner');
  expect(nagFindings(app)).toEqual([]);
});

test('the modes and the scanner match the installed SDK', () => {
  expect(Object.values(ScanMode).sort()).toEqual(Object.values(SdkScanMode).sort());
  expect(Object.values(MalwareScanner)).toEqual(['GUARDDUTY']);
});
