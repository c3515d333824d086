/** A template with where it is to be deployed, as a reader found it: the input of the inventory. */
export interface StackSource {
  /** The template, as JSON.parse gives it. */
  readonly template: unknown;
  /** How the user finds the file of the template. */
  readonly file: string;
  /** How the stack is shown: its name, or that of the file. */
  readonly name: string;
  /** The name in CloudFormation; undefined where it isn't known, as that of bare templates. */
  readonly stackName?: string;
  /** The id of the artifact, with its assembly; the file for bare templates. */
  readonly id: string;
  /** Twelve digits; undefined where the stack leaves it open. */
  readonly account?: string;
  readonly region?: string;
  readonly constructPath?: string;
  /** Which assembly it belongs to: stacks of the same one find each other first. */
  readonly assembly?: string;
  /** Tags that CloudFormation gives to the stack and to all that it makes. */
  readonly tags?: ReadonlyMap<string, string>;
  /** Values of parameters that the assembly fixes. */
  readonly parameters?: ReadonlyMap<string, unknown>;
  /** The template of a nested stack, where it can be found. */
  readonly nested?: (resource: unknown) => NestedSource | undefined;
  /** Construct paths with logical ids, for templates without paths in their metadata; costs reading a file. */
  readonly constructPaths?: () => Iterable<readonly [path: string, logicalId: string]>;
  /** What its constructs acknowledge: rules with reasons; costs reading a file. */
  readonly acknowledgements?: () => Iterable<readonly [path: string, rule: string, reason: string]>;
}

/** The template of a nested stack. */
export interface NestedSource {
  readonly template: unknown;
  readonly file: string;
  /** How nested stacks in it are found, where that differs from its parent. */
  readonly nested?: StackSource['nested'];
}
