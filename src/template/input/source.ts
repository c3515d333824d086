import type { SourceLine } from './source-lines';

/** A template, and where it will be deployed: the input of the inventory. */
export interface StackSource {
  /** The template, as `JSON.parse` returns it. */
  readonly template: unknown;
  /** The file of the template, as the user names it. */
  readonly file: string;
  /** The name of the stack in reports: its own, or that of the file. */
  readonly name: string;
  /** The name in CloudFormation; undefined if it isn't known, as for bare templates. */
  readonly stackName?: string;
  /** The id of the artifact, with its assembly; the file for bare templates. */
  readonly id: string;
  /** Twelve digits; undefined if the stack is environment-agnostic. */
  readonly account?: string;
  readonly region?: string;
  readonly constructPath?: string;
  /** The assembly. References between stacks of one assembly take precedence. */
  readonly assembly?: string;
  /** Tags that CloudFormation gives to the stack and its resources. */
  readonly tags?: ReadonlyMap<string, string>;
  /** Values of parameters in the assembly. */
  readonly parameters?: ReadonlyMap<string, unknown>;
  /** The template of a nested stack, if it can be found. */
  readonly nested?: (resource: unknown) => NestedSource | undefined;
  /** Construct paths with logical ids, for templates without paths in their metadata. Reads a file. */
  readonly constructPaths?: () => Iterable<readonly [path: string, logicalId: string]>;
  /** What its constructs acknowledge: rules with reasons. Reads a file. */
  readonly acknowledgements?: () => Iterable<readonly [path: string, rule: string, reason: string]>;
  /** The lines of code that create its constructs, as far as the assembly has them. Reads a file. */
  readonly sources?: () => Iterable<readonly [path: string, source: SourceLine]>;
}

/** The template of a nested stack. */
export interface NestedSource {
  readonly template: unknown;
  readonly file: string;
  /** How nested stacks in it are found, if that differs from its parent. */
  readonly nested?: StackSource['nested'];
}
