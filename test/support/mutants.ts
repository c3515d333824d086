import { appendFileSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { seed as seedOf } from './budget';

/** A template with every subject of the inventory and every intrinsic function. */
const SEED = readFileSync(path.join(__dirname, 'everything.json'), 'utf8');

/** A small generator of pseudo-random numbers (mulberry32): one seed, one list of mutations. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** How many objects and lists are in a value, itself included. */
const sizes = new WeakMap<Container, number>();

/** Freezes a value and returns how many objects and lists are in it. What mutants share is visited only once. */
function freeze(value: unknown): number {
  if (!isContainer(value)) return 0;
  let size = sizes.get(value);
  if (size === undefined) {
    size = Object.values(value).reduce<number>((sum, inner) => sum + freeze(inner), 1);
    Object.freeze(value);
    sizes.set(value, size);
  }
  return size;
}

/** The keys that lead to an object or list, by its number in the order of the text. */
function pathTo(root: Container, number: number): string[] {
  const path: string[] = [];
  let at: unknown = root;
  let left = number;
  while (left > 0) {
    left--;
    for (const [key, inner] of Object.entries(at as Container)) {
      const size = freeze(inner);
      if (left < size) {
        path.push(key);
        at = inner;
        break;
      }
      left -= size;
    }
  }
  return path;
}

/** The value that a path leads to. */
function follow(root: Container, path: readonly string[]): Container {
  return path.reduce((at, key) => (at as Record<string, unknown>)[key] as Container, root);
}

/** Sets a property, also one named `__proto__`. */
function put(at: Container, name: string, value: unknown): void {
  Object.defineProperty(at, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy of a template in which the container at a path is changed. The rest is shared. */
function changed(at: Container, path: readonly string[], change: (copy: Container) => void): Container {
  const copy = Array.isArray(at) ? [...at] : { ...at };
  const [key, ...rest] = path;
  if (key === undefined) change(copy);
  else put(copy, key, changed(follow(at, [key]), rest, change));
  return copy;
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { 'Fn::Join': ['', value] };
  return value;
}

const VALUES: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1e308,
  () => 3.5,
  () => '',
  () => '*',
  () => 'arn:aws:backup:us-east-1:111111111111:backup-vault:gold',
  () => '${',
  () => `\${AWS::Region}\${!x}\${}`,
  () => '{{resolve:ssm:/x}}',
  () => '{"Statement":[{"Effect":"Allow"',
  () => '\uE000' + '9\uE001',
  () => [],
  () => ({}),
  () => [null, [], {}, ''],
  () => ({ Ref: 'Vault' }),
  () => ({ Ref: 'Plan' }),
  () => ({ Ref: 'Ref' }),
  () => ({ Ref: ['x'] }),
  () => ({ Ref: 'AWS::NoValue' }),
  () => ({ Ref: 'Selfish' }),
  () => ({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }),
  () => ({ 'Fn::GetAtt': 'Bucket.Arn' }),
  () => ({ 'Fn::GetAtt': [] }),
  () => ({ 'Fn::If': ['Never', 1, 2] }),
  () => ({ 'Fn::If': ['Circular', { Ref: 'Vault' }, { Ref: 'AWS::NoValue' }] }),
  () => ({ 'Fn::Sub': [`\${a}\${b}`, { a: { Ref: 'b' }, b: { 'Fn::Sub': `\${a}` } }] }),
  () => ({ 'Fn::Join': [',', { 'Fn::Split': [',', { Ref: 'Vault' }] }] }),
  () => ({ 'Fn::Select': ['x', { 'Fn::GetAZs': '' }] }),
  () => ({ 'Fn::FindInMap': ['Map', '__proto__', 'constructor'] }),
  () => ({ 'Fn::ImportValue': { 'Fn::ImportValue': 'x' } }),
  () => ({ 'Fn::GetStackOutput': { StackName: 'App', OutputName: 'Arn' } }),
  () => ({ 'Fn::Transform': { Name: 'x' } }),
  () => ({ 'Fn::Unheard': [] }),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  () => nested(400),
  () => Array.from({ length: 300 }, (_, i) => ({ Key: `k${i}`, Value: { Ref: 'Vault' } })),
];

const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'Ref',
  'Fn::Sub',
  'Condition',
  'Type',
  'Properties',
  '',
  '#',
  '|',
];

/** Changes a template somewhere: another value, a key gone, renamed or added, two parts exchanged. */
function mutate(template: Container, next: () => number): Container {
  const size = freeze(template);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const pickPath = () => pathTo(template, Math.floor(next() * size));
  return changed(template, pickPath(), (at) => {
    const keys = Object.keys(at);
    const key = keys.length > 0 ? pick(keys) : '0';
    switch (Math.floor(next() * 6)) {
      case 0:
        if (Array.isArray(at)) at.splice(Number(key), 1);
        else delete at[key];
        break;
      case 1:
        put(at, Array.isArray(at) ? String(at.length) : pick(KEYS), pick(VALUES)());
        break;
      case 2: {
        const part = follow(template, pickPath());
        if (JSON.stringify(part).length < 5_000) put(at, key, part);
        break;
      }
      default:
        put(at, key, pick(VALUES)());
    }
  });
}

type Template = { Resources: Record<string, unknown> };

/** A template with about a sixth of the resources, which leaves many references dangling. */
function some(template: Template, next: () => number): Template {
  const kept = Object.entries(template.Resources).filter(() => next() < 0.17);
  return { ...template, Resources: Object.fromEntries(kept) };
}

/**
 * Mutants of that template, and mutants of mutants: the same ones for one seed. They share what they have in common, and
 * are frozen: code that changes what it reads throws.
 */
export function* mutants(count: number): Iterable<unknown> {
  if (process.env.FUZZ_CASES)
    appendFileSync(process.env.FUZZ_CASES, `${expect.getState().testPath}\t${count}\n`);
  const next = random(seedOf(20261121));
  const seed: Template = JSON.parse(SEED);
  let made = 0;
  while (made < count) {
    let template: Container = some(seed, next);
    for (let generation = 0; generation < 8 && made < count; generation++) {
      template = mutate(template, next);
      freeze(template);
      yield template;
      made++;
    }
  }
}
