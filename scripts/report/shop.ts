import * as fs from 'node:fs';
import * as path from 'node:path';

type Properties = Record<string, unknown>;
type Resources = Record<string, Properties>;

/** A stack of an app, as it is in a cloud assembly. */
export interface DemoStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly resources: Resources;
}

const SHOP = '111122223333';
const LAB = '777788889999';
const CENTRAL = '444455556666';
const [HOME, SECOND] = ['eu-central-1', 'eu-west-1'];

const resource = (Type: string, Props: Properties = {}) => ({ Type: `AWS::${Type}`, Properties: Props });
const tags = (pairs: Record<string, string>) => Object.entries(pairs).map(([Key, Value]) => ({ Key, Value }));
const arn = (account: string, region: string, vault: string) =>
  `arn:aws:backup:${region}:${account}:backup-vault:${vault}`;
const days = (DeleteAfterDays: number, MoveToColdStorageAfterDays?: number) => ({
  DeleteAfterDays,
  MoveToColdStorageAfterDays,
});
const vault = (name: string, more: Properties = {}) =>
  resource('Backup::BackupVault', { BackupVaultName: name, ...more });
const key = () => resource('KMS::Key', { KeyPolicy: { Version: '2012-10-17', Statement: [] } });

function rule(name: string, cron: string, Lifecycle: Properties, more: Properties = {}): Properties {
  return {
    RuleName: name,
    TargetBackupVault: { Ref: 'Vault' },
    ScheduleExpression: `cron(${cron})`,
    ScheduleExpressionTimezone: 'Europe/Berlin',
    StartWindowMinutes: 60,
    Lifecycle,
    ...more,
  };
}

function plan(name: string, rules: readonly Properties[], tag = name): Resources {
  const id = `${name[0].toUpperCase()}${name.slice(1)}`.replaceAll('-', '');
  return {
    [`${id}Plan`]: resource('Backup::BackupPlan', {
      BackupPlan: { BackupPlanName: name, BackupPlanRule: rules },
    }),
    [`${id}Selection`]: resource('Backup::BackupSelection', {
      BackupPlanId: { Ref: `${id}Plan` },
      BackupSelection: {
        SelectionName: name,
        IamRoleArn: `arn:aws:iam::${SHOP}:role/backup`,
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: tag }],
      },
    }),
  };
}

/** A shop with several accounts and most of what a report can show: what is fine, and what is not. */
export function shop(): DemoStack[] {
  const copies = (long: boolean) => [
    { DestinationBackupVaultArn: arn(SHOP, SECOND, 'shop-second-region'), Lifecycle: days(35) },
    { DestinationBackupVaultArn: arn(CENTRAL, HOME, 'central'), Lifecycle: days(long ? 365 : 90) },
  ];
  return [
    {
      name: 'Backup',
      account: SHOP,
      region: HOME,
      resources: {
        Key: key(),
        Vault: vault('shop', {
          EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
          LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 400 },
        }),
        ...plan('gold', [
          rule('continuous', '0 3 ? * * *', days(14), { EnableContinuousBackup: true }),
          rule('daily', '0 5 ? * * *', days(35), { CopyActions: copies(false) }),
          rule('monthly', '0 7 1 * ? *', days(365, 30), { CopyActions: copies(true) }),
        ]),
        ...plan('silver', [
          rule('daily', '30 5 ? * * *', days(14)),
          rule('weekly', '0 6 ? * SUN *', days(90)),
        ]),
        ...plan('bronze', [
          rule('weekdays', '0 4 ? * MON-FRI *', days(30), {
            CopyActions: [{ DestinationBackupVaultArn: arn(CENTRAL, HOME, 'central'), Lifecycle: days(7) }],
          }),
        ]),
        Test: resource('Backup::RestoreTestingPlan', {
          RestoreTestingPlanName: 'weekly',
          ScheduleExpression: 'cron(0 9 ? * SUN *)',
          RecoveryPointSelection: {
            Algorithm: 'LATEST_WITHIN_WINDOW',
            IncludeVaults: ['*'],
            RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
          },
        }),
        TestTables: resource('Backup::RestoreTestingSelection', {
          RestoreTestingPlanName: { Ref: 'Test' },
          RestoreTestingSelectionName: 'tables',
          ProtectedResourceType: 'DynamoDB',
          ProtectedResourceArns: ['*'],
          IamRoleArn: `arn:aws:iam::${SHOP}:role/restore`,
        }),
      },
    },
    {
      name: 'SecondRegion',
      account: SHOP,
      region: SECOND,
      resources: { Vault: vault('shop-second-region') },
    },
    {
      name: 'Central',
      account: CENTRAL,
      region: HOME,
      resources: {
        Key: key(),
        Vault: vault('central', {
          EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
          LockConfiguration: { MinRetentionDays: 30, MaxRetentionDays: 3650, ChangeableForDays: 3 },
          AccessPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${SHOP}:root` },
                Action: 'backup:CopyIntoBackupVault',
                Resource: '*',
              },
            ],
          },
        }),
        Isolated: resource('Backup::LogicallyAirGappedBackupVault', {
          BackupVaultName: 'isolated',
          MinRetentionDays: 7,
          MaxRetentionDays: 365,
        }),
      },
    },
    {
      name: 'Orders',
      account: SHOP,
      region: HOME,
      resources: {
        Database: resource('RDS::DBCluster', {
          Engine: 'aurora-postgresql',
          StorageEncrypted: true,
          Tags: tags({ backup: 'gold', team: 'orders' }),
        }),
        Carts: table({ backup: 'gold', team: 'orders' }),
        History: table({ backup: 'gold', team: 'orders' }),
        Sessions: table({ 'backup:opt-out-reason': 'expire within an hour', team: 'orders' }),
        Invoices: bucket({ backup: 'gold', team: 'billing' }),
        Exports: bucket({ backup: 'silver', team: 'billing' }),
        Uploads: bucket({ team: 'orders' }),
      },
    },
    {
      name: 'Catalog',
      account: SHOP,
      region: HOME,
      resources: {
        Products: table({ backup: 'silver', team: 'catalog' }),
        Prices: table({ backup: 'silver', team: 'catalog' }),
        Images: resource('EFS::FileSystem', {
          Encrypted: true,
          FileSystemTags: tags({ backup: 'silver', team: 'catalog' }),
        }),
        Search: resource('EC2::Volume', {
          AvailabilityZone: `${HOME}a`,
          Size: 200,
          Tags: tags({ team: 'catalog' }),
        }),
        Reporting: resource('RDS::DBInstance', {
          Engine: 'postgres',
          DBInstanceClass: 'db.t4g.medium',
          AllocatedStorage: '100',
          StorageEncrypted: true,
          Tags: tags({ backup: 'bronze', team: 'catalog' }),
        }),
      },
    },
    {
      name: 'Lab',
      account: LAB,
      region: HOME,
      resources: { Notebooks: bucket({ team: 'lab' }), Experiments: table({ team: 'lab' }) },
    },
  ];
}

/** The shop before its last change: what got lost since then, and what was gained. */
export function earlierShop(): DemoStack[] {
  return shop().map((stack) => {
    const { name, resources } = stack;
    if (name === 'Orders')
      return { ...stack, resources: { ...resources, Uploads: bucket({ backup: 'silver', team: 'orders' }) } };
    if (name !== 'Backup') return stack;
    const { Vault, GoldPlan, ...rest } = resources;
    const { BackupVaultName, EncryptionKeyArn } = Vault.Properties as Properties;
    const text = JSON.stringify(GoldPlan).replaceAll('"DeleteAfterDays":35,', '"DeleteAfterDays":60,');
    return {
      ...stack,
      resources: {
        ...rest,
        Vault: vault(BackupVaultName as string, { EncryptionKeyArn }),
        GoldPlan: JSON.parse(text.replaceAll('"DeleteAfterDays":35}', '"DeleteAfterDays":60}')),
      },
    };
  });
}

function table(of: Record<string, string>): Properties {
  return resource('DynamoDB::Table', { Tags: tags(of) });
}

function bucket(of: Record<string, string>): Properties {
  return resource('S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, Tags: tags(of) });
}

/** An app with many resources of several teams, of which some aren't protected. */
export function largeApp(count: number): DemoStack[] {
  const perStack = 400;
  const backup = shop().slice(0, 3);
  const stacks = Array.from({ length: Math.ceil(count / perStack) }, (_, index): DemoStack => {
    const resources: Resources = {};
    for (let i = index * perStack; i < Math.min(count, (index + 1) * perStack); i++) {
      const team = `team-${i % 17}`;
      const level = ['gold', 'silver', 'silver', 'bronze'][i % 4];
      const own: Record<string, string> = { team };
      if (i % 31 === 0) own['backup:opt-out-reason'] = 'derived data';
      else if (i % 29 !== 0) own.backup = level;
      const name = `${['Orders', 'Carts', 'Invoices', 'Events', 'Customers'][i % 5]}${i}`;
      resources[name] = i % 3 === 0 ? bucket(own) : table(own);
    }
    return { name: `Service${index}`, account: SHOP, region: HOME, resources };
  });
  return [...backup, ...stacks];
}

/** Names that a page must show, and never run. */
export const HOSTILE_NAMES: readonly string[] = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '</script><script>window.hacked = 1</script>',
  '<!--',
  '$\u007balert(1)}',
  'javascript:window.hacked=1',
  '\u202egnp.exe',
  '\u001b[31mred\u001b[0m',
  'line\u2028separator\u2029',
  '"\'`&<>',
];

/** The shop with hostile names wherever a user can write one. */
export function hostileShop(): DemoStack[] {
  return shop().map((stack) => {
    if (stack.name !== 'Orders' && stack.name !== 'Backup') return stack;
    const resources: Resources = { ...stack.resources };
    if (stack.name === 'Orders')
      for (const [index, name] of HOSTILE_NAMES.entries()) {
        resources[`Hostile${index}`] = table({ backup: 'gold', [name.slice(0, 100)]: name });
        resources[name] = table({ 'backup:opt-out-reason': name });
      }
    else
      for (const [index, name] of HOSTILE_NAMES.entries())
        resources[`HostilePlan${index}`] = resource('Backup::BackupPlan', {
          BackupPlan: {
            BackupPlanName: name,
            BackupPlanRule: [rule(name, '0 5 ? * * *', days(35), { TargetBackupVault: name })],
          },
        });
    return { ...stack, resources };
  });
}

/** The organization of the shop, as a file of `effective-policy`: the units have backup policies, and inherit others. */
export const SHOP_ORGANIZATION = {
  root: {
    id: 'r-shop',
    policies: [{ name: 'every-account', content: backupPolicy('nightly', 'cron(0 5 ? * * *)', '35', HOME) }],
    children: [
      {
        id: 'ou-work-11111111',
        policies: [
          {
            name: 'workloads',
            content: {
              plans: {
                nightly: { rules: { nightly: { lifecycle: { delete_after_days: { '@@assign': '90' } } } } },
              },
            },
          },
        ],
        children: [],
        accounts: [
          { id: SHOP, policies: [] },
          { id: LAB, policies: [] },
        ],
      },
      {
        id: 'ou-central-22222222',
        policies: [],
        accounts: [
          {
            id: CENTRAL,
            policies: [
              { name: 'monthly', content: backupPolicy('monthly', 'cron(0 6 1 * ? *)', '365', SECOND) },
            ],
          },
        ],
      },
      { id: 'ou-suspended-33333333', policies: [], accounts: [] },
    ],
  },
};

function backupPolicy(plan: string, schedule: string, days: string, region: string): Properties {
  return {
    plans: {
      [plan]: {
        regions: { '@@assign': [region] },
        rules: {
          [plan]: {
            schedule_expression: { '@@assign': schedule },
            target_backup_vault_name: { '@@assign': 'shop' },
            lifecycle: { delete_after_days: { '@@assign': days } },
          },
        },
        selections: {
          tags: {
            tagged: {
              iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/backup' },
              tag_key: { '@@assign': 'backup' },
              tag_value: { '@@assign': ['gold'] },
            },
          },
        },
      },
    },
  };
}

/** A name without a space that is as long as AWS allows. */
const longName = (start: string, length: number) =>
  `${`${start}-${'and-again-without-a-space-'.repeat(12)}`.slice(0, length - 4)}-end`;

/** The shop with names as long as AWS and CloudFormation allow, and with many types, rules and tags. */
export function longNames(): DemoStack[] {
  const name = longName('vault', 50);
  const rules = Array.from({ length: 10 }, (_, index) =>
    rule(longName(`rule-${index}`, 50), `${index} 5 ? * * *`, days(35 + index), {
      TargetBackupVault: name,
      CopyActions: [
        { DestinationBackupVaultArn: arn(CENTRAL, HOME, longName('central', 50)), Lifecycle: days(90) },
        { DestinationBackupVaultArn: arn(SHOP, SECOND, longName('second', 50)), Lifecycle: days(90) },
      ],
    }),
  );
  const types = ['DynamoDB::Table', 'S3::Bucket', 'EFS::FileSystem', 'RDS::DBInstance', 'EC2::Volume'];
  const resources: Resources = {};
  for (const [index, type] of [...types, ...types].entries()) {
    const many = Array.from({ length: 12 }, (_, tag) => [
      longName(`key-${tag}`, 128),
      longName('value', 256),
    ]);
    const own: Record<string, string> = { ...Object.fromEntries(many), backup: longName('plan', 50) };
    if (index % 4 === 3) own.backup = 'none';
    if (index === 9) own['backup:opt-out-reason'] = longName('reason', 256);
    const Tags = tags(own);
    resources[`${longName('Logical', 60).replaceAll('-', '')}${index}`] = {
      ...resource(type, type.startsWith('EFS') ? { FileSystemTags: Tags } : { Tags }),
      Metadata: {
        'aws:cdk:path': `${longName('Stack', 120)}/${longName('Construct', 120)}/Service${index}/Resource`,
      },
    };
  }
  return [
    {
      name: longName('Backup', 120),
      account: SHOP,
      region: HOME,
      resources: { Vault: vault(name), ...plan(longName('plan', 50), rules) },
    },
    { name: longName('Stack', 120), account: SHOP, region: HOME, resources },
  ];
}

/** Writes a cloud assembly, as `cdk synth` does. */
export function writeAssembly(folder: string, stacks: readonly DemoStack[]): string {
  fs.mkdirSync(folder, { recursive: true });
  const artifacts: Record<string, unknown> = {};
  for (const { name, account, region, resources } of stacks) {
    const templateFile = `${name}.template.json`;
    const template = { Resources: resources };
    fs.writeFileSync(path.join(folder, templateFile), JSON.stringify(template));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/${region}`,
      properties: { templateFile, stackName: name },
      displayName: name,
    };
  }
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ version: '40.0.0', artifacts }));
  return folder;
}

/** Sizes for the shop, as `--sizes` has them. */
export const SHOP_SIZES = {
  types: {
    Aurora: { sizeGiB: 900, changePerDay: 0.04 },
    RDS: { sizeGiB: 100 },
    DynamoDB: { sizeGiB: 60 },
    S3: { sizeGiB: 2400, changePerDay: 0.01, objects: 900_000 },
    EFS: { sizeGiB: 300 },
  },
};
