import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { App } from 'aws-cdk-lib';

/** A violation as CDK's report has it. */
export interface ReportedViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly suggestedFix?: string;
  readonly ruleMetadata?: Record<string, string>;
  readonly violatingConstructs: {
    readonly constructPath: string;
    readonly cloudFormationResource?: {
      readonly templatePath: string;
      readonly logicalId: string;
      readonly propertyPaths?: string[];
    };
  }[];
  readonly acknowledgedId?: string;
  readonly reason?: string;
}

/** What one plugin reported. */
export interface PluginReport {
  readonly pluginName: string;
  readonly pluginVersion?: string;
  readonly conclusion: 'success' | 'failure';
  readonly violations: ReportedViolation[];
  readonly suppressedViolations?: ReportedViolation[];
}

/** How a synthesis with validation plugins went. */
export interface Validated {
  /** Whether `cdk synth` would succeed. */
  readonly success: boolean;
  /** What people see. */
  readonly text: string;
  readonly plugins: readonly PluginReport[];
}

/** Synthesizes an app as `cdk synth` does, with its validation plugins. */
export function validated(app: App): Validated {
  const file = join(app.outdir, 'validation-report.json');
  rmSync(file, { force: true });
  const console_ = jest.spyOn(console, 'error').mockImplementation(() => {});
  let success = true;
  let message = '';
  try {
    app.synth({ force: true });
  } catch (error) {
    if (!existsSync(file)) throw error;
    success = false;
    ({ message } = error as Error);
  }
  const text = [...console_.mock.calls.flat(), message].join('\n');
  console_.mockRestore();
  const plugins = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pluginReports : [];
  return { success, text: stripVTControlCharacters(text), plugins };
}
