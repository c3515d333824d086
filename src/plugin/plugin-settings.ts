import * as path from 'node:path';
import { readBaseline } from '../configuration/baseline';
import {
  type Configuration,
  ConfigurationError,
  findConfiguration,
  NO_CONFIGURATION,
  readConfiguration,
} from '../configuration/configuration';
import { InputError } from '../template/input/input-error';
import { throwErrors } from '../values/core/problem';
import { configurationProblems } from './backup-checks-laws';
import type { BackupChecksProps } from './backup-checks-props';
import { ChecksFailOn } from './checks-fail-on';
import type { PluginRunnerOptions } from './plugin-runner';

/** What a plugin does: its properties, on top of the configuration file. */
export interface PluginSettings extends PluginRunnerOptions {
  readonly failOn: ChecksFailOn;
}

/** @throws if the configuration file or the baseline that it names can't be used */
export function pluginSettings(props: BackupChecksProps): PluginSettings {
  const { configuration, baseline } = read(props.configurationFile);
  const { severities, disabled, exceptions, minimumCoverage, resourceTypes } = configuration;
  return {
    failOn: props.failOn ?? (configuration.failOn as ChecksFailOn | undefined) ?? ChecksFailOn.ERROR,
    minimumCoverage: props.minimumCoverage ?? minimumCoverage,
    severities: { ...severities, ...props.severities },
    disabled: [...disabled, ...(props.disabled ?? [])],
    resourceTypes: [...resourceTypes, ...(props.resourceTypes ?? [])],
    objectives: props.objectives,
    standards: props.standards,
    acknowledgeNagRules: props.acknowledgeNagRules,
    reportFile: props.reportFile,
    exceptions,
    baseline,
  };
}

function read(named: string | undefined): Pick<PluginRunnerOptions, 'baseline'> & {
  readonly configuration: Configuration;
} {
  const file = named === undefined ? findConfiguration(process.cwd()) : path.resolve(named);
  if (file === undefined) return { configuration: NO_CONFIGURATION };
  try {
    const configuration = readConfiguration(file);
    const { baseline } = configuration;
    return { configuration, baseline: baseline === undefined ? undefined : readBaseline(baseline) };
  } catch (error) {
    if (error instanceof ConfigurationError || error instanceof InputError)
      throwErrors(configurationProblems(error), 'BackupChecks');
    throw error;
  }
}
