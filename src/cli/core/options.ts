/** An option of a command. */
export interface Option {
  readonly name: string;
  /** What its value is called in the help; a flag has none. */
  readonly value?: string;
  /** What the value may be; anything where nothing is said. */
  readonly choices?: readonly string[];
  readonly help: string;
}

const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT: Option = {
  name: 'format',
  value: 'FORMAT',
  choices: FORMATS,
  help: 'text (the default), json, markdown, or sarif for code scanning',
};
export const OUT: Option = { name: 'out', value: 'FILE', help: 'write to a file instead of stdout' };
