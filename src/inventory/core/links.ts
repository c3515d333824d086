import { IDENTITIES } from '../../template/evaluation/attributes';
import type { Resolver } from '../../template/evaluation/resolver';
import { holesOf, textKey } from '../../template/evaluation/text';
import type { Text } from '../../template/evaluation/unknown';
import type { RawResource, StackScope } from '../../template/input/stack';
import type { Link } from './item';

/** How something is referred to: by its name in the account and Region of the stack, by its ARN, or by either. */
export type LinkBy = 'name' | 'arn' | 'either';

interface Target {
  readonly id: string;
  readonly stack: StackScope;
  readonly resource: RawResource;
}

/** Finds what references lead to, in the same stack or another. */
export class Links {
  private readonly byArn = new Map<string, Target[]>();
  private readonly byName = new Map<string, Target[]>();

  /**
   * @param literal resolves names as they are in templates
   * @param symbolic resolves names as references to resources
   * @param exists whether a resource may be created
   */
  constructor(
    private readonly literal: Resolver,
    private readonly symbolic: Resolver,
    exists: (stack: StackScope, resource: RawResource) => boolean,
  ) {
    for (const stack of literal.stacks.all)
      for (const resource of stack.resources.values()) {
        const identity = IDENTITIES.get(resource.type);
        if (!identity || !exists(stack, resource)) continue;
        const target = { id: stack.idOf(resource.logicalId), stack, resource };
        push(this.byArn, textKey(literal.identities.arn(stack, resource)), target);
        if (identity.name)
          push(this.byName, nameKey(literal.identities.name(stack, resource), stack, resource.type), target);
      }
  }

  /** What a value refers to, among resources of certain types. */
  public link(raw: unknown, stack: StackScope, types: ReadonlySet<string>, by: LinkBy): Link | undefined {
    const text = this.literal.text(raw, stack);
    if (text === undefined) return undefined;
    const target =
      this.mentioned(raw, stack, types).find((found) => this.fits(text, stack, found, by)) ??
      this.named(text, stack, types, by);
    return target ? { text, to: target.id } : { text };
  }

  /** What a text refers to, such as a principal in a policy. */
  public linkText(text: Text, stack: StackScope, types: ReadonlySet<string>, by: LinkBy): Link {
    const target = this.named(text, stack, types, by);
    return target ? { text, to: target.id } : { text };
  }

  /** Resources that the value names by `Ref`, `Fn::GetAtt` and the like, wherever they are. */
  private mentioned(raw: unknown, stack: StackScope, types: ReadonlySet<string>): Target[] {
    if (typeof raw === 'string') return [];
    const text = this.symbolic.text(raw, stack);
    if (text === undefined) return [];
    const ids = new Set(holesOf(text).flatMap((hole) => hole.resource ?? []));
    return [...ids].flatMap((id) => {
      const found = this.literal.stacks.find(id);
      return found && types.has(found.resource.type) ? [{ id, ...found }] : [];
    });
  }

  /** The only resource whose name or ARN is the text. */
  private named(text: Text, stack: StackScope, types: ReadonlySet<string>, by: LinkBy): Target | undefined {
    const key = textKey(text);
    if (key === undefined) return undefined;
    const found = [
      ...(by === 'name' ? [] : (this.byArn.get(key) ?? [])),
      ...(by === 'arn'
        ? []
        : [...types].flatMap((type) => this.byName.get(nameKey(text, stack, type) ?? '') ?? [])),
    ].filter((target) => types.has(target.resource.type));
    const nearest = [
      found,
      found.filter((target) => target.stack.assembly === stack.assembly),
      found.filter((target) => target.stack === stack),
    ];
    return nearest.find((some) => some.length === 1)?.[0];
  }

  /** Whether the text can be the name or ARN of the resource that it mentions. */
  private fits(text: Text, stack: StackScope, target: Target, by: LinkBy): boolean {
    const { identities } = this.literal;
    const name = identities.name(target.stack, target.resource);
    const byName = by !== 'arn' && samePlace(stack, target) && this.literal.same(text, name) !== false;
    return (
      byName ||
      (by !== 'name' && this.literal.same(text, identities.arn(target.stack, target.resource)) !== false)
    );
  }
}

function push(index: Map<string, Target[]>, key: string | undefined, target: Target): void {
  if (key === undefined) return;
  const targets = index.get(key);
  if (!targets) index.set(key, [target]);
  else if (targets.length < MAX_SAME) targets.push(target);
}

/** Resources with one name in one account and Region: only one of them can be created. */
const MAX_SAME = 100;

/** A name with the account and Region that it is valid in. */
function nameKey(name: Text, stack: StackScope, type: string): string | undefined {
  const key = textKey(name);
  if (key === undefined || type === 'AWS::S3::Bucket') return key && `${type}\0${key}`;
  return [type, stack.account, GLOBAL.has(type) ? '' : stack.region, key].join('\0');
}

/** Types whose names are the same in all Regions. */
const GLOBAL = new Set(['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::S3::Bucket']);

/** Whether a name in a stack can mean a resource of another stack: names are valid in one account and Region. */
function samePlace(stack: StackScope, target: Target): boolean {
  if (target.resource.type === 'AWS::S3::Bucket') return true;
  if (stack.account !== target.stack.account) return false;
  return GLOBAL.has(target.resource.type) || stack.region === target.stack.region;
}
