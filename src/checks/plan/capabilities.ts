import { isRefused } from '../../coverage/compiled-selection';
import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, PLAN_OPTIONS, ruleLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { CopyItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { resourceName } from '../../inventory/resource-labels';
import { ResourceTypes } from '../../inventory/resource-types';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { copyRegionProblems } from '../../values/copy/copy-region-laws';
import type { Problem } from '../../values/core/problem';
import {
  type CapabilityWords,
  type CopyAsk,
  capabilityProblems,
} from '../../values/resource-type/capability-laws';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FEATURES = `${GUIDE}backup-feature-availability.html`;
const SOURCE = 'AWS Backup Developer Guide, Feature availability by resource';
const AS_OF = '2026-09-24';

/** What the checks of this subject have in common. */
function fact(
  id: string,
  severity: CheckFacts['severity'],
  texts: Pick<CheckFacts, 'what' | 'why' | 'fix'>,
  docs = FEATURES,
): CheckFacts {
  return { id, severity, ...texts, docs, source: SOURCE, asOf: AS_OF };
}

const FACTS: readonly CheckFacts[] = [
  fact('Backup-CopyUnsupported', 'error', {
    what: 'A rule copies backups of a type that AWS Backup does not copy, or not to another Region or account.',
    why: 'These copy jobs fail every time.',
    fix: 'protect these resources with a plan of their own, without such copies',
  }),
  fact('Backup-CopyRegion', 'warning', {
    what: 'A rule copies backups of a type to another Region or account, or into a logically air-gapped vault, from or to a Region where that is not known to be available for the type, such as Neptune to other accounts in Regions that have to be turned on.',
    why: 'Where the Region does not have it, every copy job fails.',
    fix: 'copy through a vault of the same account in another Region, or protect these resources with a plan of their own',
  }),
  fact('Backup-ContinuousUnsupported', 'warning', {
    what: 'A continuous rule protects a type that has no continuous backup.',
    why: 'AWS Backup makes snapshots at the times of the schedule in its place: there is no point-in-time recovery.',
    fix: 'protect these resources with a rule of snapshots',
  }),
  fact('Backup-ContinuousCopyUnsupported', 'warning', {
    what: 'A continuous rule copies backups of a type whose continuous backups can not be copied.',
    why: 'No copies are made.',
    fix: 'add a rule of snapshots that copies them',
  }),
  fact(
    'Backup-ColdStorageUnsupported',
    'warning',
    {
      what: 'A rule moves backups of a type to cold storage that has none.',
      why: 'AWS Backup ignores the transition: the backups stay in warm storage, at its price.',
      fix: 'protect these resources with a rule without cold storage',
    },
    PLAN_OPTIONS,
  ),
  fact(
    'Backup-ArchiveUnsupported',
    'warning',
    {
      what: 'A rule opts in to the archive, but protects no volumes of EBS.',
      why: 'It does nothing.',
      fix: 'leave `OptInToArchiveForSupportedResources` out',
    },
    PLAN_OPTIONS,
  ),
  fact(
    'Backup-AirGappedVaultUnsupported',
    'warning',
    {
      what: 'A rule sends backups of a type to a logically air-gapped vault that can not go there.',
      why: 'They stay in the standard vault although the jobs end as completed, or the copy jobs fail.',
      fix: 'protect these resources with a rule whose vault has a lock',
    },
    `${GUIDE}logicallyairgappedvault.html`,
  ),
  fact(
    'Backup-AirGappedContinuous',
    'error',
    {
      what: 'A continuous rule sends backups of a type to a logically air-gapped vault that has no point-in-time recovery there.',
      why: 'The jobs fail.',
      fix: 'use a continuous rule into a standard vault, and copy snapshots to the air-gapped vault',
    },
    `${GUIDE}lag-vault-primary-backup.html`,
  ),
  fact('Backup-ActionUnsupported', 'error', {
    what: 'A rule indexes or scans a type that can not be indexed or scanned.',
    why: 'AWS Backup refuses the plan.',
    fix: 'leave the type out',
  }),
  fact('Backup-ActionWithoutResources', 'warning', {
    what: 'A rule indexes or scans a type of which its plan selects nothing.',
    why: 'The action does nothing.',
    fix: 'select resources of that type as well, or leave it out of the action',
  }),
];

const WORDS: CapabilityWords = {
  continuous: 'EnableContinuousBackup',
  cold: 'MoveToColdStorageAfterDays',
  archive: 'OptInToArchiveForSupportedResources',
  copies: 'CopyActions',
  airGappedPrimary: 'TargetLogicallyAirGappedBackupVaultArn',
  index: 'IndexActions',
  scan: 'ScanActions',
};

/** What rules ask of types that can't do it. */
export const capabilityChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Seen> {
  const types = new ResourceTypes(resourceTypes);
  const byPlan = typesByPlan(inventory, types, resourceTypes);
  for (const plan of inventory.plans) {
    const selected = [...(byPlan.get(plan.id)?.values() ?? [])];
    for (const rule of plan.rules.items) {
      const asked = asks(inventory, plan, rule);
      const judge = (some: readonly Selected[]) => {
        const kinds = some.map(({ type }) => type);
        return [
          ...capabilityProblems(kinds, asked, WORDS),
          ...asked.copies.flatMap((ask) => copyRegionProblems(kinds, ask, ask.regions, WORDS.copies)),
        ];
      };
      for (const problem of judge(selected)) {
        const about = STOPPED.has(problem.id)
          ? selected.filter((one) => judge([one]).some((same) => isSame(same, problem)))
          : [];
        const message = `${problem.message}${among(about.flatMap(({ resources }) => resources))}`;
        yield* told(
          at(plan.place, `${rule.pathInTemplate}/${pathOf(problem.property)}`),
          [{ ...problem, message }],
          () => ruleLabel(plan, rule),
        );
      }
    }
  }
}

/** What doesn't arrive: the resources are named. */
const STOPPED: ReadonlySet<string> = new Set([
  'Backup-CopyRegion',
  'Backup-CopyUnsupported',
  'Backup-AirGappedVaultUnsupported',
  'Backup-AirGappedContinuous',
]);

/** A type that a plan protects, and the resources that are known to be of it. */
interface Selected {
  readonly type: ResourceType;
  readonly resources: ResourceItem[];
}

function isSame(one: Problem, other: Problem): boolean {
  return one.id === other.id && one.property === other.property && one.fix === other.fix;
}

/** ` (here: `App/Orders`)`, a few of them. */
function among(resources: readonly ResourceItem[]): string {
  if (resources.length === 0) return '';
  const names = resources.slice(0, MOST_NAMES).map((resource) => `\`${resourceName(resource)}\``);
  const more = resources.length - names.length;
  return ` (here: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

const MOST_NAMES = 3;

function pathOf(property: string): string {
  return property === WORDS.cold || property === WORDS.archive ? `Lifecycle/${property}` : property;
}

function asks(inventory: Inventory, plan: PlanItem, rule: RuleItem) {
  const { continuous, lifecycle, copies, airGappedVault, indexActions, scanActions } = rule;
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  const names = (all: readonly unknown[]) => all.filter((name): name is string => typeof name === 'string');
  return {
    continuous: known(continuous) === true,
    coldStorage: cold !== undefined && cold > 0,
    archive: known(lifecycle?.optInToArchive) === true,
    copies: copies.items.map((copy) => copyAsk(inventory, plan, copy)),
    airGappedPrimary: airGappedVault !== undefined,
    index: names(indexActions.items.flatMap(({ items }) => items)),
    scan: scanActions.items.length > 0 ? names(plan.scans.items.flatMap((s) => s.resourceTypes.items)) : [],
  };
}

interface RegionalCopyAsk extends CopyAsk {
  /** Those that it begins and ends in, as far as they are known. */
  readonly regions: readonly string[];
}

function copyAsk(inventory: Inventory, { place }: PlanItem, { vault }: CopyItem): RegionalCopyAsk {
  const item = linkedVault(inventory, vault);
  const fields = vault && arnFields(vault.text);
  const differs = (here: string | undefined, there: string | undefined) =>
    here === undefined || there === undefined ? undefined : here !== there;
  const there = item?.place.region ?? known(fields?.region);
  return {
    regions: [place.region, there].filter((region) => region !== undefined),
    crossRegion: differs(place.region, there),
    crossAccount: differs(place.account, item?.place.account ?? known(fields?.account)),
    airGapped: item?.kind === 'air-gapped',
  };
}

/** The types that a plan is known to protect, each once: those of its resources, and those that it names. */
function typesByPlan(
  inventory: Inventory,
  types: ResourceTypes,
  overrides: readonly ResourceType[] | undefined,
): ReadonlyMap<string, ReadonlyMap<string, Selected>> {
  const byPlan = new Map<string, Map<string, Selected>>();
  const protections = protectionsOf(inventory);
  for (const selection of inventory.selections) {
    const plan = protections.planOf(selection);
    if (!plan || isRefused(selection)) continue;
    const found = byPlan.get(plan.id) ?? new Map<string, Selected>();
    byPlan.set(plan.id, found);
    const add = (type: ResourceType): Selected => {
      const one = found.get(type.toString()) ?? { type, resources: [] };
      found.set(type.toString(), one);
      return one;
    };
    for (const type of namedTypes(selection, overrides)) add(type);
    for (const resource of protections.selectedBy(selection)) {
      const type = types.of(resource);
      if (type) add(type).resources.push(resource);
    }
  }
  return byPlan;
}

/** The types of the ARNs that stand for one type only. */
function namedTypes(
  { resources }: SelectionItem,
  overrides: readonly ResourceType[] | undefined,
): ResourceType[] {
  return resources.items.flatMap((arn) => {
    if (arn === '*') return [];
    const types = typesForArn(arn, overrides);
    return types.length === 1 ? types : [];
  });
}
