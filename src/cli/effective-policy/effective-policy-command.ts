import { PolicyLibrary } from '../../policy/admission/policy-library';
import { evaluateOrganization, type OrganizationEffect } from '../../policy/effective/effective-policy';
import type { Arguments } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FAIL_ON, fails } from '../core/fail-on';
import { FINE, FOUND, type Io } from '../core/io';
import { FORMAT, type Format, OUT } from '../core/options';
import { Progress } from '../core/progress';
import { UsageError } from '../core/usage-error';
import { effectiveJson } from './effective-json';
import { effectiveMarkdown } from './effective-markdown';
import { countSeverities, type EffectiveReport } from './effective-report';
import { effectiveSarif } from './effective-sarif';
import { effectiveText } from './effective-text';
import { type OrganizationInput, readOrganizations } from './organization-input';
import { OrganizationPlaces } from './organization-places';

const NAME = 'effective-policy';

/** `cdk-backup effective-policy`: what the backup policies of an organization come to in each account. */
export const effectivePolicyCommand: Command = {
  name: NAME,
  summary: 'Tells what the backup policies of an organization come to in every account',
  operands: 'ORGANIZATION.json…',
  details: [
    'ORGANIZATION.json is `{"root": {"id", "policies": [{"name", "content"}], "children": […], "accounts": […]}}`:',
    'a child is `{"id", "policies", "children", "accounts"}`, an account is `{"id", "policies"}`. Policies stand in the',
    'order in which they were attached, and `content` is the policy document.',
  ],
  options: [
    { name: 'account', value: 'ID', help: 'tell of this account alone' },
    FORMAT,
    { name: 'settings', help: 'in JSON too, tell for every setting which policies decided it' },
    {
      name: 'before',
      value: 'FILE',
      help: 'the organization as it was: what stays in force where policies do not merge to a valid one',
    },
    FAIL_ON,
    OUT,
  ],
  run,
};

function run(given: Arguments, io: Io): number {
  const { report, input } = evaluate(given, io);
  deliver(render(report, input, given, io), given, io);
  const { errors, warnings } = countSeverities(report);
  const worst = errors > 0 ? 'error' : warnings > 0 ? 'warning' : undefined;
  return worst !== undefined && fails(worst, given.get('fail-on')) ? FOUND : FINE;
}

function evaluate(given: Arguments, io: Io): { report: EffectiveReport; input: OrganizationInput } {
  const { operands } = given;
  if (operands.length === 0) throw new UsageError('name the file of an organization', NAME);
  const account = given.get('account');
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new UsageError(`\`--account\` must be 12 digits, got \`${account}\``, NAME);
  const progress = new Progress(io);
  try {
    progress.step(`reading ${operands.join(', ')}`);
    const policies = new PolicyLibrary();
    const earlier = given.get('before');
    const before =
      earlier === undefined ? undefined : merged(readOrganizations([earlier], policies), policies);
    const input = readOrganizations(operands, policies);
    progress.step('merging policies');
    const effect = merged(input, policies, before);
    const { warnings } = input;
    return {
      report: { ...only(account, effect, operands), warnings, compared: before !== undefined },
      input,
    };
  } finally {
    progress.done();
  }
}

function merged(
  { organizations }: OrganizationInput,
  policies: PolicyLibrary,
  before?: OrganizationEffect,
): OrganizationEffect {
  const effects = organizations.map(({ organization }) =>
    evaluateOrganization(organization, { policies, before }),
  );
  return {
    accounts: effects.flatMap(({ accounts }) => accounts),
    findings: effects.flatMap(({ findings }) => findings),
  };
}

/** What belongs to one account, where one is asked for. */
function only(
  id: string | undefined,
  { accounts, findings }: OrganizationEffect,
  files: readonly string[],
): OrganizationEffect {
  if (id === undefined) return { accounts, findings };
  const account = accounts.find((one) => one.id === id);
  if (!account) throw new UsageError(`\`--account\` must be one of ${files.join(', ')}, got \`${id}\``, NAME);
  const way = new Set(account.path);
  return { accounts: [account], findings: findings.filter(({ entity }) => way.has(entity)) };
}

function render(report: EffectiveReport, input: OrganizationInput, given: Arguments, io: Io): string {
  switch ((given.get('format') ?? 'text') as Format) {
    case 'json':
      return effectiveJson(report, given.get('settings') !== undefined);
    case 'markdown':
      return effectiveMarkdown(report);
    case 'sarif':
      return effectiveSarif(report, new OrganizationPlaces(input.organizations), io.cwd);
    default:
      return effectiveText(report, styleOf(given, io));
  }
}
