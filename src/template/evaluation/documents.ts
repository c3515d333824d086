import { isObject, nestedDeeperThan, own } from '../input/files';
import type { StackScope } from '../input/stack';
import type { Evaluator } from './evaluator';
import { type Plain, plainOf } from './plain';
import { concat } from './text';
import { type Hole, type Text, Unknown } from './unknown';

const MAX_DEPTH = 60;
/** Marks of holes in text: private-use characters. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/**
 * A document in a template: an object, or text, also if the text is joined from parts as by `Stack.toJsonString()`.
 * Undefined if there is none.
 *
 * @param parse reads text; throws if it can't
 */
export function documentOf(
  resolver: Evaluator,
  raw: unknown,
  stack: StackScope,
  parse: (text: string) => unknown = JSON.parse,
): Plain | undefined {
  const toJson = own(raw, 'Fn::ToJsonString');
  const value = toJson === undefined ? resolver.evaluate(raw, stack) : toJson;
  if (value === undefined) return undefined;
  if (typeof value === 'string' || (value instanceof Unknown && value.parts)) return parsed(value, parse);
  const plain = plainOf(resolver, value, stack);
  return plain === null ? undefined : plain;
}

/** Text as plain data. Holes stay in the texts that they are in. */
function parsed(text: Text, parse: (text: string) => unknown): Plain {
  const holes: Hole[] = [];
  let json = '';
  for (const part of typeof text === 'string' ? [text] : (text.parts ?? [])) {
    if (typeof part === 'string') {
      if (part.includes(OPEN)) return malformed();
      json += part;
    } else json += `${OPEN}${holes.push(part) - 1}${CLOSE}`;
  }
  // the whole document is a hole, such as a parameter
  if (text instanceof Unknown && !/[{[:]/.test(json)) return new Unknown(text.kind, text.reason);
  if (nestedDeeperThan(json, MAX_DEPTH)) return malformed();
  try {
    return restored(parse(json), holes);
  } catch {
    return text instanceof Unknown ? new Unknown(text.kind, text.reason) : malformed();
  }
}

function malformed(): Unknown {
  return new Unknown('shape', 'the text is not valid JSON');
}

function restored(value: unknown, holes: readonly Hole[]): Plain {
  if (typeof value === 'string') return withHoles(value, holes);
  if (Array.isArray(value)) return value.map((element) => restored(element, holes));
  if (!isObject(value)) return value as Plain;
  const members: Record<string, Plain> = Object.create(null);
  for (const key of Object.keys(value)) {
    const shown = withHoles(key, holes);
    members[shown instanceof Unknown ? key.replace(MARK, (_, i) => `\${${holes[i].name}}`) : shown] =
      restored(value[key], holes);
  }
  return members;
}

const MARK = /\uE000(\d+)\uE001/g;

function withHoles(text: string, holes: readonly Hole[]): Text {
  if (!text.includes(OPEN)) return text;
  return concat(
    text.split(MARK).map((piece, i) => {
      if (i % 2 === 0) return piece;
      const hole = holes[Number(piece)];
      return new Unknown(hole.kind, `\`${hole.name}\` is not known`, [hole]);
    }),
  );
}
