import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type {
  PropertyType,
  Resource,
  ResourceProperties,
  SpecDatabase,
  TypeDefinition,
} from '@aws-cdk/service-spec-types';

/** A synthesized template, or what `Template.toJSON()` gives. */
export interface CloudFormationTemplate {
  readonly Resources?: Record<string, unknown>;
  readonly Parameters?: Record<string, unknown>;
  readonly Conditions?: Record<string, unknown>;
}

/** Judges a value; `path` is only put together when there is something to say. */
type Checker = (value: unknown, path: Path, report: (path: Path, problem: string) => void) => void;
interface Path {
  readonly parent?: Path;
  readonly step: string;
}

/**
 * What the CloudFormation schema in `@aws-cdk/aws-service-spec` says against a template: missing and unknown
 * properties, wrong types, values outside an enumeration, at any depth and for every resource type; references to
 * nothing. Empty when all is well. Fast enough for ten thousands of templates: the checker of a type is compiled once.
 */
export function schemaProblems(template: CloudFormationTemplate): string[] {
  const problems: string[] = [];
  const report = (path: Path, problem: string) => problems.push(`${pathText(path)} ${problem}`);
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    const path: Path = { step: logicalId };
    checkResource(resource, path, report);
    checkReferences(resource, template, path, report);
  }
  return problems;
}

/** The resource as the installed schema knows it. */
export function schemaResource(type: string): Resource | undefined {
  return database().lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

/** It takes seconds to load: once for all test files of a process, which share it as they share what is installed. */
const DATABASE = Symbol.for('aws-service-spec');

export function database(): SpecDatabase {
  const shared = globalThis as { [DATABASE]?: SpecDatabase };
  shared[DATABASE] ??= loadAwsServiceSpecSync();
  return shared[DATABASE];
}

function pathText(path: Path): string {
  return path.parent ? `${pathText(path.parent)}${path.step}` : path.step;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Resources ---------------------------------------------------------------------------------------------------------

const RESOURCE_ATTRIBUTES = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Metadata',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
]);
const REMOVAL_POLICIES = ['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'];

const resourceCheckers = new Map<string, Checker | undefined>();

const checkResource: Checker = (resource, path, report) => {
  if (!isObject(resource) || typeof resource.Type !== 'string') return report(path, 'must have a `Type`');
  const type = resource.Type;
  for (const attribute of Object.keys(resource)) {
    if (!RESOURCE_ATTRIBUTES.has(attribute)) report(path, `has an unknown attribute \`${attribute}\``);
  }
  for (const attribute of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const policy = resource[attribute];
    if (policy !== undefined && !REMOVAL_POLICIES.includes(policy as string))
      report(
        { parent: path, step: `.${attribute}` },
        expected(`one of ${REMOVAL_POLICIES.join(', ')}`, policy),
      );
  }
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return;

  if (!resourceCheckers.has(type)) {
    const schema = schemaResource(type);
    resourceCheckers.set(type, schema && structChecker(schema.properties));
  }
  const checker = resourceCheckers.get(type);
  if (!checker) return report(path, `has type ${type}, which the installed schema doesn't know`);
  checker(resource.Properties ?? {}, { parent: path, step: '.Properties' }, report);
};

// Properties --------------------------------------------------------------------------------------------------------

const INTRINSICS = new Set(
  'Base64 Cidr FindInMap GetAtt GetAZs GetStackOutput ImportValue Join Length Select Split Sub ToJsonString Transform'
    .split(' ')
    .map((name) => `Fn::${name}`),
);

/** Looks through intrinsic functions: what they will give is unknown, except for the branches of `Fn::If`. */
function withIntrinsics(checker: Checker): Checker {
  return (value, path, report) => {
    if (!isObject(value)) return checker(value, path, report);
    const keys = Object.keys(value);
    const key = keys[0];
    if (keys.length !== 1 || !(key === 'Ref' || key.startsWith('Fn::'))) return checker(value, path, report);
    if (key === 'Ref' || INTRINSICS.has(key)) return;
    const branches = value['Fn::If'];
    if (key !== 'Fn::If') return report(path, `uses an unknown function \`${key}\``);
    if (!Array.isArray(branches) || branches.length !== 3)
      return report(path, 'must give `Fn::If` a condition and two values');
    for (const branch of [1, 2]) {
      if (isNoValue(branches[branch])) continue;
      withIntrinsics(checker)(branches[branch], { parent: path, step: `.Fn::If[${branch}]` }, report);
    }
  };
}

const isNoValue = (value: unknown) => isObject(value) && value.Ref === 'AWS::NoValue';

function structChecker(properties: ResourceProperties): Checker {
  const checkers = new Map<string, Checker>();
  const required = Object.keys(properties).filter((name) => properties[name].required);
  return (value, path, report) => {
    if (!isObject(value)) return report(path, expected('an object', value));
    for (const name of required) {
      if (value[name] === undefined || isNoValue(value[name]))
        report({ parent: path, step: `.${name}` }, 'is required');
    }
    for (const name of Object.keys(value)) {
      const inner: Path = { parent: path, step: `.${name}` };
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!property) {
        report(inner, "isn't a property that the schema knows");
        continue;
      }
      if (value[name] === undefined) continue;
      let checker = checkers.get(name);
      if (!checker) {
        checker = anyOf([property.type, ...(property.previousTypes ?? [])]);
        checkers.set(name, checker);
      }
      checker(value[name], inner, report);
    }
  };
}

/** Passes what one of the types accepts; otherwise says what the first of them, the current one, finds. */
function anyOf(types: PropertyType[]): Checker {
  const checkers = types.map((type) => withIntrinsics(typeChecker(type)));
  if (checkers.length === 1) return checkers[0];
  return (value, path, report) => {
    const accepted = checkers.some((checker) => {
      let fine = true;
      checker(value, path, () => {
        fine = false;
      });
      return fine;
    });
    if (!accepted) checkers[0](value, path, report);
  };
}

const definitionCheckers = new Map<string, Checker>();

function typeChecker(type: PropertyType): Checker {
  switch (type.type) {
    case 'string':
      return scalar('a string', (value) => typeof value === 'string', type.allowedValues);
    case 'date-time':
      return scalar('a string', (value) => typeof value === 'string');
    case 'number':
      return scalar('a number', (value) => Number.isFinite(value));
    case 'integer':
      return scalar('a whole number', (value) => Number.isInteger(value), type.allowedValues);
    case 'boolean':
      return scalar('a boolean', (value) => typeof value === 'boolean');
    case 'null':
      return scalar('null', (value) => value === null);
    case 'json':
      return scalar('an object', (value) => typeof value === 'object' || typeof value === 'string');
    case 'tag':
      return structChecker({
        Key: { type: { type: 'string' }, required: true },
        Value: { type: { type: 'string' }, required: true },
      });
    case 'array': {
      const element = anyOf([type.element]);
      return (value, path, report) => {
        if (!Array.isArray(value)) return report(path, expected('an array', value));
        for (let i = 0; i < value.length; i++) element(value[i], { parent: path, step: `[${i}]` }, report);
      };
    }
    case 'map': {
      const element = anyOf([type.element]);
      return (value, path, report) => {
        if (!isObject(value)) return report(path, expected('an object', value));
        for (const key of Object.keys(value)) element(value[key], { parent: path, step: `.${key}` }, report);
      };
    }
    case 'union':
      return anyOf(type.types);
    case 'ref': {
      const id = type.reference.$ref;
      return (value, path, report) => {
        let checker = definitionCheckers.get(id);
        if (!checker) {
          const definition: TypeDefinition = database().get('typeDefinition', type.reference);
          checker = structChecker(definition.properties);
          definitionCheckers.set(id, checker);
        }
        checker(value, path, report);
      };
    }
  }
}

function scalar(
  what: string,
  accepts: (value: unknown) => boolean,
  allowed?: readonly (string | number)[],
): Checker {
  const allowedValues = allowed && new Set<unknown>(allowed);
  return (value, path, report) => {
    if (!accepts(value)) report(path, expected(what, value));
    else if (allowedValues && !allowedValues.has(value))
      report(path, expected(`one of ${allowed.join(', ')}`, value));
  };
}

function expected(what: string, value: unknown): string {
  const got = typeof value === 'number' ? String(value) : JSON.stringify(value); // JSON has no NaN
  return `must be ${what}, got ${got ?? String(value)}`;
}

// References --------------------------------------------------------------------------------------------------------

function checkReferences(
  resource: unknown,
  template: CloudFormationTemplate,
  path: Path,
  report: (path: Path, problem: string) => void,
): void {
  const resources = template.Resources ?? {};
  const isResource = (id: unknown) => typeof id === 'string' && Object.hasOwn(resources, id);
  const isParameter = (id: unknown) => typeof id === 'string' && Object.hasOwn(template.Parameters ?? {}, id);

  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) return value.forEach(visit);
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && typeof inner === 'string' && !inner.startsWith('AWS::')) {
        if (!isResource(inner) && !isParameter(inner))
          report(path, `refers to \`${inner}\`, which isn't there`);
      } else if (key === 'Fn::GetAtt') {
        const id = Array.isArray(inner) ? inner[0] : String(inner).split('.')[0];
        if (!isResource(id)) report(path, `refers to \`${id}\`, which isn't there`);
      } else {
        visit(inner);
      }
    }
  };
  if (!isObject(resource)) return;
  visit(resource.Properties);
  const dependencies = [resource.DependsOn ?? []].flat();
  for (const id of dependencies) if (!isResource(id)) report(path, `depends on \`${id}\`, which isn't there`);
}
