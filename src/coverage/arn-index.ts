import { textKey } from '../template/evaluation/text';
import type { Verdict } from '../template/evaluation/verdict';
import { type Arn, type ArnTest, passes, samePlace } from './arns';

type Meet<N> = (content: N, verdict: true | undefined) => void;

/** A test of ARNs, and its content. */
interface Node<N> {
  readonly test: ArnTest;
  readonly arn: Arn;
  readonly content: N;
}

/** The tests of one service, by the resource part of the ARN. */
interface Service<N> {
  readonly exact: Map<string, Node<N>[]>;
  readonly prefixes: Map<string, Node<N>[]>;
  /** The lengths of all prefixes, so that only these are looked up. */
  readonly lengths: Set<number>;
  readonly sorted: SortedTexts;
  /** Tests that can't be looked up. */
  readonly others: Node<N>[];
  readonly all: Node<N>[];
}

/**
 * Many tests of ARNs at once. Tests for a resource or a prefix are looked up, so that an ARN is compared with few tests
 * that it doesn't pass.
 */
export class ArnIndex<N> {
  private readonly contents = new Map<string, N>();
  private readonly services = new Map<string | undefined, Service<N>>();
  private readonly everything: N[] = [];
  private readonly unknown: N[] = [];
  /** Tests with an unknown service. */
  private readonly anyService: Node<N>[] = [];

  /** @param make creates the content of a new test */
  constructor(private readonly make: () => N) {}

  /** The content of a test. Equal tests share it. */
  public at(test: ArnTest): N {
    const key = keyOf(test);
    const known = key === undefined ? undefined : this.contents.get(key);
    if (known !== undefined) return known;
    const content = this.make();
    if (key !== undefined) this.contents.set(key, content);
    if (test.kind === 'everything') this.everything.push(content);
    else if (test.kind === 'open') this.unknown.push(content);
    else this.add({ test, arn: test.arn, content });
    return content;
  }

  /** Calls back for each test that the ARN passes, or may pass. */
  public visit(subject: Arn, meet: Meet<N>): void {
    for (const content of this.everything) meet(content, true);
    for (const content of this.unknown) meet(content, undefined);
    const ask = ({ test, content }: Node<N>) => report(content, passes(test, subject), meet);
    this.anyService.forEach(ask);
    const service = this.services.get(serviceOf(subject));
    if (!service) return;
    const { key } = subject;
    if (key === undefined || !subject.closed) {
      service.all.forEach(ask);
      return;
    }
    service.others.forEach(ask);
    const found = ({ arn, content }: Node<N>) => report(content, samePlace(arn, subject), meet);
    service.exact.get(key)?.forEach(found);
    for (const length of service.lengths)
      if (length <= key.length) service.prefixes.get(key.slice(0, length))?.forEach(found);
    if (!subject.whole) this.visitLonger(service, subject, key, ask);
  }

  /** Prefixes that are longer than the known part of the ARN: a generated name may start with their rest. */
  private visitLonger(
    service: Service<N>,
    { beginning }: Arn,
    key: string,
    ask: (node: Node<N>) => void,
  ): void {
    const literal = key.slice(0, key.indexOf('\0'));
    const known = literal + (beginning ?? '');
    for (const length of service.lengths)
      if (length > literal.length && length <= known.length)
        service.prefixes.get(known.slice(0, length))?.forEach(ask);
    for (const prefix of service.sorted.beginningWith(known))
      if (prefix.length > known.length && !key.startsWith(prefix)) service.prefixes.get(prefix)?.forEach(ask);
  }

  private add(node: Node<N>): void {
    const { test, arn } = node;
    const name = serviceOf(arn);
    if (name === undefined || name.includes('*')) {
      this.anyService.push(node);
      return;
    }
    let service = this.services.get(name);
    if (!service) {
      service = {
        exact: new Map(),
        prefixes: new Map(),
        lengths: new Set(),
        sorted: new SortedTexts(),
        others: [],
        all: [],
      };
      this.services.set(name, service);
    }
    service.all.push(node);
    if (test.kind === 'pattern' || arn.key === undefined || !arn.closed) {
      service.others.push(node);
      return;
    }
    const byKey = test.kind === 'exact' ? service.exact : service.prefixes;
    const nodes = byKey.get(arn.key);
    if (nodes) nodes.push(node);
    else byKey.set(arn.key, [node]);
    if (test.kind === 'exact') return;
    service.lengths.add(arn.key.length);
    if (!nodes) service.sorted.add(arn.key);
  }
}

/** Texts that are found by a prefix. */
class SortedTexts {
  private readonly texts: string[] = [];
  private isSorted = true;

  public add(text: string): void {
    this.texts.push(text);
    this.isSorted = false;
  }

  public *beginningWith(beginning: string): Iterable<string> {
    if (!this.isSorted) this.texts.sort((a, b) => (a < b ? -1 : 1));
    this.isSorted = true;
    let [low, high] = [0, this.texts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.texts[middle] < beginning) low = middle + 1;
      else high = middle;
    }
    for (; this.texts[low]?.startsWith(beginning); low++) yield this.texts[low];
  }
}

function report<N>(content: N, verdict: Verdict, meet: Meet<N>): void {
  if (verdict !== false) meet(content, verdict);
}

/** The service; empty if the ARN can't be split, undefined if it isn't known. */
function serviceOf({ fields }: Arn): string | undefined {
  if (!fields) return '';
  return typeof fields.service === 'string' ? fields.service : undefined;
}

/** Equal for equal tests; undefined if equality can't be determined. */
function keyOf(test: ArnTest): string | undefined {
  if (!('arn' in test)) return test.kind;
  const { fields, resource } = test.arn;
  const texts = fields
    ? [fields.partition, fields.service, fields.region, fields.account, resource]
    : [resource];
  const keys = texts.map(textKey);
  return keys.includes(undefined) ? undefined : JSON.stringify([test.kind, ...keys]);
}
