import { createHash } from 'node:crypto';
import type { Tools } from './aws-calls';
import { type RunbookSettings, readJson, writeJson } from './runbook-documents';
import { inputProblems, type RunbookInput } from './runbook-input';
import {
  type CopySource,
  describeVault,
  type FoundPoint,
  findPoint,
  type PointWish,
  type RunbookVault,
} from './runbook-points';

/** A resource that a runbook can restore, as the construct writes it. */
export interface RunbookTarget {
  readonly arn: string;
  readonly type: string;
  /** A name for people. */
  readonly label: string;
  /** What has a lower number is restored first; equal numbers together. */
  readonly order: number;
  /** What a restore into a new resource changes; `{name}` is the new name. */
  readonly changes: Readonly<Record<string, string>>;
  /** Metadata for recovery points that lack it. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Whether the tags in the backup are copied to what is restored. */
  readonly copiesTags: boolean;
  /** Metadata of the user, which wins. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly takesItems: boolean;
  readonly takesTime: boolean;
  readonly requires: readonly string[];
  readonly imports?: { readonly type: string; readonly identifier: string; readonly logicalId?: string };
}

/** What the state machine passes to the function that plans. */
export interface PlanRequest {
  readonly input: RunbookInput;
  /** The name of the execution. */
  readonly execution: string;
  readonly targets: readonly RunbookTarget[];
  readonly vaults: readonly RunbookVault[];
}

/** A restore that the state machine runs. */
export interface RunbookStep {
  readonly id: string;
  readonly arn: string;
  readonly label: string;
  readonly type: string;
  readonly order: number;
  /** The vault, for people; once the recovery point is in this account, its name. */
  readonly vault: string;
  readonly recoveryPointArn: string;
  readonly recoveryPointCreated: string;
  /** How the recovery point is copied back first. */
  readonly copy?: CopySource;
  readonly copiesTags: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  /** The part of the metadata that is not as in the recovery point. */
  readonly changed: Readonly<Record<string, string>>;
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

/** Decides what is restored from which recovery points, before anything starts. A run that goes on keeps its plan. */
export async function planRun(
  request: PlanRequest,
  settings: RunbookSettings,
  tools: Tools,
): Promise<RunbookPlan> {
  const { input, execution } = request;
  const run = input.runId ?? execution;
  const kept =
    input.runId === undefined
      ? undefined
      : await readJson<RunbookPlan>(`runs/${run}/plan.json`, settings, tools);
  if (input.runId !== undefined && !kept) {
    const problems = [`there is no run \`${run}\` to go on with`];
    return { run, dryRun: input.dryRun === true, problems, waves: [], summary: summaryOf(problems, [], []) };
  }
  const plan = kept ? { ...kept, dryRun: input.dryRun === true } : await newPlan(request, run, tools);
  if (plan.problems.length > 0 || plan.dryRun) return plan;
  if (!kept) await writeJson(`runs/${run}/plan.json`, plan, settings, tools);
  const waves = await Promise.all(
    plan.waves.map((wave) => Promise.all(wave.map((step) => withProgress(step, run, settings, tools)))),
  );
  return { ...plan, waves };
}

async function newPlan(
  { input, targets, vaults }: PlanRequest,
  run: string,
  tools: Tools,
): Promise<RunbookPlan> {
  const problems = inputProblems(input, targets, vaults);
  const notes: string[] = [];
  const steps: RunbookStep[] = [];
  if (problems.length === 0)
    for (const target of chosen(input, targets)) {
      const found = await stepFor(target, vaults, input, run, tools);
      const unread = found.unread.map((each) => `${target.label}: ${each}`);
      // on the bad day another vault is enough; a rehearsal finds the one that isn't
      (input.dryRun ? problems : notes).push(...unread);
      if (found.problem !== undefined) problems.push(`${target.label}: ${found.problem}`);
      else if (found.step) steps.push(found.step);
    }
  if (problems.length === 0 && steps.length === 0) problems.push('nothing is chosen to restore');
  const orders = [...new Set(steps.map(({ order }) => order))].sort((a, b) => a - b);
  const waves = orders.map((order) => steps.filter((step) => step.order === order));
  return { run, dryRun: input.dryRun === true, problems, waves, summary: summaryOf(problems, notes, waves) };
}

function chosen({ resources }: RunbookInput, targets: readonly RunbookTarget[]): readonly RunbookTarget[] {
  if (!resources) return targets;
  return targets.filter(({ arn, label }) => resources.includes(arn) || resources.includes(label));
}

/** A step, a problem, or neither if the resource isn't chosen by its tag. */
interface Found {
  readonly step?: RunbookStep;
  readonly problem?: string;
  readonly unread: readonly string[];
}

async function stepFor(
  target: RunbookTarget,
  vaults: readonly RunbookVault[],
  input: RunbookInput,
  run: string,
  tools: Tools,
): Promise<Found> {
  const of = <T>(map: Readonly<Record<string, T>> | undefined): T | undefined =>
    map?.[target.arn] ?? map?.[target.label];
  const refused = (problem: string): Found => ({ problem, unread: [] });
  const items = of(input.items);
  if (items && !target.takesItems) return refused(`${target.type} can't be restored in part`);
  if (input.pointInTime && !target.takesTime && input.resources)
    return refused(`${target.type} can't be restored to a point in time`);
  const wish: PointWish = {
    before: input.newestBefore ? new Date(input.newestBefore) : undefined,
    clean: input.newestClean === true,
    pointInTime: input.pointInTime && target.takesTime ? new Date(input.pointInTime) : undefined,
    tag: input.tag as PointWish['tag'],
    vault: input.vault,
  };
  const { point, problem, unread } = await findPoint(target.arn, vaults, wish, tools);
  if (!point && unread.length > 0) return refused(unread.join('; '));
  if (!point) return { problem: input.tag ? undefined : problem, unread };
  const name = nameFor(target, run);
  const known = Object.keys(point.metadata).map((key) => key.toLowerCase());
  const changed = [
    Object.fromEntries(Object.entries(target.defaults).filter(([key]) => !known.includes(key.toLowerCase()))),
    Object.fromEntries(
      Object.entries(target.changes).map(([key, value]) => [key, value.replace('{name}', name)]),
    ),
    wish.pointInTime ? { RestoreTime: wish.pointInTime.toISOString() } : {},
    items ? { ItemsToRestore: JSON.stringify(items) } : {},
    target.overrides,
    of(input.metadata) ?? {},
  ].reduce<Metadata>(mergeMetadata, {});
  const metadata = mergeMetadata(point.metadata, changed);
  const missing = target.requires.filter((key) => !metadata[key]);
  if (missing.length > 0)
    return refused(`the restore needs the metadata ${missing.map((key) => `\`${key}\``).join(', ')}`);
  return { step: stepOf(target, point, { metadata, changed, run }), unread };
}

type Metadata = Readonly<Record<string, string>>;

/** Metadata with other values. Keys are spelled as they are there already: AWS documents several spellings of the same key. */
export function mergeMetadata(base: Metadata, changed: Metadata): Metadata {
  const merged: Record<string, string> = { ...base };
  for (const [key, value] of Object.entries(changed)) {
    const known = Object.keys(merged).find((each) => each.toLowerCase() === key.toLowerCase());
    merged[known ?? key] = value;
  }
  return merged;
}

function stepOf(
  { arn, label, type, order, imports, copiesTags }: RunbookTarget,
  { vault, recoveryPointArn, created }: FoundPoint,
  { metadata, changed, run }: Pick<RunbookStep, 'metadata' | 'changed'> & { readonly run: string },
): RunbookStep {
  return {
    id: hash(arn).slice(0, 16),
    arn,
    label,
    type,
    order,
    vault: vault.copy ? describeVault(vault) : vault.name,
    recoveryPointArn,
    recoveryPointCreated: created.toISOString(),
    copy: vault.copy,
    copiesTags,
    metadata,
    changed,
    // the same in each execution of the run: AWS Backup starts the job once
    token: hash(`${run} ${arn} ${recoveryPointArn}`),
    imports,
  };
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

function summaryOf(
  problems: readonly string[],
  notes: readonly string[],
  waves: readonly (readonly RunbookStep[])[],
): string {
  const steps = waves.flatMap((wave, index) =>
    wave.map(
      ({ label, type, vault, copy, recoveryPointArn, recoveryPointCreated, metadata }) =>
        `${index + 1}. ${label} (${type}) from ${recoveryPointArn} of ${recoveryPointCreated} in ${vault}${copy ? ', copied back first' : ''}, with ${JSON.stringify(metadata)}`,
    ),
  );
  return [
    ...problems.map((problem) => `problem: ${problem}`),
    ...notes.map((note) => `note: ${note}`),
    ...steps,
  ].join('\n');
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
