import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** A template with every subject of the inventory and every intrinsic function. */
const SEED = readFileSync(path.join(__dirname, 'everything.json'), 'utf8');

/** A small generator of pseudo-random numbers (mulberry32): the same mutations in every run. */
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

/** All objects and lists of a template. */
function containers(value: unknown, all: Container[] = []): Container[] {
  if (typeof value !== 'object' || value === null) return all;
  all.push(value as Container);
  for (const key of Object.keys(value)) containers((value as Record<string, unknown>)[key], all);
  return all;
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
function mutate(template: unknown, next: () => number): void {
  const all = containers(template);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  const at = pick(all);
  const keys = Object.keys(at);
  const key = keys.length > 0 ? pick(keys) : '0';
  const put = (name: string, value: unknown) =>
    Object.defineProperty(at, name, { value, enumerable: true, configurable: true, writable: true });
  switch (Math.floor(next() * 6)) {
    case 0:
      if (Array.isArray(at)) at.splice(Number(key), 1);
      else delete at[key];
      break;
    case 1:
      put(Array.isArray(at) ? String(at.length) : pick(KEYS), pick(VALUES)());
      break;
    case 2: {
      const part = JSON.stringify(pick(all));
      if (part.length < 5_000) put(key, JSON.parse(part));
      break;
    }
    default:
      put(key, pick(VALUES)());
  }
}

/** A template with about a sixth of the resources, which leaves many references dangling. */
function some(template: { Resources: Record<string, unknown> }, next: () => number): unknown {
  const kept = Object.entries(template.Resources).filter(() => next() < 0.17);
  return { ...template, Resources: Object.fromEntries(kept) };
}

/** Mutants of that template, and mutants of mutants: the same in every run. */
export function* mutants(count: number): Iterable<unknown> {
  const next = random(20261121);
  let made = 0;
  while (made < count) {
    let text = JSON.stringify(some(JSON.parse(SEED), next));
    for (let generation = 0; generation < 8 && made < count; generation++) {
      const template = JSON.parse(text);
      mutate(template, next);
      text = JSON.stringify(template);
      yield template;
      made++;
    }
  }
}
