import { type App, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { complete, plan, rule, set } from '../policy/documents';
import { testApp } from '../support/app';
import { cdkBackup, workFolder } from './core/command';

const file = workFolder();
const json = (name: string, value: unknown) => file(name, JSON.stringify(value));

const UNIT = 'ou-ab12-11111111';
const OTHER = 'ou-ab12-22222222';
const FIRST = '111111111111';
const SECOND = '222222222222';
const base = complete({
  daily: { target_backup_vault_name: set('vault'), schedule_expression: set('cron(0 5 ? * * *)') },
});
const days = (kept: number) => rule({ lifecycle: { delete_after_days: set(kept) } });

interface PolicyOptions {
  readonly targets?: string[];
  readonly content?: object;
}

/** An app with policies, each of which depends on the one before. */
function app(policies: Record<string, PolicyOptions>, order = Object.keys(policies)): string {
  const app: App = testApp();
  const stack = new Stack(app, 'Policies');
  const made = new Map<string, CfnPolicy>();
  for (const [name, { targets, content = base }] of Object.entries(policies))
    made.set(name, new CfnPolicy(stack, name, { name, type: 'BACKUP_POLICY', content, targetIds: targets }));
  order.forEach((name, i) => {
    if (i > 0) made.get(name)?.addResourceDependency(made.get(order[i - 1]) as CfnPolicy);
  });
  return app.synth().directory;
}

/** Only units and accounts. */
const bare = json('bare.json', {
  root: {
    id: 'r-ab12',
    children: [
      { id: UNIT, accounts: [{ id: FIRST }] },
      { id: OTHER, accounts: [{ id: SECOND }] },
    ],
  },
});

function effective(...paths: string[]) {
  const { code, stdout, stderr } = cdkBackup(['effective-policy', ...paths, '--format', 'json']);
  expect(stderr).toBe('');
  const { accounts, warnings = [] } = JSON.parse(stdout);
  const kept = (id: string) => accounts[id]?.policy.plans?.daily?.rules?.daily?.lifecycle?.delete_after_days;
  return { code, accounts, warnings: warnings.map(({ message }: { message: string }) => message), kept };
}

describe('the policies of an app', () => {
  test('apply to the accounts below their targets, in an organization that names only units and accounts', () => {
    const folder = app({ base: { targets: ['r-ab12'] }, longer: { targets: [UNIT], content: days(90) } });
    for (const paths of [
      [folder, bare],
      [bare, folder],
      [`${folder}/Policies.template.json`, bare],
    ]) {
      const { accounts, kept, warnings } = effective(...paths);
      expect(Object.keys(accounts)).toEqual([FIRST, SECOND]);
      expect(kept(FIRST)).toBe('90');
      expect(accounts[SECOND].policy.plans.daily.rules.daily.target_backup_vault_name).toBe('vault');
      expect(kept(SECOND)).not.toBe('90');
      expect(warnings).toEqual([]);
    }
  });

  test('are attached after those of the file, and take the place of an earlier version of themselves', () => {
    const before = json('before.json', {
      root: {
        id: 'r-ab12',
        policies: [
          { name: 'base', content: base },
          { name: 'days', content: days(7) },
        ],
        accounts: [{ id: FIRST }],
      },
    });
    expect(effective(before).kept(FIRST)).toBe('7');
    const changed = app({ days: { targets: ['r-ab12'], content: days(8) } });
    expect(effective(before, changed).kept(FIRST)).toBe('8');
    const moved = app({ days: { targets: [], content: days(8) } });
    expect(effective(before, moved).kept(FIRST)).toBeUndefined();
    const another = app({ more: { targets: ['r-ab12'], content: days(9) } });
    expect(effective(before, another).kept(FIRST)).toBe('7'); // the one attached first wins
  });

  test('are attached in the order of their dependencies, which decides', () => {
    const two = { a: { targets: [FIRST], content: days(1) }, b: { targets: [FIRST], content: days(2) } };
    const withBase = { base: { targets: ['r-ab12'] }, ...two };
    expect(effective(app(withBase, ['base', 'a', 'b']), bare).kept(FIRST)).toBe('1');
    expect(effective(app(withBase, ['base', 'b', 'a']), bare).kept(FIRST)).toBe('2');
  });

  test('show their targets where there is no organization', () => {
    const folder = app({
      base: { targets: ['r-ab12'] },
      longer: { targets: [UNIT], content: days(90) },
      own: { targets: [SECOND], content: days(30) },
    });
    const { accounts, kept, warnings } = effective(folder);
    expect(Object.keys(accounts)).toEqual([SECOND, 'any other account in r-ab12', `any account in ${UNIT}`]);
    expect([kept(SECOND), kept(`any account in ${UNIT}`)]).toEqual(['30', '90']);
    expect(warnings).toEqual([
      'does not show which units contain the accounts and other units, whose policies apply too',
    ]);
  });

  test('with unknown targets, and with targets that the organization lacks, are reported', () => {
    const stack = json('unknown.json', {
      Parameters: { Unit: { Type: 'String' } },
      Resources: {
        Policy: {
          Type: 'AWS::Organizations::Policy',
          Properties: {
            Name: 'base',
            Type: 'BACKUP_POLICY',
            Content: base,
            TargetIds: ['r-ab12', { Ref: 'Unit' }, 'ou-ab12-99999999'],
          },
        },
      },
    });
    expect(effective(stack, bare).warnings).toEqual([
      'has targets that are known only at deployment, so it is left out there',
      'attaches policy `base` to `ou-ab12-99999999`, which the organization does not have',
    ]);
  });

  test('that AWS Organizations refuses are reported with template, path and reason, and exit code 2', () => {
    const folder = app({ base: { targets: ['r-ab12'], content: { plans: { daily: { rule: {} } } } } });
    const { code, stdout, stderr } = cdkBackup(['effective-policy', folder, bare]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^cdk-backup: .*Policies\.template\.json: `Resources\/base\/Properties\/Content\/plans\/daily\/rule`: /,
    );
  });

  test('are where SARIF points to', () => {
    const cut = plan({ regions: { '@@remove': ['us-east-1'] } });
    const folder = app({ base: { targets: ['r-ab12'] }, cut: { targets: [UNIT], content: cut } });
    const { stdout } = cdkBackup(['effective-policy', folder, bare, '--format', 'sarif']);
    const [{ locations }] = JSON.parse(stdout).runs[0].results;
    const { artifactLocation, region } = locations[0].physicalLocation;
    expect(artifactLocation.uri).toMatch(/Policies\.template\.json$/);
    expect(region.startLine).toBeGreaterThan(1);
  });
});
