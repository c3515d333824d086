import { type Coverage, planName } from '../../coverage/coverage';
import { organizationPlans } from '../../coverage/organization-plans';
import { ofItem, type VaultPlace, vaultByArn, vaultByName } from '../../forecast/points/vault-place';
import type { Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { ruleTitle } from '../../inventory/labels';
import { linkedAlias, linkedKey } from '../../inventory/lookups';
import type { LifecycleItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { eachCopyJob } from '../../inventory/traversal';
import type { VaultItem } from '../../inventory/vault/vaults';
import { showText } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { numberText as number } from '../../values/core/plain-text';
import { FINDINGS, type FindingId } from '../../values/findings/registry';
import { foldedAccounts } from './fold';
import { assignLanes } from './lanes';
import type { Arrival, Box, Card, CardKind, Flow, Topology } from './topology';

/** A finding, as far as the topology needs it. */
export interface PlacedFinding {
  readonly id: FindingId;
  readonly place: Place;
}

/** More types are summarized. */
const MAX_TYPES = 4;

/**
 * The topology of an inventory.
 *
 * @param findings all findings, acknowledged ones too: a copy with an error never arrives
 */
export function topologyOf(
  inventory: Inventory,
  coverage: Coverage,
  findings: readonly PlacedFinding[],
): Topology {
  return foldedAccounts(assignLanes(new TopologyBuilder(inventory, coverage, findings).build()));
}

type Draft = { -readonly [K in keyof Card]: Card[K] } & { account?: string; region?: string };

class TopologyBuilder {
  private readonly cards = new Map<string, Draft>();
  private readonly flows = new Map<
    string,
    { from: string; to: string; kind: Flow['kind']; arrivals: Arrival[] }
  >();
  private byName?: ReadonlyMap<string, VaultPlace>;
  private readonly errors = new Map<string, PlacedFinding[]>();

  constructor(
    private readonly inventory: Inventory,
    private readonly coverage: Coverage,
    findings: readonly PlacedFinding[],
  ) {
    for (const finding of findings) {
      if (FINDINGS[finding.id]?.severity !== 'error') continue;
      const { stackId, logicalId } = finding.place;
      const key = `${stackId}|${logicalId}`;
      const known = this.errors.get(key);
      if (known) known.push(finding);
      else this.errors.set(key, [finding]);
    }
  }

  public build(): Topology {
    for (const plan of [...this.inventory.plans, ...organizationPlans(this.inventory).plans]) this.plan(plan);
    for (const item of this.inventory.vaults) this.vault(ofItem(item));
    this.copyJobs();
    this.resources();
    const boxes = new Map<string, { -readonly [K in keyof Box]: Box[K] } & { cards: Card[] }>();
    for (const { account, region, ...card } of this.cards.values()) {
      const id = `${account ?? ''}|${region ?? ''}`;
      const box = boxes.get(id) ?? {
        id,
        accounts: account === undefined ? [] : [account],
        region,
        cards: [],
      };
      box.cards.push(card);
      boxes.set(id, box);
    }
    const flows = [...this.flows.values()].map((flow) => ({ ...flow, refusedBy: refusals(flow.arrivals) }));
    return { boxes: [...boxes.values()], flows };
  }

  private plan(plan: PlanItem): void {
    const { account, region } = plan.place;
    const id = `plan ${plan.id}`;
    this.card({ id, kind: 'plan', title: planName(plan), account, region });
    for (const rule of plan.rules.items) this.rule(id, plan, rule);
  }

  private rule(from: string, plan: PlanItem, rule: RuleItem): void {
    const name = ruleTitle(rule);
    const refusedBy = this.failingRules().get(rule) ?? [];
    const arrival = (lifecycle: LifecycleItem | undefined, ids: readonly string[]): Arrival => ({
      text: `${name} · ${retentionText(lifecycle, rule.continuous === true)}`,
      refusedBy: ids,
    });
    const standard = vaultByName(this.inventory, rule.vault, plan.place);
    const target = this.vault(standard);
    if (rule.airGappedVault) {
      const airGapped = vaultByArn(this.inventory, rule.airGappedVault);
      this.flow(from, target, 'backup', { text: `${name} · until copied`, refusedBy });
      this.flow(target, this.vault(airGapped), 'copy', arrival(rule.lifecycle, refusedBy));
    } else this.flow(from, target, 'backup', arrival(rule.lifecycle, refusedBy));
    for (const copy of rule.copies.items) {
      const ids = refusedBy.length > 0 ? refusedBy : this.errorsAt(plan.place, copy.pathInTemplate);
      const to = this.vault(vaultByArn(this.inventory, copy.vault));
      this.flow(target, to, 'copy', arrival(copy.lifecycle, ids));
    }
  }

  private copyJobs(): void {
    for (const { machine, copy } of eachCopyJob(this.inventory)) {
      const from = this.vault(vaultByName(this.inventory, copy.source, machine.place));
      const to = this.vault(vaultByArn(this.inventory, copy.vault));
      this.flow(from, to, 'copy', {
        text: `${machine.place.logicalId} · ${retentionText(copy.lifecycle, false)}`,
        refusedBy: this.errorsAt(machine.place, copy.pathInTemplate),
      });
    }
  }

  /** The resources of plans, and those without one, by type. */
  private resources(): void {
    const counts = new Map<string, Map<string, number>>();
    const count = (card: string, type: string) => {
      const types = counts.get(card) ?? new Map<string, number>();
      types.set(type, (types.get(type) ?? 0) + 1);
      counts.set(card, types);
    };
    for (const { resource, plans, perhaps, status } of this.coverage.resources) {
      const { account, region } = resource.place;
      const type = known(resource.resourceType) ?? resource.type;
      for (const { plan, name } of plans) {
        const id = `plan ${plan?.id ?? name}`;
        this.card({ id, kind: 'plan', title: name, account, region });
        count(id, type);
      }
      for (const { plan } of perhaps) if (plan) count(`plan ${plan.id}`, 'perhaps');
      if (status === 'protected') continue;
      const id = `${status}|${account ?? ''}|${region ?? ''}`;
      const title = status === 'unprotected' ? 'Not protected' : 'Opted out';
      this.card({ id, kind: status, title, account, region });
      count(id, type);
    }
    for (const [id, card] of this.cards)
      if (!VAULT_KINDS.has(card.kind)) card.details = resourceLines(counts.get(id) ?? new Map());
  }

  private vault(place: VaultPlace): string {
    const { key, name, region, item } = this.knownVault(place);
    const account = /^\d{12}$/.test(place.account ?? '') ? place.account : undefined;
    const id = `vault ${key}`;
    const kind: CardKind = item ? (item.kind === 'air-gapped' ? 'air-gapped-vault' : 'vault') : 'other-vault';
    const details = item ? [lockText(item), keyText(this.inventory, item)] : ['in no template'];
    return this.card({ id, kind, title: name, account, region, details });
  }

  /** The vault of the app that an ARN in a policy names, if there is one. */
  private knownVault(place: VaultPlace): VaultPlace {
    const { item, account, region, name } = place;
    if (item || account === undefined || region === undefined) return place;
    this.byName ??= new Map(
      this.inventory.vaults.map((vault) => {
        const of = ofItem(vault);
        return [`${of.account}|${of.region}|${of.name}`, of];
      }),
    );
    return this.byName.get(`${account}|${region}|${name}`) ?? place;
  }

  private card(card: Pick<Draft, 'id' | 'kind' | 'title' | 'account' | 'region'> & Partial<Draft>): string {
    if (!this.cards.has(card.id))
      this.cards.set(card.id, {
        lane: VAULT_KINDS.has(card.kind) ? 1 : 0,
        details: [],
        arrivals: [],
        ...card,
      });
    return card.id;
  }

  private flow(from: string, to: string, kind: Flow['kind'], arrival: Arrival): void {
    const key = `${kind}|${from}|${to}`;
    const flow = this.flows.get(key) ?? { from, to, kind, arrivals: [] };
    flow.arrivals = merged([...flow.arrivals, arrival]);
    this.flows.set(key, flow);
    const card = this.cards.get(to);
    if (card) card.arrivals = merged([...card.arrivals, arrival]);
  }

  private failing?: ReadonlyMap<RuleItem, readonly string[]>;

  /** Rules that make recovery points of no resource. */
  private failingRules(): ReadonlyMap<RuleItem, readonly string[]> {
    if (this.failing) return this.failing;
    const working = new Set<RuleItem>();
    const failing = new Map<RuleItem, readonly string[]>();
    for (const resource of this.coverage.resources) {
      for (const { rules } of [...resource.plans, ...resource.perhaps])
        for (const { rule } of rules) working.add(rule);
      for (const { rule, reasons } of resource.failing) failing.set(rule, reasons);
    }
    for (const rule of working) failing.delete(rule);
    this.failing = failing;
    return failing;
  }

  private errorsAt({ stackId, logicalId }: Place, path: string): string[] {
    const found = this.errors.get(`${stackId}|${logicalId}`) ?? [];
    const inside = found.filter(
      ({ place: { pathInTemplate } }) => pathInTemplate === path || pathInTemplate.startsWith(`${path}/`),
    );
    return [...new Set(inside.map(({ id }) => id))].sort();
  }
}

const VAULT_KINDS: ReadonlySet<CardKind> = new Set(['vault', 'air-gapped-vault', 'other-vault']);

/** Each text once; what arrives from one source arrives. */
export function merged(arrivals: readonly Arrival[]): Arrival[] {
  const byText = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    const before = byText.get(arrival.text);
    if (!before || (before.refusedBy.length > 0 && arrival.refusedBy.length === 0))
      byText.set(arrival.text, arrival);
  }
  return [...byText.values()];
}

function refusals(arrivals: readonly Arrival[]): string[] {
  if (arrivals.some(({ refusedBy }) => refusedBy.length === 0)) return [];
  return [...new Set(arrivals.flatMap(({ refusedBy }) => refusedBy))].sort();
}

function resourceLines(types: ReadonlyMap<string, number>): string[] {
  const certain = [...types].filter(([type]) => type !== 'perhaps').sort((a, b) => b[1] - a[1]);
  const shown = certain.slice(0, certain.length > MAX_TYPES + 1 ? MAX_TYPES : MAX_TYPES + 1);
  const rest = certain.slice(shown.length);
  const lines = shown.map(([type, count]) => `${number(count)} × ${type}`);
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, amount]) => sum + amount, 0);
    lines.push(`${number(count)} of ${rest.length} more types`);
  }
  const perhaps = types.get('perhaps');
  if (perhaps) lines.push(`perhaps ${number(perhaps)}${certain.length > 0 ? ' more' : ''}`);
  return lines.length > 0 ? lines : ['no resource here'];
}

function lockText({ lock, kind }: VaultItem): string {
  if (!lock) return 'no lock';
  const mode = known(lock.mode);
  const [min, max] = [known(lock.minRetentionDays), known(lock.maxRetentionDays)];
  const range =
    min !== undefined && max !== undefined
      ? `, ${min}–${max} days`
      : min !== undefined
        ? `, from ${min} days`
        : max !== undefined
          ? `, to ${max} days`
          : '';
  if (kind === 'air-gapped') return `air-gapped${range}`;
  return `${mode ? `${mode} lock` : 'lock, mode not known'}${range}`;
}

function keyText(inventory: Inventory, { key, kind }: VaultItem): string {
  if (!key) return kind === 'air-gapped' ? 'key owned by AWS' : 'AWS managed key';
  const text = known(key.text);
  if (text !== undefined && /alias\/aws\//.test(text)) return 'AWS managed key';
  const alias = linkedAlias(inventory, key);
  const name = alias && known(alias.name);
  const item = linkedKey(inventory, key);
  return `key ${name ?? item?.place.logicalId ?? showText(key.text).replace(/^arn:.*:(key|alias)\//, '')}`;
}

function retentionText(lifecycle: LifecycleItem | undefined, continuous: boolean): string {
  const days = lifecycle?.deleteAfterDays;
  const cold = known(lifecycle?.moveToColdStorageAfterDays);
  const kept =
    days === undefined || days === -1
      ? 'forever'
      : isUnknown(days)
        ? 'retention not known'
        : `${days} day${days === 1 ? '' : 's'}`;
  return `${kept}${cold !== undefined && cold !== -1 ? `, cold after ${cold}` : ''}${continuous ? ', PITR' : ''}`;
}
