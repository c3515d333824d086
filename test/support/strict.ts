import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type App, CloudFormationValidatePlugin } from 'aws-cdk-lib';

interface ValidationReport {
  readonly pluginReports: {
    readonly pluginName: string;
    readonly conclusion: 'success' | 'failure';
    readonly metadata?: Record<string, string>;
    readonly violations: {
      readonly ruleName: string;
      readonly description: string;
      readonly severity?: string;
      readonly violatingConstructs: { readonly constructPath?: string }[];
    }[];
  }[];
}

/**
 * Synthesizes the app with CDK's own CloudFormation validation on, and returns everything that its strict mode
 * refuses: errors and warnings of the engine, of the plugins of the app, and warnings of its constructs, as
 * `rule construct/path: what is wrong`. What the app acknowledges with a reason is left out, as CDK does.
 *
 * It costs 2 to 4 seconds for the first app and about one for each further set of resource types.
 */
export function strictFindings(app: App): string[] {
  const report = join(app.outdir, 'validation-report.json');
  rmSync(report, { force: true });
  const { CDK_VALIDATION } = process.env;
  const { error } = console;
  const { validate } = CloudFormationValidatePlugin.prototype;
  let ran = false;
  CloudFormationValidatePlugin.prototype.validate = function (context) {
    ran = true;
    return validate.call(this, context);
  };
  delete process.env.CDK_VALIDATION;
  console.error = () => {}; // the report again, in words
  try {
    app.synth({ force: true });
  } catch (failure) {
    if (!existsSync(report)) throw failure; // not the validation: the app itself
  } finally {
    console.error = error;
    CloudFormationValidatePlugin.prototype.validate = validate;
    if (CDK_VALIDATION !== undefined) process.env.CDK_VALIDATION = CDK_VALIDATION;
  }
  if (!ran) throw new Error("CDK's CloudFormation validation didn't run");

  const { pluginReports }: ValidationReport = JSON.parse(readFileSync(report, 'utf8'));
  return pluginReports.flatMap(({ pluginName, conclusion, metadata, violations }) => {
    if (conclusion === 'failure' && violations.length === 0)
      return [`${pluginName} failed: ${JSON.stringify(metadata)}`];
    return violations.flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}: ${description}`),
    );
  });
}
