import type { Check, Finding } from '../../checks/engine/check';
import { POLICY_DOCUMENT_FACTS } from '../../checks/facts/policy-document-facts';
import { policyPeerChecks } from '../../checks/organization/policy-peers';
import { ORGANIZATIONS } from '../../inventory/policy-words';
import { sarif } from '../core/sarif';
import { count } from '../core/style';
import type { EffectiveReport } from './effective-report';
import type { FilePlace, OrganizationPlaces } from './organization-places';

type Rule = Omit<Check, 'find'>;

const INVALID = 'Backup-PolicyInvalid';
const PLAN = 'Backup-PolicyPlan';

/** What can be found in an organization. */
const RULES: readonly Rule[] = [
  ...POLICY_DOCUMENT_FACTS.filter(({ id }) => id === INVALID || id === PLAN).map(
    (facts): Rule => ({ ...facts, severity: 'error' }),
  ),
  ...policyPeerChecks.filter(({ id }) => id === 'Backup-PolicyPeerConflict'),
  {
    id: 'Backup-PolicyOverrideIgnored',
    severity: 'warning',
    what: 'A backup policy sets what a policy above it does not allow.',
    why: 'AWS Organizations ignores it without a word, and the rest of the policy holds.',
    fix: 'leave it out, or allow it above',
    docs: `${ORGANIZATIONS}policy-operators.html`,
    source: 'AWS Organizations User Guide, Inheritance operators; effective policies that were seen',
    asOf: '2026-09-13',
  },
  {
    id: 'Backup-OrganizationQuota',
    severity: 'warning',
    what: 'An organization has more of something than AWS Organizations allows.',
    why: 'AWS Organizations refuses what exceeds a quota.',
    fix: 'stay within the quota',
    docs: `${ORGANIZATIONS}orgs_reference_limits.html`,
    source: 'AWS Organizations User Guide, Quotas',
    asOf: '2026-11-21',
  },
];

/** What effective policies are short of, in the files of the organization, for code scanning. */
export function effectiveSarif(report: EffectiveReport, places: OrganizationPlaces, cwd: string): string {
  return sarif({ checks: RULES, findings: [...findingsOf(report, places)], acknowledged: [] }, cwd);
}

function* findingsOf(
  { accounts, findings, warnings }: EffectiveReport,
  places: OrganizationPlaces,
): Iterable<Finding> {
  // what many accounts get of one policy is told once
  const told = new Map<string, { readonly finding: Finding; accounts: number }>();
  for (const account of accounts) {
    const tell = (id: string, message: string, policies: readonly string[], more: Partial<Finding> = {}) => {
      const last = policies.at(-1);
      const place =
        (last === undefined ? undefined : places.ofPolicy(last, account.id)) ?? places.ofEntity(account.id);
      const key = [id, message, place?.file, place?.path].join('\0');
      const known = told.get(key);
      if (known) known.accounts++;
      else told.set(key, { finding: finding(id, message, last ?? account.id, place, more), accounts: 1 });
    };
    for (const { code, path, message, policies } of account.errors)
      tell(INVALID, `\`${path}\`, ${code}: ${message}`, policies);
    if (account.problems.length === 0) continue;
    const made = new Map(account.settings.map(({ path, policies }) => [path, policies]));
    for (const { property, message, fix, severity } of account.problems)
      tell(PLAN, message, made.get(property) ?? [], { fix, severity });
  }
  for (const { finding: one, accounts: amount } of told.values())
    yield { ...one, message: `${one.message} (in ${count(amount, 'account')})` };
  for (const { id, message, fix, severity, entity, policies } of findings)
    yield finding(id, message, policies.at(-1) ?? entity, places.ofEntity(entity), { fix, severity });
  for (const { file, path, reason, fix } of warnings)
    yield finding('Backup-OrganizationQuota', `\`${path}\` ${reason}`, path, { file, path }, { fix });
}

function finding(
  id: string,
  message: string,
  subject: string,
  place: FilePlace | undefined,
  { fix, severity }: Partial<Finding>,
): Finding {
  const rule = RULES.find((one) => one.id === id) as Rule;
  const file = place?.file ?? '';
  const at = { stack: file, stackId: file, logicalId: subject, file, pathInTemplate: place?.path ?? '' };
  return { ...rule, severity: severity ?? rule.severity, place: at, message, fix: fix ?? rule.fix };
}
