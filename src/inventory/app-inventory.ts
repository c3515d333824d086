import {
  Aspects,
  type CfnElement,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  type NestedStack,
  Reference,
  RemoveTag,
  Stack,
  Stage,
  Tag,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { own } from '../template/input/files';
import type { NestedSource, StackSource } from '../template/input/source';
import { type Inventory, inventoryOf } from './inventory';

/** The inventory of an app that isn't synthesized yet. */
export interface AppInventory {
  readonly inventory: Inventory;
  /** Stacks that can't be read before synthesis, with the reason. */
  readonly unread: readonly string[];
}

/**
 * Reads the inventory of the whole app of a construct, as its constructs are now. The only change to the app is that
 * tags of `Tags.of()` are set earlier than usual.
 */
export function inventoryOfApp(construct: IConstruct): AppInventory {
  const { root } = construct.node;
  const all = root.node.findAll();
  setTags(all);
  const stacks = all.filter((each): each is Stack => Stack.isStack(each));
  const exports = new Map<Stack, Map<string, unknown>>();
  const rendered = new Map<Stack, unknown>();
  const unread: string[] = [];
  for (const stack of stacks)
    try {
      rendered.set(stack, render(stack, exports));
    } catch (error) {
      unread.push(
        `the stack \`${stack.node.path || stack.stackName}\` can't be read before synthesis: ${(error as Error).message}`,
      );
    }
  const templates = new Map(
    [...rendered].map(([stack, template]) => [stack, withOutputs(template, exports.get(stack))]),
  );
  const sources = stacks
    .filter((stack) => !stack.nestedStackParent)
    .flatMap((stack) => {
      const template = templates.get(stack);
      return template === undefined ? [] : [sourceOf(stack, template, templates)];
    });
  return { inventory: inventoryOf(sources), unread };
}

function sourceOf(stack: Stack, template: unknown, templates: ReadonlyMap<Stack, unknown>): StackSource {
  const fixed = (text: string) => (Token.isUnresolved(text) ? undefined : text);
  return {
    template,
    file: stack.templateFile,
    name: stack.stackName,
    stackName: stack.stackName,
    id: stack.node.addr,
    account: fixed(stack.account),
    region: fixed(stack.region),
    constructPath: stack.node.path,
    assembly: stack.node.root.node.addr,
    tags: new Map(Object.entries(stack.tags.tagValues())),
    nested: nestedIn(stack, template, templates),
    constructPaths: () => constructPaths(stack),
  };
}

/** The nested stacks of a template, by the resources that create them. */
function nestedIn(
  parent: Stack,
  template: unknown,
  templates: ReadonlyMap<Stack, unknown>,
): (resource: unknown) => NestedSource | undefined {
  const byResource = new Map<unknown, Stack>();
  for (const stack of templates.keys()) {
    if (stack.nestedStackParent !== parent || !stack.nestedStackResource) continue;
    const logicalId = parent.resolve(stack.nestedStackResource.logicalId);
    byResource.set(own(own(template, 'Resources'), logicalId), stack);
  }
  return (resource) => {
    const stack = byResource.get(resource);
    const inside = stack && templates.get(stack);
    if (!stack || inside === undefined) return undefined;
    return {
      template: inside,
      file: (stack as NestedStack).templateFile,
      nested: nestedIn(stack, inside, templates),
    };
  };
}

function* constructPaths(stack: Stack): Iterable<readonly [path: string, logicalId: string]> {
  for (const construct of stack.node.findAll()) {
    const { logicalId } = construct as Partial<CfnElement>;
    if (logicalId !== undefined) yield [construct.node.path, Stack.of(construct).resolve(logicalId)];
  }
}

/** Sets the tags that aspects would set later; setting them twice does no harm. Aspects don't visit nested stages. */
function setTags(all: readonly IConstruct[]): void {
  for (const construct of all) {
    const { scopes } = construct.node;
    const stage = Stage.of(construct);
    for (const scope of stage ? scopes.slice(scopes.indexOf(stage)) : scopes)
      for (const aspect of Aspects.of(scope).all)
        if (aspect instanceof Tag || aspect instanceof RemoveTag) aspect.visit(construct);
  }
}

function render(stack: Stack, exports: Map<Stack, Map<string, unknown>>): unknown {
  // what CDK itself calls: public, but not in other languages
  const template = (stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
  const resolver = new AppResolver(exports);
  return Tokenization.resolve(template, { scope: stack, resolver, preparing: false });
}

/** The template, with the outputs that other stacks refer to, as CDK adds them in synthesis. */
function withOutputs(template: unknown, exports: ReadonlyMap<string, unknown> | undefined): unknown {
  if (!exports) return template;
  const Outputs = Object.fromEntries(
    [...exports].map(([name, Value]) => [name, { Value, Export: { Name: name } }]),
  );
  return {
    ...(template as object),
    Outputs: { ...(own(template, 'Outputs') as object | undefined), ...Outputs },
  };
}

/** Joins text with parts that are known only at deployment. */
const JOINED: ConstructorParameters<typeof DefaultTokenResolver>[0] = {
  join(left: unknown, right: unknown): unknown {
    const parts = [...partsOf(left), ...partsOf(right)];
    return parts.every((part) => typeof part === 'string') ? parts.join('') : { 'Fn::Join': ['', parts] };
  },
};

function partsOf(fragment: unknown): unknown[] {
  if (fragment === undefined) return [];
  const join = own(fragment, 'Fn::Join');
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : [fragment];
}

/** Resolves tokens as synthesis does; references to other stacks go through exports that are added for them. */
class AppResolver extends DefaultTokenResolver {
  constructor(private readonly exports: Map<Stack, Map<string, unknown>>) {
    super(JOINED);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, processor: IPostProcessor): unknown {
    const resolved = super.resolveToken(token, context, processor);
    if (!Reference.isReference(token)) return resolved;
    const from = Stack.of(token.target);
    const to = Stack.of(context.scope);
    if (from === to || !isPlain(resolved)) return resolved;
    const { logicalId } = token.target as Partial<CfnElement>;
    const names = [own(resolved, 'Ref'), (own(resolved, 'Fn::GetAtt') as unknown[] | undefined)?.[0]];
    // after synthesis, the reference is already a parameter or an import
    if (logicalId === undefined || !names.includes(from.resolve(logicalId))) return resolved;

    const name = `${from.node.addr}${JSON.stringify(resolved).replace(/\W+/g, '')}`;
    const exports = this.exports.get(from) ?? new Map<string, unknown>();
    this.exports.set(from, exports.set(name, resolved));
    if (from.environment === to.environment) return { 'Fn::ImportValue': name };
    return { 'Fn::GetStackOutput': { StackName: from.stackName, OutputName: name, Region: from.region } };
  }
}

/** `{Ref}` or `{Fn::GetAtt}`. */
function isPlain(value: unknown): boolean {
  return own(value, 'Ref') !== undefined || own(value, 'Fn::GetAtt') !== undefined;
}
