import type { Tools } from './aws-calls';
import { nameOfArn } from './check';
import { type RunbookSettings, readJson, writeJson } from './runbook-documents';
import type { RestoredStep, RunbookPlan, RunbookStep } from './runbook-plan';

/** How a step of a wave ended. */
export interface StepResult {
  readonly id: string;
  readonly label: string;
  readonly status: 'RESTORED' | 'FAILED';
  readonly restoredArn?: string;
  readonly jobId?: string;
  readonly cause?: string;
}

/** The error with which the state machine stops after a wave. */
export class RestoreFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RestoreFailed';
  }
}

/** Remembers what a wave restored, and stops the run if something failed: later waves depend on it. */
export async function judgeWave(
  { run, results }: { readonly run: string; readonly results: readonly StepResult[] },
  settings: RunbookSettings,
  tools: Tools,
): Promise<{ readonly restored: number }> {
  for (const { id, status, restoredArn, jobId } of results)
    if (status === 'RESTORED')
      await writeJson(`runs/${run}/${id}-done.json`, { status, id, restoredArn, jobId }, settings, tools);
  const failed = results.filter(({ status }) => status === 'FAILED');
  if (failed.length > 0)
    throw new RestoreFailed(
      failed.map(({ label, cause }) => `${label}: ${readableCause(cause ?? 'no reason given')}`).join('; '),
    );
  return { restored: results.length };
}

/** A cause without the JSON in which AWS Lambda reports an error: its message. */
export function readableCause(cause: string): string {
  const [start, end] = [cause.indexOf('{'), cause.lastIndexOf('}') + 1];
  try {
    const { errorMessage } = JSON.parse(cause.slice(start, end));
    if (errorMessage === undefined) return cause;
    return `${cause.slice(0, start)}${errorMessage}${cause.slice(end)}`;
  } catch {
    return cause;
  }
}

/** What a run ended with. */
export interface RunbookReport {
  readonly run: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly cause?: string;
  readonly restored: readonly {
    readonly label: string;
    readonly arn: string;
    readonly restoredArn: string;
    readonly seconds?: number;
  }[];
  readonly left: readonly string[];
  /** By logical id, as `cdk import --resource-mapping` reads it. */
  readonly importMap: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly next: readonly string[];
}

/** Keeps the report of a run: what is restored as what, how long it took, what is left, and the way back into code. */
export async function reportRun(
  { run, cause }: { readonly run: string; readonly cause?: string },
  settings: RunbookSettings,
  tools: Tools,
): Promise<RunbookReport> {
  const plan = await readJson<RunbookPlan>(`runs/${run}/plan.json`, settings, tools);
  const steps = plan?.waves.flat() ?? [];
  const restored: RunbookReport['restored'][number][] = [];
  const left: string[] = [];
  const importMap: Record<string, Record<string, string>> = {};
  const next: string[] = [];
  for (const step of steps) {
    const done = await readJson<RestoredStep>(`runs/${run}/${step.id}-done.json`, settings, tools);
    if (!done) {
      left.push(step.label);
      continue;
    }
    restored.push({
      label: step.label,
      arn: step.arn,
      restoredArn: done.restoredArn,
      seconds: await secondsOf(done, tools),
    });
    next.push(importOf(step, done, importMap));
  }
  const report: RunbookReport = {
    run,
    status: cause === undefined ? 'SUCCEEDED' : 'FAILED',
    cause: cause === undefined ? undefined : readableCause(cause),
    restored,
    left,
    importMap,
    next: [
      ...next,
      ...(Object.keys(importMap).length > 0
        ? [`save \`importMap\` as import.json, then run: cdk import --resource-mapping import.json`]
        : []),
      ...(left.length > 0
        ? [`go on with the input {"runId":"${run}"}: what is restored is not restored again`]
        : []),
    ],
  };
  await writeJson(`runs/${run}/report.json`, report, settings, tools);
  return report;
}

/** Adds a resource to the import map, and says what to change in the template. */
function importOf(
  step: RunbookStep,
  done: RestoredStep,
  map: Record<string, Record<string, string>>,
): string {
  const name = nameOfArn(done.restoredArn);
  if (!step.imports)
    return `${step.label}: CloudFormation can't import ${step.type}; refer to \`${name}\` by its name`;
  const { type, identifier, logicalId } = step.imports;
  if (!logicalId)
    return `${step.label}: add a resource of type ${type} to the app, then import \`${name}\` as its ${identifier}`;
  map[logicalId] = { [identifier]: name };
  return `${step.label}: give the construct of \`${logicalId}\` a new id, set its ${identifier} to \`${name}\` where the type has it as a property, and keep DeletionPolicy: Retain`;
}

async function secondsOf({ jobId }: RestoredStep, tools: Tools): Promise<number | undefined> {
  const { CreationDate, CompletionDate } = await tools.call('backup:DescribeRestoreJob', {
    RestoreJobId: jobId,
  });
  return CreationDate && CompletionDate
    ? Math.round((CompletionDate.getTime() - CreationDate.getTime()) / 1_000)
    : undefined;
}
