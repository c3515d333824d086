import { globMatches } from '../template/evaluation/glob';
import { type Items, isUnknown, type Text } from '../template/evaluation/unknown';
import type { PolicyDocument, Principal, Statement } from './core/iam-policy';
import type { RoleItem } from './role/roles';

/** Who asks a policy for something. */
export interface Asker {
  /** Twelve digits; undefined where it isn't known. */
  readonly account?: string;
  /** A role of that account; undefined: anybody there. */
  readonly role?: RoleItem;
  /** An AWS service, such as `backup.amazonaws.com`; no account then. */
  readonly service?: string;
}

/**
 * Whether a policy may allow an action. No only where that is certain: what isn't known, and every condition but those on
 * the account of the caller, is taken to be in favour. Of denials only those count that spare nobody.
 */
export function mayAllow({ statements }: PolicyDocument, action: string, who: Asker): boolean {
  if (statements.items.some((statement) => deniesEverybody(statement, action))) return false;
  if (statements.rest) return true;
  return statements.items.some(
    (statement) =>
      isEffect(statement, 'Allow') !== false &&
      mayCover(statement, action) &&
      maySpeakOf(statement, who) &&
      mayHold(statement, who),
  );
}

function deniesEverybody(statement: Statement, action: string): boolean {
  return (
    isEffect(statement, 'Deny') === true &&
    covers(statement, action) &&
    speaksOfEverybody(statement) &&
    isAboutEverything(statement) &&
    statement.conditions.items.length === 0 &&
    !statement.conditions.rest
  );
}

/** Where the account of the caller stands, in lower case. */
const CALLER_ACCOUNT: ReadonlySet<string> = new Set(['aws:principalaccount', 'kms:calleraccount']);

/** Whether the conditions on the account of the caller may hold. */
function mayHold({ conditions }: Statement, { account }: Asker): boolean {
  if (account === undefined) return true;
  return conditions.items.every(
    ({ operator, key, values }) =>
      !CALLER_ACCOUNT.has(key.toLowerCase()) ||
      !/^String(Equals|EqualsIgnoreCase|Like)(IfExists)?$/i.test(operator) ||
      values.rest !== undefined ||
      values.items.some((value) => isUnknown(value) || globMatches(value, account)),
  );
}

/** Whether a statement has an effect; undefined where that isn't known. */
export function isEffect({ effect }: Statement, wanted: 'Allow' | 'Deny'): boolean | undefined {
  return isUnknown(effect) ? undefined : effect === wanted;
}

/** Whether a statement may be about an action. */
export function mayCover({ actions, notActions }: Statement, action: string): boolean {
  if (!actions) return notActions !== undefined;
  return (
    actions.rest !== undefined || actions.items.some((one) => isUnknown(one) || matchesAction(one, action))
  );
}

/** Whether a statement certainly names an action, by a pattern too. */
export function covers({ actions }: Statement, action: string): boolean {
  return actions?.items.some((one) => !isUnknown(one) && matchesAction(one, action)) ?? false;
}

/** Whether a statement is certainly about everybody. */
export function speaksOfEverybody({ principals }: Statement): boolean {
  return principals?.items.some(isEverybody) ?? false;
}

/** Whether a statement is certainly about all resources. */
export function isAboutEverything({ resources }: Statement): boolean {
  return resources?.items.includes('*') ?? false;
}

function matchesAction(pattern: string, action: string): boolean {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}

function isEverybody({ kind, who }: Principal): boolean {
  return (kind === '*' || kind === 'AWS') && who.text === '*';
}

function maySpeakOf({ principals, notPrincipals }: Statement, who: Asker): boolean {
  if (!principals) return notPrincipals !== undefined;
  return principals.rest !== undefined || mayBeAmong(principals, who);
}

function mayBeAmong({ items }: Items<Principal>, who: Asker): boolean {
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

function mayBeIn(text: Text, { account, role }: Asker): boolean {
  const named = accountOf(text);
  if (isUnknown(text) && named === undefined) return true;
  if (account !== undefined && named !== undefined && named !== account) return false;
  // a role of the account, but another one
  return !role || isUnknown(text) || !/:role\//.test(text) || isUnknown(role.arn) || text === role.arn;
}

/** The account that a principal is in, or is; undefined where it isn't known. */
export function accountOf(text: Text): string | undefined {
  if (!isUnknown(text)) return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(text)?.[1];
  const [, , , , ...rest] = (text.parts ?? [])
    .map((part) => (typeof part === 'string' ? part : '\0'))
    .join('')
    .split(':');
  return /^\d{12}$/.test(rest[0] ?? '') ? rest[0] : undefined;
}
