import { BackupRule } from '../../resources/plan/backup-rule';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { Retention } from '../../values/plan/retention';
import { type MeetingTierOptions, meetingProblems, rulesMeeting } from './meeting-tier';

/**
 * A level of protection: a name, which is the value of the tag in `AccountBackup` and `OrganizationBackup`, and a set of
 * rules. The presets use no cold storage, which most types don't support and which costs extra to restore.
 *
 * All rules run at 05:00 UTC. If rules run on the same day, AWS Backup creates one recovery point and keeps it for the
 * longest retention.
 */
export class BackupTier {
  /** Daily backups kept 35 days, the default of the AWS Config rules for backup plans. */
  public static readonly BRONZE: BackupTier = new BackupTier('bronze', () => [
    BackupRule.daily({ retention: Retention.days(35) }),
  ]);

  /** Daily backups kept 35 days, weekly ones 91 days, and monthly ones a year. */
  public static readonly SILVER: BackupTier = new BackupTier('silver', () => [
    BackupRule.daily({ retention: Retention.days(35) }),
    BackupRule.weekly({ retention: Retention.days(91) }),
    BackupRule.monthly({ retention: Retention.years(1) }),
  ]);

  /**
   * Continuous backups kept 35 days for types that support them (S3, RDS, Aurora, SAP HANA), and daily ones for the rest;
   * weekly backups kept 91 days, monthly ones a year, and yearly ones 7 years.
   */
  public static readonly GOLD: BackupTier = new BackupTier('gold', () => [
    BackupRule.continuous({ retention: Retention.days(35) }),
    BackupRule.weekly({ retention: Retention.days(91) }),
    BackupRule.monthly({ retention: Retention.years(1) }),
    BackupRule.yearly({ retention: Retention.years(7) }),
  ]);

  /**
   * A custom tier.
   *
   * @param name the value of the tag: 1 to 256 letters, digits, spaces and `+ - = . _ : / @`
   * @param rules at least one
   */
  public static of(name: string, rules: BackupRule[]): BackupTier {
    throwErrors([...tierNameProblems(name), ...tierRuleProblems(name, rules)]);
    const own = [...rules];
    return new BackupTier(name, () => own);
  }

  /**
   * The smallest tier that meets the frequency and the retention that standards ask for: one rule, and a continuous one if you
   * ask for point-in-time recovery.
   *
   * @param name the value of the tag, as in `of()`
   * @param options the standards, and what else limits the retention
   * @throws if two clauses contradict each other, or a clause and a lock; the error names both
   */
  public static meeting(name: string, options: MeetingTierOptions): BackupTier {
    throwErrors(meetingProblems(options), `BackupTier.meeting`);
    return BackupTier.of(name, rulesMeeting(options));
  }

  /** The name, which is also the value of the tag. */
  public readonly name: string;

  private constructor(
    name: string,
    private readonly makeRules: () => BackupRule[],
  ) {
    this.name = name;
  }

  /** The rules of the tier. */
  public get rules(): BackupRule[] {
    return [...this.makeRules()];
  }

  /** The name. */
  public toString(): string {
    return this.name;
  }
}

/** What is a tag value in every AWS service; tokens are known too late for a name. */
const TAG_VALUE = /^[\p{L}\p{N}+\-=._:/@]([\p{L}\p{N} +\-=._:/@]*[\p{L}\p{N}+\-=._:/@])?$/u;

function tierNameProblems(name: unknown): Problem[] {
  const isFit =
    typeof name === 'string' && TAG_VALUE.test(name) && name.length <= 256 && !/^aws:/i.test(name);
  if (isFit && isKnown(name)) return [];
  return [
    problem({
      id: 'Backup-TierName',
      property: 'name',
      message: (label) =>
        `${label('name')} of a tier must be a tag value: 1 to 256 letters, digits, spaces inside and \`+ - = . _ : / @\`, without \`aws:\` at the beginning, got ${typeof name === 'string' && name.length > 256 ? `${name.length} characters` : show(name)}`,
      fix: 'for example, use `platinum`',
    }),
  ];
}

function tierRuleProblems(name: unknown, rules: unknown): Problem[] {
  const base = {
    id: 'Backup-TierRules',
    property: 'rules',
    fix: 'for example, add `BackupRule.daily({ retention: Retention.days(35) })`',
  } as const;
  const whose = `\`rules\` of the tier ${show(name)}`;
  if (!Array.isArray(rules) || rules.length === 0) {
    const got = Array.isArray(rules) ? 'none' : show(rules);
    return [problem({ ...base, message: `${whose} must have at least one rule, got ${got}` })];
  }
  return rules
    .filter((rule) => !(rule instanceof BackupRule))
    .map((rule) =>
      problem({ ...base, message: `${whose} must be \`BackupRule\` values, got ${show(rule)}` }),
    );
}
