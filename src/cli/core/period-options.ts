import { DAY_MS, type Period } from '../../forecast/core/period';
import { periodFrom, readDuration, readInstant } from '../../forecast/core/period-input';
import type { Arguments } from './arguments';
import type { Io } from './io';
import type { Option } from './options';
import { UsageError } from './usage-error';

export const FROM: Option = {
  name: 'from',
  value: 'DATE',
  help: 'the first day (default: today), or an instant such as 2027-01-01T06:00Z',
};
export const FOR: Option = {
  name: 'for',
  value: 'DURATION',
  help: 'how long, in ISO 8601: P1Y (default), P6M, P90D',
};

/** The period of a forecast. */
export function periodOf(args: Arguments, io: Io, command: string): Period {
  const [from, length] = [args.get('from'), args.get('for') ?? 'P1Y'];
  const start = from === undefined ? Math.floor(io.now.getTime() / DAY_MS) * DAY_MS : readInstant(from);
  if (start === undefined)
    throw new UsageError(
      `\`--from\` must be a date such as \`2027-01-01\`, or an instant such as \`2027-01-01T06:00Z\`, got \`${from}\``,
      command,
    );
  const duration = readDuration(length);
  if (!duration)
    throw new UsageError(
      `\`--for\` must be a duration in ISO 8601, such as \`P1Y\` or \`P90D\`, got \`${length}\``,
      command,
    );
  const period = periodFrom(start, duration);
  if (!period)
    throw new UsageError(
      `the period must end in 2199 or earlier, the last year of AWS schedules, got \`--for ${length}\``,
      command,
    );
  return period;
}
