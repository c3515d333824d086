/** An option of a command. */
export interface Option {
  readonly name: string;
  /** The placeholder of its value in the help; a flag has none. */
  readonly value?: string;
  /** The allowed values; undefined for any. */
  readonly choices?: readonly string[];
  readonly help: string;
}

const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT: Option = {
  name: 'format',
  value: 'FORMAT',
  choices: FORMATS,
  help: 'text (default), json, markdown, or sarif for code scanning',
};
export const OUT: Option = { name: 'out', value: 'FILE', help: 'write to a file instead of stdout' };
