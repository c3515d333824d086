import { CfnParameter, Duration, type Environment, Fn, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import {
  BackupVault as CdkBackupVault,
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  type IBackupVaultRef,
  type ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction, type CopyActionOptions } from '../../../src/resources/plan/copy-action';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { propertiesOf, synthesize } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const FAR = 'arn:aws:backup:us-east-1:444455556666:backup-vault:far';
const DAYS90: CopyActionOptions = { retention: Retention.days(90) };
const HERE = { account: '111122223333', region: 'eu-west-1' };

let stack: Stack;
let elsewhere: Stack;
beforeEach(() => {
  const app = testApp();
  stack = new Stack(app, 'Here', { env: HERE });
  elsewhere = new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: 'us-east-1' } });
});

function planWith(...copies: CopyAction[]): BackupPlan {
  const vault = BackupVault.fromBackupVaultName(stack, 'Near', 'near');
  return new BackupPlan(stack, 'Plan', {
    vault,
    rules: [BackupRule.daily({ retention: Retention.days(35), copies })],
  });
}

/** The copies of the only rule in the template. */
function inTemplate(...copies: CopyAction[]): object[] {
  planWith(...copies);
  const [plan] = propertiesOf(stack, 'AWS::Backup::BackupPlan') as { BackupPlan: { BackupPlanRule: [] } }[];
  const [{ CopyActions }] = plan.BackupPlan.BackupPlanRule as { CopyActions: object[] }[];
  return CopyActions;
}

const destination = (copy: object) =>
  (copy as { DestinationBackupVaultArn: unknown }).DestinationBackupVaultArn;
const literal = (name: string, region = 'us-east-1', account = '444455556666') =>
  `arn:aws:backup:${region}:${account}:backup-vault:${name}`;

describe('a copy can go to', () => {
  test('a vault by its ARN, with its own retention', () => {
    expect(inTemplate(CopyAction.toVaultArn(FAR, DAYS90))).toEqual([
      { DestinationBackupVaultArn: FAR, Lifecycle: { DeleteAfterDays: 90 } },
    ]);
  });

  test('a vault in the same stack: one of this library, one of aws-cdk-lib, or an L1', () => {
    const copies = [
      new BackupVault(stack, 'Ours'),
      new CdkBackupVault(stack, 'Theirs'),
      new CfnBackupVault(stack, 'L1', { backupVaultName: 'l1' }),
    ].map((vault) => CopyAction.toVault(vault, DAYS90));
    expect(inTemplate(...copies).map(destination)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Ours/), 'BackupVaultArn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^Theirs/), 'BackupVaultArn'] },
      { 'Fn::GetAtt': ['L1', 'BackupVaultArn'] },
    ]);
  });

  test('a vault in another stack of the same account and Region, by reference', () => {
    const beside = new Stack(stack.node.root as Stack, 'Beside', { env: HERE });
    const copies = [new BackupVault(beside, 'Ours'), new CdkBackupVault(beside, 'Theirs')].map((vault) =>
      CopyAction.toVault(vault, DAYS90),
    );
    expect(inTemplate(...copies).map(destination)).toEqual([
      { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Beside' }) },
      { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Beside' }) },
    ]);
  });

  test('a vault in another account and Region by its literal name, without a cross-stack reference', () => {
    const copies = [
      CopyAction.toVault(new BackupVault(elsewhere, 'Ours', { backupVaultName: 'ours' }), DAYS90),
      CopyAction.toVault(new CdkBackupVault(elsewhere, 'Theirs', { backupVaultName: 'theirs' }), DAYS90),
      CopyAction.toVault(new CfnBackupVault(elsewhere, 'L1', { backupVaultName: 'l1' }), DAYS90),
    ];
    expect(inTemplate(...copies).map(destination)).toEqual([
      literal('ours'),
      literal('theirs'),
      literal('l1'),
    ]);
    expect(Object.keys(synthesize(elsewhere).toJSON().Outputs ?? {})).toEqual([]);
    expect(Object.keys(synthesize(stack).findResources('AWS::Backup::BackupPlan'))).toHaveLength(1);
  });

  test('an imported vault, by name, ARN or attributes', () => {
    const copies = [
      CopyAction.toVault(BackupVault.fromBackupVaultName(stack, 'Name', 'name'), DAYS90),
      CopyAction.toVault(BackupVault.fromBackupVaultArn(stack, 'Arn', FAR), DAYS90),
      CopyAction.toVault(CdkBackupVault.fromBackupVaultArn(stack, 'Theirs', FAR), DAYS90),
      CopyAction.toVault(CfnBackupVault.fromBackupVaultArn(stack, 'L1', FAR), DAYS90),
    ];
    expect(inTemplate(...copies).map(destination)).toEqual([
      literal('name', HERE.region, HERE.account),
      FAR,
      FAR,
      FAR,
    ]);
  });

  describe('a logically air-gapped vault', () => {
    const airGapped = (scope: Stack, id = 'AirGapped') =>
      new CfnLogicallyAirGappedBackupVault(scope, id, {
        backupVaultName: id,
        minRetentionDays: 7,
        maxRetentionDays: 3650,
      });

    test('in the same stack, or in another account and Region', () => {
      const copies = [airGapped(stack), airGapped(elsewhere, 'Far')].map((vault) =>
        CopyAction.toAirGappedVault(vault, DAYS90),
      );
      expect(inTemplate(...copies).map(destination)).toEqual([
        { 'Fn::GetAtt': ['AirGapped', 'BackupVaultArn'] },
        literal('Far'),
      ]);
    });

    test('imported by aws-cdk-lib, whose references contain only a name', () => {
      const imported = CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'Imported', 'air-gapped');
      expect(inTemplate(CopyAction.toAirGappedVault(imported, DAYS90)).map(destination)).toEqual([
        literal('air-gapped', HERE.region, HERE.account),
      ]);
    });
  });

  test('several vaults, each with its own lifecycle', () => {
    expect(
      inTemplate(
        CopyAction.toVaultArn(FAR, {
          retention: Retention.years(1),
          coldStorageAfter: Duration.days(30),
          archive: true,
        }),
        CopyAction.toVaultArn(`${FAR}2`, { retention: Retention.days(7) }),
      ),
    ).toEqual([
      {
        DestinationBackupVaultArn: FAR,
        Lifecycle: {
          DeleteAfterDays: 365,
          MoveToColdStorageAfterDays: 30,
          OptInToArchiveForSupportedResources: true,
        },
      },
      { DestinationBackupVaultArn: `${FAR}2`, Lifecycle: { DeleteAfterDays: 7 } },
    ]);
  });
});

test('a copy exposes its destination and retention', () => {
  const copy = CopyAction.toVaultArn(FAR, {
    retention: Retention.years(1),
    coldStorageAfter: Duration.days(30),
  });
  expect(copy.destinationVaultArn).toBe(FAR);
  expect(copy.retention.inDays).toBe(365);
  expect(copy.coldStorageAfterDays).toBe(30);
  expect(copy.archive).toBe(false);
});

test('values that are known only at deployment are passed to the template', () => {
  const arn = Fn.importValue('CentralVault');
  const days = Token.asNumber(Fn.ref('Days'));
  expect(
    inTemplate(
      CopyAction.toVaultArn(arn, { retention: Retention.days(days), coldStorageAfter: Duration.days(days) }),
      CopyAction.toVault(BackupVault.fromBackupVaultArn(stack, 'Imported', arn), DAYS90),
    ),
  ).toEqual([
    {
      DestinationBackupVaultArn: { 'Fn::ImportValue': 'CentralVault' },
      Lifecycle: { DeleteAfterDays: { Ref: 'Days' }, MoveToColdStorageAfterDays: { Ref: 'Days' } },
    },
    { DestinationBackupVaultArn: { 'Fn::ImportValue': 'CentralVault' }, Lifecycle: { DeleteAfterDays: 90 } },
  ]);
});

describe('a copy is refused', () => {
  const RETENTION =
    '`retention` must be a `Retention`, since there is no default, got nothing; use `Retention.days(…)`, or `Retention.forever()` to keep recovery points forever';
  const MUST_BE_ARN =
    '`vaultArn` must be the ARN of a backup vault, `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`, got';

  test('without a retention', () => {
    for (const options of [undefined, null, {}, { retention: undefined }])
      expect(refusal(() => CopyAction.toVaultArn(FAR, options as unknown as CopyActionOptions))).toBe(
        `${RETENTION} (in \`CopyAction.toVaultArn\`)`,
      );
  });

  test.each<[object, string]>([
    [
      { retention: Retention.days(119), coldStorageAfter: Duration.days(30) },
      '`retention` must be at least 90 days after `coldStorageAfter` (30 days), got 119 days; use 120 days or more',
    ],
    [
      { retention: Retention.days(90), coldStorageAfter: '30' },
      '`coldStorageAfter` must be a `Duration`, got the string `30`; write `Duration.days(30)`',
    ],
    [
      { retention: Retention.days(90), coldStorageAfter: 0 },
      '`coldStorageAfter` must be a `Duration`, got 0; write `Duration.days(…)`',
    ],
    [{ retention: Retention.days(90), archive: 1 }, '`archive` must be true or false, got 1'],
  ])('with a lifecycle that AWS rejects: %j', (options, message) => {
    expect(refusal(() => CopyAction.toVaultArn(FAR, options as CopyActionOptions))).toBe(
      `${message} (in \`CopyAction.toVaultArn\`)`,
    );
  });

  test.each([
    ['far', '`far`'],
    ['', 'an empty string'],
    [
      'arn:aws:backup:us-east-1:444455556666:recovery-point:far',
      '`arn:aws:backup:us-east-1:444455556666:recovery-point:far`, whose resource is `recovery-point`, not `backup-vault` and a colon',
    ],
    [
      'arn:aws:backup:us-east-1:4444:backup-vault:far',
      '`arn:aws:backup:us-east-1:4444:backup-vault:far`, whose account is `4444`, not 12 digits',
    ],
    ['arn:aws:s3:::far', '`arn:aws:s3:::far`, which is an ARN of `s3`'],
    [5 as unknown as string, '5'],
    [undefined as unknown as string, 'nothing'],
    [null as unknown as string, 'null'],
  ])('to something that is not the ARN of a vault: %s', (arn, got) => {
    expect(refusal(() => CopyAction.toVaultArn(arn, DAYS90))).toBe(
      `${MUST_BE_ARN} ${got} (in \`CopyAction.toVaultArn\`)`,
    );
  });

  test('to something that is not a vault', () => {
    const to = (vault: unknown) => refusal(() => CopyAction.toVault(vault as IBackupVaultRef, DAYS90));
    const must = (got: string) =>
      `\`vault\` must be a backup vault, got ${got}; use \`CopyAction.toVaultArn\` for an ARN (in \`CopyAction.toVault\`)`;
    expect(to(undefined)).toBe(must('nothing'));
    expect(to(null)).toBe(must('null'));
    expect(to(FAR)).toBe(must(`\`${FAR}\``));
    expect(to({ backupVaultRef: null })).toBe(must('an object'));
    expect(to({ backupVaultRef: { backupVaultName: 'a', backupVaultArn: FAR } })).toBe(must('an object'));
  });

  test('to an air-gapped vault as a standard vault, or the reverse', () => {
    const airGapped = new CfnLogicallyAirGappedBackupVault(stack, 'AirGapped', {
      backupVaultName: 'air-gapped',
      minRetentionDays: 7,
      maxRetentionDays: 3650,
    });
    expect(refusal(() => CopyAction.toVault(airGapped as never, DAYS90))).toBe(
      '`vault` must be a backup vault, got an instance of `CfnLogicallyAirGappedBackupVault`; use `CopyAction.toAirGappedVault` (in `CopyAction.toVault`)',
    );
    const to = (vault: unknown) =>
      refusal(() => CopyAction.toAirGappedVault(vault as ILogicallyAirGappedBackupVaultRef, DAYS90));
    expect(to(new BackupVault(stack, 'Vault'))).toBe(
      '`vault` must be a logically air-gapped vault, got an instance of `BackupVault`; use `CopyAction.toVault` (in `CopyAction.toAirGappedVault`)',
    );
    expect(to(FAR)).toBe(
      `\`vault\` must be a logically air-gapped vault, got \`${FAR}\`; use \`CopyAction.toVaultArn\` for an ARN (in \`CopyAction.toAirGappedVault\`)`,
    );
  });

  test('with all problems in one error', () => {
    expect(refusal(() => CopyAction.toVaultArn('far', undefined as unknown as CopyActionOptions))).toBe(
      `2 problems of \`CopyAction.toVaultArn\`:\n  - ${MUST_BE_ARN} \`far\`\n  - ${RETENTION}`,
    );
  });
});

describe('a plan gets a warning about copies', () => {
  const COPY = 'of a copy of the rule `daily`';

  test("that are kept forever although their source isn't", () => {
    expect(warningsOf(planWith(CopyAction.toVaultArn(FAR, { retention: Retention.forever() })))).toEqual([
      `Backup-ForeverCopy: \`retention\` ${COPY} is forever, but AWS Backup deletes such a copy when the retention of its source ends (35 days); set \`Retention.years(100)\` for the copy, or keep the source forever`,
    ]);
  });

  test('that are kept forever in warm storage although their source moves to cold storage', () => {
    const plan = (copy: CopyActionOptions, id: string) =>
      warningsOf(
        new BackupPlan(stack, id, {
          vault: BackupVault.fromBackupVaultName(stack, `Vault${id}`, 'near'),
          rules: [
            BackupRule.daily({
              retention: Retention.forever(),
              coldStorageAfter: Duration.days(30),
              copies: [CopyAction.toVaultArn(FAR, copy)],
            }),
          ],
        }),
      );
    expect(plan({ retention: Retention.forever() }, 'Warm')).toEqual([
      `Backup-ForeverCopy: \`retention\` ${COPY} is forever without \`coldStorageAfter\`, but AWS Backup moves such a copy to cold storage along with its source; set \`Retention.years(100)\` for the copy, or set \`coldStorageAfter\` for the copy too`,
    ]);
    expect(plan({ retention: Retention.forever(), coldStorageAfter: Duration.days(30) }, 'Cold')).toEqual([]);
    expect(plan({ retention: Retention.years(100) }, 'Bounded')).toEqual([]);
  });

  test('that move to cold storage early, or are archived by a rule that runs too often', () => {
    expect(
      warningsOf(
        planWith(
          CopyAction.toVaultArn(FAR, {
            retention: Retention.years(1),
            coldStorageAfter: Duration.days(1),
            archive: true,
          }),
        ),
      ),
    ).toEqual([
      `Backup-ShortWarmStorage: \`coldStorageAfter\` ${COPY} should be at least 8 days, got 1 day: below that, AWS Backup makes an additional full backup in warm storage; use 8 days or more`,
      `Backup-ArchiveFrequency: \`archive\` ${COPY} moves EBS snapshots to the archive only if the rule runs once a month or less often; use a monthly or yearly schedule for this rule`,
    ]);
  });
});

describe('across stacks, Regions and accounts', () => {
  const DESTINATION = 'Elsewhere-Vault-dc7d1681';

  test.each([
    ['aws', 'eu-west-1', 'us-east-1'],
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ])('in the partition %s, the ARN is literal and stable', (partition, here, there) => {
    for (const _ of [1, 2]) {
      const app = testApp();
      stack = new Stack(app, 'Here', { env: { ...HERE, region: here } });
      const other = new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: there } });
      expect(
        inTemplate(CopyAction.toVault(new BackupVault(other, 'Vault'), DAYS90)).map(destination),
      ).toEqual([`arn:${partition}:backup:${there}:444455556666:backup-vault:${DESTINATION}`]);
    }
  });

  test('the ARN is literal even if the stack of the plan is environment-agnostic', () => {
    const vaults = [
      new BackupVault(elsewhere, 'Ours', { backupVaultName: 'ours' }),
      new CdkBackupVault(elsewhere, 'Theirs', { backupVaultName: 'theirs' }),
    ];
    stack = new Stack(stack.node.root as Stack, 'Agnostic');
    const copies = vaults.map((vault) => CopyAction.toVault(vault, DAYS90));
    expect(inTemplate(...copies).map(destination)).toEqual([literal('ours'), literal('theirs')]);
  });

  test('the ARN is literal between stages, even in the same account and Region', () => {
    const stages = ['Backups', 'Workload'].map((id) => new Stage(stack.node.root, id, { env: HERE }));
    const [central, workload] = stages.map((stage) => new Stack(stage, 'Stack'));
    const copies = [
      new BackupVault(central, 'Ours', { backupVaultName: 'ours' }),
      new CdkBackupVault(central, 'Theirs', { backupVaultName: 'theirs' }),
    ].map((vault) => CopyAction.toVault(vault, DAYS90));
    stack = workload;
    expect(inTemplate(...copies).map(destination)).toEqual([
      literal('ours', HERE.region, HERE.account),
      literal('theirs', HERE.region, HERE.account),
    ]);
  });

  test('two environment-agnostic stacks are in the same environment, and use a cross-stack reference', () => {
    const app = stack.node.root as Stack;
    const other = new Stack(app, 'Other');
    stack = new Stack(app, 'Agnostic');
    expect(inTemplate(CopyAction.toVault(new BackupVault(other, 'Vault'), DAYS90)).map(destination)).toEqual([
      { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Other' }) },
    ]);
    expect(stack.dependencies).toEqual([other]);
  });

  describe('the stack of the destination is deployed first', () => {
    const vaultIn = (other: Stack, id = 'Vault') => new BackupVault(other, id);

    test('in another Region or account', () => {
      planWith(CopyAction.toVault(vaultIn(elsewhere), DAYS90));
      synthesize(stack);
      expect(stack.dependencies).toEqual([elsewhere]);
      expect(elsewhere.dependencies).toEqual([]);
    });

    test('even from a nested stack', () => {
      const nested = new NestedStack(stack, 'Nested');
      new BackupPlan(nested, 'Plan', {
        vault: vaultIn(nested, 'Near'),
        rules: [
          BackupRule.daily({
            retention: Retention.days(35),
            copies: [CopyAction.toVault(vaultIn(new NestedStack(elsewhere, 'There') as Stack), DAYS90)],
          }),
        ],
      });
      synthesize(stack);
      expect(stack.dependencies).toEqual([elsewhere]);
    });

    test('not if it only imports the vault', () => {
      const imported = BackupVault.fromBackupVaultName(elsewhere, 'Imported', 'imported');
      expect(inTemplate(CopyAction.toVault(imported, DAYS90)).map(destination)).toEqual([
        literal('imported'),
      ]);
      expect(stack.dependencies).toEqual([]);
    });

    test('not if it depends on the stack of the plan, by a reference or its own copy', () => {
      const third = new Stack(stack.node.root as Stack, 'Third', { env: { ...HERE, region: 'eu-west-2' } });
      third.addDependency(stack);
      elsewhere.addDependency(third);
      planWith(CopyAction.toVault(vaultIn(elsewhere), DAYS90));
      synthesize(stack);
      expect(stack.dependencies).toEqual([]);
    });

    test('in one of two Regions that copy into each other', () => {
      const near = vaultIn(stack, 'Own');
      const far = vaultIn(elsewhere);
      planWith(CopyAction.toVault(far, DAYS90));
      new BackupPlan(elsewhere, 'Plan', {
        vault: far,
        rules: [
          BackupRule.daily({ retention: Retention.days(35), copies: [CopyAction.toVault(near, DAYS90)] }),
        ],
      });
      synthesize(stack);
      expect([stack.dependencies, elsewhere.dependencies]).toEqual([[elsewhere], []]);
    });

    test('in another Region, if both stacks leave the account open: it is that of the credentials', () => {
      const app = stack.node.root;
      stack = new Stack(app, 'West', { env: { region: 'eu-west-1' } });
      const vault = vaultIn(new Stack(app, 'Central', { env: { region: 'eu-central-1' } }));
      expect(inTemplate(CopyAction.toVault(vault, DAYS90)).map(destination)).toEqual([
        {
          'Fn::Join': [
            '',
            [
              'arn:aws:backup:eu-central-1:',
              { Ref: 'AWS::AccountId' },
              expect.stringMatching(/^:backup-vault:Central-Vault-/),
            ],
          ],
        },
      ]);
    });

    test('not across stages, whose order a pipeline decides', () => {
      const stage = new Stage(stack.node.root, 'Stage');
      const other = new Stack(stage, 'Other', { env: { account: '444455556666', region: 'us-east-1' } });
      expect(inTemplate(CopyAction.toVault(vaultIn(other), DAYS90)).map(destination)).toEqual([
        expect.stringMatching(/^arn:aws:backup:us-east-1:444455556666:backup-vault:Stage-Other-Vault-/),
      ]);
      expect(stack.dependencies).toEqual([]);
    });
  });

  describe('a destination is refused', () => {
    const refused = (vault: IBackupVaultRef) => refusal(() => planWith(CopyAction.toVault(vault, DAYS90)));
    const ANY = "`env: { account: '111122223333', region: 'eu-west-1' }`";
    const message = (whose: string, path: string, name: string, lacks: string, env = ANY) =>
      `\`copies\` of the rule \`daily\` must go to a vault whose ${whose} known at synthesis, got \`${path}\` in the stack \`${name}\`, which has no ${lacks}; give that stack ${env} (in \`Here/Plan\`)`;

    test.each<[string, Environment | undefined, string, string, string]>([
      ['environment', undefined, 'account and Region are', 'environment', ANY],
      [
        'Region',
        { account: '444455556666' },
        'Region is',
        'Region',
        "`env: { account: '444455556666', region: 'eu-west-1' }`, with its own Region",
      ],
      [
        'account',
        { region: 'us-east-1' },
        'account is',
        'account',
        "`env: { account: '111122223333', region: 'us-east-1' }`, with its own account",
      ],
    ])('in a stack without %s, which the fix leaves as it is otherwise', (_, env, whose, lacks, fix) => {
      const other = new Stack(stack.node.root as Stack, 'Other', { env });
      expect(refused(new BackupVault(other, 'Vault'))).toBe(
        message(whose, 'Other/Vault', 'Other', lacks, fix),
      );
    });

    test('in another stage, if both stages are environment-agnostic', () => {
      const vault = new BackupVault(new Stack(new Stage(stack.node.root, 'Backups'), 'Stack'), 'Vault');
      stack = new Stack(new Stage(stack.node.root, 'Workload'), 'Stack');
      expect(refused(vault)).toBe(
        message('account and Region are', 'Backups/Stack/Vault', 'Backups/Stack', 'environment').replace(
          'Here/Plan',
          'Workload/Stack/Plan',
        ),
      );
    });

    test('for vaults of aws-cdk-lib, L1s, and imports by name', () => {
      const other = new Stack(stack.node.root as Stack, 'Other');
      for (const [vault, id] of [
        [new CdkBackupVault(other, 'Theirs'), 'Theirs'],
        [new CfnBackupVault(other, 'L1', { backupVaultName: 'l1' }), 'L1'],
        [BackupVault.fromBackupVaultName(other, 'Imported', 'imported'), 'Imported'],
      ] as const) {
        stack.node.tryRemoveChild('Plan');
        stack.node.tryRemoveChild('Near');
        expect(refused(vault)).toBe(message('account and Region are', `Other/${id}`, 'Other', 'environment'));
      }
    });

    test('with a name that is known only at deployment, in another account or Region', () => {
      const backupVaultName = new CfnParameter(elsewhere, 'Name').valueAsString;
      expect(refused(new BackupVault(elsewhere, 'Vault', { backupVaultName }))).toBe(
        '`copies` of the rule `daily` must go to a vault with a literal name if the vault is in another account or Region, got `Elsewhere/Vault`, whose name is known only at deployment; omit `backupVaultName`, or set it to a literal (in `Here/Plan`)',
      );
    });
  });

  test('an import by an ARN token is used as it is, in any environment', () => {
    const other = new Stack(stack.node.root as Stack, 'Other');
    const imported = BackupVault.fromBackupVaultArn(other, 'Imported', Fn.importValue('Arn'));
    expect(inTemplate(CopyAction.toVault(imported, DAYS90)).map(destination)).toEqual([
      { 'Fn::ImportValue': 'Arn' },
    ]);
  });
});
