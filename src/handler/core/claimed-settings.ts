import { type Claim, isEmpty, type Settings } from './claim';
import { ClaimLedger, type Claims, type LedgerAddress, type LegacyReader, ROOT } from './claim-ledger';
import { planSteps, type Steps } from './claim-steps';
import { renewed, withMutex } from './mutex';
import type { ParameterClient } from './parameters';
import { type CustomResourceRequest, ownerOf, stackOf } from './protocol';
import { eventually } from './retry';
import type { Work } from './runtime';
import { findSurprises, type SettingKind, type Situation } from './situation';

/** Something whose settings several custom resources may want: a Region, an organization, a vault, a plan. */
export interface Subject {
  readonly address: LedgerAddress;
  readonly kind: SettingKind;
  /** Reads what an earlier version of the handler remembered. */
  readonly legacyReader?: LegacyReader;
  /** The settings that AWS shows, null where there is none; those that it does not have are missing. */
  read(keys: readonly string[], work: Work): Promise<Settings>;
  /** Changes the given settings and no others. */
  write(changes: Settings, current: Settings, work: Work): Promise<void>;
  /** Proves that what was saved is what we saved. */
  readonly seal?: Seal;
}

/** Marks on the subject, which those who can only write parameters can't forge. */
export interface Seal {
  /** The claim without what its mark does not confirm. */
  verified(claim: Claim, work: Work): Promise<Claim>;
  /** Adds the mark of a claim that is about to be written. */
  prepare(claim: Claim, work: Work): Promise<void>;
  /** Leaves only the mark of the claim that was written. */
  confirm(claim: Claim, work: Work): Promise<void>;
  /** Removes the mark of an owner. */
  remove(owner: string, work: Work): Promise<void>;
}

/** What one request asks for. */
export interface Demand {
  readonly request: CustomResourceRequest;
  /** Undefined for a deletion. */
  readonly wants?: Settings;
  readonly oldWants?: Settings;
  readonly isForced?: boolean;
  readonly restores: boolean;
  /** The own claim if none is saved: of a resource that an earlier version made, which saved nothing. */
  readonly unsaved?: Pick<Claim, 'wants' | 'undo'>;
  /** Called with the steps before anything is changed; throws to refuse. */
  check?(steps: Steps): void;
}

/** What happened. */
export interface Change extends Steps {
  /** The settings that AWS does not show as they were set. */
  readonly late: string[];
}

/** AWS may show an old state for a few seconds: what looks changed by somebody else is read again after this time. */
const SETTLING_TIME = 6_000;
/** How long AWS may take to show a change. */
const TIME_TO_SHOW = 45_000;

/** Claims settings for a custom resource, changes what has to change, and restores what is no longer wanted. */
export async function changeClaimedSettings(
  parameters: ParameterClient,
  subject: Subject,
  demand: Demand,
  work: Work,
): Promise<Change> {
  const { folder, subject: name } = subject.address;
  const lock = `${ROOT}/${folder}/lock/${name ?? 'all'}`;
  return withMutex(parameters, lock, work, (guarded) => change(parameters, subject, demand, guarded));
}

async function change(
  parameters: ParameterClient,
  subject: Subject,
  demand: Demand,
  work: Work,
): Promise<Change> {
  const owner = ownerOf(demand.request);
  const ledger = new ClaimLedger(parameters, subject.address, work, subject.legacyReader);
  const claims = await verified(await ledger.read(owner), subject.seal, work);
  const own: Claim = claims.own ?? { wants: {}, undo: {}, ...demand.unsaved, owner };
  const situation = await situationOf(subject, demand, own, claims.others, work);
  const steps = planSteps(situation);
  demand.check?.(steps);
  report(steps, work);

  const write = async (claim: Claim) => {
    await subject.seal?.prepare(claim, work);
    await ledger.write(claim);
    await subject.seal?.confirm(claim, work);
  };
  for (const claim of steps.ahead) await write(claim);
  const { changes } = steps;
  const keys = Object.keys(changes);
  let shown: Settings = situation.current;
  if (keys.length > 0) {
    await renewed(work);
    await subject.write(changes, situation.current, work);
    shown = await shownAfter(subject, changes, Object.keys(situation.current), work);
  }
  const late = keys.filter((key) => !subject.kind.isSame(key, shown[key] ?? null, changes[key]));

  const seen = { changes, before: situation.current, after: shown, late, at: work.now() };
  const after = (claim: Claim, mine: readonly string[]) =>
    subject.kind.isExact ? claim : withShown(claim, mine, seen);
  for (const claim of steps.ahead) {
    const heirKeys = keys.filter((key) => steps.heirs.get(key) === claim.owner);
    if (heirKeys.length > 0 && !subject.kind.isExact) await write(after(claim, heirKeys));
  }
  if (steps.own && !isEmpty(steps.own)) {
    const mine = [...keys.filter((key) => key in (steps.own?.wants ?? {})), ...steps.settled];
    await write(after(steps.own, mine));
  } else {
    await ledger.remove(owner);
    await subject.seal?.remove(owner, work);
  }
  return { ...steps, late };
}

async function situationOf(
  subject: Subject,
  { request, wants, oldWants, isForced = false, restores }: Demand,
  own: Claim,
  others: readonly Claim[],
  work: Work,
): Promise<Situation> {
  const keys = [...new Set([own.wants, own.undo, wants ?? {}].flatMap((each) => Object.keys(each)))];
  const read = async (): Promise<Situation> => ({
    kind: subject.kind,
    own,
    others,
    current: keys.length > 0 ? await subject.read(keys, work) : {},
    wants,
    oldWants,
    isForced,
    restores,
    stack: stackOf(request),
    now: work.now(),
  });
  const situation = await read();
  // what is there before the first claim is remembered for as long as there are claims
  const isFirst = Object.keys(wants ?? {}).some((key) =>
    [own, ...others].every((claim) => !(key in claim.wants) && !(key in claim.undo)),
  );
  if (!isFirst && findSurprises(situation).length === 0) return situation;
  await work.sleep(SETTLING_TIME);
  return read();
}

async function verified(claims: Claims, seal: Seal | undefined, work: Work): Promise<Claims> {
  if (!seal) return claims;
  const others: Claim[] = [];
  for (const other of claims.others) others.push(await seal.verified(other, work));
  return { ...claims, ...(claims.own && { own: await seal.verified(claims.own, work) }), others };
}

/** What AWS shows once it shows the changes, or when that takes too long. */
async function shownAfter(
  subject: Subject,
  changes: Settings,
  keys: readonly string[],
  work: Work,
): Promise<Settings> {
  let shown: Settings = {};
  const isShown = async () => {
    shown = await subject.read(keys, work);
    return Object.keys(changes).every((key) => subject.kind.isSame(key, shown[key] ?? null, changes[key]));
  };
  await eventually(work, isShown, TIME_TO_SHOW);
  return shown;
}

/** What was changed, and what AWS showed before and after. */
interface Seen {
  readonly changes: Settings;
  readonly before: Settings;
  readonly after: Settings;
  readonly late: readonly string[];
  readonly at: number;
}

/** Remembers how AWS renders what was written; what it does not show yet stays marked as being written. */
function withShown(claim: Claim, keys: readonly string[], { changes, before, after, late, at }: Seen): Claim {
  const unseen = keys.filter((key) => late.includes(key) && after[key] === before[key]);
  const seen = keys.filter((key) => !unseen.includes(key));
  const { writing = {}, ...rest } = claim;
  const stillWriting = [
    ...Object.entries(writing).filter(([key]) => !keys.includes(key)),
    ...unseen.map((key) => [key, changes[key]] as const),
  ];
  return {
    ...rest,
    shown: {
      ...rest.shown,
      ...Object.fromEntries(seen.map((key) => [key, { value: after[key] ?? null, at }])),
    },
    ...(stillWriting.length > 0 && { writing: Object.fromEntries(stillWriting) }),
  };
}

function report({ drifted, kept, unsupported }: Steps, work: Work): void {
  if (drifted.length > 0) work.log(`changed by somebody else since: ${drifted.join(', ')}`);
  if (unsupported.length > 0) work.log(`skipped, not supported here: ${unsupported.join(', ')}`);
  for (const [key, reason] of Object.entries(kept)) work.log(`${key} stays as it is: ${reason}`);
}
