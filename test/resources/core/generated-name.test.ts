import { CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { generatedName, type NameShape, shortened } from '../../../src/resources/core/generated-name';
import { NAME_LAWS, type NameKind, nameProblems } from '../../../src/values/core/names';
import { testApp } from '../../support/app';

const SHAPE: NameShape = { maxLength: 50, separator: '-' };

test('a name contains the stack and the path', () => {
  const stack = new Stack(testApp(), 'Orders');
  expect(generatedName(stack, 'Vault', SHAPE)).toMatch(/^Orders-Vault-[0-9a-f]{8}$/);
  expect(generatedName(new Construct(stack, 'Backup'), 'Vault', SHAPE)).toMatch(
    /^Orders-Backup-Vault-[0-9a-f]{8}$/,
  );
});

test('a name is the same at every synthesis', () => {
  const names = [1, 2].map(() => generatedName(new Stack(testApp(), 'Orders'), 'Vault', SHAPE));
  expect(names).toEqual(['Orders-Vault-950b843a', 'Orders-Vault-950b843a']);
});

test("adding other constructs to the app doesn't change a name", () => {
  const app = testApp();
  const name = generatedName(new Stack(app, 'Orders'), 'Vault', SHAPE);
  const other = testApp();
  new Stack(other, 'Before');
  const stack = new Stack(other, 'Orders');
  new Construct(stack, 'Sibling');
  expect(generatedName(stack, 'Vault', SHAPE)).toBe(name);
});

test('the name keeps the end of a long path, and the hash makes it unique', () => {
  const stack = new Stack(testApp(), 'Orders');
  const deep = ['A', 'B'].map(
    (id) => new Construct(new Construct(stack, id), 'AConstructWithARatherLongNameThatFillsTheRoom'),
  );
  const names = deep.map((scope) => generatedName(scope, 'Vault', SHAPE));
  for (const name of names) expect(name).toMatch(/^WithARatherLongNameThatFillsTheRoom-Vault-[0-9a-f]{8}$/);
  expect(names[0]).not.toBe(names[1]);
});

test.each([
  [
    'a separator',
    'orders-and-customers-and-suppliers',
    /^orders-and-customers-and-suppliers-Vault-[0-9a-f]{8}$/,
  ],
  [
    'a hump',
    'OrdersAndCustomersAndSuppliersAndTheirBanks',
    /^CustomersAndSuppliersAndTheirBanks-Vault-[0-9a-f]{8}$/,
  ],
  ['the last one that fits', 'o'.repeat(60), /^Vault-[0-9a-f]{8}$/],
])('a long name is cut at a word: at %s', (_, id, name) => {
  const stack = new Stack(testApp(), 'TheStackOfTheShopInBerlin');
  expect(generatedName(new Construct(stack, id), 'Vault', SHAPE)).toMatch(name);
});

test('a last word that is too long itself loses its beginning', () => {
  expect(generatedName(new Stack(testApp(), 'Orders'), 'v'.repeat(60), SHAPE)).toMatch(/^v{41}-[0-9a-f]{8}$/);
});

test('a text is shortened to whole words and a hash', () => {
  expect(shortened('orders-and-customers', 20)).toBe('orders-and-customers');
  expect(shortened('orders-and-customers', 19)).toMatch(/^orders-[0-9a-f]{8}$/);
  expect(shortened('o'.repeat(30), 19)).toMatch(/^o{10}-[0-9a-f]{8}$/);
});

test('two deployments of one app in an account get different names', () => {
  const names = ['orders-test', 'orders-prod'].map((stackName) =>
    generatedName(new Stack(testApp(), 'Orders', { stackName }), 'Vault', SHAPE),
  );
  expect(names).toEqual(['orders-test-Vault-59f023c1', 'orders-prod-Vault-1d3d7501']);
});

test('a stack whose name is known only at deployment is identified by its id', () => {
  const app = testApp();
  const parameter = new CfnParameter(new Stack(app, 'Other'), 'Name');
  const stack = new Stack(app, 'Orders');
  Object.defineProperty(stack, 'stackName', { value: parameter.valueAsString });
  expect(generatedName(stack, 'Vault', SHAPE)).toMatch(/^Orders-Vault-[0-9a-f]{8}$/);
});

test('equal nested stacks of two parents, and equal stacks of two stages, get different names', () => {
  const app = testApp();
  const scopes = ['Green', 'Blue'].flatMap((id) => {
    const stack = new Stack(app, id);
    const staged = new Stack(new Stage(app, `${id}Stage`), 'Stack');
    return [
      new NestedStack(stack, 'Nested'),
      new NestedStack(new NestedStack(stack, 'Deep'), 'Nested'),
      staged,
    ];
  });
  const names = scopes.map((scope) => generatedName(scope, 'Vault', SHAPE));
  expect(new Set(names).size).toBe(names.length);
  expect(names.map((name) => name.slice(0, -9))).toEqual([
    'Green-Nested-Vault',
    'Green-Deep-Nested-Vault',
    'GreenStage-Stack-Vault',
    'Blue-Nested-Vault',
    'Blue-Deep-Nested-Vault',
    'BlueStage-Stack-Vault',
  ]);
});

test.each([
  ['odd characters become one separator', 'Orders & Co. (EU)', /^Stack-Orders-Co-EU-[0-9a-f]{8}$/],
  ['a path without letters leaves only the stack', '保管庫', /^Stack-[0-9a-f]{8}$/],
])('%s', (_, id, pattern) => {
  expect(generatedName(new Stack(testApp(), 'Stack'), id, SHAPE)).toMatch(pattern);
});

test('a name always starts with a letter', () => {
  const long = '0'.repeat(60);
  expect(generatedName(new Stack(testApp(), 'Stack'), long, SHAPE)).toMatch(/^B-[0-9a-f]{8}$/);
});

/** Every kind of name, with the format that constructs use. */
const SHAPES = Object.entries(NAME_LAWS).map(([kind, law]): [NameKind, NameShape] => [
  kind as NameKind,
  { maxLength: Math.min(law.max, 50), separator: law.pattern.test('a-a') ? '-' : '_' },
]);

const id = fc
  .oneof(
    fc.constantFrom('Vault', 'Default', 'Resource', 'a', '0', '-', '__', 'x'.repeat(80), '9'.repeat(60)),
    fc.string({ minLength: 1, maxLength: 60 }),
    fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
  )
  // `toString` is taken, says the package constructs; the path of a stage is a folder, which can't have null bytes
  .filter((text) => !(text in {}) && !text.includes('\0'));
interface Tree {
  readonly kind: 'construct' | 'stage' | 'stack' | 'nested';
  readonly id: string;
  readonly children: readonly Tree[];
}
const { tree } = fc.letrec<{ tree: Tree; children: Tree[] }>((tie) => ({
  tree: fc.record({
    kind: fc.constantFrom('construct', 'stage', 'stack', 'nested'),
    id,
    children: tie('children'),
  }),
  children: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constant<Tree[]>([]),
    fc.uniqueArray(tie('tree'), { maxLength: 4, selector: (each) => each.id.replaceAll('/', '--') }),
  ),
}));

/** Builds a construct tree, with each kind of construct where the CDK allows it. */
function grow(scope: Construct, { kind, id, children }: Tree, stack?: Stack): Construct[] {
  let made: Construct;
  let below = stack;
  const stackName = `s-${scope.node.addr.slice(-8)}`;
  if (!stack && kind === 'stage' && /^[a-z][a-z0-9-]*$/i.test(id)) made = new Stage(scope, id);
  // the CDK refuses a stack whose whole path is `Default`
  else if (!stack && kind !== 'construct' && id !== 'Default')
    made = below = new Stack(scope, id, { stackName });
  else if (stack && kind === 'nested') made = below = new NestedStack(scope, id);
  else made = new Construct(scope, id);
  const deeper = children.flatMap((child) => grow(made, child, below));
  return below ? [made, ...deeper] : deeper;
}

test('in any construct tree, all names are valid and unique', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(tree, { maxLength: 4, selector: (each) => each.id.replaceAll('/', '--') }),
      (trees) => {
        const app = testApp();
        const scopes = trees.flatMap((each) => grow(app, each));
        for (const [kind, shape] of SHAPES) {
          const names = scopes.map((scope) => generatedName(scope, 'Thing', shape));
          expect(new Set(names).size).toBe(names.length);
          for (const name of names) {
            expect(nameProblems(kind, name, 'name')).toEqual([]);
            expect(name.length).toBeLessThanOrEqual(shape.maxLength);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});
