import { resource, tags } from '../../support/backups';
import { changesBetween, type Json } from '../support/app-changes';

describe('a key', () => {
  const key = (properties: Json = {}, rest: Json = {}) => ({
    Key: resource('KMS::Key', { KeyPolicy: {}, ...properties }, rest),
  });

  test.each([['Retain'], ['RetainExceptOnCreate']])('that is removed stays with the policy %s', (policy) => {
    expect(changesBetween(key({}, { DeletionPolicy: policy }), {})).toEqual([
      'key weaker: key `App/Key` is removed from the template, and stays (present -> null)',
    ]);
  });

  test('that is removed without such a policy takes its recovery points with it, and a new one changes nothing', () => {
    expect(changesBetween(key({}, { DeletionPolicy: 'Delete' }), {})).toEqual([
      'key weaker: key `App/Key` is removed: what it encrypts becomes unreadable (present -> null)',
    ]);
    expect(changesBetween({}, key())).toEqual([]);
  });

  test('is retained on deletion with either policy', () => {
    const [always, later] = ['Retain', 'RetainExceptOnCreate'].map((policy) =>
      key({}, { DeletionPolicy: policy }),
    );
    expect(changesBetween(always, later)).toEqual([]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    ['says that it is enabled', undefined, true, []],
    ['is enabled by a parameter', true, { Ref: 'AWS::NotificationARNs' }, []],
    [
      'is disabled',
      undefined,
      false,
      ['key weaker: key `App/Key` is disabled: what it encrypts is unreadable (enabled -> disabled)'],
    ],
    ['is enabled', false, undefined, ['key stronger: key `App/Key` is enabled (disabled -> enabled)']],
    ['stays disabled', false, 'false', []],
  ])(
    'that %s is reported if what it encrypts becomes readable or unreadable',
    (_, before, after, expected) => {
      expect(changesBetween(key({ Enabled: before }), key({ Enabled: after }))).toEqual(expected);
    },
  );
});

describe('what matters as a whole', () => {
  const policy = (Type: string, Content: Json) =>
    resource('Organizations::Policy', { Name: 'p', Type, TargetIds: ['ou-ab12-34567890'], Content });
  const custom = (type: string, Properties: Json) => ({ Type: `Custom::${type}`, Properties });
  const statement = { Effect: 'Deny', Action: 'backup:Delete*', Resource: '*' };
  /** Two versions, how they are called, and the directions of the first that is removed and of one that is new. */
  const FAMILIES: [what: string, kind: string, one: Json, other: Json, gone: string, isNew: string][] = [
    [
      'restore testing plan',
      'restore-test',
      resource('Backup::RestoreTestingPlan', {
        RestoreTestingPlanName: 'a',
        ScheduleExpression: 'cron(0 5 ? * SUN *)',
      }),
      resource('Backup::RestoreTestingPlan', {
        RestoreTestingPlanName: 'a',
        ScheduleExpression: 'cron(0 5 ? * MON *)',
      }),
      'weaker',
      'stronger',
    ],
    [
      'restore testing selection',
      'restore-test',
      resource('Backup::RestoreTestingSelection', {
        RestoreTestingPlanName: 'a',
        ProtectedResourceType: 'S3',
      }),
      resource('Backup::RestoreTestingSelection', {
        RestoreTestingPlanName: 'a',
        ProtectedResourceType: 'EBS',
      }),
      'weaker',
      'stronger',
    ],
    [
      'framework',
      'monitoring',
      resource('Backup::Framework', { FrameworkControls: [{ ControlName: 'A' }] }),
      resource('Backup::Framework', { FrameworkControls: [{ ControlName: 'B' }] }),
      'weaker',
      'stronger',
    ],
    [
      'report plan',
      'monitoring',
      resource('Backup::ReportPlan', { ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' } }),
      resource('Backup::ReportPlan', { ReportSetting: { ReportTemplate: 'COPY_JOB_REPORT' } }),
      'weaker',
      'stronger',
    ],
    [
      'legal hold',
      'retention',
      resource('Backup::LegalHold', { Title: 'a', RecoveryPointSelection: { VaultNames: ['a'] } }),
      resource('Backup::LegalHold', { Title: 'a', RecoveryPointSelection: { VaultNames: ['b'] } }),
      'weaker',
      'stronger',
    ],
    [
      'tiering configuration',
      'cold-storage',
      resource('Backup::TieringConfiguration', { BackupVaultName: 'a' }),
      resource('Backup::TieringConfiguration', { BackupVaultName: 'b' }),
      'neutral',
      'neutral',
    ],
    [
      'backup policy',
      'organization',
      policy('BACKUP_POLICY', { plans: {} }),
      policy('BACKUP_POLICY', { plans: { a: {} } }),
      'weaker',
      'stronger',
    ],
    [
      'service control policy',
      'organization',
      policy('SERVICE_CONTROL_POLICY', { Statement: [statement] }),
      policy('SERVICE_CONTROL_POLICY', { Statement: [{ ...statement, Action: 'backup:*' }] }),
      'weaker',
      'stronger',
    ],
    [
      'Region settings',
      'settings',
      custom('BackupRegionSettings', { optIn: { S3: true, EFS: true } }),
      custom('BackupRegionSettings', { optIn: { S3: true, EFS: false } }),
      'weaker',
      'stronger',
    ],
    [
      'organization settings',
      'settings',
      custom('BackupOrganizationSettings', { policyTypes: { BACKUP_POLICY: true } }),
      custom('BackupOrganizationSettings', { policyTypes: { TAG_POLICY: true } }),
      'weaker',
      'stronger',
    ],
    [
      'global settings',
      'settings',
      custom('BackupGlobalSettings', { flags: { isMpaEnabled: true } }),
      custom('BackupGlobalSettings', { flags: { isMpaEnabled: false } }),
      'weaker',
      'stronger',
    ],
    [
      'deletion of vault contents with the stack',
      'vault',
      custom('BackupVaultContents', { vaultName: 'a' }),
      custom('BackupVaultContents', { vaultName: 'b' }),
      'stronger',
      'weaker',
    ],
  ];

  test.each(FAMILIES)(
    'is reported as removed, new, or changed: %s, as %s',
    (what, kind, one, other, gone, isNew) => {
      const name = `${what} \`App/One\``;
      expect(changesBetween({ One: one }, {})).toEqual([
        `${kind} ${gone}: ${name} is removed (present -> null)`,
      ]);
      expect(changesBetween({}, { One: one })).toEqual([
        `${kind} ${isNew}: ${name} is new (null -> present)`,
      ]);
      expect(changesBetween({ One: one }, { One: other })).toEqual([
        `${kind} neutral: ${name} changes (as before -> changed)`,
      ]);
    },
  );

  const hold = (ToDate: string) =>
    resource('Backup::LegalHold', {
      Title: 'a',
      RecoveryPointSelection: { VaultNames: ['a'], DateRange: { FromDate: '2027-01-01', ToDate } },
    });
  const framework = (value: string) =>
    resource('Backup::Framework', {
      FrameworkControls: [{ ControlName: 'A', ControlScope: { Tags: tags({ stage: value }) } }],
    });
  test.each<[string, string, Json, Json]>([
    ['the end of', 'retention neutral: legal hold', hold('2028-01-01'), hold('2029-01-01')],
    [
      'the tags that a control looks for in',
      'monitoring neutral: framework',
      framework('prod'),
      framework('dev'),
    ],
  ])('changes with %s a %s', (_, what, one, other) => {
    expect(changesBetween({ One: one }, { One: other })).toEqual([
      `${what} \`App/One\` changes (as before -> changed)`,
    ]);
  });

  test('is reported of state machines by their copies alone', () => {
    const machine = (days: number, comment: string) =>
      resource('StepFunctions::StateMachine', {
        DefinitionString: JSON.stringify({
          Comment: comment,
          StartAt: 'Copy',
          States: {
            Copy: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
              Parameters: {
                SourceBackupVaultName: 'other',
                DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:last',
                Lifecycle: { DeleteAfterDays: days },
              },
              End: true,
            },
          },
        }),
      });
    const name = 'state machine that copies `App/One`';
    expect(changesBetween({ One: machine(7, 'a') }, { One: machine(35, 'a') })).toEqual([
      `copy neutral: ${name} changes (as before -> changed)`,
    ]);
    expect(changesBetween({ One: machine(7, 'a') }, { One: machine(7, 'b') })).toEqual([]);
    expect(changesBetween({ One: machine(7, 'a') }, {})).toEqual([
      `copy weaker: ${name} is removed (present -> null)`,
    ]);
    expect(changesBetween({}, { One: machine(7, 'a') })).toEqual([
      `copy stronger: ${name} is new (null -> present)`,
    ]);
  });

  test('is reported of shares of a logically air-gapped vault, which neither weaken nor strengthen', () => {
    const Gap = resource('Backup::LogicallyAirGappedBackupVault', {
      BackupVaultName: 'gap',
      MinRetentionDays: 7,
      MaxRetentionDays: 90,
    });
    const share = (principal: string) => ({
      Gap,
      One: resource('RAM::ResourceShare', {
        ResourceArns: [{ 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] }],
        Principals: [principal],
      }),
    });
    const name = 'share of a logically air-gapped vault `App/One`';
    expect(changesBetween(share('111111111111'), { Gap })).toEqual([
      `access neutral: ${name} is removed (present -> null)`,
    ]);
    expect(changesBetween({ Gap }, share('111111111111'))).toEqual([
      `access neutral: ${name} is new (null -> present)`,
    ]);
    expect(changesBetween(share('111111111111'), share('222222222222'))).toEqual([
      `access neutral: ${name} changes (as before -> changed)`,
    ]);
  });
});
