import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { ALL_CHECKS } from '../checks/all-checks';
import { UNPROTECTED } from '../checks/engine/unprotected';
import { throwErrors } from '../values/core/problem';
import { backupChecksProblems } from './backup-checks-laws';
import type { BackupChecksProps } from './backup-checks-props';
import { FailOn } from './fail-on';
import { Judge } from './plugin-runner';
import { toViolations } from './violations';

/**
 * Finds in all templates of an app what AWS Backup would refuse, or silently never back up: add it with
 * `Validations.of(app).addPlugins(new BackupChecks())`. It sees what aws-cdk-lib, this or any other library made.
 *
 * Findings stand in CDK's validation report. One is acknowledged with
 * `Validations.of(construct).acknowledge({ id: 'BackupChecks::Backup-…', reason: '…' })`, for the construct and all
 * below it; the reason stays in the report. An id alone, `Backup-…`, silences the warning of a construct as well.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class BackupChecks implements IPolicyValidationPlugin {
  /** What ids of findings begin with where they are acknowledged. */
  public static readonly PLUGIN_NAME: string = 'BackupChecks';

  /** The name in reports. */
  public readonly name: string = BackupChecks.PLUGIN_NAME;

  private readonly judge: Judge;
  private readonly failOn: FailOn;
  private readonly notes: boolean;

  constructor(props: BackupChecksProps = {}) {
    throwErrors(backupChecksProblems(props), BackupChecks.PLUGIN_NAME);
    this.failOn = props.failOn ?? FailOn.ERROR;
    this.notes = props.notes ?? false;
    this.judge = new Judge(this.name, props);
  }

  /** The version of this library. */
  public get version(): string | undefined {
    return (require('../../package.json') as { version: string }).version;
  }

  /** The ids of all checks. */
  public get ruleIds(): string[] | undefined {
    return [...ALL_CHECKS.map(({ id }) => id), UNPROTECTED.id];
  }

  /** Judges the templates of an app: called by the CDK. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = toViolations(this.judge.of(context), this.failOn, this.notes);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }
}
