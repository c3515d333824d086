import { known, type Text } from '../../template/evaluation/unknown';
import type { Elsewhere } from '../../values/copy/copy-laws';
import type { Place } from './item';

/** An account and Region, as far as they are known. */
export interface SomePlace {
  readonly account?: Text;
  readonly region?: Text;
}

/** The account or Region in which something is known to differ; undefined if nothing is known to differ. */
export function otherPlace(here: Pick<Place, 'account' | 'region'>, there: SomePlace): Elsewhere | undefined {
  for (const [what, own, other] of [
    ['account', here.account, known(there.account)],
    ['Region', here.region, known(there.region)],
  ] as const)
    if (own !== undefined && other !== undefined && other !== '' && own !== other)
      return { what, here: own, there: other };
  return undefined;
}
