import { documentOf } from '../../template/evaluation/documents';
import type { Plain } from '../../template/evaluation/plain';
import { type Items, NOTHING, type Text, Unknown } from '../../template/evaluation/unknown';
import { isObject, own } from '../../template/input/files';
import type { StackScope } from '../../template/input/stack';
import type { Context } from './context';
import type { Link } from './item';

/** A policy of IAM, a key, a topic, a bucket or a vault. */
export interface PolicyDocument {
  readonly statements: Items<Statement>;
  /** Where the document is in the template. */
  readonly pathInTemplate: string;
}

/** A statement. What isn't set is undefined. */
export interface Statement {
  readonly sid?: Text;
  /** `Allow` or `Deny`, in valid templates. */
  readonly effect?: Text;
  readonly actions?: Items<Text>;
  readonly notActions?: Items<Text>;
  readonly resources?: Items<Text>;
  readonly notResources?: Items<Text>;
  readonly principals?: Items<Principal>;
  readonly notPrincipals?: Items<Principal>;
  readonly conditions: Items<PolicyCondition>;
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for anybody. */
  readonly kind: string;
  /** An account, an ARN, or the name of a service; leads to the role if it is in the inventory. */
  readonly who: Link;
}

export interface PolicyCondition {
  /** Such as `StringEquals`. */
  readonly operator: string;
  /** Such as `aws:PrincipalOrgID`. */
  readonly key: string;
  readonly values: Items<Text>;
}

const ROLES: ReadonlySet<string> = new Set(['AWS::IAM::Role']);

/** The policy in a property, an object or text; undefined if there is none. */
export function policyOf(
  context: Context,
  raw: unknown,
  stack: StackScope,
  pathInTemplate: string,
): PolicyDocument | undefined {
  if (isObject(raw) && own(raw, 'Statement') !== undefined) {
    // thousands of buckets have policies, which are rarely read
    let statements: Items<Statement> | undefined;
    return {
      get statements() {
        statements ??= statementsOf(context, documentOf(context.literal, raw, stack) ?? null, stack);
        return statements;
      },
      pathInTemplate,
    };
  }
  const document = documentOf(context.literal, raw, stack);
  if (document === undefined) return undefined;
  return { statements: statementsOf(context, document, stack), pathInTemplate };
}

function statementsOf(context: Context, document: Plain, stack: StackScope): Items<Statement> {
  if (document instanceof Unknown) return { items: [], rest: document };
  return itemsOf(member(document, 'Statement'), (plain) => statementOf(context, plain, stack));
}

function statementOf(context: Context, plain: Plain, stack: StackScope): Statement {
  const texts = (key: string) => optional(member(plain, key), textsOf);
  const principals = (key: string) =>
    optional(member(plain, key), (who) => principalsOf(context, who, stack));
  return {
    sid: optional(member(plain, 'Sid'), textOf),
    effect: optional(member(plain, 'Effect'), textOf),
    actions: texts('Action'),
    notActions: texts('NotAction'),
    resources: texts('Resource'),
    notResources: texts('NotResource'),
    principals: principals('Principal'),
    notPrincipals: principals('NotPrincipal'),
    conditions: conditionsOf(member(plain, 'Condition')),
  };
}

/** The member of an object. If the object isn't known, neither are its members. */
function member(plain: Plain, key: string): Plain | undefined {
  if (plain instanceof Unknown) return plain;
  return isObject(plain) ? (plain as { readonly [key: string]: Plain })[key] : undefined;
}

function optional<T>(plain: Plain | undefined, read: (plain: Plain) => T): T | undefined {
  return plain === undefined || plain === null ? undefined : read(plain);
}

/** A list, or a single value instead of a list of one. */
function itemsOf<T>(plain: Plain | undefined, read: (plain: Plain) => T): Items<T> {
  if (plain === undefined || plain === null) return NOTHING;
  if (plain instanceof Unknown && !plain.parts) return { items: [], rest: plain };
  if (!Array.isArray(plain)) return { items: [read(plain)] };
  const open = plain.find((element) => element instanceof Unknown && !element.parts);
  const items = plain.filter((element) => !(element instanceof Unknown && !element.parts)).map(read);
  return open instanceof Unknown ? { items, rest: open } : { items };
}

function textsOf(plain: Plain): Items<Text> {
  return itemsOf(plain, textOf);
}

function textOf(plain: Plain): Text {
  if (typeof plain === 'string' || plain instanceof Unknown) return plain;
  return typeof plain === 'object' ? new Unknown('shape', 'expected text') : String(plain);
}

function principalsOf(context: Context, plain: Plain, stack: StackScope): Items<Principal> {
  const ofKind = (kind: string, who: Plain): Items<Principal> =>
    itemsOf(who, (one) => ({ kind, who: context.links.linkText(textOf(one), stack, ROLES, 'arn') }));
  if (!isObject(plain) || plain instanceof Unknown) return ofKind('*', plain);
  const all = Object.keys(plain).map((kind) =>
    ofKind(kind, (plain as { readonly [key: string]: Plain })[kind]),
  );
  return { items: all.flatMap((of) => of.items), rest: all.find((of) => of.rest)?.rest };
}

function conditionsOf(plain: Plain | undefined): Items<PolicyCondition> {
  if (plain instanceof Unknown) return { items: [], rest: plain };
  const conditions: PolicyCondition[] = [];
  let rest: Unknown | undefined;
  if (isObject(plain))
    for (const operator of Object.keys(plain)) {
      const keys = (plain as { readonly [key: string]: Plain })[operator];
      if (keys instanceof Unknown) rest = keys;
      else if (isObject(keys))
        for (const key of Object.keys(keys))
          conditions.push({
            operator,
            key,
            values: textsOf((keys as { readonly [key: string]: Plain })[key]),
          });
    }
  return { items: conditions, rest };
}
