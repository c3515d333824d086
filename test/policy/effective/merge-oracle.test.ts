import * as fc from 'fast-check';
import { PolicyLibrary } from '../../../src/policy/admission/policy-library';
import { evaluateOrganization } from '../../../src/policy/effective/effective-policy';
import type { AttachedPolicy, OrganizationUnit } from '../../../src/policy/effective/organization';
import { budget } from '../../support/budget';

/**
 * The merge a second time, as AWS Organizations describes it and as short as it can be said: on the JSON itself, with
 * copies of everything, one account after the other.
 */
interface Node {
  value?: string | string[];
  allowed: Set<string>;
  children: Map<string, Node>;
}

type Json = { readonly [key: string]: Json | string[] | string | number | boolean };

const CONTROL = '@@operators_allowed_for_child_policies';
const OPERATORS = ['@@assign', '@@append', '@@remove'];

const fresh = (): Node => ({ allowed: new Set(OPERATORS), children: new Map() });

function mergeNaively(node: Node, documents: readonly Json[], existed = true): void {
  const said = (operator: string) =>
    node.allowed.has(operator) ? documents.filter((one) => operator in one).map((one) => one[operator]) : [];
  const [first] = said('@@assign');
  if (first !== undefined) node.value = Array.isArray(first) ? [...first] : String(first);
  for (const added of said('@@append') as string[][])
    node.value = [...new Set([...((node.value as string[]) ?? []), ...added])];
  for (const removed of said('@@remove') as string[][])
    if (Array.isArray(node.value)) node.value = node.value.filter((element) => !removed.includes(element));

  const extendable = !existed || node.allowed.has('@@assign') || node.allowed.has('@@append');
  const keys = documents.flatMap((one) => Object.keys(one).filter((key) => !key.startsWith('@@')));
  for (const key of new Set(keys.map((one) => one.toLowerCase()))) {
    const before = node.children.get(key);
    if (!before && !extendable) continue;
    const child = before ?? fresh();
    node.children.set(key, child);
    const below = documents.flatMap((one) =>
      Object.keys(one)
        .filter((name) => name.toLowerCase() === key)
        .map((name) => one[name] as Json),
    );
    mergeNaively(child, below, before !== undefined);
  }
  for (const one of documents) {
    const control = one[CONTROL] as string[] | undefined;
    if (!control || control.includes('@@all')) continue;
    for (const operator of OPERATORS) if (!control.includes(operator)) node.allowed.delete(operator);
  }
}

function print(node: Node): unknown {
  if (node.value !== undefined) return node.value;
  const entries = [...node.children].map(([key, child]) => [key, print(child)] as const);
  const full = entries.filter(([, value]) => value !== undefined);
  return full.length === 0 ? undefined : Object.fromEntries(full);
}

// Arbitrary organizations -------------------------------------------------------------------------------------------

const control = fc.oneof(
  fc.constantFrom(['@@all'], ['@@none']),
  fc.uniqueArray(fc.constantFrom(...OPERATORS), { minLength: 1 }),
);
/** With a child control now and then. */
const controlled = (inside: fc.Arbitrary<object>) =>
  fc
    .tuple(inside, fc.option(control, { freq: 4 }))
    .map(([json, operators]) => (operators ? { ...json, [CONTROL]: operators } : json));
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  controlled(fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<object>);
const list = (...values: string[]) =>
  controlled(
    fc.record(
      Object.fromEntries(
        OPERATORS.map((one) => [one, fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })]),
      ),
      { requiredKeys: [] },
    ),
  );
const scalar = (...values: (string | number | boolean)[]) =>
  controlled(fc.record({ '@@assign': fc.constantFrom(...values) }, { requiredKeys: [] }));
/** Entries whose names differ in capitals from one document to the next. */
const named = (inside: fc.Arbitrary<object>, ...names: string[]) =>
  controlled(
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), inside), {
        selector: ([name]) => name.toLowerCase(),
        maxLength: 3,
      })
      .map((entries) => Object.fromEntries(entries)),
  );

const rule = some({
  target_backup_vault_name: scalar('gold', 'Silver'),
  start_backup_window_minutes: scalar(60, '120', 480),
  lifecycle: some({
    delete_after_days: scalar(35, '90'),
    move_to_cold_storage_after_days: scalar(7, '30'),
  }),
  index_actions: some({ resource_types: list('EBS', 'S3') }),
});
const plan = some({
  regions: list('eu-west-1', 'us-east-1', 'ap-northeast-2'),
  rules: named(rule, 'daily', 'Daily', 'weekly'),
  advanced_backup_settings: some({ ec2: some({ windows_vss: scalar('enabled', 'disabled') }) }),
});
const content = named(plan, 'gold', 'GOLD', 'silver', '__proto__', 'constructor').map((plans) => ({ plans }));
const policies = fc.array(content, { maxLength: 3 });

interface Tree {
  readonly policies: readonly object[];
  readonly accounts: readonly (readonly object[])[];
  readonly children: readonly Tree[];
}
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    policies,
    accounts: fc.array(policies, { maxLength: 2 }),
    children: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 2 }),
    ),
  }) as fc.Arbitrary<Tree>,
}));

function organization(of: Tree): OrganizationUnit {
  let count = 0;
  const attached = (all: readonly object[]): AttachedPolicy[] =>
    all.map((one) => ({ name: `P${count++}`, content: one }));
  const unit = (from: Tree): OrganizationUnit => ({
    id: `ou-${count++}`,
    policies: attached(from.policies),
    accounts: from.accounts.map((own) => ({ id: `account-${count++}`, policies: attached(own) })),
    children: from.children.map(unit),
  });
  return unit(of);
}

function naively(unit: OrganizationUnit, above: readonly (readonly Json[])[] = []): Map<string, unknown> {
  const documents = (all: readonly AttachedPolicy[] = []) => all.map((one) => one.content as Json);
  const levels = [...above, documents(unit.policies)];
  const effects = new Map<string, unknown>();
  for (const account of unit.accounts ?? []) {
    const node = fresh();
    for (const level of [...levels, documents(account.policies)]) mergeNaively(node, level);
    effects.set(account.id, print(node) ?? {});
  }
  for (const child of unit.children ?? [])
    for (const [id, effect] of naively(child, levels)) effects.set(id, effect);
  return effects;
}

test('every account of any organization gets what a second, simpler merge gives it', () => {
  let accounts = 0;
  fc.assert(
    fc.property(tree, (of) => {
      const root = organization(of);
      const expected = naively(root);
      const { accounts: effects } = evaluateOrganization({ root });
      expect(effects.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
      for (const { id, policy } of effects) {
        expect(policy).toEqual(expected.get(id));
        accounts++;
      }
    }),
    { numRuns: 800 },
  );
  expect(accounts).toBeGreaterThan(budget(800));
}, 60_000);

test('the documents of these tests are such that AWS Organizations takes them', () => {
  const library = new PolicyLibrary();
  fc.assert(
    fc.property(content, (one) => {
      // but for settings that must stand beside others, which the merge doesn't ask for
      const refused = library.read(one).problems.filter(({ severity }) => severity === 'error');
      expect(refused).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

/** Lists in alphabetical order, since appending keeps the order of attachment. */
const sorted = (policy: unknown) =>
  JSON.parse(JSON.stringify(policy, (_, value) => (Array.isArray(value) ? [...value].sort() : value)));
const byName = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .map(([key, inner]) => [key, byName(inner)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;

test('where no conflict is told, the order of attachment changes nothing but the order in lists', () => {
  let free = 0;
  fc.assert(
    fc.property(tree, fc.nat(), (of, by) => {
      const root = organization(of);
      const turned = (all: readonly AttachedPolicy[] = []) => {
        const at = all.length > 0 ? by % all.length : 0;
        return [...all.slice(at), ...all.slice(0, at)].reverse();
      };
      const turn = (unit: OrganizationUnit): OrganizationUnit => ({
        ...unit,
        policies: turned(unit.policies),
        accounts: unit.accounts?.map((account) => ({ ...account, policies: turned(account.policies) })),
        children: unit.children?.map(turn),
      });
      const { accounts, findings } = evaluateOrganization({ root });
      if (findings.some(({ problem }) => /^Backup-PolicyPeer/.test(problem.id))) return;
      free++;
      const other = evaluateOrganization({ root: turn(root) });
      expect(other.accounts.map(({ policy }) => byName(sorted(policy)))).toEqual(
        accounts.map(({ policy }) => byName(sorted(policy))),
      );
    }),
    { numRuns: 800 },
  );
  expect(free).toBeGreaterThan(budget(130));
}, 60_000);

test('every value has the policies that say it, and no others', () => {
  fc.assert(
    fc.property(tree, (of) => {
      const root = organization(of);
      const texts = new Map<string, string>();
      const note = (all: readonly AttachedPolicy[] = []) => {
        for (const { name, content: json } of all) texts.set(name, JSON.stringify(json));
      };
      const visit = (unit: OrganizationUnit) => {
        note(unit.policies);
        for (const account of unit.accounts ?? []) note(account.policies);
        unit.children?.forEach(visit);
      };
      visit(root);
      for (const { settings } of evaluateOrganization({ root }).accounts)
        for (const { value, policies: names } of settings) {
          expect(names.length).toBeGreaterThan(0);
          const said = names.map((name) => texts.get(name) ?? '').join();
          for (const one of [value].flat()) expect(said).toContain(one);
        }
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

test('what a policy above does not allow changes nothing below, whoever says it', () => {
  fc.assert(
    fc.property(tree, policies, (of, below) => {
      const locked = lockedAll(of.policies);
      const above: OrganizationUnit = {
        id: 'r',
        policies: locked.map((json, i) => ({ name: `P${i}`, content: json })),
        accounts: [
          { id: 'a' },
          { id: 'b', policies: below.map((json, i) => ({ name: `Q${i}`, content: json })) },
        ],
      };
      const [plain, tried] = evaluateOrganization({ root: above }).accounts;
      expect(tried.policy).toEqual(plain.policy);
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

/** Documents with `@@none` at every object and setting. */
function lockedAll(documents: readonly object[]): object[] {
  const lock = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : {
          ...Object.fromEntries(
            Object.entries(value).map(([key, inner]) => [key, key.startsWith('@@') ? inner : lock(inner)]),
          ),
          [CONTROL]: ['@@none'],
        };
  const all = documents.length > 0 ? documents : [{ plans: {} }];
  return all.map((json) => ({ plans: lock((json as { plans: unknown }).plans) }));
}
