import type { Claim } from '../core/claim';
import type { Vault } from './vaults';

/** The name of the setting in claims, and of the session in which people approve it. */
export const TEAM = 'team';
const SESSION = 'session';

/** A change of the team that waits for its approval. */
export interface PendingChange {
  readonly session?: string;
  /** The team, null for none; undefined if none of us requested the change. */
  readonly team?: string | null;
}

/** The change that waits, and which of the claims requested it. */
export function pendingChange(vault: Partial<Vault>, claims: readonly Claim[]): PendingChange | undefined {
  const update = vault.LatestMpaApprovalTeamUpdate;
  if (update?.Status !== 'PENDING') return undefined;
  const session = update.MpaSessionArn;
  const requests = claims.flatMap(({ writing, shown }) =>
    writing && TEAM in writing ? [{ team: writing[TEAM], ...shown?.[SESSION] }] : [],
  );
  // without a session: a function stopped right after its request; an older one of these is about a change long decided
  const [latest] = requests
    .filter(({ value }) => typeof value !== 'string')
    .sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
  const request = requests.find(({ value }) => session !== undefined && value === session) ?? latest;
  return { session, ...(request && { team: typeof request.team === 'string' ? request.team : null }) };
}

/** The claim with what it requests; without a session, as long as it is not known. */
export function withRequest(
  claim: Claim,
  team: string | null,
  session: string | undefined,
  at: number,
): Claim {
  return {
    ...claim,
    writing: { [TEAM]: team },
    shown: { [SESSION]: { value: session ?? null, at } },
  };
}

/** The claim of which nothing waits. */
export function withoutRequest({ writing, shown, ...claim }: Claim): Claim {
  return claim;
}

/** What to do about a change that waits. */
export function describePending(vault: string, { team, session = 'unknown' }: PendingChange): string {
  const what =
    team === undefined
      ? 'a change that somebody else requested'
      : team === null
        ? 'the removal of its approval team'
        : `the approval team ${team}`;
  return `vault ${vault}: ${what} waits for approval (session ${session}); have it approved or denied, then try again`;
}

/** Whether the first claim made the later request of the two. */
export function isLaterRequest(one: Claim, other: Claim): boolean {
  return requestedAt(one) > requestedAt(other);
}

function requestedAt({ writing = {}, shown }: Claim): number {
  return TEAM in writing ? (shown?.[SESSION]?.at ?? 0) : Number.NEGATIVE_INFINITY;
}
