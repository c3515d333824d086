import type { Tools } from './restore/aws-calls';
import { closeFailed, type FailedInvocation, sweep } from './restore/closing';
import { openDatabase } from './restore/database/open-database';
import { lambdaTools } from './restore/lambda-tools';
import { type Settings, validateJob } from './restore/validation';

/** What AWS Lambda says about the invocation. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

function settings(): Settings {
  return JSON.parse(process.env.SETTINGS ?? '{}');
}

function tools(context: LambdaContext): Tools {
  const isInVpc = process.env.IN_VPC === 'true';
  const common = lambdaTools(context.getRemainingTimeInMillis(), isInVpc);
  return isInVpc ? { ...common, openDatabase } : common;
}

/** Validates a restored resource, because of an event of EventBridge. */
export async function validate(
  event: { readonly detail?: { readonly restoreJobId?: string } },
  context: LambdaContext,
): Promise<string> {
  const jobId = event.detail?.restoreJobId;
  const done = jobId ? await validateJob(jobId, settings(), tools(context)) : 'no restore job in the event';
  console.log(done);
  return done;
}

/** Decides a job whose validation failed for good: the destination of failed invocations. */
export async function close(event: FailedInvocation, context: LambdaContext): Promise<string> {
  const done = await closeFailed(event, settings(), tools(context));
  console.log(done);
  return done;
}

/** Looks for jobs without a result, on a schedule. */
export async function sweepJobs(_event: unknown, context: LambdaContext): Promise<void> {
  await sweep(settings(), tools(context));
}
