import { own } from '../input/files';
import type { StackScope } from '../input/stack';
import type { Evaluator } from './evaluator';
import { hasUnknown, plainOf } from './plain';
import { splitStackId } from './pseudo';
import { substitute } from './substitute';
import { joinTexts, splitText, textKey } from './text';
import { type Maybe, type Text, Unknown } from './unknown';

/** What an intrinsic function returns: a text, number, list of texts, part of the template, or `Unknown`. */
export type Intrinsic = (resolver: Evaluator, argument: unknown, stack: StackScope) => unknown;

/** A parameter has at most 4,096 characters. */
const MAX_LIST_TEXT = 1 << 16;

const FUNCTIONS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::Sub', substitute],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', choose],
  ['Fn::FindInMap', findInMap],
  ['Fn::ImportValue', importValue],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::Base64', base64],
  ['Fn::Length', length],
  ['Fn::ToJsonString', toJsonString],
]);

export function functionOf(name: string): Intrinsic | undefined {
  return FUNCTIONS.get(name);
}

function malformed(name: string): Unknown {
  return new Unknown('shape', `the arguments of \`${name}\` are malformed`);
}

function ref(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const name = typeof argument === 'string' ? argument : resolver.text(argument, stack);
  if (name instanceof Unknown) return name;
  return name === undefined ? malformed('Ref') : resolver.ref(name, stack);
}

/** `[resource, attribute]`, or `resource.attribute`. */
function getAtt(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const list = typeof argument === 'string' ? dotted(argument) : argument;
  if (!Array.isArray(list) || list.length < 2) return malformed('Fn::GetAtt');
  const [logicalId, ...path] = list.map((part) => resolver.text(part, stack));
  const attribute = joinTexts(
    '.',
    path.filter((part) => part !== undefined),
  );
  if (typeof logicalId !== 'string') return logicalId ?? malformed('Fn::GetAtt');
  return attribute instanceof Unknown ? attribute : resolver.attribute(logicalId, attribute, stack);
}

function dotted(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function join(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  if (!Array.isArray(argument) || argument.length !== 2) return malformed('Fn::Join');
  const separator = resolver.text(argument[0], stack);
  if (typeof separator !== 'string') return separator ?? malformed('Fn::Join');
  const texts = resolver.texts(argument[1], stack);
  return texts instanceof Unknown ? texts : joinTexts(separator, texts);
}

function split(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  if (!Array.isArray(argument) || argument.length !== 2) return malformed('Fn::Split');
  const separator = resolver.text(argument[0], stack);
  const text = resolver.text(argument[1], stack);
  if (typeof separator !== 'string' || text === undefined) return malformed('Fn::Split');
  if (typeof text === 'string' && text.length > MAX_LIST_TEXT)
    return new Unknown('limit', 'the list is too long to be read');
  if (!(text instanceof Unknown)) return splitText(separator, text);
  // what is split isn't the text any more
  return splitText(separator, text) ?? splitStackId(separator, text) ?? new Unknown(text.kind, text.reason);
}

function select(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  if (!Array.isArray(argument) || argument.length !== 2) return malformed('Fn::Select');
  const index = resolver.text(argument[0], stack);
  if (index instanceof Unknown) return index;
  const list = resolver.evaluate(argument[1], stack);
  if (list instanceof Unknown) return list;
  if (!Array.isArray(list) || index === undefined || !/^\d+$/.test(index)) return malformed('Fn::Select');
  const value = resolver.text(list[Number(index)], stack);
  return value ?? new Unknown('reference', `the list has no element ${index}`);
}

/** The branch of the condition. If the condition isn't known, the value that both branches have. */
function choose(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  if (!Array.isArray(argument) || argument.length !== 3) return malformed('Fn::If');
  const [name, yes, no] = argument;
  if (typeof name !== 'string') return malformed('Fn::If');
  const holds = resolver.condition(name, stack);
  if (!(holds instanceof Unknown)) return resolver.evaluate(holds ? yes : no, stack);
  const values = [yes, no].map((branch) => resolver.evaluate(branch, stack));
  const keys = values.map((value) => (isScalar(value) ? textKey(scalarText(value)) : undefined));
  if (keys[0] !== undefined && keys[0] === keys[1]) return values[0];
  resolver.leaveOpen(name, stack);
  return new Unknown('condition', `it depends on the condition \`${name}\`: ${holds.reason}`);
}

function isScalar(value: unknown): value is string | number | boolean | Unknown {
  return value !== undefined && (typeof value !== 'object' || value instanceof Unknown);
}

function scalarText(value: string | number | boolean | Unknown): Text {
  return value instanceof Unknown ? value : String(value);
}

function findInMap(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  if (!Array.isArray(argument) || argument.length < 3) return malformed('Fn::FindInMap');
  const [map, first, second] = argument.slice(0, 3).map((part) => resolver.text(part, stack));
  const fallback = own(argument[3], 'DefaultValue');
  const open = [map, first, second].find((key) => typeof key !== 'string');
  if (open instanceof Unknown) return open;
  if (typeof map !== 'string' || typeof first !== 'string' || typeof second !== 'string')
    return malformed('Fn::FindInMap');
  const value = own(own(stack.entry('Mappings', map), first), second);
  if (value === undefined && fallback !== undefined) return resolver.evaluate(fallback, stack);
  if (value === undefined)
    return new Unknown('reference', `the mapping \`${map}\` has no \`${first}\`, \`${second}\``);
  const flat = Array.isArray(value) ? value.every(isLiteral) : isLiteral(value);
  return flat ? value : new Unknown('shape', `the mapping \`${map}\` contains something other than text`);
}

function isLiteral(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function importValue(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const name = resolver.text(argument, stack);
  if (name === undefined) return malformed('Fn::ImportValue');
  const key = textKey(name);
  return key === undefined ? (name as Unknown) : resolver.exports.imported(key, stack);
}

function getStackOutput(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const part = (name: string) => resolver.text(own(argument, name), stack);
  const name = part('StackName');
  const output = part('OutputName');
  if (name instanceof Unknown) return name;
  if (output instanceof Unknown) return output;
  if (name === undefined || output === undefined) return malformed('Fn::GetStackOutput');
  return resolver.exports.output(name, output, part('Region'), stack);
}

function base64(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const text = resolver.text(argument, stack);
  if (typeof text !== 'string') return text ?? malformed('Fn::Base64');
  return Buffer.from(text, 'utf8').toString('base64');
}

function length(resolver: Evaluator, argument: unknown, stack: StackScope): Maybe<number> {
  const list = resolver.texts(argument, stack);
  return list instanceof Unknown ? list : list.length;
}

/** An object or list as text, if it is fully known. */
function toJsonString(resolver: Evaluator, argument: unknown, stack: StackScope): unknown {
  const plain = plainOf(resolver, argument, stack);
  return hasUnknown(plain) ? new Unknown('function', 'not all of the JSON is known') : JSON.stringify(plain);
}
