import { show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { UTC_NAMES, zoneFormatter } from './wall-clock';

/**
 * The time zones that AWS accepts for a schedule: names from the IANA database, in their exact spelling.
 *
 * Offsets such as `+09:00` are valid for Intl, but are not names.
 */
export function timeZoneProblems(name: string, property = 'timeZone'): Problem[] {
  if (UTC_NAMES.has(name)) return []; // the first lookup in the time zone database takes as long as reading a large app
  const fault = (fix: string): Problem[] => [
    problem({
      id: 'Backup-ScheduleTimeZone',
      property,
      message: (label) =>
        `${label(property)} must be a name from the IANA time zone database, got ${show(name)}`,
      fix,
    }),
  ];
  const example = 'for example, write `Europe/Berlin`, or omit it to use UTC';
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return fault(example);
  const known = spellingOf(name);
  if (known === undefined) return fault(example);
  // Intl accepts any case; whether AWS does is unknown
  if (known !== name && known.toLowerCase() === name.toLowerCase()) return fault(`write \`${known}\``);
  return /(^|\/)[^A-Z]/.test(name) ? fault(example) : [];
}

/** The spelling of each zone that was looked up, since that takes as long as reading many schedules. */
const SPELLINGS = new Map<string, string>();

/** How the time zone database spells a name; undefined if it has no such zone. */
function spellingOf(name: string): string | undefined {
  const found = SPELLINGS.get(name);
  if (found !== undefined) return found;
  try {
    const spelling = zoneFormatter(name).resolvedOptions().timeZone;
    SPELLINGS.set(name, spelling);
    return spelling;
  } catch {
    return undefined;
  }
}
