import type { Items, Text, Unknown } from '../../template/evaluation/unknown';
import type { StackScope } from '../../template/input/stack';
import type { Context } from '../core/context';
import type { Cursor } from '../core/cursor';
import { type PolicyDocument, policyOf } from '../core/iam-policy';
import type { Item, Link } from '../core/item';

/** An IAM role, with all permissions in the templates. */
export interface RoleItem extends Item {
  readonly name: Text;
  readonly arn: Text;
  /** Absent: `/`. */
  readonly path?: Text;
  readonly trust?: PolicyDocument;
  /** AWS managed policies by ARN, and managed policies of the inventory. */
  readonly managedPolicies: Items<Link>;
  /** Inline policies, those of `AWS::IAM::Policy` included, and managed policies that name the role. */
  readonly policies: readonly RolePolicy[];
  /** Why there may be more policies. */
  readonly morePolicies?: Unknown;
  readonly permissionsBoundary?: Link;
}

export interface RolePolicy {
  readonly name?: Text;
  readonly document: PolicyDocument;
  /** The id of the resource that contains it: the role, or a policy that names the role. */
  readonly from: string;
}

/** A customer managed policy. */
export interface ManagedPolicyItem extends Item {
  readonly arn: Text;
  readonly document?: PolicyDocument;
}

const ROLE = 'AWS::IAM::Role';
const MANAGED = 'AWS::IAM::ManagedPolicy';
export const ROLES: ReadonlySet<string> = new Set([ROLE]);
const MANAGED_POLICIES: ReadonlySet<string> = new Set([MANAGED]);

export function readManagedPolicies(context: Context): ManagedPolicyItem[] {
  return [...context.all(MANAGED)].map(({ item, properties, stack, resource }) => ({
    ...item,
    arn: context.literal.identities.arn(stack, resource),
    document: documentOf(context, properties, stack),
  }));
}

export function readRoles(context: Context): RoleItem[] {
  const attached = policiesByRole(context);
  return [...context.all(ROLE)].map(({ item, properties, stack, resource }) => {
    const inline = properties.list('Policies');
    const own = inline.items.flatMap((policy) => rolePolicy(context, policy, stack, item.id) ?? []);
    const others = attached.get(item.id);
    return {
      ...item,
      name: context.literal.identities.name(stack, resource),
      arn: context.literal.identities.arn(stack, resource),
      path: properties.text('Path'),
      trust: policyOf(
        context,
        properties.raw('AssumeRolePolicyDocument'),
        stack,
        `${properties.path}/AssumeRolePolicyDocument`,
      ),
      managedPolicies: withNames(
        properties.links('ManagedPolicyArns', MANAGED_POLICIES, 'arn'),
        others?.managed,
      ),
      policies: [...own, ...(others?.inline ?? [])],
      morePolicies: inline.rest,
      permissionsBoundary: properties.link('PermissionsBoundary', MANAGED_POLICIES, 'arn'),
    };
  });
}

interface Attached {
  readonly inline: RolePolicy[];
  readonly managed: Link[];
}

/** Policies that name roles, by the id of the role. */
function policiesByRole(context: Context): ReadonlyMap<string, Attached> {
  const byRole = new Map<string, Attached>();
  const attachedTo = (id: string | undefined): Attached | undefined => {
    if (id === undefined) return undefined;
    const found = byRole.get(id) ?? { inline: [], managed: [] };
    byRole.set(id, found);
    return found;
  };
  for (const { item, properties, stack } of context.all('AWS::IAM::Policy', 'AWS::IAM::RolePolicy')) {
    const policy = rolePolicy(context, properties, stack, item.id);
    if (!policy) continue;
    for (const { to } of properties.links('Roles', ROLES, 'name').items) attachedTo(to)?.inline.push(policy);
    attachedTo(properties.link('RoleName', ROLES, 'name')?.to)?.inline.push(policy);
  }
  for (const { item, properties, stack, resource } of context.all(MANAGED)) {
    const link = { text: context.literal.identities.arn(stack, resource), to: item.id };
    for (const { to } of properties.links('Roles', ROLES, 'name').items) attachedTo(to)?.managed.push(link);
  }
  return byRole;
}

function withNames(listed: Items<Link>, named: readonly Link[] | undefined): Items<Link> {
  if (!named) return listed;
  const ids = new Set(listed.items.map((link) => link.to));
  return { ...listed, items: [...listed.items, ...named.filter((link) => !ids.has(link.to))] };
}

function rolePolicy(
  context: Context,
  cursor: Cursor,
  stack: StackScope,
  from: string,
): RolePolicy | undefined {
  const document = documentOf(context, cursor, stack);
  return document && { name: cursor.text('PolicyName'), document, from };
}

function documentOf(context: Context, cursor: Cursor, stack: StackScope): PolicyDocument | undefined {
  return policyOf(context, cursor.raw('PolicyDocument'), stack, `${cursor.path}/PolicyDocument`);
}
