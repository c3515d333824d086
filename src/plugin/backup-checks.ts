import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { CHECK_IDS } from '../configuration/check-ids';
import { throwErrors } from '../values/core/problem';
import { backupChecksProblems } from './backup-checks-laws';
import type { BackupChecksProps } from './backup-checks-props';
import type { ChecksFailOn } from './checks-fail-on';
import { PluginRunner } from './plugin-runner';
import { pluginSettings } from './plugin-settings';
import { toViolations } from './violations';

/**
 * Finds what AWS Backup refuses, or silently never backs up, in all templates of an app, whichever library created the
 * resources. Add it with `Validations.of(app).addPlugins(new BackupChecks())`.
 *
 * Findings appear in the validation report of the CDK. To acknowledge a finding for a construct and everything in it, use
 * `Validations.of(construct).acknowledge({ id: 'BackupChecks::Backup-…', reason: '…' })`; the report keeps the reason. The ID
 * alone, `Backup-…`, also silences the warning of the construct.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class BackupChecks implements IPolicyValidationPlugin {
  /** The prefix of finding IDs in acknowledgements. */
  public static readonly PLUGIN_NAME: string = 'BackupChecks';

  /** The name of the plugin in reports. */
  public readonly name: string = BackupChecks.PLUGIN_NAME;

  private readonly runner: PluginRunner;
  private readonly failOn: ChecksFailOn;
  private readonly notes: boolean;

  constructor(props: BackupChecksProps = {}) {
    throwErrors(backupChecksProblems(props), BackupChecks.PLUGIN_NAME);
    const settings = pluginSettings(props);
    this.failOn = settings.failOn;
    this.notes = props.notes ?? false;
    this.runner = new PluginRunner(this.name, settings);
  }

  /** The version of this library. */
  public get version(): string | undefined {
    return (require('../../package.json') as { version: string }).version;
  }

  /** The IDs of all checks. */
  public get ruleIds(): string[] | undefined {
    return [...CHECK_IDS];
  }

  /** Checks the templates of an app. Called by the CDK. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = toViolations(this.runner.findingsIn(context), this.failOn, this.notes);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }
}
