import type { FindingId } from '../findings/registry';
import { isKnown } from './amounts';
import type { Problem } from './problem';
import { problem } from './problem';

/** A feature of AWS Backup that some Regions lack. */
export interface RegionalFeature {
  readonly id: FindingId;
  readonly label: string;
  /** Regions, or prefixes of their names such as `cn-`. */
  readonly missingIn?: readonly string[];
  /** The only Regions that have it, if that list is shorter. */
  readonly onlyIn?: readonly string[];
  readonly source: string;
  readonly asOf: string;
}

const FEATURES = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html';
/** The Regions for which CDK's own validation knows the CloudFormation type. */
const VALIDATION = 'https://www.npmjs.com/package/@aws/cloudformation-validate';

/** Not ticked in the table "Feature availability by AWS Region", or without a CloudFormation type there. */
export const REGIONAL_FEATURES = {
  auditManager: {
    id: 'Backup-AuditManagerRegion',
    label: 'AWS Backup Audit Manager',
    missingIn: [
      'ap-east-2',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-west-1',
      'cn-',
      'eusc-',
      'il-central-1',
      'mx-central-1',
    ],
    source: FEATURES,
    asOf: '2026-09-24',
  },
  // the guide has restore testing in ap-southeast-5 and ap-southeast-7, but there are no CloudFormation types there
  restoreTesting: {
    id: 'Backup-RestoreTestingRegion',
    label: 'restore testing',
    missingIn: ['ap-southeast-5', 'ap-southeast-7', 'cn-', 'eusc-', 'us-gov-'],
    source: VALIDATION,
    asOf: '2026-11-10',
  },
  airGappedVault: {
    id: 'Backup-AirGappedVaultRegion',
    label: 'the logically air-gapped vault',
    missingIn: [
      'ap-east-2',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-west-1',
      'cn-',
      'mx-central-1',
      'us-gov-',
    ],
    source: FEATURES,
    asOf: '2026-09-24',
  },
  accessPoint: {
    id: 'Backup-AccessPointRegion',
    label: 'the access point on a recovery point',
    missingIn: [
      'ap-east-2',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-west-1',
      'cn-',
      'eu-central-2',
      'eusc-',
      'me-central-1',
      'me-south-1',
      'mx-central-1',
      'us-gov-',
    ],
    source: FEATURES,
    asOf: '2026-09-24',
  },
  legalHold: {
    id: 'Backup-LegalHoldRegion',
    label: 'the CloudFormation legal hold resource',
    onlyIn: ['ap-south-1', 'eu-central-1', 'us-east-1', 'us-west-2'],
    source: VALIDATION,
    asOf: '2026-11-10',
  },
  hypervisor: {
    id: 'Backup-HypervisorRegion',
    label: 'the hypervisor of AWS Backup gateway',
    missingIn: [
      'ap-east-2',
      'ap-south-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-west-1',
      'cn-',
      'eu-central-2',
      'eu-south-2',
      'il-central-1',
      'me-central-1',
      'mx-central-1',
    ],
    source: VALIDATION,
    asOf: '2026-11-10',
  },
} as const satisfies Record<string, RegionalFeature>;

/**
 * The Regions with an endpoint of AWS Backup. sa-west-1 and me-west-1 exist, but no source says that AWS Backup does there;
 * what isn't in the list isn't known.
 *
 * Source: Developer Guide "Feature availability by AWS Region", 2026-09-24.
 */
const KNOWN_REGIONS: readonly string[] = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'cn-north-1'],
  ...[
    'cn-northwest-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
  ],
  ...[
    'eu-west-2',
    'eu-west-3',
    'eusc-de-east-1',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
  ],
  ...['sa-east-1', 'us-east-1', 'us-east-2', 'us-gov-east-1', 'us-gov-west-1', 'us-west-1', 'us-west-2'],
];

/**
 * The law for Regions. A warning, because AWS adds Regions.
 *
 * @param region where the resource is deployed
 */
export function regionProblems(
  feature: keyof typeof REGIONAL_FEATURES,
  region: unknown,
  property = 'region',
): Problem[] {
  const { id, label: what, missingIn = [], onlyIn }: RegionalFeature = REGIONAL_FEATURES[feature];
  if (!isKnown(region) || typeof region !== 'string') return [];
  const missing =
    !KNOWN_REGIONS.includes(region) ||
    missingIn.some((name) => (name.endsWith('-') ? region.startsWith(name) : region === name));
  if (onlyIn ? onlyIn.includes(region) : !missing) return [];
  return [
    problem({
      id,
      property,
      message: (label) => `${label(property)} is ${region}, where ${what} isn't known to be available`,
      fix: onlyIn ? `deploy it in ${onlyIn.join(', ')}` : 'deploy it in another Region',
    }),
  ];
}
