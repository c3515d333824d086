import { kindProblems } from '../../resources/core/argument-checks';
import { readLifecycle } from '../../resources/core/lifecycle';
import type { BackupRule } from '../../resources/plan/backup-rule';
import { dayCount, isKnown, show } from '../../values/core/amounts';
import { enumerateNames } from '../../values/core/enumeration';
import { nearestOf } from '../../values/core/nearest';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { Retention } from '../../values/plan/retention';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import { BackupTier } from '../core/backup-tier';
import type {
  OrganizationBackupProps,
  OrganizationCentralOptions,
  OrganizationTierOptions,
} from './organization-backup-props';

const ID = 'Backup-OrganizationTiers';

/** A copy that is kept less than this part of the time of its source is probably a mistake. */
const MUCH_SHORTER = 0.5;

/** How long the copies of a rule are kept in the central vault. */
export function copyRetentionOf(
  { copyRetention, copyRetentions }: OrganizationTierOptions,
  rule: BackupRule,
  central: OrganizationCentralOptions,
): Retention {
  return copyRetentions?.[rule.name] ?? copyRetention ?? central.retention;
}

/** The property that sets how long the copies of a rule are kept. */
function sourceOf(
  { copyRetention, copyRetentions }: OrganizationTierOptions,
  rule: BackupRule,
  tier: string,
) {
  if (copyRetentions?.[rule.name]) return `${tier}.copyRetentions.${rule.name}`;
  return copyRetention ? `${tier}.copyRetention` : 'central.retention';
}

/** What is wrong with how long the copies in the central vault are kept. */
export function copyRetentionProblems({ tiers, central }: OrganizationBackupProps): Problem[] {
  if (!Array.isArray(tiers) || !tiers.every((each) => each?.tier instanceof BackupTier)) return [];
  const problems = tiers.flatMap((each, index) => overrideProblems(each, `tiers[${index}]`, central));
  if (problems.length > 0 || !(central?.retention instanceof Retention)) return problems;
  const copied = tiers.flatMap((each, index) =>
    each.copies === false
      ? []
      : each.tier.rules.map((rule) => ({
          rule,
          tier: each.tier.name,
          property: sourceOf(each, rule, `tiers[${index}]`),
          retention: copyRetentionOf(each, rule, central),
        })),
  );
  const limits = central.lock ?? { minRetentionDays: 7 };
  const bySource = new Map(copied.map(({ property, retention }) => [property, retention]));
  return [
    ...[...bySource].flatMap(([property, { inDays }]) =>
      lockRangeProblems(inDays, limits, property, 'the central vault'),
    ),
    ...[...bySource].flatMap(([property, retention]) => coldStorageProblems(retention, property, central)),
    ...copied.flatMap(({ rule, tier, property, retention }) =>
      shorterProblems(rule, tier, property, retention),
    ),
  ];
}

/** Copies of all tiers move to cold storage after the same time. */
function coldStorageProblems(
  retention: Retention,
  property: string,
  { coldStorageAfter }: OrganizationCentralOptions,
): Problem[] {
  const names: Readonly<Record<string, string>> = {
    retention: property,
    coldStorageAfter: 'central.coldStorageAfter',
  };
  return readLifecycle({ retention, coldStorageAfter })
    .problems.filter(({ severity }) => severity === 'error')
    .map((each) => each.as({ names: (name) => names[name] }));
}

function overrideProblems(
  { tier, copies, copyRetention, copyRetentions }: OrganizationTierOptions,
  path: string,
  central: OrganizationCentralOptions | undefined,
): Problem[] {
  const given = { copyRetention, copyRetentions };
  const isRetention = (value: unknown) => value instanceof Retention;
  const problems = kindProblems(copyRetention, isRetention, {
    id: ID,
    property: `${path}.copyRetention`,
    what: 'a `Retention`',
    fix: 'for example, use `Retention.days(90)`',
  });
  problems.push(
    ...kindProblems(copyRetentions, (value) => typeof value === 'object' && !Array.isArray(value), {
      id: ID,
      property: `${path}.copyRetentions`,
      what: 'an object with a `Retention` for each rule',
    }),
  );
  const names = tier.rules.map(({ name }) => name);
  for (const [name, value] of Object.entries(problems.length === 0 ? (copyRetentions ?? {}) : {})) {
    const property = `${path}.copyRetentions.${name}`;
    problems.push(...kindProblems(value, isRetention, { id: ID, property, what: 'a `Retention`' }));
    if (names.includes(name)) continue;
    const near = nearestOf(name, names);
    problems.push(
      problem({
        id: ID,
        property: `${path}.copyRetentions`,
        message: (label) =>
          `${label(`${path}.copyRetentions`)} must name rules of the tier ${show(tier.name)} (${enumerateNames(names)}), got ${show(name)}`,
        fix: near === undefined ? 'remove it' : `use ${show(near)}`,
      }),
    );
  }
  const set = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (set !== undefined && (central === undefined || copies === false))
    problems.push(
      problem({
        id: ID,
        property: `${path}.${set}`,
        message: (label) =>
          `${label(`${path}.${set}`)} has no effect, because the tier ${show(tier.name)} is not copied`,
        fix: central === undefined ? 'set `central`, or remove it' : 'remove it, or `copies: false`',
      }),
    );
  return problems;
}

function shorterProblems(rule: BackupRule, tier: string, property: string, copy: Retention): Problem[] {
  const [there, here] = [copy.inDays, rule.retention.inDays];
  if (there === undefined || !isKnown(there) || !isKnown(here)) return [];
  if (here !== undefined && there >= here * MUCH_SHORTER) return [];
  const kept = here === undefined ? 'forever' : dayCount(here);
  return [
    problem({
      id: 'Backup-CopyKeptShorter',
      property,
      message: (label) =>
        `${label(property)} keeps the copies of the rule ${show(rule.name)} of the tier ${show(tier)} ${dayCount(there)}, but their sources are kept ${kept}: after that, nothing survives the loss of the account`,
      fix: `set \`copyRetentions: { ${/^[A-Za-z]\w*$/.test(rule.name) ? rule.name : `'${rule.name}'`}: … }\` of the tier, or acknowledge this`,
    }),
  ];
}
