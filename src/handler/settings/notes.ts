import { retrying } from '../core/retry';
import type { Work } from '../core/world';
import { type ParameterClient, removeParameter } from './ledger';

/** AWS Systems Manager takes 4096 bytes for a parameter of the standard tier. */
const PART = 3_000;

/**
 * Texts of any length that are remembered for one custom resource, as parameters of AWS Systems Manager, in parts.
 * A note of which parts are missing is none: it was being written when the function stopped.
 */
export class Notes {
  constructor(
    private readonly client: ParameterClient,
    /** The folder of the custom resource. */
    private readonly path: string,
    private readonly work: Work,
  ) {}

  async read(topic: string): Promise<string | undefined> {
    const parts = await this.parts(topic);
    const [count] = parts.get(0)?.split(':', 1) ?? [];
    if (count === undefined) return undefined;
    const texts = Array.from({ length: Number(count) }, (_, index) => parts.get(index));
    if (texts.some((part) => part === undefined)) return undefined;
    const encoded = texts.join('').slice(count.length + 1);
    return Buffer.from(encoded, 'base64').toString('utf8');
  }

  async write(topic: string, note: string): Promise<void> {
    const encoded = Buffer.from(note, 'utf8').toString('base64');
    const count = Math.max(1, Math.ceil(encoded.length / PART));
    // the first, which says how many there are, is written last
    for (let index = count - 1; index >= 0; index--) {
      const part = encoded.slice(index * PART, (index + 1) * PART);
      await retrying(this.work, () =>
        this.client.putParameter({
          Name: this.name(topic, index),
          Value: index === 0 ? `${count}:${part}` : part,
          Description: 'What was set of AWS Backup before a stack changed it',
          Type: 'String',
          Overwrite: true,
        }),
      );
    }
  }

  /** Removes a note; one that is gone already is no error. */
  async remove(topic: string): Promise<void> {
    const parts = await this.parts(topic);
    for (const index of [...parts.keys()].sort((a, b) => b - a))
      await removeParameter(this.client, this.name(topic, index), this.work);
  }

  private async parts(topic: string): Promise<Map<number, string>> {
    const parts = new Map<number, string>();
    let NextToken: string | undefined;
    do {
      const page = await retrying(this.work, () =>
        this.client.getParametersByPath({ Path: `${this.path}/${topic}`, NextToken }),
      );
      for (const { Name = '', Value = '' } of page.Parameters ?? [])
        parts.set(Number(Name.split('/').pop()), Value);
      NextToken = page.NextToken;
    } while (NextToken);
    return parts;
  }

  private name(topic: string, index: number): string {
    return `${this.path}/${topic}/${index}`;
  }
}
