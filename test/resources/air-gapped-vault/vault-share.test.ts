import { Duration, type Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const SHARE = 'AWS::RAM::ResourceShare';
const [ONE, TWO, THREE] = ['444455556666', '777788889999', '123456789012'];
const IN = ' (in `Stack/Vault`)';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
});

function vaultWith(sharedWith?: string[]): LogicallyAirGappedVault {
  return new LogicallyAirGappedVault(stack, 'Vault', {
    minRetention: Duration.days(7),
    maxRetention: Duration.days(365),
    acknowledgeIrreversible: true,
    generation: '7to365',
    sharedWith,
  });
}

function shares() {
  return Object.values(Template.fromStack(stack).findResources(SHARE)).map(({ Properties }) => Properties);
}

const VAULT = [{ 'Fn::GetAtt': [expect.stringMatching('^Vault7to365'), 'BackupVaultArn'] }];

test('a vault is shared with nobody by default', () => {
  vaultWith();
  expect(shares()).toEqual([]);
});

test('a vault is shared with accounts in the organization in one share, without duplicates', () => {
  const vault = vaultWith([ONE, TWO]);
  vault.shareWith([TWO, THREE]);
  expect(shares()).toEqual([
    {
      Name: expect.stringMatching(/^Stack-Vault-Share-[0-9a-f]{8}$/),
      AllowExternalPrincipals: false,
      Principals: [ONE, TWO, THREE],
      ResourceArns: VAULT,
    },
  ]);
  expect(warningsOf(stack)).toEqual([]);
});

test('a vault is shared with accounts outside the organization in a separate share', () => {
  const vault = vaultWith([ONE]);
  vault.shareWith([TWO], { outsideOrganization: true });
  vault.shareWith([THREE], { outsideOrganization: true });
  expect(shares()).toEqual([
    expect.objectContaining({ AllowExternalPrincipals: false, Principals: [ONE] }),
    {
      Name: expect.stringMatching(/^Stack-Vault-ExternalShare-[0-9a-f]{8}$/),
      AllowExternalPrincipals: true,
      Principals: [TWO, THREE],
      ResourceArns: VAULT,
    },
  ]);
});

test('the accounts can be a list that is known only at deployment, on its own', () => {
  const list = Token.asList({ Ref: 'Accounts' });
  const vault = vaultWith(list);
  expect(shares()).toEqual([expect.objectContaining({ Principals: { Ref: 'Accounts' } })]);
  const message =
    "`accountIds` can't be combined with other accounts if it is a list that is known only at deployment; pass all accounts in one list";
  expect(refusal(() => vault.shareWith([ONE]))).toBe(message + IN);
  vault.shareWith([ONE], { outsideOrganization: true });
  expect(refusal(() => vault.shareWith(list, { outsideOrganization: true }))).toBe(message + IN);
});

test.each<[string, unknown, unknown, string]>([
  [
    'an organization',
    ['o-a1b2c3d4e5'],
    undefined,
    '`accountIds[0]` must be a 12-digit account ID, got `o-a1b2c3d4e5`; list the accounts one by one, since a vault can be shared with neither an organization nor an organizational unit',
  ],
  ['nobody', [], undefined, '`accountIds` must be a list of at least one account ID, got none'],
  [
    'accounts without a list',
    ONE,
    undefined,
    '`accountIds` must be a list of at least one account ID, got `444455556666`',
  ],
  ['accounts somehow', [ONE], true, '`options` must be an object with options, got true'],
  ['accounts null', [ONE], null, '`options` must be an object with options, got null'],
  [
    'accounts perhaps outside',
    [ONE],
    { outsideOrganization: 'perhaps' },
    '`outsideOrganization` must be true or false, got `perhaps`',
  ],
])("a vault can't be shared with %s", (_, accountIds, options, message) => {
  expect(refusal(() => vaultWith().shareWith(accountIds as never, options as never))).toBe(message + IN);
  expect(shares()).toEqual([]);
});

test('sharing with the account of the vault gets a warning', () => {
  const vault = vaultWith();
  vault.shareWith(['111122223333']);
  expect(warningsOf(vault)).toEqual([
    'Backup-SharedWithOwner: `accountIds[0]` is the account of the vault (111122223333), which needs no share; omit it',
  ]);
});
