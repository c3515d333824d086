import type { PolicyDocument } from '../../../src/inventory/core/iam-policy';
import { linkedRole } from '../../../src/inventory/lookups';
import { inventory, inventoryOfResources, shown } from '../../support/templates';

/** The access policy of a vault. */
function policy(AccessPolicy: unknown, rest: object = {}): PolicyDocument | undefined {
  const template = {
    Parameters: { Account: { Type: 'String' }, Document: { Type: 'String' } },
    ...rest,
    Resources: {
      Role: { Type: 'AWS::IAM::Role' },
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold', AccessPolicy } },
    },
  };
  return inventory(template).vaults[0].accessPolicy;
}

describe('a policy document', () => {
  test('has its statements, with single values as lists of one', () => {
    const document = policy({
      Version: '2012-10-17',
      Statement: {
        Sid: 'Copy',
        Effect: 'Allow',
        Principal: {
          AWS: ['111111111111', { 'Fn::GetAtt': ['Role', 'Arn'] }],
          Service: 'backup.amazonaws.com',
        },
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:x': ['a', true, 3] }, Bool: 'odd' },
      },
    });
    expect(document?.pathInTemplate).toBe('Resources/Vault/Properties/AccessPolicy');
    expect(document?.statements).toEqual({
      items: [
        {
          sid: 'Copy',
          effect: 'Allow',
          actions: { items: ['backup:CopyIntoBackupVault'] },
          resources: { items: ['*'] },
          principals: {
            items: [
              { kind: 'AWS', who: { text: '111111111111' } },
              { kind: 'AWS', who: { text: expect.anything(), to: 'App#Role' } },
              { kind: 'Service', who: { text: 'backup.amazonaws.com' } },
            ],
          },
          conditions: {
            items: [
              { operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: { items: ['o-1'] } },
              { operator: 'StringEquals', key: 'aws:x', values: { items: ['a', 'true', '3'] } },
            ],
          },
        },
      ],
    });
  });

  test('has what it leaves out: no actions, no resources, no principals', () => {
    const document = policy({
      Statement: [{ Effect: 'Deny', NotAction: ['a'], NotResource: 'b', NotPrincipal: '*' }],
    });
    expect(document?.statements.items).toEqual([
      {
        effect: 'Deny',
        notActions: { items: ['a'] },
        notResources: { items: ['b'] },
        notPrincipals: { items: [{ kind: '*', who: { text: '*' } }] },
        conditions: { items: [] },
      },
    ]);
  });

  test('is read from text, with holes where the text has them', () => {
    const text = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: 'ACCOUNT' }, Action: ['a', 'b'] }],
    });
    const [before, after] = text.split('ACCOUNT');
    const document = policy({
      'Fn::Join': ['', [before, 'arn:aws:iam::', { Ref: 'Account' }, ':root', after]],
    });
    expect(shown(document?.statements.items[0].principals?.items[0].who.text)).toBe(
      `arn:aws:iam::\${Account}:root`,
    );
    expect(document?.statements.items[0].actions?.items).toEqual(['a', 'b']);
    expect(policy(text)?.statements.items[0].principals?.items[0].who.text).toBe('ACCOUNT');
  });

  test('is read from `Fn::ToJsonString`, with what is not known in it', () => {
    const document = policy({
      'Fn::ToJsonString': { Statement: [{ Effect: 'Allow', Action: { Ref: 'Account' } }] },
    });
    expect(document?.statements.items[0].actions?.items.map(shown)).toEqual([`\${Account}`]);
  });

  test.each<[string, unknown, string]>([
    ['text that is not JSON', 'hello', 'shape: the text is not valid JSON'],
    ['text with a mark of ours', '{"a":"\uE0000\uE001"}', 'shape: the text is not valid JSON'],
    ['text that is nested too deeply', '['.repeat(100), 'shape: the text is not valid JSON'],
    ['a parameter', { Ref: 'Document' }, 'parameter: the parameter `Document` has no default'],
    [
      'text that a hole breaks',
      { 'Fn::Sub': `{"a": \${Account}}` },
      'parameter: the parameter `Account` has no default',
    ],
    ['what is not evaluated', { 'Fn::Transform': {} }, 'function: `Fn::Transform` is not evaluated'],
  ])('is not known where it is %s', (_, value, reason) => {
    expect(policy(value)?.statements.items).toEqual([]);
    expect(shown(policy(value)?.statements.rest)).toBe(reason);
  });

  test('has no statements where it is something else', () => {
    expect(policy({ Statement: null })?.statements).toEqual({ items: [] });
    expect(policy([])?.statements).toEqual({ items: [] });
    expect(policy('3')?.statements).toEqual({ items: [] });
    expect(policy(undefined)).toBeUndefined();
    expect(policy({ Statement: ['x', null] })?.statements.items).toMatchObject([
      { conditions: { items: [] } },
    ]);
  });

  test('is incomplete where a part of it is not known', () => {
    const rest = { Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Account' }, 'x'] } } };
    const maybe = { 'Fn::If': ['Open', 'a', { Ref: 'AWS::NoValue' }] };
    const document = policy(
      {
        Statement: [
          maybe,
          { Action: ['x', maybe], Principal: { AWS: maybe }, Condition: maybe },
          { Condition: { Bool: maybe }, Action: { a: 1 } },
        ],
      },
      rest,
    );
    expect(document?.statements.rest?.kind).toBe('condition');
    const [first, second] = document?.statements.items ?? [];
    expect(first.actions).toMatchObject({ items: ['x'], rest: { kind: 'condition' } });
    expect(first.principals?.rest?.kind).toBe('condition');
    expect(first.conditions.rest?.kind).toBe('condition');
    expect(second.conditions.rest?.kind).toBe('condition');
    expect(second.actions?.items.map(shown)).toEqual(['shape: expected text']);
  });

  test('has keys with holes as they are shown', () => {
    const document = policy({
      'Fn::Sub': `{"Statement":{"Condition":{"StringEquals":{"\${Account}:aud":"x"}}}}`,
    });
    expect(document?.statements.items[0].conditions.items[0].key).toBe(`\${Account}:aud`);
  });

  test('that is nested too deeply ends', () => {
    let condition: unknown = 'x';
    for (let i = 0; i < 200; i++) condition = [condition];
    expect(policy({ Statement: { Action: condition } })?.statements.items).toHaveLength(1);
  });
});

describe('roles', () => {
  const STATEMENT = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
  const document = { Statement: [STATEMENT] };
  const all = inventoryOfResources({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'backup',
        Path: '/service-role/',
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'backup.amazonaws.com' },
          },
        },
        ManagedPolicyArns: [
          { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup` },
          { Ref: 'Managed' },
        ],
        Policies: [{ PolicyName: 'inline', PolicyDocument: document }, { PolicyName: 'empty' }],
        PermissionsBoundary: { Ref: 'Boundary' },
      },
    },
    Managed: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: document },
    },
    Named: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Roles: ['backup', 'other'], PolicyDocument: document },
    },
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'boundary' } },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'attached', Roles: [{ Ref: 'Role' }], PolicyDocument: document },
    },
    RolePolicy: {
      Type: 'AWS::IAM::RolePolicy',
      Properties: { PolicyName: 'single', RoleName: { Ref: 'Role' }, PolicyDocument: document },
    },
    Nobody: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'nobody', Roles: ['imported'], PolicyDocument: document },
    },
    Empty: { Type: 'AWS::IAM::Policy', Properties: {} },
    Plain: { Type: 'AWS::IAM::Role', Properties: { Policies: { Ref: 'AWS::NotificationARNs' } } },
  });
  const [role, plain] = all.roles;

  test('a role has its name, ARN, trust and boundary', () => {
    expect(role).toMatchObject({
      name: 'backup',
      path: '/service-role/',
      arn: 'arn:aws:iam::111111111111:role/service-role/backup',
    });
    expect(role.trust?.statements.items[0].principals?.items[0].who.text).toBe('backup.amazonaws.com');
    expect(role.permissionsBoundary?.to).toBe('App#Boundary');
  });

  test('a role has its managed policies, those that name it too, each once', () => {
    expect(role.managedPolicies.items.map((link) => link.to ?? link.text)).toEqual([
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup',
      'App#Managed',
      'App#Named',
    ]);
    expect(all.managedPolicies.map((one) => one.document?.statements.items.length)).toEqual([
      1,
      1,
      undefined,
    ]);
  });

  test('a role has its inline policies, those that are resources of their own too', () => {
    expect(role.policies.map((one) => [one.name, one.from])).toEqual([
      ['inline', 'App#Role'],
      ['attached', 'App#Policy'],
      ['single', 'App#RolePolicy'],
    ]);
    expect(role.morePolicies).toBeUndefined();
  });

  test('a role with policies that are not known reports that', () => {
    expect(plain.policies).toEqual([]);
    expect(shown(plain.morePolicies)).toBe('pseudo: `AWS::NotificationARNs` is not known before deployment');
    expect(plain.managedPolicies).toEqual({ items: [] });
    expect(linkedRole(all, { text: 'x', to: 'App#Plain' })).toBe(plain);
  });
});
