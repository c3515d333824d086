import { show } from '../core/amounts';
import { closestName } from '../core/closest-name';
import { enumerate } from '../core/enumeration';
import { nearestOf } from '../core/nearest';
import { type Problem, problem } from '../core/problem';
import type { ValueSchema } from './schema';
import { SCHEMA_SOURCE } from './schema-table';

/** Names that other tools use, and what CloudFormation calls the same thing. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  coldStorageAfter: ['MoveToColdStorageAfterDays'],
  deleteAfter: ['DeleteAfterDays'],
  PlanName: ['BackupPlanName', 'RestoreTestingPlanName', 'ReportPlanName'],
  Schedule: ['ScheduleExpression'],
  Timezone: ['ScheduleExpressionTimezone'],
  RoleArn: ['IamRoleArn'],
  KmsKeyId: ['EncryptionKeyArn'],
  KmsKeyArn: ['EncryptionKeyArn'],
  Policy: ['AccessPolicy', 'Content'],
  PolicyDocument: ['AccessPolicy', 'Content'],
};

/** A property that CloudFormation doesn't know, with the one that was probably meant. */
export interface UnknownProperty {
  readonly problem: Problem;
  readonly meant?: string;
}

/** What an unknown property is compared with. */
export interface PropertiesAround {
  /** The properties that are not set. */
  readonly free: readonly string[];
  /** Those of them that are required. */
  readonly missing: readonly string[];
  /** The properties that are set. */
  readonly set: readonly string[];
  /** The properties of the object under a property that is not set, by its name. */
  readonly inside: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The law for the name of a property.
 *
 * @param owner what has the property, as messages call it
 */
export function unknownProperty(
  name: string,
  owner: string,
  { free, missing, set, inside }: PropertiesAround,
): UnknownProperty {
  const unknown = (fix: string, meant?: string): UnknownProperty => ({
    meant,
    problem: problem({
      id: 'Backup-UnknownProperty',
      property: name,
      message: `\`${name}\` is not a property of ${owner}`,
      fix,
    }),
  });
  const parent = [...inside].find(([, names]) => names.has(name))?.[0];
  if (parent !== undefined) return unknown(`move it into \`${parent}\``, parent);
  const same = set.find((each) => isSameName(each, name));
  if (same !== undefined) return unknown(`remove it, since \`${same}\` is set`);
  const meant = meantBy(name, missing) ?? meantBy(name, free);
  return unknown(
    meant === undefined
      ? `remove it, or acknowledge this error if AWS has added the property since ${SCHEMA_SOURCE.asOf}`
      : `write \`${meant}\``,
    meant,
  );
}

/** Properties that samples of AWS have, although CloudFormation's schema doesn't. */
const DISPUTED: ReadonlySet<string> = new Set(['AWS::Backup::RestoreTestingPlan ScheduleStatus']);

/** The law for a property on which AWS contradicts itself; undefined for all others. */
export function disputedProperty(name: string, owner: string): Problem | undefined {
  if (!DISPUTED.has(`${owner} ${name}`)) return undefined;
  return problem({
    id: 'Backup-PropertyDisputed',
    property: name,
    message: `\`${name}\` is not in the schema of ${owner} (${SCHEMA_SOURCE.asOf}), although samples of AWS set it`,
    fix: 'remove it: a restore testing plan without it is active',
  });
}

/** The law for a resource type of AWS Backup that CloudFormation doesn't have. */
export function unknownType(type: string, types: readonly string[]): Problem {
  const meant = closestName(type, types) ?? nearestOf(type, types, MOST_EDITS);
  return problem({
    id: 'Backup-UnknownType',
    property: 'Type',
    message: `${show(type)} is not a resource type of CloudFormation`,
    fix: `${meant === undefined ? 'correct it' : `write \`${meant}\``}, or acknowledge this error if AWS has added the type since ${SCHEMA_SOURCE.asOf}`,
  });
}

/** `AWS::Backup::Plan` is seven letters away from `AWS::Backup::BackupPlan`. */
const MOST_EDITS = 8;

function meantBy(name: string, candidates: readonly string[]): string | undefined {
  const key = Object.keys(SYNONYMS).find((synonym) => isSameName(synonym, name));
  const synonym = key && SYNONYMS[key].find((each) => candidates.includes(each));
  return synonym ?? closestName(name, candidates);
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The law for a property that CloudFormation requires. */
export function missingProperty(name: string, owner: string): Problem {
  return problem({
    id: 'Backup-MissingProperty',
    property: name,
    message: `\`${name}\` of ${owner} is required, but it is missing`,
    fix: `set \`${name}\``,
  });
}

/** The law for a property that CloudFormation requires, and that one branch of a condition leaves out. */
export function possiblyMissingProperty(
  name: string,
  owner: string,
  condition: string,
  holds: boolean,
): Problem {
  return problem({
    id: 'Backup-PropertyPossiblyMissing',
    property: name,
    message: `\`${name}\` of ${owner} is required, but it is missing if the condition \`${condition}\` is ${holds}`,
    fix: `set \`${name}\` in both cases`,
  });
}

/** The law for the type of a property. */
export function wrongType(
  name: string,
  owner: string,
  schema: ValueSchema,
  value: unknown,
  got = describedValue(value),
): Problem {
  return problem({
    id: 'Backup-PropertyType',
    property: name,
    message: `\`${name}\` of ${owner} must be ${described(schema)}, got ${got}`,
    fix: typeFix(name, schema, value),
  });
}

/** The law for a property that has one of some values. */
export function wrongValue(name: string, owner: string, values: readonly string[], value: unknown): Problem {
  const meant = closestName(String(value), values);
  return problem({
    id: 'Backup-PropertyValue',
    property: name,
    message: `\`${name}\` of ${owner} must be ${enumerate(
      values.map((each) => `\`${each}\``),
      'or',
    )}, got ${show(value)}`,
    fix: meant === undefined ? undefined : `write \`${meant}\``,
  });
}

/** What a text must match, and how messages say it. */
interface TextPattern {
  readonly pattern: RegExp;
  readonly what: string;
}

const upTo = (max: number, min = 0): TextPattern => ({
  pattern: new RegExp(`^[\\s\\S]{${min},${max}}$`),
  what: `text of ${min === 0 ? 'at most' : `${min} to`} ${max} characters`,
});

/**
 * The patterns of CloudFormation's schemas that no law of names or ARNs covers; aws-service-spec leaves patterns out.
 * Source: CloudFormation schemas as in cfn-lint 1.51, 2026-06-15.
 */
const PATTERNS: Readonly<Record<string, TextPattern>> = {
  'AWS::Backup::Framework FrameworkDescription': upTo(1024),
  'AWS::Backup::ReportPlan ReportPlanDescription': upTo(1024),
  'AWS::BackupGateway::Hypervisor KmsKeyArn': {
    pattern: /^(arn:aws[a-z-]*:kms:[a-zA-Z0-9-]+:\d+:(key|alias)\/\S+|alias\/\S+)$/,
    what: 'the ARN of a key or an alias',
  },
  'AWS::Organizations::Policy Description': upTo(512),
  'AWS::Organizations::Policy Name': upTo(128, 1),
  'AWS::Organizations::Policy TargetIds': {
    pattern: /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
    what: 'the ID of a root (`r-…`), of an organizational unit (`ou-…`) or of an account',
  },
};

/** The law for a text with a pattern; undefined if it matches, or has no pattern. */
export function patternProblem(type: string, name: string, value: string): Problem | undefined {
  const key = `${type} ${name}`;
  const wanted = Object.hasOwn(PATTERNS, key) ? PATTERNS[key] : undefined;
  if (!wanted || wanted.pattern.test(value)) return undefined;
  const got = value.length > 128 ? `${value.length} characters` : show(value);
  return problem({
    id: 'Backup-PropertyValue',
    property: name,
    message: `\`${name}\` of ${type} must be ${wanted.what}, got ${got}`,
    fix: 'correct the value',
  });
}

/** Whether a value has the type that a schema wants, at its top level. CloudFormation converts texts and numbers. */
export function isValue(value: unknown, schema: ValueSchema): boolean {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  switch (schema.kind) {
    case 'string':
      return isScalar;
    case 'number':
    case 'integer':
      return (
        typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value))
      );
    case 'boolean':
      return typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/i.test(value));
    case 'json':
      return typeof value === 'object' && value !== null;
    case 'values':
      return isScalar && schema.values.includes(String(value));
    case 'list':
      return Array.isArray(value);
    case 'map':
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      // a document as an object or as text, never a number
      return schema.types.some((type) =>
        type.kind === 'string' ? typeof value === 'string' : isValue(value, type),
      );
  }
}

function described(schema: ValueSchema): string {
  switch (schema.kind) {
    case 'string':
    case 'values':
      return 'text';
    case 'number':
      return 'a number';
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return '`true` or `false`';
    case 'json':
      return 'an object';
    case 'list':
      return 'a list';
    case 'map':
    case 'object':
      return 'an object';
    default:
      return enumerate([...new Set(schema.types.map(described))], 'or');
  }
}

function describedValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : show(value);
}

function typeFix(name: string, schema: ValueSchema, value: unknown): string | undefined {
  if (schema.kind === 'list') return `write a list, even of one entry: \`${name}: [...]\``;
  if (schema.kind === 'map' && Array.isArray(value))
    return 'write each key with its value: `{ "key": "value" }`';
  return undefined;
}
