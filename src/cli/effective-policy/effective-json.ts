import type { AccountEffect } from '../../policy/effective/effective-policy';
import type { Problem } from '../../values/core/problem';
import type { EffectiveReport } from './effective-report';

/** The JSON of the contract; what there is to be said beside it, only where there is something. */
export function effectiveJson(report: EffectiveReport, withSettings: boolean): string {
  const { accounts, findings, warnings, compared } = report;
  const json = {
    // not by assignment: an id is a key of a file
    accounts: Object.fromEntries(
      accounts.map((account) => [account.id, accountJson(account, compared, withSettings)]),
    ),
    findings: some(
      findings.map((finding) => ({
        ...problemJson(finding),
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
