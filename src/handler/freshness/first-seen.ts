import { createHash } from 'node:crypto';
import type {
  GetParameterCommandInput,
  GetParameterCommandOutput,
  PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** How the check remembers resources that have no recovery point yet. */
export interface MemoryClient {
  getParameter(input: GetParameterCommandInput): Promise<Pick<GetParameterCommandOutput, 'Parameter'>>;
  putParameter(input: PutParameterCommandInput): Promise<unknown>;
}

const HOUR = 3_600_000;
/** The value of the parameter if there is nothing to remember, since it can't be empty. */
const NOTHING = '-';
/** What a standard parameter of AWS Systems Manager can hold. */
const MOST_CHARACTERS = 4_096;
/** Characters of a hash: among 900 resources, two have the same one once in 40 accounts, and then one message comes early. */
const HASH = 4;
/** What is seen while there is no room for more is remembered together. */
const REST = '*'.repeat(HASH);

/**
 * Since when resources are known that have no recovery point: no API tells when a resource was created. One parameter has a
 * hash of each, by the hour in which a check first saw it.
 */
export class FirstSeen {
  /** Reads what the last check remembered. */
  public static async read(client: MemoryClient, name: string, work: Work): Promise<FirstSeen> {
    const { Parameter } = await retrying(work, () => client.getParameter({ Name: name }));
    return new FirstSeen(client, name, Parameter?.Value ?? NOTHING);
  }

  private readonly before: ReadonlyMap<string, number>;
  private readonly now = new Map<string, number>();

  private constructor(
    private readonly client: MemoryClient,
    private readonly name: string,
    private readonly text: string,
  ) {
    this.before = parse(text);
  }

  /** When a resource was first seen: now, unless an earlier check saw it. Rounded up to an hour. */
  public at(arn: string, now: number): number {
    const hash = createHash('sha256').update(arn).digest('base64url').slice(0, HASH);
    const hour = this.before.get(hash) ?? this.before.get(REST) ?? Math.ceil(now / HOUR);
    this.now.set(hash, hour);
    return hour * HOUR;
  }

  /** Remembers what was asked for since, and forgets the rest. */
  public async write(work: Work): Promise<void> {
    const text = format(this.now);
    if (text === this.text) return;
    await retrying(work, () =>
      this.client.putParameter({ Name: this.name, Value: text, Type: 'String', Overwrite: true }),
    );
  }
}

/** Lines of an hour and the hashes of what was first seen in it. */
function parse(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split(',')) {
    const [hour, hashes = ''] = line.split(':');
    for (let i = 0; i < hashes.length; i += HASH)
      found.set(hashes.slice(i, i + HASH), Number.parseInt(hour, 36));
  }
  return found;
}

function format(seen: ReadonlyMap<string, number>): string {
  const byHour = new Map<number, string[]>();
  for (const [hash, hour] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const hashes = byHour.get(hour);
    if (hashes) hashes.push(hash);
    else byHour.set(hour, [hash]);
  }
  const hours = [...byHour.keys()].sort((a, b) => a - b);
  let text = '';
  for (const hour of hours) {
    const start = `${text === '' ? '' : ','}${hour.toString(36)}:`;
    const hashes = byHour.get(hour) ?? [];
    const room = Math.floor((MOST_CHARACTERS - text.length - 2 * start.length - HASH) / HASH);
    if (hashes.length > room) return `${text}${start}${REST}${hashes.slice(0, Math.max(room, 0)).join('')}`;
    text += start + hashes.join('');
  }
  return text === '' ? NOTHING : text;
}
