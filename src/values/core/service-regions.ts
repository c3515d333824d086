import { isKnown } from './amounts';
import type { Problem } from './problem';

/** A part of AWS Backup that some Regions don't have. */
export interface RegionalFeature {
  readonly id: string;
  readonly label: string;
  /** Regions, or the beginning of their names: `cn-`. */
  readonly missingIn?: readonly string[];
  /** The only Regions, where these are fewer. */
  readonly onlyIn?: readonly string[];
  readonly source: string;
  readonly asOf: string;
}

const FEATURES = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html';
/** The Regions that the CDK's own validation knows the type of CloudFormation in. */
const VALIDATION = 'https://www.npmjs.com/package/@aws/cloudformation-validate';

/** What isn't ticked in the table "Feature availability by AWS Region", or has no type of CloudFormation there. */
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
  // CDK's own validation also misses the types of CloudFormation in ap-southeast-5 and ap-southeast-7
  restoreTesting: {
    id: 'Backup-RestoreTestingRegion',
    label: 'restore testing',
    missingIn: ['cn-', 'eusc-', 'us-gov-'],
    source: FEATURES,
    asOf: '2026-09-24',
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
    label: 'the legal hold of CloudFormation',
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
 * The law of Regions. A warning, since AWS adds Regions.
 *
 * @param region where the resource is deployed
 */
export function regionProblems(
  feature: keyof typeof REGIONAL_FEATURES,
  region: unknown,
  property = 'region',
): Problem[] {
  const { id, label, missingIn = [], onlyIn }: RegionalFeature = REGIONAL_FEATURES[feature];
  if (!isKnown(region) || typeof region !== 'string') return [];
  const missing = missingIn.some((name) => (name.endsWith('-') ? region.startsWith(name) : region === name));
  if (onlyIn ? onlyIn.includes(region) : !missing) return [];
  return [
    {
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` is ${region}, where ${label} isn't known to be available`,
      fix: onlyIn ? `deploy it in ${onlyIn.join(', ')}` : 'deploy it in another Region',
    },
  ];
}
