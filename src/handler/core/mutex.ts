import { Failure } from './failure';
import {
  createParameter,
  type ParameterClient,
  readParameters,
  removeParameter,
  writeParameter,
} from './parameters';
import { assertTimeLeft, retrying } from './retry';
import { LONGEST_CALL, type Work } from './runtime';

/** How long a lock holds if nobody renews it. Longer than the two calls that a renewal and a write may take. */
const LEASE = 120_000;
const RENEWAL = 80_000;
/** Between two attempts to get the lock, at most. */
const PAUSE = 4_000;

interface Holder {
  /** The name of the parameter. */
  readonly name: string;
  readonly token: string;
  readonly expires: number;
}

/**
 * Mutual exclusion between functions, with parameters of AWS Systems Manager. `head` is created only if it does not
 * exist, which AWS guarantees. A function that was killed leaves its lock behind: once the lock has expired, whoever
 * creates `after-<token of the expired lock>` holds it, and so on. Tokens are never used twice, so that only one can
 * succeed the same lock.
 */
export async function withMutex<T>(
  client: ParameterClient,
  path: string,
  work: Work,
  task: (work: Work) => Promise<T>,
): Promise<T> {
  const lock = await acquire(client, path, work);
  try {
    // another delivery of the same request, and the deletion after it, may have come first
    if (lock.waited) await work.assertCurrent?.();
    return await task(lock.guard());
  } finally {
    await lock.release();
  }
}

async function acquire(client: ParameterClient, path: string, work: Work): Promise<Lock> {
  for (let waited = false; ; waited = true) {
    const current = holderOf(path, await readParameters(client, path, work));
    if (current === undefined || work.now() > current.expires + LONGEST_CALL) {
      const token = `${work.now().toString(36)}-${Math.floor(work.random() * 2 ** 48).toString(36)}`;
      const name = `${path}/${current ? `after-${current.token}` : 'head'}`;
      const mine = { name, token, expires: work.now() + LEASE };
      const isCreated = await createParameter(client, name, render(mine), work);
      // also if the response of a creation that succeeded was lost
      const now = await readParameters(client, path, work);
      if (holderOf(path, now)?.token === token) return new Lock(client, path, mine, work, waited);
      if (isCreated) await removeParameter(client, name, work);
    }
    const pause = Math.ceil((0.25 + work.random() * 0.75) * PAUSE);
    if (work.now() + pause >= work.deadline)
      throw new Failure('another deployment is changing the same settings; deploy again when it is done');
    await work.sleep(pause);
  }
}

class Lock {
  private expires: number;

  constructor(
    private readonly client: ParameterClient,
    private readonly path: string,
    private readonly holder: Holder,
    private readonly work: Work,
    readonly waited: boolean,
  ) {
    this.expires = holder.expires;
  }

  /** A limit that moves as long as the lock can be renewed: nothing is called without the lock. */
  guard(): Work {
    const lock = this;
    return {
      ...this.work,
      get deadline() {
        return Math.min(lock.work.deadline, lock.expires - LONGEST_CALL);
      },
      renew: () => lock.renew(),
    } as GuardedWork;
  }

  private async renew(): Promise<void> {
    if (this.expires - this.work.now() > RENEWAL) return;
    const deadline = Math.min(this.work.deadline, this.expires - LONGEST_CALL);
    const expires = this.work.now() + LEASE;
    await writeParameter(this.client, this.holder.name, render({ ...this.holder, expires }), {
      ...this.work,
      deadline,
    });
    this.expires = expires;
  }

  /** Leaves an expired lock alone: it is somebody else's, or garbage for the next one to collect. */
  async release(): Promise<void> {
    const work: Work = { ...this.work, deadline: Math.min(this.work.deadline, this.expires - LONGEST_CALL) };
    try {
      await retrying(work, async () => {
        // read again before each attempt: the one before may have succeeded, and the lock may have a new holder
        const parameters = await readParameters(this.client, this.path, work);
        if (holderOf(this.path, parameters)?.token !== this.holder.token) return;
        // the head first: what comes after it is unreachable then
        assertTimeLeft(work);
        await this.client.deleteParameter({ Name: `${this.path}/head` });
        for (const name of parameters.keys())
          if (!name.endsWith('/head')) await removeParameter(this.client, name, work);
      });
    } catch (error) {
      this.work.log(`the lock ${this.holder.name} expires by itself: ${String(error)}`);
    }
  }
}

interface GuardedWork extends Work {
  renew?(): Promise<void>;
}

/** Keeps the lock for the next write. */
export async function renewed(work: Work): Promise<void> {
  await (work as GuardedWork).renew?.();
}

function holderOf(path: string, parameters: ReadonlyMap<string, string>): Holder | undefined {
  let holder: Holder | undefined;
  for (let name = `${path}/head`; parameters.has(name); name = `${path}/after-${holder.token}`)
    holder = parse(name, parameters.get(name) ?? '');
  return holder;
}

/** A lock that can't be read has expired. */
function parse(name: string, value: string): Holder {
  const [token, expires] = value.split(' ');
  return { name, token: token.replace(/[^\w.-]/g, '') || 'none', expires: Number(expires) || 0 };
}

function render({ token, expires }: Holder): string {
  return `${token} ${expires}`;
}
