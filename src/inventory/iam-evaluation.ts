import { iamMatches } from '../template/evaluation/glob';
import { type Items, isUnknown, type Text } from '../template/evaluation/unknown';
import type { PolicyDocument, Principal, Statement } from './core/iam-policy';
import type { RoleItem } from './role/roles';

/** The caller of an action. */
export interface Caller {
  /** Twelve digits; undefined if it isn't known. */
  readonly account?: string;
  /** A role in that account; undefined: any principal in it. */
  readonly role?: RoleItem;
  /** An AWS service, such as `backup.amazonaws.com`. It has no account. */
  readonly service?: string;
}

/**
 * Whether a policy may allow an action. False only if it certainly doesn't: what isn't known counts as allowing it, and so
 * do all conditions except those on the account of the caller. Only denials without exception count.
 */
export function mayAllow({ statements }: PolicyDocument, action: string, who: Caller): boolean {
  if (statements.items.some((statement) => deniesEveryone(statement, action))) return false;
  if (statements.rest) return true;
  return statements.items.some(
    (statement) =>
      isEffect(statement, 'Allow') !== false &&
      mayCover(statement, action) &&
      mayApplyTo(statement, who) &&
      mayHold(statement, who),
  );
}

function deniesEveryone(statement: Statement, action: string): boolean {
  return (
    isEffect(statement, 'Deny') === true &&
    covers(statement, action) &&
    appliesToEveryone(statement) &&
    coversAllResources(statement) &&
    statement.conditions.items.length === 0 &&
    !statement.conditions.rest
  );
}

/** The condition keys with the account of the caller, in lower case. */
const CALLER_ACCOUNT: ReadonlySet<string> = new Set(['aws:principalaccount', 'kms:calleraccount']);

/** Whether the conditions on the account of the caller may match. */
function mayHold({ conditions }: Statement, { account }: Caller): boolean {
  if (account === undefined) return true;
  return conditions.items.every(
    ({ operator, key, values }) =>
      !CALLER_ACCOUNT.has(key.toLowerCase()) ||
      !/^String(Equals|EqualsIgnoreCase|Like)(IfExists)?$/i.test(operator) ||
      values.rest !== undefined ||
      values.items.some((value) => isUnknown(value) || iamMatches(value, account)),
  );
}

/** Whether a statement has an effect, in any case, as IAM reads it; undefined if that isn't known. */
export function isEffect({ effect }: Statement, wanted: 'Allow' | 'Deny'): boolean | undefined {
  return isUnknown(effect) ? undefined : effect?.toLowerCase() === wanted.toLowerCase();
}

/** Whether a statement may cover an action: `NotAction` covers all others. */
export function mayCover({ actions, notActions }: Statement, action: string): boolean {
  if (!actions) return notActions !== undefined && !includes(notActions, action);
  return (
    actions.rest !== undefined || actions.items.some((one) => isUnknown(one) || matchesAction(one, action))
  );
}

/** Whether a statement certainly covers an action, by name, by a pattern, or because `NotAction` doesn't list it. */
export function covers({ actions, notActions }: Statement, action: string): boolean {
  if (actions) return includes(actions, action);
  if (!notActions || notActions.rest) return false;
  return notActions.items.every((one) => !isUnknown(one) && !matchesAction(one, action));
}

/** Whether an action is certainly in a list. */
function includes({ items }: Items<Text>, action: string): boolean {
  return items.some((one) => !isUnknown(one) && matchesAction(one, action));
}

/** Whether a statement certainly applies to every principal. */
export function appliesToEveryone({ principals }: Statement): boolean {
  return principals?.items.some(isEverybody) ?? false;
}

/** Whether a statement certainly covers all resources. */
export function coversAllResources({ resources }: Statement): boolean {
  return resources?.items.includes('*') ?? false;
}

function matchesAction(pattern: string, action: string): boolean {
  return iamMatches(pattern.toLowerCase(), action.toLowerCase());
}

function isEverybody({ kind, who }: Principal): boolean {
  return (kind === '*' || kind === 'AWS') && who.text === '*';
}

function mayApplyTo({ principals, notPrincipals }: Statement, who: Caller): boolean {
  if (!principals) return notPrincipals !== undefined && !isAmong(notPrincipals, who);
  return principals.rest !== undefined || mayBeAmong(principals, who);
}

/** Whether the caller is certainly one of the principals. */
function isAmong({ items }: Items<Principal>, { account, role, service }: Caller): boolean {
  return items.some((principal) => {
    if (isEverybody(principal)) return true;
    const { kind, who } = principal;
    if (service !== undefined) return kind === 'Service' && who.text === service;
    if (kind !== 'AWS') return false;
    if (role) return who.to === role.id || (!isUnknown(who.text) && who.text === role.arn);
    return account !== undefined && isAccount(who.text, account);
  });
}

function isAccount(text: Text, account: string): boolean {
  return !isUnknown(text) && (text === account || text.endsWith(`:iam::${account}:root`));
}

function mayBeAmong({ items }: Items<Principal>, who: Caller): boolean {
  return items.some((principal) => {
    if (isEverybody(principal)) return true;
    const { text, to } = principal.who;
    if (principal.kind === '*') return isUnknown(text);
    if (who.service !== undefined)
      return principal.kind === 'Service' && (isUnknown(text) || text === who.service);
    if (principal.kind !== 'AWS') return false;
    if (to !== undefined && who.role) return to === who.role.id;
    return mayBeIn(text, who);
  });
}

function mayBeIn(text: Text, { account, role }: Caller): boolean {
  const named = accountOf(text);
  if (isUnknown(text) && named === undefined) return true;
  if (account !== undefined && named !== undefined && named !== account) return false;
  // another role in the account
  return !role || isUnknown(text) || !/:role\//.test(text) || isUnknown(role.arn) || text === role.arn;
}

/** The account of a principal, or the principal itself; undefined if it isn't known. */
export function accountOf(text: Text): string | undefined {
  if (!isUnknown(text)) return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(text)?.[1];
  const [, , , , ...rest] = (text.parts ?? [])
    .map((part) => (typeof part === 'string' ? part : '\0'))
    .join('')
    .split(':');
  return /^\d{12}$/.test(rest[0] ?? '') ? rest[0] : undefined;
}
