import { type Hole, type Part, type Text, Unknown } from './unknown';

/** The longest text that AWS Backup accepts is a policy of 200,000 characters. */
export const MAX_TEXT = 1 << 18;
const MAX_PARTS = 2_000;

/** The pieces of a text, holes included. */
export function partsOf(text: Text): readonly Part[] {
  if (typeof text === 'string') return [text];
  return text.parts ?? [{ kind: text.kind, name: '?' }];
}

/** The holes of a text. */
export function holesOf(text: Text): Hole[] {
  return partsOf(text).filter((part): part is Hole => typeof part !== 'string');
}

/** Concatenates texts. Unknown texts become holes. */
export function concat(texts: readonly Text[]): Text {
  const parts: Part[] = [];
  let literal = '';
  let length = 0;
  let why: Unknown | undefined;
  for (const text of texts) {
    if (typeof text === 'string') {
      literal += text;
      length += text.length;
    } else {
      why ??= text;
      for (const part of partsOf(text)) {
        if (typeof part === 'string') {
          literal += part;
          length += part.length;
        } else {
          if (literal) parts.push(literal);
          literal = '';
          parts.push(part);
        }
      }
    }
    if (length > MAX_TEXT || parts.length > MAX_PARTS)
      return new Unknown('limit', 'the text is longer than CloudFormation accepts');
  }
  if (!why) return literal;
  if (literal) parts.push(literal);
  return new Unknown(why.kind, why.reason, parts);
}

/** Texts with a separator between them. */
export function joinTexts(separator: string, texts: readonly Text[]): Text {
  if (!separator) return concat(texts);
  const all: Text[] = [];
  for (const [i, text] of texts.entries()) {
    if (i > 0) all.push(separator);
    all.push(text);
  }
  return concat(all);
}

/** The fields between separators; undefined if a hole may contain a separator. */
export function splitText(separator: string, text: Text): Text[] | undefined {
  if (typeof text === 'string') return separator ? text.split(separator) : [text];
  if (!text.parts || !separator) return undefined;
  const plainFor = separator === ':' || separator === '/';
  const fields: Text[][] = [[]];
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      if (!plainFor || !part.plain) return undefined;
      fields[fields.length - 1].push(new Unknown(part.kind, text.reason, [part]));
      continue;
    }
    const [first, ...others] = part.split(separator);
    fields[fields.length - 1].push(first);
    for (const other of others) fields.push([other]);
  }
  return fields.map(concat);
}

/**
 * The identity of a text: two texts with the same key are equal, even if neither is known, such as two references to the
 * name of one bucket. Undefined if equality can't be determined.
 */
export function textKey(text: Text): string | undefined {
  if (typeof text === 'string') return text;
  if (!text.parts) return undefined;
  let key = '';
  for (const part of text.parts) {
    if (typeof part === 'string') key += part;
    else if (part.key === undefined) return undefined;
    else key += `\0${part.key}\0`;
  }
  return key;
}

/** A text as shown in messages, with holes such as `${AWS::Region}`. */
export function showText(text: Text): string {
  if (typeof text === 'string') return text;
  if (!text.parts) return `unknown: ${text.reason}`;
  return text.parts.map((part) => (typeof part === 'string' ? part : `\${${part.name}}`)).join('');
}

/** What a text certainly begins with. */
export function beginningOf(text: Text): string {
  const [first] = partsOf(text);
  return typeof first === 'string' ? first : '';
}

/** What a text certainly ends with. */
export function endOf(text: Text): string {
  const last = partsOf(text).at(-1);
  return typeof last === 'string' ? last : '';
}

/** The shortest values of pseudo parameters. */
const PSEUDO_EXAMPLES: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::StackName': 's',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The text with an example in place of each pseudo parameter; undefined if it has other holes. */
export function exampleOf(text: Text): string | undefined {
  if (typeof text === 'string') return text;
  let example = '';
  for (const part of text.parts ?? [{ kind: text.kind, name: '?' } as Hole]) {
    const literal =
      typeof part === 'string' ? part : part.kind === 'pseudo' ? PSEUDO_EXAMPLES[part.name] : undefined;
    if (literal === undefined) return undefined;
    example += literal;
  }
  return example;
}

/**
 * What a law for ARNs can judge: the text, with an example in place of each pseudo parameter, or the name that stands where
 * an ARN belongs. Undefined if the text may be an ARN.
 */
export function judgedArn(text: Text): string | undefined {
  return exampleOf(text) ?? (isNoArn(text) ? showText(text) : undefined);
}

/** The fewest characters that a text can have. */
export function minimumLength(text: Text): number {
  return partsOf(text).reduce((sum, part) => {
    if (typeof part === 'string') return sum + part.length;
    const pseudo = part.kind === 'pseudo' ? PSEUDO_EXAMPLES[part.name]?.length : undefined;
    return sum + (part.minLength ?? pseudo ?? 0);
  }, 0);
}

/**
 * Whether a text certainly isn't an ARN: it begins otherwise, or with the name or id of a resource, as `Ref` returns it for
 * most types.
 */
export function isNoArn(text: Text): boolean {
  const [first, second] = partsOf(text);
  if (typeof first === 'string') return !'arn:'.startsWith(first.slice(0, 4));
  const isName = first.resource !== undefined && first.key === `${first.resource}|name`;
  return isName && (second === undefined || (typeof second === 'string' && !second.startsWith(':')));
}
