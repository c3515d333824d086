import { isKnown, show } from '../core/amounts';
import { enumerate } from '../core/enumeration';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { TAG_KEY_PREFIX, tagKeyProblems, tagValueProblems } from '../core/tag-condition';
import { CONTROL_FACTS, type ControlScopeKind } from './control-facts';

/** A scope in CloudFormation. */
export interface ControlScopeValues {
  readonly complianceResourceTypes?: readonly unknown[];
  readonly complianceResourceIds?: readonly unknown[];
  readonly tags?: readonly { readonly key?: unknown; readonly value?: unknown }[];
}

const BACKUP_PLAN = 'AWS::Backup::BackupPlan';
const BACKUP_VAULT = 'AWS::Backup::BackupVault';

const KIND_LABELS: Readonly<Record<ControlScopeKind, string>> = {
  everything: 'everything',
  resourceTypes: 'resource types',
  tag: 'one tag',
  resource: 'one resource',
  backupPlan: 'one backup plan',
  backupVault: 'one backup vault',
};

/** The kind of a scope. */
export function scopeKind(scope: ControlScopeValues | undefined): ControlScopeKind {
  const types = scope?.complianceResourceTypes ?? [];
  if ((scope?.complianceResourceIds ?? []).length > 0)
    return types[0] === BACKUP_PLAN ? 'backupPlan' : types[0] === BACKUP_VAULT ? 'backupVault' : 'resource';
  if ((scope?.tags ?? []).length > 0) return 'tag';
  return types.length > 0 ? 'resourceTypes' : 'everything';
}

/**
 * The law for the shape of a scope: resource types, or one tag, or one resource with its type. A tag restricts resource
 * types further.
 *
 * Source: AWS's error in a CloudFormation deployment of 2026-09-24, which refused two tags. Types with one tag are in
 * production use: NHSDigital/terraform-aws-backup 1.5.0 deploys five frameworks with them.
 */
export function scopeShapeProblems(scope: ControlScopeValues | undefined, property = 'scope'): Problem[] {
  const { complianceResourceTypes: types = [], complianceResourceIds: ids = [], tags = [] } = scope ?? {};
  const problems: Problem[] = tags.flatMap(({ key, value }) => [
    ...keyProblems(key),
    ...(value === undefined ? [] : tagValueProblems(value, 'value')),
  ]);
  for (const [name, texts] of [
    ['resource types as strings', types],
    ['a resource ID as a string', ids],
  ] as const)
    for (const text of texts)
      if (isKnown(text) && (typeof text !== 'string' || text === ''))
        problems.push(
          refusal(property, (label) => `${label(property)} must have ${name}, got ${show(text)}`),
        );
  if (tags.length > 1)
    problems.push(
      refusal(property, (label) => `${label(property)} can be at most one tag, got ${tags.length}`, SEVERAL),
    );
  if (ids.length > 1)
    problems.push(
      refusal(
        property,
        (label) => `${label(property)} can be at most one resource, got ${ids.length}`,
        SEVERAL,
      ),
    );
  if (ids.length === 1 && types.length !== 1)
    problems.push(
      refusal(
        property,
        (label) =>
          `${label(property)} must name one resource type with a resource, got ${types.length || 'none'}`,
      ),
    );
  if (tags.length > 0 && ids.length > 0)
    problems.push(
      doubt(
        property,
        (label) => `${label(property)} should be one tag or one resource, got both`,
        'choose one of them',
      ),
    );
  return problems;
}

/** The key has no prefix here, unlike in the conditions of selections. */
function keyProblems(key: unknown): Problem[] {
  if (!isKnown(key) || typeof key !== 'string' || !key.toLowerCase().startsWith(PREFIX))
    return tagKeyProblems(key);
  const bare = key.slice(PREFIX.length);
  return [
    problem({
      id: 'Backup-TagKey',
      property: 'key',
      message: (label) => `${label('key')} must be a bare tag key, got ${show(key)}`,
      fix: bare ? `use ${show(bare)}` : undefined,
    }),
  ];
}

const PREFIX = TAG_KEY_PREFIX.toLowerCase();
const SEVERAL = 'select by something that the resources share, or create several frameworks';

/**
 * The law for the scope of a control. An unknown control can have any. AWS documents which kinds each control takes, but
 * wasn't seen to refuse another kind.
 *
 * Source: Developer Guide "Controls and remediation", 2026-09.
 */
export function controlScopeProblems(
  name: unknown,
  scope: ControlScopeValues | undefined,
  property = 'scope',
): Problem[] {
  const problems = scopeShapeProblems(scope, property);
  if (problems.length > 0 || typeof name !== 'string' || !Object.hasOwn(CONTROL_FACTS, name)) return problems;
  const kind = scopeKind(scope);
  const { scopes } = CONTROL_FACTS[name];
  if (kind === 'everything' || scopes.includes(kind)) return problems;
  const allowed = ['everything' as const, ...scopes].map((each) => KIND_LABELS[each]);
  return [
    doubt(
      property,
      (label) =>
        `${label(property)} of \`${name}\` should be ${enumerate(allowed, 'or')}, got ${KIND_LABELS[kind]}`,
    ),
  ];
}

function refusal(property: string, message: Sentence, fix?: string): Problem {
  return problem({ id: 'Backup-ControlScope', property, message, fix });
}

function doubt(property: string, message: Sentence, fix?: string): Problem {
  return problem({ id: 'Backup-ControlScopeKind', property, message, fix });
}
