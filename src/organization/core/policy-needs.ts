import { type NamedInPolicy, planNeeds } from '../../policy/document/plan-needs';
import { assigned, type Fragment, fragmentAt, TOKEN } from '../../policy/language/policy-fragment';
import { ResourceType } from '../../values/resource-type/resource-type';

/** What a plan of a policy needs in each account that the policy applies to. */
export interface PolicyNeed {
  readonly plan: string;
  readonly regions: readonly string[];
  /** Vaults that are backed up to, in each Region of the plan. */
  readonly vaults: readonly string[];
  readonly airGappedVaults: readonly string[];
  /** Vaults of the account itself that are copied to. */
  readonly copies: readonly { readonly region: string; readonly vault: string }[];
  /** Other accounts that are copied to. */
  readonly copyAccounts: readonly string[];
  /** Paths and names of roles. */
  readonly roles: readonly string[];
  /** How long the recovery points of a rule are kept in a vault; undefined for forever. */
  readonly retentions: readonly { readonly rule: string; readonly vault: string; readonly days?: number }[];
  /** The types that backup indexes are created for. */
  readonly indexTypes: readonly ResourceType[];
  /** Whether recovery points are scanned for malware. */
  readonly scans: boolean;
}

/** What the plans of a document need. Settings inherited from other policies are absent. */
export function policyNeeds(document: Fragment): PolicyNeed[] {
  return [...planNeeds(document)].map(([key, needs]) => {
    const rules = [...(fragmentAt(document, 'plans', key, 'rules')?.children?.values() ?? [])];
    const accounts = needs.copies.map(({ account }) => account).filter((account) => account !== OWN_ACCOUNT);
    const vaults = [...needs.vaults, ...needs.airGappedVaults];
    return {
      plan: needs.name,
      regions: needs.regions,
      vaults: namesOf(needs.vaults),
      airGappedVaults: namesOf(needs.airGappedVaults),
      copies: needs.copies.filter(({ account }) => account === OWN_ACCOUNT),
      copyAccounts: [...new Set(accounts)],
      roles: namesOf(needs.roles),
      retentions: rules.flatMap((rule) =>
        retentionsOf(
          rule,
          vaults.filter(({ path }) => path.startsWith(`${needs.path}/rules/${rule.name}/`)),
        ),
      ),
      indexTypes: INDEXED.map((type) => type()).filter((type) => rules.some((rule) => isIndexed(rule, type))),
      scans: rules.some((rule) => fragmentAt(rule, 'scan_actions') !== undefined),
    };
  });
}

/** Stands for the account that the policy applies to. */
const OWN_ACCOUNT = '$account';

const INDEXED = [() => ResourceType.EBS, () => ResourceType.S3];

function isIndexed(rule: Fragment, type: ResourceType): boolean {
  const types = fragmentAt(rule, 'index_actions', 'resource_types')?.assign;
  return Array.isArray(types) && types.includes(type.name);
}

/** A rule that other policies complete has no known retention. */
function retentionsOf(rule: Fragment, vaults: readonly NamedInPolicy[]): PolicyNeed['retentions'] {
  const days = assigned(rule, 'lifecycle', 'delete_after_days');
  if (fragmentAt(rule, 'schedule_expression') === undefined || days === TOKEN) return [];
  return namesOf(vaults).map((vault) => ({
    rule: rule.name,
    vault,
    days: days === undefined ? undefined : Number(days),
  }));
}

function namesOf(things: readonly NamedInPolicy[]): string[] {
  return [...new Set(things.map(({ name }) => name))];
}
