import { type App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupDelegatedAdministrator } from '../../../src/resources/custom/backup-delegated-administrator';
import { BackupOrganizationSettings } from '../../../src/resources/custom/backup-organization-settings';
import { SettingsRemoval } from '../../../src/resources/custom/settings-removal';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';

const MANAGEMENT = '999988887777';
const management = (app: App = testApp()) =>
  new Stack(app, 'Management', { env: { account: MANAGEMENT, region: 'us-east-1' } });

/** The statements of the role of the only function: first those for one custom resource. */
function statements(template: Template): object[] {
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  const own = Object.values(template.findResources('AWS::IAM::Policy'));
  const documents = [...own.map(({ Properties }) => Properties), ...role.Properties.Policies];
  return documents.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

const OF_BACKUP = { StringEquals: { 'organizations:ServicePrincipal': 'backup.amazonaws.com' } };

describe('BackupOrganizationSettings', () => {
  test('tells its function what to turn on, and not to undo it', () => {
    const stack = management();
    const settings = new BackupOrganizationSettings(stack, 'Settings', {
      trustedAccess: true,
      backupPolicies: true,
      tagPolicies: false,
    });
    const [resource] = Object.values(
      Template.fromStack(stack).findResources('Custom::BackupOrganizationSettings'),
    );
    expect(resource.Properties).toEqual({
      ServiceToken: {
        'Fn::GetAtt': [expect.stringMatching(/^CustomBackupOrganizationSettingsHandler/), 'Arn'],
      },
      ServiceTimeout: '900',
      services: { 'backup.amazonaws.com': true },
      policyTypes: { BACKUP_POLICY: true, TAG_POLICY: false },
      restores: false,
    });
    expect(stack.resolve([settings.changed, settings.drifted])).toEqual(
      ['Changed', 'Drifted'].map((attribute) => ({ 'Fn::GetAtt': [expect.anything(), attribute] })),
    );
  });

  test('gives back what it turned on, where that is asked for', () => {
    const stack = management();
    new BackupOrganizationSettings(stack, 'Settings', {
      serviceControlPolicies: true,
      onRemoval: SettingsRemoval.RESTORE,
      trigger: '2',
    });
    Template.fromStack(stack).hasResourceProperties('Custom::BackupOrganizationSettings', {
      policyTypes: { SERVICE_CONTROL_POLICY: true },
      restores: true,
      trigger: '2',
    });
  });

  test('its function may turn on the policy types that are asked for, and no others', () => {
    const stack = management();
    new BackupOrganizationSettings(stack, 'Settings', { backupPolicies: true, tagPolicies: false });
    const [enable, disable] = statements(Template.fromStack(stack)) as Record<string, unknown>[];
    const only = (type: string) => ({ StringEquals: { 'organizations:PolicyType': [type] } });
    expect(enable).toMatchObject({
      Action: ['organizations:EnablePolicyType'],
      Condition: only('BACKUP_POLICY'),
    });
    expect(disable).toMatchObject({
      Action: ['organizations:DisablePolicyType'],
      Condition: only('TAG_POLICY'),
    });
  });

  test('its function may give no other service access', () => {
    const stack = management();
    new BackupOrganizationSettings(stack, 'Settings', { trustedAccess: true });
    const [read, change] = statements(Template.fromStack(stack)) as Record<string, unknown>[];
    expect(read).not.toHaveProperty('Condition');
    expect(change).toMatchObject({
      Action: ['organizations:EnableAWSServiceAccess', 'organizations:DisableAWSServiceAccess'],
      Condition: OF_BACKUP,
    });
  });

  test.each<[string, object, string]>([
    [
      'nothing',
      {},
      'one of `trustedAccess`, `backupPolicies`, `serviceControlPolicies`, `tagPolicies` must be set, got none; for example, set `trustedAccess: true` (in `Management/Settings`)',
    ],
    [
      'a text for a flag',
      { backupPolicies: 'yes' },
      '`backupPolicies` must be true or false, got `yes` (in `Management/Settings`)',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = management();
    expect(refusal(() => new BackupOrganizationSettings(stack, 'Settings', props))).toBe(message);
  });
});

describe('BackupDelegatedAdministrator', () => {
  test('tells its function which account, and registers no account for another service', () => {
    const stack = management();
    const administrator = new BackupDelegatedAdministrator(stack, 'Administrator', {
      accountId: '444455556666',
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::BackupDelegatedAdministrator', {
      administrators: { 444455556666: true },
      restores: false,
    });
    expect(statements(template)[1]).toMatchObject({
      Action: [
        'organizations:RegisterDelegatedAdministrator',
        'organizations:DeregisterDelegatedAdministrator',
      ],
      Condition: OF_BACKUP,
    });
    expect(administrator.accountId).toBe('444455556666');
    expect(stack.resolve(administrator.changed)).toEqual({ 'Fn::GetAtt': [expect.anything(), 'Changed'] });
  });

  test('deregisters the account, where that is asked for', () => {
    const stack = management();
    const onRemoval = SettingsRemoval.RESTORE;
    new BackupDelegatedAdministrator(stack, 'Administrator', { accountId: '444455556666', onRemoval });
    Template.fromStack(stack).hasResourceProperties('Custom::BackupDelegatedAdministrator', {
      restores: true,
    });
  });

  const DIGITS = '`accountId` must be a 12-digit account ID that is known at synthesis, got ';
  const WAY_OUT =
    '; name the account that administers AWS Backup, such as `444455556666` (in `Management/Administrator`)';

  test.each<[string, unknown, string]>([
    ['a name', 'platform', `${DIGITS}\`platform\`${WAY_OUT}`],
    ['a number', 444455556666, `${DIGITS}444455556666${WAY_OUT}`],
    ['a token', Token.asString({ Ref: 'Account' }), `${DIGITS}a token${WAY_OUT}`],
    [
      'the management account itself',
      MANAGEMENT,
      '`accountId` must be another account than that of the stack, which has to be the management account, got `999988887777`; name a member account: the management account administers AWS Backup anyway (in `Management/Administrator`)',
    ],
  ])('%s is refused', (_, accountId, message) => {
    const stack = management();
    const make = () => new BackupDelegatedAdministrator(stack, 'Administrator', { accountId } as never);
    expect(refusal(make)).toBe(message);
  });
});

test('both fit the schema of CloudFormation, and what nag packs ask of them', () => {
  const app = testApp();
  const stack = management(app);
  const settings = new BackupOrganizationSettings(stack, 'Settings', { trustedAccess: true });
  const administrator = new BackupDelegatedAdministrator(stack, 'Administrator', {
    accountId: '444455556666',
  });
  administrator.node.addDependency(settings);
  expect(schemaProblems(Template.fromStack(stack).toJSON())).toEqual([]);
  const paths = [settings, administrator].map(({ node }) => ` ${node.path}/`);
  expect(nagFindings(app).filter((finding) => paths.some((path) => finding.includes(path)))).toEqual([]);
});
