import type { IFrameworkRef } from 'aws-cdk-lib/aws-backup';
import { reportTemplateProblems } from '../../values/audit/report-laws';
import { show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';
import { reportsOf } from '../../values/standards/standard-controls';
import { demandsOf } from '../../values/standards/standard-demands';
import { standardListProblems } from '../../values/standards/standard-list-laws';

/**
 * What a report contains: the jobs of the last 24 hours, or compliance with frameworks.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/choosing-report-template.html
 */
export class ReportTemplate {
  /** Backup jobs that are running or ended in the last 24 hours. */
  public static backupJobs(): ReportTemplate {
    return new ReportTemplate('BACKUP_JOB_REPORT');
  }

  /** Copy jobs that are running or ended in the last 24 hours. */
  public static copyJobs(): ReportTemplate {
    return new ReportTemplate('COPY_JOB_REPORT');
  }

  /** Restore jobs that are running or ended in the last 24 hours. */
  public static restoreJobs(): ReportTemplate {
    return new ReportTemplate('RESTORE_JOB_REPORT');
  }

  /** Malware scans that are running or ended in the last 24 hours. */
  public static scanJobs(): ReportTemplate {
    return new ReportTemplate('SCAN_JOB_REPORT');
  }

  /**
   * Compliance by control.
   *
   * @param frameworks 1 to 1000 frameworks; none for a report that covers several accounts
   */
  public static controlCompliance(...frameworks: IFrameworkRef[]): ReportTemplate {
    return new ReportTemplate('CONTROL_COMPLIANCE_REPORT', frameworks);
  }

  /**
   * Compliance by resource.
   *
   * @param frameworks 1 to 1000 frameworks; none for a report that covers several accounts
   */
  public static resourceCompliance(...frameworks: IFrameworkRef[]): ReportTemplate {
    return new ReportTemplate('RESOURCE_COMPLIANCE_REPORT', frameworks);
  }

  /**
   * The templates that show what standards ask of backups: backup jobs always, copy, restore and scan jobs if a clause is about
   * them, compliance by control and by resource if frameworks are named.
   *
   * @param standards at least one
   * @param frameworks the frameworks of the compliance reports; none for reports that cover several accounts
   */
  public static forStandards(
    standards: ComplianceStandard[],
    ...frameworks: IFrameworkRef[]
  ): ReportTemplate[] {
    throwErrors(standardListProblems(standards), 'ReportTemplate.forStandards');
    return reportsOf(demandsOf(standards), frameworks.length > 0).map(
      (name) => new ReportTemplate(name, name.endsWith('_COMPLIANCE_REPORT') ? frameworks : []),
    );
  }

  /**
   * A template by its API name, for templates that AWS adds after this release.
   *
   * @param name such as `BACKUP_JOB_REPORT`
   * @param frameworks the frameworks of a compliance report
   */
  public static of(name: string, ...frameworks: IFrameworkRef[]): ReportTemplate {
    return new ReportTemplate(name, frameworks);
  }

  /** The API name of the template. */
  public readonly templateName: string;

  /** The ARNs of the frameworks, without duplicates. */
  public readonly frameworkArns: string[];

  private constructor(name: string, frameworks: IFrameworkRef[] = []) {
    const problems: Problem[] = reportTemplateProblems(name, 'name');
    throwErrors(problems, 'ReportTemplate.of');
    this.templateName = name;
    this.frameworkArns = [...new Set(frameworks.map(arnOf))];
  }

  /** The API name of the template. */
  public toString(): string {
    return this.templateName;
  }
}

function arnOf(framework: IFrameworkRef): string {
  const arn = framework?.frameworkRef?.frameworkArn;
  if (arn === undefined)
    throw refuse(
      'Backup-ReportFrameworks',
      'frameworks',
      `\`frameworks\` must contain only frameworks, got ${show(framework)}`,
      'refer to an existing one with `BackupFramework.fromFrameworkArn`',
    );
  return arn;
}
