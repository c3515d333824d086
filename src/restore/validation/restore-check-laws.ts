import { show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import type {
  AuroraCheckOptions,
  Ec2CheckOptions,
  EfsCheckOptions,
  SamplingCheckOptions,
} from './restore-check-options';
import { ID } from './restore-check-parts';
import { ValidationLevel } from './validation-level';

/** The options of any check. */
export type AnyOptions = SamplingCheckOptions & AuroraCheckOptions & Ec2CheckOptions & EfsCheckOptions;

const { RESTORED, SAMPLES, QUERIES } = ValidationLevel;
const WITH_SCANS: readonly string[] = ['EBS', 'EC2', 'S3'];
const WITH_COMMANDS: readonly string[] = ['EC2', 'EFS'];

/** The problems of options that belong together. */
export function optionProblems(o: AnyOptions, name: string): Problem[] {
  const found: Problem[] = [];
  if (o.cleanScan && !WITH_SCANS.includes(name))
    found.push(
      of(
        'cleanScan',
        `is for ${WITH_SCANS.join(', ')}, whose recovery points can be scanned, got ${name}`,
        'remove it',
      ),
    );
  if (o.queries && o.queries.length > 0 && !o.secret)
    found.push(
      of(
        'secret',
        'must be set for `queries`, which need a user of the database',
        'pass the secret of the source',
      ),
    );
  for (const [index, { expected, minimum }] of (o.queries ?? []).entries())
    if (expected === undefined && minimum === undefined)
      found.push(
        of(
          `queries[${index}]`,
          'must have `expected` or `minimum`, otherwise any result would do',
          'add one of them',
        ),
      );
  const asked = o.queries ?? o.commands;
  if (o.level === QUERIES && (asked ?? []).length === 0)
    found.push(
      of(
        'level',
        `is \`QUERIES\`, but there is nothing to run`,
        WITH_COMMANDS.includes(name) ? 'set `commands`' : 'set `queries`',
      ),
    );
  if (o.level !== undefined && o.level !== QUERIES && asked && asked.length > 0)
    found.push(
      of(
        'level',
        `must be \`QUERIES\` to run ${o.queries ? '`queries`' : '`commands`'}, got ${show(o.level)}`,
        'omit it',
      ),
    );
  return [...found, ...(name === 'EFS' ? mountProblems(o) : [])];
}

/** What is asked of a file system that isn't mounted, or not compared. */
function mountProblems(o: AnyOptions): Problem[] {
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
