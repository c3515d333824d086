import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackupConformancePack } from '../../resources/audit/backup-conformance-pack';
import { BackupFramework } from '../../resources/audit/backup-framework';
import { BackupReportBucket } from '../../resources/audit/backup-report-bucket';
import { BackupReportPlan } from '../../resources/audit/backup-report-plan';
import { FrameworkControl } from '../../resources/audit/framework-control';
import { ReportTemplate } from '../../resources/audit/report-template';
import { propsProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { ReportCoverage } from '../../values/audit/report-coverage';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { standardListProblems } from '../../values/standards/standard-list-laws';
import type { BackupComplianceProps } from './backup-compliance-props';

export type { BackupComplianceProps } from './backup-compliance-props';

/**
 * What shows an auditor that backups meet standards: a framework of AWS Backup Audit Manager with the controls of the standards,
 * and daily reports in a bucket. For an organization, reports of every account and Region, and a conformance pack of AWS Config
 * in every account.
 *
 * It proves no compliance: policies, drills and approvals are in no template. `cdk-backup conformance` lists clause by clause
 * what an app meets, and what nobody can see there.
 */
@propertyInjectable
export class BackupCompliance extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupCompliance';

  /** The framework, in the account and Region of the stack; undefined if no standard asks for anything that AWS evaluates. */
  public readonly framework?: BackupFramework;

  /** The bucket with the reports. */
  public readonly bucket: IBucketRef;

  /** The report plans. */
  public readonly reportPlans: BackupReportPlan[];

  /** The conformance pack of AWS Config, if there is one. */
  public readonly conformancePack?: BackupConformancePack;

  constructor(scope: Construct, id: string, props: BackupComplianceProps) {
    super(scope, id);
    enforce(this, complianceProblems(props));
    const { standards, organization = false, resourceTypes } = props;
    const [first, ...others] = standards;
    const controls = FrameworkControl.forStandard(first, ...others);
    if (controls.length > 0)
      this.framework = new BackupFramework(this, 'Framework', {
        description: `What ${standards.map(String).join(', ')} ask of backups`.slice(0, 1024),
        controls,
      });
    this.bucket = props.bucket ?? new BackupReportBucket(this, 'Reports');
    const coverage = organization
      ? ReportCoverage.organization({ regions: [ReportCoverage.ALL_REGIONS] })
      : ReportCoverage.thisAccount();
    const frameworks = this.framework && !organization ? [this.framework] : [];
    const templates = ReportTemplate.forStandards(standards, ...frameworks);
    if (organization && this.framework)
      // of every account; they name no frameworks
      templates.push(ReportTemplate.controlCompliance(), ReportTemplate.resourceCompliance());
    this.reportPlans = templates.map(
      (template) =>
        new BackupReportPlan(this, reportId(template), {
          template,
          coverage,
          bucket: this.bucket,
          keyPrefix: 'compliance',
        }),
    );
    if (props.conformancePack ?? organization)
      this.conformancePack = new BackupConformancePack(this, 'Pack', {
        standards,
        resourceTypes,
        organization,
      });
  }
}

function complianceProblems(props: BackupComplianceProps): Problem[] {
  const wrong = propsProblems('Backup-Compliance', props ?? null);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'BackupComplianceProps'),
    ...standardListProblems(props.standards),
  ];
}

/** `BackupJobReport` of `BACKUP_JOB_REPORT`. */
function reportId({ templateName }: ReportTemplate): string {
  return templateName
    .split('_')
    .map((part) => part[0] + part.slice(1).toLowerCase())
    .join('');
}
