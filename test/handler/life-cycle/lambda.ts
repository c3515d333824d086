import { answer, type Operation } from '../../../src/handler/core/answer';
import { type Clock, Switch } from './clock';
import { Invocation, type Mishap } from './invocation';
import type { Delivery, Stack } from './stack';

/** What the function answers to CloudFormation. */
export type Answer = { Status: string; PhysicalResourceId: string; Reason?: string };
/** How the function asks CloudFormation about its stacks. */
export type StatusClient = Parameters<typeof answer>[4];

const SERVICE_TIMEOUT = 900_000;
export const FUNCTION_TIMEOUT = 300_000;
/** AWS Lambda invokes three times, with pauses. */
const RETRIES = [60_000, 120_000];

/** AWS Lambda with the function of a custom resource. */
export class Lambda {
  readonly lines: string[] = [];
  readonly invocations: Invocation[] = [];
  /** Deliveries that CloudFormation does not wait for. */
  private readonly stray: Promise<void>[] = [];
  private requests = 0;

  constructor(
    private readonly clock: Clock,
    private readonly operationFor: (invocation: Invocation) => Operation,
    private readonly statusClient: (invocation: Invocation) => StatusClient,
    private readonly random: () => number,
    private readonly functionTimeout: number,
  ) {}

  /** Sends a request, and waits for the answer as long as CloudFormation does. */
  async request(
    stack: Stack,
    event: Record<string, unknown>,
    mishap: Mishap & Delivery = {},
  ): Promise<Answer | undefined> {
    const RequestId = `request-${++this.requests}`;
    const date = new Date(this.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const waiting = new Switch();
    let reply: Answer | undefined;
    const request = {
      RequestId,
      StackId: stack.id,
      ResourceType: 'Custom::Thing',
      ResponseURL: `https://example.com/${RequestId}?X-Amz-Date=${date}&X-Amz-Expires=7200`,
      ...event,
      ResourceProperties: { ServiceTimeout: '900', ...(event.ResourceProperties as object) },
      ...(event.OldResourceProperties !== undefined && {
        OldResourceProperties: { ServiceTimeout: '900', ...(event.OldResourceProperties as object) },
      }),
    };
    const receive = (body: Answer) => {
      reply ??= body;
      waiting.abort();
    };
    const isOver = () => waiting.aborted && reply === undefined;
    const deliver = async (delay: number, faults: Mishap) => {
      await this.clock.sleep(delay);
      for (const [attempt, pause] of [...RETRIES, 0].entries()) {
        const isKilled = await this.invoke(request, attempt === 0 ? faults : {}, receive, isOver);
        if (!isKilled) return;
        await this.clock.sleep(pause);
      }
    };
    const { delay = 0, again, ...faults } = mishap;
    this.stray.push(deliver(delay, faults));
    if (again !== undefined) this.stray.push(deliver(delay + again, {}));
    await this.clock.sleep(SERVICE_TIMEOUT, waiting);
    waiting.abort();
    return reply;
  }

  /** Invokes the function once. Returns whether it was killed. */
  private async invoke(
    request: Record<string, unknown>,
    mishap: Mishap,
    receive: (body: Answer) => void,
    isOver: () => boolean,
  ): Promise<boolean> {
    const invocation = new Invocation(this.clock, mishap, isOver);
    this.invocations.push(invocation);
    const end = this.clock.now() + this.functionTimeout;
    const runtime = {
      now: this.clock.now,
      sleep: this.clock.sleep,
      random: this.random,
      log: (line: string) => void this.lines.push(line),
      send: async (_: string, body: string) => {
        const reply = JSON.parse(body) as Answer;
        invocation.isAnswered = true;
        invocation.isFailed ||= reply.Status === 'FAILED';
        receive(reply);
      },
    };
    const context = { getRemainingTimeInMillis: () => end - this.clock.now() };
    const operations = { 'Custom::Thing': this.operationFor(invocation) };
    const isAnswered = answer(request, context, operations, runtime, this.statusClient(invocation)).then(
      () => true,
      () => false,
    );
    // AWS Lambda stops the function when its time is over, or when it crashes
    const finished = new Switch();
    invocation.onKill = () => finished.abort();
    const killed = this.clock.sleep(this.functionTimeout, finished).then(() => false);
    const isDone = await Promise.race([isAnswered, killed]);
    finished.abort();
    if (!isDone) invocation.kill();
    return !isDone;
  }

  /** Waits for everything that is still on its way. */
  async settle(): Promise<void> {
    await Promise.all(this.stray);
    this.stray.length = 0;
  }
}
