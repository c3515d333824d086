import type { Place } from '../inventory/core/item';
import type { SelectionItem } from '../inventory/plan/selections';
import { and, not, type Verdict } from '../template/evaluation/verdict';
import { ArnIndex } from './arn-index';
import { type Arn, readArnTest } from './arns';
import { type CompiledSelection, compile, Gated, isRefused } from './compiled-selection';
import type { ResourceTags } from './resource-tags';
import { choices, type TagTester } from './tag-tests';

/** What a selection is matched against: a resource or a stack. */
export interface Subject {
  readonly arn: Arn;
  readonly tags: ResourceTags;
  readonly place: Pick<Place, 'account' | 'region' | 'stackId'>;
  /** Whether it is in an unknown Region that isn't that of its stack. */
  readonly elsewhere?: boolean;
  /** The condition of its template that it is created under. */
  readonly condition?: string;
}

/** A selection that certainly or possibly selects a resource. */
export interface SelectionMatch {
  readonly selection: SelectionItem;
  readonly certain: boolean;
}

/** More selections that may select a resource add no information. */
const MAX_UNCERTAIN = 20;

/** The selections of one account and Region. */
interface PlaceIndex {
  readonly account?: string;
  readonly region?: string;
  readonly byArn: ArnIndex<Gated>;
  readonly byTag: Gated;
  /** Selections with an unknown element of `ListOfTags`. */
  readonly others: { readonly compiled: CompiledSelection; readonly test: TagTester }[];
  /** Selections with an unknown element of `Resources`. */
  readonly open: CompiledSelection[];
}

/**
 * Determines which selections select a resource. Selections are indexed by account, Region, ARN and tag, so that a
 * resource is compared with few selections that don't select it: the time grows with the number of resources, selections
 * and matches, not with resources times selections.
 */
export class Matcher {
  private readonly places = new Map<string, PlaceIndex>();
  private asked = 0;

  constructor(selections: readonly SelectionItem[]) {
    for (const compiled of compile(selections.filter((selection) => !isRefused(selection))))
      this.add(compiled);
  }

  /** The selections that select or may select a resource, the certain ones first. */
  public matches(subject: Subject): SelectionMatch[] {
    const certain: SelectionMatch[] = [];
    const uncertain: SelectionMatch[] = [];
    for (const index of this.places.values()) {
      const { account, region } = subject.place;
      const sameRegion = subject.elsewhere ? undefined : same(index.region, region);
      const here = and(same(index.account, account), sameRegion);
      if (here === false) continue;
      for (const compiled of this.included(index, subject)) {
        let verdict = and(here, compiled.included);
        verdict = and(verdict, compiled.conditions(subject.tags));
        if (verdict !== false) verdict = and(verdict, not(compiled.excludes(subject.arn)));
        if (!isMadeWith(compiled.selection, subject)) verdict = and(verdict, compiled.exists);
        const { selection } = compiled;
        if (verdict === true) certain.push({ selection, certain: true });
        else if (verdict === undefined && uncertain.length < MAX_UNCERTAIN)
          uncertain.push({ selection, certain: false });
      }
    }
    return [...certain, ...uncertain];
  }

  /** The selections that include a resource by ARN or tag, each once. */
  private included(index: PlaceIndex, { arn, tags }: Subject): CompiledSelection[] {
    const turn = ++this.asked;
    const found: CompiledSelection[] = [];
    const include = (compiled: CompiledSelection, verdict: true | undefined) => {
      if (compiled.asked !== turn) {
        compiled.asked = turn;
        compiled.included = verdict;
        found.push(compiled);
      } else if (verdict) compiled.included = true;
    };
    index.byArn.visit(arn, (gated, verdict) => gated.visit(tags, (compiled) => include(compiled, verdict)));
    index.byTag.visit(tags, include);
    for (const { compiled, test } of index.others) {
      const verdict = test(tags);
      if (verdict !== false) include(compiled, verdict);
    }
    for (const compiled of index.open) include(compiled, undefined);
    return found;
  }

  private add(compiled: CompiledSelection): void {
    const { selection } = compiled;
    const { account, region } = selection.place;
    const key = `${account}|${region}`;
    let index = this.places.get(key);
    if (!index) {
      index = {
        account,
        region,
        byArn: new ArnIndex(() => new Gated()),
        byTag: new Gated(),
        others: [],
        open: [],
      };
      this.places.set(key, index);
    }
    for (const text of new Set(selection.resources.items)) {
      const test = readArnTest(text);
      if (test) index.byArn.at(test).add(compiled);
    }
    if (selection.resources.rest) index.open.push(compiled);
    const { pairs, other } = choices(selection);
    for (const pair of pairs) index.byTag.add(compiled, pair);
    if (other) index.others.push({ compiled, test: other });
  }
}

/** Environment-agnostic stacks count as deployed to the same account and Region. */
function same(a: string | undefined, b: string | undefined): Verdict {
  if (a === b) return true;
  return a === undefined || b === undefined ? undefined : false;
}

/** Whether the selection exists whenever the resource does: the same condition of the same template. */
function isMadeWith({ place, condition }: SelectionItem, subject: Subject): boolean {
  return (
    condition !== undefined && place.stackId === subject.place.stackId && condition.name === subject.condition
  );
}
