import { textsOrTokens } from '../../inventory/as-token';
import type { Statement } from '../../inventory/core/iam-policy';
import { at } from '../../inventory/core/item';
import {
  accountOf,
  appliesToEveryone,
  covers,
  coversAllResources,
  isEffect,
  mayCover,
} from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { quote, vaultLabel } from '../../inventory/labels';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields, matches } from '../../template/evaluation/match';
import { beginningOf } from '../../template/evaluation/text';
import { isUnknown, known, type Text } from '../../template/evaluation/unknown';
import { enumerate } from '../../values/core/enumeration';
import { denialWithoutExemptionProblem, vaultStatementProblems } from '../../values/vault/vault-policy-laws';
import { type Detection, detectionsFrom } from '../core/detection';

/** The actions that the AWS Config rule requires to be denied. */
const DENIED = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];
const [DELETE, , CHANGE_POLICY] = DENIED;
/** Removes the whole policy, the denial included. */
const UNDO = 'backup:DeleteBackupVaultAccessPolicy';

/** The access policies of vaults. */
export function* findVaultPolicyProblems(inventory: Inventory): Iterable<Detection> {
  const roles = new Set(inventory.selections.flatMap(({ role }) => role?.to ?? []));
  for (const vault of inventory.vaults) {
    const { accessPolicy } = vault;
    if (!accessPolicy) continue;
    for (const [index, statement] of accessPolicy.statements.items.entries())
      yield* ofStatement(vault, statement, `${accessPolicy.pathInTemplate}/Statement/${index}`, roles);
    yield* ofDenials(vault);
  }
}

/** What a policy document calls the properties of a statement. */
const STATEMENT: Readonly<Record<string, string>> = {
  actions: 'Action',
  notActions: 'NotAction',
  principals: 'Principal',
  notPrincipals: 'NotPrincipal',
};

function* ofStatement(
  vault: VaultItem,
  statement: Statement,
  path: string,
  roles: ReadonlySet<string>,
): Iterable<Detection> {
  const of = () => `the access policy of ${vaultLabel(vault)}`;
  const { actions, notActions, principals, notPrincipals, conditions } = statement;
  const { account } = vault.place;
  const others = (principals?.items ?? [])
    .map(({ kind, who }) => (kind === 'AWS' ? accountOf(who.text) : undefined))
    .filter((other): other is string => account !== undefined && other !== undefined && other !== account);
  const isUnconditional = conditions.items.length === 0 && !conditions.rest;
  const problems = vaultStatementProblems({
    isAllow: isEffect(statement, 'Allow') === true,
    actions: textsOrTokens(actions?.items ?? []),
    notActions: textsOrTokens(notActions?.items ?? []),
    hasPrincipal: principals !== undefined || notPrincipals !== undefined,
    otherAccounts: [...new Set(others)],
    isPublic: appliesToEveryone(statement) && isUnconditional,
    isPublicExcept: !principals && notPrincipals !== undefined && isUnconditional,
  }).map((one) => one.as({ names: (property) => STATEMENT[property] }));
  for (const problem of problems) {
    const { property } = problem;
    const isSet = property !== 'Principal' || principals !== undefined;
    yield* detectionsFrom(
      at(vault.place, isSet ? `${path}/${property}` : path),
      [problem.with({ fix: undefined })],
      of,
    );
  }
  yield* ofResources(vault, statement, path, of);
  if (isEffect(statement, 'Deny') !== true || !covers(statement, DELETE)) return;
  const denied = principals?.items.find(({ who }) => who.to !== undefined && roles.has(who.to));
  if (denied)
    yield {
      id: 'Backup-RoleDenied',
      place: at(vault.place, `${path}/Principal`),
      message: `\`Principal\` of ${of()} is a role that creates backups, which is denied \`${DELETE}\``,
    };
}

/** A statement that certainly doesn't match the vault or its recovery points. */
function* ofResources(
  vault: VaultItem,
  { resources, notResources }: Statement,
  path: string,
  of: () => string,
): Iterable<Detection> {
  const all = resources ? undefined : notResources?.items.find(isEveryResource);
  if (all !== undefined)
    yield {
      id: 'Backup-VaultPolicyResource',
      place: at(vault.place, `${path}/NotResource`),
      message: `\`NotResource\` of ${of()} should leave the vault itself, got ${quote(all)}, so the statement never applies`,
    };
  if (!resources || resources.rest || resources.items.length === 0) return;
  if (resources.items.some((resource) => mayMatch(resource, vault))) return;
  yield {
    id: 'Backup-VaultPolicyResource',
    place: at(vault.place, `${path}/Resource`),
    message: `\`Resource\` of ${of()} should match the vault itself, got ${enumerate(resources.items.map(quote), 'and')}, so the statement never applies`,
  };
}

/** Whether a pattern matches every ARN. */
function isEveryResource(resource: Text): boolean {
  return !isUnknown(resource) && /^(arn:)?\*+$/.test(resource);
}

/** Whether the resource of a statement may be the vault, or one of its recovery points, which have ARNs of many services. */
function mayMatch(resource: Text, vault: VaultItem): boolean {
  const fields = arnFields(resource);
  const own = arnFields(vault.arn)?.resource;
  const isOther = fields && own !== undefined && matches(fields.resource, own) === false;
  if (!isOther && matches(resource, vault.arn) !== false) return true;
  if (!fields) return beginningOf(resource) === '' || beginningOf(resource).startsWith('*');
  return known(fields.service) !== 'backup' || !/^backup-vault[:/]/.test(beginningOf(fields.resource));
}

/** Denials of deletion that are incomplete, or that also lock out the administrators of the vault. */
function* ofDenials(vault: VaultItem): Iterable<Detection> {
  const { accessPolicy, place } = vault;
  const statements = accessPolicy?.statements;
  if (!accessPolicy || !statements || statements.rest) return;
  const denials = statements.items.flatMap((statement, index) =>
    isEffect(statement, 'Deny') === true ? [{ statement, index }] : [],
  );
  const here = (index: number) => at(place, `${accessPolicy.pathInTemplate}/Statement/${index}`);
  const first = denials.find(({ statement }) => covers(statement, DELETE) && appliesToMany(statement));
  const complete = denials.some(({ statement }) => isComplete(statement));
  const open = statements.items.some(
    (statement) => isEffect(statement, 'Deny') !== false && isOpen(statement),
  );
  if (first && !complete && !open)
    yield {
      id: 'Backup-DeletionDenialIncomplete',
      place: here(first.index),
      message: `the access policy of ${vaultLabel(vault)} denies \`${DELETE}\`, but ${missingFrom(first.statement)}`,
    };
  if (first && complete && !open && !denials.some(({ statement }) => deniesToEveryone(statement, UNDO)))
    yield {
      id: 'Backup-DeletionDenialUndone',
      place: here(first.index),
      message: `the access policy of ${vaultLabel(vault)} denies \`${DELETE}\`, but not \`${UNDO}\`, which removes the denial`,
    };
  const lockout = denials.find(
    ({ statement }) =>
      covers(statement, CHANGE_POLICY) &&
      appliesToEveryone(statement) &&
      statement.conditions.items.length === 0 &&
      !statement.conditions.rest,
  );
  if (lockout) {
    const problem = denialWithoutExemptionProblem('AccessPolicy');
    yield* detectionsFrom(here(lockout.index), [problem.with({ fix: undefined })], () => vaultLabel(vault));
  }
}

/** Whether a statement isn't only about some roles. */
function appliesToMany(statement: Statement): boolean {
  return appliesToEveryone(statement) || statement.principals === undefined;
}

function isComplete(statement: Statement): boolean {
  return (
    missingDenials(statement).length === 0 && appliesToEveryone(statement) && coversAllResources(statement)
  );
}

function deniesToEveryone(statement: Statement, action: string): boolean {
  return mayCover(statement, action) && appliesToEveryone(statement) && coversAllResources(statement);
}

function missingDenials(statement: Statement): string[] {
  return DENIED.filter((action) => !mayCover(statement, action));
}

function isOpen({ actions, principals, resources, effect }: Statement): boolean {
  return (
    isUnknown(effect) ||
    [actions, principals, resources].some(
      (list) => list?.rest !== undefined || list?.items.some(isUnknownEntry),
    )
  );
}

function isUnknownEntry(one: unknown): boolean {
  return isUnknown(one) || isUnknown((one as { who?: { text?: unknown } })?.who?.text);
}

function missingFrom(statement: Statement): string {
  const actions = missingDenials(statement);
  if (actions.length > 0) return `not ${actions.map((action) => `\`${action}\``).join(' and ')}`;
  return appliesToEveryone(statement) ? 'not for the resource `*`' : 'not for the principal `*`';
}
