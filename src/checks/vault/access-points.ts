import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { AccessPointItem } from '../../inventory/vault/access-points';
import { isUnknown, known } from '../../template/evaluation/unknown';
import {
  accessPointNameProblems,
  accessPointQuotaProblems,
  accessPointTimeProblems,
  s3RecoveryPointProblems,
} from '../../values/vault/access-point-laws';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

const A_TIME = { what: 'a time', example: '`2026-01-31T03:30:27Z`' };

/** S3 access points on recovery points. */
export const accessPointChecks: readonly Check[] = checksOf(
  [
    'Backup-AccessPointName',
    'Backup-AccessPointRecoveryPoint',
    'Backup-AccessPointInTime',
    'Backup-AccessPointQuota',
  ],
  findProblems,
);

function* findProblems({ accessPoints }: Inventory, { now }: CheckOptions): Iterable<Detection> {
  const byPoint = new Map<string, AccessPointItem[]>();
  for (const item of accessPoints) {
    yield* ofAccessPoint(item, now);
    const arn = known(item.recoveryPoint);
    if (arn === undefined || (item.condition && isUnknown(item.condition.holds))) continue;
    const there = byPoint.get(arn);
    if (there) there.push(item);
    else byPoint.set(arn, [item]);
  }
  for (const [arn, there] of byPoint)
    yield* detectionsFrom(
      at(there[there.length - 1].place, under(there[there.length - 1], 'RecoveryPointArn')),
      accessPointQuotaProblems(arn, there.length, 'RecoveryPointArn'),
    );
}

function* ofAccessPoint(item: AccessPointItem, now: Date): Iterable<Detection> {
  const { place, name, recoveryPoint, pointInTime } = item;
  if (known(name) !== undefined)
    yield* detectionsFrom(at(place, under(item, 'Name')), accessPointNameProblems(known(name), 'Name'));
  if (known(recoveryPoint) !== undefined)
    yield* detectionsFrom(
      at(place, under(item, 'RecoveryPointArn')),
      s3RecoveryPointProblems(known(recoveryPoint), 'RecoveryPointArn'),
    );
  const text = known(pointInTime);
  if (text === undefined) return;
  const time = new Date(text);
  yield* detectionsFrom(
    at(place, under(item, 'AccessPointInTime')),
    accessPointTimeProblems(Number.isNaN(time.getTime()) ? text : time, now, 'AccessPointInTime', A_TIME),
  );
}

function under({ place }: AccessPointItem, property: string): string {
  return `${place.pathInTemplate}/Properties/${property}`;
}
