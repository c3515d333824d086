/**
 * `npx projen bench:organization`: CPU time and memory of the effective backup policies of whole organizations: units
 * over 7 levels with 10 accounts each, and 3 policies on every entity, of which no two are the same. Each size runs
 * in a process of its own. Measures, and never fails for what it measures.
 */
import { execFileSync } from 'node:child_process';
import { PolicyLibrary } from '../src/policy/admission/policy-library';
import { evaluateOrganization } from '../src/policy/effective/effective-policy';
import type { AttachedPolicy, Organization, OrganizationUnit } from '../src/policy/effective/organization';
import { readOrganization } from '../src/policy/effective/organization-file';
import { bold, dim, green, red, table } from './terminal';

const BUDGET = { accounts: 10_000, ms: 1000, megabytes: 200 };
const UNITS = [125, 250, 500, 1000];
const LEVELS = 7;
const ACCOUNTS_PER_UNIT = 10;

const set = (value: unknown) => ({ '@@assign': value });

/** What the root says: a whole plan. */
function base(): AttachedPolicy {
  const rule = (kept: number, fields: string) => ({
    schedule_expression: set(`cron(${fields})`),
    target_backup_vault_name: set('vault'),
    start_backup_window_minutes: set('60'),
    complete_backup_window_minutes: set('480'),
    lifecycle: { delete_after_days: set(String(kept)) },
  });
  const cost = {
    iam_role_arn: set('arn:aws:iam::$account:role/Backup'),
    tag_key: set('backup'),
    tag_value: set(['gold']),
  };
  const plan = {
    regions: set(['eu-west-1']),
    rules: { daily: rule(35, '0 5 ? * * *'), monthly: rule(365, '0 5 1 * ? *') },
    selections: { tags: { cost } },
  };
  return { name: 'base', content: { plans: { gold: plan } } };
}

function vss(): AttachedPolicy {
  const settings = { ec2: { windows_vss: set('enabled') } };
  return { name: 'vss', content: { plans: { gold: { advanced_backup_settings: settings } } } };
}

/** What every other entity says: changes to retention, windows, and tags. */
function changes(id: string, number: number): AttachedPolicy[] {
  const days = { lifecycle: { delete_after_days: set(String(35 + (number % 300))) } };
  const window = { start_backup_window_minutes: set(String(60 + (number % 300))) };
  const tags = { [`t${id}`]: { tag_key: set(`t${id}`), tag_value: set(id) } };
  return [
    { name: `retention-${id}`, content: { plans: { gold: { rules: { daily: days } } } } },
    { name: `window-${id}`, content: { plans: { gold: { rules: { monthly: window } } } } },
    { name: `tags-${id}`, content: { plans: { gold: { backup_plan_tags: tags } } } },
  ];
}

function organization(units: number): Organization {
  const fanOut = Math.ceil(units ** (1 / (LEVELS - 2))); // below the root, and above the accounts
  let account = 100_000_000_000;
  let made = 0;
  const unit = (level: number): OrganizationUnit => {
    const number = made++;
    const id = level === 0 ? 'r-root' : `ou-${number}`;
    const children: OrganizationUnit[] = [];
    const own = changes(id, number);
    const accounts = Array.from({ length: level === 0 ? 0 : ACCOUNTS_PER_UNIT }, () => {
      const name = String(account++);
      return { id: name, policies: changes(name, account) };
    });
    if (level < LEVELS - 2)
      for (let child = 0; child < fanOut && made <= units; child++) children.push(unit(level + 1));
    return { id, policies: level === 0 ? [base(), vss(), own[2]] : own, children, accounts };
  };
  return { root: unit(0) };
}

interface Run {
  readonly accounts: number;
  readonly units: number;
  readonly entities: number;
  readonly read: number;
  readonly merge: number;
  readonly heap: number;
  readonly errors: number;
}

/** The machine may have other work. */
function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function run(units: number): Run {
  const text = JSON.stringify(organization(units));
  const tree: Organization = JSON.parse(text);
  const size = count(tree.root);
  const megabytes = () => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = megabytes();

  let started = process.cpuUsage();
  const effect = evaluateOrganization(tree);
  const documents = effect.accounts.map((account) => [account.policy, account.errors] as const);
  const merge = cpuMs(started);
  const heap = megabytes() - before;
  const errors = documents.reduce((sum, [, found]) => sum + found.length, 0) + effect.findings.length;

  started = process.cpuUsage();
  const { problems } = readOrganization(text, 'organization.json', new PolicyLibrary());
  const read = cpuMs(started);
  return { ...size, read, merge, heap, errors: errors + problems.length };
}

function count(unit: OrganizationUnit): { accounts: number; units: number; entities: number } {
  let accounts = unit.accounts?.length ?? 0;
  let units = 1;
  for (const child of unit.children ?? []) {
    const below = count(child);
    accounts += below.accounts;
    units += below.units;
  }
  return { accounts, units, entities: accounts + units };
}

function bench(): void {
  console.log(dim(`Node.js ${process.version}`));
  const runs = UNITS.map((units): Run => {
    const args = ['--expose-gc', '-r', 'ts-node/register/transpile-only', __filename, String(units)];
    const env = { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' };
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
  });
  const [first] = runs;
  const per = ({ entities }: Run, ms: number) => (1000 * ms) / entities;
  console.log(`\n${bold('Effective policies')}: 3 policies on each entity, ${LEVELS} levels\n`);
  const header = ['>accounts', '>units', '>merge ms', '>µs/entity', '>ratio', '>MB', '>read ms', '>ratio'];
  const rows = runs.map((one) => [
    ...[one.accounts, one.units].map(String),
    one.merge.toFixed(0),
    per(one, one.merge).toFixed(1),
    (per(one, one.merge) / per(first, first.merge)).toFixed(2),
    one.heap.toFixed(0),
    one.read.toFixed(0),
    (per(one, one.read) / per(first, first.read)).toFixed(2),
  ]);
  console.log(table(header, rows));
  const last = runs[runs.length - 1];
  const verdict = (met: boolean) => (met ? green('met') : red('missed'));
  console.log(
    `\n  ratio: time for each account and unit, against the smallest organization; 1 is linear` +
      `\n  ${BUDGET.accounts} accounts in at most ${BUDGET.ms} ms: ${last.merge.toFixed(0)}, ${verdict(last.merge <= BUDGET.ms)}` +
      `\n  and ${BUDGET.megabytes} MB: ${last.heap.toFixed(0)}, ${verdict(last.heap <= BUDGET.megabytes)}`,
  );
}

const [, , units] = process.argv;
if (units === undefined) bench();
else console.log(JSON.stringify(run(Number(units))));
