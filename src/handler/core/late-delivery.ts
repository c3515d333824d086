import type {
  DescribeStackResourceCommandInput,
  DescribeStackResourceCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { explain, TimeIsOver } from './failure';
import type { CustomResourceRequest } from './protocol';
import { eventually, retrying } from './retry';
import type { Work } from './runtime';

/** Reads what CloudFormation is doing with a resource. */
export interface StackResourceClient {
  describeStackResource(
    input: DescribeStackResourceCommandInput,
  ): Promise<Pick<DescribeStackResourceCommandOutput, 'StackResourceDetail'>>;
}

/** The states in which CloudFormation deletes nothing. */
const SETTLED: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'IMPORT_COMPLETE', 'UPDATE_COMPLETE']);

/** How long CloudFormation may take to show what it is doing. */
const TIME_TO_SHOW = 20_000;
const TIME_TO_READ = 20_000;

/**
 * Why CloudFormation no longer waits for the answer to this request, or undefined. AWS Lambda delivers at least once
 * and in any order: a copy of a creation may arrive after the deletion, and would set what nobody owns. If the state of
 * the resource can't be read, the request counts as current; what must not run late checks more.
 */
export async function describeLateDelivery(
  client: StackResourceClient,
  request: CustomResourceRequest,
  work: Work,
): Promise<string | undefined> {
  let reason: string | undefined;
  try {
    await eventually(
      work,
      async () => {
        reason = await reasonNow(client, request, work);
        return reason === undefined;
      },
      TIME_TO_SHOW,
    );
    return reason;
  } catch (error) {
    if (error instanceof TimeIsOver) throw error;
    work.log(`can't read the state of the resource: ${explain(error)}`);
    return undefined;
  }
}

async function reasonNow(
  client: StackResourceClient,
  request: CustomResourceRequest,
  work: Work,
): Promise<string | undefined> {
  const { StackId: StackName, LogicalResourceId, RequestType, PhysicalResourceId } = request;
  const deadline = Math.min(work.deadline, work.now() + TIME_TO_READ);
  const { StackResourceDetail } = await retrying({ ...work, deadline }, () =>
    client.describeStackResource({ StackName, LogicalResourceId }),
  );
  const status = StackResourceDetail?.ResourceStatus;
  if (status === undefined) return undefined;
  const description = `CloudFormation reports ${LogicalResourceId} in ${status}`;
  if (RequestType !== 'Delete')
    return status.endsWith('_IN_PROGRESS') && status !== 'DELETE_IN_PROGRESS' ? undefined : description;
  if (status === 'DELETE_COMPLETE') return description;
  // the deletion of a replaced resource comes while the new one is complete, under the same logical id
  const isSame = StackResourceDetail?.PhysicalResourceId === PhysicalResourceId;
  return isSame && SETTLED.has(status) ? description : undefined;
}
