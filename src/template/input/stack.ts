import { isObject, own, ownText } from './files';
import { InputError } from './input-error';
import { SAM_TRANSFORM, withoutSam } from './sam';
import type { StackSource } from './source';

/** CloudFormation accepts 500 resources in a template. */
const MAX_RESOURCES = 100_000;
const MAX_RESOURCES_IN_ALL = 500_000;
/** An account has 2,000 stacks in a Region. */
const MAX_NESTED_STACKS = 5_000;
const MAX_NESTING = 20;

/** A resource, as it is in the template. */
export interface RawResource {
  readonly logicalId: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A nested stack whose template is missing or isn't read. */
export interface Skipped {
  readonly stack: StackScope;
  readonly logicalId: string;
  readonly reason: string;
}

/** One stack: a template with its place, its resources by logical id, and its nested stacks. */
export class StackScope {
  public readonly resources: ReadonlyMap<string, RawResource>;
  public readonly nested = new Map<string, StackScope>();
  /** The name; that of a nested stack is the parent's with the logical id. */
  public readonly name: string;
  public readonly id: string;
  public readonly file: string;
  public readonly account?: string;
  public readonly region?: string;
  public readonly assembly?: string;

  constructor(
    public readonly source: StackSource,
    public readonly parent?: { readonly stack: StackScope; readonly logicalId: string },
  ) {
    this.name = source.name;
    this.id = source.id;
    this.file = source.file;
    this.account = source.account;
    this.region = source.region;
    this.assembly = source.assembly;
    this.resources = resourcesOf(source);
  }

  /** The entry of a section of the template. */
  public entry(section: string, name: string): unknown {
    return own(own(this.source.template, section), name);
  }

  /** The names in a section of the template. */
  public names(section: string): string[] {
    const entries = own(this.source.template, section);
    return isObject(entries) ? Object.keys(entries) : [];
  }

  /** The id of a resource of this stack, in all stacks. */
  public idOf(logicalId: string): string {
    return `${this.id}#${logicalId}`;
  }

  /** The stack that isn't nested. */
  public get root(): StackScope {
    let stack: StackScope = this;
    while (stack.parent) stack = stack.parent.stack;
    return stack;
  }
}

function resourcesOf(source: StackSource): Map<string, RawResource> {
  const resources = new Map<string, RawResource>();
  const section = own(source.template, 'Resources');
  if (!isObject(section)) return resources;
  const isSam = [own(source.template, 'Transform')].flat().includes(SAM_TRANSFORM);
  const globals = own(source.template, 'Globals');
  for (const logicalId of Object.keys(section)) {
    const written = section[logicalId];
    if (!isObject(written)) continue;
    const body = isSam ? withoutSam(written, globals) : written;
    const type = ownText(body, 'Type');
    if (type === undefined) continue;
    resources.set(logicalId, { logicalId, type, body });
    if (resources.size > MAX_RESOURCES)
      throw new InputError(source.file, `has more than ${MAX_RESOURCES} resources`, 'Resources');
  }
  return resources;
}

/** All stacks of an input, nested stacks after their parents. */
export class Stacks {
  public readonly all: readonly StackScope[];
  public readonly skipped: readonly Skipped[];
  private readonly byId = new Map<string, StackScope>();

  constructor(sources: readonly StackSource[]) {
    const all: StackScope[] = [];
    const skipped: Skipped[] = [];
    let resources = 0;
    const add = (stack: StackScope) => {
      resources += stack.resources.size;
      if (resources > MAX_RESOURCES_IN_ALL)
        throw new InputError(
          stack.file,
          `and the templates before it have more than ${MAX_RESOURCES_IN_ALL} resources`,
        );
      all.push(stack);
      this.byId.set(stack.id, stack);
    };
    const roots = new Set(sources.map((source) => source.id));
    for (const source of roots.size === sources.length ? sources : withDistinctIds(sources))
      add(new StackScope(source));
    const topLevel = all.length;
    for (let i = 0; i < all.length; i++) {
      for (const resource of all[i].resources.values()) {
        if (resource.type !== 'AWS::CloudFormation::Stack') continue;
        const nested = nestedStack(all[i], resource, all.length - topLevel);
        if (nested instanceof StackScope) {
          all[i].nested.set(resource.logicalId, nested);
          add(nested);
        } else skipped.push({ stack: all[i], logicalId: resource.logicalId, reason: nested });
      }
    }
    this.all = all;
    this.skipped = skipped;
  }

  /** The resource with an id, and its stack. */
  public find(id: string): { readonly stack: StackScope; readonly resource: RawResource } | undefined {
    const hash = id.lastIndexOf('#');
    const stack = this.byId.get(id.slice(0, hash));
    const resource = stack?.resources.get(id.slice(hash + 1));
    return stack && resource ? { stack, resource } : undefined;
  }
}

/** The user may name the same file twice. */
function withDistinctIds(sources: readonly StackSource[]): StackSource[] {
  const seen = new Map<string, number>();
  return sources.map((source) => {
    const times = (seen.get(source.id) ?? 0) + 1;
    seen.set(source.id, times);
    return times === 1 ? source : { ...source, id: `${source.id}~${times}` };
  });
}

/** The nested stack of a resource, or why it isn't read. */
function nestedStack(parent: StackScope, resource: RawResource, nestedSoFar: number): StackScope | string {
  const found = parent.source.nested?.(resource.body);
  if (!found) return 'its template is not part of the input';
  if (nestedSoFar >= MAX_NESTED_STACKS) return `only the first ${MAX_NESTED_STACKS} nested stacks are read`;
  let depth = 0;
  for (let up: StackScope | undefined = parent; up; up = up.parent?.stack) {
    if (up.file === found.file) return 'its template nests itself';
    if (++depth > MAX_NESTING) return `nested stacks more than ${MAX_NESTING} levels deep are not read`;
  }
  const { source } = parent;
  return new StackScope(
    {
      ...source,
      ...found,
      id: `${source.id}/${resource.logicalId}`,
      name: `${source.name}/${resource.logicalId}`,
      stackName: undefined,
      constructPath: undefined,
      tags: undefined,
      parameters: undefined,
    },
    { stack: parent, logicalId: resource.logicalId },
  );
}
