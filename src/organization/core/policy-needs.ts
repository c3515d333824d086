import type { PolicyDocument, PolicyPlan, PolicyRule } from '../../policy/document/policy-document';
import { policyModel } from '../../policy/document/policy-text';
import { type Fragment, TOKEN } from '../../policy/language/policy-fragment';
import { ResourceType } from '../../values/resource-type/resource-type';

/** What a plan of a policy needs in each account that it reaches. */
export interface PolicyNeed {
  readonly plan: string;
  readonly regions: readonly string[];
  /** Vaults that are backed up into, in each Region of the plan. */
  readonly vaults: readonly string[];
  readonly airGappedVaults: readonly string[];
  /** Vaults of the account itself that are copied into. */
  readonly copies: readonly { readonly region: string; readonly vault: string }[];
  /** Accounts that are copied into. */
  readonly copyAccounts: readonly string[];
  /** Paths and names of roles. */
  readonly roles: readonly string[];
  /** How long the recovery points of a rule are kept in a vault; undefined for ever. */
  readonly retentions: readonly { readonly rule: string; readonly vault: string; readonly days?: number }[];
  /** The types of which backup indexes are made. */
  readonly indexTypes: readonly ResourceType[];
  /** Whether recovery points are scanned for malware. */
  readonly scans: boolean;
}

/** What the plans of a document need. Of a part that others complete, what it says itself. */
export function policyNeeds(fragment: Fragment): PolicyNeed[] {
  const { plans }: PolicyDocument = policyModel(fragment);
  return [...plans.entries].map(([name, plan]) => needOf(name, plan));
}

function needOf(name: string, plan: PolicyPlan): PolicyNeed {
  const named = [...(plan.rules?.entries ?? [])];
  const rules = [...(plan.rules?.entries.values() ?? [])];
  const destinations = rules
    .flatMap((rule) => [...(rule.copyActions?.entries.keys() ?? [])])
    .map((arn) => arn.split(':'));
  const { tags, resources } = plan.selections ?? {};
  const selections = [...(tags?.entries.values() ?? []), ...(resources?.entries.values() ?? [])];
  return {
    plan: name,
    regions: said([...(plan.regions?.assign ?? []), ...(plan.regions?.append ?? [])]),
    vaults: said(rules.map((rule) => rule.targetBackupVaultName?.assign)),
    airGappedVaults: said(
      rules.map((rule) => rule.targetLogicallyAirGappedBackupVaultArn?.assign?.split(':')[6]),
    ),
    copies: destinations
      .filter(([, , , , account]) => account === '$account')
      .map(([, , , region, , , vault]) => ({ region, vault })),
    copyAccounts: said(destinations.map(([, , , , account]) => account)).filter((id) => id !== '$account'),
    roles: said(selections.map((each) => each.iamRoleArn?.assign?.replace(/^.*?:role\//, ''))),
    retentions: named.flatMap(([rule, each]) => retentionsOf(rule, each)),
    indexTypes: INDEXED.filter((type) =>
      rules.some((rule) => rule.indexActions?.resourceTypes?.assign?.includes(type().name)),
    ).map((type) => type()),
    scans: rules.some((rule) => rule.scanActions !== undefined),
  };
}

const INDEXED = [() => ResourceType.EBS, () => ResourceType.S3];

/** Of a part that others complete, the retention isn't known. */
function retentionsOf(name: string, rule: PolicyRule): PolicyNeed['retentions'] {
  const days = rule.lifecycle?.deleteAfterDays?.assign;
  const vaults = said([
    rule.targetBackupVaultName?.assign,
    rule.targetLogicallyAirGappedBackupVaultArn?.assign?.split(':')[6],
  ]);
  return rule.scheduleExpression === undefined ? [] : vaults.map((vault) => ({ rule: name, vault, days }));
}

/** What is said and known, each once. */
function said(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values)].filter(
    (value): value is string => value !== undefined && value !== '' && !value.includes(TOKEN),
  );
}
