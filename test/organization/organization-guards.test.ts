import type { Stack } from 'aws-cdk-lib';
import { OrganizationTarget } from '../../src/organization/core/organization-target';
import {
  BackupProtectionPolicy,
  FUNCTION_IDS,
} from '../../src/organization/protection/backup-protection-policy';
import type { BackupProtectionPolicyProps } from '../../src/organization/protection/backup-protection-policy-props';
import {
  BackupTagPolicy,
  type BackupTagPolicyProps,
} from '../../src/organization/protection/backup-tag-policy';
import { HANDLER_ACTIONS } from '../../src/resources/provider/handler-actions';
import { refusal } from '../support/refusal';
import { rendered } from '../support/rendered';
import { schemaProblems } from '../support/schema';
import { synthesize, testStack } from '../support/synthesis';

const UNIT = OrganizationTarget.organizationalUnit('ou-ab12-11111111');

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string | string[];
  readonly Condition: Record<string, Record<string, unknown>>;
}

describe('a protection policy', () => {
  const protection = (props: Partial<BackupProtectionPolicyProps> = {}) =>
    new BackupProtectionPolicy(stack, 'Protection', { targets: [UNIT], ...props });
  const statementsOf = (given: BackupProtectionPolicy): Record<string, Statement> =>
    Object.fromEntries(rendered(given).Content.Statement.map((each: Statement) => [each.Sid, each]));

  test('is a service control policy that satisfies the CloudFormation schema', () => {
    const given = protection();
    const template = synthesize(stack);
    template.hasResourceProperties('AWS::Organizations::Policy', {
      Name: given.policyName,
      Type: 'SERVICE_CONTROL_POLICY',
      TargetIds: ['ou-ab12-11111111'],
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
    expect(given.characters).toBe(JSON.stringify(rendered(given).Content).length);
    expect(BackupProtectionPolicy.PROPERTY_INJECTION_ID).toBe('cdk-backup-constructs.BackupProtectionPolicy');
  });

  test('only denies, and never for StackSets, AWS Backup and exempt roles', () => {
    const statements = statementsOf(protection({ exemptRoles: ['ops/BreakGlass*'], keyAlias: 'backup' }));
    expect(Object.keys(statements)).toEqual([
      'Backups',
      'Vaults',
      'Sharing',
      'Tags',
      'Plans',
      'Roles',
      'Keys',
    ]);
    for (const { Effect, Condition } of Object.values(statements))
      expect([Effect, Condition.ArnNotLike['aws:PrincipalArn']]).toEqual([
        'Deny',
        [
          'arn:*:iam::*:role/stacksets-exec-*',
          'arn:*:iam::*:role/AwsBackupOrganizationRole',
          'arn:*:iam::*:role/ops/BreakGlass*',
        ],
      ]);
  });

  test('lets nobody else create or change an exempt role', () => {
    const { Roles } = statementsOf(protection({ exemptRoles: ['BreakGlass'] }));
    expect(Roles.Resource).toEqual(Roles.Condition.ArnNotLike['aws:PrincipalArn']);
    expect(Roles.Action).toEqual(expect.arrayContaining(['iam:CreateRole', 'iam:UpdateAssumeRolePolicy']));
  });

  const GROUPS: [keyof BackupProtectionPolicyProps, string[]][] = [
    ['protectsJobs', ['Backups backup:StopBackupJob']],
    ['protectsLegalHolds', ['Backups backup:CancelLegalHold']],
    ['protectsSettings', ['Backups backup:UpdateGlobalSettings', 'Backups backup:UpdateRegionSettings']],
    [
      'protectsSharing',
      [
        'Vaults backup:DeleteBackupVaultSharingPolicy',
        'Vaults backup:PutBackupVaultSharingPolicy',
        'Sharing ram:AssociateResourceShare',
        'Sharing ram:CreateResourceShare',
        'Sharing ram:DisassociateResourceShare',
      ],
    ],
    [
      'protectsTags',
      [
        'Vaults backup:TagResource',
        'Vaults backup:UntagResource',
        'Tags backup:UntagResource',
        'Plans backup:TagResource',
        'Plans backup:UntagResource',
      ],
    ],
    [
      'protectsAudits',
      ['Framework', 'ReportPlan', 'RestoreTesting*'].flatMap((what) => [
        `Backups backup:Delete${what}`,
        `Backups backup:Update${what}`,
      ]),
    ],
    ['protectsMembership', ['Backups account:CloseAccount', 'Backups organizations:LeaveOrganization']],
  ];

  test.each(GROUPS)('denies %s unless it is turned off, and nothing else goes with it', (group, denied) => {
    const deniedBy = (given: BackupProtectionPolicy) =>
      Object.values(statementsOf(given)).flatMap(({ Sid, Action }) => Action.map((each) => `${Sid} ${each}`));
    const all = deniedBy(protection());
    const without = new Set(
      deniedBy(new BackupProtectionPolicy(stack, 'Without', { targets: [UNIT], [group]: false })),
    );
    expect(all.filter((each) => !without.has(each)).sort()).toEqual([...denied].sort());
    expect(without.size).toBe(all.length - denied.length);
  });

  test('exempts the functions of custom resources, and lets only deployers create or use one', () => {
    const statements = statementsOf(protection({ functionDeployers: ['cdk-*-cfn-exec-role-*'] }));
    const deployer = 'arn:*:iam::*:role/cdk-*-cfn-exec-role-*';
    const functions = 'arn:*:iam::*:role/cdk-backup-constructs/*';
    const exempt = ({ Condition }: Statement) => Condition.ArnNotLike['aws:PrincipalArn'] as string[];
    for (const statement of Object.values(statements)) expect(exempt(statement)).toContain(functions);
    // deployers may deploy functions, and nothing else
    expect(Object.keys(statements).filter((sid) => exempt(statements[sid]).includes(deployer))).toEqual([
      'Roles',
      'FunctionRoles',
      'Functions',
    ]);
    expect(statements.Roles.Resource).toEqual(expect.arrayContaining([functions, deployer]));
    expect(statements.FunctionRoles).toMatchObject({ Action: ['iam:PassRole'], Resource: functions });
    expect(statements.Functions).toMatchObject({
      Action: expect.arrayContaining(['lambda:InvokeFunction', 'lambda:UpdateFunction*']),
      Condition: { StringLike: { 'aws:ResourceTag/aws:cloudformation:logical-id': FUNCTION_IDS } },
    });
  });

  test('exempts no function if nobody is named who may deploy one', () => {
    expect(JSON.stringify(statementsOf(protection()))).not.toContain('cdk-backup-constructs');
  });

  test('recognizes the functions of every custom resource by their logical ids', () => {
    const patterns = FUNCTION_IDS.map((each) => new RegExp(`^${each.replaceAll('*', '.*')}$`));
    for (const type of Object.keys(HANDLER_ACTIONS)) {
      const logicalId = `${type.replace('::', '')}HandlerABCDEF12`;
      expect(patterns.some((pattern) => pattern.test(logicalId))).toBe(true);
    }
  });

  test('fits with every option into what AWS Organizations accepts', () => {
    const given = protection({
      roleName: 'service-role/AwsBackupOrganizationRole',
      keyAlias: 'organization-backup',
      vaultNames: ['gold-*', 'silver-*', 'bronze-*'],
      exemptRoles: ['ops/BreakGlass'],
      functionDeployers: ['cdk-hnb659fds-cfn-exec-role-*'],
    });
    expect(given.characters).toBeLessThan(5_120);
  });

  test('protects all vaults, or some', () => {
    expect(statementsOf(protection()).Vaults.Resource).toBe('arn:*:backup:*:*:backup-vault:*');
    const some = new BackupProtectionPolicy(stack, 'Some', {
      targets: [UNIT],
      vaultNames: ['gold', 'silver-*'],
    });
    expect(statementsOf(some).Vaults.Resource).toEqual([
      'arn:*:backup:*:*:backup-vault:gold',
      'arn:*:backup:*:*:backup-vault:silver-*',
    ]);
  });

  test('protects the plans of policies, and optionally those of members', () => {
    expect(statementsOf(protection()).Plans.Resource).toBe('arn:*:backup:*:*:backup-plan:orgs/*');
    const all = new BackupProtectionPolicy(stack, 'All', { targets: [UNIT], protectsMemberPlans: true });
    expect(statementsOf(all).Plans.Resource).toBe('arn:*:backup:*:*:backup-plan:*');
  });

  test('protects the key with an alias', () => {
    const { Keys } = statementsOf(protection({ keyAlias: 'alias/backup' }));
    expect(Keys.Action).toContain('kms:ScheduleKeyDeletion');
    expect(Keys.Condition['ForAnyValue:StringEquals']).toEqual({ 'kms:ResourceAliases': 'alias/backup' });
  });

  test('can be attached to more targets', () => {
    const given = protection();
    given.attachTo(OrganizationTarget.account('333333333333'));
    expect(rendered(given).TargetIds).toEqual(['ou-ab12-11111111', '333333333333']);
    expect(stack.resolve([given.policyId, given.policyArn])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'Id'] },
      { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
    ]);
    expect(given.policyRef.policyId).toBe(given.policyId);
  });

  test.each<[Partial<BackupProtectionPolicyProps>, string]>([
    [{ targets: [] }, '`targets` must name at least one root, organizational unit or account, got none'],
    [{ targets: undefined }, '`targets` must be a list of targets, got nothing'],
    [{ policyName: '' }, '`policyName` must be a name of 1 to 128 characters, got an empty string'],
    [
      { roleName: 'a b' },
      '`roleName` must be the path and name of a role, such as `service-role/MyBackupRole`, got `a b`',
    ],
    [
      { vaultNames: ['a.b'] },
      '`vaultNames[0]` must be the name of a vault, with `*` as a wildcard, got `a.b`',
    ],
    [
      { keyAlias: 'aws/backup' },
      '`keyAlias` must be 1 to 250 characters from `a-z`, `A-Z`, `0-9`, `/`, `_` and `-`, not starting with `aws/`, got `aws/backup`',
    ],
    [
      { exemptRoles: ['*'] },
      '`exemptRoles[0]` must be the path and name of a role, with `*` as a wildcard, got `*`; for example, use `BreakGlass`',
    ],
    [{ protectsMemberPlans: 1 as never }, '`protectsMemberPlans` must be true or false, got 1'],
    [{ protectsTags: 'no' as never }, '`protectsTags` must be true or false, got `no`'],
    [
      { functionDeployers: ['*'] },
      '`functionDeployers[0]` must be the path and name of a role, with `*` as a wildcard, got `*`; for example, use `cdk-hnb659fds-cfn-exec-role-*`',
    ],
  ])('is refused if it is invalid: %#', (props, message) => {
    expect(refusal(() => protection(props))).toBe(`${message} (in \`Stack/Protection\`)`);
  });

  test('is refused if it is longer than AWS Organizations accepts', () => {
    const vaultNames = Array.from({ length: 80 }, (_, index) => `vault-of-the-department-${index}`);
    expect(refusal(() => protection({ vaultNames }))).toMatch(
      /^the policy must be at most 5120 characters, got \d+; use `\*` in `vaultNames` and `exemptRoles`, or create two policies \(in `Stack\/Protection`\)$/,
    );
  });

  test('requires props', () => {
    expect(refusal(() => new BackupProtectionPolicy(stack, 'Protection', undefined as never))).toBe(
      '`props` must be an object with properties, got nothing (in `Stack/Protection`)',
    );
  });
});

describe('a tag policy', () => {
  const tagPolicy = (props: Partial<BackupTagPolicyProps> = {}) =>
    new BackupTagPolicy(stack, 'Tags', { targets: [UNIT], values: ['gold', 'bronze'], ...props });
  const set = (value: unknown) => ({ '@@assign': value });

  test('defines how the tag is written, and satisfies the CloudFormation schema', () => {
    const given = tagPolicy({ tagKey: 'Backup', enforcedFor: ['dynamodb:table', 's3:bucket'] });
    const template = synthesize(stack);
    template.hasResourceProperties('AWS::Organizations::Policy', {
      Name: given.policyName,
      Type: 'TAG_POLICY',
      TargetIds: ['ou-ab12-11111111'],
      Content: {
        tags: {
          backup: {
            tag_key: set('Backup'),
            tag_value: set(['gold', 'bronze']),
            enforced_for: set(['dynamodb:table', 's3:bucket']),
          },
        },
      },
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
    expect(BackupTagPolicy.PROPERTY_INJECTION_ID).toBe('cdk-backup-constructs.BackupTagPolicy');
  });

  test('is for the key `backup` by default, and enforces nothing', () => {
    const given = tagPolicy();
    expect(rendered(given).Content.tags).toEqual({
      backup: { tag_key: set('backup'), tag_value: set(['gold', 'bronze']) },
    });
    expect(given.policyRef.policyArn).toBe(given.policyArn);
    expect(given.policyRef.policyId).toBe(given.policyId);
  });

  test.each<[Partial<BackupTagPolicyProps>, string]>([
    [
      { values: [] },
      "`values` must contain at least one value, got none; for example, use `values: ['gold']`",
    ],
    [{ values: 'gold' as never }, '`values` must be a list of strings, got `gold`'],
    [{ values: [7 as never] }, '`values[0]` must be a string, got 7'],
    [
      { values: ['x'.repeat(257)] },
      '`values[0]` must be a tag value of at most 256 characters, got 257 characters',
    ],
    [
      { tagKey: 'aws:backup' },
      '`tagKey` must not begin with `aws:`, which is reserved for AWS, got `aws:backup`; use another key',
    ],
    [{ tagKey: 7 as never }, '`tagKey` must be a string, got 7'],
    [
      { enforcedFor: ['table'] },
      '`enforcedFor[0]` must be a resource type such as `dynamodb:table`, got `table`',
    ],
  ])('is refused if it is invalid: %#', (props, message) => {
    expect(refusal(() => tagPolicy(props))).toBe(`${message} (in \`Stack/Tags\`)`);
  });

  test('is refused if it is longer than AWS Organizations accepts', () => {
    const values = Array.from({ length: 60 }, (_, index) => `${index}`.padStart(200, 'x'));
    expect(refusal(() => tagPolicy({ values }))).toMatch(
      /^the policy must be at most 10000 characters, got \d+; use `\*` at the end of values \(in `Stack\/Tags`\)$/,
    );
  });

  test('requires props', () => {
    expect(refusal(() => new BackupTagPolicy(stack, 'Tags', undefined as never))).toBe(
      '`props` must be an object with properties, got nothing (in `Stack/Tags`)',
    );
  });
});
