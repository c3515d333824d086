/** What a person, or a drill, asks for. */
export interface RunbookInput {
  /** The ARNs or labels to restore; without it, with `tag` or with everything. */
  readonly resources?: readonly string[];
  /** Restores what has this tag on its recovery point. */
  readonly tag?: { readonly key?: string; readonly value?: string };
  /** Restores all of the runbook. */
  readonly everything?: boolean;
  readonly newestBefore?: string;
  readonly newestClean?: boolean;
  readonly pointInTime?: string;
  /** By ARN or label: paths of a file system, or prefixes of a bucket. */
  readonly items?: Readonly<Record<string, readonly string[]>>;
  /** By ARN or label. */
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The name of the only vault to look in. */
  readonly vault?: string;
  readonly dryRun?: boolean;
  /** The run to go on with. */
  readonly runId?: string;
}

/** How people name a resource. */
interface NamedTarget {
  readonly arn: string;
  readonly label: string;
}

const KNOWN_INPUT = [
  'resources',
  'tag',
  'everything',
  'newestBefore',
  'newestClean',
  'pointInTime',
  'items',
  'metadata',
  'vault',
  'dryRun',
  'runId',
];

/** What is wrong with the input, before any recovery point is looked for. */
export function inputProblems(
  input: RunbookInput,
  targets: readonly NamedTarget[],
  vaults: readonly { readonly name: string }[],
): string[] {
  const names = targets.flatMap(({ arn, label }) => [arn, label]);
  const named = [
    ...(input.resources ?? []),
    ...Object.keys(input.items ?? {}),
    ...Object.keys(input.metadata ?? {}),
  ];
  const choices = [input.resources, input.tag, input.everything || undefined].filter(
    (each) => each !== undefined,
  );
  const isTime = (text: string | undefined) => text === undefined || !Number.isNaN(Date.parse(text));
  return [
    ...Object.keys(input)
      .filter((key) => !KNOWN_INPUT.includes(key))
      .map((key) => `\`${key}\` is not an input of this runbook`),
    ...(choices.length === 1 ? [] : ['set exactly one of `resources`, `tag` and `everything`']),
    ...(input.tag && !(input.tag.key && input.tag.value !== undefined)
      ? ['`tag` must have `key` and `value`']
      : []),
    ...[...new Set(named)]
      .filter((name) => !names.includes(name))
      .map(
        (name) =>
          `\`${name}\` is not a resource of this runbook (${targets.map(({ label }) => label).join(', ')})`,
      ),
    ...(input.vault === undefined || vaults.some(({ name }) => name === input.vault)
      ? []
      : [`\`${input.vault}\` is not a vault of this runbook (${vaults.map(({ name }) => name).join(', ')})`]),
    ...(isTime(input.newestBefore)
      ? []
      : [`\`newestBefore\` must be a time such as \`2026-11-29T05:00:00Z\`, got \`${input.newestBefore}\``]),
    ...(isTime(input.pointInTime)
      ? []
      : [`\`pointInTime\` must be a time such as \`2026-11-29T05:00:00Z\`, got \`${input.pointInTime}\``]),
    ...(input.pointInTime && input.newestBefore
      ? ['`pointInTime` and `newestBefore` exclude each other']
      : []),
  ];
}
