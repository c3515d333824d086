/** An option of a command. */
export interface Option {
  readonly name: string;
  /** The placeholder of its value in the help; a flag has none. */
  readonly value?: string;
  /** The allowed values; undefined for any. */
  readonly choices?: readonly string[];
  /** Whether it may be repeated, and takes several values with commas between them. */
  readonly multiple?: boolean;
  readonly help: string;
}

/** `--format` with the formats of a command, the default first. */
export function formatOption<F extends string>(formats: readonly F[], help: string): Option {
  return { name: 'format', value: 'FORMAT', choices: formats, help };
}

export const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT: Option = formatOption(
  FORMATS,
  'text (default), json, markdown, or sarif for code scanning',
);
export const OUT: Option = { name: 'out', value: 'FILE', help: 'write to a file instead of stdout' };
export const CONFIG: Option = {
  name: 'config',
  value: 'FILE',
  help: 'the configuration (default: .cdk-backup.json here or above)',
};

/** What the paths of most commands are. */
export const PATH_DETAILS = [
  'PATH is a cloud assembly (`cdk.out`), a template file in JSON or YAML, or `-` for a',
  'template on stdin.',
];
