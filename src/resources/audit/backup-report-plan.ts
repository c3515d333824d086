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
import { kindProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { report } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { duplicateNameProblems, neighbours } from '../core/siblings-in-environment';
import { BackupReportBucket } from './backup-report-bucket';
import { deliverInto } from './report-delivery';
import { ReportTemplate } from './report-template';

/** In which form reports arrive. */
export enum ReportFormat {
  /** Comma-separated values; for every report. */
  CSV = 'CSV',
  /** JSON; for reports on the account and Region of the report plan. */
  JSON = 'JSON',
}

/** Properties of a `BackupReportPlan`. */
export interface BackupReportPlanProps {
  /** What the reports tell. */
  readonly template: ReportTemplate;

  /**
   * The name, 1 to 256 letters, digits and `_`, a letter first. Changing it replaces the report plan.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly reportPlanName?: string;

  /**
   * At most 1024 characters.
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
   * In which forms the reports arrive; CSV only where they cover other accounts or Regions.
   *
   * @default [ReportFormat.CSV]
   */
  readonly formats?: ReportFormat[];

  /**
   * Where the reports arrive, in the account of the report plan. The policies of a bucket and of its key that are
   * made in this app are extended by what AWS Backup needs.
   *
   * @default - a new `BackupReportBucket`
   */
  readonly bucket?: IBucketRef;

  /**
   * What stands before `/Backup/<account>/<Region>/<year>/<month>/<day>/<name>` in the keys of the reports; without
   * slashes around it.
   *
   * @default - nothing
   */
  readonly keyPrefix?: string;
}

/**
 * A report plan of AWS Backup Audit Manager: a report every day, put into a bucket.
 *
 * Reports arrive between 01:00 and 05:00 UTC and tell of the 24 hours before.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html
 */
@propertyInjectable
export class BackupReportPlan extends Resource implements IReportPlanRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupReportPlan';

  /** Refers to an existing report plan by its ARN; it may be in another account or Region. */
  public static fromReportPlanArn(scope: Construct, id: string, reportPlanArn: string): IReportPlanRef {
    throwErrors(backupArnProblems('report-plan', reportPlanArn, 'reportPlanArn'));
    return new ImportedReportPlan(scope, id, reportPlanArn);
  }

  /** The name of the report plan. */
  public readonly reportPlanName: string;

  /** Where the reports arrive. */
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
    const others = neighbours<BackupReportPlan>(this, 'report plan');
    const values = {
      template: template.templateName,
      frameworkArns: template.frameworkArns,
      accounts: coverage.accounts,
      organizationUnits: coverage.organizationalUnits,
      regions: coverage.regions,
      formats,
    };
    report(this, [
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
    // as CloudFormation spells it: the L1 passes both structures on as they are
    this.resource = new CfnReportPlan(this, 'Resource', {
      reportPlanName: this.reportPlanName,
      reportPlanDescription: props.description,
      reportSetting: {
        ReportTemplate: template.templateName,
        FrameworkArns: filled(template.frameworkArns),
        Accounts: filled(coverage.accounts),
        OrganizationUnits: filled(coverage.organizationalUnits),
        Regions: filled(coverage.regions),
      },
      reportDeliveryChannel: {
        S3BucketName: this.bucket.bucketRef.bucketName,
        S3KeyPrefix: props.keyPrefix,
        Formats: formats,
      },
    });
    report(this, deliverInto(this.bucket, this.resource));
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

/** What callers without types may mistake. */
function inputProblems(props: BackupReportPlanProps) {
  const problems = propsProblems('Backup-ReportPlan', props);
  if (problems.length > 0) return problems;
  return [
    ...requiredKindProblems(props?.template, (value: unknown) => value instanceof ReportTemplate, {
      id: 'Backup-ReportTemplate',
      property: 'template',
      what: 'a `ReportTemplate`',
      fix: 'use for example `ReportTemplate.backupJobs()`',
    }),
    ...kindProblems(props?.coverage, (value: unknown) => value instanceof ReportCoverage, {
      id: 'Backup-ReportCoverage',
      property: 'coverage',
      what: 'a `ReportCoverage`',
      fix: 'use for example `ReportCoverage.thisAccount()`',
    }),
    ...kindProblems(props?.formats, (value: unknown) => Array.isArray(value) && value.length > 0, {
      id: 'Backup-ReportFormat',
      property: 'formats',
      what: 'a list of `ReportFormat`, at least one',
      fix: 'leave it out for CSV',
    }),
    ...kindProblems(props?.bucket, (value: Partial<IBucketRef>) => value.bucketRef !== undefined, {
      id: 'Backup-ReportBucket',
      property: 'bucket',
      what: 'a bucket',
      fix: 'refer to an existing one with `Bucket.fromBucketName`',
    }),
  ];
}

function filled(items: string[]): string[] | undefined {
  return items.length > 0 ? items : undefined;
}

/** A report plan that was made elsewhere. */
class ImportedReportPlan extends Resource implements IReportPlanRef {
  public readonly reportPlanRef: ReportPlanReference;

  constructor(scope: Construct, id: string, reportPlanArn: string) {
    super(scope, id, { environmentFromArn: reportPlanArn });
    this.reportPlanRef = { reportPlanArn };
  }
}
