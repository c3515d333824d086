import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Stack, Tags, TimeZone, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import * as fc from 'fast-check';
import type { OrganizationBackupPlanOptions } from '../../../src/organization/core/organization-backup-plan-options';
import { OrganizationTarget } from '../../../src/organization/core/organization-target';
import { BackupPolicyDocument } from '../../../src/organization/policy/backup-policy-document';
import { OrganizationBackupPolicy } from '../../../src/organization/policy/organization-backup-policy';
import type { OrganizationBackupPolicyProps } from '../../../src/organization/policy/organization-backup-policy-props';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { refusal, thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { schemaProblems } from '../../support/schema';
import { synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const UNIT = OrganizationTarget.organizationalUnit('ou-ab12-11111111');
const DAILY = BackupRule.daily({ retention: Retention.days(35) });
const GOLD = TagCondition.stringEquals('backup', 'gold');
const IN_POLICY = ' (in `Stack/Policy`)';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const goldPlan = (inside: Partial<OrganizationBackupPlanOptions> = {}): OrganizationBackupPlanOptions => ({
  name: 'gold',
  regions: ['eu-west-1'],
  vaultName: 'gold',
  rules: [DAILY],
  tags: [GOLD],
  ...inside,
});
const policy = (props: OrganizationBackupPolicyProps = {}, id = 'Policy') =>
  new OrganizationBackupPolicy(stack, id, { targets: [UNIT], ...props });
const planned = (inside: Partial<OrganizationBackupPlanOptions> = {}) =>
  policy({ plans: [goldPlan(inside)] });
const set = (value: unknown) => ({ '@@assign': value });
const existing = (plans: unknown) => BackupPolicyDocument.fromObject({ plans });

describe('a backup policy of an organization', () => {
  test('consists of the rules and conditions of a backup plan, and satisfies the CloudFormation schema', () => {
    policy({ policyName: 'gold', description: 'What matters', plans: [goldPlan()] });
    const template = synthesize(stack);
    template.hasResourceProperties('AWS::Organizations::Policy', {
      Name: 'gold',
      Description: 'What matters',
      Type: 'BACKUP_POLICY',
      TargetIds: ['ou-ab12-11111111'],
      Content: {
        plans: {
          gold: {
            regions: set(['eu-west-1']),
            rules: {
              daily: {
                schedule_expression: set('cron(0 5 ? * * *)'),
                target_backup_vault_name: set('gold'),
                lifecycle: { delete_after_days: set('35') },
              },
            },
            selections: {
              tags: {
                gold: {
                  iam_role_arn: set('arn:aws:iam::$account:role/AwsBackupOrganizationRole'),
                  tag_key: set('backup'),
                  tag_value: set(['gold']),
                },
              },
            },
          },
        },
      },
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('accepts selections of plans, and names unnamed ones after the plan', () => {
    const one = planned({
      tags: undefined,
      selections: [{ resourceTypes: [ResourceType.EFS], tags: [GOLD] }],
    });
    expect(Object.keys(rendered(one).Content.plans.gold.selections.resources)).toEqual(['gold']);
    const two = policy(
      {
        plans: [
          goldPlan({
            tags: undefined,
            selections: [{ tags: [GOLD] }, { selectionName: 'any', anyTag: [GOLD] }],
          }),
        ],
      },
      'Two',
    );
    expect(Object.keys(rendered(two).Content.plans.gold.selections.tags)).toEqual(['any', 'gold-1']);
  });

  test('has literal vault names and copy ARNs, wherever in the app the vaults are created', () => {
    const backup = new Stack(stack.node.root as never, 'Backup', {
      env: { account: '222222222222', region: 'eu-central-1' },
    });
    const central = new BackupVault(backup, 'Central', { backupVaultName: 'central' });
    const vault = BackupVault.fromBackupVaultName(stack, 'Other', 'other');
    const rule = BackupRule.daily({
      retention: Retention.days(35),
      vault,
      copies: [
        CopyAction.toVault(central, { retention: Retention.days(90) }),
        CopyAction.toVaultArn('arn:aws:backup:eu-west-3:$account:backup-vault:second', {
          retention: Retention.days(90),
        }),
      ],
    });
    const given = planned({ vaultName: undefined, rules: [rule] });
    const { daily } = rendered(given).Content.plans.gold.rules;
    expect(daily.target_backup_vault_name).toEqual(set('other'));
    expect(Object.keys(daily.copy_actions)).toEqual([
      'arn:aws:backup:eu-central-1:222222222222:backup-vault:central',
      'arn:aws:backup:eu-west-3:$account:backup-vault:second',
    ]);
    expect(given.document.vaultNames).toEqual(['other']);
  });

  test.each([
    ['eu-west-1', 'arn:aws:iam::$account:role/service-role/Backup'],
    ['cn-north-1', 'arn:aws-cn:iam::$account:role/service-role/Backup'],
    ['us-gov-west-1', 'arn:aws-us-gov:iam::$account:role/service-role/Backup'],
  ])('is in the partition of its Regions: %s', (region, arn) => {
    const given = planned({ regions: [region], roleName: 'service-role/Backup' });
    expect(rendered(given).Content.plans.gold.selections.tags.gold.iam_role_arn).toEqual(set(arn));
    expect(given.document.roleNames).toEqual(['service-role/Backup']);
  });

  test('can be locked: child policies may neither change its plans nor add plans', () => {
    const none = ['@@none'];
    const { plans } = rendered(policy({ plans: [goldPlan()], locked: true })).Content;
    const control = '@@operators_allowed_for_child_policies';
    expect(plans[control]).toEqual(none);
    expect(plans.gold[control]).toEqual(none);
    expect(plans.gold.regions[control]).toEqual(none);
    expect(plans.gold.rules.daily.lifecycle.delete_after_days[control]).toEqual(none);
    expect(plans.gold.selections.tags.gold.tag_value[control]).toEqual(none);
  });

  test('reports how many characters are left', () => {
    const { document } = planned();
    expect(document.characters).toBe(document.text.length);
    expect(document.charactersLeft).toBe(10_000 - document.text.length);
    expect(`${document}`).toBe(document.text);
  });

  test('reports what it needs in the accounts', () => {
    const { document } = policy({
      plans: [
        goldPlan({ regions: ['eu-west-1', 'eu-central-1'] }),
        goldPlan({ name: 'silver', vaultName: 'silver', roleName: 'Other' }),
      ],
    });
    expect(document.vaultNames).toEqual(['gold', 'silver']);
    expect(document.airGappedVaultNames).toEqual([]);
    expect(document.regions).toEqual(['eu-central-1', 'eu-west-1']);
    expect(document.roleNames).toEqual(['AwsBackupOrganizationRole', 'Other']);
  });

  test('has a generated name and tags', () => {
    const given = planned();
    Tags.of(given).add('team', 'storage');
    expect(given.policyName).toMatch(/^Stack-Policy-[0-9a-f]{8}$/);
    synthesize(stack).hasResourceProperties('AWS::Organizations::Policy', {
      Name: given.policyName,
      Tags: [{ Key: 'team', Value: 'storage' }],
    });
  });

  test('exposes its ID and ARN', () => {
    const given = planned();
    expect(stack.resolve([given.policyId, given.policyArn])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'Id'] },
      { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
    ]);
    expect(given.policyRef.policyId).toBe(given.policyId);
    expect(given.policyRef.policyArn).toBe(given.policyArn);
  });

  test('can be attached later, and warns while it is not attached', () => {
    const given = policy({ plans: [goldPlan()], targets: [] });
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([
      "Backup-PolicyWithoutTarget: `targets` is empty, so the policy is not attached and has no effect; for example, set `targets: [OrganizationTarget.organizationalUnit('ou-ab12-11111111')]`",
    ]);
    given.attachTo(OrganizationTarget.root('r-ab12'), OrganizationTarget.account('111122223333'));
    expect(rendered(given).TargetIds).toEqual(['r-ab12', '111122223333']);
    expect(given.targets).toHaveLength(2);
    expect(refusal(() => given.attachTo(OrganizationTarget.root('r-ab12')))).toBe(
      `\`targets\` must list each target once, got \`r-ab12\` 2 times; remove the duplicates${IN_POLICY}`,
    );
  });

  test('is attached after the earlier policies of the stack', () => {
    const first = policy({ plans: [goldPlan()] }, 'First');
    policy({ plans: [goldPlan()] }, 'Second');
    const [, second] = Object.values(synthesize(stack).findResources('AWS::Organizations::Policy'));
    expect(second.DependsOn).toEqual([stack.getLogicalId(first.node.defaultChild as CfnPolicy)]);
  });

  test('can be attached to a target that is known only at deployment', () => {
    const unit = Token.asString({ 'Fn::ImportValue': 'unit' });
    const given = policy({ plans: [goldPlan()], targets: [OrganizationTarget.organizationalUnit(unit)] });
    expect(rendered(given).TargetIds).toEqual([{ 'Fn::ImportValue': 'unit' }]);
    expect(`${given.targets[0]}`).toBe('a target known at deployment');
  });

  test('has an ID for property injectors', () => {
    expect(OrganizationBackupPolicy.PROPERTY_INJECTION_ID).toBe(
      'cdk-backup-constructs.OrganizationBackupPolicy',
    );
  });
});

describe('an existing document', () => {
  const text = '{ "plans": { "gold": { "regions": { "@@append": [ "eu-west-1" ] } } } }';
  const minified = '{"plans":{"gold":{"regions":{"@@append":["eu-west-1"]}}}}';

  test('becomes an object in the policy, so that CloudFormation detects drift', () => {
    const given = policy({ document: BackupPolicyDocument.fromText(text) });
    expect(rendered(given).Content).toEqual(JSON.parse(text));
    expect(given.document.text).toBe(minified);
    expect(given.document.characters).toBe(minified.length);
    expect(given.document.regions).toEqual(['eu-west-1']);
  });

  test('can be an object, a string or a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'));
    const file = join(folder, 'policy.json');
    writeFileSync(file, `\ufeff${text}`);
    try {
      for (const document of [
        BackupPolicyDocument.fromObject(JSON.parse(text)),
        BackupPolicyDocument.fromText(text),
        BackupPolicyDocument.fromFile(file),
      ])
        expect(document.text).toBe(minified);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is refused with every problem, each with its path, and the name of the file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'));
    const file = join(folder, 'policy.json');
    writeFileSync(file, '{"plans":{"gold":{"regions":{"@@assign":["mars"]},"rules":{"a b":{}}}}}');
    try {
      const lines = refusal(() => BackupPolicyDocument.fromFile(file)).split('\n');
      expect(lines[0]).toBe(`2 problems of \`${file}\`:`);
      expect(lines[1]).toMatch(/^ {2}- `plans\/gold\/regions\/@@assign\/0` must be /);
      expect(lines[2]).toMatch(/`a b`/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    [
      () => BackupPolicyDocument.fromFile('missing.json'),
      '`path` of `BackupPolicyDocument.fromFile` must be a readable file, got `missing.json` (ENOENT)',
    ],
    [
      () => BackupPolicyDocument.fromText({ plans: {} } as never),
      '`json` of `BackupPolicyDocument.fromText` must be JSON text, got an object; use `BackupPolicyDocument.fromObject` for an object',
    ],
    [
      () => BackupPolicyDocument.fromText('{"plans":'),
      'the document is not valid JSON: a value belongs at line 1, column 10, got the end (in `BackupPolicyDocument.fromText`)',
    ],
    [
      () => BackupPolicyDocument.fromText('{"plans":{"a":{},"a":{}}}'),
      '`plans/a`: the key occurs twice in its object (in `BackupPolicyDocument.fromText`)',
    ],
    [
      () => BackupPolicyDocument.fromObject({ plans: { gold: { regions: {}, rule: {} } } }),
      expect.stringContaining('`plans/gold/rule`'),
    ],
    [
      () => BackupPolicyDocument.fromObject(undefined),
      expect.stringMatching(/^the document must be an object/),
    ],
  ])('is refused where AWS would refuse it: %#', (make, message) => {
    expect(refusal(make)).toEqual(message);
  });

  test('is refused where it is too long, with what to move elsewhere', () => {
    const regions = { '@@append': Array.from({ length: 90 }, () => 'eu-west-1') };
    const plans = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`plan-${i}`, { regions }]));
    expect(refusal(() => existing(plans))).toMatch(
      /^the document must be at most 10000 characters, got \d+; move the plans `plan-\d+` \(\d+ characters\)/,
    );
  });

  test('is told where its locks have holes', () => {
    const document = existing({
      gold: { '@@operators_allowed_for_child_policies': ['@@none'], regions: { '@@assign': ['eu-west-1'] } },
    });
    policy({ document });
    expect(warningsOf(stack)).toEqual([
      'Backup-PolicyLockHole: `plans/gold` restricts child policies, but they can still change `plans/gold/regions`; add `@@operators_allowed_for_child_policies` there too: it protects only the level where it is set',
    ]);
  });

  test('may have tokens, which are left unjudged', () => {
    const token = Token.asString({ Ref: 'Vault' });
    const rules = { daily: { target_backup_vault_name: set(token) } };
    const given = policy({ document: existing({ gold: { rules } }) });
    expect(rendered(given).Content.plans.gold.rules).toEqual({
      daily: { target_backup_vault_name: set({ Ref: 'Vault' }) },
    });
    expect(given.document.vaultNames).toEqual([]);
    const whole = policy({ document: BackupPolicyDocument.fromText(token) }, 'Whole');
    expect(rendered(whole).Content).toEqual({ Ref: 'Vault' });
  });

  test('never ends in an error that is not ours', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.json()), (document) => {
        thrown(() => BackupPolicyDocument.fromObject(document));
        thrown(() => BackupPolicyDocument.fromText(document as string));
      }),
    );
  });
});

describe('what AWS Organizations or AWS Backup would refuse is refused at synthesis', () => {
  const refused = (props: OrganizationBackupPolicyProps) => refusal(() => policy(props));

  test.each<[string, () => OrganizationBackupPolicyProps, string]>([
    [
      'neither plans nor a document',
      () => ({}),
      '`plans` or `document` must be set, got neither; set `plans`, or `document: BackupPolicyDocument.fromFile(path)` for an existing document',
    ],
    [
      'both plans and a document',
      () => ({ plans: [goldPlan()], document: existing({}) }),
      "`plans` and `document` can't be combined, got both; omit one of them",
    ],
    [
      'a lock of an existing document',
      () => ({ document: existing({}), locked: true }),
      "`locked` applies to `plans` and can't change an existing `document`, got true; set `@@operators_allowed_for_child_policies` in the document",
    ],
    [
      'a name without letters',
      () => ({ policyName: '', plans: [goldPlan()] }),
      '`policyName` must be a name of 1 to 128 characters, got an empty string',
    ],
    [
      'a description that is too long',
      () => ({ description: 'x'.repeat(513), plans: [goldPlan()] }),
      '`description` must be a string of at most 512 characters, got 513; shorten it',
    ],
    [
      'no plan at all',
      () => ({ plans: [] }),
      '`plans` must have at least one plan, got none; add one, because the policy has no effect without it',
    ],
    [
      'a plan that selects nothing',
      () => ({ plans: [goldPlan({ tags: undefined })] }),
      "`plans[0].tags` or `plans[0].selections` must select what is backed up, got neither; for example, set `tags: [TagCondition.stringEquals('backup', 'gold')]`",
    ],
    [
      'a plan that says twice what it selects',
      () => ({ plans: [goldPlan({ selections: [] })] }),
      "`plans[0].tags` and `plans[0].selections` can't be combined, got both; move the conditions into a selection",
    ],
    [
      'a role of one account',
      () => ({
        plans: [
          goldPlan({
            tags: undefined,
            selections: [{ tags: [GOLD], role: iam.Role.fromRoleName(stack, 'Role', 'Role') }],
          }),
        ],
      }),
      '`role` of `gold` is not supported by organization backup policies, whose role has the same name in every account; set `roleName` on the plan',
    ],
    [
      'single resources',
      () => ({
        plans: [goldPlan({ tags: undefined, selections: [{ tags: [GOLD], arns: ['arn:aws:s3:::a'] }] })],
      }),
      '`arns` of `gold` is not supported by organization backup policies, which apply to many accounts; select by `resourceTypes` and `tags`',
    ],
    [
      'a time zone',
      () => ({
        plans: [
          goldPlan({
            rules: [BackupRule.daily({ retention: Retention.days(35), timeZone: TimeZone.ASIA_SEOUL })],
          }),
        ],
      }),
      '`timeZone` of `daily` is not supported by organization backup policies, whose schedules are in UTC, got `Asia/Seoul`; omit it, and specify the time in UTC',
    ],
    [
      'a vault whose name is known only at deployment',
      () => ({ plans: [goldPlan({ vaultName: Token.asString({ Ref: 'Vault' }) })] }),
      '`vault` of `daily` must be known at synthesis in an organization backup policy, got a token; give the vault a literal name, the same in every account',
    ],
    [
      'Regions of two partitions',
      () => ({ plans: [goldPlan({ regions: ['eu-west-1', 'cn-north-1'] })] }),
      '`regions` of a policy must be in one partition, got aws (eu-west-1) and aws-cn (cn-north-1); create a policy for each organization',
    ],
    [
      'a partition that AWS Organizations takes no roles of',
      () => ({ plans: [goldPlan({ regions: ['eusc-de-east-1'] })] }),
      expect.stringContaining(
        '`regions` of a policy must be in aws, aws-cn, aws-us-gov, the partitions whose ARNs AWS Organizations accepts, got aws-eusc',
      ) as never,
    ],
    [
      'what is no target',
      () => ({ plans: [goldPlan()], targets: ['r-ab12' as never] }),
      "`targets[0]` must be an `OrganizationTarget`, got `r-ab12`; for example, use `OrganizationTarget.organizationalUnit('ou-ab12-11111111')`",
    ],
  ])('%s', (_, props, message) => {
    const given = refused(props());
    if (typeof message === 'string') expect(given).toBe(`${message}${IN_POLICY}`);
    else expect(given).toEqual(message);
  });

  test('copies into a vault of the app whose lock makes them fail', () => {
    const backup = new Stack(stack.node.root as never, 'Backup', {
      env: { account: '222222222222', region: 'eu-central-1' },
    });
    const lock = VaultLock.governance({ minRetention: Duration.days(90) });
    const central = new BackupVault(backup, 'Central', { backupVaultName: 'central', lock });
    const copies = [CopyAction.toVault(central, { retention: Retention.days(35) })];
    expect(
      refused({
        plans: [goldPlan({ rules: [BackupRule.daily({ retention: Retention.days(35), copies })] })],
      }),
    ).toBe(
      `\`retention\` of a copy of the rule \`daily\` must lie within the lock of \`Backup/Central\` (90 days or more), got 35 days: every such job would fail; use 90 days or more${IN_POLICY}`,
    );
  });

  test('all problems are reported in one error', () => {
    expect(
      refused({
        policyName: 'x'.repeat(129),
        plans: [goldPlan({ rules: [DAILY, DAILY] }), goldPlan({ name: 'GOLD', vaultName: undefined })],
      }),
    ).toBe(
      [
        '4 problems of `Stack/Policy`:',
        `  - \`policyName\` must be a name of 1 to 128 characters, got \`${'x'.repeat(129)}\``,
        '  - `rules` of `gold` must have unique names (case-insensitive), got `daily` twice; rename one of them',
        '  - `vault` of `daily` must be set for an organization backup policy, on the rule or on the plan, got neither; set `vaultName` on the plan',
        '  - `name` of a plan must be unique in a backup policy (case-insensitive), got `GOLD` twice; rename one of them',
      ].join('\n'),
    );
  });

  test('callers without static types get our errors', () => {
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom('plans', 'document', 'targets', 'locked', 'policyName'),
        (value, key) => {
          const own = testStack();
          thrown(
            () => new OrganizationBackupPolicy(own, 'Policy', { plans: [goldPlan()], [key]: value } as never),
          );
          thrown(() => new OrganizationBackupPolicy(own, 'Other', value as never));
        },
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom(...Object.keys(goldPlan()), 'selections', 'planTags', 'scanTypes'),
        (value, key) => {
          thrown(() => BackupPolicyDocument.fromPlans([{ ...goldPlan(), [key]: value } as never]));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a copy with a placeholder is for backup policies, not for the plan of one account', () => {
    expect(
      refusal(() =>
        CopyAction.toVaultArn('arn:aws:backup:eu-west-1:$accounts:backup-vault:x', {
          retention: Retention.days(90),
        }),
      ),
    ).toBe(
      '`vaultArn` must be the ARN of a backup vault, `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`, got `arn:aws:backup:eu-west-1:$accounts:backup-vault:x`, whose account is `$accounts`, not 12 digits (in `CopyAction.toVaultArn`)',
    );
  });
});

describe('a target', () => {
  test.each<[() => OrganizationTarget, string]>([
    [
      () => OrganizationTarget.root('ou-ab12-11111111'),
      '`rootId` of `OrganizationTarget.root` must be a root ID such as `r-ab12`, got `ou-ab12-11111111`',
    ],
    [
      () => OrganizationTarget.organizationalUnit('ou-AB12-11111111'),
      '`unitId` of `OrganizationTarget.organizationalUnit` must be the ID of an organizational unit such as `ou-ab12-11111111`, got `ou-AB12-11111111`',
    ],
    [
      () => OrganizationTarget.account(111122223333 as never),
      '`accountId` of `OrganizationTarget.account` must be a 12-digit account ID, got 111122223333; write it in quotes',
    ],
  ])('must have an ID of its kind: %#', (make, message) => {
    expect(refusal(make)).toBe(message);
  });

  test('prints its ID', () => {
    expect(`${UNIT}`).toBe('ou-ab12-11111111');
  });
});

describe('an imported policy', () => {
  const arn = 'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/backup_policy/p-0123456789';

  test('has an ARN', () => {
    const { policyRef } = OrganizationBackupPolicy.fromOrganizationBackupPolicyArn(stack, 'Imported', arn);
    expect(policyRef).toMatchObject({ policyId: 'p-0123456789', policyArn: arn });
  });

  test('or only an ID, and then its ARN is unknown', () => {
    const { policyRef } = OrganizationBackupPolicy.fromOrganizationBackupPolicyId(
      stack,
      'Imported',
      'p-0123456789',
    );
    expect(policyRef.policyId).toBe('p-0123456789');
    expect(refusal(() => policyRef.policyArn)).toBe(
      "`policyArn` of `Stack/Imported` can't be derived from its ID; import it with `OrganizationBackupPolicy.fromOrganizationBackupPolicyArn`",
    );
  });

  test('may be known only at deployment', () => {
    const token = Token.asString({ Ref: 'Policy' });
    const { policyRef } = OrganizationBackupPolicy.fromOrganizationBackupPolicyArn(stack, 'Imported', token);
    expect(stack.resolve(policyRef.policyId)).toEqual({
      'Fn::Select': [3, { 'Fn::Split': ['/', { Ref: 'Policy' }] }],
    });
  });

  test('is refused if it can not be a policy', () => {
    expect(refusal(() => OrganizationBackupPolicy.fromOrganizationBackupPolicyId(stack, 'A', arn))).toBe(
      `\`policyId\` must be the ID of a policy such as \`p-0123456789\`, got \`${arn}\` (in \`Stack/A\`)`,
    );
    expect(
      refusal(() => OrganizationBackupPolicy.fromOrganizationBackupPolicyArn(stack, 'B', 'p-0123456789')),
    ).toBe(
      '`policyArn` must be the ARN of a backup policy, `arn:<partition>:organizations::<account>:policy/<organization>/backup_policy/<id>`, got `p-0123456789` (in `Stack/B`)',
    );
  });
});
