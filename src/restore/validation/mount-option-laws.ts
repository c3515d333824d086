import { type Problem, problem } from '../../values/core/problem';
import type { EfsCheckOptions } from './restore-check-options';
import { ID } from './restore-check-parts';
import { ValidationLevel } from './validation-level';

const { RESTORED, SAMPLES, QUERIES } = ValidationLevel;

/** What is asked of a file system that isn't mounted, or not compared. */
export function mountOptionProblems(o: EfsCheckOptions): Problem[] {
  const ofMount = (message: string, fix: string) => [of('mount', message, fix)];
  const samples = (['samples', 'minimumEqualShare'] as const).filter((property) => o[property] !== undefined);
  const reading: string[] = [
    ...(o.minimumFiles === undefined ? [] : ['`minimumFiles`']),
    ...samples.map((property) => `\`${property}\``),
    ...((o.commands ?? []).length > 0 ? ['`commands`'] : []),
    ...(o.level === SAMPLES || (o.level === QUERIES && o.commands) ? ['`level`'] : []),
  ];
  if (!o.mount)
    return reading.length === 0
      ? []
      : ofMount(
          `must be set for ${reading[0]}: only a mount shows what is in the file system`,
          'pass a `RestoreMount`',
        );
  if (o.level === RESTORED)
    return [of('level', 'must be deeper than `RESTORED` to use `mount`', 'omit one of them')];
  if (o.mount._arns.sources.length === 0 && (samples.length > 0 || o.level === SAMPLES))
    return ofMount(
      `must have \`sources\` to compare samples with, for ${samples.length > 0 ? `\`${samples[0]}\`` : '`level`'}`,
      'set `sources` of the `RestoreMount`',
    );
  return [];
}

function of(property: string, message: string, fix?: string): Problem {
  return problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
}
