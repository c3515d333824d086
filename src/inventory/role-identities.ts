import { arnFields } from '../template/evaluation/match';
import { exampleOf, holesOf, partsOf, showText, textKey } from '../template/evaluation/text';
import { isUnknown, known, type Text, Unknown } from '../template/evaluation/unknown';
import { managedPolicyFault, type PolicyFault } from '../values/core/managed-policies';
import type { Link, Place } from './core/item';
import type { Inventory } from './inventory';
import type { RoleItem } from './role/roles';

/** Why a text certainly isn't the ARN of a role that can be used. */
export interface RoleArnFault {
  /** What it is instead: completes "must be the ARN of a role, got …". */
  readonly got: string;
  readonly fix?: string;
}

/** Whether a text in place of the ARN of a role certainly isn't one. */
export function roleArnFault(
  inventory: Inventory,
  { text, to }: Link,
  place: Pick<Place, 'stackId' | 'account'>,
): RoleArnFault | undefined {
  if (isUnknown(text) && !text.parts) return undefined;
  const named = roleNamed(inventory, text);
  if (named)
    return {
      got: `the name of the role \`${named.place.logicalId}\``,
      fix: attributeFix(named),
    };
  const linked = inventory.roles.find(({ id }) => id === to);
  if (linked && textKey(linked.arn) === textKey(text)) return undefined;
  const attribute = attributeOfRole(inventory, text);
  if (attribute) return attribute;
  const shown = `\`${showText(text)}\``;
  const [first] = partsOf(text);
  if (text === '') return { got: 'an empty string' };
  if (typeof first === 'string' && !'arn:'.startsWith(first.slice(0, 4))) return { got: shown };
  const fields = arnFields(text);
  if (!fields) return isSplittable(text) ? { got: `${shown}, which lacks a part between colons` } : undefined;
  const [service, region, account, resource] = [
    fields.service,
    fields.region,
    fields.account,
    fields.resource,
  ].map((field) => known(field));
  if (service !== undefined && service !== 'iam') return { got: shown };
  const kind = beginning(fields.resource);
  if (kind !== undefined && !kind.startsWith('role/') && !'role/'.startsWith(kind)) return { got: shown };
  if (resource === 'role/' || resource === 'role') return { got: `${shown}, which has no name` };
  if (region !== undefined && region !== '') return { got: `${shown}, which has a Region` };
  if (account !== undefined && !/^\d{12}$/.test(account))
    return { got: `${shown}, which has no account`, fix: 'write the account between the last two colons' };
  return otherPath(inventory, fields.resource, account, place, shown);
}

/** Whether no colon can be in the holes of a text. */
function isSplittable(text: Text): boolean {
  return holesOf(text).every(({ plain }) => plain === true);
}

/** Another attribute of a role of the template than its ARN, such as its id. */
function attributeOfRole({ roles }: Inventory, text: Text): RoleArnFault | undefined {
  const [only, ...others] = partsOf(text);
  if (typeof only !== 'object' || others.length > 0 || only.kind !== 'resource') return undefined;
  const role = roles.find(({ id }) => id === only.resource);
  return role && { got: `\`${only.name}\``, fix: attributeFix(role) };
}

function attributeFix({ place }: RoleItem): string {
  return `write \`!GetAtt ${place.logicalId}.Arn\``;
}

/** The role of the template whose name or generated name the text is. */
function roleNamed({ roles }: Inventory, text: Text): RoleItem | undefined {
  if (typeof text === 'string')
    return text.includes(':') ? undefined : roles.find(({ name }) => name === text);
  const [only, ...others] = text.parts ?? [];
  if (typeof only !== 'object' || others.length > 0 || only.key !== `${only.resource}|name`) return undefined;
  return roles.find(({ id }) => id === only.resource);
}

/** A role of the same stack by its name, with another path. */
function otherPath(
  { roles }: Inventory,
  resource: Text,
  account: string | undefined,
  place: Pick<Place, 'stackId' | 'account'>,
  shown: string,
): RoleArnFault | undefined {
  if (account !== undefined && account !== place.account) return undefined;
  const named = nameAndPath(resource);
  const role =
    named && roles.find((each) => each.place.stackId === place.stackId && textKey(each.name) === named.name);
  const path = role && (role.path ?? '/');
  if (!role || typeof path !== 'string' || `role${path}` === named?.path) return undefined;
  return {
    got: `${shown}, but the path of the role \`${role.place.logicalId}\` is \`${path}\``,
    fix: attributeFix(role),
  };
}

/** What is before the last slash, and the name after it, which may be that of a resource. */
function nameAndPath(resource: Text): { readonly path: string; readonly name?: string } | undefined {
  const [first, second, ...others] = partsOf(resource);
  if (typeof first !== 'string' || others.length > 0) return undefined;
  if (second !== undefined && !first.endsWith('/')) return undefined;
  const slash = first.lastIndexOf('/') + 1;
  const name = second === undefined ? first.slice(slash) : textKey(new Unknown('resource', '', [second]));
  return { path: first.slice(0, slash), name };
}

function beginning(text: Text): string | undefined {
  const [first] = partsOf(text);
  return typeof first === 'string' ? first : undefined;
}

/** A managed policy of a role that IAM doesn't attach. */
export interface ManagedPolicyFault extends Pick<PolicyFault, 'meant'> {
  /** `malformed`: not the ARN of a policy at all. */
  readonly kind: PolicyFault['kind'] | 'malformed';
  /** Where it is in the properties of the role. */
  readonly path: string;
  /** For AWS managed policies, the part of the ARN after `policy/`. */
  readonly name: string;
}

/** The managed policies of a role that don't exist, can't be attached, or aren't known. */
export function managedPolicyFaults({
  managedPolicies,
  permissionsBoundary,
}: RoleItem): ManagedPolicyFault[] {
  const boundary = permissionsBoundary && policyFault(permissionsBoundary, 'PermissionsBoundary');
  return [
    ...managedPolicies.items.flatMap((link, index) => policyFault(link, `ManagedPolicyArns/${index}`) ?? []),
    ...(boundary ? [boundary] : []),
  ];
}

const POLICY_ARN = /^arn:[a-z-]+:iam::(aws|\d{12}):policy\/./;

function policyFault({ text, to }: Link, path: string): ManagedPolicyFault | undefined {
  if (to !== undefined) return undefined;
  const example = exampleOf(text);
  if (example !== undefined && !POLICY_ARN.test(example))
    return { kind: 'malformed', path, name: showText(text) };
  const fields = arnFields(text);
  const resource = known(fields?.resource);
  if (known(fields?.account) !== 'aws' || !resource?.startsWith('policy/')) return undefined;
  const name = resource.slice('policy/'.length);
  const fault = managedPolicyFault(name);
  return fault && { ...fault, path, name };
}
