import { isObject, own } from '../input/files';
import type { StackScope } from '../input/stack';
import type { Evaluator } from './evaluator';
import { concat } from './text';
import { type Text, Unknown } from './unknown';

/** `Fn::Sub`: text with `${Name}` and `${Resource.Attribute}`, and its own variables. */
export function substitute(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== 'string') return new Unknown('shape', 'the text of `Fn::Sub` is malformed');
  const texts = new Map<string, Text>(); // each variable is evaluated once
  const textOf = (name: string): Text => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const variable = isObject(variables) ? own(variables, name) : undefined;
    const text = variable === undefined ? outer(resolver, name, stack) : resolver.text(variable, stack);
    const value = text ?? new Unknown('reference', `\`${name}\` has no value`);
    texts.set(name, value);
    return value;
  };
  return concat(pieces(template).map((piece) => (typeof piece === 'string' ? piece : textOf(piece.name))));
}

function outer(resolver: Evaluator, name: string, stack: StackScope): Text | undefined {
  const dot = name.indexOf('.');
  return resolver.text(
    dot < 0 ? resolver.ref(name, stack) : resolver.attribute(name.slice(0, dot), name.slice(dot + 1), stack),
    stack,
  );
}

/** The literal texts and the names in a text; `${!Literal}` stands for `${Literal}`. */
function pieces(template: string): (string | { readonly name: string })[] {
  const all: (string | { name: string })[] = [];
  let at = 0;
  for (;;) {
    const start = template.indexOf('${', at);
    const end = start < 0 ? -1 : template.indexOf('}', start);
    if (end < 0) break;
    all.push(template.slice(at, start));
    const name = template.slice(start + 2, end);
    all.push(name.startsWith('!') ? `\${${name.slice(1)}}` : { name: name.trim() });
    at = end + 1;
  }
  all.push(template.slice(at));
  return all;
}
