import type { ResourceForecast } from '../../forecast/outlook/forecast';
import { isAirGapped, type VaultPlace } from '../../forecast/points/vault-place';
import type { Scenario } from '../../forecast/survival/survival';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { dayCount, show } from '../../values/core/amounts';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import type { ImmutabilityLevel } from '../../values/standards/standard-thresholds';
import { IMMUTABILITY_LEVELS } from '../../values/standards/standard-thresholds';
import type { Question } from './question';
import { daysText } from './schedule';
import { dependsOnSelected, placeOf, type Situation, type VaultProtection } from './situation';
import type { Verdict } from './verdict';

const PROTECTION_TEXTS: Readonly<Record<VaultProtection, string>> = {
  none: 'no lock, and no denial of deletion',
  unknown: 'in no template',
  denial: 'its policies deny deletion',
  governance: 'locked in governance mode',
  compliance: 'locked in compliance mode',
};

function rank(protection: VaultProtection): number {
  return IMMUTABILITY_LEVELS.indexOf(protection as ImmutabilityLevel);
}

/** IMM: can nobody delete backups, or shorten their retention? At least one vault with them must be protected. */
export function immutability(question: Question, situation: Situation): Verdict[] {
  const needed = rank(question.flags.immutability);
  return situation.ofHeld(question, (resource) => {
    const vaults = situation
      .vaultsOf(resource)
      .map((vault) => ({ vault, by: situation.protectionOf(vault) }));
    const strongest = [...vaults].sort((a, b) => rank(b.by) - rank(a.by))[0];
    const { place } = resource.coverage.resource;
    if (rank(strongest.by) >= needed) return [{ status: 'met', place, value: protectionText(strongest) }];
    const open = vaults.find(({ by }) => by === 'unknown');
    if (open) return [{ status: 'not-visible', place, value: protectionText(open) }];
    return [
      {
        status: 'not-met',
        place,
        value: `${protectionText(strongest)}; at least ${question.flags.immutability}`,
      },
    ];
  });
}

function protectionText({ vault, by }: { readonly vault: VaultPlace; readonly by: VaultProtection }): string {
  const what = isAirGapped(vault) ? 'logically air-gapped' : PROTECTION_TEXTS[by];
  return `vault ${show(vault.name)}: ${what}`;
}

/** ERASE: can data be erased from backups on request? What nobody can unlock must expire soon. */
export function erasure(question: Question, situation: Situation): Verdict[] {
  const limit = question.numbers.maxErasureDays?.value ?? Number.POSITIVE_INFINITY;
  const seen = new Set<string>();
  return situation.ofHeld(question, (resource) =>
    situation.vaultsOf(resource).flatMap((vault): Verdict[] => {
      const { lineages } = resource.points;
      const own = lineages.filter((one) => one.vault.key === vault.key && one.kind !== 'temporary');
      const days = Math.max(...own.map(({ windowDays, retentionDays }) => windowDays ?? retentionDays));
      const key = `${vault.key}|${days}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const place = placeOf(vault, resource);
      const by = situation.protectionOf(vault);
      if (by === 'unknown' && days > limit)
        return [{ status: 'not-visible', place, value: protectionText({ vault, by }) }];
      if (by !== 'compliance')
        return [{ status: 'met', place, value: `vault ${show(vault.name)}: backups can be deleted early` }];
      return [
        {
          status: days <= limit ? 'met' : 'not-met',
          place,
          value: `${protectionText({ vault, by })}, so nobody can erase its backups, which are kept ${daysText(days)}; at most ${dayCount(limit)}`,
        },
      ];
    }),
  );
}

/** ACC: is it limited who may delete backups? Every vault with backups must be protected. */
export function access(question: Question, situation: Situation): Verdict[] {
  const seen = new Set<string>();
  return situation.ofHeld(question, (resource) =>
    situation.vaultsOf(resource).flatMap((vault): Verdict[] => {
      if (seen.has(vault.key)) return [];
      seen.add(vault.key);
      const place = placeOf(vault, resource);
      const name = `vault ${show(vault.name)}`;
      const { item } = vault;
      if (!item) return [{ status: 'not-visible', place, value: `${name} is in no template` }];
      if (question.flags.approvalTeam) {
        const has = item.approvalTeam !== undefined;
        return [
          { status: has ? 'met' : 'not-met', place, value: `${name} has ${has ? 'an' : 'no'} approval team` },
        ];
      }
      if (item.kind === 'air-gapped')
        return [{ status: 'met', place, value: `${name} is logically air-gapped` }];
      if (situation.deniesDeletion(item, vault.account))
        return [{ status: 'met', place, value: `${name}: its policies deny deletion` }];
      if (known(item.lock?.mode) === 'compliance')
        return [{ status: 'met', place, value: `${name} is locked in compliance mode` }];
      if (item.accessPolicy?.statements.rest)
        return [
          { status: 'not-visible', place, value: `${name}: ${item.accessPolicy.statements.rest.reason}` },
        ];
      return [
        { status: 'not-met', place, value: `${name}: whoever has the permission may delete recovery points` },
      ];
    }),
  );
}

/** ISO: are backups isolated from what they protect? */
export function isolation(question: Question, situation: Situation): Verdict[] {
  return situation.ofHeld(question, (resource) => {
    const { place } = resource.coverage.resource;
    const vaults = situation.vaultsOf(resource);
    const airGapped = vaults.find(isAirGapped);
    if (airGapped)
      return [{ status: 'met', place, value: `in logically air-gapped vault ${show(airGapped.name)}` }];
    const elsewhere = vaults.find(
      ({ account }) => account !== undefined && place.account !== undefined && account !== place.account,
    );
    if (elsewhere)
      return [
        { status: 'met', place, value: `in vault ${show(elsewhere.name)} of account ${elsewhere.account}` },
      ];
    const open = vaults.find(({ account }) => (account === undefined) !== (place.account === undefined));
    if (open)
      return [{ status: 'not-visible', place, value: `the account of vault ${show(open.name)} isn’t known` }];
    return [{ status: 'not-met', place, value: 'only in standard vaults of its own account' }];
  });
}

/** XACC and XREG: do backups survive the loss of the account, or of the Region? */
export function survival(scenario: Extract<Scenario, 'workloadAccount' | 'region'>) {
  const loss = scenario === 'region' ? 'the Region' : 'the account';
  const statuses = { survives: 'met', lost: 'not-met', unknown: 'not-visible' } as const;
  return (question: Question, situation: Situation): Verdict[] =>
    situation.ofHeld(question, (resource) => {
      const { status, because } = resource.survives[scenario];
      const { place } = resource.coverage.resource;
      const what =
        status === 'survives' ? 'survives' : status === 'lost' ? 'doesn’t survive' : 'may not survive';
      return [{ status: statuses[status], place, value: `${what} the loss of ${loss}: ${because}` }];
    });
}

/** LOC: do backups stay in the allowed Regions? */
export function location(question: Question, situation: Situation): Verdict[] {
  const { allowedRegions } = question.flags;
  if (!allowedRegions) return [{ status: 'not-applicable', value: 'every Region is allowed' }];
  return situation.ofHeld(question, (resource) =>
    situation.vaultsOf(resource).map((vault): Verdict => {
      const place = placeOf(vault, resource);
      const name = `vault ${show(vault.name)}`;
      if (vault.region === undefined)
        return { status: 'not-visible', place, value: `the Region of ${name} isn’t known` };
      const isFine = allowedRegions.includes(vault.region);
      return {
        status: isFine ? 'met' : 'not-met',
        place,
        value: `${name} is in ${vault.region}, which is ${isFine ? '' : 'not '}among the allowed Regions`,
      };
    }),
  );
}

/** ENC: are backups encrypted, with a key that you manage if the clause asks for it? */
export function encryption(question: Question, situation: Situation): Verdict[] {
  const answer = (resource: ResourceForecast): Verdict[] => {
    const support = situation.typeOf(resource)?.supports(BackupCapability.INDEPENDENT_ENCRYPTION);
    return support === CapabilitySupport.YES
      ? situation.vaultsOf(resource).map((vault) => byVault(vault, resource, question.flags.ownKey))
      : [bySource(resource, question.flags.ownKey)];
  };
  return situation.ofHeld(question, answer, dependsOnSelected);
}

function byVault(vault: VaultPlace, resource: ResourceForecast, ownKey: boolean): Verdict {
  const place = placeOf(vault, resource);
  const name = `vault ${show(vault.name)}`;
  if (!vault.item) return { status: 'not-visible', place, value: `${name} is in no template` };
  const { key } = vault.item;
  const isOwn = key !== undefined && !/alias\/aws\//.test(known(key.text) ?? '');
  if (!ownKey || isOwn)
    return {
      status: 'met',
      place,
      value: `encrypted with the key of ${name}, ${isOwn ? 'which you manage' : 'which AWS manages'}`,
    };
  return { status: 'not-met', place, value: `encrypted with a key that AWS manages, that of ${name}` };
}

function bySource({ coverage: { resource } }: ResourceForecast, ownKey: boolean): Verdict {
  const { place, encryption: of } = resource;
  const enabled = of?.enabled;
  if (of === undefined || enabled === undefined)
    return {
      status: 'not-visible',
      place,
      value:
        'the encryption of the resource, which its backups have too, isn’t set: it depends on the defaults of the account',
    };
  if (isUnknown(enabled)) return { status: 'not-visible', place, value: enabled.reason };
  if (!enabled)
    return { status: 'not-met', place, value: 'the resource isn’t encrypted, and neither are its backups' };
  const isOwn = of.key !== undefined && !/alias\/aws\//.test(known(of.key.text) ?? '');
  if (!ownKey || isOwn)
    return {
      status: 'met',
      place,
      value: `encrypted with the key of the resource, which ${isOwn ? 'you manage' : 'AWS manages'}`,
    };
  return { status: 'not-met', place, value: 'encrypted with a key that AWS manages, that of the resource' };
}
