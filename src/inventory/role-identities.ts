import { arnFields } from '../template/evaluation/match';
import { partsOf, showText } from '../template/evaluation/text';
import { isUnknown, known, type Text } from '../template/evaluation/unknown';
import { managedPolicyFault, type PolicyFault } from '../values/core/managed-policies';
import type { Link } from './core/item';
import type { Inventory } from './inventory';
import type { SelectionItem } from './plan/selections';
import type { RoleItem } from './role/roles';

/** Why the text of `IamRoleArn` certainly isn't the ARN of a role that can be used. */
export interface RoleArnFault {
  /** What it is instead: completes "must be the ARN of a role, got …". */
  readonly got: string;
  readonly fix?: string;
}

/** Whether a text in place of the ARN of a role certainly isn't one. */
export function roleArnFault(
  inventory: Inventory,
  { text, to }: Link,
  place: Pick<SelectionItem['place'], 'stackId' | 'account'>,
): RoleArnFault | undefined {
  if (isUnknown(text) && !text.parts) return undefined;
  const named = roleNamed(inventory, text);
  if (named)
    return {
      got: `the name of the role \`${named.place.logicalId}\``,
      fix: `write \`Fn::GetAtt: [${named.place.logicalId}, Arn]\``,
    };
  if (to !== undefined) return undefined;
  const shown = `\`${showText(text)}\``;
  const [first] = partsOf(text);
  if (text === '') return { got: 'an empty string' };
  if (typeof first === 'string' && !'arn:'.startsWith(first.slice(0, 4))) return { got: shown };
  const fields = arnFields(text);
  if (!fields) return undefined;
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
  return resource === undefined ? undefined : otherPath(inventory, resource, account, place, shown);
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
  resource: string,
  account: string | undefined,
  place: Pick<SelectionItem['place'], 'stackId' | 'account'>,
  shown: string,
): RoleArnFault | undefined {
  if (account !== undefined && account !== place.account) return undefined;
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const role = roles.find((each) => each.name === name && each.place.stackId === place.stackId);
  const path = role && (role.path ?? '/');
  if (!role || typeof path !== 'string' || `role${path}${name}` === resource) return undefined;
  return {
    got: `${shown}, but the path of the role \`${role.place.logicalId}\` is \`${path}\``,
    fix: `write \`Fn::GetAtt: [${role.place.logicalId}, Arn]\``,
  };
}

function beginning(text: Text): string | undefined {
  const [first] = partsOf(text);
  return typeof first === 'string' ? first : undefined;
}

/** An AWS managed policy of a role that IAM doesn't attach. */
export interface ManagedPolicyFault extends PolicyFault {
  /** Position in `ManagedPolicyArns`. */
  readonly index: number;
  /** The part of the ARN after `policy/`. */
  readonly name: string;
}

/** The AWS managed policies of a role that don't exist, can't be attached, or aren't known. */
export function managedPolicyFaults({ managedPolicies }: RoleItem): ManagedPolicyFault[] {
  return managedPolicies.items.flatMap(({ text, to }, index) => {
    const fields = to === undefined ? arnFields(text) : undefined;
    const resource = known(fields?.resource);
    if (known(fields?.account) !== 'aws' || !resource?.startsWith('policy/')) return [];
    const name = resource.slice('policy/'.length);
    const fault = managedPolicyFault(name);
    return fault ? [{ ...fault, index, name }] : [];
  });
}
