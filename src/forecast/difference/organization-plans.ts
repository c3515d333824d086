import type { EffectiveDocument, EffectiveObject } from '../../policy/effective/effective-document';
import { readCron } from '../../values/schedule/cron';
import { minimumGapMinutes } from '../../values/schedule/cron-runs';
import { type Direction, moreIsStronger, retentionText } from './change';

/** One change in an account; accounts with the same one are reported together. */
export interface AccountChange {
  readonly direction: Direction;
  readonly subject: string;
  readonly before?: string;
  readonly after?: string;
  /** Without the accounts. */
  readonly what: string;
}

/** Every level of a policy: what is gone, what is new, and what is in both. */
function compareEach(
  old: EffectiveObject,
  now: EffectiveObject,
  label: (name: string) => string,
  compare: (name: string, old: EffectiveObject, now: EffectiveObject) => AccountChange[],
): AccountChange[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name): AccountChange[] => {
    const [was, is] = [old, now].map((one) => (Object.hasOwn(one, name) ? objectOf(one[name]) : undefined));
    if (was && is) return compare(name, was, is);
    const subject = label(name);
    return is
      ? [{ direction: 'stronger', subject, after: name, what: `${subject} is new` }]
      : [{ direction: 'weaker', subject, before: name, what: `${subject} is gone` }];
  });
}

/** What changes in the plans of an account; what isn't known can't be compared. */
export function planChanges(
  old: EffectiveDocument | undefined,
  now: EffectiveDocument | undefined,
): AccountChange[] {
  // what isn't known can't be compared
  if (!old || !now) return [];
  return compareEach(
    old.plans ?? {},
    now.plans ?? {},
    (plan) => `plan \`${plan}\``,
    (plan, was, is) => {
      const subject = `plan \`${plan}\``;
      const { regions, rules, selections, ...rest } = was;
      const { regions: newRegions, rules: newRules, selections: newSelections, ...newRest } = is;
      return [
        ...regionChanges(subject, listOf(regions), listOf(newRegions)),
        ...compareEach(
          objectOf(rules),
          objectOf(newRules),
          (rule) => ruleLabel(rule, subject),
          (rule, a, b) => ruleChanges(ruleLabel(rule, subject), a, b),
        ),
        ...(['tags', 'resources'] as const).flatMap((kind) =>
          compareEach(
            objectOf(objectOf(selections)[kind]),
            objectOf(objectOf(newSelections)[kind]),
            (name) => `selection \`${name}\` of ${subject}`,
            (name, a, b) => neutral(`selection \`${name}\` of ${subject}`, a, b),
          ),
        ),
        ...neutral(`settings of ${subject}`, rest, newRest),
      ];
    },
  );
}

function ruleLabel(rule: string, plan: string): string {
  return `rule \`${rule}\` of ${plan}`;
}

function regionChanges(subject: string, old: readonly string[], now: readonly string[]): AccountChange[] {
  const gone = old.filter((region) => !now.includes(region));
  const isNew = now.filter((region) => !old.includes(region));
  return [
    ...gone.map(
      (region): AccountChange => ({
        direction: 'weaker',
        subject,
        before: region,
        what: `${subject} leaves Region ${region}`,
      }),
    ),
    ...isNew.map(
      (region): AccountChange => ({
        direction: 'stronger',
        subject,
        after: region,
        what: `${subject} extends to Region ${region}`,
      }),
    ),
  ];
}

/** The settings of a rule that are compared one by one. */
const COMPARED: ReadonlySet<string> = new Set([
  'schedule_expression',
  'schedule_expression_timezone',
  'lifecycle',
  'copy_actions',
  'target_backup_vault_name',
  'target_logically_air_gapped_backup_vault_arn',
  'enable_continuous_backup',
]);

function ruleChanges(subject: string, old: EffectiveObject, now: EffectiveObject): AccountChange[] {
  const value = (direction: Direction, what: string, before?: string, after?: string): AccountChange[] =>
    before === after
      ? []
      : [
          {
            direction,
            subject,
            before,
            after,
            what: `${what} of ${subject}: ${before ?? 'none'} before, ${after ?? 'none'} after`,
          },
        ];
  const text = (of: EffectiveObject, key: string) =>
    typeof of[key] === 'string' ? (of[key] as string) : undefined;
  const schedule = (of: EffectiveObject) => {
    const zone = text(of, 'schedule_expression_timezone');
    return `${text(of, 'schedule_expression') ?? 'the default'}${zone === undefined ? '' : ` in ${zone}`}`;
  };
  const gap = (of: EffectiveObject) => {
    const { cron } = readCron(text(of, 'schedule_expression') ?? '');
    return cron && minimumGapMinutes(cron);
  };
  const vault = 'target_backup_vault_name';
  const airGapped = 'target_logically_air_gapped_backup_vault_arn';
  const [gapped, gaps] = [text(old, airGapped), text(now, airGapped)];
  const continuous = (of: EffectiveObject) =>
    text(of, 'enable_continuous_backup') === 'true' ? 'on' : undefined;
  const others = (of: EffectiveObject) =>
    Object.fromEntries(Object.entries(of).filter(([key]) => !COMPARED.has(key)));
  return [
    ...value(moreIsStronger(gap(now), gap(old)), 'the schedule', schedule(old), schedule(now)),
    ...lifecycleChanges(subject, old, now),
    ...value(
      continuous(now) ? 'stronger' : 'weaker',
      'the continuous backup',
      continuous(old),
      continuous(now),
    ),
    ...value('neutral', 'the vault', text(old, vault), text(now, vault)),
    ...value(presence(gapped, gaps), 'the logically air-gapped vault', gapped, gaps),
    ...compareEach(
      objectOf(old.copy_actions),
      objectOf(now.copy_actions),
      (to) => `the copy to ${vaultText(to)} of ${subject}`,
      (to, was, is) => lifecycleChanges(`the copy to ${vaultText(to)} of ${subject}`, was, is),
    ),
    ...neutral(`settings of ${subject}`, others(old), others(now)),
  ];
}

function presence(before: string | undefined, after: string | undefined): Direction {
  if (before !== undefined && after !== undefined) return 'neutral';
  return after === undefined ? 'weaker' : 'stronger';
}

function lifecycleChanges(subject: string, old: EffectiveObject, now: EffectiveObject): AccountChange[] {
  const days = (of: EffectiveObject) => {
    const kept = objectOf(of.lifecycle).delete_after_days;
    return kept === undefined || kept === '-1' ? Number.POSITIVE_INFINITY : Number(kept);
  };
  const cold = (of: EffectiveObject) => {
    const after = objectOf(of.lifecycle).move_to_cold_storage_after_days;
    return typeof after === 'string' && after !== '-1' ? `at ${retentionText(Number(after))}` : 'none';
  };
  const [kept, keeps] = [days(old), days(now)];
  const [was, is] = [cold(old), cold(now)];
  return [
    ...(kept === keeps
      ? []
      : [
          {
            direction: moreIsStronger(kept, keeps),
            subject,
            before: retentionText(kept),
            after: retentionText(keeps),
            what: `the retention of ${subject}: ${retentionText(kept)} before, ${retentionText(keeps)} after`,
          },
        ]),
    ...(was === is
      ? []
      : [
          {
            direction: 'neutral' as const,
            subject,
            before: was,
            after: is,
            what: `the transition to cold storage of ${subject}: ${was} before, ${is} after`,
          },
        ]),
  ];
}

/** `arn:aws:backup:eu-west-1:$account:backup-vault:copies` is vault `copies` in eu-west-1. */
function vaultText(arn: string): string {
  const [, region, name] = /^arn:[^:]+:backup:([^:]+):[^:]+:backup-vault:(.+)$/.exec(arn) ?? [];
  return name === undefined ? `\`${arn}\`` : `vault \`${name}\` in ${region}`;
}

function neutral(subject: string, old: EffectiveObject, now: EffectiveObject): AccountChange[] {
  if (contentOf(old) === contentOf(now)) return [];
  return [{ direction: 'neutral', subject, what: `${subject}: other settings than before` }];
}

/** Equal for equal objects, whatever the order of their keys. */
function contentOf(value: EffectiveObject[string]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${contentOf(value[key])}`);
  return `{${entries.join()}}`;
}

function isList(value: EffectiveObject[string]): value is readonly string[] {
  return Array.isArray(value);
}

function objectOf(value: EffectiveObject[string] | undefined): EffectiveObject {
  return typeof value === 'object' && !isList(value) ? value : {};
}

function listOf(value: EffectiveObject[string] | undefined): readonly string[] {
  return value !== undefined && typeof value !== 'string' && isList(value) ? value : [];
}
