import { type Assumptions, Resolver } from '../../template/evaluation/resolver';
import { type Maybe, Unknown } from '../../template/evaluation/unknown';
import { ConstructPaths } from '../../template/input/construct-paths';
import { own, ownText } from '../../template/input/files';
import type { StackSource } from '../../template/input/source';
import { type RawResource, type StackScope, Stacks } from '../../template/input/stack';
import { Cursor } from './cursor';
import type { Item, Place } from './item';
import { Links } from './links';

/** A resource to read. */
export interface Found {
  readonly stack: StackScope;
  readonly resource: RawResource;
  readonly item: Item;
  readonly properties: Cursor;
}

/** What the readers of an inventory share. */
export class Context {
  public readonly stacks: Stacks;
  public readonly literal: Resolver;
  public readonly links: Links;
  public readonly paths = new ConstructPaths();
  private readonly byType = new Map<string, { stack: StackScope; resource: RawResource }[]>();

  constructor(sources: readonly StackSource[], assumed?: Assumptions) {
    this.stacks = new Stacks(sources);
    this.literal = new Resolver(this.stacks, 'literal', assumed);
    const symbolic = new Resolver(this.stacks, 'symbolic', assumed);
    const exists = (stack: StackScope, resource: RawResource) => this.exists(stack, resource) !== false;
    this.links = new Links(this.literal, symbolic, exists);
    for (const stack of this.stacks.all)
      for (const resource of stack.resources.values()) {
        if (!exists(stack, resource)) continue;
        const found = this.byType.get(resource.type);
        if (found) found.push({ stack, resource });
        else this.byType.set(resource.type, [{ stack, resource }]);
      }
  }

  /** All resources of some types that may be created, in the order of stacks and templates. */
  public *all(...types: readonly string[]): Iterable<Found> {
    for (const type of types)
      for (const { stack, resource } of this.byType.get(type) ?? []) yield this.found(stack, resource);
  }

  /** The resource with an id. */
  public find(id: string): Found | undefined {
    const found = this.stacks.find(id);
    return found && this.found(found.stack, found.resource);
  }

  /** Whether a resource is created, unless its conditions are known to be false. */
  public mayExist(stack: StackScope, resource: RawResource): boolean {
    return this.exists(stack, resource) !== false;
  }

  public place(stack: StackScope, logicalId: string, pathInTemplate: string): Place {
    return {
      stack: stack.name,
      stackId: stack.id,
      logicalId,
      constructPath: this.paths.of(stack, logicalId),
      file: stack.file,
      pathInTemplate,
      account: stack.account,
      region: stack.region,
    };
  }

  private found(stack: StackScope, resource: RawResource): Found {
    const { logicalId, type, body } = resource;
    const path = `Resources/${logicalId}`;
    const dependsOn = own(body, 'DependsOn');
    const condition = ownText(body, 'Condition');
    const item: Item = {
      id: stack.idOf(logicalId),
      type,
      place: this.place(stack, logicalId, path),
      condition:
        condition === undefined ? undefined : { name: condition, holds: this.exists(stack, resource) },
      deletionPolicy: this.literal.text(own(body, 'DeletionPolicy'), stack),
      updateReplacePolicy: this.literal.text(own(body, 'UpdateReplacePolicy'), stack),
      dependsOn: (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).filter(
        (name): name is string => typeof name === 'string',
      ),
    };
    const properties = new Cursor(this, stack, own(body, 'Properties') ?? {}, `${path}/Properties`);
    return { stack, resource, item, properties };
  }

  /** Whether a resource is created, by its condition and those of the nested stacks that it is in. */
  private exists(stack: StackScope, resource: RawResource): Maybe<boolean> {
    let open: Unknown | undefined;
    let at: { stack: StackScope; resource?: RawResource } | undefined = { stack, resource };
    while (at) {
      const name: string | undefined = ownText(at.resource?.body, 'Condition');
      const holds: Maybe<boolean> = name === undefined ? true : this.literal.condition(name, at.stack);
      if (holds === false) return false;
      if (holds instanceof Unknown) open ??= holds;
      const { parent }: StackScope = at.stack;
      at = parent && { stack: parent.stack, resource: parent.stack.resources.get(parent.logicalId) };
    }
    return open ?? true;
  }
}
