import { linkedPlan, linkedRole, linkedVault } from '../../../src/inventory/lookups';
import { inventory, inventoryOfResources, shown } from '../../support/templates';

const RULE = {
  RuleName: 'daily',
  TargetBackupVault: { Ref: 'Vault' },
  TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['AirGapped', 'BackupVaultArn'] },
  ScheduleExpression: 'cron(0 5 ? * * *)',
  ScheduleExpressionTimezone: 'Asia/Seoul',
  StartWindowMinutes: 60,
  CompletionWindowMinutes: '120',
  EnableContinuousBackup: 'true',
  Lifecycle: {
    DeleteAfterDays: { Ref: 'Days' },
    MoveToColdStorageAfterDays: 8,
    OptInToArchiveForSupportedResources: true,
    DeleteAfterEvent: 'DELETE_AFTER_COPY',
  },
  CopyActions: [
    {
      DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] },
      Lifecycle: { DeleteAfterDays: -1 },
    },
    { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central' },
  ],
  RecoveryPointTags: { team: 'data' },
  IndexActions: [{ ResourceTypes: ['EBS'] }],
  ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }],
};

const TEMPLATE = {
  Parameters: { Days: { Type: 'Number', Default: 120 }, Open: { Type: 'String' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
  Resources: {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold' } },
    AirGapped: {
      Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
      Properties: { BackupVaultName: 'airgap' },
    },
    Role: { Type: 'AWS::IAM::Role' },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: { 'Fn::Sub': `\${AWS::StackName}-plan` },
          BackupPlanRule: [
            RULE,
            { 'Fn::If': ['Open', { RuleName: 'maybe' }, { Ref: 'AWS::NoValue' }] },
            { 'Fn::If': ['Open', RULE, RULE] },
          ],
          AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
          ScanSettings: [
            {
              MalwareScanner: 'GUARDDUTY',
              ResourceTypes: ['EBS', 'S3'],
              ScannerRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            },
          ],
        },
        BackupPlanTags: { a: 'b' },
      },
    },
    Empty: { Type: 'AWS::Backup::BackupPlan' },
    Open: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { 'Fn::Transform': {} } } },
  },
};

describe('plans', () => {
  const all = inventory(TEMPLATE);
  const [plan, empty, open] = all.plans;
  const [rule] = plan.rules.items;

  test('a plan has its name, tags, options and scans', () => {
    expect(plan).toMatchObject({
      name: 'App-plan',
      tags: { items: [{ key: 'a', value: 'b' }] },
      advancedSettings: {
        items: [{ resourceType: 'EC2', options: { items: [{ key: 'WindowsVSS', value: 'enabled' }] } }],
      },
      scans: { items: [{ scanner: 'GUARDDUTY', resourceTypes: { items: ['EBS', 'S3'] } }] },
    });
    expect(linkedRole(all, plan.scans.items[0].role)).toBe(all.roles[0]);
  });

  test('a rule has its schedule, windows, lifecycle and actions', () => {
    expect(rule).toMatchObject({
      index: 0,
      pathInTemplate: 'Resources/Plan/Properties/BackupPlan/BackupPlanRule/0',
      name: 'daily',
      schedule: 'cron(0 5 ? * * *)',
      timeZone: 'Asia/Seoul',
      startWindowMinutes: 60,
      completionWindowMinutes: 120,
      continuous: true,
      lifecycle: {
        deleteAfterDays: 120,
        moveToColdStorageAfterDays: 8,
        optInToArchive: true,
        otherKeys: ['DeleteAfterEvent'],
      },
      recoveryPointTags: { items: [{ key: 'team', value: 'data' }] },
      indexActions: { items: [{ items: ['EBS'] }] },
      scanActions: { items: [{ scanner: 'GUARDDUTY', mode: 'FULL_SCAN' }] },
    });
    expect(linkedVault(all, rule.vault)?.name).toBe('gold');
    expect(linkedVault(all, rule.airGappedVault)?.name).toBe('airgap');
  });

  test('a copy has its vault and its own lifecycle', () => {
    const [same, central] = rule.copies.items;
    expect(same).toMatchObject({
      pathInTemplate: 'Resources/Plan/Properties/BackupPlan/BackupPlanRule/0/CopyActions/0',
      vault: { to: 'App#Vault' },
      lifecycle: { deleteAfterDays: -1 },
    });
    expect(central.vault).toEqual({ text: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central' });
    expect(central.lifecycle).toBeUndefined();
  });

  test('rules that hang on a condition that is not known leave the list incomplete', () => {
    expect(plan.rules.items).toHaveLength(1);
    expect(plan.rules.rest?.kind).toBe('condition');
  });

  test('a plan of which nothing is set, or known, has no rules', () => {
    expect(empty.rules).toEqual({ items: [] });
    expect(open.rules.items).toEqual([]);
    expect(shown(open.rules.rest)).toBe('function: `Fn::Transform` is not evaluated');
    expect(shown(open.name)).toBe('function: `Fn::Transform` is not evaluated');
  });

  test('a lifecycle that is not known has nothing known in it', () => {
    const Lifecycle = { 'Fn::If': ['Open', { DeleteAfterDays: 1 }, { DeleteAfterDays: 2 }] };
    const { plans } = inventory({
      ...TEMPLATE,
      Resources: {
        Plan: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: { Lifecycle } } },
        },
      },
    });
    const { lifecycle } = plans[0].rules.items[0];
    expect(shown(lifecycle?.deleteAfterDays)).toBe(
      'condition: it depends on the condition `Open`: the parameter `Open` has no default',
    );
    expect(lifecycle?.otherKeys).toEqual([]);
  });

  test('a list longer than any that AWS accepts is cut', () => {
    const { plans } = inventoryOfResources({
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanRule: Array.from({ length: 2_001 }, () => ({})) } },
      },
    });
    expect(plans[0].rules.items).toHaveLength(2_000);
    expect(plans[0].rules.rest?.kind).toBe('limit');
  });
});

describe('selections', () => {
  const all = inventory({
    Parameters: {
      Value: { Type: 'String' },
      Arns: { Type: 'CommaDelimitedList', Default: 'arn:aws:s3:::a,arn:aws:s3:::b*' },
    },
    Resources: {
      Plan: { Type: 'AWS::Backup::BackupPlan' },
      Role: { Type: 'AWS::IAM::Role' },
      Table: { Type: 'AWS::DynamoDB::Table' },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        DependsOn: ['Role', 3],
        Properties: {
          BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] },
          BackupSelection: {
            SelectionName: 's',
            IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Resources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:s3:::*'],
            NotResources: { Ref: 'Arns' },
            ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
            Conditions: {
              StringNotLike: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'dev*' }],
              StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: { Ref: 'Value' } }],
              Unheard: [{}],
            },
          },
        },
      },
      Imported: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: 'plan-id' } },
      Open: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: { BackupSelection: { Conditions: { 'Fn::Transform': {} } } },
      },
    },
  });
  const [selection, imported, open] = all.selections;

  test('a selection has its plan, role and place', () => {
    expect(linkedPlan(all, selection.plan)).toBe(all.plans[0]);
    expect(linkedRole(all, selection.role)).toBe(all.roles[0]);
    expect(selection).toMatchObject({
      name: 's',
      dependsOn: ['Role'],
      pathInTemplate: 'Resources/Selection/Properties/BackupSelection',
    });
  });

  test('a reference to a resource is the ARN of that resource', () => {
    expect(selection.resources.items.map(shown)).toEqual([
      `arn:aws:dynamodb:us-east-1:111111111111:table/\${Table}`,
      'arn:aws:s3:::*',
    ]);
    expect(selection.resources.items[0]).toEqual(all.resources[0].arn);
    expect(selection.notResources).toEqual({ items: ['arn:aws:s3:::a', 'arn:aws:s3:::b*'] });
  });

  test('tags of which one is enough, and conditions that must all hold', () => {
    expect(selection.listOfTags.items).toEqual([
      {
        pathInTemplate: 'Resources/Selection/Properties/BackupSelection/ListOfTags/0',
        type: 'STRINGEQUALS',
        key: 'backup',
        value: 'gold',
      },
    ]);
    expect(
      selection.conditions.items.map(({ operator, key, value }) => [operator, key, shown(value)]),
    ).toEqual([
      ['StringEquals', 'aws:ResourceTag/backup', `\${Value}`],
      ['StringNotLike', 'aws:ResourceTag/stage', 'dev*'],
    ]);
    expect(selection.conditions.rest).toBeUndefined();
  });

  test('a selection of a plan elsewhere, and one of which little is known', () => {
    expect(imported).toMatchObject({
      plan: { text: 'plan-id' },
      resources: { items: [] },
      conditions: { items: [] },
    });
    expect(linkedPlan(all, imported.plan)).toBeUndefined();
    expect(shown(open.conditions.rest)).toBe('function: `Fn::Transform` is not evaluated');
  });
});

describe('audits, restore tests, tiers, holds and policies of the organization', () => {
  const all = inventory({
    Parameters: { Kind: { Type: 'String' } },
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold' } },
      Role: { Type: 'AWS::IAM::Role' },
      Bucket: { Type: 'AWS::S3::Bucket' },
      Framework: {
        Type: 'AWS::Backup::Framework',
        Properties: {
          FrameworkName: 'f',
          FrameworkDescription: 'd',
          FrameworkControls: [
            {
              ControlName: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
              ControlInputParameters: [{ ParameterName: 'recoveryPointAgeValue', ParameterValue: 1 }],
              ControlScope: {
                ComplianceResourceIds: ['x'],
                ComplianceResourceTypes: ['EFS'],
                Tags: [{ Key: 'a', Value: 'b' }],
              },
            },
            { ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
          ],
          FrameworkTags: [{ Key: 'a', Value: 'b' }],
        },
      },
      Report: {
        Type: 'AWS::Backup::ReportPlan',
        Properties: {
          ReportPlanName: 'r',
          ReportPlanDescription: 'd',
          ReportSetting: {
            ReportTemplate: 'CONTROL_COMPLIANCE_REPORT',
            FrameworkArns: [{ Ref: 'Framework' }],
            Accounts: ['ROOT'],
            OrganizationUnits: ['ou-1'],
            Regions: ['*'],
          },
          ReportDeliveryChannel: { S3BucketName: { Ref: 'Bucket' }, S3KeyPrefix: 'p', Formats: ['CSV'] },
          ReportPlanTags: [{ Key: 'a', Value: 'b' }],
        },
      },
      NoReport: { Type: 'AWS::Backup::ReportPlan' },
      Recorder: {
        Type: 'AWS::Config::ConfigurationRecorder',
        Properties: { RecordingGroup: { AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] } },
      },
      NoGroup: { Type: 'AWS::Config::ConfigurationRecorder' },
      Testing: {
        Type: 'AWS::Backup::RestoreTestingPlan',
        Properties: {
          RestoreTestingPlanName: 't',
          ScheduleExpression: 'cron(0 5 ? * * *)',
          ScheduleExpressionTimezone: 'Etc/UTC',
          StartWindowHours: 24,
          RecoveryPointSelection: {
            Algorithm: 'LATEST_WITHIN_WINDOW',
            SelectionWindowDays: 30,
            RecoveryPointTypes: ['SNAPSHOT'],
            IncludeVaults: ['*', { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }],
            ExcludeVaults: ['arn:aws:backup:*:*:backup-vault:x-*'],
          },
          Tags: [{ Key: 'a', Value: 'b' }],
        },
      },
      NoTesting: { Type: 'AWS::Backup::RestoreTestingPlan' },
      TestingSelection: {
        Type: 'AWS::Backup::RestoreTestingSelection',
        Properties: {
          RestoreTestingPlanName: { Ref: 'Testing' },
          RestoreTestingSelectionName: 's',
          ProtectedResourceType: 'S3',
          IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          ProtectedResourceArns: ['*'],
          ProtectedResourceConditions: { StringNotEquals: [{ Key: 'aws:ResourceTag/a', Value: 'b' }] },
          RestoreMetadataOverrides: { encrypted: true },
          ValidationWindowHours: 4,
        },
      },
      OpenSelection: {
        Type: 'AWS::Backup::RestoreTestingSelection',
        Properties: { RestoreTestingPlanName: 't', ProtectedResourceConditions: { 'Fn::Transform': {} } },
      },
      NoSelection: { Type: 'AWS::Backup::RestoreTestingSelection' },
      Tiering: {
        Type: 'AWS::Backup::TieringConfiguration',
        Properties: {
          TieringConfigurationName: 'tier',
          BackupVaultName: { Ref: 'Vault' },
          ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
          TieringConfigurationTags: { a: 'b' },
        },
      },
      Hold: {
        Type: 'AWS::Backup::LegalHold',
        Properties: {
          Title: 't',
          Description: 'd',
          RecoveryPointSelection: {
            VaultNames: [{ Ref: 'Vault' }, 'other'],
            ResourceIdentifiers: ['arn:x'],
            DateRange: { FromDate: '2026-01-01', ToDate: '2026-02-01' },
          },
        },
      },
      NoHold: { Type: 'AWS::Backup::LegalHold' },
      AsObject: {
        Type: 'AWS::Organizations::Policy',
        Properties: {
          Type: 'BACKUP_POLICY',
          Name: 'p',
          TargetIds: ['r-abcd'],
          Content: {
            plans: { gold: { role: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::$account:role/x` } } },
          },
        },
      },
      AsText: {
        Type: 'AWS::Organizations::Policy',
        Properties: { Type: 'BACKUP_POLICY', Content: '{"plans":{"gold":{}}}' },
      },
      Perhaps: { Type: 'AWS::Organizations::Policy', Properties: { Type: { Ref: 'Kind' } } },
      ServiceControl: {
        Type: 'AWS::Organizations::Policy',
        Properties: { Type: 'SERVICE_CONTROL_POLICY', Content: {} },
      },
      Untyped: { Type: 'AWS::Organizations::Policy' },
    },
  });

  test('a framework has its controls with parameters and scope', () => {
    expect(all.frameworks).toMatchObject([
      {
        name: 'f',
        description: 'd',
        controls: {
          items: [
            {
              name: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
              pathInTemplate: 'Resources/Framework/Properties/FrameworkControls/0',
              parameters: { items: [{ name: 'recoveryPointAgeValue', value: '1' }] },
              scope: {
                resourceIds: { items: ['x'] },
                resourceTypes: { items: ['EFS'] },
                tags: { items: [{ key: 'a', value: 'b' }] },
              },
            },
            { name: 'BACKUP_RECOVERY_POINT_ENCRYPTED', scope: undefined },
          ],
        },
        tags: { items: [{ key: 'a' }] },
      },
    ]);
  });

  test('a report plan has its template, frameworks, scope and bucket', () => {
    const [report, none] = all.reportPlans;
    expect(report).toMatchObject({
      name: 'r',
      template: 'CONTROL_COMPLIANCE_REPORT',
      frameworks: { items: [{ to: 'App#Framework' }] },
      accounts: { items: ['ROOT'] },
      organizationUnits: { items: ['ou-1'] },
      regions: { items: ['*'] },
      bucket: { to: 'App#Bucket' },
      keyPrefix: 'p',
      formats: { items: ['CSV'] },
    });
    expect(none).toMatchObject({ frameworks: { items: [] }, formats: { items: [] } });
  });

  test('what AWS Config records', () => {
    expect(all.recorders).toMatchObject([
      { allSupported: false, resourceTypes: { items: ['AWS::S3::Bucket'] } },
      { resourceTypes: { items: [] } },
    ]);
  });

  test('a restore testing plan has its schedule and recovery points', () => {
    const [testing, none] = all.restoreTestingPlans;
    expect(testing).toMatchObject({
      name: 't',
      schedule: 'cron(0 5 ? * * *)',
      timeZone: 'Etc/UTC',
      startWindowHours: 24,
      algorithm: 'LATEST_WITHIN_WINDOW',
      selectionWindowDays: 30,
      recoveryPointTypes: { items: ['SNAPSHOT'] },
      includeVaults: { items: [{ text: '*' }, { to: 'App#Vault' }] },
      excludeVaults: { items: [{ text: 'arn:aws:backup:*:*:backup-vault:x-*' }] },
    });
    expect(none).toMatchObject({ recoveryPointTypes: { items: [] }, includeVaults: { items: [] } });
  });

  test('a restore testing selection has its plan, type, resources and conditions', () => {
    const [selection, open, none] = all.restoreTestingSelections;
    expect(selection).toMatchObject({
      name: 's',
      plan: { text: 't', to: 'App#Testing' },
      resourceType: 'S3',
      role: { to: 'App#Role' },
      resources: { items: ['*'] },
      conditions: { items: [{ operator: 'StringNotEquals', key: 'aws:ResourceTag/a', value: 'b' }] },
      overrides: { items: [{ key: 'encrypted', value: 'true' }] },
      validationWindowHours: 4,
    });
    expect(open.plan?.to).toBe('App#Testing');
    expect(open.conditions.rest?.kind).toBe('function');
    expect(none.conditions).toEqual({ items: [] });
  });

  test('a tiering configuration and a legal hold have their vaults', () => {
    expect(all.tiering).toMatchObject([
      {
        name: 'tier',
        vault: { text: 'gold', to: 'App#Vault' },
        selections: { items: [{ resourceType: 'S3', resources: { items: ['*'] }, afterDays: 60 }] },
      },
    ]);
    expect(all.legalHolds).toMatchObject([
      {
        title: 't',
        description: 'd',
        vaults: { items: [{ to: 'App#Vault' }, { text: 'other' }] },
        resources: { items: ['arn:x'] },
        from: '2026-01-01',
        to: '2026-02-01',
      },
      { vaults: { items: [] }, resources: { items: [] } },
    ]);
  });

  test('backup policies have their document, whether it is an object or text; other policies are none', () => {
    expect(
      all.organizationPolicies.map((policy) => [policy.place.logicalId, shown(policy.policyType)]),
    ).toEqual([
      ['AsObject', 'BACKUP_POLICY'],
      ['AsText', 'BACKUP_POLICY'],
      ['Perhaps', `\${Kind}`],
    ]);
    const [asObject, asText, perhaps] = all.organizationPolicies;
    expect(asObject).toMatchObject({
      name: 'p',
      targets: { items: ['r-abcd'] },
      pathInTemplate: 'Resources/AsObject/Properties/Content',
    });
    expect(asObject.content).toEqual({ plans: { gold: { role: 'arn:aws:iam::$account:role/x' } } });
    expect(asText.content).toEqual({ plans: { gold: {} } });
    expect(perhaps.content).toBeUndefined();
  });

  test('resources that loops generate are reported as not read', () => {
    const { unread } = inventoryOfResources({ 'Fn::ForEach::Vaults': ['X', ['a'], {}] });
    expect(unread).toMatchObject([
      {
        message: 'the resources that `Fn::ForEach::Vaults` generates are not read',
        place: { pathInTemplate: 'Resources/Fn::ForEach::Vaults' },
      },
    ]);
  });
});
