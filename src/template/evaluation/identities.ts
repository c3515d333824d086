import { own } from '../input/files';
import type { RawResource, StackScope } from '../input/stack';
import { IDENTITIES, type Identity } from './attributes';
import type { Evaluator } from './evaluator';
import { pseudoParameter } from './pseudo';
import { concat } from './text';
import { type Text, Unknown } from './unknown';

/** Names, ids and ARNs of resources: as in the template, or as holes that stand for the resource. */
export class Identities {
  private readonly names = new Map<RawResource, Text>();
  private readonly arns = new Map<RawResource, Text>();

  constructor(private readonly resolver: Evaluator) {}

  /** What `Ref` of a resource returns. */
  public ref(stack: StackScope, logicalId: string): Text {
    const resource = stack.resources.get(logicalId) as RawResource;
    const identity = IDENTITIES.get(resource.type);
    if (!identity) return generated(stack, resource, 'Ref', logicalId);
    return identity.ref === 'arn' ? this.arn(stack, resource) : this.name(stack, resource);
  }

  /** What `Fn::GetAtt` of a resource returns. */
  public attribute(stack: StackScope, logicalId: string, attribute: string): Text {
    const resource = stack.resources.get(logicalId) as RawResource;
    const identity = IDENTITIES.get(resource.type);
    if (identity?.arnAttributes?.includes(attribute)) return this.arn(stack, resource);
    if (identity?.nameAttributes?.includes(attribute)) return this.name(stack, resource);
    return generated(stack, resource, attribute, `${logicalId}.${attribute}`);
  }

  /** The name of a resource, or the id if it has no name. */
  public name(stack: StackScope, resource: RawResource): Text {
    return once(this.names, resource, 'name', () => {
      const identity = IDENTITIES.get(resource.type);
      const open = generated(stack, resource, 'name', resource.logicalId, identity !== undefined);
      if (!identity?.name || this.resolver.naming === 'symbolic') return open;
      const name = this.property(stack, resource, identity.name) ?? open;
      if (name instanceof Unknown) return name.kind === 'shape' ? open : name;
      return identity.lowerCase ? name.toLowerCase() : name;
    });
  }

  /** The ARN of a resource, for known types. */
  public arn(stack: StackScope, resource: RawResource, region: Text | undefined = stack.region): Text {
    const identity = IDENTITIES.get(resource.type);
    if (!identity) return generated(stack, resource, 'arn', resource.logicalId);
    if (region !== stack.region) return this.fillIn(stack, resource, identity, region);
    return once(this.arns, resource, 'ARN', () => this.fillIn(stack, resource, identity, region));
  }

  private fillIn(stack: StackScope, resource: RawResource, identity: Identity, region?: Text): Text {
    const pieces = piecesOf(identity).map((piece, i): Text => {
      if (i % 2 === 0) return piece;
      switch (piece) {
        case 'P':
          return pseudoParameter('AWS::Partition', stack) as Text;
        case 'R':
          return region ?? (pseudoParameter('AWS::Region', stack) as Text);
        case 'A':
          return pseudoParameter('AWS::AccountId', stack) as Text;
        case 'N':
          return this.name(stack, resource);
        case '*':
          return generated(stack, resource, 'arn', `${resource.logicalId}.Arn`);
        default:
          return (
            this.property(stack, resource, piece) ??
            (piece === 'Path' ? '/' : generated(stack, resource, piece, `${resource.logicalId}.${piece}`))
          );
      }
    });
    return concat(pieces);
  }

  private property(stack: StackScope, resource: RawResource, property: string): Text | undefined {
    const properties = this.resolver.evaluate(own(resource.body, 'Properties'), stack);
    return properties instanceof Unknown ? properties : this.resolver.text(own(properties, property), stack);
  }
}

const PIECES = new WeakMap<Identity, readonly string[]>();

/** The texts and placeholders of an ARN, alternating. */
function piecesOf(identity: Identity): readonly string[] {
  let pieces = PIECES.get(identity);
  if (!pieces) {
    pieces = piecesIn(identity.arn);
    PIECES.set(identity, pieces);
  }
  return pieces;
}

/** Like splitting at `{…}`, in linear time. */
function piecesIn(arn: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    const start = arn.indexOf('{', from);
    const end = start < 0 ? -1 : arn.indexOf('}', start);
    if (end < 0) return [...pieces, arn.slice(from)];
    pieces.push(arn.slice(from, start), arn.slice(start + 1, end));
    from = end + 1;
  }
}

/** Computes a text once. A text that refers to itself isn't known. */
function once(memo: Map<RawResource, Text>, resource: RawResource, what: string, compute: () => Text): Text {
  const known = memo.get(resource);
  if (known !== undefined) return known;
  memo.set(resource, new Unknown('cycle', `the ${what} of \`${resource.logicalId}\` refers to itself`));
  const text = compute();
  memo.set(resource, text);
  return text;
}

/** A hole that stands for a value that CloudFormation generates. */
function generated(
  stack: StackScope,
  resource: RawResource,
  attribute: string,
  name: string,
  plain = false,
): Text {
  const id = stack.idOf(resource.logicalId);
  return new Unknown('resource', `\`${name}\` is generated at deployment`, [
    { kind: 'resource', name, key: `${id}|${attribute}`, resource: id, plain },
  ]);
}
