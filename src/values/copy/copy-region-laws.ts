import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { CopyAsk } from '../resource-type/copy-capability-laws';
import type { ResourceType } from '../resource-type/resource-type';
import { enumerateTypes } from '../resource-type/type-lists';

/**
 * The Regions that an account must opt in to.
 *
 * Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account", 2026-08; a test
 * compares it with aws-cdk-lib.
 */
export const OPT_IN_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'me-west-1',
  'mx-central-1',
];

/** The kinds of copies that some Regions lack. */
type Kind = 'crossRegion' | 'crossAccount' | 'airGapped';

/** Copies of a type that some Regions don't support as source or destination. */
interface RegionalGap {
  readonly type: string;
  /** Undefined: all variants. */
  readonly variant?: string;
  readonly kinds: readonly Kind[];
  /** Regions, or prefixes of their names such as `cn-`. */
  readonly regions: readonly string[];
}

/**
 * Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html, the table by Region
 * and its notes, 2026-09-24.
 */
const GAPS: readonly RegionalGap[] = [
  { type: 'CloudFormation', kinds: ['crossAccount'], regions: OPT_IN_REGIONS },
  { type: 'Neptune', kinds: ['crossAccount'], regions: OPT_IN_REGIONS },
  { type: 'Timestream', kinds: ['crossAccount'], regions: OPT_IN_REGIONS },
  { type: 'FSx', kinds: ['crossRegion'], regions: ['me-central-1', 'me-south-1'] },
  {
    type: 'FSx',
    variant: 'ONTAP',
    kinds: ['crossRegion', 'crossAccount'],
    regions: ['ap-southeast-6', 'cn-'],
  },
  { type: 'EKS', kinds: ['airGapped'], regions: ['me-central-1', 'me-south-1'] },
  { type: 'Neptune', kinds: ['airGapped'], regions: ['ap-southeast-3'] },
];

const WHERE: Readonly<Record<Kind, string>> = {
  crossRegion: 'to other Regions',
  crossAccount: 'to other accounts',
  airGapped: 'into a logically air-gapped vault',
};

/**
 * The law for copies in some Regions. A warning, because AWS adds Regions.
 *
 * @param ask the properties of the copy
 * @param regions its source and destination
 */
export function copyRegionProblems(
  types: readonly ResourceType[],
  ask: CopyAsk,
  regions: readonly string[],
  property = 'copies',
): Problem[] {
  const known = [...new Set(regions)].filter(isKnown);
  return (['crossRegion', 'crossAccount', 'airGapped'] as const)
    .filter((kind) => ask[kind] === true)
    .flatMap((kind) =>
      known.flatMap((region): Problem[] => {
        const lacking = types.filter((type) => isGap(type, kind, region));
        if (lacking.length === 0) return [];
        return [
          problem({
            id: 'Backup-CopyRegion',
            property,
            message: (label) =>
              `${label(property)} ${WHERE[kind]} may be unavailable for ${enumerateTypes(lacking)} in ${region}`,
            fix: 'copy through a vault of the same account in another Region, or protect them with a separate plan',
          }),
        ];
      }),
    );
}

function isGap({ name, variantName }: ResourceType, kind: Kind, region: string): boolean {
  return GAPS.some(
    ({ type, variant, kinds, regions }) =>
      type === name &&
      (variant === undefined || variant === variantName) &&
      kinds.includes(kind) &&
      regions.some((each) => (each.endsWith('-') ? region.startsWith(each) : region === each)),
  );
}
