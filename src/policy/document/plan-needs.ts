import { assigned, type Fragment, fragmentAt, TOKEN } from '../language/policy-fragment';

/** Something that a policy names, with the setting that names it. */
export interface NamedInPolicy {
  readonly name: string;
  /** The path inside the document. */
  readonly path: string;
}

/** The destination of a copy. */
export interface CopyTarget {
  readonly region: string;
  /** `$account` for the account itself. */
  readonly account: string;
  readonly vault: string;
  readonly path: string;
}

/** What a plan of a policy needs in each account that the policy applies to, as far as it is known. */
export interface PlanNeeds {
  /** The name of the plan, as written. */
  readonly name: string;
  /** The path inside the document. */
  readonly path: string;
  /** The Regions that the document sets, without those that it removes. */
  readonly regions: readonly string[];
  /** Vaults that are backed up to, in each Region of the plan. */
  readonly vaults: readonly NamedInPolicy[];
  readonly airGappedVaults: readonly NamedInPolicy[];
  readonly copies: readonly CopyTarget[];
  /** Paths and names of the roles of the selections, without the first `/`: `service-role/Backup`. */
  readonly roles: readonly NamedInPolicy[];
  /** Path and name of the role of the malware scanner. */
  readonly scannerRole?: NamedInPolicy;
}

/** What the plans of a document need, by their names in lower case. Settings inherited from other policies are absent. */
export function planNeeds(document: Fragment): Map<string, PlanNeeds> {
  return new Map(entries(document, 'plans').map(([key, plan]) => [key, needsOf(plan)]));
}

function needsOf(plan: Fragment): PlanNeeds {
  const path = `plans/${plan.name}`;
  const rules = entries(plan, 'rules').map(([, rule]) => ({ rule, path: `${path}/rules/${rule.name}` }));
  const selections = ['tags', 'resources'].flatMap((kind) =>
    entries(plan, 'selections', kind).map(([, selection]) => ({
      selection,
      path: `${path}/selections/${kind}/${selection.name}`,
    })),
  );
  const [scannerRole] = named(
    fragmentAt(plan, 'scan_settings', 'guardduty'),
    'scanner_role_arn',
    `${path}/scan_settings/GUARDDUTY`,
    ROLE,
  );
  return {
    name: plan.name,
    path,
    regions: regionsOf(plan),
    vaults: rules.flatMap((each) => named(each.rule, 'target_backup_vault_name', each.path, ANY)),
    airGappedVaults: rules.flatMap((each) =>
      named(each.rule, 'target_logically_air_gapped_backup_vault_arn', each.path, VAULT),
    ),
    copies: rules.flatMap(({ rule, path }) => copiesOf(rule, path)),
    roles: selections.flatMap((each) => named(each.selection, 'iam_role_arn', each.path, ROLE)),
    scannerRole,
  };
}

const ANY = /^(.+)$/;
const VAULT = /^(?:[^:]*:){5}backup-vault:(.+)$/;
const ROLE = /^arn:[^:]+:iam::\$account:role\/(.+)$/;

/** The part of a setting that a pattern captures; nothing where it isn't set or known. */
function named(owner: Fragment | undefined, key: string, path: string, pattern: RegExp): NamedInPolicy[] {
  const text = assigned(owner, key);
  const name = text === undefined || text.includes(TOKEN) ? undefined : pattern.exec(text)?.[1];
  return name === undefined ? [] : [{ name, path: `${path}/${key}` }];
}

function copiesOf(rule: Fragment, path: string): CopyTarget[] {
  return entries(rule, 'copy_actions').flatMap(([, { name }]) => {
    const [, region, account, vault] =
      /^arn:[^:]+:backup:([^:]+):([^:]+):backup-vault:(.+)$/.exec(name) ?? [];
    return vault === undefined ? [] : [{ region, account, vault, path: `${path}/copy_actions/${name}` }];
  });
}

function regionsOf(plan: Fragment): string[] {
  const { assign, append = [], remove = [] } = fragmentAt(plan, 'regions') ?? {};
  const regions = new Set([...(Array.isArray(assign) ? assign : []), ...append]);
  for (const region of [...remove, TOKEN]) regions.delete(region);
  return [...regions];
}

function entries(fragment: Fragment, ...keys: string[]): [string, Fragment][] {
  return [...(fragmentAt(fragment, ...keys)?.children ?? [])];
}
