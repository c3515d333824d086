import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE } from '../../inventory/labels';
import type { AccessPointItem } from '../../inventory/vault/access-points';
import { isUnknown, known } from '../../template/evaluation/unknown';
import {
  accessPointNameProblems,
  accessPointQuotaProblems,
  accessPointTimeProblems,
  s3RecoveryPointProblems,
} from '../../values/vault/access-point-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const docs = `${GUIDE}backup-access-points.html`;
const source = 'API reference CreateBackupAccessPoint';
const asOf = '2026-08-31';
const REFUSED = 'AWS Backup refuses it.';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-AccessPointName',
    severity: 'error',
    what: 'The name of an access point is not 3 to 50 small letters, digits and hyphens, or ends like an alias of Amazon S3.',
    why: REFUSED,
    fix: 'leave it out, and AWS Backup makes one',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-AccessPointRecoveryPoint',
    severity: 'error',
    what: 'An access point is on something else than a recovery point of Amazon S3.',
    why: REFUSED,
    fix: 'name a recovery point of Amazon S3 by its ARN',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-AccessPointInTime',
    severity: 'error',
    what: 'An access point is on a continuous recovery point as it will be in the future, or at a time that is none.',
    why: REFUSED,
    fix: 'use a time that is past, in whole seconds, such as `2026-01-31T03:30:27Z`',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-AccessPointQuota',
    severity: 'warning',
    what: 'A recovery point has more than 5 access points.',
    why: 'AWS Backup refuses the sixth.',
    fix: 'let several readers use one access point',
    docs,
    source: 'AWS Backup Developer Guide, Access points',
    asOf,
  },
];

const A_TIME = { what: 'a time', example: '`2026-01-31T03:30:27Z`' };

/** Access points on recovery points. */
export const accessPointChecks: readonly Check[] = subject(FACTS, look);

function* look({ accessPoints }: Inventory, { now }: CheckOptions): Iterable<Seen> {
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
    yield* told(
      at(there[there.length - 1].place, under(there[there.length - 1], 'RecoveryPointArn')),
      accessPointQuotaProblems(arn, there.length, 'RecoveryPointArn'),
    );
}

function* ofAccessPoint(item: AccessPointItem, now: Date): Iterable<Seen> {
  const { place, name, recoveryPoint, pointInTime } = item;
  if (known(name) !== undefined)
    yield* told(at(place, under(item, 'Name')), accessPointNameProblems(known(name), 'Name'));
  if (known(recoveryPoint) !== undefined)
    yield* told(
      at(place, under(item, 'RecoveryPointArn')),
      s3RecoveryPointProblems(known(recoveryPoint), 'RecoveryPointArn'),
    );
  const text = known(pointInTime);
  if (text === undefined) return;
  const time = new Date(text);
  yield* told(
    at(place, under(item, 'AccessPointInTime')),
    accessPointTimeProblems(Number.isNaN(time.getTime()) ? text : time, now, 'AccessPointInTime', A_TIME),
  );
}

function under({ place }: AccessPointItem, property: string): string {
  return `${place.pathInTemplate}/Properties/${property}`;
}
