import {
  type Call,
  type Caller,
  evaluate,
  type Policy,
  type Statement,
  type Verdict,
} from './policy-evaluator';

const HERE = '111122223333';
const THERE = '444455556666';
const caller: Caller = { arn: `arn:aws:iam::${HERE}:role/A`, account: HERE, organization: 'o-mine' };
const nobody: Caller = { ...caller, may: { Statement: [] } };
const KMS: Call = { action: 'kms:Decrypt', owner: THERE };
const VAULT: Call = { action: 'backup:CopyIntoBackupVault', owner: THERE };
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const policy = (...statements: Partial<Statement>[]): Policy => ({
  Statement: statements.map((each) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    ...each,
  })),
});

test.each<[string, Policy | undefined, Caller, Call, Verdict]>([
  ['another account needs both policies', policy({}), caller, KMS, 'allowed'],
  ['the policy of the resource alone is not enough there', policy({}), nobody, KMS, 'not allowed'],
  ['nor are those of the caller', policy(), caller, VAULT, 'not allowed'],
  ['a vault needs no policy in its own account', undefined, caller, { ...VAULT, owner: HERE }, 'allowed'],
  ['a key does', policy(), caller, { ...KMS, owner: HERE }, 'not allowed'],
  [
    'an account as principal leaves it to its policies',
    policy({ Principal: root(HERE) }),
    nobody,
    { ...KMS, owner: HERE },
    'not allowed',
  ],
  ['which may allow it', policy({ Principal: root(HERE) }), caller, { ...KMS, owner: HERE }, 'allowed'],
  [
    'everybody as principal is enough in the own account',
    policy({}),
    nobody,
    { ...KMS, owner: HERE },
    'allowed',
  ],
  ['a principal is another', policy({ Principal: root(THERE) }), caller, KMS, 'not allowed'],
  ['a role by its ARN', policy({ Principal: { AWS: caller.arn } }), caller, KMS, 'allowed'],
  ['an action is another', policy({ Action: 'kms:E*' }), caller, KMS, 'not allowed'],
  ['a denial wins', policy({}, { Effect: 'Deny', Action: 'kms:D*' }), caller, KMS, 'denied'],
  [
    'a denial of the caller too',
    policy({}),
    { ...caller, may: policy({}, { Effect: 'Deny' }) },
    KMS,
    'denied',
  ],
  [
    'a condition holds',
    policy({ Condition: { StringEquals: { 'AWS:principalorgid': 'o-mine' } } }),
    caller,
    KMS,
    'allowed',
  ],
  [
    'a condition doesn’t',
    policy({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-other' } } }),
    caller,
    KMS,
    'not allowed',
  ],
  [
    'a key that is missing fails',
    policy({ Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    caller,
    KMS,
    'not allowed',
  ],
  [
    'unless it may be missing',
    policy({ Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'true' } } }),
    caller,
    KMS,
    'allowed',
  ],
  [
    'a negation holds without the key',
    policy({ Condition: { ArnNotEquals: { 'aws:SourceArn': 'x' } } }),
    caller,
    KMS,
    'allowed',
  ],
  [
    'a negation spares one',
    policy({}, { Effect: 'Deny', Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['x', caller.arn] } } }),
    caller,
    KMS,
    'allowed',
  ],
  [
    'and no other',
    policy({}, { Effect: 'Deny', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:*:role/B' } } }),
    caller,
    KMS,
    'denied',
  ],
  [
    'a value of several',
    policy({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-x/*', 'o-mine/*'] } } }),
    { ...caller, organizationPath: 'o-mine/r-1/' },
    KMS,
    'allowed',
  ],
])('%s', (_, given, who, call, verdict) => {
  expect(evaluate(given, who, call)).toBe(verdict);
});

test('what the evaluator doesn’t know it refuses', () => {
  const condition = policy({ Condition: { NumericEquals: { 'aws:x': '1' } } });
  expect(() => evaluate(condition, caller, KMS)).toThrow("an operator that isn't known: NumericEquals");
  expect(() => evaluate(policy({ Resource: 'arn:x' }), caller, KMS)).toThrow(
    "a resource that isn't known: arn:x",
  );
});
