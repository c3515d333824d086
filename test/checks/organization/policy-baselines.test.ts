import { policyBaselineChecks } from '../../../src/checks/organization/policy-baselines';
import { policyTargetChecks } from '../../../src/checks/organization/policy-targets';
import { complete, set } from '../../policy/documents';
import { resource } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';
import { source } from '../../support/templates';

const CHECKS = [...policyBaselineChecks, ...policyTargetChecks];

const UNIT = 'ou-ab12-34567890';
const REGIONS = ['us-east-1', 'eu-west-1'];
const AT = 'Resources/Policy/Properties/Content';
const OF = 'of backup policy `gold`';
const VAULT = 'plans/daily/rules/daily/target_backup_vault_name';
const ROLE = 'plans/daily/selections/tags/cost/iam_role_arn';

const policy = (inside: object = {}, more: object = {}, TargetIds: unknown = [UNIT]) => {
  const content = complete({ daily: { target_backup_vault_name: set('gold'), ...inside } });
  Object.assign(content.plans.daily, { regions: set(REGIONS) }, more);
  return resource('Organizations::Policy', {
    Name: 'gold',
    Type: 'BACKUP_POLICY',
    Content: content,
    TargetIds,
  });
};

const vault = (BackupVaultName: unknown, more: object = {}) => ({
  ...resource('Backup::BackupVault', { BackupVaultName }),
  ...more,
});
const role = (RoleName: unknown, Path?: unknown) => resource('IAM::Role', { RoleName, Path });
const MADE = { Vault: vault('gold'), Role: role('Backup') };

const group = (Regions: unknown, targets: object = { OrganizationalUnitIds: [UNIT] }) => ({
  DeploymentTargets: targets,
  Regions,
});
function stackSet(
  Resources: object = MADE,
  more: object = {},
  groups: unknown = [group(REGIONS)],
  sections = {},
) {
  return resource('CloudFormation::StackSet', {
    StackSetName: 'baseline',
    PermissionModel: 'SERVICE_MANAGED',
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
    TemplateBody: JSON.stringify({ ...sections, Resources }),
    StackInstancesGroup: groups,
    ...more,
  });
}

/** Without what is always noted of the management account. */
const found = (resources: object) =>
  findings(CHECKS, resources, undefined, PARAMETERS).filter(
    (line) => !line.includes('Backup-PolicyManagementAccount'),
  );

test('a policy whose vaults and role are rolled out to its units and Regions has no findings', () => {
  expect(found({ Policy: policy(), Set: stackSet() })).toEqual([]);
});

describe('a vault that no stack set creates', () => {
  const line = (where: string, others = '') =>
    `warning Backup-PolicyBaselineVault at ${AT}: \`${VAULT}\` ${OF} is the vault \`gold\`, which no stack set creates in ${where}; create it in the stack set that is deployed to all accounts of the policy${others}`;

  test.each<[string, object, object, string]>([
    [
      'under this name',
      { Vault: vault('Gold'), Role: role('Backup') },
      {},
      line('us-east-1 and eu-west-1', ', or use one that exists there: `Gold`'),
    ],
    [
      'in one of the Regions',
      { ...MADE, Vault: vault('gold', { Condition: 'Home' }), Other: vault('other') },
      { Conditions: { Home: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } } },
      line('eu-west-1', ', or use one that exists there: `other`'),
    ],
    [
      'since its name has the Region',
      { ...MADE, Vault: vault({ 'Fn::Sub': `gold-\${AWS::Region}` }) },
      {},
      line(
        'us-east-1 and eu-west-1',
        ', or use one that exists there: `gold-us-east-1` and `gold-eu-west-1`',
      ),
    ],
    [
      'of this kind',
      { ...MADE, Vault: resource('Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'gold' }) },
      {},
      line('us-east-1 and eu-west-1', ', or use one that exists there: `gold`'),
    ],
  ])('%s', (_, resources, sections, expected) => {
    expect(found({ Policy: policy(), Set: stackSet(resources, {}, undefined, sections) })).toEqual([
      expected,
    ]);
  });

  test('is that of a copy into the own account, and an air-gapped one, too', () => {
    const arn = 'arn:aws:backup:us-west-2:$account:backup-vault:far';
    const airGapped = 'target_logically_air_gapped_backup_vault_arn';
    const inside = {
      copy_actions: { [arn]: { target_backup_vault_arn: set(arn) } },
      [airGapped]: set('arn:aws:backup:$region:$account:backup-vault:sealed'),
    };
    const rule = 'plans/daily/rules/daily';
    expect(found({ Policy: policy(inside), Set: stackSet() })).toEqual([
      `warning Backup-PolicyBaselineVault at ${AT}: \`${rule}/${airGapped}\` ${OF} is the logically air-gapped vault \`sealed\`, which no stack set creates in us-east-1 and eu-west-1; create it in the stack set that is deployed to all accounts of the policy, or use one that exists there: \`gold\``,
      `warning Backup-PolicyBaselineVault at ${AT}: \`${rule}/copy_actions/${arn}\` ${OF} is the vault \`far\`, which no stack set creates in us-west-2; create it in the stack set that is deployed to all accounts of the policy`,
    ]);
    const sealed = resource('Backup::LogicallyAirGappedBackupVault', { BackupVaultName: 'sealed' });
    const sets = {
      Set: stackSet({ ...MADE, Sealed: sealed }),
      Far: stackSet({ Far: vault('far') }, {}, [group(['us-west-2'])]),
    };
    expect(found({ Policy: policy(inside), ...sets })).toEqual([]);
  });

  test.each<[string, object, unknown]>([
    ['has a name that is not known', { ...MADE, Vault: vault(UNKNOWN) }, undefined],
    ['has a name that CloudFormation generates', { ...MADE, Vault: vault(undefined) }, undefined],
    ['has a name that a parameter gives', { ...MADE, Vault: vault({ Ref: 'Name' }) }, undefined],
    ['goes to Regions that are not known', MADE, [group(UNKNOWN)]],
    ['goes to groups that are not known', MADE, UNKNOWN],
  ])('is not reported if a stack set %s', (_, resources, groups) => {
    const sections = { Parameters: { Name: { Type: 'String' }, Unknown: { Type: 'String' } } };
    const given = { Parameters: [{ ParameterKey: 'Name', ParameterValue: 'gold' }] };
    const set = stackSet(resources, given, groups ?? [group(REGIONS)], sections);
    expect(found({ Policy: policy(), Set: set }).filter((line) => !line.startsWith('note'))).toEqual([]);
  });

  test('is a note where other stack sets could not be read', () => {
    const Other = stackSet({}, { TemplateBody: undefined, TemplateURL: 'https://example.com/template.json' });
    expect(found({ Policy: policy(), Set: stackSet({ ...MADE, Vault: vault('other') }), Other })).toEqual([
      line('us-east-1 and eu-west-1', ', or use one that exists there: `other`').replace(
        'warning Backup-PolicyBaselineVault',
        'note Backup-PolicyBaselineUnknown',
      ),
    ]);
  });

  test('is not reported if a stack of the app creates it there', () => {
    const elsewhere = ['us-east-1', 'eu-west-1'].map((region) =>
      source(
        { Resources: { Vault: vault('gold') } },
        { id: region, name: region, account: '222222222222', region },
      ),
    );
    const main = source({
      Resources: { Policy: policy(), Set: stackSet({ ...MADE, Vault: vault('other') }) },
    });
    expect(findingsIn(CHECKS, [main, ...elsewhere]).join()).not.toContain('PolicyBaselineVault');
  });
});

describe('a role that no stack set creates', () => {
  const line = (fix: string) =>
    `warning Backup-PolicyBaselineRole at ${AT}: \`${ROLE}\` ${OF} is the role \`Backup\`, which no stack set creates; ${fix}`;

  test.each<[string, object, string]>([
    [
      'at all',
      { Vault: vault('gold') },
      'create it with its path in the stack set that is deployed to all accounts of the policy',
    ],
    [
      'at this path',
      { ...MADE, Role: role('Backup', '/service-role/') },
      'use `service-role/Backup`, which exists: the path is part of the ARN',
    ],
  ])('%s', (_, resources, fix) => {
    expect(found({ Policy: policy(), Set: stackSet(resources) })).toEqual([line(fix)]);
  });

  test('is not reported if its name is not known, or where it is made in the home Region alone', () => {
    expect(found({ Policy: policy(), Set: stackSet({ ...MADE, Role: role(undefined) }) })).toEqual([]);
    const Home = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] };
    const once = { ...role('Backup'), Condition: 'Home' };
    const set = stackSet({ ...MADE, Role: once }, {}, undefined, { Conditions: { Home } });
    expect(found({ Policy: policy(), Set: set })).toEqual([]);
  });

  test('is that of the malware scanner too', () => {
    const scanner = 'arn:aws:iam::$account:role/Scanner';
    const settings = { GUARDDUTY: { resource_types: set(['EBS']), scanner_role_arn: set(scanner) } };
    expect(found({ Policy: policy({}, { scan_settings: settings }), Set: stackSet() })).toEqual([
      `warning Backup-PolicyBaselineRole at ${AT}: \`plans/daily/scan_settings/GUARDDUTY/scanner_role_arn\` ${OF} is the role \`Scanner\`, which no stack set creates; create it with its path in the stack set that is deployed to all accounts of the policy`,
    ]);
  });
});

test('a Region that the rollout misses', () => {
  expect(found({ Policy: policy(), Set: stackSet(MADE, {}, [group(['us-east-1'])]) })).toEqual([
    `warning Backup-PolicyBaselineRegion at ${AT}: \`plans/daily/regions\` ${OF} has eu-west-1, where no stack set rolls out a vault; vaults go to us-east-1; add the Region to \`StackInstancesGroup\` of the stack set, or remove it from the policy`,
  ]);
});

describe('accounts that the rollout leaves out', () => {
  const FIX =
    'deploy the stack set to the same units with service-managed permissions and `AutoDeployment`, and without a filter';
  const SET = 'warning Backup-PolicyBaselineTarget at Resources/Set: stack set `baseline`';
  const ALL = `but backup policy \`gold\` applies to every account of \`${UNIT}\``;

  test('those of another unit, which may lie in one that it goes to', () => {
    const other = [group(REGIONS, { OrganizationalUnitIds: ['ou-ab12-99999999'] })];
    expect(found({ Policy: policy(), Set: stackSet(MADE, {}, other) })).toEqual([
      `note Backup-PolicyBaselineReach at Resources/Policy/Properties/TargetIds: \`TargetIds\` ${OF} includes \`${UNIT}\`, which no stack set with vaults targets: vaults go to \`ou-ab12-99999999\`; roll out the vaults to the same units`,
    ]);
    const root = [group(REGIONS, { OrganizationalUnitIds: ['r-ab12'] })];
    expect(found({ Policy: policy(), Set: stackSet(MADE, {}, root) })).toEqual([]);
  });

  test('those that join later', () => {
    expect(found({ Policy: policy(), Set: stackSet(MADE, { AutoDeployment: { Enabled: false } }) })).toEqual([
      `${SET} has no \`AutoDeployment\`, so accounts that join later get no vault, ${ALL}; ${FIX}`,
    ]);
  });

  test('those that a filter excludes', () => {
    const filtered = {
      OrganizationalUnitIds: [UNIT],
      Accounts: ['111111111111'],
      AccountFilterType: 'DIFFERENCE',
    };
    expect(found({ Policy: policy(), Set: stackSet(MADE, {}, [group(REGIONS, filtered)]) })).toEqual([
      `${SET} has the \`AccountFilterType\` \`DIFFERENCE\`, which excludes accounts of its units, ${ALL}; ${FIX}`,
    ]);
  });

  test('those that it does not name', () => {
    const named = [group(REGIONS, { Accounts: ['111111111111'] })];
    const set = stackSet(MADE, { PermissionModel: 'SELF_MANAGED', AutoDeployment: undefined }, named);
    expect(found({ Policy: policy(), Set: set })).toEqual([
      `note Backup-PolicyBaselineReach at Resources/Policy/Properties/TargetIds: \`TargetIds\` ${OF} includes \`${UNIT}\`, which no stack set with vaults targets: vaults go to \`111111111111\`; roll out the vaults to the same units`,
      `${SET} is \`SELF_MANAGED\`, and is deployed only to the accounts that it names, ${ALL}; ${FIX}`,
    ]);
    expect(found({ Policy: policy({}, {}, ['111111111111']), Set: set })).toEqual([]);
  });

  test('what is not known is not reported', () => {
    const open = { AutoDeployment: { Enabled: UNKNOWN }, PermissionModel: UNKNOWN };
    const units = [group(REGIONS, { OrganizationalUnitIds: [UNKNOWN] })];
    expect(found({ Policy: policy(), Set: stackSet(MADE, open, units) })).toEqual([]);
    expect(found({ Policy: policy({}, {}, [UNKNOWN]), Set: stackSet() })).toEqual([]);
  });
});

describe('without a stack set that creates vaults', () => {
  const NOTE = `note Backup-PolicyBaseline at Resources/Policy: no stack set that could be read creates what backup policy \`gold\` needs in every account that it applies to: the vault \`gold\` in each of its Regions and the role \`Backup\`; roll them out with \`MemberBaseline\`, or acknowledge this note if they are created elsewhere`;

  test.each<[string, object]>([
    ['because there is none', {}],
    [
      'because its template is elsewhere',
      { Set: stackSet({}, { TemplateBody: undefined, TemplateURL: 'https://x/y' }) },
    ],
    ['because its template is no template', { Set: stackSet({}, { TemplateBody: '[' }) }],
    ['because its template is not known', { Set: stackSet({}, { TemplateBody: UNKNOWN }) }],
    ['because it creates something else', { Set: stackSet({ Topic: resource('SNS::Topic') }) }],
  ])('it is a note at most, %s', (_, sets) => {
    expect(found({ Policy: policy(), ...sets })).toEqual([NOTE]);
  });

  test('a stack of the app may make them', () => {
    const open = { account: '111111111111', region: undefined };
    expect(
      findings(CHECKS, { Policy: policy(), ...MADE }, open).filter((line) => line.includes('Baseline')),
    ).toEqual([]);
  });
});

describe('the management account', () => {
  const ID = 'note Backup-PolicyManagementAccount at Resources/Policy';
  const management = (resources: object) =>
    findings(CHECKS, resources).filter((line) => line.startsWith('note Backup-PolicyManagementAccount'));
  const OPT_IN = `${ID}: backup policies use the service opt-in of the management account, not of the member accounts, and the app does not set it in eu-west-1 and us-east-1; set the opt-in in the management account, with \`BackupRegionSettings\` or \`UpdateRegionSettings\``;

  test('has the opt-in, which is noted once', () => {
    expect(management({ Policy: policy(), Other: policy(), Set: stackSet() })).toEqual([OPT_IN]);
    const Settings = { Type: 'Custom::BackupRegionSettings', Properties: { optIn: { Aurora: true } } };
    expect(
      management({ Policy: policy({}, { regions: set(['us-east-1']) }), Set: stackSet(), Settings }),
    ).toEqual([]);
  });

  test('gets no stack of a stack set, and every policy of the root', () => {
    expect(management({ Policy: policy({}, {}, ['r-ab12']), Set: stackSet() })).toEqual([
      OPT_IN,
      `${ID}/Properties/TargetIds: \`TargetIds\` ${OF} includes the root \`r-ab12\`, so it also applies to the management account, where service-managed stack sets deploy nothing; create the vaults and the role there in separate stacks, or attach the policy to organizational units`,
    ]);
  });
});
