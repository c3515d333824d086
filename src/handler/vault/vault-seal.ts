import { createHash } from 'node:crypto';
import type {
  ListTagsCommandInput,
  ListTagsCommandOutput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-backup';
import { canonical } from '../core/canonical';
import type { Claim, Settings } from '../core/claim';
import type { Seal } from '../core/claimed-settings';
import { renewed } from '../core/mutex';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** The calls that read and change the tags of a vault. */
export interface TagClient {
  listTags(input: ListTagsCommandInput): Promise<Pick<ListTagsCommandOutput, 'Tags' | 'NextToken'>>;
  tagResource(input: TagResourceCommandInput): Promise<unknown>;
  untagResource(input: UntagResourceCommandInput): Promise<unknown>;
}

/** Tags of AWS Backup may be shown a few seconds late. */
const SETTLING_TIME = 6_000;

/** The beginning of the keys of the tags with which a vault confirms what was saved about it. */
export const SEAL = 'cdk-backup-constructs:settings:';

/**
 * Confirms what was saved about a vault with a tag on the vault, one for each owner: a fingerprint of the settings that
 * are restored. Whoever may only write parameters can't make the handler write a policy of their choice. What an
 * earlier version saved has no tag, and is trusted until the first update.
 */
export class VaultSeal implements Seal {
  private known?: Map<string, string>;
  /** The marks of the claims as they are saved, by owner. */
  private readonly saved = new Map<string, string>();

  constructor(
    private readonly client: TagClient,
    private readonly vaultArn: string,
  ) {}

  async verified(claim: Claim, work: Work): Promise<Claim> {
    if (claim.isUnreadable) return claim;
    if (this.confirms(claim, await this.tags(work))) return claim;
    await work.sleep(SETTLING_TIME);
    this.known = undefined;
    if (this.confirms(claim, await this.tags(work))) return claim;
    if (Object.keys(claim.undo).length > 0)
      work.log(
        `the tags of the vault do not confirm the saved settings of ${claim.owner}, so they are not restored`,
      );
    return { ...claim, undo: {} };
  }

  async prepare({ owner, undo }: Claim, work: Work): Promise<void> {
    const next = fingerprint(undo);
    const saved = this.saved.get(owner) ?? next;
    // both, until the claim is written: a function that stops here leaves either of them confirmed
    await this.put(owner, saved === next ? next : `${saved} ${next}`, work);
  }

  async confirm({ owner, undo }: Claim, work: Work): Promise<void> {
    const mark = fingerprint(undo);
    this.saved.set(owner, mark);
    await this.put(owner, mark, work);
  }

  async remove(owner: string, work: Work): Promise<void> {
    if (!(await this.tags(work)).has(keyOf(owner))) return;
    await retrying(work, () =>
      this.client.untagResource({ ResourceArn: this.vaultArn, TagKeyList: [keyOf(owner)] }),
    );
    this.known?.delete(keyOf(owner));
  }

  private confirms({ owner, undo, isLegacy = false }: Claim, tags: ReadonlyMap<string, string>): boolean {
    const mark = fingerprint(undo);
    const marks = tags.get(keyOf(owner));
    const isConfirmed = marks === undefined ? isLegacy : marks.split(' ').includes(mark);
    if (isConfirmed) this.saved.set(owner, mark);
    return isConfirmed;
  }

  private async put(owner: string, value: string, work: Work): Promise<void> {
    const tags = await this.tags(work);
    if (tags.get(keyOf(owner)) === value) return;
    await renewed(work);
    await retrying(work, () =>
      this.client.tagResource({ ResourceArn: this.vaultArn, Tags: { [keyOf(owner)]: value } }),
    );
    tags.set(keyOf(owner), value);
  }

  private async tags(work: Work): Promise<Map<string, string>> {
    if (!this.known) this.known = new Map(Object.entries(await readTags(this.client, this.vaultArn, work)));
    return this.known;
  }
}

/** All tags of a resource. */
export async function readTags(
  client: Pick<TagClient, 'listTags'>,
  ResourceArn: string,
  work: Work,
): Promise<Record<string, string>> {
  const tags: Record<string, string> = {};
  let NextToken: string | undefined;
  do {
    const page = await retrying(work, () => client.listTags({ ResourceArn, NextToken }));
    Object.assign(tags, page.Tags);
    NextToken = page.NextToken;
  } while (NextToken);
  return tags;
}

function keyOf(owner: string): string {
  return `${SEAL}${createHash('sha256').update(owner).digest('hex').slice(0, 16)}`;
}

function fingerprint(undo: Settings): string {
  return createHash('sha256').update(canonical(undo)).digest('base64url');
}
