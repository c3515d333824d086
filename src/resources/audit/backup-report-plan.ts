import { Resource, Stack } from 'aws-cdk-lib';
import { CfnReportPlan, type IReportPlanRef, type ReportPlanReference } from 'aws-cdk-lib/aws-backup';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { AUDIT_QUOTAS } from '../../values/audit/audit-quotas';
import { ReportCoverage } from '../../values/audit/report-coverage';
import { reportPrefixProblems, reportProblems } from '../../values/audit/report-laws';
import { backupArnProblems } from '../../values/core/backup-arns';
import { descriptionProblems } from '../../values/core/descriptions';
import { NAME_LAWS, nameProblems } from '../../values/core/names';
import { throwErrors } from '../../values/core/problem';
import { placeQuotaProblems } from '../../values/core/quotas';
import { regionProblems } from '../../values/core/service-regions';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { kindProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { nonEmpty } from '../core/non-empty';
import { duplicateNameProblems, siblingsInEnvironment } from '../core/siblings-in-environment';
import { BackupReportBucket } from './backup-report-bucket';
import { allowDelivery } from './report-delivery';
import { ReportTemplate } from './report-template';

/** The file format of reports. */
export enum ReportFormat {
  /** Comma-separated values; for every report. */
  CSV = 'CSV',
  /** JSON, only for reports that cover the account and Region of the report plan. */
  JSON = 'JSON',
}

/** Properties of a `BackupReportPlan`. */
export interface BackupReportPlanProps {
  /** What the reports contain. */
  readonly template: ReportTemplate;

  /**
   * The name, 1 to 256 letters, digits and `_`, starting with a letter. Changing it replaces the report plan.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly reportPlanName?: string;

  /**
   * The description, at most 1024 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Which accounts and Regions the reports cover.
   *
   * @default ReportCoverage.thisAccount()
   */
  readonly coverage?: ReportCoverage;

  /**
   * The file formats of the reports; only CSV if they cover other accounts or Regions.
   *
   * @default [ReportFormat.CSV]
   */
  readonly formats?: ReportFormat[];

  /**
   * The bucket that receives the reports, in the account of the report plan. If the bucket and its key are created in
   * this app, their policies get the statements that AWS Backup needs.
   *
   * @default - a new `BackupReportBucket`
   */
  readonly bucket?: IBucketRef;

  /**
   * The prefix of `/Backup/<account>/<Region>/<year>/<month>/<day>/<name>` in the object keys of the reports, without
   * leading or trailing slashes.
   *
   * @default - no prefix
   */
  readonly keyPrefix?: string;
}

/**
 * A report plan of AWS Backup Audit Manager: it delivers a report to a bucket every day.
 *
 * Reports arrive between 01:00 and 05:00 UTC and cover the preceding 24 hours.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html
 */
@propertyInjectable
export class BackupReportPlan extends Resource implements IReportPlanRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupReportPlan';

  /** Refers to an existing report plan by its ARN; it may be in another account or Region. */
  public static fromReportPlanArn(scope: Construct, id: string, reportPlanArn: string): IReportPlanRef {
    throwErrors(backupArnProblems('report-plan', reportPlanArn, 'reportPlanArn'), `${scope.node.path}/${id}`);
    return new ImportedReportPlan(scope, id, reportPlanArn);
  }

  /** The name of the report plan. */
  public readonly reportPlanName: string;

  /** The bucket that receives the reports. */
  public readonly bucket: IBucketRef;

  private readonly resource: CfnReportPlan;

  constructor(scope: Construct, id: string, props: BackupReportPlanProps) {
    super(scope, id);
    throwErrors(inputProblems(props), this.node.path);
    const { template, coverage = ReportCoverage.thisAccount(), formats = [ReportFormat.CSV] } = props;
    const { max } = NAME_LAWS.reportPlan;
    this.reportPlanName =
      props.reportPlanName ?? generatedName(scope, id, { maxLength: max, separator: '_' });
    const { account, region } = Stack.of(this);
    const others = siblingsInEnvironment<BackupReportPlan>(this, 'report plan');
    const values = {
      template: template.templateName,
      frameworkArns: template.frameworkArns,
      accounts: coverage.accounts,
      organizationUnits: coverage.organizationalUnits,
      regions: coverage.regions,
      formats,
    };
    enforce(this, [
      ...nameProblems('reportPlan', this.reportPlanName, 'reportPlanName'),
      ...descriptionProblems('Backup-ReportPlanDescription', props.description),
      ...reportProblems(values, { account, region }),
      ...reportPrefixProblems(props.keyPrefix),
      ...regionProblems('auditManager', region),
      ...duplicateNameProblems(this, others, (other) => other.reportPlanName, 'reportPlanName'),
      ...placeQuotaProblems(
        'Backup-ReportPlanQuota',
        'report plans',
        others.indexOf(this) + 1,
        AUDIT_QUOTAS.reportPlans,
      ),
    ]);

    this.bucket = props.bucket ?? new BackupReportBucket(this, 'Bucket');
    // in CloudFormation's spelling, since the L1 doesn't convert these two properties
    this.resource = new CfnReportPlan(this, 'Resource', {
      reportPlanName: this.reportPlanName,
      reportPlanDescription: props.description,
      reportSetting: {
        ReportTemplate: template.templateName,
        FrameworkArns: nonEmpty(template.frameworkArns),
        Accounts: nonEmpty(coverage.accounts),
        OrganizationUnits: nonEmpty(coverage.organizationalUnits),
        Regions: nonEmpty(coverage.regions),
      },
      reportDeliveryChannel: {
        S3BucketName: this.bucket.bucketRef.bucketName,
        S3KeyPrefix: props.keyPrefix,
        Formats: formats,
      },
    });
    enforce(this, allowDelivery(this.bucket, this.resource));
  }

  /** The ARN of the report plan. */
  public get reportPlanArn(): string {
    return this.resource.attrReportPlanArn;
  }

  /** How other constructs refer to this report plan. */
  public get reportPlanRef(): ReportPlanReference {
    return { reportPlanArn: this.reportPlanArn };
  }
}

/** Checks the types of the properties, for untyped callers. */
function inputProblems(props: BackupReportPlanProps) {
  const problems = propsProblems('Backup-ReportPlan', props);
  if (problems.length > 0) return problems;
  return [
    ...unknownPropertyProblems(props, 'BackupReportPlanProps'),
    ...requiredKindProblems(props?.template, (value: unknown) => value instanceof ReportTemplate, {
      id: 'Backup-ReportTemplate',
      property: 'template',
      what: 'a `ReportTemplate`',
      fix: 'for example, use `ReportTemplate.backupJobs()`',
    }),
    ...kindProblems(props?.coverage, (value: unknown) => value instanceof ReportCoverage, {
      id: 'Backup-ReportCoverage',
      property: 'coverage',
      what: 'a `ReportCoverage`',
      fix: 'for example, use `ReportCoverage.thisAccount()`',
    }),
    ...kindProblems(props?.formats, (value: unknown) => Array.isArray(value) && value.length > 0, {
      id: 'Backup-ReportFormat',
      property: 'formats',
      what: 'a list of `ReportFormat`, at least one',
      fix: 'omit it for CSV',
    }),
    ...kindProblems(props?.bucket, (value: Partial<IBucketRef>) => value.bucketRef !== undefined, {
      id: 'Backup-ReportBucket',
      property: 'bucket',
      what: 'a bucket',
      fix: 'refer to an existing one with `Bucket.fromBucketName`',
    }),
  ];
}

/** A report plan created elsewhere. */
class ImportedReportPlan extends Resource implements IReportPlanRef {
  public readonly reportPlanRef: ReportPlanReference;

  constructor(scope: Construct, id: string, reportPlanArn: string) {
    super(scope, id, { environmentFromArn: reportPlanArn });
    this.reportPlanRef = { reportPlanArn };
  }
}
