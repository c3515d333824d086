import type { RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { Objective } from '../../../src/handler/freshness/objective';
import { sightingsFor, VaultPoints } from '../../../src/handler/freshness/sightings';
import { dueLocks } from '../../../src/handler/freshness/vault-locks';

const DISK = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';
const OBJECTIVE: Objective = { tier: 'gold', what: 'rule daily', vault: 'gold' };

const point = (at: number, more: Partial<RecoveryPointByBackupVault> = {}): RecoveryPointByBackupVault => ({
  ResourceArn: DISK,
  ResourceType: 'EBS',
  CreationDate: new Date(at),
  Status: 'COMPLETED',
  Lifecycle: { DeleteAfterDays: 35 },
  ...more,
});
function pointsOf(...all: RecoveryPointByBackupVault[]): VaultPoints {
  const points = new VaultPoints();
  for (const each of all) points.add(each);
  return points;
}
const seen = (points: VaultPoints, more: Partial<Objective> = {}) => [
  ...points.of({ ...OBJECTIVE, ...more }),
];
const sighting = (first: number, last: number, newest?: number) => ({
  arn: DISK,
  type: 'EBS',
  first,
  last,
  newest,
});

describe('the recovery points of a vault', () => {
  test.each<[string, Partial<RecoveryPointByBackupVault>]>([
    ['of no resource', { ResourceArn: undefined }],
    ['of no time', { CreationDate: undefined }],
    ['that are part of another', { ParentRecoveryPointArn: 'arn:parent' }],
  ])('%s are passed over', (_, more) => {
    expect(seen(pointsOf(point(1, more)))).toEqual([]);
  });

  test('of a type that AWS does not name are of an unknown one', () => {
    expect(seen(pointsOf(point(1, { ResourceType: undefined })))).toMatchObject([{ type: 'Unknown' }]);
  });

  test.each([
    [
      [1, 2, 3],
      [1, 3, 3],
    ],
    [
      [3, 2, 1],
      [1, 3, 3],
    ],
    [
      [2, 3, 1],
      [1, 3, 3],
    ],
  ])(
    'say when the first and the newest were created, in whatever order they come: %j',
    (times, [first, last, newest]) => {
      expect(seen(pointsOf(...times.map((at) => point(at))))).toEqual([sighting(first, last, newest)]);
    },
  );

  test.each(['PARTIAL', 'DELETING', 'EXPIRED', 'CREATING'] as const)(
    'that are %s prove no backup, only that the resource was there',
    (Status) => {
      expect(seen(pointsOf(point(5, { Status })))).toEqual([sighting(5, 5, undefined)]);
      expect(seen(pointsOf(point(3, { Status }), point(5), point(7, { Status })))).toEqual([
        sighting(3, 5, 5),
      ]);
    },
  );

  test.each([
    [undefined, 9],
    [0, 9],
    [7, 9],
    [8, 5],
    [35, 5],
    [36, 2],
    [100_000, 2],
  ])('of a rule that keeps them for %s days are those that are kept as long or forever', (keep, newest) => {
    const all = pointsOf(
      point(9, { Lifecycle: { DeleteAfterDays: 7 } }),
      point(5),
      point(2, { Lifecycle: undefined }),
      point(1, { Lifecycle: {} }),
    );
    expect(seen(all, { keep })).toEqual([sighting(1, 9, newest)]);
  });

  test('that run on are of now for a rule with continuous backups, and of their creation for others', () => {
    const all = pointsOf(point(4, { Status: 'AVAILABLE' }), point(3));
    expect(seen(all, { continuous: true })).toEqual([sighting(3, 4, Number.POSITIVE_INFINITY)]);
    expect(seen(all)).toEqual([sighting(3, 4, 4)]);
    expect(seen(pointsOf(point(4)), { continuous: true })).toEqual([sighting(4, 4, 4)]);
    // which is not forgotten because a snapshot of the same retention follows
    expect(seen(pointsOf(point(3, { Status: 'AVAILABLE' }), point(4)), { continuous: true })).toMatchObject([
      { newest: Number.POSITIVE_INFINITY },
    ]);
  });
});

describe('the resources of the vault of an objective', () => {
  const VAULT = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold';
  const listed = (more: object = {}) => ({
    ResourceArn: DISK,
    ResourceType: 'EBS',
    LastBackupTime: new Date(8),
    LastBackupVaultArn: VAULT,
    ...more,
  });
  const look = async (all: object[], objective: Partial<Objective>, isOnly = true, points = pointsOf()) => {
    let walks = 0;
    const found = await sightingsFor({ ...OBJECTIVE, ...objective }, isOnly, all as never, async () => {
      walks++;
      return points;
    });
    return { found, walks };
  };

  test.each<[string, object[], Partial<Objective>, boolean, number]>([
    ['the last backup decides, and all are in the vault', [listed()], { decidedByLastBackup: true }, true, 0],
    ['the last backup does not decide', [listed()], {}, true, 1],
    ['there are other objectives', [listed()], { decidedByLastBackup: true }, false, 1],
    [
      'some were last backed up elsewhere',
      [listed(), listed({ LastBackupVaultArn: `${VAULT}2` })],
      { decidedByLastBackup: true },
      true,
      1,
    ],
  ])('are known without a walk through it or not: %s', async (_, all, objective, isOnly, walks) => {
    expect(await look(all, objective, isOnly)).toMatchObject({ walks });
  });

  test.each<[string, object, object[]]>([
    ['it', {}, [sighting(8, 8, 8)]],
    ['one of an unknown type', { ResourceType: undefined }, [{ ...sighting(8, 8, 8), type: 'Unknown' }]],
    ['none without an ARN', { ResourceArn: undefined }, []],
    ['none without a time', { LastBackupTime: undefined }, []],
    ['none of another vault', { LastBackupVaultArn: `${VAULT}2` }, []],
    ['none of no vault', { LastBackupVaultArn: undefined }, []],
  ])('that AWS Backup lists have %s', async (_, more, found) => {
    expect((await look([listed(more)], { decidedByLastBackup: true })).found).toEqual(found);
  });

  test.each<[number, boolean, object]>([
    [8, true, sighting(3, 8, 8)],
    [8, false, sighting(3, 8, 5)],
    [4, true, sighting(3, 5, 5)],
    [4, false, sighting(3, 5, 5)],
  ])(
    'and that it holds recovery points of, with a last backup at %d, are seen once',
    async (at, decidedByLastBackup, expected) => {
      const all = [
        listed({ LastBackupTime: new Date(at) }),
        listed({ ResourceArn: 'arn:other', LastBackupVaultArn: 'x' }),
      ];
      const { found } = await look(all, { decidedByLastBackup }, true, pointsOf(point(3), point(5)));
      expect(found).toEqual([expected]);
    },
  );
});

test.each<[now: number, last: number | undefined, isDue: boolean]>([
  [6, undefined, false],
  [7, undefined, true],
  [9, undefined, true],
  [7, 6, true],
  [9, 6, true],
  [9, 7, false],
  [9, 8, false],
  [6, 5, false],
])(
  'a lock that becomes final on day 10 is announced 3 days before: on day %s, after a check on day %s: %s',
  (now, last, isDue) => {
    const DAY = 86_400_000;
    const lock = { vault: 'gold', at: 10 * DAY };
    const times = { now: now * DAY, last: last === undefined ? undefined : last * DAY };
    expect(dueLocks([lock], 3, times)).toEqual(isDue ? [lock] : []);
  },
);
