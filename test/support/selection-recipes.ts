import type { Stack } from 'aws-cdk-lib';
import { CfnTable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { BackupRole } from '../../src/resources/role/backup-role';
import type { BackupSelectionOptions } from '../../src/resources/selection/backup-selection-options';
import { TagCondition } from '../../src/values/core/tag-condition';
import { ResourceType } from '../../src/values/resource-type/resource-type';
import { type Candidate, fulfils, literal, matches } from './plan-oracle';

/** A selection as plain data, which fast-check can print and shrink. */
export interface SelectionRecipe {
  readonly name?: string;
  readonly constructs?: readonly ConstructName[];
  readonly arns?: readonly string[];
  readonly types?: readonly string[];
  readonly tags?: readonly TagRecipe[];
  readonly anyTag?: readonly TagRecipe[];
  readonly everything?: boolean;
  readonly exclude?: readonly ConstructName[];
  readonly excludeArns?: readonly string[];
  readonly excludeTypes?: readonly string[];
  readonly role?: 'ours' | 'theirs' | 'linked' | 'text';
}

interface TagRecipe {
  readonly operator: 'StringEquals' | 'StringNotEquals' | 'StringLike' | 'StringNotLike';
  readonly key: string;
  readonly value: string;
}

type ConstructName = 'table' | 'bucket' | 'l1' | 'imported' | 'scope' | 'empty' | 'text';

// Arbitraries -------------------------------------------------------------------------------------------------------

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) =>
  fc.array(arbitrary, { minLength: 1, maxLength });

const constructs = some(fc.constantFrom<ConstructName>('table', 'bucket', 'l1', 'imported', 'scope'));
const arns = some(
  fc.constantFrom(
    'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    'arn:aws:dynamodb:*:*:table/ord*',
    'arn:aws:s3:::documents',
    'arn:aws:s3:::doc*',
    'arn:aws:ec2:*:*:volume/*',
    'arn:aws:rds:*:*:cluster:*',
  ),
);
const types = some(fc.constantFrom('DynamoDB', 'S3', 'EFS', 'RDS', 'Aurora', 'EBS', 'EC2'));
const keys = fc.constantFrom('backup', 'stage', 'team');
const values = fc.constantFrom('gold', 'silver', 'web', '');
const tag: fc.Arbitrary<TagRecipe> = fc.oneof(
  fc.record({ operator: fc.constantFrom('StringEquals', 'StringNotEquals'), key: keys, value: values }),
  fc.record({
    operator: fc.constantFrom('StringLike', 'StringNotLike'),
    key: keys,
    value: fc.constantFrom('g*', 'web', '*', 's*r'),
  }),
);
const equal: fc.Arbitrary<TagRecipe> = fc.record({
  operator: fc.constant('StringEquals'),
  key: keys,
  value: values,
});

const exclusions = {
  exclude: optional(fc.array(fc.constantFrom<ConstructName>('table', 'bucket', 'scope'), { maxLength: 2 })),
  excludeArns: optional(
    fc.array(fc.constantFrom('arn:aws:s3:::scratch', 'arn:aws:s3:::tmp*'), { maxLength: 2 }),
  ),
  excludeTypes: optional(fc.array(fc.constantFrom('EKS', 'Redshift'), { maxLength: 2 })),
};
const common = {
  ...exclusions,
  name: optional(fc.stringMatching(/^[a-zA-Z0-9\-_.]{1,50}$/)),
  role: optional(fc.constantFrom('ours' as const, 'theirs' as const)),
};

/** Selections in which nothing is wrong. */
export const soundSelections: fc.Arbitrary<SelectionRecipe> = fc
  .oneof(
    fc.record({ ...common, tags: some(tag, 30) }),
    fc.record({ ...common, anyTag: some(equal, 30), tags: optional(some(tag)) }),
    fc.record({
      ...common,
      exclude: fc.constant(undefined),
      constructs: optional(constructs),
      arns: optional(arns),
      types,
      tags: optional(some(tag)),
    }),
    fc.record({ ...common, exclude: fc.constant(undefined), constructs, tags: optional(some(tag)) }),
    fc.record({ ...common, everything: fc.constant(true), tags: optional(some(tag)) }),
  )
  .map((recipe) => recipe as SelectionRecipe);

const many = (count: number, suffix = '') =>
  Array.from({ length: count }, (_, i) => `arn:aws:s3:::bucket${i}${suffix}`);
const manyTags = (count: number): TagRecipe[] =>
  Array.from({ length: count }, (_, i) => ({ operator: 'StringEquals', key: `k${i}`, value: 'v' }));

const change: fc.Arbitrary<SelectionRecipe> = fc.record(
  {
    name: fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('', 'a:b', 'x'.repeat(51), null as unknown as string),
    ),
    constructs: fc.oneof(
      constructs,
      fc.constantFrom<ConstructName[]>([], ['empty'], ['text'], ['scope', 'l1']),
    ),
    arns: fc.oneof(
      arns,
      fc.constantFrom([], ['*'], ['orders'], [''], many(500), many(501), many(30, '*'), many(31, '*')),
      fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
    ),
    types: fc.oneof(types, fc.constantFrom([], ['Unheard of'], ['SAP HANA on Amazon EC2'])),
    tags: fc.oneof(
      fc.array(tag, { maxLength: 3 }),
      fc.constantFrom(manyTags(30), manyTags(31)),
      some(fc.record({ operator: fc.constant('StringEquals'), key: fc.string(), value: fc.string() })),
    ),
    anyTag: fc.oneof(some(equal), some(tag), fc.constantFrom([], manyTags(31))),
    everything: fc.constantFrom(true, false, 'yes' as unknown as boolean),
    exclude: constructs,
    excludeArns: fc.oneof(arns, fc.constantFrom(many(501), many(31, '*'), ['x'])),
    excludeTypes: types,
    role: fc.constantFrom('linked', 'text', 'ours', 'theirs'),
  },
  { requiredKeys: [] },
);
const keysOf = (recipe: SelectionRecipe) => Object.keys(recipe) as (keyof SelectionRecipe)[];

/** Any selection: a sound one, of which some properties are said otherwise. */
export const selections: fc.Arbitrary<SelectionRecipe> = fc
  .tuple(soundSelections, change, fc.nat({ max: 2 }), fc.nat())
  .map(([sound, changed, count, first]) => {
    const properties = keysOf(changed);
    const chosen = properties.map((_, i) => properties[(i + first) % properties.length]).slice(0, count);
    return { ...sound, ...Object.fromEntries(chosen.map((property) => [property, changed[property]])) };
  });

/** A resource that some of the selections select. */
export const candidates: fc.Arbitrary<Candidate> = fc.record({
  arn: fc.constantFrom(
    'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/users',
    'arn:aws:s3:::documents',
    'arn:aws:s3:::scratch',
    'arn:aws:s3:::tmp1',
    'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1',
    'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
    'arn:aws:rds:eu-west-1:111122223333:cluster:main',
    'arn:aws:rds:eu-west-1:111122223333:db:main',
    'arn:aws:eks:eu-west-1:111122223333:cluster/main',
    'construct:table',
    'construct:bucket',
    'construct:l1',
    'construct:imported',
    'construct:scoped',
  ),
  tags: fc.dictionary(keys, values, { maxKeys: 3 }),
});

// Meaning -----------------------------------------------------------------------------------------------------------

const PATTERNS: Record<string, string> = {
  DynamoDB: 'arn:aws:dynamodb:*:*:table/*',
  S3: 'arn:aws:s3:::*',
  EFS: 'arn:aws:elasticfilesystem:*:*:file-system/*',
  RDS: 'arn:aws:rds:*:*:db:*',
  Aurora: 'arn:aws:rds:*:*:cluster:*',
  EBS: 'arn:aws:ec2:*:*:volume/*',
  EC2: 'arn:aws:ec2:*:*:instance/*',
  EKS: 'arn:aws:eks:*:*:cluster/*',
  Redshift: 'arn:aws:redshift:*:*:cluster:*',
};

/** Whether everything that a recipe says holds for a resource: what the documentation of the library promises. */
export function means(recipe: SelectionRecipe, candidate: Candidate): boolean {
  const { tags = [], anyTag = [] } = recipe;
  const named = among(candidate, recipe.constructs, recipe.arns, recipe.types);
  const excluded = among(candidate, recipe.exclude, recipe.excludeArns, recipe.excludeTypes);
  const holds = ({ operator, key, value }: TagRecipe) => fulfils(operator, candidate.tags[key], value);
  return (
    named !== false && (anyTag.length === 0 || anyTag.some(holds)) && tags.every(holds) && excluded !== true
  );
}

/** Whether a resource is one of those; undefined where none are said. */
function among(
  { arn }: Candidate,
  named: readonly ConstructName[] = [],
  patterns: readonly string[] = [],
  ofTypes: readonly string[] = [],
): boolean | undefined {
  const all = [
    ...named.map((name) => `construct:${name === 'scope' ? 'scoped' : name}`),
    ...patterns,
    ...ofTypes.map((type) => PATTERNS[type] ?? `no pattern of ${type}`),
  ];
  return all.length === 0 ? undefined : all.some((pattern) => matches(pattern, arn));
}

// Construction ------------------------------------------------------------------------------------------------------

/** What recipes name, and how its ARN stands in the template. */
export interface Resources {
  readonly get: (name: ConstructName) => IConstruct;
  readonly arns: () => Readonly<Record<string, string>>;
}

export function makeResources(stack: Stack): Resources {
  const key = { attributeName: 'id', keyType: 'HASH' };
  const table = (scope: Construct, id: string) => new CfnTable(scope, id, { keySchema: [key] });
  const makers: Record<ConstructName, () => IConstruct> = {
    table: () => new Table(stack, 'Table', { partitionKey: { name: 'id', type: 'S' as never } }),
    bucket: () => new Bucket(stack, 'Bucket'),
    l1: () => table(stack, 'L1'),
    imported: () =>
      Table.fromTableArn(stack, 'Imported', 'arn:aws:dynamodb:eu-west-1:111122223333:table/imported'),
    scope: () => table(new Construct(stack, 'Scope'), 'Table').node.scope as IConstruct,
    empty: () => new Construct(stack, 'Empty'),
    text: () => 'text' as unknown as IConstruct,
  };
  const made = new Map<ConstructName, IConstruct>();
  return {
    get: (name) => {
      const construct = made.get(name) ?? makers[name]();
      made.set(name, construct);
      return construct;
    },
    arns: () => {
      const arnOf: Partial<Record<ConstructName, (construct: IConstruct) => string>> = {
        table: (construct) => (construct as Table).tableArn,
        bucket: (construct) => (construct as Bucket).bucketArn,
        l1: (construct) => (construct as CfnTable).attrArn,
        imported: (construct) => (construct as Table).tableArn,
        scope: (construct) => (construct.node.findChild('Table') as CfnTable).attrArn,
      };
      const found = [...made].flatMap(([name, construct]) => {
        const arn = arnOf[name]?.(construct);
        return arn ? [[`construct:${name === 'scope' ? 'scoped' : name}`, literal(stack.resolve(arn))]] : [];
      });
      return Object.fromEntries(found);
    },
  };
}

export function makeSelectionOptions(
  recipe: SelectionRecipe,
  stack: Stack,
  resources: Resources,
): BackupSelectionOptions {
  const constructsOf = (names?: readonly ConstructName[]) => names?.map((name) => resources.get(name));
  const typesOf = (names?: readonly string[]) => names?.map((name) => ResourceType.of(name));
  return {
    selectionName: recipe.name,
    resources: constructsOf(recipe.constructs),
    arns: recipe.arns && [...recipe.arns],
    resourceTypes: typesOf(recipe.types),
    tags: recipe.tags?.map(makeTag),
    anyTag: recipe.anyTag?.map(makeTag),
    everything: recipe.everything,
    exclude: constructsOf(recipe.exclude),
    excludeArns: recipe.excludeArns && [...recipe.excludeArns],
    excludeTypes: typesOf(recipe.excludeTypes),
    role: makeRole(recipe.role, stack),
  };
}

function makeTag({ operator, key, value }: TagRecipe): TagCondition {
  const factory = `${operator[0].toLowerCase()}${operator.slice(1)}` as 'stringEquals';
  return TagCondition[factory](key, value);
}

function makeRole(kind: SelectionRecipe['role'], stack: Stack) {
  switch (kind) {
    case 'ours':
      return new BackupRole(stack, 'OurRole');
    case 'theirs':
      return new Role(stack, 'TheirRole', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    case 'linked':
      return Role.fromRoleName(stack, 'LinkedRole', 'AWSServiceRoleForBackup');
    case 'text':
      return 'role' as never;
    default:
      return undefined;
  }
}
