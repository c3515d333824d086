import { PolicyLibrary } from '../../policy/admission/policy-library';
import { evaluateOrganization, type OrganizationEffect } from '../../policy/effective/effective-policy';
import type { Arguments } from '../core/arguments';
import type { Command } from '../core/command';
import { deliver, styleOf } from '../core/deliver';
import { FAIL_ON, fails } from '../core/fail-on';
import { FOUND, type Io, NOTHING_FOUND } from '../core/io';
import { CONFIG, FORMAT, type Format, OUT } from '../core/options';
import { Progress } from '../core/progress';
import { configurationOf } from '../core/settings';
import { UsageError } from '../core/usage-error';
import { effectiveJson } from './effective-json';
import { effectiveMarkdown } from './effective-markdown';
import { countSeverities, type EffectiveReport } from './effective-report';
import { effectiveSarif } from './effective-sarif';
import { effectiveText } from './effective-text';
import { type OrganizationInput, readOrganizations } from './organization-input';
import { OrganizationPlaces } from './organization-places';

const NAME = 'effective-policy';

/** `cdk-backup effective-policy`: the effective backup policy of each account of an organization. */
export const effectivePolicyCommand: Command = {
  name: NAME,
  summary: 'Shows the effective backup policy of each account',
  operands: 'ORGANIZATION.json|PATH…',
  details: [
    'ORGANIZATION.json is `{"root": UNIT}`, where UNIT is',
    '`{"id", "policies": [POLICY…], "children": [UNIT…], "accounts": [ACCOUNT…]}`,',
    'ACCOUNT is `{"id", "policies": [POLICY…]}`, and POLICY is `{"name", "content"}`.',
    'Policies are in the order of attachment; `content` is the policy document.',
    '',
    'PATH is a cloud assembly (`cdk.out`) or template with policies of an app. Together with',
    'an organization, which may name only units and accounts, they are attached to their',
    'targets; alone, the organization consists of these targets.',
    '',
    'Exit codes: 0 nothing, or nothing at or above `--fail-on`; 1 problems; 2 invalid input.',
  ],
  options: [
    { name: 'account', value: 'ID', help: 'show only this account' },
    FORMAT,
    { name: 'settings', help: 'in JSON, include the policies that decide each setting' },
    {
      name: 'before',
      value: 'FILE',
      help: 'the previous state, whose valid policies remain in force',
    },
    FAIL_ON,
    CONFIG,
    OUT,
  ],
  run,
};

function run(args: Arguments, io: Io): number {
  const { failOn: configured } = configurationOf(args, io);
  const { report, input } = evaluate(args, io);
  deliver(render(report, input, args, io), args, io);
  const { errors, warnings } = countSeverities(report);
  const worst = errors > 0 ? 'error' : warnings > 0 ? 'warning' : undefined;
  return worst !== undefined && fails(worst, args.get('fail-on') ?? configured) ? FOUND : NOTHING_FOUND;
}

function evaluate(args: Arguments, io: Io): { report: EffectiveReport; input: OrganizationInput } {
  const { operands } = args;
  if (operands.length === 0)
    throw new UsageError('specify the file of an organization, or a cloud assembly (`cdk.out`)', NAME);
  const account = args.get('account');
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new UsageError(`\`--account\` must be 12 digits, got \`${account}\``, NAME);
  const progress = new Progress(io);
  try {
    progress.step(`reading ${operands.join(', ')}`);
    const policies = new PolicyLibrary();
    const earlier = args.get('before');
    const before =
      earlier === undefined ? undefined : merged(readOrganizations([earlier], policies), policies);
    const input = readOrganizations(operands, policies, io.stdin);
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

function render(report: EffectiveReport, input: OrganizationInput, args: Arguments, io: Io): string {
  switch ((args.get('format') ?? 'text') as Format) {
    case 'json':
      return effectiveJson(report, args.get('settings') !== undefined);
    case 'markdown':
      return effectiveMarkdown(report);
    case 'sarif':
      return effectiveSarif(report, new OrganizationPlaces(input.organizations, input.appPolicies), io.cwd);
    default:
      return effectiveText(report, styleOf(args, io));
  }
}
