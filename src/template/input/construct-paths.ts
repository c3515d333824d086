import { own, ownText } from './files';
import { metadataOf } from './metadata';
import type { StackScope } from './stack';

/** Construct paths with logical ids, from the metadata of an assembly. */
export type PathEntries = Iterable<readonly [path: string, logicalId: string]>;

/** Construct paths with logical ids, of a stack and its nested stacks. */
export function* manifestPaths(folder: string, artifact: unknown): PathEntries {
  for (const [constructPath, entry] of metadataOf(folder, artifact)) {
    const logicalId = ownText(entry, 'type') === 'aws:cdk:logicalId' ? ownText(entry, 'data') : undefined;
    if (logicalId !== undefined) yield [constructPath, logicalId];
  }
}

/** The path of the resource of a nested stack, which CDK derives from the path of the stack. */
const NESTED = /^(.*)\.NestedStack\/[^/]*\.NestedStackResource$/;

/** Construct paths of resources: from their metadata in the template, or from that of the assembly. */
export class ConstructPaths {
  private readonly byRoot = new Map<StackScope, ReadonlyMap<string, ReadonlyMap<string, string>>>();

  public of(stack: StackScope, logicalId: string): string | undefined {
    const body = stack.resources.get(logicalId)?.body;
    const written = ownText(own(body, 'Metadata'), 'aws:cdk:path');
    if (written !== undefined) return written;
    const stackPath = this.ofStack(stack);
    return stackPath === undefined ? undefined : this.entries(stack.root).get(stackPath)?.get(logicalId);
  }

  /** The path of a stack. The path of a nested stack is derived from that of its resource. */
  public ofStack(stack: StackScope): string | undefined {
    if (!stack.parent) return stack.source.constructPath;
    const resource = this.of(stack.parent.stack, stack.parent.logicalId);
    return resource === undefined ? undefined : (NESTED.exec(resource)?.[1] ?? undefined);
  }

  /** The paths of a root stack and those nested in it, by the path of their stack and the logical id. */
  private entries(root: StackScope): ReadonlyMap<string, ReadonlyMap<string, string>> {
    const known = this.byRoot.get(root);
    if (known) return known;
    const all = [...(root.source.constructPaths?.() ?? [])];
    const stacks = new Set([root.source.constructPath ?? '']);
    for (const [constructPath] of all) {
      const nested = NESTED.exec(constructPath)?.[1];
      if (nested !== undefined) stacks.add(nested);
    }
    const byStack = new Map<string, Map<string, string>>();
    for (const [constructPath, logicalId] of all) {
      const stack = nearest(stacks, constructPath);
      const paths = byStack.get(stack);
      if (paths) paths.set(logicalId, constructPath);
      else byStack.set(stack, new Map([[logicalId, constructPath]]));
    }
    this.byRoot.set(root, byStack);
    return byStack;
  }
}

/** The innermost stack that a construct is in. */
function nearest(stacks: ReadonlySet<string>, constructPath: string): string {
  for (let end = constructPath.lastIndexOf('/'); end > 0; end = constructPath.lastIndexOf('/', end - 1)) {
    const outer = constructPath.slice(0, end);
    if (stacks.has(outer)) return outer;
  }
  return '';
}
