import { copyStateMachineChecks } from '../../../src/checks/copy/copy-state-machines';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const trust = (Service: unknown) => ({
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const allow = (...Action: string[]) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const BASE = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';

const role = (properties: object) => ({ Type: 'AWS::IAM::Role', Properties: properties });
const inline = (document: object) => ({ Policies: [{ PolicyName: 'p', PolicyDocument: document }] });

const MACHINE_ROLE = {
  RoleName: 'machine',
  AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  ...inline(allow('backup:StartCopyJob', 'iam:PassRole')),
};
const COPY_ROLE = {
  RoleName: 'copier',
  AssumeRolePolicyDocument: trust('backup.amazonaws.com'),
  ManagedPolicyArns: [BASE],
};

function found(machineRole: object, copyRole: object, sections: object = {}): string[] {
  const Definition = {
    StartAt: 'Copy',
    States: {
      Copy: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
        Parameters: { IamRoleArn: { 'Fn::GetAtt': ['CopyRole', 'Arn'] } },
        End: true,
      },
    },
  };
  const Properties = { RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] }, Definition };
  return findings(
    copyStateMachineChecks,
    {
      Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties },
      MachineRole: role(machineRole),
      CopyRole: role(copyRole),
    },
    undefined,
    sections,
  );
}

test('a state machine that may start copy jobs, with a role that may copy, is fine', () => {
  expect(found(MACHINE_ROLE, COPY_ROLE)).toEqual([]);
});

test.each([[['backup:*', 'iam:*']], [['*']]])('%j allow it too', (actions) => {
  expect(found({ ...MACHINE_ROLE, ...inline(allow(...actions)) }, COPY_ROLE)).toEqual([]);
});

test('a role of a state machine that lacks permissions or trust is an error', () => {
  expect(
    found(
      {
        ...MACHINE_ROLE,
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        ...inline(allow('s3:GetObject')),
      },
      COPY_ROLE,
    ),
  ).toEqual([
    'error Backup-CopyStateMachineRole at Resources/MachineRole: the role `machine` of state machine `Machine` is not allowed to perform `backup:StartCopyJob`; allow `backup:StartCopyJob`',
    'error Backup-CopyStateMachineRole at Resources/MachineRole: the role `machine` of state machine `Machine` is not allowed to perform `iam:PassRole`; allow `iam:PassRole`',
    'error Backup-CopyStateMachineRole at Resources/MachineRole/Properties/AssumeRolePolicyDocument: the role `machine` of state machine `Machine` must trust `states.amazonaws.com`, but its trust policy does not let it assume the role; allow `states.amazonaws.com` to assume the role with `sts:AssumeRole`',
  ]);
});

test('a role that copies and can not is an error', () => {
  const copier = { RoleName: 'copier', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') };
  expect(found(MACHINE_ROLE, copier)).toEqual([
    'error Backup-CopyRole at Resources/CopyRole: the role `copier` of the copy of state machine `Machine` lacks `service-role/AWSBackupServiceRolePolicyForBackup`, which allows copying; attach `arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`, or use a `BackupRole`',
    'error Backup-CopyRole at Resources/CopyRole/Properties/AssumeRolePolicyDocument: the role `copier` of the copy of state machine `Machine` must trust `backup.amazonaws.com`, but its trust policy does not let it assume the role; allow `backup.amazonaws.com` to assume the role with `sts:AssumeRole`',
  ]);
});

test('what is not known is no error', () => {
  const open = {
    ...MACHINE_ROLE,
    Policies: undefined,
    ManagedPolicyArns: [UNKNOWN],
    AssumeRolePolicyDocument: trust(UNKNOWN),
  };
  const copier = { ...COPY_ROLE, ManagedPolicyArns: [UNKNOWN] };
  expect(found(open, copier, PARAMETERS)).toEqual([]);
  const byAws = {
    ...MACHINE_ROLE,
    Policies: undefined,
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSBackupFullAccess'],
  };
  expect(
    found(byAws, { ...COPY_ROLE, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSBackupFullAccess'] }),
  ).toEqual([]);
});
