import { documentOf } from '../../template/evaluation/documents';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import { own } from '../../template/input/files';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** The namespace of the metrics of `BackupFreshnessCheck`. */
export const FRESHNESS_NAMESPACE = 'BackupFreshness';

/** What a `BackupFreshnessCheck` compares, from the request to its function. */
export interface FreshnessCheckItem extends Item {
  /** The names of plans whose rules are checked. */
  readonly plans: readonly Text[];
  /** The names of vaults that are watched by age. */
  readonly vaults: readonly Text[];
}

export function readFreshnessChecks(context: Context): FreshnessCheckItem[] {
  return [...context.all('AWS::Events::Rule')].flatMap(({ item, properties, stack }) =>
    properties.list('Targets').items.flatMap((target) => {
      const request = documentOf(context.literal, target.raw('Input'), stack);
      if (request instanceof Unknown || own(request, 'namespace') !== FRESHNESS_NAMESPACE) return [];
      const objectives = own(request, 'objectives');
      const textsOf = (key: string, byAge: boolean) =>
        (Array.isArray(objectives) ? objectives : []).flatMap((objective) => {
          const text = own(objective, key);
          const isByAge = own(objective, 'maxAge') !== undefined;
          return isByAge === byAge && (typeof text === 'string' || text instanceof Unknown) ? [text] : [];
        });
      return [{ ...item, plans: textsOf('tier', false), vaults: textsOf('vault', true) }];
    }),
  );
}
