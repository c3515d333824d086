import type { Check, Subject } from './restore/check';
import { lambdaTools } from './restore/lambda-tools';
import { planRun, type RunbookInput, type RunbookPlan, type RunbookSettings } from './restore/runbook-plan';
import { judgeWave, type RunbookReport, reportRun, type StepResult } from './restore/runbook-report';
import { judgeSubject, type Verdict } from './restore/validation';

/** What AWS Lambda says about the invocation. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

function settings(): RunbookSettings & { readonly checks: readonly Check[] } {
  return JSON.parse(process.env.SETTINGS ?? '{}');
}

const tools = (context: LambdaContext) =>
  lambdaTools(context.getRemainingTimeInMillis(), process.env.IN_VPC === 'true');

/** Decides what is restored from which recovery points. */
export function plan(
  event: { readonly input: RunbookInput; readonly execution: string },
  context: LambdaContext,
): Promise<RunbookPlan> {
  return planRun(event, settings(), tools(context));
}

/** Validates what was restored. Throws `NotYet` for what must be waited for. */
export function validate(subject: Subject, context: LambdaContext): Promise<Verdict> {
  return judgeSubject(subject, settings().checks, tools(context));
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
