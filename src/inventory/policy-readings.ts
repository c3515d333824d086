import { Token } from 'aws-cdk-lib';
import { PolicyLibrary } from '../policy/admission/policy-library';
import type { Fragment } from '../policy/language/policy-fragment';
import { hasUnknown, type Plain } from '../template/evaluation/plain';
import { isUnknown } from '../template/evaluation/unknown';
import type { Problem } from '../values/core/problem';
import type { Inventory } from './inventory';
import type { OrganizationPolicyItem } from './organization/organization-policies';

/** A backup policy of an organization, read. */
export interface ReadPolicy {
  readonly item: OrganizationPolicyItem;
  /** The document as laws take it. */
  readonly document: unknown;
  readonly fragment: Fragment;
  /** What AWS Organizations would say of the document. The property is the path inside it. */
  readonly problems: readonly Problem[];
  /** Whether something in it is known at deployment only. */
  readonly open: boolean;
}

/** The backup policies of an inventory, and how many of them can't be read at all. */
export interface PolicyReadings {
  readonly read: readonly ReadPolicy[];
  readonly unread: number;
  readonly library: PolicyLibrary;
}

const MEMO = new WeakMap<Inventory, PolicyReadings>();

/** The backup policies of an inventory, read once however many ask. */
export function policyReadings(inventory: Inventory): PolicyReadings {
  let readings = MEMO.get(inventory);
  if (!readings) {
    const library = new PolicyLibrary();
    const policies = inventory.organizationPolicies.filter(
      ({ policyType }) => policyType === 'BACKUP_POLICY',
    );
    const read = policies.flatMap((item) => readPolicyItem(item, library) ?? []);
    readings = { read, unread: inventory.organizationPolicies.length - read.length, library };
    MEMO.set(inventory, readings);
  }
  return readings;
}

function readPolicyItem(item: OrganizationPolicyItem, library: PolicyLibrary): ReadPolicy | undefined {
  const { content, text } = item;
  const document = text ?? (content === undefined || isUnknown(content) ? undefined : lawful(content));
  if (document === undefined) return undefined;
  const { fragment } = library.read(document);
  const open = text === undefined && hasUnknown(content as Plain);
  // the length of what isn't known isn't known either
  const problems = library
    .problems(document)
    .filter(({ id, property }) => !(open && id === 'Backup-PolicySize') && !/\$\{/.test(property));
  return { item, document, fragment, problems, open };
}

let hidden: string | undefined;

/** A document as laws take it. What isn't known is known at deployment: a token, left unjudged. */
function lawful(plain: Plain): unknown {
  if (isUnknown(plain)) {
    hidden ??= Token.asString({ known: 'at deployment' });
    return hidden;
  }
  if (Array.isArray(plain)) return plain.map(lawful);
  if (typeof plain !== 'object' || plain === null) return plain;
  // not by assignment: a key may be `__proto__`
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, lawful(value)]));
}
