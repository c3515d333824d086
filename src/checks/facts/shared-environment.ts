import type { Place } from '../../inventory/core/item';
import type { StackItem } from '../../inventory/core/stack-item';
import type { Inventory } from '../../inventory/inventory';

/**
 * Determines whether two stacks are certainly deployed to the same account and Region. Environment-agnostic stacks may
 * be deployed to different ones, as the stages of an app are.
 */
export class SharedEnvironment {
  private readonly stacks: ReadonlyMap<string, StackItem>;

  constructor({ stacks }: Inventory) {
    this.stacks = new Map(stacks.map((stack) => [stack.id, stack]));
  }

  public isCertain(a: Place, b: Place): boolean {
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
