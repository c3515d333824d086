import {
  describeVault,
  elsewhereOf,
  findPoint,
  type PointWish,
  type RunbookVault,
} from '../../../src/handler/restore/runbook-points';
import { awsError, FakeAws } from './fake-aws';

const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const DAY = 86_400_000;
const GOLD: RunbookVault = { name: 'gold' };
const SHARED: RunbookVault = { name: 'vaulted', sharedBy: '444455556666' };
const CENTRAL: RunbookVault = {
  name: 'central',
  copy: {
    account: '444455556666',
    region: 'eu-central-1',
    roleArn: 'arn:aws:iam::444455556666:role/copy-back',
    stateMachineArn: 'arn:aws:states:eu-central-1:444455556666:stateMachine:copy-back',
  },
};
const ELSEWHERE = { roleArn: 'arn:aws:iam::444455556666:role/copy-back', region: 'eu-central-1' };

let aws: FakeAws;
/** The recovery points by vault. */
let points: Record<string, object[]>;
beforeEach(() => {
  aws = new FakeAws();
  points = {};
  aws.answers['backup:ListRecoveryPointsByBackupVault'] = (({
    BackupVaultName,
    NextToken,
  }: {
    BackupVaultName: string;
    NextToken?: string;
  }) => {
    const at = Number(NextToken ?? 0); // one a page
    const all = points[BackupVaultName];
    return (
      all && {
        RecoveryPoints: all.slice(at, at + 1),
        NextToken: at + 1 < all.length ? String(at + 1) : undefined,
      }
    );
  }) as never;
  aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({ RestoreMetadata: { a: 'b' } });
});
const point = (name: string, day: number, more: object = {}) => ({
  RecoveryPointArn: name,
  CreationDate: new Date(day * DAY),
  Status: 'COMPLETED',
  ...more,
});
const find = (vaults: RunbookVault[], wish: Partial<PointWish> = {}) =>
  findPoint(ARN, vaults, { clean: false, ...wish }, aws.tools());
/** The name of what is found, or why nothing is. */
const found = async (vaults: RunbookVault[], wish: Partial<PointWish> = {}) => {
  const search = await find(vaults, wish);
  return search.point?.recoveryPointArn ?? search.problem;
};
const refuse = (name: string, message: string) => () => {
  throw awsError(name, message);
};

describe('the recovery point to restore', () => {
  test('is the newest of all pages of all vaults, with its metadata', async () => {
    points = { gold: [point('a', 1), point('b', 3), point('c', 2)], vaulted: [point('d', 2)] };
    expect(await find([GOLD, SHARED])).toEqual({
      point: { vault: GOLD, recoveryPointArn: 'b', created: new Date(3 * DAY), metadata: { a: 'b' } },
      unread: [],
    });
    const asked = { ByResourceArn: ARN, ByCreatedBefore: undefined };
    const shared = { BackupVaultName: 'vaulted', BackupVaultAccountId: '444455556666' };
    expect(aws.calls.map(({ input, elsewhere }) => [input, elsewhere])).toEqual([
      [{ BackupVaultName: 'gold', ...asked, NextToken: undefined }, undefined],
      [{ BackupVaultName: 'gold', ...asked, NextToken: '1' }, undefined],
      [{ BackupVaultName: 'gold', ...asked, NextToken: '2' }, undefined],
      [{ ...shared, ...asked, NextToken: undefined }, undefined],
      [{ BackupVaultName: 'gold', RecoveryPointArn: 'b' }, undefined],
    ]);
  });

  test('in a shared vault is read by the account that shares it, and elsewhere with the role of there', async () => {
    points = { vaulted: [point('a', 1)], central: [point('b', 1)] };
    aws.scan = 'clean';
    aws.answers['backup:ListTags'] = () => ({ Tags: { app: 'shop' } });
    const wish = { clean: true, tag: { key: 'app', value: 'shop' } };
    expect(await found([SHARED], wish)).toBe('a');
    expect(await found([CENTRAL], wish)).toBe('b');
    const place = { BackupVaultName: 'vaulted', BackupVaultAccountId: '444455556666' };
    const names = aws.calls.map(({ name, input, elsewhere }) => [name.split(':')[1], input, elsewhere]);
    expect(names.slice(1, 4)).toEqual([
      ['ListTags', { ResourceArn: 'a' }, undefined],
      ['DescribeRecoveryPoint', { ...place, RecoveryPointArn: 'a' }, undefined],
      ['GetRecoveryPointRestoreMetadata', { ...place, RecoveryPointArn: 'a' }, undefined],
    ]);
    expect(names.slice(4)).toEqual([
      ['ListRecoveryPointsByBackupVault', expect.objectContaining({ BackupVaultName: 'central' }), ELSEWHERE],
      ['ListTags', { ResourceArn: 'b' }, ELSEWHERE],
      ['DescribeRecoveryPoint', { BackupVaultName: 'central', RecoveryPointArn: 'b' }, ELSEWHERE],
      ['GetRecoveryPointRestoreMetadata', { BackupVaultName: 'central', RecoveryPointArn: 'b' }, ELSEWHERE],
    ]);
  });

  test('may lack everything that AWS usually says of it', async () => {
    points = { gold: [{ Status: 'COMPLETED' }], silver: undefined as never };
    aws.answers['backup:GetRecoveryPointRestoreMetadata'] = () => ({});
    aws.answers['backup:ListRecoveryPointsByBackupVault'] = (({
      BackupVaultName,
    }: {
      BackupVaultName: string;
    }) => (points[BackupVaultName] ? { RecoveryPoints: points[BackupVaultName] } : {})) as never;
    expect(await find([{ name: 'silver' }, GOLD])).toEqual({
      point: { vault: GOLD, recoveryPointArn: '', created: new Date(0), metadata: {} },
      unread: [],
    });
    points.gold.unshift({ Status: 'COMPLETED', RecoveryPointArn: 'dated', CreationDate: new Date(1) });
    expect(await found([GOLD])).toBe('dated');
    points.gold.reverse();
    expect(await found([GOLD])).toBe('dated');
  });

  test('is one of the vault that was asked for', async () => {
    points = { gold: [point('a', 2)], vaulted: [point('b', 1)] };
    expect(await found([GOLD, SHARED], { vault: 'vaulted' })).toBe('b');
    expect(await found([GOLD, SHARED], { vault: 'silver' })).toBe('there is no recovery point in ');
  });

  test.each<[string, object, boolean]>([
    ['COMPLETED', { Status: 'COMPLETED' }, true],
    ['PARTIAL', { Status: 'PARTIAL' }, false],
    ['continuous', { Status: 'AVAILABLE' }, false],
  ])('is %s or not', async (_, more, isFound) => {
    points = { gold: [point('a', 1, more)] };
    expect(await found([GOLD])).toBe(isFound ? 'a' : 'there is no recovery point in gold');
  });

  test.each<[string, object, boolean]>([
    ['by its status', { Status: 'AVAILABLE' }, true],
    ['by its ARN', { RecoveryPointArn: 'arn:aws:backup:r:1:recovery-point:continuous:x' }, true],
    ['by the ARN of a database', { RecoveryPointArn: 'arn:aws:rds:r:1:auto-backup:x' }, true],
    ['by the ARN of a cluster', { RecoveryPointArn: 'arn:aws:rds:r:1:cluster-auto-backup:x' }, true],
    ['by nothing', { RecoveryPointArn: 'arn:aws:rds:r:1:snapshot:x' }, false],
  ])('for a point in time is continuous, %s', async (_, more, isContinuous) => {
    points = { gold: [point('a', 1, more)], central: [point('b', 9, more)] };
    const time = { pointInTime: new Date(0) };
    const search = await find([GOLD, CENTRAL], time);
    expect(search.point?.vault).toEqual(isContinuous ? GOLD : undefined);
    if (!isContinuous)
      expect(search.problem).toBe(
        'there is no continuous recovery point in gold, central of account 444455556666 in eu-central-1',
      );
    // and can't be copied
    expect((await find([CENTRAL])).point !== undefined).toBe(!isContinuous);
  });

  test('is copied back only from warm storage', async () => {
    const cold = (milliseconds: number) => ({
      CalculatedLifecycle: { MoveToColdStorageAt: new Date(aws.now + milliseconds) },
    });
    for (const [more, isFound] of [
      [cold(0), false],
      [cold(1), true],
      [{ CalculatedLifecycle: {} }, true],
      [{}, true],
    ] as const) {
      points = { central: [point('a', 1, more)], gold: [point('b', 1, cold(0))] };
      expect((await find([CENTRAL])).point !== undefined).toBe(isFound);
      expect(await found([GOLD])).toBe('b');
    }
  });

  test('is copied back only if it is more than a day newer', async () => {
    points = { gold: [point('here', 5)], central: [point('there', 6)] };
    expect(await found([GOLD, CENTRAL])).toBe('here');
    points.central = [point('there', 6.001)];
    expect(await found([GOLD, CENTRAL])).toBe('there');
  });

  test('was made before the time that was asked for', async () => {
    const before = new Date(DAY);
    points = { gold: [] };
    expect(await found([GOLD], { before })).toBe(
      'there is no recovery point before 1970-01-02T00:00:00.000Z in gold',
    );
    expect(aws.calls[0].input.ByCreatedBefore).toBe(before);
  });
});

describe('a recovery point with a tag', () => {
  const wish = { tag: { key: 'app', value: 'shop' } };
  test('is the newest that has it', async () => {
    points = { gold: [point('a', 1), point('b', 2), point('c', 3), point('d', 4)] };
    const tags: Record<string, object | undefined> = {
      a: { app: 'shop' },
      b: { app: 'shop' },
      c: { app: 'x' },
    };
    aws.answers['backup:ListTags'] = (({ ResourceArn }: { ResourceArn: string }) => ({
      Tags: tags[ResourceArn],
    })) as never;
    expect(await found([GOLD], wish)).toBe('b');
    tags.b = undefined;
    expect(await found([GOLD], wish)).toBe('a');
    delete tags.a;
    expect(await found([GOLD], wish)).toBe('none of its 4 recovery points has the tag');
    points.gold.length = 1;
    expect(await found([GOLD], wish)).toBe('its only recovery point does not have the tag');
  });

  test('is not one that is gone meanwhile', async () => {
    points = { gold: [point('a', 1)] };
    aws.answers['backup:ListTags'] = refuse('ResourceNotFoundException', 'gone');
    expect(await find([GOLD], wish)).toEqual({
      problem: 'its only recovery point does not have the tag',
      unread: [],
    });
  });
});

describe('a clean recovery point', () => {
  test.each<[string, object, boolean]>([
    [
      'was scanned, and nothing was found',
      { ScanResults: [{ ScanJobState: 'COMPLETED', Findings: [] }] },
      true,
    ],
    [
      'was scanned with issues, and nothing was found',
      { ScanResults: [{ ScanJobState: 'COMPLETED_WITH_ISSUES' }] },
      true,
    ],
    ['was never scanned', { ScanResults: [] }, false],
    ['has no scans', {}, false],
    ['is being scanned', { ScanResults: [{ ScanJobState: 'RUNNING' }] }, false],
    ['has a scan without a state', { ScanResults: [{}] }, false],
    ['has a scan that is not complete', { ScanResults: [{ ScanJobState: 'NOT_COMPLETED' }] }, false],
    [
      'has a scan that found something',
      { ScanResults: [{ ScanJobState: 'COMPLETED' }, { ScanJobState: 'COMPLETED', Findings: ['MALWARE'] }] },
      false,
    ],
  ])('is one that %s, or not', async (_, described, isClean) => {
    points = { gold: [point('a', 1)] };
    aws.answers['backup:DescribeRecoveryPoint'] = () => described;
    expect(await found([GOLD], { clean: true })).toBe(
      isClean ? 'a' : 'its only recovery point does not have a malware scan that found nothing',
    );
  });

  test('is the newest of many', async () => {
    points = { gold: [point('a', 1), point('b', 2)] };
    expect(await found([GOLD], { clean: true })).toBe(
      'none of its 2 recovery points has a malware scan that found nothing',
    );
  });
});

describe('what can not be read', () => {
  test('does not keep the rest from being found, and is reported', async () => {
    points = { gold: [point('a', 1), point('b', 2)] };
    aws.instead.set('backup:ListRecoveryPointsByBackupVault', [refuse('AccessDenied', 'not you')]);
    aws.instead.set('backup:GetRecoveryPointRestoreMetadata', [refuse('ThrottlingException', 'slow down')]);
    const { point: one, unread } = await find([CENTRAL, GOLD]);
    expect([one?.recoveryPointArn, unread]).toEqual([
      'a',
      [
        "its recovery points in central of account 444455556666 in eu-central-1 can't be read: AccessDenied: not you",
        "b can't be read: ThrottlingException: slow down",
      ],
    ]);
  });

  test('is reported instead of a reason where nothing else is found', async () => {
    points = { gold: [point('a', 1), point('b', 2)] };
    aws.answers['backup:ListTags'] = refuse('AccessDenied', 'not you');
    expect(await find([GOLD], { tag: { key: 'a', value: 'b' } })).toEqual({
      unread: ["b can't be read: AccessDenied: not you", "a can't be read: AccessDenied: not you"],
    });
  });
});

test('a vault is described with its account where that is another one', () => {
  expect([GOLD, SHARED, CENTRAL].map(describeVault)).toEqual([
    'gold',
    'vaulted, shared by account 444455556666',
    'central of account 444455556666 in eu-central-1',
  ]);
  expect([GOLD, SHARED, CENTRAL].map(elsewhereOf)).toEqual([undefined, undefined, ELSEWHERE]);
});
