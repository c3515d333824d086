import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { resourceName } from '../inventory/resource-labels';
import { known } from '../template/evaluation/unknown';

/** What can be a prerequisite. */
export type DemandKind =
  | 'region'
  | 'opt-in'
  | 'full-management'
  | 'service-linked-role'
  | 'trusted-access'
  | 'policy-type'
  | 'global-flag';

/** An account and Region; undefined where the stack leaves it open. */
export interface Where {
  readonly account?: string;
  readonly region?: string;
}

/** Something that must be set outside of templates before plans do what they say. */
export interface Demand extends Where {
  readonly kind: DemandKind;
  /** The type of resource, the Region, the principal of the service, or the flag. */
  readonly name: string;
  /** Where it is set: once in a Region, in an account, or in the management account of the organization. */
  readonly scope: 'region' | 'account' | 'organization';
  /** False: perhaps needed, which hangs on what isn't known. */
  readonly certain: boolean;
  /** Why it is needed, each such as ``plan `gold` selects `Shop/Orders` by its tags``. */
  readonly reasons: readonly string[];
  /** The path of the construct that sets it. */
  readonly setBy?: string;
}

const SCOPES: Readonly<Record<DemandKind, Demand['scope']>> = {
  region: 'account',
  'opt-in': 'region',
  'full-management': 'region',
  'service-linked-role': 'account',
  'trusted-access': 'organization',
  'policy-type': 'organization',
  'global-flag': 'organization',
};

interface Gathered {
  readonly kind: DemandKind;
  readonly name: string;
  readonly where: Where;
  certain: boolean;
  /** What is demanded of whom: a beginning with the subjects that it is said of. */
  readonly reasons: Map<string, { readonly subjects: Set<string>; certain: boolean }>;
}

/** Gathers demands, each once with all of its reasons. */
export class Demands {
  private readonly gathered = new Map<string, Gathered>();
  private readonly remarks = new Set<string>();

  /**
   * @param reason a whole sentence, or the beginning of one that ends in `subject`
   */
  public need(
    kind: DemandKind,
    name: string,
    where: Where,
    certain: boolean,
    reason: string,
    subject?: string,
  ): void {
    const scope = SCOPES[kind];
    const place: Where = {
      account: scope === 'organization' ? undefined : word(where.account),
      region: scope === 'region' ? word(where.region) : undefined,
    };
    const key = JSON.stringify([kind, name, place.account ?? null, place.region ?? null]);
    const gathered = this.gathered.get(key) ?? {
      kind,
      name,
      where: place,
      certain: false,
      reasons: new Map(),
    };
    this.gathered.set(key, gathered);
    gathered.certain ||= certain;
    const said = gathered.reasons.get(oneLine(reason)) ?? { subjects: new Set<string>(), certain: false };
    said.certain ||= certain;
    if (subject !== undefined) said.subjects.add(oneLine(subject));
    gathered.reasons.set(oneLine(reason), said);
  }

  /** What isn't known, said to people: lower case, no full stop. */
  public remark(text: string): void {
    this.remarks.add(oneLine(text));
  }

  public get unknown(): string[] {
    return [...this.remarks];
  }

  /** All demands, in the order of accounts, Regions, kinds and names. */
  public all(inventory: Inventory): Demand[] {
    return [...this.gathered.values()]
      .map(({ kind, name, where, certain, reasons }) => ({
        kind,
        name,
        scope: SCOPES[kind],
        ...where,
        certain,
        // of a demand that is certain, the reasons that are
        reasons: [...reasons]
          .filter(([, said]) => said.certain || !certain)
          .map(([reason, { subjects }]) =>
            subjects.size === 0 ? reason : `${reason} ${few([...subjects])}`,
          ),
        setBy: constructName(setBy(inventory, kind, name, where)),
      }))
      .sort(inOrder);
  }
}

const ORDER = Object.keys(SCOPES) as DemandKind[];
const SCOPE_ORDER = ['organization', 'account', 'region'];

function inOrder(a: Demand, b: Demand): number {
  return (
    Number(b.scope === 'organization') - Number(a.scope === 'organization') ||
    compare(a.account ?? '~', b.account ?? '~') ||
    SCOPE_ORDER.indexOf(a.scope) - SCOPE_ORDER.indexOf(b.scope) ||
    compare(a.region ?? '~', b.region ?? '~') ||
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    compare(a.name, b.name)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** `` `A`, `B` and 3 more ``. */
function few(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`${name}\``);
  const rest = names.length - quoted.length;
  if (rest > 0) return `${quoted.join(', ')} and ${rest} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** What of the input sets it. Stacks that leave account or Region open are taken to be beside each other. */
function setBy(inventory: Inventory, kind: DemandKind, name: string, where: Where): Item | undefined {
  const here = ({ place }: Item) => place.account === where.account && place.region === where.region;
  switch (kind) {
    case 'opt-in':
      return inventory.regionSettings.find((item) => here(item) && item.optIn.has(name));
    case 'full-management':
      return inventory.regionSettings.find((item) => here(item) && item.fullManagement.has(name));
    case 'service-linked-role':
      return inventory.serviceLinkedRoles.find(
        (item) => item.place.account === where.account && known(item.service) === name,
      );
    case 'global-flag':
      return inventory.globalSettings.find((item) => known(item[name as GlobalFlag]) === true);
    case 'trusted-access':
      return inventory.organizationSettings.find(({ services }) => services.has(name));
    case 'policy-type':
      return inventory.organizationSettings.find(({ policyTypes }) => policyTypes.has(name));
    default:
      return undefined;
  }
}

/** The construct that a custom resource belongs to. */
function constructName(item: Item | undefined): string | undefined {
  return item && oneLine(resourceName(item).replace(/\/Resource\/Default$/, ''));
}

/** The flags of an organization, as `BackupGlobalSettings` calls them. */
export type GlobalFlag = 'crossAccountBackup' | 'multiPartyApproval' | 'delegatedAdministrator';

/** Text of an input on one line, without what a terminal would act upon. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}

/** What may stand in a command line as it is: an input file can say anything. */
function word(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]+$/.test(text) ? text : undefined;
}
