import type { Finding } from '../../checks/engine/check';
import { FINDINGS, type FindingId } from '../../values/findings/registry';
import { sarif } from '../core/sarif';
import { count } from '../core/style';
import type { EffectiveReport } from './effective-report';
import type { FilePlace, OrganizationPlaces } from './organization-places';

const INVALID = 'Backup-EffectivePolicyInvalid';

/** Problems of effective policies, located in the files of the organization, for code scanning. */
export function effectiveSarif(report: EffectiveReport, places: OrganizationPlaces, cwd: string): string {
  const findings = [...findingsOf(report, places)];
  const ids = [...new Set(findings.map(({ id }) => id))].sort();
  return sarif({ ids, findings, acknowledged: [] }, cwd);
}

function* findingsOf(
  { accounts, findings, warnings }: EffectiveReport,
  places: OrganizationPlaces,
): Iterable<Finding> {
  // the same problem of one policy is reported once for all accounts
  const reported = new Map<string, { readonly finding: Finding; accounts: number }>();
  for (const account of accounts) {
    const report = (
      id: FindingId,
      message: string,
      policies: readonly string[],
      more: Pick<Partial<Finding>, 'fix'> = {},
    ) => {
      const last = policies.at(-1);
      const place =
        (last === undefined ? undefined : places.ofPolicy(last, account.id)) ?? places.ofEntity(account.id);
      const key = [id, message, place?.file, place?.path].join('\0');
      const known = reported.get(key);
      if (known) known.accounts++;
      else reported.set(key, { finding: finding(id, message, last ?? account.id, place, more), accounts: 1 });
    };
    for (const { code, path, message, policies } of account.errors)
      report(INVALID, `\`${path}\`, ${code}: ${message}`, policies);
    if (account.problems.length === 0) continue;
    const made = new Map(account.settings.map(({ path, policies }) => [path, policies]));
    for (const { id, property, message, fix } of account.problems)
      report(id, message, made.get(property) ?? [], { fix });
  }
  for (const { finding: one, accounts: amount } of reported.values())
    yield { ...one, message: `${one.message} (in ${count(amount, 'account')})` };
  for (const { problem, entity, policies } of findings)
    yield finding(problem.id, problem.message, policies.at(-1) ?? entity, places.ofEntity(entity), problem);
  for (const { file, path, reason, fix } of warnings)
    yield finding('Backup-OrganizationQuota', `\`${path}\` ${reason}`, path, { file, path }, { fix });
}

function finding(
  id: FindingId,
  message: string,
  subject: string,
  place: FilePlace | undefined,
  { fix }: Pick<Partial<Finding>, 'fix'>,
): Finding {
  const facts = FINDINGS[id];
  const file = place?.file ?? '';
  const at = { stack: file, stackId: file, logicalId: subject, file, pathInTemplate: place?.path ?? '' };
  const { severity, why, docs } = facts;
  return { id, severity, place: at, message, why, fix: fix ?? facts.fix, docs };
}
