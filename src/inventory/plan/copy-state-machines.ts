import { known } from '../../template/evaluation/unknown';
import { isObject, own } from '../../template/input/files';
import type { Context, Found } from '../core/context';
import { Cursor } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { ROLES } from '../role/roles';
import { STANDARD_VAULTS, VAULTS } from '../vault/vaults';
import { type CopyItem, lifecycle } from './plans';

/** A state machine that starts copy jobs, in addition to the copies of plans. */
export interface CopyStateMachineItem extends Item {
  /** The role of the state machine. */
  readonly role?: Link;
  readonly copies: readonly CopyJobItem[];
  /** The types in AWS Backup that the event rules of the machine pass on; absent: all. */
  readonly resourceTypes?: readonly string[];
}

/** A state that starts copy jobs. */
export interface CopyJobItem extends CopyItem {
  /** The vault that is copied from; its account and Region are those of the state machine. */
  readonly source?: Link;
  /** The role with which AWS Backup copies. */
  readonly role?: Link;
}

const MACHINE = 'AWS::StepFunctions::StateMachine';
const MACHINES: ReadonlySet<string> = new Set([MACHINE]);
const ACTION = /:aws-sdk:backup:startCopyJob$/i;
/** Step Functions accepts definitions of 1 MiB. */
const MAX_DEFINITION = 1 << 20;
/** Deeper than maps and parallel states are nested. */
const MAX_DEPTH = 100;

export function readCopyStateMachines(context: Context): CopyStateMachineItem[] {
  const machines = [...context.all(MACHINE)].flatMap((found) => {
    const copies = copiesOf(context, found);
    return copies.length > 0
      ? [{ ...found.item, role: found.properties.link('RoleArn', ROLES, 'arn'), copies }]
      : [];
  });
  if (machines.length === 0) return [];
  const types = passedTypes(context);
  return machines.map((machine) => ({ ...machine, resourceTypes: types.get(machine.id) }));
}

/** The types that event rules pass on to state machines, by machine; a machine with a rule for every type has none. */
function passedTypes(context: Context): ReadonlyMap<string, readonly string[] | undefined> {
  const found = new Map<string, readonly string[] | undefined>();
  for (const { properties } of context.all('AWS::Events::Rule')) {
    const own = properties.object('EventPattern')?.object('detail')?.texts('resourceType');
    const names = own?.items.flatMap((name) => known(name) ?? []) ?? [];
    // a pattern such as a prefix isn't read: it may pass on every type
    const isRead = own !== undefined && own.rest === undefined && names.length === own.items.length;
    for (const target of properties.list('Targets').items) {
      const machine = target.link('Arn', MACHINES, 'arn')?.to;
      if (machine === undefined) continue;
      const before = found.get(machine);
      const isOpen = !isRead || names.length === 0 || (found.has(machine) && before === undefined);
      found.set(machine, isOpen ? undefined : [...new Set([...(before ?? []), ...names])]);
    }
  }
  return found;
}

function copiesOf(context: Context, { properties, stack }: Found): CopyJobItem[] {
  const written = ['DefinitionString', 'Definition'].find((key) => properties.raw(key) !== undefined);
  if (!written) return [];
  const text = new Definition(properties.raw(written), properties.raw('DefinitionSubstitutions'));
  const path = `${properties.path}/${written}`;
  return text
    .tasks()
    .flatMap(({ resource, parameters }) => (ACTION.test(resource) ? [parameters] : []))
    .map((parameters, index) => {
      const cursor = new Cursor(context, stack, parameters, path);
      return {
        index,
        pathInTemplate: path,
        source: cursor.link('SourceBackupVaultName', ANY_VAULT, 'name'),
        vault: cursor.link('DestinationBackupVaultArn', VAULTS, 'arn'),
        role: cursor.link('IamRoleArn', ROLES, 'arn'),
        lifecycle: lifecycle(cursor.object('Lifecycle')),
      };
    });
}

const ANY_VAULT: ReadonlySet<string> = new Set([...STANDARD_VAULTS, ...VAULTS]);

/** Placeholders for functions of CloudFormation in a definition, in text and instead of numbers. */
const FIRST_HOLE = 815_000_000_000_000;
const HOLE = /8150000\d{8}/;

/** The definition of a state machine, whose parts may be functions of CloudFormation. */
class Definition {
  private readonly holes: unknown[] = [];
  private readonly body: unknown;

  constructor(
    raw: unknown,
    private readonly substitutions: unknown,
  ) {
    const json = typeof raw === 'string' ? raw : this.joined(raw);
    this.body = json === undefined ? raw : parsed(json);
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
        found.push({ resource: lastOf(resource), parameters: this.filled(parameters) });
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
  private filled(parameters: unknown): Record<string, unknown> {
    if (!isObject(parameters)) return {};
    return Object.fromEntries(
      Object.entries(parameters).flatMap(([key, value]) => {
        if (isObject(value) && key === 'Lifecycle') return [[key, this.filled(value)]];
        const filled = this.value(value);
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

function parsed(json: string): unknown {
  if (json.length > MAX_DEFINITION || !json.includes('startCopyJob')) return undefined;
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
