import type { Operation } from '../core/answer';
import type { Settings, Value } from '../core/claim';
import type { Steps } from '../core/claim-steps';
import { type Change, changeClaimedSettings, type Subject } from '../core/claimed-settings';
import { Failure } from '../core/failure';
import type { ParameterClient } from '../core/parameters';
import { flag, settings } from '../core/properties';
import type { Attributes, CustomResourceRequest } from '../core/protocol';
import { eventually, retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import type { SettingKind } from '../core/situation';

/** AWS may show an old state for this time. */
const SETTLING_TIME = 6_000;

/** Flags by name, such as `optIn.S3`. */
export type Flags = Readonly<Record<string, boolean>>;

/** The settings of an account that many share: how to read and change them. */
export interface SharedSettings {
  /** The folder of the claims, such as `region-settings`. */
  readonly folder: string;
  /** The properties of the custom resource that hold settings, each a group of its own. */
  readonly groups: readonly string[];
  /**
   * All settings, as `group.name`. Where AWS lists only what is on, those in `asked` that are not listed are off.
   */
  read(asked: readonly string[]): Promise<Flags>;
  /** Changes the given settings and no others. */
  change(settings: Flags, work: Work): Promise<void>;
}

/** Where the claims on shared settings are. */
export interface SharedLedger {
  readonly parameters: ParameterClient;
  /** Where an earlier version kept them, if that was elsewhere. */
  readonly legacy?: ParameterClient;
}

/** Of two stacks, neither may undo what the other wants; in one stack the newest claim counts. */
const FLAGS: SettingKind = {
  isSame: (_, one, other) => one === other,
  combine: (_, wants, isExclusive) =>
    isExclusive && wants.some((want) => want !== wants[0]) ? undefined : wants[wants.length - 1],
  strengthen: (_, value) => value,
  isExact: true,
};

/** A custom resource that claims shared settings: sets what it declares, and restores what it changed. */
export function sharedSettingsOperation(ledger: SharedLedger, shared: SharedSettings): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, OldResourceProperties } = request;
      const all = wanted(ResourceProperties, shared);
      const isStrict = flag(ResourceProperties, 'strict', false);
      const restores = flag(ResourceProperties, 'restores', true);
      const { wants, unknown } = await splitUnknown(all, shared, work);
      const check = ({ unsupported }: Steps) => {
        if (unsupported.length > 0 && isStrict)
          throw new Failure(`not supported here: ${unsupported.join(', ')}; remove or skip it`);
      };
      const change = await changeClaimedSettings(
        ledger.parameters,
        subjectOf(shared, ledger),
        {
          request,
          wants,
          oldWants: OldResourceProperties && wanted(OldResourceProperties, shared),
          isForced: ResourceProperties.trigger !== OldResourceProperties?.trigger,
          restores,
          check,
        },
        work,
      );
      if (Object.keys(unknown).length > 0) await setUnknown(shared, unknown, work);
      const late = change.late.filter((key) => key in wants);
      if (late.length > 0)
        throw new Failure(
          `the settings did not change: ${late.join(', ')}; check whether the organization overrides them`,
        );
      return attributesOf(change, Object.keys(unknown));
    },

    async remove(request, work) {
      const restores = flag(request.ResourceProperties, 'restores', true);
      const change = await changeClaimedSettings(
        ledger.parameters,
        subjectOf(shared, ledger),
        { request, restores },
        work,
      );
      if (change.late.length > 0) work.log(`restored, but not shown yet: ${change.late.join(', ')}`);
      return attributesOf(change, []);
    },
  };
}

function subjectOf(shared: SharedSettings, { legacy }: SharedLedger): Subject {
  return {
    address: { folder: shared.folder, legacy },
    kind: FLAGS,
    read: (keys, work) => retrying(work, () => shared.read(keys)),
    async write(changes, current, work) {
      // AWS does not document that a request leaves everything else as it is. It may show an old state for a while, so
      // only what is on for some time counts as on
      await work.sleep(SETTLING_TIME);
      const before = await retrying(work, () => shared.read(Object.keys(current)));
      await shared.change(flagsOf(changes), work);
      let lost: string[] = [];
      const isComplete = async () => {
        const shown = await retrying(work, () => shared.read(Object.keys(current)));
        lost = Object.keys(current).filter(
          (key) => !(key in changes) && current[key] === true && before[key] === true && shown[key] === false,
        );
        return lost.length === 0;
      };
      if (await eventually(work, isComplete, SETTLING_TIME)) return;
      work.log(`turned on again, because the change turned it off: ${lost.join(', ')}`);
      await shared.change(
        { ...Object.fromEntries(lost.map((key) => [key, true])), ...flagsOf(changes) },
        work,
      );
    },
  };
}

function flagsOf(settings: Settings): Record<string, boolean> {
  const flags = Object.entries(settings).filter((entry): entry is [string, boolean] => isFlag(entry[1]));
  return Object.fromEntries(flags);
}

function isFlag(value: Value): boolean {
  return typeof value === 'boolean';
}

function wanted(properties: CustomResourceRequest['ResourceProperties'], shared: SharedSettings): Flags {
  const wants: Record<string, boolean> = {};
  for (const group of shared.groups)
    for (const [key, value] of Object.entries(settings(properties, group))) wants[`${group}.${key}`] = value;
  return wants;
}

/**
 * Where a whole group is empty, nobody has ever set anything in this account, and AWS does not even show what it
 * supports. The settings are tried then, and because their old values are unknown, they are not restored.
 */
async function splitUnknown(
  all: Flags,
  shared: SharedSettings,
  work: Work,
): Promise<{ wants: Flags; unknown: Flags }> {
  const current = await retrying(work, () => shared.read(Object.keys(all)));
  const groupOf = (key: string) => key.slice(0, key.indexOf('.'));
  const shownGroups = new Set(Object.keys(current).map(groupOf));
  const [wants, unknown] = [true, false].map((isShown) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => shownGroups.has(groupOf(key)) === isShown)),
  );
  return { wants, unknown };
}

async function setUnknown(shared: SharedSettings, unknown: Flags, work: Work): Promise<void> {
  await shared.change(unknown, work);
}

function attributesOf({ changes, drifted, unsupported }: Change, unknown: readonly string[]): Attributes {
  return {
    Changed: [...Object.keys(changes), ...unknown].join(','),
    Drifted: drifted.join(','),
    Skipped: unsupported.join(','),
  };
}
