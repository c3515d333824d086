import * as path from 'node:path';
import { isFile, readJson } from '../template/input/files';
import { InputError } from '../template/input/input-error';
import type { Severity } from '../values/findings/registry';
import { ResourceType } from '../values/resource-type/resource-type';
import { resourceTypeOptionProblems } from '../values/resource-type/resource-type-laws';
import type { ResourceTypeOptions } from '../values/resource-type/resource-type-options';
import type { AcceptedChange } from './accepted-changes';
import { CONFIGURATION_SCHEMA } from './configuration-schema';
import type { Exception } from './exceptions';
import { type JsonProblem, jsonProblems } from './json-schema';

/** The name that is looked for. */
export const CONFIGURATION_FILE = '.cdk-backup.json';

/** Far more than thousands of exceptions take. */
const MAX_BYTES = 16 << 20;

/** What a configuration file says, with defaults for what it doesn't. */
export interface Configuration {
  /** Undefined if there is no file. */
  readonly file?: string;
  readonly severities: Readonly<Record<string, Severity>>;
  readonly disabled: readonly string[];
  readonly exceptions: readonly Exception[];
  /** What a difference may make weaker. */
  readonly acceptedChanges: readonly AcceptedChange[];
  readonly minimumCoverage?: number;
  readonly failOn?: 'error' | 'warning' | 'never';
  /** The path of the baseline. */
  readonly baseline?: string;
  readonly resourceTypes: readonly ResourceType[];
}

/** The configuration without a file. */
export const NO_CONFIGURATION: Configuration = {
  severities: {},
  disabled: [],
  exceptions: [],
  acceptedChanges: [],
  resourceTypes: [],
};

/** A file whose content is invalid: one line for each problem, with file, path and reason. */
export class ConfigurationError extends Error {
  public readonly lines: readonly string[];

  constructor(file: string, problems: readonly JsonProblem[]) {
    const lines = problems.map(
      ({ path: at, reason, fix }) =>
        new InputError(file, `${reason}${fix === undefined ? '' : `; ${fix}`}`, at).message,
    );
    super(lines.join('\n'));
    this.lines = lines;
    this.name = 'ConfigurationError';
  }
}

/** The nearest configuration file: in a folder, or above it up to the root of the repository. */
export function findConfiguration(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, CONFIGURATION_FILE);
    if (isFile(file)) return file;
    if (isRepository(at) || path.dirname(at) === at) return undefined;
  }
}

function isRepository(folder: string): boolean {
  const git = path.join(folder, '.git');
  return isFile(git) || isFile(path.join(git, 'HEAD'));
}

/**
 * The content of a configuration file.
 *
 * @throws InputError if it can't be read, ConfigurationError with everything that is wrong in it
 */
export function readConfiguration(file: string): Configuration {
  const value = readJson(file, MAX_BYTES);
  const problems = jsonProblems(value, CONFIGURATION_SCHEMA);
  if (problems.length > 0) throw new ConfigurationError(file, problems);
  const content = value as Content;
  const types = Object.entries(content.resourceTypes ?? {});
  const wrong = types.flatMap(([name, options]) =>
    resourceTypeOptionProblems(name, options).map(({ message, fix }) => ({
      path: `resourceTypes/${name}`,
      reason: message,
      fix,
    })),
  );
  if (wrong.length > 0) throw new ConfigurationError(file, wrong);
  const { severities = {}, disabled = [], ignore = [], minimumCoverage, failOn, baseline } = content;
  return {
    file,
    severities,
    disabled,
    exceptions: ignore.map((exception, index) => ({ ...exception, path: `ignore/${index}` })),
    acceptedChanges: content.acceptedChanges ?? [],
    minimumCoverage,
    failOn,
    baseline: baseline === undefined ? undefined : path.resolve(path.dirname(file), baseline),
    resourceTypes: types.map(([name, options]) => ResourceType.of(name, options)),
  };
}

/** A file that fits the schema. */
interface Content {
  readonly severities?: Readonly<Record<string, Severity>>;
  readonly disabled?: readonly string[];
  readonly ignore?: readonly Omit<Exception, 'path'>[];
  readonly acceptedChanges?: readonly AcceptedChange[];
  readonly minimumCoverage?: number;
  readonly failOn?: Configuration['failOn'];
  readonly baseline?: string;
  readonly resourceTypes?: Readonly<Record<string, ResourceTypeOptions>>;
}
