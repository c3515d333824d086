import { Stack, Token } from 'aws-cdk-lib';
import { OrganizationTarget } from '../../../src/organization/core/organization-target';
import {
  BackupPolicyDelegation,
  type BackupPolicyDelegationProps,
} from '../../../src/organization/delegation/backup-policy-delegation';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { schemaProblems } from '../../support/schema';
import { synthesize, testStack } from '../../support/synthesis';

const MEMBER = '222222222222';
const OF_BACKUP = { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } };

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

interface Statement {
  readonly Sid: string;
  readonly Action: string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
const delegation = (props: Partial<BackupPolicyDelegationProps> = {}, id = 'Delegation') =>
  new BackupPolicyDelegation(stack, id, { accountIds: [MEMBER], ...props });
const statementsOf = (given: BackupPolicyDelegation): Statement[] => rendered(given).Content.Statement;
const arn = (resource: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:organizations::111122223333:${resource}`]],
});

describe('the delegation of backup policies', () => {
  test('lets an account manage backup policies and nothing else, and satisfies the schema of CloudFormation', () => {
    const given = delegation();
    const statements = statementsOf(given);
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      'ReadOrganization',
      'ReadBackupPolicies',
      'ManageBackupPolicies',
      'AttachBackupPolicies',
      'TagBackupPolicies',
    ]);
    // what changes something is bound to the type, or to the ARNs of policies of the type
    for (const { Action, Condition, Resource } of statements.slice(2))
      expect([Action, Condition ?? Resource]).toEqual([
        Action,
        Action[0] === 'organizations:TagResource' ? arn('policy/o-*/backup_policy/*') : OF_BACKUP,
      ]);
    for (const { Action } of statements.slice(0, 2))
      for (const action of Action) expect(action).toMatch(/^organizations:(Describe|List)/);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
  });

  test('names the account, and lets it attach policies to the whole organization', () => {
    const [read, , , attach] = statementsOf(delegation());
    expect(read).toMatchObject({
      Principal: {
        AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${MEMBER}:root`]] },
      },
    });
    expect(attach.Action).toEqual(['organizations:AttachPolicy', 'organizations:DetachPolicy']);
    expect(attach.Resource).toEqual(
      ['policy/o-*/backup_policy/*', 'root/o-*/*', 'ou/o-*/*', 'account/o-*/*'].map(arn),
    );
  });

  test('can be limited to some targets of one organization', () => {
    const [, , , attach] = statementsOf(
      delegation({
        organizationId: 'o-a1b2c3d4e5',
        attachTo: [
          OrganizationTarget.root('r-ab12'),
          OrganizationTarget.organizationalUnit('ou-ab12-11111111'),
          OrganizationTarget.account('333333333333'),
        ],
      }),
    );
    expect(attach.Resource).toEqual(
      [
        'policy/o-a1b2c3d4e5/backup_policy/*',
        'root/o-a1b2c3d4e5/r-ab12',
        'ou/o-a1b2c3d4e5/ou-ab12-11111111',
        'account/o-a1b2c3d4e5/333333333333',
      ].map(arn),
    );
  });

  test('lets the account turn backup policies on and off only on request', () => {
    const [, , , , , type] = statementsOf(delegation({ managesPolicyType: true }));
    expect(type).toMatchObject({
      Action: ['organizations:DisablePolicyType', 'organizations:EnablePolicyType'],
      Resource: arn('root/o-*/*'),
      Condition: OF_BACKUP,
    });
  });

  test('includes the statements of other policy types, because an organization has a single such policy', () => {
    const other = { Sid: 'TagPolicies', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
    expect(statementsOf(delegation({ otherStatements: [other] })).at(-1)).toEqual(other);
  });

  test('can name several accounts, including those known only at deployment', () => {
    const [read] = statementsOf(delegation({ accountIds: [MEMBER, Token.asString({ Ref: 'Account' })] }));
    expect((read as unknown as { Principal: { AWS: unknown[] } }).Principal.AWS).toHaveLength(2);
  });

  test('exposes its ID and ARN', () => {
    const given = delegation();
    expect(stack.resolve([given.resourcePolicyId, given.resourcePolicyArn])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'Id'] },
      { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
    ]);
    expect(given.resourcePolicyRef.resourcePolicyId).toBe(given.resourcePolicyId);
    expect(given.resourcePolicyRef.resourcePolicyArn).toBe(given.resourcePolicyArn);
    expect(BackupPolicyDelegation.PROPERTY_INJECTION_ID).toBe('cdk-backup-constructs.BackupPolicyDelegation');
  });

  test.each<[Partial<BackupPolicyDelegationProps>, string]>([
    [{ accountIds: [] }, '`accountIds` must contain at least one account, got none'],
    [
      { accountIds: MEMBER as never },
      '`accountIds` must be a list of account IDs, got `222222222222`; write it in quotes',
    ],
    [
      { accountIds: ['2222'] },
      '`accountIds[0]` must be a 12-digit account ID, got `2222`; write it in quotes',
    ],
    [
      { accountIds: ['111122223333'] },
      '`accountIds` must contain member accounts, got 111122223333, the account of the stack, which must be the management account; deploy the delegation in the management account',
    ],
    [
      { organizationId: 'r-ab12' },
      '`organizationId` must be an organization ID such as `o-a1b2c3d4e5`, got `r-ab12`',
    ],
    [
      { attachTo: ['r-ab12' as never] },
      "`attachTo[0]` must be an `OrganizationTarget`, got `r-ab12`; for example, use `OrganizationTarget.organizationalUnit('ou-ab12-11111111')`",
    ],
    [{ managesPolicyType: 'yes' as never }, '`managesPolicyType` must be true or false, got `yes`'],
    [{ otherStatements: ['Allow'] }, '`otherStatements[0]` must be a policy statement, got `Allow`'],
  ])('is refused if it is invalid: %#', (props, message) => {
    expect(refusal(() => delegation(props))).toBe(`${message} (in \`Stack/Delegation\`)`);
  });

  test('requires props', () => {
    expect(refusal(() => new BackupPolicyDelegation(stack, 'Delegation', undefined as never))).toBe(
      '`props` must be an object with properties, got nothing (in `Stack/Delegation`)',
    );
  });

  test('can be in a stack whose account is known only at deployment', () => {
    const open = new Stack(testApp(), 'Open');
    const given = new BackupPolicyDelegation(open, 'Delegation', { accountIds: [MEMBER] });
    expect(JSON.stringify(rendered(given))).toContain('{"Ref":"AWS::AccountId"}');
  });
});
