import { inventoryOf } from '../../../src/inventory/inventory';
import { linkedAlias, linkedKey, linkedPlan, linkedTopic, linkedVault } from '../../../src/inventory/lookups';
import { inventory, inventoryOfResources, shown, source } from '../../support/templates';

const vault = (Properties: object) => ({ Type: 'AWS::Backup::BackupVault', Properties });

describe('vaults', () => {
  test('a vault has its name, ARN, key, tags and place', () => {
    const { vaults } = inventoryOfResources({
      Gold: {
        ...vault({
          BackupVaultName: 'gold',
          EncryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:key/x',
          BackupVaultTags: { team: 'data' },
        }),
        DeletionPolicy: 'Delete',
        DependsOn: 'Other',
        Metadata: { 'aws:cdk:path': 'App/Gold/Resource' },
      },
    });
    expect(vaults).toEqual([
      {
        id: 'App#Gold',
        type: 'AWS::Backup::BackupVault',
        kind: 'standard',
        name: 'gold',
        arn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:gold',
        key: { text: 'arn:aws:kms:us-east-1:111111111111:key/x' },
        tags: { items: [{ key: 'team', value: 'data', source: 'resource' }] },
        deletionPolicy: 'Delete',
        dependsOn: ['Other'],
        place: {
          stack: 'App',
          stackId: 'App',
          logicalId: 'Gold',
          constructPath: 'App/Gold/Resource',
          file: 'App.template.json',
          pathInTemplate: 'Resources/Gold',
          account: '111111111111',
          region: 'us-east-1',
        },
      },
    ]);
  });

  test.each<[string, object, object]>([
    [
      'governance without days of grace',
      { MinRetentionDays: 7 },
      { mode: 'governance', minRetentionDays: 7 },
    ],
    [
      'compliance with them',
      { MinRetentionDays: '7', MaxRetentionDays: 365, ChangeableForDays: 3 },
      { mode: 'compliance', minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 3 },
    ],
    [
      'compliance where they come from a parameter',
      { ChangeableForDays: { Ref: 'Days' } },
      { mode: 'compliance', changeableForDays: expect.objectContaining({ kind: 'parameter' }) },
    ],
    [
      'not known where they hang on a condition',
      { ChangeableForDays: { 'Fn::If': ['Open', 3, { Ref: 'AWS::NoValue' }] } },
      { mode: expect.objectContaining({ kind: 'condition' }) },
    ],
    [
      'not known where all of it hangs on a condition',
      { 'Fn::If': ['Open', { MinRetentionDays: 7 }, { Ref: 'AWS::NoValue' }] },
      {
        mode: expect.objectContaining({ kind: 'condition' }),
        minRetentionDays: expect.objectContaining({ kind: 'condition' }),
      },
    ],
  ])('a lock is %s', (_, LockConfiguration, expected) => {
    const { vaults } = inventory({
      Parameters: { Days: { Type: 'Number' } },
      Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Days' }, '3'] } },
      Resources: { Vault: vault({ BackupVaultName: 'gold', LockConfiguration }) },
    });
    expect(vaults[0].lock).toMatchObject(expected);
    expect(vaults[0].lock?.pathInTemplate).toBe('Resources/Vault/Properties/LockConfiguration');
  });

  test('an omitted lock is no lock', () => {
    const { vaults } = inventoryOfResources({
      A: vault({ BackupVaultName: 'a' }),
      B: vault({ BackupVaultName: 'b', LockConfiguration: { Ref: 'AWS::NoValue' } }),
    });
    expect(vaults.map((one) => one.lock)).toEqual([undefined, undefined]);
  });

  test('a logically air-gapped vault is always locked in compliance mode', () => {
    const { vaults } = inventoryOfResources({
      Vault: {
        Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
        Properties: {
          BackupVaultName: 'airgap',
          MinRetentionDays: 7,
          MaxRetentionDays: 90,
          MpaApprovalTeamArn: 'arn:team',
        },
      },
    });
    expect(vaults).toMatchObject([
      {
        kind: 'air-gapped',
        arn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:airgap',
        lock: { mode: 'compliance', minRetentionDays: 7, maxRetentionDays: 90 },
        approvalTeam: 'arn:team',
      },
    ]);
  });

  test('numbers and flags that are something else are not known, with the reason', () => {
    const { vaults, topics } = inventoryOfResources({
      Vault: vault({
        BackupVaultName: ['gold'],
        LockConfiguration: { MinRetentionDays: 'seven', MaxRetentionDays: [], ChangeableForDays: { a: 1 } },
        Notifications: 'all',
      }),
      Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: 'maybe' } },
    });
    expect(shown(vaults[0].name)).toBe(`\${Vault}`);
    expect(shown(vaults[0].lock?.minRetentionDays)).toBe('shape: expected a number');
    expect(shown(vaults[0].lock?.maxRetentionDays)).toBe('shape: expected text, got a list');
    expect(shown(vaults[0].lock?.changeableForDays)).toBe('shape: expected text, got an object');
    expect(shown(vaults[0].notifications?.topic?.text)).toBe('shape: expected an object');
    expect(shown(topics[0].fifo)).toBe('shape: expected true or false');
  });

  test('a resource whose condition does not hold is none', () => {
    const all = inventory({
      Parameters: { Stage: { Type: 'String', Default: 'dev' }, Name: { Type: 'String' } },
      Conditions: {
        Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
        Dev: { 'Fn::Not': [{ Condition: 'Prod' }] },
        Open: { 'Fn::Equals': [{ Ref: 'Name' }, 'x'] },
      },
      Resources: {
        A: { ...vault({ BackupVaultName: 'a' }), Condition: 'Prod' },
        B: { ...vault({ BackupVaultName: 'b' }), Condition: 'Dev' },
        C: { ...vault({ BackupVaultName: 'c' }), Condition: 'Open' },
      },
    });
    expect(all.vaults.map((one) => [one.name, one.condition?.name, shown(one.condition?.holds)])).toEqual([
      ['b', 'Dev', true],
      ['c', 'Open', `\${Name}`],
    ]);
  });

  test('what is in a nested stack whose condition does not hold is none', () => {
    const child = { Resources: { Vault: vault({ BackupVaultName: 'a' }) } };
    const parent = source(
      {
        Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Condition: 'No' } },
      },
      { nested: () => ({ template: child, file: 'child.json' }) },
    );
    expect(inventoryOf([parent]).vaults).toEqual([]);
  });
});

describe('references to vaults', () => {
  const rule = (TargetBackupVault: unknown, copy?: unknown) => ({
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanName: 'p',
        BackupPlanRule: [
          {
            RuleName: 'r',
            TargetBackupVault,
            CopyActions: copy ? [{ DestinationBackupVaultArn: copy }] : [],
          },
        ],
      },
    },
  });
  const linked = (target: unknown, copy?: unknown, region = 'us-east-1') => {
    const read = inventoryOf([
      source(
        { Resources: { Gold: vault({ BackupVaultName: 'gold' }) } },
        { id: 'V', name: 'V', stackName: 'V' },
      ),
      source({ Resources: { Plan: rule(target, copy), Own: vault({ BackupVaultName: 'own' }) } }, { region }),
    ]);
    const [first] = read.plans[0].rules.items;
    return [
      linkedVault(read, first.vault)?.place.logicalId,
      linkedVault(read, first.copies.items[0]?.vault)?.place.logicalId,
    ];
  };

  test('by reference and by name, in the same stack and another', () => {
    expect(linked({ Ref: 'Own' })).toEqual(['Own', undefined]);
    expect(linked('own')).toEqual(['Own', undefined]);
    expect(linked('gold')).toEqual(['Gold', undefined]);
    expect(linked('Gold')).toEqual([undefined, undefined]);
  });

  test('a name means a vault of the same Region alone', () => {
    expect(linked('gold', undefined, 'eu-west-1')).toEqual([undefined, undefined]);
  });

  test('by ARN, also across Regions', () => {
    const arn = 'arn:aws:backup:us-east-1:111111111111:backup-vault:gold';
    expect(linked('own', arn, 'eu-west-1')[1]).toBe('Gold');
    expect(linked('own', { 'Fn::GetAtt': ['Own', 'BackupVaultArn'] })[1]).toBe('Own');
    expect(
      linked('own', { 'Fn::Sub': `arn:aws:backup:us-east-1:\${AWS::AccountId}:backup-vault:\${Own}` })[1],
    ).toBe('Own');
  });

  test('an ARN in another Region that is put together with the name of a vault is not that vault', () => {
    expect(
      linked('own', { 'Fn::Sub': `arn:aws:backup:eu-west-1:111111111111:backup-vault:\${Own}` })[1],
    ).toBeUndefined();
  });

  test('of vaults with one name in several assemblies the one of the same assembly is meant, or that of the same stack', () => {
    const both = (assembly?: string) => [
      source({ Resources: { Vault: vault({ BackupVaultName: 'gold' }) } }, { id: 'A', assembly: 'one' }),
      source({ Resources: { Vault: vault({ BackupVaultName: 'gold' }) } }, { id: 'B', assembly: 'two' }),
      source({ Resources: { Plan: rule('gold') } }, { id: 'C', assembly }),
    ];
    const of = (assembly?: string) => inventoryOf(both(assembly)).plans[0].rules.items[0].vault?.to;
    expect(of('two')).toBe('B#Vault');
    expect(of('three')).toBeUndefined();
    const [a, b] = both();
    const mine = source(
      { Resources: { Plan: rule('gold'), Vault: vault({ BackupVaultName: 'gold' }) } },
      { id: 'D', assembly: 'one' },
    );
    expect(inventoryOf([a, b, mine]).plans[0].rules.items[0].vault?.to).toBe('D#Vault');
  });

  test('a reference to something else than a vault leads nowhere', () => {
    const read = inventoryOfResources({ Plan: rule({ Ref: 'Bucket' }), Bucket: { Type: 'AWS::S3::Bucket' } });
    const [{ vault: link }] = read.plans[0].rules.items;
    expect(link?.to).toBeUndefined();
    expect(linkedVault(read, link)).toBeUndefined();
    expect(linkedVault(read, { text: 'x', to: 'App#Bucket' })).toBeUndefined();
    expect(linkedPlan(read, undefined)).toBeUndefined();
  });
});

describe('keys, aliases and topics', () => {
  const all = inventoryOfResources({
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        EnableKeyRotation: true,
        MultiRegion: 'false',
        PendingWindowInDays: 7,
        Enabled: true,
        KeySpec: 'RSA_2048',
        KeyUsage: 'SIGN_VERIFY',
      },
      DeletionPolicy: 'Retain',
    },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/gold', TargetKeyId: { Ref: 'Key' } } },
    Dangling: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/other', TargetKeyId: 'x' } },
    Replica: {
      Type: 'AWS::KMS::ReplicaKey',
      Properties: { PrimaryKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    },
    ByArn: vault({
      BackupVaultName: 'a',
      EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
      Notifications: {
        SNSTopicArn: { Ref: 'Topic' },
        BackupVaultEvents: ['BACKUP_JOB_FAILED', 'COPY_JOB_FAILED'],
      },
    }),
    ByAlias: vault({ BackupVaultName: 'b', EncryptionKeyArn: 'alias/gold' }),
    ByAliasArn: vault({
      BackupVaultName: 'c',
      EncryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:alias/gold',
    }),
    ByDangling: vault({ BackupVaultName: 'd', EncryptionKeyArn: { Ref: 'Dangling' } }),
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: 'events.fifo', FifoTopic: true, KmsMasterKeyId: { Ref: 'Key' } },
    },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'Topic' }, 'arn:aws:sns:us-east-1:111111111111:events.fifo'],
        PolicyDocument: { Statement: [{ Effect: 'Allow' }] },
      },
    },
    Empty: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: ['arn:aws:sns:us-east-1:222222222222:other'] },
    },
    Elsewhere: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: ['x'], PolicyDocument: {} } },
  });
  const key = (logicalId: string) => all.vaults.find((one) => one.place.logicalId === logicalId)?.key;

  test('a key has its settings', () => {
    expect(all.keys).toMatchObject([
      {
        rotation: true,
        multiRegion: false,
        pendingWindowDays: 7,
        enabled: true,
        spec: 'RSA_2048',
        usage: 'SIGN_VERIFY',
        deletionPolicy: 'Retain',
      },
      { type: 'AWS::KMS::ReplicaKey', multiRegion: true, primary: { to: 'App#Key' } },
    ]);
    expect(shown(all.keys[0].arn)).toBe(`arn:aws:kms:us-east-1:111111111111:key/\${Key}`);
  });

  test('a vault leads to its key, through an alias too', () => {
    expect(['ByArn', 'ByAlias', 'ByAliasArn'].map((id) => linkedKey(all, key(id))?.id)).toEqual([
      'App#Key',
      'App#Key',
      'App#Key',
    ]);
    expect(['ByArn', 'ByAlias', 'ByAliasArn'].map((id) => linkedAlias(all, key(id))?.name)).toEqual([
      undefined,
      'alias/gold',
      'alias/gold',
    ]);
    expect(linkedKey(all, key('ByDangling'))).toBeUndefined();
    expect(linkedAlias(all, key('ByDangling'))?.name).toBe('alias/other');
  });

  test('a vault leads to its topic, with the policies of the topic', () => {
    const notifications = all.vaults[0].notifications;
    expect(notifications?.events.items).toEqual(['BACKUP_JOB_FAILED', 'COPY_JOB_FAILED']);
    const topic = linkedTopic(all, notifications?.topic);
    expect(topic).toMatchObject({
      arn: 'arn:aws:sns:us-east-1:111111111111:events.fifo',
      fifo: true,
      key: { to: 'App#Key' },
    });
    expect(topic?.policies).toHaveLength(2);
    expect(topic?.policies[0].pathInTemplate).toBe('Resources/TopicPolicy/Properties/PolicyDocument');
  });
});

test('access points, hypervisors, shares of air-gapped vaults and settings of a Region are read', () => {
  const all = inventoryOfResources({
    Vault: {
      Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
      Properties: { BackupVaultName: 'gold', MinRetentionDays: 7, MaxRetentionDays: 365 },
    },
    Share: {
      Type: 'AWS::RAM::ResourceShare',
      Properties: {
        ResourceArns: [{ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, 'arn:aws:ec2:x'],
        Principals: ['222222222222'],
      },
    },
    Other: { Type: 'AWS::RAM::ResourceShare', Properties: { ResourceArns: ['arn:aws:ec2:x'] } },
    Point: {
      Type: 'AWS::Backup::BackupAccessPoint',
      Properties: { RecoveryPointArn: 'arn:x', Name: 'point', AccessPointInTime: '2026-01-01T00:00:00Z' },
    },
    Hypervisor: {
      Type: 'AWS::BackupGateway::Hypervisor',
      Properties: { Name: 'vcenter', Host: 'vcenter.example.com', Password: 'secret' },
    },
    Settings: {
      Type: 'Custom::BackupRegionSettings',
      Properties: { optIn: { Aurora: true, S3: false }, fullManagement: { DynamoDB: 'true' } },
    },
  });
  expect(all.vaultShares).toMatchObject([
    { id: 'App#Share', vaults: [{ to: 'App#Vault' }], principals: { items: ['222222222222'] } },
  ]);
  expect(all.accessPoints).toMatchObject([
    { name: 'point', recoveryPoint: 'arn:x', pointInTime: '2026-01-01T00:00:00Z' },
  ]);
  expect(all.hypervisors).toMatchObject([
    { name: 'vcenter', host: 'vcenter.example.com', plainPassword: true },
  ]);
  expect(JSON.stringify(all.hypervisors)).not.toContain('secret');
  const [settings] = all.regionSettings;
  expect([[...settings.optIn], [...settings.fullManagement]]).toEqual([['Aurora'], ['DynamoDB']]);
});
