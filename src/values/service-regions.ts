import { isKnown } from './amounts';
import type { Problem } from './problem';

/** A part of AWS Backup that some Regions don't have. */
export interface RegionalFeature {
  readonly id: string;
  readonly label: string;
  /** Regions, or the beginning of their names: `cn-`. */
  readonly missingIn: readonly string[];
  readonly source: string;
  readonly asOf: string;
}

const FEATURES = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html';

/** What isn't ticked in the table "Feature availability by AWS Region". */
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
  const { id, label, missingIn }: RegionalFeature = REGIONAL_FEATURES[feature];
  if (!isKnown(region) || typeof region !== 'string') return [];
  if (!missingIn.some((name) => (name.endsWith('-') ? region.startsWith(name) : region === name))) return [];
  return [
    {
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` is ${region}, where ${label} isn't known to be available`,
      fix: 'deploy it in another Region',
    },
  ];
}
