import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';

/** Properties of a `BackupCompliance`. */
export interface BackupComplianceProps {
  /** The standards, at least one. */
  readonly standards: ComplianceStandard[];

  /**
   * Whether reports cover every account and Region of the organization, and the conformance pack is deployed to every account.
   * The stack must be in the management account, or in the delegated administrator of AWS Backup and AWS Config.
   *
   * @default false
   */
  readonly organization?: boolean;

  /**
   * The bucket that receives the reports.
   *
   * @default - a new `BackupReportBucket`
   */
  readonly bucket?: IBucketRef;

  /**
   * Whether to create a conformance pack of AWS Config. In an account of its own, a framework already evaluates the same
   * as AWS Config rules, and a pack would evaluate it twice.
   *
   * @default - only with `organization`, since frameworks can't be deployed to other accounts
   */
  readonly conformancePack?: boolean;

  /**
   * The types in the rules of the conformance pack.
   *
   * @default - every type that AWS Config has rules for
   */
  readonly resourceTypes?: ResourceType[];
}
