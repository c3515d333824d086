import { canonical } from '../core/canonical';
import { isMap, type Properties } from '../core/properties';

/** An access policy as JSON, or null. */
export type PolicyText = string | null;

type Statement = Properties;

/** Actions without which nobody can change the access policy any more. */
const CHANGE = ['backup:PutBackupVaultAccessPolicy', 'backup:DeleteBackupVaultAccessPolicy'];

/** One policy with the statements of all, in the form of the last: allows what any allows, denies what any denies. */
export function unitePolicies(policies: readonly string[]): string {
  const last = policies[policies.length - 1];
  return policies.reduceRight((united, policy) => withStatements(united, statementsOf(policy)), last);
}

/** The policy with every denial that `current` has beyond `ours`: somebody else added it. */
export function keepForeignDenials(policy: PolicyText, current: PolicyText, ours: PolicyText): PolicyText {
  const own = new Set(statementsOf(ours).map(meaningOf));
  const foreign = statementsOf(current).filter(
    (statement) => statement.Effect === 'Deny' && !own.has(meaningOf(statement)),
  );
  if (foreign.length === 0) return policy;
  return withStatements(policy ?? JSON.stringify({ Version: '2012-10-17', Statement: [] }), foreign);
}

/** Whether a policy denies everyone permission to change and to delete it. */
export function isPolicyFinal(policy: PolicyText): boolean {
  return CHANGE.every((action) =>
    statementsOf(policy).some((statement) => deniesEveryone(statement, action)),
  );
}

/** Whether a value is a policy at all. */
export function isPolicy(value: unknown): boolean {
  return isMap(value) && listOf(value.Statement).every(isMap);
}

function deniesEveryone({ Effect, Principal, Action, Condition }: Statement, action: string): boolean {
  if (Effect !== 'Deny' || Condition !== undefined) return false;
  const principals = isMap(Principal) ? listOf(Principal.AWS) : [Principal];
  const covers = (pattern: unknown) =>
    typeof pattern === 'string' && matches(pattern.toLowerCase(), action.toLowerCase());
  return principals.includes('*') && listOf(Action).some(covers);
}

/** Whether a pattern with `*` and `?` matches, in linear time for each `*`. */
function matches(pattern: string, text: string): boolean {
  let [p, t, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, resume] = [p++, t];
    else if (pattern[p] === '?' || pattern[p] === text[t]) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, t] = [star + 1, ++resume];
    else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function withStatements(policy: string, added: readonly Statement[]): string {
  const document = JSON.parse(policy) as Properties;
  const statements = statementsOf(policy);
  const known = new Set(statements.map(meaningOf));
  const sids = new Set(statements.map(({ Sid }) => Sid));
  const all = [...statements];
  for (const statement of added) {
    if (known.has(meaningOf(statement))) continue;
    known.add(meaningOf(statement));
    all.push(withUniqueSid(statement, sids));
  }
  return all.length === statements.length ? policy : JSON.stringify({ ...document, Statement: all });
}

/** AWS refuses a policy that uses a statement id twice. */
function withUniqueSid(statement: Statement, sids: Set<unknown>): Statement {
  const { Sid } = statement;
  if (Sid === undefined) return statement;
  let unique = Sid;
  for (let number = 2; sids.has(unique); number++) unique = `${Sid}${number}`;
  sids.add(unique);
  return { ...statement, Sid: unique };
}

/** What a statement says, whatever its id is. */
function meaningOf({ Sid, ...statement }: Statement): string {
  return canonical(statement);
}

function statementsOf(policy: PolicyText): Statement[] {
  return policy === null ? [] : listOf((JSON.parse(policy) as Properties).Statement).filter(isMap);
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
