import type { Place } from '../../inventory/core/item';
import type { StackItem } from '../../inventory/core/stack-item';
import type { Inventory } from '../../inventory/inventory';

/**
 * Tells whether things of two stacks certainly meet in one account and Region. Stacks that leave these open may be
 * meant for different ones, as the stages of an app are.
 */
export class Together {
  private readonly stacks: ReadonlyMap<string, StackItem>;

  constructor({ stacks }: Inventory) {
    this.stacks = new Map(stacks.map((stack) => [stack.id, stack]));
  }

  public sure(a: Place, b: Place): boolean {
    if (a.stackId === b.stackId) return true;
    if (a.account !== b.account || a.region !== b.region) return false;
    return (a.account !== undefined && a.region !== undefined) || this.stage(a) === this.stage(b);
  }

  /** The stage of a stack, or the folder of a bare template. */
  private stage({ stackId }: Place): string {
    let id = stackId;
    for (let up = this.stacks.get(id); up?.parent !== undefined; up = this.stacks.get(id)) id = up.parent;
    return id.slice(0, id.lastIndexOf('/') + 1);
  }
}
