import type { Operation } from '../core/answer';
import { canonical } from '../core/canonical';
import type { Claim, Settings } from '../core/claim';
import { type LegacyReader, ROOT } from '../core/claim-ledger';
import { type Change, changeClaimedSettings, type Seal, type Subject } from '../core/claimed-settings';
import { Failure } from '../core/failure';
import type { ParameterClient } from '../core/parameters';
import { flag, isMap, mapOf, type Properties, text, texts, wholeNumber } from '../core/properties';
import type { Work } from '../core/runtime';
import type { SettingKind } from '../core/situation';
import { readSetting, type VaultSettingsClient, writeSetting } from './vault-calls';
import { comparableLock, finalLockReason, isLock, keepStrictness, strictestLock } from './vault-lock';
import { isPolicy, isPolicyFinal, keepForeignDenials, unitePolicies } from './vault-policy';
import { VaultSeal } from './vault-seal';
import { findVault } from './vaults';

/** The folder of the claims on vaults. */
export const VAULT_SETTINGS = 'vault-settings';
/** Where they are, for the log. */
export const VAULT_CLAIMS = `${ROOT}/${VAULT_SETTINGS}`;

const NAMES = ['lock', 'accessPolicy', 'notifications'];

/**
 * Lock, access policy and notifications of a vault that exists already. Several resources may want settings of the same
 * vault: the strictest lock counts, and the statements of all access policies together.
 */
export function vaultSettings(client: VaultSettingsClient, parameters: ParameterClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, OldResourceProperties } = request;
      const name = text(ResourceProperties, 'vaultName');
      const wants = wantsOf(ResourceProperties);
      const restores = flag(ResourceProperties, 'restores', true);
      const vault = await findVault(client, name, work);
      if (!vault) throw new Failure(`there is no vault ${name}`);
      const isSameVault = OldResourceProperties?.vaultName === name;
      try {
        const change = await changeClaimedSettings(
          parameters,
          subjectOf(name, vault.BackupVaultArn, work),
          {
            request,
            wants,
            oldWants: isSameVault ? wantsOf(OldResourceProperties) : undefined,
            isForced: ResourceProperties.trigger !== OldResourceProperties?.trigger,
            restores,
          },
          work,
        );
        return attributesOf(change, name);
      } catch (error) {
        throw error instanceof Failure && error.name === 'Failure'
          ? new Failure(`vault ${name}: ${error.message}`)
          : error;
      }
    },

    async remove(request, work) {
      const name = text(request.ResourceProperties, 'vaultName');
      const restores = flag(request.ResourceProperties, 'restores', true);
      const vault = await findVault(client, name, work);
      const subject = subjectOf(name, vault?.BackupVaultArn, work);
      return attributesOf(
        await changeClaimedSettings(parameters, subject, { request, restores }, work),
        name,
      );
    },

    // with another vault, CloudFormation deletes the old resource, which restores the settings of the old vault
    idOf: ({ VaultName }) => VaultName,
  };

  /** Undefined as ARN: the vault is gone, and has no settings. */
  function subjectOf(vault: string, arn: string | undefined, work: Work): Subject {
    return {
      address: { folder: VAULT_SETTINGS, subject: vault },
      kind: kindAt(work.now()),
      legacyReader,
      seal: arn === undefined ? undefined : validating(new VaultSeal(client, arn)),
      async read(keys, reading) {
        const found: Record<string, string | null> = {};
        if (arn === undefined) return found;
        for (const name of NAMES)
          if (keys.includes(name)) found[name] = await readSetting(client, name, vault, reading);
        return found;
      },
      async write(changes, _, writing) {
        for (const [name, value] of Object.entries(changes))
          await writeSetting(client, name, vault, value, writing);
      },
    };
  }
}

function attributesOf({ changes, drifted, kept }: Change, VaultName: string) {
  const kind = { Changed: Object.keys(changes), Drifted: drifted, Kept: Object.keys(kept) };
  return {
    VaultName,
    ...Object.fromEntries(Object.entries(kind).map(([name, keys]) => [name, keys.join(',')])),
  };
}

function kindAt(now: number): SettingKind {
  return {
    isExact: false,
    isSame(key, one, other) {
      if (one === other || typeof one !== 'string' || typeof other !== 'string') return one === other;
      const comparable = key === 'lock' ? comparableLock : JSON.parse;
      return canonical(comparable(one)) === canonical(comparable(other));
    },
    combine(key, wants, isExclusive) {
      const all = wants.filter((want) => typeof want === 'string');
      if (key === 'lock') return strictestLock(all);
      if (key === 'accessPolicy') return unitePolicies(all);
      return combineNotifications(all, isExclusive);
    },
    strengthen(key, value, current, ours) {
      const [next, shown, own] = [value, current, ours].map((each) =>
        typeof each === 'string' ? each : null,
      );
      if (key === 'lock') return keepStrictness(next, shown, own);
      return key === 'accessPolicy' ? keepForeignDenials(next, shown, own) : value;
    },
    finalReason(key, current, _, ours) {
      const shown = typeof current === 'string' ? current : null;
      if (key === 'lock') {
        const isOurs = typeof ours === 'string' && JSON.parse(ours).compliance === true;
        return finalLockReason(shown, isOurs, now);
      }
      return key === 'accessPolicy' && isPolicyFinal(shown)
        ? 'its access policy denies everyone permission to change or delete it'
        : undefined;
    },
  };
}

/** A vault has one topic: the events of all who want the same topic, or in one stack the newest topic. */
function combineNotifications(wants: readonly string[], isExclusive: boolean): string | undefined {
  const all = wants.map((want) => JSON.parse(want) as { topic: string; events: string[] });
  const { topic } = all[all.length - 1];
  const same = all.filter((each) => each.topic === topic);
  if (isExclusive && same.length < all.length) return undefined;
  const events = [...new Set(same.flatMap((each) => each.events))].sort();
  return JSON.stringify({ topic, events });
}

function wantsOf(properties: Properties): Record<string, string> {
  const { lock, accessPolicy, notifications } = properties;
  return {
    ...(lock !== undefined && { lock: lockOf(mapOf('lock', lock)) }),
    ...(accessPolicy !== undefined && { accessPolicy: JSON.stringify(mapOf('accessPolicy', accessPolicy)) }),
    ...(notifications !== undefined && { notifications: topicOf(mapOf('notifications', notifications)) }),
  };
}

function lockOf(numbers: Properties): string {
  const min = wholeNumber(numbers, 'minRetentionDays');
  const max = wholeNumber(numbers, 'maxRetentionDays');
  const coolingOff = wholeNumber(numbers, 'changeableForDays');
  return JSON.stringify({ min, max, ...(coolingOff !== undefined && { compliance: true, coolingOff }) });
}

function topicOf(notifications: Properties): string {
  return JSON.stringify({
    topic: text(notifications, 'topicArn'),
    events: [...texts(notifications, 'events')].sort(),
  });
}

/** Notes of an earlier version: what was before and after, but not what was wanted. */
const legacyReader: LegacyReader = (notes) => {
  const wants: Record<string, string> = {};
  const undo: Record<string, string | null> = {};
  const shown: Record<string, { value: string; at: number }> = {};
  for (const [name, json] of notes) {
    const note = parse(json);
    if (!isMap(note) || !NAMES.includes(name)) continue;
    const { before, after } = note;
    if (before === null || typeof before === 'string') undo[name] = before;
    if (typeof after !== 'string') continue;
    wants[name] = after;
    shown[name] = { value: after, at: 0 };
  }
  return Object.keys(undo).length > 0 ? { wants, undo, shown } : undefined;
};

/** Drops everything that is neither a lock nor a policy nor a topic, before anything is compared with it. */
function validating(seal: Seal): Seal {
  return {
    verified: async (claim, work) => validClaim(await seal.verified(claim, work)),
    prepare: (claim, work) => seal.prepare(claim, work),
    confirm: (claim, work) => seal.confirm(claim, work),
    remove: (owner, work) => seal.remove(owner, work),
  };
}

function validClaim(claim: Claim): Claim {
  const valid = (settings: Settings) =>
    Object.fromEntries(
      Object.entries(settings).filter(([name, value]) => value === null || isValid(name, value)),
    );
  const shown = Object.entries(claim.shown ?? {}).filter(
    ([name, { value }]) => value === null || isValid(name, value),
  );
  return {
    ...claim,
    wants: valid(claim.wants),
    undo: valid(claim.undo),
    shown: Object.fromEntries(shown),
    ...(claim.writing && { writing: valid(claim.writing) }),
    ...(claim.previous && { previous: valid(claim.previous) }),
  };
}

function isValid(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const parsed = parse(value);
  if (name === 'lock') return isLock(parsed);
  if (name === 'accessPolicy') return isPolicy(parsed);
  return isMap(parsed) && typeof parsed.topic === 'string' && Array.isArray(parsed.events);
}

/** The value of a JSON text; undefined if the text is not JSON. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
