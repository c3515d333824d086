import { awsError } from '../support/requests';
import type { Clock } from './clock';

/** What goes wrong during one invocation of the function. */
export interface Mishap {
  /** The function is killed at this call, without an answer. */
  readonly killedAt?: number;
  /** Calls that are refused although they would be allowed: throttling. */
  readonly throttledAt?: readonly number[];
  /** Calls whose effect happens although the response is lost. */
  readonly lostAt?: readonly number[];
  /** How long each call takes, in milliseconds. */
  readonly latency?: number;
}

/** One invocation of a function: counts its calls, and lets some go wrong. */
export class Invocation {
  calls = 0;
  isAnswered = false;
  isFailed = false;
  /** Called when the function is killed. */
  onKill: () => void = () => undefined;
  private killed = false;
  /** Writes that began after a failure was answered, or after CloudFormation gave up. */
  readonly forbidden: string[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly mishap: Mishap = {},
    /** Whether CloudFormation gave up waiting. */
    private readonly isOver: () => boolean = () => false,
  ) {}

  get isKilled(): boolean {
    return this.killed;
  }

  kill(): void {
    this.killed = true;
    this.onKill();
  }

  /** The client with the mishaps of this invocation. */
  wrap<T extends object>(client: T): T {
    const wrapped: Record<string, unknown> = {};
    for (const [name, call] of Object.entries(client))
      wrapped[name] = (input: unknown) =>
        this.around(name, () => (call as (input: unknown) => unknown)(input));
    return wrapped as T;
  }

  private async around(name: string, call: () => unknown): Promise<unknown> {
    const number = this.calls++;
    const { killedAt, throttledAt, lostAt, latency } = this.mishap;
    if (this.isKilled || number === killedAt) {
      this.kill();
      return new Promise(() => undefined);
    }
    if (latency) await this.clock.sleep(latency);
    if ((this.isFailed || this.isOver()) && !/^(describe|list|get)/.test(name)) this.forbidden.push(name);
    if (throttledAt?.includes(number)) throw awsError('ThrottlingException');
    const result = await call();
    if (lostAt?.includes(number)) throw awsError('TimeoutError');
    return result;
  }
}
