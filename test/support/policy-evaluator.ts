import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/**
 * A small evaluator of IAM policies, apart from that of the library: who may do what, by the policy of a resource and
 * those of the caller. It knows what the policies of vaults and keys use, and refuses what it doesn't know.
 *
 * Source: IAM User Guide "Policy evaluation logic" and "IAM JSON policy elements".
 */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  readonly Statement: readonly Statement[];
}

/** Who calls. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
  readonly organization?: string;
  /** From the organization down to the account's unit: `o-…/r-…/ou-…/`. */
  readonly organizationPath?: string;
  /** What the policies of the caller allow; undefined: everything. */
  readonly may?: Policy;
}

export interface Call {
  readonly action: string;
  /** The account of the vault or the key. */
  readonly owner: string;
  /** What is called on, where the policy names resources; undefined: only `*` is understood. */
  readonly resource?: string;
  /** Further keys of the request, such as `kms:ViaService`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** `denied`: by a statement; `not allowed`: by none. */
export type Verdict = 'allowed' | 'denied' | 'not allowed';

export function evaluate(policy: Policy | undefined, caller: Caller, call: Call): Verdict {
  const context = contextOf(caller, call);
  const own = (caller.may ?? EVERYTHING).Statement.filter((each) => isAbout(each, call, context));
  const there = (policy?.Statement ?? []).filter((each) => isAbout(each, call, context));
  const named = there.filter((each) => matchOf(each, caller) !== undefined);
  if ([...own, ...named].some(({ Effect }) => Effect === 'Deny')) return 'denied';

  const mayHere = own.some(({ Effect }) => Effect === 'Allow');
  const allowing = named.filter(({ Effect }) => Effect === 'Allow');
  if (caller.account !== call.owner) return mayHere && allowing.length > 0 ? 'allowed' : 'not allowed';
  // an account as principal leaves it to the policies of its roles; a key knows no other way to let these decide
  const directly = allowing.some((each) => matchOf(each, caller) === 'caller');
  const delegated = call.action.startsWith('kms:') ? allowing.length > 0 : true;
  return directly || (mayHere && delegated) ? 'allowed' : 'not allowed';
}

const EVERYTHING: Policy = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function contextOf(caller: Caller, { context = {} }: Call): ReadonlyMap<string, readonly string[]> {
  const all: Record<string, string | undefined> = {
    'aws:PrincipalArn': caller.arn,
    'aws:PrincipalAccount': caller.account,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalOrgID': caller.organization,
    'aws:PrincipalOrgPaths': caller.organizationPath,
    'kms:CallerAccount': caller.account,
    ...context,
  };
  return new Map(
    Object.entries(all).flatMap(([key, value]) =>
      value === undefined ? [] : [[key.toLowerCase(), [value]] as const],
    ),
  );
}

function isAbout(
  { Action, Resource, Condition = {} }: Statement,
  { action, resource }: Call,
  context: ReadonlyMap<string, readonly string[]>,
): boolean {
  const resources = [Resource].flat();
  if (resource === undefined && !resources.includes('*'))
    throw new Error(`a resource that isn't known: ${Resource}`);
  return (
    resources.some((one) => one === '*' || like(resource ?? '', one)) &&
    [Action].flat().some((one) => like(action.toLowerCase(), one.toLowerCase())) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, [wanted].flat(), context.get(key.toLowerCase())),
      ),
    )
  );
}

/** Whether a statement is about the caller itself, or about the caller's account as a whole. */
function matchOf({ Principal }: Statement, { arn, account }: Caller): 'caller' | 'account' | undefined {
  if (Principal === undefined) throw new Error('a policy of a resource names principals');
  if (Principal === '*') return 'caller';
  const named = [Principal.AWS ?? []].flat();
  if (named.some((one) => one === '*' || one === arn)) return 'caller';
  return named.some((one) => one === account || /:iam::(\d{12}):root$/.exec(one)?.[1] === account)
    ? 'account'
    : undefined;
}

type Test = (got: string, wanted: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (got, wanted) => got === wanted,
  StringLike: (got, wanted) => like(got, wanted),
  ArnEquals: (got, wanted) => like(got, wanted),
  ArnLike: (got, wanted) => like(got, wanted),
  Bool: (got, wanted) => got.toLowerCase() === wanted.toLowerCase(),
};

function holds(operator: string, wanted: readonly string[], got: readonly string[] | undefined): boolean {
  const [, any, negated, plain, ifExists] =
    /^(ForAnyValue:)?(?:(StringNot|ArnNot))?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const name = negated ? `${negated.replace('Not', '')}${plain}` : plain;
  const test = TESTS[name ?? ''];
  if (!test) throw new Error(`an operator that isn't known: ${operator}`);
  if (got === undefined) return ifExists !== undefined || (negated !== undefined && any === undefined);
  const met = got.some((one) => wanted.some((value) => test(one, value)));
  return negated ? !met : met;
}

function like(text: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

/** The policies under a property of the resources of a type, as they are once deployed. */
export function deployedPolicies(stack: Stack, type: string, property: string): Policy[] {
  const { partition, region, account } = stack;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  const deployed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(deployed);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument], ...more] = Object.entries(value);
    if (more.length === 0 && name === 'Ref') return known(pseudo[String(argument)], argument);
    if (more.length === 0 && name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(deployed).join(separator);
    }
    if (more.length === 0 && name === 'Fn::Sub')
      return String(argument).replace(/\$\{([^}]+)\}/g, (_, ref) => known(pseudo[ref], ref));
    if (name.startsWith('Fn::')) throw new Error(`a function that isn't known: ${name}`);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deployed(each)]));
  };
  return Object.values(Template.fromStack(stack).findResources(type)).map(
    ({ Properties }) => deployed(Properties[property]) as Policy,
  );
}

function known(value: string | undefined, name: unknown): string {
  if (value === undefined) throw new Error(`a reference that isn't known: ${name}`);
  return value;
}
