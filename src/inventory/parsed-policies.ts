import { PolicyLibrary } from '../policy/admission/policy-library';
import type { Fragment } from '../policy/language/policy-fragment';
import { hasUnknown, type Plain } from '../template/evaluation/plain';
import { isUnknown } from '../template/evaluation/unknown';
import type { Problem } from '../values/core/problem';
import { documentWithTokens } from './as-token';
import type { Inventory } from './inventory';
import type { OrganizationPolicyItem } from './organization/organization-policies';

/** A parsed backup policy of an organization. */
export interface ParsedPolicy {
  readonly item: OrganizationPolicyItem;
  /** The document, with tokens in place of what isn't known. */
  readonly document: unknown;
  readonly fragment: Fragment;
  /** Why AWS Organizations would refuse the document. The property is the path in it. */
  readonly problems: readonly Problem[];
  /** Whether part of it is known only at deployment. */
  readonly open: boolean;
}

/** The backup policies of an inventory, and the number of those that can't be read. */
export interface ParsedPolicies {
  readonly read: readonly ParsedPolicy[];
  readonly unread: number;
  readonly library: PolicyLibrary;
}

const MEMO = new WeakMap<Inventory, ParsedPolicies>();

/** The backup policies of an inventory, parsed once. */
export function parsedPolicies(inventory: Inventory): ParsedPolicies {
  let readings = MEMO.get(inventory);
  if (!readings) {
    const library = new PolicyLibrary();
    const policies = inventory.organizationPolicies.filter(
      ({ policyType }) => policyType === 'BACKUP_POLICY',
    );
    const read = policies.flatMap((item) => parsePolicy(item, library) ?? []);
    readings = { read, unread: inventory.organizationPolicies.length - read.length, library };
    MEMO.set(inventory, readings);
  }
  return readings;
}

function parsePolicy(item: OrganizationPolicyItem, library: PolicyLibrary): ParsedPolicy | undefined {
  const { content, text } = item;
  const document =
    text ?? (content === undefined || isUnknown(content) ? undefined : documentWithTokens(content));
  if (document === undefined) return undefined;
  const { fragment } = library.read(document);
  const open = text === undefined && hasUnknown(content as Plain);
  // the length of unknown text isn't known either
  const problems = library
    .problems(document)
    .filter(({ id, property }) => !(open && id === 'Backup-PolicySize') && !/\$\{/.test(property));
  return { item, document, fragment, problems, open };
}
