import { type Claim, readClaim, renderClaim } from './claim';
import { type ParameterClient, readParameters } from './parameters';
import type { Work } from './runtime';
import { findLegacyValue, isGeneration, readSaved, removeSaved, writeSaved } from './saved-values';

/** The root of everything that is remembered in AWS Systems Manager. */
export const ROOT = '/cdk-backup-constructs';

/** Where the claims on one subject are. */
export interface LedgerAddress {
  /** Such as `region-settings`. */
  readonly folder: string;
  /** Such as the name of a vault; undefined where the folder has one subject only. */
  readonly subject?: string;
  /** Where an earlier version kept the claims of this Region, if that was elsewhere. */
  readonly legacy?: ParameterClient;
}

/** A claim as an earlier version of the handler wrote it, from the names below its folder and their texts. */
export type LegacyReader = (
  texts: ReadonlyMap<string, string>,
) => Pick<Claim, 'wants' | 'undo' | 'shown'> | undefined;

/** The claims on one subject, as one reading of the parameters shows them. */
export interface Claims {
  readonly own?: Claim;
  readonly others: readonly Claim[];
}

/**
 * Keeps claims as parameters of AWS Systems Manager, one for each custom resource and subject: CloudFormation does not
 * tell functions what it remembers itself.
 */
export class ClaimLedger {
  constructor(
    private readonly client: ParameterClient,
    private readonly address: LedgerAddress,
    private readonly work: Work,
    private readonly legacyReader?: LegacyReader,
  ) {}

  /** All claims on the subject. A foreign claim that can't be read still counts. */
  async read(owner: string): Promise<Claims> {
    const path = `${ROOT}/${this.address.folder}`;
    const here = this.claimsIn(path, await readParameters(this.client, path, this.work));
    const { legacy } = this.address;
    const elsewhere = legacy
      ? this.claimsIn(path, await readParameters(legacy, path, this.work))
      : new Map<string, Claim>();
    const all = new Map([...elsewhere, ...here]);
    const own = all.get(owner);
    const others = [...all.values()].filter((claim) => claim.owner !== owner);
    if (own?.isUnreadable)
      this.work.log(`the saved claim of ${owner} is damaged and counts as none; what is set stays as it is`);
    for (const { owner: other, isUnreadable } of others)
      if (isUnreadable)
        this.work.log(`the claim of ${other} can not be read and counts as a claim on everything`);
    return {
      ...(own && !own.isUnreadable && { own }),
      others: others.sort((a, b) => (a.owner < b.owner ? -1 : 1)),
    };
  }

  async write(claim: Claim): Promise<void> {
    await writeSaved(this.client, this.nameOf(claim.owner), renderClaim(claim), this.work);
  }

  /** Removes a claim with everything that belongs to it, wherever it is; succeeds if there is none. */
  async remove(owner: string): Promise<void> {
    await removeSaved(this.client, this.nameOf(owner), this.work);
    if (this.address.legacy) await removeSaved(this.address.legacy, this.nameOf(owner), this.work);
  }

  /** The name of the parameter with a claim. */
  nameOf(owner: string): string {
    const { folder, subject } = this.address;
    return subject === undefined ? `${ROOT}/${folder}/${owner}` : `${ROOT}/${folder}/${owner}/${subject}`;
  }

  private claimsIn(path: string, parameters: ReadonlyMap<string, string>): Map<string, Claim> {
    const { subject } = this.address;
    const owners = new Set<string>();
    for (const name of parameters.keys()) {
      const [owner, ...rest] = name.slice(path.length + 1).split('/');
      if (owner === 'lock' || (subject !== undefined && rest.shift() !== subject)) continue;
      // parts that nothing names any more are garbage
      if (!isGeneration(rest[0])) owners.add(owner);
    }
    const found = new Map<string, Claim>();
    for (const owner of owners) found.set(owner, this.claimOf(owner, parameters));
    return found;
  }

  private claimOf(owner: string, parameters: ReadonlyMap<string, string>): Claim {
    const name = this.nameOf(owner);
    if (parameters.has(name)) {
      return readClaim(owner, readSaved(name, parameters) ?? '') ?? unreadable(owner);
    }
    const legacy = this.legacyReader?.(findLegacyValue(name, parameters));
    return legacy ? { owner, ...legacy, isLegacy: true } : unreadable(owner);
  }
}

function unreadable(owner: string): Claim {
  return { owner, wants: {}, undo: {}, isUnreadable: true };
}
