import type { ResourceCoverage } from '../../coverage/coverage';
import type { Inventory } from '../../inventory/inventory';
import type { ResourceTypes } from '../../inventory/resource-types';
import { eachCopyJob } from '../../inventory/traversal';
import type { LegalHolds } from './legal-holds';
import type { PlanSchedules } from './plan-schedules';
import { type Onward, PointBuilder } from './point-builder';
import type { ResourcePoints } from './resource-points';
import { vaultByArn, vaultByName } from './vault-place';

const NONE: ResourcePoints = { lineages: [], reasons: [] };

/** Finds the lineages of resources. Resources with the same type, plans and holds share them. */
export class Lineages {
  private readonly memo = new Map<string, ResourcePoints>();
  private readonly ids = new Map<unknown, number>();
  private readonly onward = new Map<string, Onward[]>();

  constructor(
    private readonly inventory: Inventory,
    private readonly schedules: PlanSchedules,
    private readonly types: ResourceTypes,
    private readonly holds: LegalHolds,
  ) {
    for (const { machine, copy } of eachCopyJob(inventory)) {
      const { key } = vaultByName(inventory, copy.source, machine.place);
      const onward = {
        to: vaultByArn(inventory, copy.vault),
        lifecycle: copy.lifecycle,
        resourceTypes: machine.resourceTypes,
      };
      this.onward.set(key, [...(this.onward.get(key) ?? []), onward]);
    }
  }

  /** The lineages of a resource; none unless it is certainly protected, but the reasons for that. */
  public of(coverage: ResourceCoverage): ResourcePoints {
    const points = this.certain(coverage);
    const names = [...new Set(coverage.perhaps.map(({ name }) => name))];
    if (names.length === 0) return points;
    const open = names.map((name) => `whether plan \`${name}\` selects it isn't known before deployment`);
    return { ...points, reasons: [...points.reasons, ...open] };
  }

  private certain({ resource, plans, failing, reasons }: ResourceCoverage): ResourcePoints {
    if (plans.length === 0 && reasons.length === 0) return NONE;
    const type = this.types.of(resource);
    const parts = plans.map(
      ({ plan, name, throughStack, rules }) =>
        `${this.idOf(plan ?? name)}${throughStack}${rules.map(({ rule }) => this.idOf(rule)).join()}`,
    );
    const failures = failing.map((one) => `${this.idOf(one.rule)}${one.reasons.join()}`);
    const key = [this.idOf(type), this.holds.keyOf(resource), ...parts, ...failures, ...reasons].join('|');
    let points = this.memo.get(key);
    if (!points) {
      points = new PointBuilder(
        this.inventory,
        this.schedules,
        this.holds,
        this.onward,
        resource,
        type,
      ).build({ plans, failing, reasons });
      this.memo.set(key, points);
    }
    return points;
  }

  private idOf(part: unknown): number {
    let id = this.ids.get(part);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(part, id);
    }
    return id;
  }
}
