import { own, ownText } from '../input/files';
import type { StackScope } from '../input/stack';
import type { Evaluator } from './evaluator';
import { textKey } from './text';
import { type Text, Unknown } from './unknown';

/** A value of one stack that another stack may use. */
interface Offer {
  /** Distinct in the stack. */
  readonly key: string;
  readonly stack: StackScope;
  readonly raw: unknown;
}

/** Stacks of one name, or exports of one name: one for each account and Region. */
const MAX_OFFERS = 1_000;

/** What stacks provide to each other: outputs, exports, and CDK's cross-Region exports. */
export class Exports {
  private readonly indexes = new Map<string, ReadonlyMap<string, readonly Offer[]>>();
  private building = false;

  constructor(private readonly resolver: Evaluator) {}

  /** `Fn::ImportValue`: of the same account and Region. */
  public imported(name: string, stack: StackScope): unknown {
    const offers = this.index('exports', () => this.exported()).get(name);
    return this.take(offers, stack, stack.region, `the export \`${name}\``);
  }

  /** `Fn::GetStackOutput`: of any stack. */
  public output(stackName: string, output: string, region: Text | undefined, stack: StackScope): unknown {
    const offers = this.index('stacks', () => this.named()).get(stackName);
    const wanted = typeof region === 'string' ? region : region === undefined ? stack.region : undefined;
    const what = `the output \`${output}\` of the stack \`${stackName}\``;
    const values = offers?.map((offer) => ({
      key: output,
      stack: offer.stack,
      raw: own(offer.stack.entry('Outputs', output), 'Value'),
    }));
    return this.take(
      values?.filter((offer) => offer.raw !== undefined),
      stack,
      wanted,
      what,
      region instanceof Unknown,
    );
  }

  /** `Fn::GetAtt` of a nested stack: `Outputs.<name>`. */
  public nestedOutput(nested: StackScope, output: string): unknown {
    const raw = own(nested.entry('Outputs', output), 'Value');
    return raw === undefined
      ? new Unknown('reference', `the nested stack has no output \`${output}\``)
      : this.value({ key: output, stack: nested, raw });
  }

  /** `Fn::GetAtt` of the custom resource with which CDK reads cross-Region exports. */
  public crossRegion(attribute: string, stack: StackScope): unknown {
    const offers = this.index('cross-region', () => this.written()).get(attribute);
    return this.take(offers, stack, undefined, `the export \`${attribute}\``, true);
  }

  /** The only offer that fits, evaluated in the stack that provides it. */
  private take(
    offers: readonly Offer[] | undefined,
    stack: StackScope,
    region: string | undefined,
    what: string,
    anyRegion = false,
  ): unknown {
    const none = new Unknown('import', `${what} is not in the input`);
    const fitting = (offers ?? []).filter((offer) => anyRegion || offer.stack.region === region);
    const near = [
      fitting,
      fitting.filter((offer) => offer.stack.account === stack.account),
      fitting.filter(
        (offer) => offer.stack.account === stack.account && offer.stack.assembly === stack.assembly,
      ),
    ].find((some) => some.length === 1);
    if (near) return this.value(near[0]);
    return fitting.length === 0 ? none : new Unknown('import', `${what} is in several stacks`);
  }

  private value(offer: Offer): unknown {
    const { key, stack, raw } = offer;
    return this.resolver.once(`output|${stack.id}|${key}`, `the output \`${key}\``, () => {
      const value = this.resolver.evaluate(raw, stack);
      // outputs are text; the stack joins lists itself
      return typeof value === 'object' && !(value instanceof Unknown)
        ? new Unknown('shape', 'an output must be text')
        : value;
    });
  }

  private index(
    kind: string,
    build: () => Iterable<readonly [string, Offer]>,
  ): ReadonlyMap<string, readonly Offer[]> {
    const built = this.indexes.get(kind);
    if (built) return built;
    if (this.building) return new Map(); // the name of an export refers to an export
    this.building = true;
    const index = new Map<string, Offer[]>();
    for (const [name, offer] of build()) {
      const offers = index.get(name);
      if (!offers) index.set(name, [offer]);
      else if (offers.length < MAX_OFFERS) offers.push(offer);
    }
    this.building = false;
    this.indexes.set(kind, index);
    return index;
  }

  private *exported(): Iterable<readonly [string, Offer]> {
    for (const stack of this.resolver.stacks.all)
      for (const output of stack.names('Outputs')) {
        const entry = stack.entry('Outputs', output);
        const rawName = own(own(entry, 'Export'), 'Name');
        if (rawName === undefined) continue;
        const name = this.resolver.text(rawName, stack);
        const key = name === undefined ? undefined : textKey(name);
        if (key !== undefined) yield [key, { key: output, stack, raw: own(entry, 'Value') }];
      }
  }

  private *named(): Iterable<readonly [string, Offer]> {
    for (const stack of this.resolver.stacks.all)
      if (stack.source.stackName !== undefined)
        yield [stack.source.stackName, { key: '', stack, raw: undefined }];
  }

  private *written(): Iterable<readonly [string, Offer]> {
    for (const stack of this.resolver.stacks.all)
      for (const resource of stack.resources.values()) {
        if (resource.type !== 'Custom::CrossRegionExportWriter') continue;
        const writer = own(own(resource.body, 'Properties'), 'WriterProps');
        const exports = own(writer, 'exports');
        if (typeof exports !== 'object' || exports === null || ownText(writer, 'region') === undefined)
          continue;
        for (const name of Object.keys(exports)) yield [name, { key: name, stack, raw: own(exports, name) }];
      }
  }
}
