import type { AccountEffect } from '../../policy/effective/effective-policy';
import type { Problem } from '../../values/core/problem';
import type { EffectiveReport } from './effective-report';

/** Effective policies as JSON; optional parts only if they are not empty. */
export function effectiveJson(report: EffectiveReport, withSettings: boolean): string {
  const { accounts, findings, warnings, compared } = report;
  const json = {
    // not by assignment: the IDs come from a file
    accounts: Object.fromEntries(
      accounts.map((account) => [account.id, accountJson(account, compared, withSettings)]),
    ),
    findings: some(
      findings.map((finding) => ({
        ...problemJson(finding.problem),
        entity: finding.entity,
        policies: finding.policies,
      })),
    ),
    warnings: some(warnings.map(({ file, path, reason, fix }) => ({ file, path, message: reason, fix }))),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function accountJson(account: AccountEffect, compared: boolean, withSettings: boolean): object {
  const { policy, errors, problems } = account;
  return {
    policy,
    errors,
    inForce: compared && errors.length > 0 ? (account.inForce ?? null) : undefined,
    problems: some(problems.map(problemJson)),
    settings: withSettings ? account.settings : undefined,
  };
}

function problemJson({ id, severity, property, message, fix }: Problem): object {
  return { id, severity, path: property, message, fix };
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
