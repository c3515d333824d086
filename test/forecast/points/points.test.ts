import * as fc from 'fast-check';
import { DAY_MS, MINUTE_MS } from '../../../src/forecast/core/period';
import { RunTimes } from '../../../src/forecast/core/run-times';
import { averageCounts, meanGapDays } from '../../../src/forecast/points/averages';
import { LegalHolds } from '../../../src/forecast/points/legal-holds';
import {
  airGappedRoute,
  copyLifecycleOf,
  copyRefusal,
  lifecycleOf,
  retentionDaysOf,
} from '../../../src/forecast/points/lifecycles';
import {
  addCounts,
  aliveSpan,
  countsAt,
  type Hold,
  joinedHolds,
  NO_POINTS,
  type PointSeries,
} from '../../../src/forecast/points/lineage';
import { gapAt, numbersOf, restorableAt } from '../../../src/forecast/points/resource-numbers';
import type { Lineage, LineageKind } from '../../../src/forecast/points/resource-points';
import {
  foreverInLock,
  ofItem,
  outsideLock,
  type VaultPlace,
  vaultByArn,
  vaultByName,
} from '../../../src/forecast/points/vault-place';
import type { Inventory } from '../../../src/inventory/inventory';
import type { LifecycleItem } from '../../../src/inventory/plan/plans';
import type { ResourceItem } from '../../../src/inventory/protected-resource/resource-item';
import { Unknown } from '../../../src/template/evaluation/unknown';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { resource } from '../../support/backups';
import { inventoryOfResources } from '../../support/templates';

const FOREVER = Number.POSITIVE_INFINITY;
const START = Date.parse('2027-01-01');
const HOUR = 60 * MINUTE_MS;
const OPEN = new Unknown('parameter', 'open');
const day = (n: number) => START + n * DAY_MS;
const days = (...all: number[]) => new RunTimes(Float64Array.from(all.map(day)));
const series = (times: RunTimes, more: Partial<PointSeries> = {}): PointSeries => ({
  times,
  retentionDays: FOREVER,
  coldAfterDays: FOREVER,
  holds: [],
  ...more,
});

describe('the points of a rule', () => {
  /** Each point by itself: alive until it expires, unless it is held. */
  function naive(
    { retentionDays, coldAfterDays, holds }: PointSeries,
    created: readonly number[],
    at: number,
  ) {
    const made = created.filter((time) => time <= at);
    const isHeld = (time: number) => holds.some(({ from, to }) => from <= time && time <= to);
    const alive = made.filter((time) => at < time + retentionDays * DAY_MS || isHeld(time));
    const aged = made.filter((time) => coldAfterDays < retentionDays && at >= time + coldAfterDays * DAY_MS);
    const expired = made.length - alive.length;
    const cold = Math.max(0, aged.length - expired);
    return {
      counts: { created: made.length, alive: alive.length, warm: alive.length - cold, cold, expired },
      span: alive.length === 0 ? undefined : { oldest: alive[0], newest: alive[alive.length - 1] },
    };
  }

  const hours = (max: number) => fc.integer({ min: 0, max });
  const hold = fc
    .tuple(hours(1_000), hours(1_000))
    .map(([a, b]) => ({ from: START + a * HOUR, to: START + b * HOUR }));

  test('are those that a list of all points has, at any instant and with any legal holds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(hours(1_000), { maxLength: 20 }),
        fc.option(fc.integer({ min: 1, max: 30 }), { nil: FOREVER }),
        fc.option(fc.integer({ min: 0, max: 30 }), { nil: FOREVER }),
        fc.array(hold, { maxLength: 3 }),
        hours(1_500),
        (all, retentionDays, coldAfterDays, holds, hour) => {
          const created = all.sort((a, b) => a - b).map((one) => START + one * HOUR);
          const of = series(new RunTimes(Float64Array.from(created)), {
            retentionDays,
            coldAfterDays,
            holds: joinedHolds(holds),
          });
          const at = START + hour * HOUR;
          const { counts, span } = naive({ ...of, holds }, created, at);
          expect(countsAt(of, at)).toEqual(counts);
          expect(aliveSpan(of, at)).toEqual(span);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('expire at the instant, and move to cold storage at the instant', () => {
    const of = series(days(0), { retentionDays: 100, coldAfterDays: 10 });
    const at = (instant: number) => {
      const { warm, cold, expired } = countsAt(of, instant);
      return [warm, cold, expired];
    };
    expect([START - 1, START, day(10) - 1, day(10), day(100) - 1, day(100)].map(at)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const equal = series(days(0), { retentionDays: 10, coldAfterDays: 10 });
    expect(countsAt(equal, day(10))).toMatchObject({ cold: 0, expired: 1 });
  });

  test('add up', () => {
    const one = { created: 9, alive: 8, warm: 7, cold: 1, expired: 1 };
    const other = { created: 90, alive: 70, warm: 50, cold: 20, expired: 20 };
    expect(addCounts(one, other)).toEqual({ created: 99, alive: 78, warm: 57, cold: 21, expired: 21 });
    expect(addCounts(NO_POINTS, one)).toEqual(one);
  });

  test.each<[string, Hold[], Hold[]]>([
    [
      'apart',
      [
        { from: 5, to: 6 },
        { from: 1, to: 2 },
      ],
      [
        { from: 1, to: 2 },
        { from: 5, to: 6 },
      ],
    ],
    [
      'that touch',
      [
        { from: 1, to: 2 },
        { from: 3, to: 6 },
      ],
      [{ from: 1, to: 6 }],
    ],
    [
      'that all but touch',
      [
        { from: 1, to: 2 },
        { from: 4, to: 6 },
      ],
      [
        { from: 1, to: 2 },
        { from: 4, to: 6 },
      ],
    ],
    [
      'inside of another',
      [
        { from: 1, to: 9 },
        { from: 3, to: 6 },
      ],
      [{ from: 1, to: 9 }],
    ],
    ['of one instant', [{ from: 1, to: 1 }], [{ from: 1, to: 1 }]],
    ['that end before they begin', [{ from: 2, to: 1 }], []],
    [
      'that end before they begin, in another',
      [
        { from: 1, to: 5 },
        { from: 3, to: 2 },
      ],
      [{ from: 1, to: 5 }],
    ],
  ])('legal holds %s', (_, holds, joined) => {
    expect(joinedHolds(holds)).toEqual(joined);
  });

  test('have an average over a span, and none over an empty one', () => {
    const of = series(days(0, 1, 2, 3), { retentionDays: 2, coldAfterDays: 1 });
    expect(averageCounts(of, day(0), day(4))).toEqual({ warm: 1, cold: 0.75 });
    expect(averageCounts(series(days(0, 1)), day(0), day(2))).toEqual({ warm: 1.5, cold: 0 });
    expect(averageCounts(of, day(1), day(1))).toEqual({ warm: 0, cold: 0 });
    expect(averageCounts(of, day(2), day(1))).toEqual({ warm: 0, cold: 0 });
  });

  test('have a mean gap if there are two', () => {
    expect([days(), days(1), days(0, 3), days(0, 1, 5)].map((times) => meanGapDays(series(times)))).toEqual([
      undefined,
      undefined,
      3,
      2.5,
    ]);
  });
});

describe('a lifecycle', () => {
  const life = (more: Partial<LifecycleItem>): LifecycleItem => ({
    pathInTemplate: '',
    otherKeys: [],
    ...more,
  });
  const MONTH = 28 * 24 * 60;

  test.each<[LifecycleItem | undefined, number | undefined]>([
    [undefined, FOREVER],
    [life({}), FOREVER],
    [life({ deleteAfterDays: -1 }), FOREVER],
    [life({ deleteAfterDays: 1 }), 1],
    [life({ deleteAfterDays: OPEN }), undefined],
  ])('of %j keeps points %p days', (of, expected) => {
    expect(retentionDaysOf(of)).toBe(expected);
  });

  test.each<[string, Partial<LifecycleItem>, ResourceType | undefined, number, number]>([
    ['that has it', {}, ResourceType.DYNAMODB, 0, 10],
    ['that has none', {}, ResourceType.S3, MONTH, FOREVER],
    ['that is not known', {}, undefined, MONTH, FOREVER],
    ['with an archive, opted in, monthly', { optInToArchive: true }, ResourceType.EBS, MONTH, 10],
    ['with an archive, opted in, more often', { optInToArchive: true }, ResourceType.EBS, MONTH - 1, FOREVER],
    ['with an archive, opted out', { optInToArchive: false }, ResourceType.EBS, MONTH, FOREVER],
    ['with an archive, not opted in', {}, ResourceType.EBS, MONTH, FOREVER],
    ['with an archive, perhaps opted in', { optInToArchive: OPEN }, ResourceType.EBS, MONTH, FOREVER],
    ['without an archive, opted in', { optInToArchive: true }, ResourceType.S3, MONTH, FOREVER],
    ['at once', { moveToColdStorageAfterDays: 0 }, ResourceType.DYNAMODB, 0, 0],
    ['never', { moveToColdStorageAfterDays: -1 }, ResourceType.DYNAMODB, 0, FOREVER],
    ['perhaps', { moveToColdStorageAfterDays: OPEN }, ResourceType.DYNAMODB, 0, FOREVER],
    ['not set', { moveToColdStorageAfterDays: undefined }, ResourceType.DYNAMODB, 0, FOREVER],
  ])('moves points to cold storage of a type: %s', (_, more, type, gap, coldAfterDays) => {
    const of = life({ deleteAfterDays: 100, moveToColdStorageAfterDays: 10, ...more });
    expect(lifecycleOf(of, type, gap)).toEqual({ retentionDays: 100, coldAfterDays });
  });

  test('of a copy is its own, and without a retention of its own it expires with its source', () => {
    const source = { retentionDays: 35, coldAfterDays: 5 };
    const copy = (of: LifecycleItem | undefined) => copyLifecycleOf(of, source, ResourceType.DYNAMODB, 0);
    expect(copy(undefined)).toBe(source);
    expect(copy(life({}))).toEqual({ retentionDays: 35, coldAfterDays: FOREVER });
    expect(copy(life({ deleteAfterDays: -1, moveToColdStorageAfterDays: 1 }))).toEqual({
      retentionDays: 35,
      coldAfterDays: 1,
    });
    expect(copy(life({ deleteAfterDays: 90 }))).toEqual({ retentionDays: 90, coldAfterDays: FOREVER });
    expect(copy(life({ deleteAfterDays: OPEN })).retentionDays).toBeUndefined();
  });

  test.each<[string, ResourceType | undefined, boolean, string]>([
    ['fully managed', ResourceType.EFS, false, 'straight'],
    ['not fully managed', ResourceType.EBS, false, 'through-standard-vault'],
    ['not supported there', ResourceType.RDS, false, 'standard-vault'],
    ['not supported there, continuous', ResourceType.RDS, true, 'standard-vault'],
    ['continuous there', ResourceType.S3, true, 'straight'],
    ['not continuous there', ResourceType.AURORA, true, 'standard-vault'],
    ['not known', undefined, false, 'through-standard-vault'],
    ['not known, continuous', undefined, true, 'standard-vault'],
  ])('a type that is %s goes to a logically air-gapped vault or not', (_, type, continuous, route) => {
    expect(airGappedRoute(type, continuous)).toBe(route);
  });
});

describe('a vault', () => {
  const HERE = { account: '1', region: 'us-east-1' };
  const vault = (more: Partial<VaultPlace> = {}): VaultPlace => ({ key: 'v', name: 'v', ...HERE, ...more });
  const locked = (minRetentionDays?: unknown, maxRetentionDays?: unknown) =>
    vault({ item: { kind: 'standard', lock: { minRetentionDays, maxRetentionDays } } as VaultPlace['item'] });
  const below = (min: number, got: number) =>
    `the lock of vault \`v\` has a minimum retention of ${min} days, and the retention is ${got} days`;
  const above = (max: number, got: number) =>
    `the lock of vault \`v\` has a maximum retention of ${max} days, and the retention is ${got} days`;

  test.each<[string, VaultPlace, number, string | undefined]>([
    ['without a lock', vault(), 1, undefined],
    ['with an open range', locked(), 1, undefined],
    ['with a range that is not known', locked(OPEN, OPEN), 1, undefined],
    ['at the minimum', locked(7, 35), 7, undefined],
    ['at the maximum', locked(7, 35), 35, undefined],
    ['below the minimum', locked(7, 35), 6, below(7, 6)],
    ['above the maximum', locked(7, 35), 36, above(35, 36)],
    ['without end', locked(7, 35), FOREVER, undefined],
  ])('%s accepts points by the range of its lock', (_, of, retention, refusal) => {
    expect(outsideLock(of, retention)).toBe(refusal);
  });

  test('with a maximum may refuse points that are kept forever', () => {
    expect(foreverInLock(locked(7, 35), FOREVER)).toBe(
      'the lock of vault `v` has a maximum retention of 35 days, and the retention is forever, so jobs may fail',
    );
    expect([
      foreverInLock(locked(7, 35), 35),
      foreverInLock(locked(7), FOREVER),
      foreverInLock(locked(7, OPEN), FOREVER),
      foreverInLock(vault(), FOREVER),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });

  const gap = (more: Partial<VaultPlace> = {}) =>
    vault({ ...more, item: { kind: 'air-gapped' } as VaultPlace['item'] });
  const far = { region: 'eu-west-1' };
  const other = { account: '2' };

  test.each<[string, ResourceType | undefined, VaultPlace, string | undefined]>([
    ['to another Region', ResourceType.DYNAMODB, vault(far), undefined],
    ['of a type that is not known', undefined, gap({ ...far, ...other }), undefined],
    [
      'of a type without copies',
      ResourceType.REDSHIFT,
      vault(),
      "AWS Backup doesn't copy backups of Redshift",
    ],
    [
      'to another Region, of a type that stays in its own',
      ResourceType.DYNAMODB.withCapabilities({ crossRegionCopy: false }),
      vault({ ...far, ...other }),
      "AWS Backup doesn't copy backups of DynamoDB to other Regions",
    ],
    [
      'to another account, of a type that stays in its own',
      ResourceType.DYNAMODB.withCapabilities({ crossAccountCopy: false }),
      vault({ ...far, ...other }),
      "AWS Backup doesn't copy backups of DynamoDB to other accounts",
    ],
    [
      'in its Region, of a type that stays there',
      ResourceType.DYNAMODB.withCapabilities({ crossRegionCopy: false }),
      vault(other),
      undefined,
    ],
    [
      'to a Region that is not known, of a type that stays in its own',
      ResourceType.DYNAMODB.withCapabilities({ crossRegionCopy: false, crossAccountCopy: true }),
      vault({ region: undefined, account: undefined }),
      undefined,
    ],
    [
      'to a logically air-gapped vault, of a type without',
      ResourceType.DYNAMODB.withCapabilities({ airGappedCopy: false }),
      gap(),
      "AWS Backup doesn't copy backups of DynamoDB to logically air-gapped vaults",
    ],
    [
      'to a standard vault, of a type without logically air-gapped ones',
      ResourceType.DYNAMODB.withCapabilities({ airGappedCopy: false }),
      vault(),
      undefined,
    ],
  ])('gets copies %s', (_, type, to, refusal) => {
    expect(copyRefusal(type, vault(), to)).toBe(refusal);
    expect(copyRefusal(type, vault({ account: undefined, region: undefined }), to) ?? '').not.toMatch(
      /other/,
    );
  });

  test('is that of the inventory, or what a name or an ARN says', () => {
    const inventory = inventoryOfResources({
      Named: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Nameless: resource('Backup::BackupVault', { BackupVaultName: { Ref: 'AWS::NotificationARNs' } }),
    });
    const [named, nameless] = inventory.vaults;
    const place = { account: '111111111111', region: 'us-east-1' };
    expect(ofItem(named)).toEqual({ key: named.id, name: 'gold', ...place, item: named });
    expect(ofItem(nameless)).toEqual({ key: nameless.id, name: 'Nameless', ...place, item: nameless });
    const here = { ...nameless.place, account: undefined, region: 'eu-west-1' };
    const byName = (text: string, to?: string) => vaultByName(inventory, { text, to }, here);
    expect(byName('gold', named.id)).toEqual(ofItem(named));
    expect(byName('silver')).toEqual({ key: '|eu-west-1|silver', name: 'silver', region: 'eu-west-1' });
    expect(vaultByName(inventory, undefined, here)).toEqual({
      key: '|eu-west-1|?',
      name: '?',
      region: 'eu-west-1',
    });
    const arn = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';
    expect(vaultByArn(inventory, { text: arn })).toEqual({
      key: '222222222222|eu-west-1|far',
      name: 'far',
      account: '222222222222',
      region: 'eu-west-1',
    });
    expect(vaultByArn(inventory, { text: arn, to: named.id })).toEqual(ofItem(named));
    expect(vaultByArn(inventory, { text: OPEN })).toEqual({ key: '||unknown: open', name: 'unknown: open' });
    expect(vaultByArn(inventory, undefined)).toEqual({ key: '||?', name: '?' });
  });
});

describe('a legal hold', () => {
  const place = { account: '1', region: 'us-east-1' };
  const hold = (vaults: unknown[], resources: unknown[], more: object = {}) => ({
    vaults: { items: vaults },
    resources: { items: resources },
    place,
    ...more,
  });
  const holds = (...all: object[]) => new LegalHolds({ legalHolds: all } as unknown as Inventory);
  const table = { arn: 'arn:table' } as ResourceItem;
  const vault = (more: Partial<VaultPlace> = {}): VaultPlace => ({
    key: 'App#V',
    name: 'gold',
    ...place,
    ...more,
  });
  const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: FOREVER };
  const dates = { from: '2027-01-01', to: '2027-01-03' };

  test.each<[string, object, Partial<VaultPlace>, boolean, boolean]>([
    ['on a vault', hold([{ text: 'gold' }], []), {}, false, true],
    ['on a vault, for copies too', hold([{ text: 'gold' }], []), {}, true, true],
    ['on a vault that it refers to', hold([{ text: 'x', to: 'App#V' }], []), {}, false, true],
    ['on another vault', hold([{ text: 'silver' }], []), {}, false, false],
    ['on one of several vaults', hold([{ text: 'silver' }, { text: 'gold' }], []), {}, false, true],
    ['on another vault that it refers to', hold([{ text: 'gold', to: 'App#W' }], []), {}, false, false],
    ['on a vault of that name elsewhere', hold([{ text: 'gold' }], []), { account: '2' }, false, false],
    ['on a vault of that name far away', hold([{ text: 'gold' }], []), { region: 'x' }, false, false],
    ['on the resource', hold([], ['arn:table']), {}, false, true],
    ['on the resource, but not its copies', hold([], ['arn:table']), {}, true, false],
    ['on the resource, in another account', hold([], ['arn:table']), { account: '2' }, false, false],
    ['on the resource, in another Region', hold([], ['arn:table']), { region: 'x' }, false, false],
    ['on another resource', hold([], ['arn:other']), {}, false, false],
    ['on a resource that is not known', hold([], [OPEN]), {}, false, false],
    ['on the resource in the vault', hold([{ text: 'gold' }], ['arn:table']), {}, false, true],
    ['on copies of the resource in the vault', hold([{ text: 'gold' }], ['arn:table']), {}, true, true],
    ['on the resource in another vault', hold([{ text: 'silver' }], ['arn:table']), {}, false, false],
    ['on another resource in the vault', hold([{ text: 'gold' }], ['arn:other']), {}, false, false],
    ['on nothing', hold([], []), {}, false, false],
  ])('%s', (_, one, more, isCopy, isHeld) => {
    expect(holds(one).of(table, vault(more), isCopy)).toEqual(isHeld ? [ALWAYS] : []);
  });

  test('with dates holds what is created between them, and always if they are not known', () => {
    const of = (more: object) => holds(hold([{ text: 'gold' }], [], more)).of(table, vault(), false);
    expect(of(dates)).toEqual([{ from: day(0), to: day(2) }]);
    expect(of({ from: dates.from })).toEqual([ALWAYS]);
    expect(of({ to: dates.to })).toEqual([ALWAYS]);
    expect(of({ ...dates, from: OPEN })).toEqual([ALWAYS]);
    expect(of({ ...dates, to: OPEN })).toEqual([ALWAYS]);
  });

  test('is one of several, which are joined', () => {
    const some = holds(
      hold([{ text: 'gold' }], [], dates),
      hold([], ['arn:table'], { from: '2027-01-02', to: '2027-01-05' }),
    );
    expect(some.of(table, vault(), false)).toEqual([{ from: day(0), to: day(4) }]);
    expect(some.of(table, vault(), true)).toEqual([{ from: day(0), to: day(2) }]);
  });

  test('tells resources apart if one names resources', () => {
    const other = { arn: OPEN } as unknown as ResourceItem;
    const named = holds(hold([{ text: 'gold' }], []), hold([], ['arn:table']));
    expect([named.keyOf(table), named.keyOf(other)]).toEqual(['01', '00']);
    const vaults = holds(hold([{ text: 'gold' }], []));
    expect([vaults.keyOf(table), vaults.keyOf(other)]).toEqual(['', '']);
  });
});

describe('the numbers of a resource', () => {
  const lineage = (kind: LineageKind, times: RunTimes, more: Partial<Lineage> = {}): Lineage => ({
    ...series(times),
    kind,
    vault: { key: 'v', name: 'v' },
    plan: 'p',
    rule: 'r',
    schedule: { startWindowMinutes: 30 } as Lineage['schedule'],
    ...more,
  });
  const continuous = (first: number, windowDays?: number) =>
    lineage('continuous', days(first), { windowDays });

  test('count points and copies apart, and temporary points not at all', () => {
    const lineages = [
      lineage('backup', days(0, 1, 3), { retentionDays: 2 }),
      lineage('copy', days(0, 1, 3)),
      lineage('temporary', days(0, 1, 3, 9), { retentionDays: 0 }),
    ];
    expect(numbersOf({ lineages, reasons: [] }, 'S3', day(4))).toEqual({
      rpoMinutes: 2 * 1_440,
      worstCaseMinutes: 2 * 1_440 + 30,
      continuousRpoMinutes: undefined,
      recoveryPoints: { created: 3, alive: 1, warm: 1, cold: 0, expired: 2 },
      copies: { created: 3, alive: 3, warm: 3, cold: 0, expired: 0 },
      oldestAlive: day(0),
      newestAlive: day(3),
    });
    expect(numbersOf({ lineages: [], reasons: [] }, 'S3', day(4))).toEqual({
      recoveryPoints: NO_POINTS,
      copies: NO_POINTS,
    });
  });

  test.each([
    ['S3', 15],
    ['RDS', 5],
    ['EFS', undefined],
    ['toString', undefined],
    [undefined, undefined],
  ])('of a continuous backup of %s have an RPO of %p minutes', (type, minutes) => {
    const of = numbersOf({ lineages: [continuous(0, 35)], reasons: [] }, type, day(50));
    expect(of.continuousRpoMinutes).toBe(minutes);
    expect([of.oldestAlive, of.newestAlive]).toEqual([day(15), day(50) - (minutes ?? 0) * MINUTE_MS]);
  });

  test('of a continuous backup reach from its first moment to now', () => {
    const at = (instant: number, ...more: Lineage[]) =>
      restorableAt([continuous(1, 35), ...more], 'S3', instant);
    expect(at(day(1) - 1)).toBeUndefined();
    expect(at(day(1))).toEqual({
      points: 1,
      oldest: day(1),
      newest: day(1),
      continuous: { from: day(1), to: day(1) },
    });
    expect(at(day(2))).toMatchObject({ oldest: day(1), newest: day(2) - 15 * MINUTE_MS });
    expect(restorableAt([continuous(1)], 'S3', day(9))).toMatchObject({
      oldest: day(9),
      newest: day(9) - 15 * MINUTE_MS,
    });
    const snapshots = lineage('backup', days(0, 60));
    expect(at(day(50), snapshots)).toEqual({
      points: 2,
      oldest: day(0),
      newest: day(50) - 15 * MINUTE_MS,
      continuous: { from: day(15), to: day(50) - 15 * MINUTE_MS },
    });
    expect(restorableAt([lineage('continuous', days())], 'S3', day(9))).toBeUndefined();
  });

  test('say how old the newest point is', () => {
    const lineages = [lineage('backup', days(0, 1)), lineage('temporary', days(3)), lineage('copy', days(2))];
    expect(gapAt(lineages, 'S3', day(4))).toBe(2 * DAY_MS);
    expect(gapAt(lineages, 'S3', day(1))).toBe(0);
    expect(gapAt(lineages, 'S3', START - 1)).toBeUndefined();
    expect(restorableAt(lineages, 'S3', day(9))).toEqual({
      points: 3,
      oldest: day(0),
      newest: day(2),
      continuous: undefined,
    });
  });
});
