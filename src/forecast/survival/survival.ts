import type { Inventory } from '../../inventory/inventory';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { dateText, type Period } from '../core/period';
import type { ResourcePoints } from '../points/resource-points';
import type { VaultPlace } from '../points/vault-place';
import { Destruction, type Fate, type Loss } from './destruction';
import { type Holding, holdingsOf, keysAround, sourceKey } from './holding';
import { killingSets } from './killing-sets';
import { SCENARIOS, type Scenario } from './scenarios';

export { SCENARIOS, type Scenario };

/** What is left of a resource after a loss. */
export interface SurvivalAnswer {
  readonly status: 'survives' | 'lost' | 'unknown';
  /** Lower case, no full stop. */
  readonly because: string;
  /** The newest point that is left; null if none certainly is. */
  readonly point: string | null;
}

export interface Survival {
  readonly survives: Readonly<Record<Scenario, SurvivalAnswer>>;
  /** The minimal sets of up to three losses that destroy every recovery point. */
  readonly killingSets: readonly (readonly string[])[];
}

/** Answers for resources what survives which loss. Equal situations are computed once. */
export class Survivals {
  private readonly destruction: Destruction;
  private readonly memo = new Map<ResourcePoints, Map<string, Survival>>();

  constructor(
    private readonly inventory: Inventory,
    private readonly period: Period,
  ) {
    this.destruction = new Destruction(inventory, period);
  }

  public of(resource: ResourceItem, type: ResourceType | undefined, points: ResourcePoints): Survival {
    const { account, region, stackId } = resource.place;
    const source = sourceKey(this.inventory, resource);
    const key = [account, region, stackId, source.kind === 'customer' ? source.id : ''].join('|');
    let known = this.memo.get(points);
    if (!known) {
      known = new Map();
      this.memo.set(points, known);
    }
    let survival = known.get(key);
    if (!survival) {
      survival = this.compute(resource, type, points);
      known.set(key, survival);
    }
    return survival;
  }

  private compute(resource: ResourceItem, type: ResourceType | undefined, points: ResourcePoints): Survival {
    const holdings = holdingsOf(this.inventory, resource, type, points.lineages, this.period.to);
    const { account, region, stackId } = resource.place;
    const keys = keysAround(this.inventory, resource, holdings);
    const elsewhere = new Set(
      holdings.flatMap(({ vault }) =>
        vault.account !== undefined && vault.account !== account ? [vault.account] : [],
      ),
    );
    const losses: Readonly<Record<Scenario, readonly Loss[]>> = {
      resource: [],
      stack: [{ kind: 'stack', root: this.destruction.rootOf(stackId) }],
      key: keys.map(({ id }) => ({ kind: 'key', id })),
      workloadAccount: [{ kind: 'account', account }],
      region: [{ kind: 'region', region }],
      backupAccount: [...elsewhere].map((other) => ({ kind: 'account', account: other })),
      managementAccount: [{ kind: 'management' }],
    };
    const nothing: Partial<Record<Scenario, string>> = {
      resource: 'recovery points outlive their resource',
      key: 'no customer managed key encrypts the resource or its backups',
      backupAccount: 'no recovery point is in another account',
    };
    const answers = SCENARIOS.map((scenario) => [
      scenario,
      this.answer(losses[scenario], nothing[scenario] ?? '', holdings),
    ]);
    return { survives: Object.fromEntries(answers), killingSets: this.killing(holdings) };
  }

  private answer(losses: readonly Loss[], nothing: string, holdings: readonly Holding[]): SurvivalAnswer {
    if (holdings.length === 0)
      return { status: 'lost', because: 'there are no recovery points', point: null };
    const newestFirst = [...holdings].sort((a, b) => b.newest - a.newest);
    if (losses.length === 0)
      return { status: 'survives', because: nothing, point: pointText(newestFirst[0]) };
    const fates = newestFirst.map((holding) => ({ holding, fate: this.worst(losses, holding) }));
    const left = fates.find(({ fate }) => fate.lost === false);
    if (left) return { status: 'survives', because: left.fate.because, point: pointText(left.holding) };
    const open = fates.find(({ fate }) => fate.lost === undefined);
    if (open) return { status: 'unknown', because: open.fate.because, point: null };
    return {
      status: 'lost',
      because: [...new Set(fates.map(({ fate }) => fate.because))].join('; '),
      point: null,
    };
  }

  /** What several losses at once do to one place. */
  private worst(losses: readonly Loss[], holding: Holding): Fate {
    const fates = losses.map((loss) => this.destruction.of(loss, holding));
    return (
      fates.find(({ lost }) => lost === true) ?? fates.find(({ lost }) => lost === undefined) ?? fates[0]
    );
  }

  private killing(holdings: readonly Holding[]): string[][] {
    const losses = new Map<string, Loss>();
    for (const { vault, key } of holdings) {
      losses.set(`account ${vault.account ?? 'of the stacks'}`, { kind: 'account', account: vault.account });
      losses.set(`Region ${vault.region ?? 'of the stacks'}`, { kind: 'region', region: vault.region });
      if (key.kind !== 'customer') continue;
      losses.set(`key ${key.name}`, { kind: 'key', id: key.id });
      losses.set(`account ${key.account ?? 'of the stacks'}`, { kind: 'account', account: key.account });
    }
    losses.set('management account', { kind: 'management' });
    for (const role of this.inventory.roles)
      losses.set(`role ${role.place.stack}/${role.place.logicalId}`, { kind: 'role', role });
    return killingSets(
      holdings.map(
        (holding) =>
          new Set(
            [...losses].flatMap(([name, loss]) =>
              this.destruction.of(loss, holding).lost === true ? [name] : [],
            ),
          ),
      ),
    );
  }
}

function pointText({ vault, newest, isCopy }: Holding): string {
  return `${isCopy ? 'copy' : 'recovery point'} of ${dateText(newest)} in vault \`${vault.name}\` (${place(vault)})`;
}

function place({ account, region }: VaultPlace): string {
  return `${account ?? 'any account'}/${region ?? 'any Region'}`;
}
