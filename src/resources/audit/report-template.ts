import type { IFrameworkRef } from 'aws-cdk-lib/aws-backup';
import { reportTemplateProblems } from '../../values/audit/report-laws';
import { show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';

/**
 * What a report tells: the jobs of the last 24 hours, or how compliant backups are with frameworks.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/choosing-report-template.html
 */
export class ReportTemplate {
  /** The backup jobs that ended in the last 24 hours, and those that run. */
  public static backupJobs(): ReportTemplate {
    return new ReportTemplate('BACKUP_JOB_REPORT');
  }

  /** The copy jobs that ended in the last 24 hours, and those that run. */
  public static copyJobs(): ReportTemplate {
    return new ReportTemplate('COPY_JOB_REPORT');
  }

  /** The restore jobs that ended in the last 24 hours, and those that run. */
  public static restoreJobs(): ReportTemplate {
    return new ReportTemplate('RESTORE_JOB_REPORT');
  }

  /** The malware scans that ended in the last 24 hours, and those that run. */
  public static scanJobs(): ReportTemplate {
    return new ReportTemplate('SCAN_JOB_REPORT');
  }

  /**
   * Control by control, whether what it evaluates is compliant.
   *
   * @param frameworks at least one, at most 1000; none for a report on several accounts
   */
  public static controlCompliance(...frameworks: IFrameworkRef[]): ReportTemplate {
    return new ReportTemplate('CONTROL_COMPLIANCE_REPORT', frameworks);
  }

  /**
   * Resource by resource, whether it is compliant with the controls.
   *
   * @param frameworks at least one, at most 1000; none for a report on several accounts
   */
  public static resourceCompliance(...frameworks: IFrameworkRef[]): ReportTemplate {
    return new ReportTemplate('RESOURCE_COMPLIANCE_REPORT', frameworks);
  }

  /**
   * A template by its name in the API, for those that AWS adds after this release.
   *
   * @param name such as `BACKUP_JOB_REPORT`
   * @param frameworks what a report on compliance is about
   */
  public static of(name: string, ...frameworks: IFrameworkRef[]): ReportTemplate {
    return new ReportTemplate(name, frameworks);
  }

  /** The name of the template in the API. */
  public readonly templateName: string;

  /** The ARNs of the frameworks, each once. */
  public readonly frameworkArns: string[];

  private constructor(name: string, frameworks: IFrameworkRef[] = []) {
    const problems: Problem[] = reportTemplateProblems(name, 'name');
    throwErrors(problems, 'ReportTemplate.of');
    this.templateName = name;
    this.frameworkArns = [...new Set(frameworks.map(arnOf))];
  }

  /** The name of the template in the API. */
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
      `\`frameworks\` must be frameworks, got ${show(framework)}`,
      'refer to an existing one with `BackupFramework.fromFrameworkArn`',
    );
  return arn;
}
