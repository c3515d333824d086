import { isObject, own } from '../../template/input/files';
import type { Cursor } from './cursor';

/** Step Functions accepts definitions of 1 MiB. */
const MAX_DEFINITION = 1 << 20;
/** Deeper than maps and parallel states are nested. */
const MAX_DEPTH = 100;

/**
 * The definition of a state machine; undefined if its template has none in it.
 *
 * @param marker a word without which a definition in text isn't read
 */
export function stateMachineDefinition(
  properties: Cursor,
  marker: string,
): StateMachineDefinition | undefined {
  const written = ['DefinitionString', 'Definition'].find((key) => properties.raw(key) !== undefined);
  return written === undefined
    ? undefined
    : new StateMachineDefinition(
        properties.raw(written),
        properties.raw('DefinitionSubstitutions'),
        `${properties.path}/${written}`,
        marker,
      );
}

/** Placeholders for functions of CloudFormation in a definition, in text and instead of numbers. */
const FIRST_HOLE = 815_000_000_000_000;
const HOLE = /8150000\d{8}/;

/** The definition of a state machine, whose parts may be functions of CloudFormation. */
export class StateMachineDefinition {
  private readonly holes: unknown[] = [];
  private readonly body: unknown;

  constructor(
    raw: unknown,
    private readonly substitutions: unknown,
    /** The path of the definition in the template. */
    public readonly path: string,
    marker: string,
  ) {
    const json = typeof raw === 'string' ? raw : this.joined(raw);
    this.body = json === undefined ? raw : parsed(json, marker);
  }

  /** All tasks, each with its parameters as they would be in a template. */
  public tasks(): { resource: string; parameters: unknown }[] {
    const found: { resource: string; parameters: unknown }[] = [];
    const open = [{ value: this.body, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { value, depth } = next;
      if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) continue;
      if (own(value, 'Type') === 'Task') {
        const resource = own(value, 'Resource');
        const parameters = own(value, 'Parameters') ?? own(value, 'Arguments');
        found.push({
          resource: lastOf(resource),
          parameters: isObject(parameters) ? this.filled(parameters) : {},
        });
      } else for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 });
    }
    return found.reverse();
  }

  /** The text of a `Fn::Join` without separator, as `Stack.toJsonString` creates it, or of a `Fn::Sub`. */
  private joined(raw: unknown): string | undefined {
    const join = own(raw, 'Fn::Join');
    if (Array.isArray(join) && join[0] === '' && Array.isArray(join[1]))
      return join[1].map((part) => (typeof part === 'string' ? part : this.hole(part))).join('');
    const sub = own(raw, 'Fn::Sub');
    if (typeof sub === 'string') return this.substituted(sub);
    if (Array.isArray(sub) && typeof sub[0] === 'string') return this.substituted(sub[0], sub[1]);
    return undefined;
  }

  private substituted(text: string, values?: unknown): string {
    const sub = (name: string) =>
      values === undefined ? { 'Fn::Sub': name } : { 'Fn::Sub': [name, values] };
    return text.replace(/\$\{[^{}]*\}/g, (name) => this.hole(sub(name)));
  }

  private hole(part: unknown): string {
    return String(FIRST_HOLE + this.holes.push(part) - 1);
  }

  /** The parameters, with placeholders replaced by functions, and without what is known only at run time. */
  private filled(parameters: unknown): unknown {
    if (Array.isArray(parameters)) return parameters.map((each) => this.filled(each));
    if (!isObject(parameters)) return this.value(parameters);
    return Object.fromEntries(
      Object.entries(parameters).flatMap(([key, value]) => {
        const filled = this.filled(value);
        return filled === undefined ? [] : [[key, filled]];
      }),
    );
  }

  private value(value: unknown): unknown {
    if (typeof value === 'number' && HOLE.test(String(value))) return this.holes[value - FIRST_HOLE];
    if (typeof value !== 'string') return value;
    if (/^\s*\{%/.test(value)) return undefined; // JSONata
    const parts = value.split(new RegExp(`(${HOLE.source})`));
    const whole = parts.filter((part) => part !== '').map((part) => this.part(part));
    return whole.length === 1 ? whole[0] : { 'Fn::Join': ['', whole] };
  }

  private part(text: string): unknown {
    if (HOLE.test(text)) return this.holes[Number(text) - FIRST_HOLE] ?? text;
    return this.substitutions !== undefined && text.includes('${')
      ? { 'Fn::Sub': [text, this.substitutions] }
      : text;
  }
}

function parsed(json: string, marker: string): unknown {
  if (json.length > MAX_DEFINITION || !json.includes(marker)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The last literal piece of an ARN. */
function lastOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const join = own(resource, 'Fn::Join');
  const pieces = Array.isArray(join) && Array.isArray(join[1]) ? join[1] : [];
  const sub = own(resource, 'Fn::Sub');
  return String(pieces.at(-1) ?? sub ?? '');
}
