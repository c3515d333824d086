import { type App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { BackupGlobalSettings } from '../../../src/resources/custom/backup-global-settings';
import { BackupRegionSettings } from '../../../src/resources/custom/backup-region-settings';
import {
  BackupServiceLinkedRole,
  BackupServicePrincipal,
} from '../../../src/resources/custom/backup-service-linked-role';
import { SettingsRemoval } from '../../../src/resources/custom/settings-removal';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

const { S3, EKS, DYNAMODB, EBS, STORAGE_GATEWAY } = ResourceType;

function stack(app: App = testApp()): Stack {
  return new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
}

const SERVICE_TOKEN = { 'Fn::GetAtt': [Match.stringLikeRegexp('^CustomBackup.*Handler'), 'Arn'] };

describe('BackupRegionSettings', () => {
  test('tells its function what to set, and nothing else', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'Settings', {
      optIn: [S3, EKS, STORAGE_GATEWAY],
      optOut: [EBS],
      fullManagement: [DYNAMODB],
    });
    const template = Template.fromStack(scope);
    template.hasResource('Custom::BackupRegionSettings', {
      Properties: {
        ServiceToken: SERVICE_TOKEN,
        ServiceTimeout: '900',
        optIn: { EBS: false, EKS: true, S3: true, 'Storage Gateway': true },
        fullManagement: { DynamoDB: true },
        restores: true,
        strict: false,
      },
      DeletionPolicy: 'Delete',
    });
  });

  test('gives the function a role that may read and set settings, and keep what was before', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'Settings', { optIn: [S3] });
    const claims = 'arn:aws:ssm:eu-west-1:111122223333:parameter/cdk-backup-constructs/region-settings';
    Template.fromStack(scope).hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyName: 'Inline',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings'],
                Resource: '*',
              },
              {
                Effect: 'Allow',
                Action: ['ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'],
                Resource: [claims, `${claims}/*`],
              },
              {
                Effect: 'Allow',
                Action: ['cloudformation:DescribeStackResource'],
                Resource: { Ref: 'AWS::StackId' },
              },
            ],
          },
        },
      ],
    });
  });

  test('runs on the newest Node.js that aws-cdk-lib knows in the Region, and answers CloudFormation by itself', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'Settings', { optIn: [S3] });
    Template.fromStack(scope).hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.handler',
      Runtime: Match.stringLikeRegexp('^nodejs2[2-9]\\.x$'),
      Timeout: 300,
    });
  });

  test('two in a stack have one function and one role, whose statements are there once', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'A', { optIn: [S3] });
    new BackupRegionSettings(scope, 'B', { optIn: [S3, EKS] });
    const template = Template.fromStack(scope);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: [Match.anyValue(), Match.anyValue(), Match.anyValue()] } }],
    });
  });

  test('the order of types in code changes no template', () => {
    const [one, other] = [
      [S3, EKS],
      [EKS, S3],
    ].map((optIn) => {
      const scope = stack();
      new BackupRegionSettings(scope, 'Settings', { optIn });
      return JSON.stringify(Template.fromStack(scope).toJSON());
    });
    expect(one).toBe(other);
  });

  test('keeps what it set on removal, or fails where the Region lacks a setting, where that is said', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'Settings', {
      optIn: [S3],
      onRemoval: SettingsRemoval.KEEP,
      failWhereUnsupported: true,
      trigger: 'release 7',
    });
    Template.fromStack(scope).hasResourceProperties('Custom::BackupRegionSettings', {
      restores: false,
      strict: true,
      trigger: 'release 7',
    });
  });

  test('tells at deployment what it changed, what had drifted and what it skipped', () => {
    const scope = stack();
    const settings = new BackupRegionSettings(scope, 'Settings', { optIn: [S3] });
    const logicalId = scope.getLogicalId(settings.node.findChild('Resource').node.defaultChild as never);
    expect(scope.resolve([settings.changed, settings.drifted, settings.skipped])).toEqual(
      ['Changed', 'Drifted', 'Skipped'].map((attribute) => ({ 'Fn::GetAtt': [logicalId, attribute] })),
    );
  });

  test('warns of full management of what AWS Backup manages in no Region in full', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'Settings', { fullManagement: [EBS] });
    expect(warningsOf(scope)).toEqual([
      'Backup-FullManagement: `fullManagement` names EBS, which AWS Backup manages in no Region in full; omit it',
    ]);
  });

  const NONE =
    'one of `optIn`, `optOut`, `fullManagement`, `noFullManagement` must name a type, got none; for example, set `optIn: [ResourceType.S3]` (in `Stack/Settings`)';
  test.each([
    [{}, NONE],
    [undefined, NONE],
    [{ optIn: [] }, NONE],
    [null, '`props` must be an object with properties, got null (in `Stack/Settings`)'],
    [
      { optIn: ['S3'] },
      '`optIn[0]` must be a `ResourceType`, got `S3`; for example, use `ResourceType.S3` (in `Stack/Settings`)',
    ],
    [
      { optIn: [S3], onRemoval: 'DELETE' },
      '`onRemoval` must be `SettingsRemoval.RESTORE` or `SettingsRemoval.KEEP`, got `DELETE` (in `Stack/Settings`)',
    ],
    [
      { optIn: [S3], optOut: [EBS, S3] },
      '`optIn` and `optOut` must not name the same type, got `S3` in both; omit it from one (in `Stack/Settings`)',
    ],
    [
      { optIn: [S3], failWhereUnsupported: 'no' },
      '`failWhereUnsupported` must be true or false, got `no` (in `Stack/Settings`)',
    ],
  ])('refuses %j', (props, message) => {
    expect(refusal(() => new BackupRegionSettings(stack(), 'Settings', props as never))).toBe(message);
  });

  test('refuses what contradicts another of the account and Region', () => {
    const scope = stack();
    new BackupRegionSettings(scope, 'A', { optIn: [S3] });
    expect(refusal(() => new BackupRegionSettings(scope, 'B', { optOut: [S3] }))).toBe(
      '`optIn.S3` must be the same for all of an account and Region, got on in `Stack/A`; set it in one place (in `Stack/B`)',
    );
  });
});

describe('BackupGlobalSettings', () => {
  test('tells its function the flags that are said, and no others', () => {
    const scope = stack();
    new BackupGlobalSettings(scope, 'Settings', { crossAccountBackup: true, multiPartyApproval: false });
    Template.fromStack(scope).hasResourceProperties('Custom::BackupGlobalSettings', {
      flags: { isCrossAccountBackupEnabled: true, isMpaEnabled: false },
      restores: false,
    });
  });

  test.each([
    [
      {},
      'one of `crossAccountBackup`, `multiPartyApproval`, `delegatedAdministrator` must be set, got none; for example, set `crossAccountBackup: true` (in `Stack/Settings`)',
    ],
    [
      { crossAccountBackup: 'true' },
      '`crossAccountBackup` must be true or false, got `true` (in `Stack/Settings`)',
    ],
  ])('refuses %j', (props, message) => {
    expect(refusal(() => new BackupGlobalSettings(stack(), 'Settings', props as never))).toBe(message);
  });

  test('tells at deployment what it changed and what had drifted', () => {
    const scope = stack();
    const settings = new BackupGlobalSettings(scope, 'Settings', { delegatedAdministrator: true });
    expect(scope.resolve([settings.changed, settings.drifted])).toEqual([
      { 'Fn::GetAtt': [expect.anything(), 'Changed'] },
      { 'Fn::GetAtt': [expect.anything(), 'Drifted'] },
    ]);
  });
});

describe('BackupServiceLinkedRole', () => {
  test.each([
    [undefined, 'backup.amazonaws.com', 'AWSServiceRoleForBackup'],
    [BackupServicePrincipal.REPORTS, 'reports.backup.amazonaws.com', 'AWSServiceRoleForBackupReports'],
    [
      BackupServicePrincipal.RESTORE_TESTING,
      'restore-testing.backup.amazonaws.com',
      'AWSServiceRoleForBackupRestoreTesting',
    ],
  ])('of %s may be made by its function, and no other role', (service, serviceName, roleName) => {
    const scope = stack();
    const role = new BackupServiceLinkedRole(scope, 'Role', { service });
    expect(role.roleName).toBe(roleName);
    expect(scope.resolve(role.roleArn)).toEqual({ 'Fn::GetAtt': [expect.anything(), 'Arn'] });
    const template = Template.fromStack(scope);
    template.hasResourceProperties('Custom::BackupServiceLinkedRole', { serviceName, roleName });
    const Resource = `arn:aws:iam::111122223333:role/aws-service-role/${serviceName}/${roleName}`;
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: ['iam:GetRole'], Resource },
          {
            Effect: 'Allow',
            Action: ['iam:CreateServiceLinkedRole'],
            Resource,
            Condition: { StringEquals: { 'iam:AWSServiceName': serviceName } },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['cloudformation:DescribeStackResource'],
                Resource: { Ref: 'AWS::StackId' },
              },
            ],
          },
        },
      ],
    });
  });

  test('refuses a service that is none of AWS Backup', () => {
    expect(
      refusal(() => new BackupServiceLinkedRole(stack(), 'Role', { service: 'rds.amazonaws.com' as never })),
    ).toBe('`service` must be one of `BackupServicePrincipal`, got `rds.amazonaws.com` (in `Stack/Role`)');
  });
});

test('each type of custom resource has a role of its own, which goes only after its resources', () => {
  const scope = stack();
  new BackupRegionSettings(scope, 'Region', { optIn: [S3] });
  new BackupGlobalSettings(scope, 'Global', { crossAccountBackup: true });
  new BackupServiceLinkedRole(scope, 'Role');
  const template = Template.fromStack(scope);
  template.resourceCountIs('AWS::IAM::Role', 3);
  template.resourceCountIs('AWS::Lambda::Function', 3);
});

test('AwsSolutions, HIPAA, NIST and PCI mind nothing', () => {
  const app = testApp();
  const scope = stack(app);
  new BackupRegionSettings(scope, 'Region', { optIn: [S3] });
  new BackupGlobalSettings(scope, 'Global', { crossAccountBackup: true });
  new BackupServiceLinkedRole(scope, 'Role');
  expect(nagFindings(app)).toEqual([]);
});
