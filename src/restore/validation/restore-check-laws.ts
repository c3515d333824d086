import { flagProblems, kindProblems, listProblems } from '../../resources/core/argument-checks';
import { resolveResource } from '../../resources/core/resource-arns';
import { isKnown, show, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import { mountOptionProblems } from './mount-option-laws';
import type { Ec2CheckOptions, EfsCheckOptions, SamplingCheckOptions } from './restore-check-options';
import { functionArnOf, ID, shareProblems } from './restore-check-parts';
import { RestoreMount } from './restore-mount';
import { type QueryOptions, queryKindProblems, queryProblems } from './restore-query-laws';
import { ValidationLevel } from './validation-level';

/** Every option that some check has. */
export type AnyOptions = SamplingCheckOptions & Ec2CheckOptions & EfsCheckOptions & QueryOptions;

const WITH_SCANS: readonly string[] = ['EBS', 'EC2', 'S3'];
const WITH_COMMANDS: readonly string[] = ['EC2', 'EFS'];

/** What is wrong with the options of a check. */
export function checkProblems(
  o: AnyOptions,
  struct: StructName,
  name: string,
  levels: readonly ValidationLevel[],
): Problem[] {
  const of = (property: string, message: string, fix?: string) =>
    problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
  const kinds = [
    ...unknownPropertyProblems(o, struct),
    ...kindProblems(o.level, (level: unknown) => levels.includes(level as ValidationLevel), {
      id: ID,
      property: 'level',
      what: `a level that checks of ${name} have (${levels.map((level) => `\`${level.toUpperCase()}\``).join(', ')})`,
    }),
    ...listProblems(o.resources, (each: never) => resolveResource(each)?.type.name === name, {
      id: ID,
      property: 'resources',
      what: `a resource of type ${name}`,
    }),
    ...listProblems(
      o.arns,
      (arn: unknown) => typeof arn === 'string' && (!isKnown(arn) || /^arn:/.test(arn)),
      {
        id: ID,
        property: 'arns',
        what: 'an ARN',
      },
    ),
    ...flagProblems(ID, 'cleanScan', o.cleanScan),
    ...kindProblems(o.mount, (each: unknown) => each instanceof RestoreMount, {
      id: ID,
      property: 'mount',
      what: 'a `RestoreMount`',
    }),
    ...kindProblems(o.validator, (each: never) => functionArnOf(each) !== undefined, {
      id: ID,
      property: 'validator',
      what: 'a function',
    }),
    ...listProblems(o.commands, (each: unknown) => typeof each === 'string' && each !== '', {
      id: ID,
      property: 'commands',
      what: 'a shell command',
    }),
    ...queryKindProblems(o, name),
    ...shareProblems('minimumShare', o.minimumShare),
    ...shareProblems('minimumEqualShare', o.minimumEqualShare),
    ...(['minimumCount', 'minimumFiles'] as const).flatMap((property) =>
      o[property] === undefined
        ? []
        : wholeNumberProblems(ID, property, o[property], { min: 0, max: Number.MAX_SAFE_INTEGER, unit: '' }),
    ),
    ...(o.samples === undefined
      ? []
      : wholeNumberProblems(ID, 'samples', o.samples, { min: 1, max: 1_000, unit: 'samples' })),
  ];
  if (kinds.length > 0) return kinds;
  const found: Problem[] = [];
  if (o.cleanScan && !WITH_SCANS.includes(name))
    found.push(
      of(
        'cleanScan',
        `is for ${WITH_SCANS.join(', ')}, whose recovery points can be scanned, got ${name}`,
        'remove it',
      ),
    );
  found.push(...queryProblems(o, name));
  const asked = o.queries ?? o.commands;
  if (o.level === ValidationLevel.QUERIES && (asked ?? []).length === 0)
    found.push(
      of(
        'level',
        `is \`QUERIES\`, but there is nothing to run`,
        WITH_COMMANDS.includes(name) ? 'set `commands`' : 'set `queries`',
      ),
    );
  if (o.level !== undefined && o.level !== ValidationLevel.QUERIES && asked && asked.length > 0)
    found.push(
      of(
        'level',
        `must be \`QUERIES\` to run ${o.queries ? '`queries`' : '`commands`'}, got ${show(o.level)}`,
        'omit it',
      ),
    );
  return [...found, ...(name === 'EFS' ? mountOptionProblems(o) : [])];
}
