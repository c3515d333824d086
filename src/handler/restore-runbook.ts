import type { Check, Subject } from './restore/check';
import { lambdaTools } from './restore/lambda-tools';
import { copyBack, watchJob } from './restore/runbook-copy';
import type { RunbookSettings } from './restore/runbook-documents';
import { type PlanRequest, planRun, type RunbookPlan, type RunbookStep } from './restore/runbook-plan';
import { judgeWave, type RunbookReport, reportRun, type StepResult } from './restore/runbook-report';
import { judgeSubject, type Verdict } from './restore/validation';

/** What AWS Lambda says about the invocation. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

function settings(): RunbookSettings {
  return JSON.parse(process.env.SETTINGS ?? '{}');
}

const tools = (context: LambdaContext) =>
  lambdaTools(context.getRemainingTimeInMillis(), process.env.IN_VPC === 'true');

/** Decides what is restored from which recovery points. */
export function plan(event: PlanRequest, context: LambdaContext): Promise<RunbookPlan> {
  return planRun(event, settings(), tools(context));
}

/** Copies a recovery point back from elsewhere. Throws `NotYet` until it has arrived. */
export function copy(
  event: { readonly step: RunbookStep; readonly since: string },
  context: LambdaContext,
): Promise<RunbookStep> {
  return copyBack(event, tools(context));
}

/** Looks at a restore job. Throws `NotYet` until it has ended. */
export function watch(event: { readonly jobId: string }, context: LambdaContext): Promise<object> {
  return watchJob(event, tools(context));
}

/** Validates what was restored. Throws `NotYet` for what must be waited for. */
export function validate(
  event: { readonly subject: Subject; readonly checks: readonly Check[] },
  context: LambdaContext,
): Promise<Verdict> {
  return judgeSubject(event.subject, event.checks, tools(context));
}

/** Remembers what a wave restored. */
export function judge(
  event: { readonly run: string; readonly results: readonly StepResult[] },
  context: LambdaContext,
): Promise<{ readonly restored: number }> {
  return judgeWave(event, settings(), tools(context));
}

/** Keeps the report of the run. */
export function report(
  event: { readonly run: string; readonly cause?: string },
  context: LambdaContext,
): Promise<RunbookReport> {
  return reportRun(event, settings(), tools(context));
}
