import { createHash } from 'node:crypto';
import { describeError, nameOfError, type Tools } from './aws-calls';
import { findPoint, type PointWish } from './runbook-points';

/** A resource that a runbook can restore, as the construct writes it. */
export interface RunbookTarget {
  readonly arn: string;
  readonly type: string;
  /** A name for people. */
  readonly label: string;
  /** What has a lower number is restored first; equal numbers together. */
  readonly order: number;
  readonly vaults: readonly string[];
  /** What a restore into a new resource changes; `{name}` is the new name. */
  readonly changes: Readonly<Record<string, string>>;
  /** Metadata of the user, which wins. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly nameKey?: string;
  readonly takesItems: boolean;
  readonly takesTime: boolean;
  readonly requires: readonly string[];
  readonly imports?: { readonly type: string; readonly identifier: string; readonly logicalId?: string };
}

/** What the environment of the function configures. */
export interface RunbookSettings {
  readonly bucket: string;
  readonly targets: readonly RunbookTarget[];
}

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
  readonly dryRun?: boolean;
  /** The run to go on with. */
  readonly runId?: string;
}

/** A restore that the state machine runs. */
export interface RunbookStep {
  readonly id: string;
  readonly arn: string;
  readonly label: string;
  readonly type: string;
  readonly order: number;
  readonly vault: string;
  readonly recoveryPointArn: string;
  readonly recoveryPointCreated: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly token: string;
  readonly imports?: RunbookTarget['imports'];
  /** The job of an earlier execution of the run. */
  readonly jobId?: string;
  /** What an earlier execution of the run restored. */
  readonly done?: RestoredStep;
}

export interface RestoredStep {
  readonly status: 'RESTORED';
  readonly id: string;
  readonly restoredArn: string;
  readonly jobId: string;
}

export interface RunbookPlan {
  readonly run: string;
  readonly dryRun: boolean;
  readonly problems: readonly string[];
  /** Restored one after the other, the steps of each together. */
  readonly waves: readonly (readonly RunbookStep[])[];
  readonly summary: string;
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
  'dryRun',
  'runId',
];

/** Decides what is restored from which recovery points, before anything starts. A run that goes on keeps its plan. */
export async function planRun(
  { input, execution }: { readonly input: RunbookInput; readonly execution: string },
  settings: RunbookSettings,
  tools: Tools,
): Promise<RunbookPlan> {
  const run = input.runId ?? execution;
  const kept =
    input.runId === undefined
      ? undefined
      : await readJson<RunbookPlan>(`runs/${run}/plan.json`, settings, tools);
  if (input.runId !== undefined && !kept) {
    const problems = [`there is no run \`${run}\` to go on with`];
    return { run, dryRun: input.dryRun === true, problems, waves: [], summary: summaryOf(problems, []) };
  }
  const plan = kept ? { ...kept, dryRun: input.dryRun === true } : await newPlan(input, run, settings, tools);
  if (plan.problems.length > 0 || plan.dryRun) return plan;
  if (!kept) await writeJson(`runs/${run}/plan.json`, plan, settings, tools);
  const waves = await Promise.all(
    plan.waves.map((wave) => Promise.all(wave.map((step) => withProgress(step, run, settings, tools)))),
  );
  return { ...plan, waves };
}

async function newPlan(
  input: RunbookInput,
  run: string,
  settings: RunbookSettings,
  tools: Tools,
): Promise<RunbookPlan> {
  const problems = inputProblems(input, settings.targets);
  const steps: RunbookStep[] = [];
  if (problems.length === 0)
    for (const target of chosen(input, settings.targets)) {
      const found = await stepFor(target, input, run, tools);
      if ('problem' in found) problems.push(`${target.label}: ${found.problem}`);
      else if ('step' in found) steps.push(found.step);
    }
  if (problems.length === 0 && steps.length === 0) problems.push('nothing is chosen to restore');
  const orders = [...new Set(steps.map(({ order }) => order))].sort((a, b) => a - b);
  const waves = orders.map((order) => steps.filter((step) => step.order === order));
  return { run, dryRun: input.dryRun === true, problems, waves, summary: summaryOf(problems, waves) };
}

function inputProblems(input: RunbookInput, targets: readonly RunbookTarget[]): string[] {
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

function chosen({ resources }: RunbookInput, targets: readonly RunbookTarget[]): readonly RunbookTarget[] {
  if (!resources) return targets;
  return targets.filter(({ arn, label }) => resources.includes(arn) || resources.includes(label));
}

type Found = { readonly step: RunbookStep } | { readonly problem: string } | { readonly skipped: true };

async function stepFor(
  target: RunbookTarget,
  input: RunbookInput,
  run: string,
  tools: Tools,
): Promise<Found> {
  const of = <T>(map: Readonly<Record<string, T>> | undefined): T | undefined =>
    map?.[target.arn] ?? map?.[target.label];
  const items = of(input.items);
  if (items && !target.takesItems) return { problem: `${target.type} can't be restored in part` };
  if (input.pointInTime && !target.takesTime && input.resources)
    return { problem: `${target.type} can't be restored to a point in time` };
  const wish: PointWish = {
    before: input.newestBefore ? new Date(input.newestBefore) : undefined,
    clean: input.newestClean === true,
    pointInTime: input.pointInTime && target.takesTime ? new Date(input.pointInTime) : undefined,
    tag: input.tag as PointWish['tag'],
  };
  try {
    const found = await findPoint(target, wish, tools);
    if (typeof found === 'string') return input.tag ? { skipped: true } : { problem: found };
    const name = nameFor(target, run);
    const changes = Object.entries(target.changes).map(([key, value]) => [
      key,
      value.replace('{name}', name),
    ]);
    const metadata = {
      ...found.metadata,
      ...Object.fromEntries(changes),
      ...(wish.pointInTime && { RestoreTime: wish.pointInTime.toISOString() }),
      ...(items && { ItemsToRestore: JSON.stringify(items) }),
      ...target.overrides,
      ...of(input.metadata),
    };
    const missing = target.requires.filter((key) => !metadata[key]);
    if (missing.length > 0)
      return { problem: `the restore needs the metadata ${missing.map((key) => `\`${key}\``).join(', ')}` };
    const id = hash(target.arn).slice(0, 16);
    const { arn, label, type, order, imports } = target;
    return {
      step: {
        id,
        arn,
        label,
        type,
        order,
        vault: found.vault,
        recoveryPointArn: found.recoveryPointArn,
        recoveryPointCreated: found.created.toISOString(),
        metadata,
        // the same in each execution of the run: AWS Backup starts the job once
        token: hash(`${run} ${arn} ${found.recoveryPointArn}`),
        imports,
      },
    };
  } catch (error) {
    return { problem: `its recovery points can't be read: ${describeError(error)}` };
  }
}

/** A name that every service accepts for new resources, the same in each execution of the run. */
function nameFor({ label, arn }: RunbookTarget, run: string): string {
  const base = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(-40)
    .replace(/^-+/, '');
  return `restored-${base || 'resource'}-${hash(`${run} ${arn}`).slice(0, 8)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function summaryOf(problems: readonly string[], waves: readonly (readonly RunbookStep[])[]): string {
  const steps = waves.flatMap((wave, index) =>
    wave.map(
      ({ label, type, vault, recoveryPointArn, recoveryPointCreated, metadata }) =>
        `${index + 1}. ${label} (${type}) from ${recoveryPointArn} of ${recoveryPointCreated} in ${vault}, with ${JSON.stringify(metadata)}`,
    ),
  );
  return [...problems.map((problem) => `problem: ${problem}`), ...steps].join('\n');
}

async function withProgress(
  step: RunbookStep,
  run: string,
  settings: RunbookSettings,
  tools: Tools,
): Promise<RunbookStep> {
  const done = await readJson<RestoredStep>(`runs/${run}/${step.id}-done.json`, settings, tools);
  if (done) return { ...step, done };
  const started = await readJson<{ jobId: string }>(`runs/${run}/${step.id}-started.json`, settings, tools);
  return started ? { ...step, jobId: started.jobId } : step;
}

/** A document in the bucket; undefined if there is none. */
export async function readJson<T>(
  Key: string,
  { bucket }: RunbookSettings,
  tools: Tools,
): Promise<T | undefined> {
  try {
    const { Body } = await tools.call('s3:GetObject', { Bucket: bucket, Key });
    return JSON.parse(Buffer.from((await Body?.transformToByteArray()) ?? []).toString()) as T;
  } catch (error) {
    if (nameOfError(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}

export async function writeJson(
  Key: string,
  value: unknown,
  { bucket }: RunbookSettings,
  tools: Tools,
): Promise<void> {
  await tools.call('s3:PutObject', {
    Bucket: bucket,
    Key,
    Body: `${JSON.stringify(value, undefined, 2)}\n`,
    ContentType: 'application/json',
  });
}
