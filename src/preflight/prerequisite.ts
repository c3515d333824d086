import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { resourceName } from '../inventory/labels';
import { known } from '../template/evaluation/unknown';
import { firstNames } from '../values/core/enumeration';
import { oneLine } from '../values/core/plain-text';

/** The kinds of prerequisites. */
export type PrerequisiteKind =
  | 'region'
  | 'opt-in'
  | 'full-management'
  | 'service-linked-role'
  | 'trail'
  | 'trusted-access'
  | 'policy-type'
  | 'global-flag';

/** An account and Region; undefined if the stack is environment-agnostic. */
export interface Where {
  readonly account?: string;
  readonly region?: string;
}

/** A setting outside templates that plans need to work. */
export interface Prerequisite extends Where {
  readonly kind: PrerequisiteKind;
  /** The resource type, the Region, the service principal, or the flag. */
  readonly name: string;
  /** Where it is set: once in a Region, in an account, or in the management account of the organization. */
  readonly scope: 'region' | 'account' | 'organization';
  /** False: possibly needed, which depends on values known only at deployment. */
  readonly certain: boolean;
  /** Why it is needed, such as ``plan `gold` selects `Shop/Orders` by tag or by service``. */
  readonly reasons: readonly string[];
  /** The path of the construct that sets it. */
  readonly setBy?: string;
}

/** A sentence, or a function that inserts the names of the resources that it is about. */
export type Reason = string | ((subjects: string) => string);

const SCOPES: Readonly<Record<PrerequisiteKind, Prerequisite['scope']>> = {
  region: 'account',
  'opt-in': 'region',
  'full-management': 'region',
  'service-linked-role': 'account',
  trail: 'region',
  'trusted-access': 'organization',
  'policy-type': 'organization',
  'global-flag': 'organization',
};

/** A reason with all its subjects. */
interface CollectedReason {
  readonly reason: Reason;
  readonly subjects: Set<string>;
  certain: boolean;
}

interface Collected {
  readonly kind: PrerequisiteKind;
  readonly name: string;
  readonly where: Where;
  certain: boolean;
  readonly reasons: Map<string, CollectedReason>;
}

/** Collects prerequisites, each once with all its reasons. */
export class PrerequisiteCollector {
  private readonly collected = new Map<string, Collected>();
  private readonly remarks = new Set<string>();

  /** @param subject what the reason is about; equal reasons are combined */
  public need(
    kind: PrerequisiteKind,
    name: string,
    where: Where,
    certain: boolean,
    reason: Reason,
    subject?: string,
  ): void {
    const scope = SCOPES[kind];
    const place: Where = {
      account: scope === 'organization' ? undefined : safeWord(where.account),
      region: scope === 'region' ? safeWord(where.region) : undefined,
    };
    const key = JSON.stringify([kind, name, place.account ?? null, place.region ?? null]);
    const collected = this.collected.get(key) ?? {
      kind,
      name,
      where: place,
      certain: false,
      reasons: new Map(),
    };
    this.collected.set(key, collected);
    collected.certain ||= certain;
    const text = typeof reason === 'string' ? reason : reason('…');
    const known = collected.reasons.get(text) ?? { reason, subjects: new Set<string>(), certain: false };
    known.certain ||= certain;
    if (subject !== undefined) known.subjects.add(oneLine(subject));
    collected.reasons.set(text, known);
  }

  /** Adds something that can't be determined. Lower case, no full stop. */
  public remark(text: string): void {
    this.remarks.add(oneLine(text));
  }

  public get unknown(): string[] {
    return [...this.remarks];
  }

  /** All prerequisites, in the order of accounts, Regions, kinds and names. */
  public all(inventory: Inventory): Prerequisite[] {
    return [...this.collected.values()]
      .map(({ kind, name, where, certain, reasons }) => ({
        kind,
        name,
        scope: SCOPES[kind],
        ...where,
        certain,
        // a certain prerequisite has only its certain reasons
        reasons: [...reasons.values()].filter((reason) => reason.certain || !certain).map(reasonText),
        setBy: constructName(setBy(inventory, kind, name, where)),
      }))
      .sort(compareByPlace);
  }
}

function reasonText({ reason, subjects }: CollectedReason): string {
  if (typeof reason === 'string') return oneLine(reason);
  return oneLine(reason(firstNames([...subjects])));
}

const ORDER = Object.keys(SCOPES) as PrerequisiteKind[];
const SCOPE_ORDER = ['organization', 'account', 'region'];

function compareByPlace(a: Prerequisite, b: Prerequisite): number {
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

/** The item that sets a prerequisite. Environment-agnostic stacks count as deployed to the same account and Region. */
function setBy(inventory: Inventory, kind: PrerequisiteKind, name: string, where: Where): Item | undefined {
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
    case 'trail':
      return inventory.trails.find(
        (item) =>
          !item.silent &&
          item.place.account === where.account &&
          (item.place.region === where.region || known(item.multiRegion) === true),
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

/** The construct of a custom resource. */
function constructName(item: Item | undefined): string | undefined {
  return item && oneLine(resourceName(item).replace(/\/Resource\/Default$/, ''));
}

/** The flags of an organization, as `BackupGlobalSettings` names them. */
export type GlobalFlag = 'crossAccountBackup' | 'multiPartyApproval' | 'delegatedAdministrator';

/** Text that is safe in a command line; undefined for other text, because an input file can contain anything. */
function safeWord(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]+$/.test(text) ? text : undefined;
}
