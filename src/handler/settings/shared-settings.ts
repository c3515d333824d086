import type { Operation } from '../core/answer';
import { Failure } from '../core/failure';
import { type Claim, claimSteps, releaseSteps, type Settings, type Steps } from '../core/merge';
import { flag, settings } from '../core/properties';
import { type Attributes, type CustomResourceRequest, ownerOf } from '../core/protocol';
import { eventually, retrying } from '../core/retry';
import type { Work } from '../core/world';
import { Ledger, type ParameterClient } from './ledger';

/** Settings of an account that many share: how they are read and changed. */
export interface SharedSettings {
  /** The folder of the claims, such as `region-settings`. */
  readonly folder: string;
  /** The properties of the custom resource that hold settings, each a group of its own. */
  readonly groups: readonly string[];
  /** All settings, as `group.name`; what is asked for, where only what is on can be listed, is off then. */
  read(asked: readonly string[]): Promise<Settings>;
  /** Changes the settings that are given, and no others. */
  change(settings: Settings): Promise<void>;
}

/** The root of all claims in AWS Systems Manager. */
export const CLAIMS = '/cdk-backup-constructs';

/** How long AWS may take to show what was changed. */
const TIME_TO_SHOW = 60_000;

/** A custom resource that claims shared settings: sets what it was told, and gives back what it changed. */
export function sharedSettingsOperation(parameters: ParameterClient, shared: SharedSettings): Operation {
  return {
    async apply(request, work) {
      const all = wanted(request, shared);
      const { ledger, own, others } = await open(request, work);
      const asked = [...new Set([...Object.keys(all), ...Object.keys(own.undo)])];
      const current = await retrying(work, () => shared.read(asked));
      const restores = flag(request.ResourceProperties, 'restores', true);
      const { wants, unsaid } = saidFirst(all, current);
      const merged = claimSteps(own, wants, current, others, restores);
      const steps = { ...merged, changes: { ...merged.changes, ...unsaid } };
      if (steps.unsupported.length > 0 && flag(request.ResourceProperties, 'strict', false))
        throw new Failure(`not supported here: ${steps.unsupported.join(', ')}; leave it out, or skip it`);
      const late = await take(steps, ledger, current, work);
      if (late.length > 0)
        throw new Failure(
          `the settings are not so after they were changed: ${late.join(', ')}; look whether the organization overrides them`,
        );
      if (steps.after) await ledger.write(steps.after);
      return told(steps, work);
    },

    async remove(request, work) {
      const { ledger, own, others } = await open(request, work);
      if (Object.keys(own.undo).length === 0) {
        await ledger.remove(own.owner);
        return {};
      }
      const current = await retrying(work, () => shared.read(Object.keys(own.undo)));
      const restores = flag(request.ResourceProperties, 'restores', true);
      const steps = releaseSteps(own, current, others, restores);
      const late = await take(steps, ledger, current, work);
      if (late.length > 0) work.log(`given back, but not shown yet: ${late.join(', ')}`);
      await ledger.remove(own.owner);
      return told(steps, work);
    },
  };

  async function open(request: CustomResourceRequest, work: Work) {
    const ledger = new Ledger(parameters, `${CLAIMS}/${shared.folder}`, work);
    const owner = ownerOf(request);
    const claims = await ledger.claims();
    const own: Claim = claims.find((claim) => claim.owner === owner) ?? { owner, wants: {}, undo: {} };
    return { ledger, own, others: claims.filter((claim) => claim.owner !== owner) };
  }

  /** Takes the steps but the last; returns the settings that aren't as they should be in the end. */
  async function take(steps: Steps, ledger: Ledger, before: Settings, work: Work): Promise<string[]> {
    for (const claim of steps.ahead) await ledger.write(claim);
    const { changes } = steps;
    if (Object.keys(changes).length === 0) return [];
    await retrying(work, () => shared.change(changes));

    let shown: Settings = {};
    const late = () => Object.keys(changes).filter((key) => shown[key] !== changes[key]);
    const look = async () => {
      shown = await retrying(work, () => shared.read(Object.keys(before)));
      return late().length === 0;
    };
    await eventually(work, look, TIME_TO_SHOW);
    // AWS doesn't say in so many words that what a request leaves out stays as it is
    const lost = Object.keys(before).filter(
      (key) => !(key in changes) && before[key] && shown[key] === false,
    );
    if (lost.length > 0) {
      work.log(`switched on again, since the change switched it off: ${lost.join(', ')}`);
      const again = { ...pickOn(before, lost), ...changes };
      await retrying(work, () => shared.change(again));
    }
    return late();
  }
}

function wanted(request: CustomResourceRequest, shared: SharedSettings): Settings {
  const wants: Record<string, boolean> = {};
  for (const group of shared.groups)
    for (const [key, value] of Object.entries(settings(request.ResourceProperties, group)))
      wants[`${group}.${key}`] = value;
  return wants;
}

/**
 * Where a whole group is empty, nobody has said anything in this account yet, not even what is supported: what is
 * wanted is tried then, and as nobody knows what was before, it is not given back.
 */
function saidFirst(all: Settings, current: Settings): { wants: Settings; unsaid: Settings } {
  const groupOf = (key: string) => key.slice(0, key.indexOf('.'));
  const said = new Set(Object.keys(current).map(groupOf));
  const [wants, unsaid] = [true, false].map((isSaid) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => said.has(groupOf(key)) === isSaid)),
  );
  return { wants, unsaid };
}

function told(steps: Steps, work: Work): Attributes {
  if (steps.drift.length > 0) work.log(`changed by others since: ${steps.drift.join(', ')}`);
  if (steps.unsupported.length > 0) work.log(`skipped, not supported here: ${steps.unsupported.join(', ')}`);
  return {
    Changed: Object.keys(steps.changes).join(','),
    Drifted: steps.drift.join(','),
    Skipped: steps.unsupported.join(','),
  };
}

function pickOn(before: Settings, keys: readonly string[]): Settings {
  return Object.fromEntries(keys.map((key) => [key, before[key]]));
}
