import { known, type Maybe } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** A trail of AWS CloudTrail. */
export interface TrailItem extends Item {
  /** Whether it records all Regions. */
  readonly multiRegion?: Maybe<boolean>;
  /** Whether it certainly does not log the management events that change something. */
  readonly silent: boolean;
}

export function readTrails(context: Context): TrailItem[] {
  return [...context.all('AWS::CloudTrail::Trail')].map(({ item, properties }) => {
    const selectors = properties.list('EventSelectors');
    const read = selectors.items.length > 0 && selectors.rest === undefined;
    const silent =
      known(properties.flag('IsLogging')) === false ||
      (read &&
        selectors.items.every(
          (selector) =>
            known(selector.flag('IncludeManagementEvents')) === false ||
            selector.text('ReadWriteType') === 'ReadOnly',
        ));
    return { ...item, multiRegion: properties.flag('IsMultiRegionTrail'), silent };
  });
}
