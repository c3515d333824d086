/** The AWS cron expression that the author of another notation probably intended. */
export interface CronSuggestion {
  readonly expression: string;
  /** Why the input differs, to put before the suggestion; may be empty. */
  readonly reason: string;
}

const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * ? * * *',
  '@daily': '0 0 ? * * *',
  '@midnight': '0 0 ? * * *',
  '@weekly': '0 0 ? * SUN *',
  '@monthly': '0 0 1 * ? *',
  '@yearly': '0 0 1 1 ? *',
  '@annually': '0 0 1 1 ? *',
};

/** A guess, or undefined. The caller must validate its fields before showing it. */
export function suggestCron(expression: string): CronSuggestion | undefined {
  if (expression.length > 200) return undefined;
  const text = expression.trim();
  const call = /^([a-z]+)\s*\(([^()]*)\)$/i.exec(text);
  const name = call?.[1].toLowerCase();
  if (call && name === 'rate') return fromRate(call[2]);
  if (call && name === 'at') return fromAt(call[2]);
  if (call && name !== 'cron') return undefined;
  const inside = (call ? call[2] : text).trim();
  const nickname = inside.startsWith('@') ? NICKNAMES[inside.toLowerCase()] : undefined;
  if (nickname) return { expression: `cron(${nickname})`, reason: '' };
  const fields = inside.split(/\s+/);
  if (fields.length === 5) return fromUnix(fields);
  if (fields.length === 6) return { expression: `cron(${withQuestionMark(fields).join(' ')})`, reason: '' };
  return undefined;
}

/** Unix: minute hour day month weekday, with 0 (or 7) for Sunday. */
function fromUnix([minute, hour, day, month, weekDay]: string[]): CronSuggestion {
  const days = weekDay
    .split(',')
    // only the part before a step or an ordinal is a day
    .map((item) => item.replace(/^([0-7])(?:-([0-7]))?(?![0-9])/, (_, from, to) => unixDays(from, to)))
    .join(',');
  const fields = withQuestionMark([minute, hour, day, month, days, '*']);
  return {
    expression: `cron(${fields.join(' ')})`,
    reason:
      'five fields are Unix cron, but AWS expects a year at the end and `?` in one of the two day fields: ',
  };
}

function unixDays(from: string, to: string | undefined): string {
  return to === undefined ? WEEK_DAYS[Number(from)] : `${WEEK_DAYS[Number(from)]}-${WEEK_DAYS[Number(to)]}`;
}

/** Puts `?` in the day field that adds nothing, if both are set. */
function withQuestionMark(fields: string[]): string[] {
  const [minute, hour, day, month, weekDay, year] = fields;
  if (day === '?' && weekDay === '?') return [minute, hour, '?', month, '*', year];
  if (day === '?' || weekDay === '?') return fields;
  if (day === '*') return [minute, hour, '?', month, weekDay, year];
  if (weekDay === '*') return [minute, hour, day, month, '?', year];
  return fields;
}

function fromRate(inside: string): CronSuggestion | undefined {
  const parts = /^\s*(\d{1,6})\s+(minute|hour|day)s?\s*$/i.exec(inside);
  if (!parts) return undefined;
  const count = Number(parts[1]);
  const unit = parts[2].toLowerCase();
  const hours = unit === 'minute' ? count / 60 : unit === 'hour' ? count : count * 24;
  if (hours === 1) return { expression: 'cron(0 * ? * * *)', reason: '' };
  if (hours === 24) return { expression: 'cron(0 5 ? * * *)', reason: '' };
  if (hours === 168) return { expression: 'cron(0 5 ? * SAT *)', reason: '' };
  if ([2, 3, 4, 6, 8, 12].includes(hours)) return { expression: `cron(0 0/${hours} ? * * *)`, reason: '' };
  return undefined;
}

function fromAt(inside: string): CronSuggestion | undefined {
  const parts = /^\s*(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(:\d{2})?\s*$/.exec(inside);
  if (!parts) return undefined;
  const [year, month, day, hour, minute] = parts.slice(1, 6).map(Number);
  return { expression: `cron(${minute} ${hour} ${day} ${month} ? ${year})`, reason: '' };
}
