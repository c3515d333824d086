import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { ResourceType } from '../../values/resource-type/resource-type';
import { flagProblems, listProblems, propsProblems } from '../core/argument-checks';
import { commonProblems } from './settings-laws';
import type { SettingsRemoval } from './settings-removal';

/** What the laws look at: the properties of a `BackupRegionSettings`. */
export interface RegionSettingsInput {
  readonly optIn?: ResourceType[];
  readonly optOut?: ResourceType[];
  readonly fullManagement?: ResourceType[];
  readonly noFullManagement?: ResourceType[];
  readonly onRemoval?: SettingsRemoval;
  readonly failWhereUnsupported?: boolean;
  readonly trigger?: string;
}

const ID = 'Backup-RegionSettings';
const LISTS = ['optIn', 'optOut', 'fullManagement', 'noFullManagement'] as const;
const OPPOSITES = [
  ['optIn', 'optOut'],
  ['fullManagement', 'noFullManagement'],
] as const;

/** The law of the settings of a Region. */
export function regionSettingsProblems(props: RegionSettingsInput = {}): Problem[] {
  const unknown = unknownPropertyProblems(props, 'BackupRegionSettingsProps');
  const shape = [
    ...propsProblems(ID, props),
    ...LISTS.flatMap((property) =>
      listProblems(props?.[property], (type) => (type as unknown) instanceof ResourceType, {
        id: ID,
        property,
        what: 'a `ResourceType`',
        fix: 'for example, use `ResourceType.S3`',
      }),
    ),
    ...flagProblems(ID, 'failWhereUnsupported', props?.failWhereUnsupported),
    ...commonProblems(ID, props),
  ];
  if (shape.length > 0) return [...unknown, ...shape];
  return [...unknown, ...emptyProblems(props), ...contradictionProblems(props), ...managementProblems(props)];
}

function emptyProblems(props: RegionSettingsInput): Problem[] {
  if (LISTS.some((property) => (props[property] ?? []).length > 0)) return [];
  return [
    problem({
      id: ID,
      property: 'optIn',
      message: `one of ${LISTS.map((property) => `\`${property}\``).join(', ')} must name a type, got none`,
      fix: 'for example, set `optIn: [ResourceType.S3]`',
    }),
  ];
}

function contradictionProblems(props: RegionSettingsInput): Problem[] {
  return OPPOSITES.flatMap(([on, off]) => {
    const names = new Set((props[on] ?? []).map((type) => type.optInName));
    const both = (props[off] ?? []).find((type) => names.has(type.optInName));
    if (!both) return [];
    return [
      problem({
        id: ID,
        property: off,
        message: (label) =>
          `\`${on}\` and ${label(off)} must not name the same type, got ${show(both.optInName)} in both`,
        fix: 'omit it from one',
      }),
    ];
  });
}

function managementProblems(props: RegionSettingsInput): Problem[] {
  return (props.fullManagement ?? [])
    .filter((type) => type.supports(BackupCapability.FULL_MANAGEMENT) === CapabilitySupport.NO)
    .map((type) =>
      problem({
        id: 'Backup-FullManagement',
        property: 'fullManagement',
        message: (label) =>
          `${label('fullManagement')} names ${type.name}, which AWS Backup manages in no Region in full`,
        fix: 'omit it',
      }),
    );
}
