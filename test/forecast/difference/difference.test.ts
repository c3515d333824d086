import type { CostEstimate } from '../../../src/forecast/cost/cost-of';
import type { Change, Direction } from '../../../src/forecast/difference/change';
import { type ComparedFinding, differenceOf } from '../../../src/forecast/difference/difference';
import type { Difference } from '../../../src/forecast/difference/summary';
import {
  app,
  BEFORE,
  type Json,
  MUTATIONS,
  mutated,
  own,
  rules,
  text,
  vault,
  versionOf,
} from '../support/app-changes';

const OPPOSITE = { weaker: 'stronger', stronger: 'weaker', neutral: 'neutral' } as const;

test('the table has at least 60 changes', () => {
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(60);
});

describe.each(MUTATIONS)('%s', (_, kind, direction, logicalId, mutate, back, unprotected = []) => {
  const after = mutated(mutate);
  const consequences = (of: Direction) => unprotected.map((id) => `protection ${of} ${id}`);
  const reported = (difference: Difference) => own(difference).map(text).sort();

  test(`is reported once, as ${kind} and ${direction}`, () => {
    expect(reported(differenceOf(BEFORE, after))).toEqual(
      [`${kind} ${direction} ${logicalId}`, ...consequences('weaker')].sort(),
    );
  });

  test('has the opposite direction on the way back, unless it can not be undone', () => {
    const changes = own(differenceOf(after, BEFORE));
    const isConsequence = (one: Change) => consequences('stronger').includes(text(one));
    expect(changes.filter(isConsequence).map(text).sort()).toEqual(consequences('stronger').sort());
    const [change, ...others] = changes.filter((one) => !isConsequence(one));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ kind, direction: back ?? OPPOSITE[direction] });
  });
});

test('identical apps, and apps with other construct paths, have no differences', () => {
  const moved = app();
  for (const [id, one] of Object.entries(moved))
    one.Metadata = { 'aws:cdk:path': `Elsewhere/${id}/Resource` };
  for (const after of [versionOf(app()), versionOf(moved)])
    expect(differenceOf(BEFORE, after)).toEqual({
      changes: [],
      summary: { weaker: 0, stronger: 0, neutral: 0 },
    });
});

test('findings that appear are weaker, those that go are stronger, those that stay are silent', () => {
  const finding = (id: string) => ({
    id,
    stack: 'App',
    logicalId: 'Vault',
    message: 'why',
    severity: 'error' as const,
  });
  const before = { ...BEFORE, findings: [finding('Backup-A'), finding('Backup-B')] };
  const after = { ...BEFORE, findings: [finding('Backup-B'), finding('Backup-C')] };
  expect(differenceOf(before, after)).toMatchObject({
    changes: [
      { kind: 'finding', direction: 'weaker', subject: 'Backup-C', message: 'Backup-C appears: why' },
      { kind: 'finding', direction: 'stronger', subject: 'Backup-A', message: 'Backup-A is gone: why' },
    ],
    summary: { weaker: 1, stronger: 1, neutral: 0 },
  });
});

test('findings of a resource are reported once, and warnings are neutral', () => {
  const finding = (logicalId: string, severity: 'error' | 'warning', stack = 'App') => ({
    id: 'Backup-A',
    stack,
    logicalId,
    message: `of ${logicalId}`,
    severity,
  });
  const [a, b, other] = [finding('A', 'error'), finding('B', 'warning'), finding('A', 'error', 'Other')];
  const found = (before: ComparedFinding[], after: ComparedFinding[]) =>
    differenceOf({ ...BEFORE, findings: before }, { ...BEFORE, findings: after }).changes;
  const change = { kind: 'finding', subject: 'Backup-A' };
  expect(found([], [a, a, b, other])).toEqual([
    {
      ...change,
      direction: 'weaker',
      stack: 'App',
      logicalId: 'A',
      before: null,
      after: 'of A',
      message: 'Backup-A appears: of A',
    },
    {
      ...change,
      direction: 'weaker',
      stack: 'Other',
      logicalId: 'A',
      before: null,
      after: 'of A',
      message: 'Backup-A appears: of A',
    },
    {
      ...change,
      direction: 'neutral',
      stack: 'App',
      logicalId: 'B',
      before: null,
      after: 'of B',
      message: 'Backup-A appears: of B',
    },
  ]);
  expect(found([a, a, b], [b])).toEqual([
    {
      ...change,
      direction: 'stronger',
      stack: 'App',
      logicalId: 'A',
      before: 'of A',
      after: null,
      message: 'Backup-A is gone: of A',
    },
  ]);
});

describe('the cost of a month', () => {
  const of = (perMonth: number | null | undefined) => ({
    ...BEFORE,
    cost: perMonth === undefined ? undefined : ({ currency: 'EUR', perMonth } as CostEstimate),
  });
  const changes = (before: number | null | undefined, after: number | null | undefined) =>
    differenceOf(of(before), of(after)).changes;

  test.each([
    [10, 12.5, '10.00 EUR', '12.50 EUR', '2.50 EUR more: 10.00 EUR before, 12.50 EUR after'],
    [12.5, 0, '12.50 EUR', '0.00 EUR', '12.50 EUR less: 12.50 EUR before, 0.00 EUR after'],
  ])('changes from %p to %p', (was, is, before, after, text) => {
    expect(changes(was, is)).toEqual([
      {
        kind: 'cost',
        direction: 'neutral',
        stack: '',
        logicalId: '',
        subject: 'the cost of a month',
        before,
        after,
        message: `at the end of the period, a month costs an estimated ${text}`,
      },
    ]);
  });

  test.each([
    [10, 10.004],
    [null, 10],
    [10, null],
    [undefined, 10],
    [10, undefined],
  ])('is silent from %p to %p', (was, is) => {
    expect(changes(was, is)).toEqual([]);
  });
});

test('a change of protection tells which jobs fail', () => {
  const after = mutated((of) => {
    delete of.Files.Properties.VersioningConfiguration;
    vault(of).LockConfiguration.MinRetentionDays = 60;
  });
  const told = (difference: Difference) =>
    own(difference).flatMap(({ kind, message }) => (kind === 'protection' ? [message] : []));
  expect([told(differenceOf(BEFORE, after)), told(differenceOf(after, BEFORE))]).toEqual([
    [
      '`App/Orders` gets no more recovery points from rule `daily` of plan `gold`: every job fails (Backup-LockRange)',
      '`App/Carts` gets no more recovery points from rule `daily` of plan `gold`: every job fails (Backup-LockRange)',
      '`App/Files` is protected by `gold` before, and not protected after: every job fails (Backup-BucketVersioning, Backup-LockRange)',
    ],
    [
      '`App/Orders` gets its recovery points from rule `daily` of plan `gold`: every job failed before (Backup-LockRange)',
      '`App/Carts` gets its recovery points from rule `daily` of plan `gold`: every job failed before (Backup-LockRange)',
      '`App/Files` is not protected before, and protected by `gold` after: every job failed before (Backup-BucketVersioning, Backup-LockRange)',
    ],
  ]);
});

test('answers about losses that change for many resources are one change', () => {
  const after = mutated((of) => {
    delete of.Vault.Properties.LockConfiguration;
    delete of.Vault.Properties.EncryptionKeyArn;
    for (const one of rules(of)) delete one.CopyActions;
  });
  const changes = differenceOf(BEFORE, after).changes.filter(({ kind }) => kind === 'survivability');
  expect(changes.map(({ subject, before, after: now }) => [subject, before, now])).toContainEqual([
    '3 resources',
    'region: survives',
    'region: lost',
  ]);
});

describe('what changes for a copy', () => {
  const RULE = 'of rule `daily` of plan `gold`';
  test.each<[string, (of: Json) => void, readonly string[]]>([
    [
      'is that it ends',
      (of) => {
        delete rules(of)[0].CopyActions;
      },
      [`the copy to vault \`far\` ${RULE}: kept 90 days before, none after`],
    ],
    [
      'is how long it is kept',
      (of) => {
        rules(of)[0].CopyActions[0].Lifecycle.DeleteAfterDays = 30;
      },
      [`the retention of the copy to vault \`far\` ${RULE}: 90 days before, 30 days after`],
    ],
    [
      'is that it is kept as its source',
      (of) => {
        delete rules(of)[0].CopyActions[0].Lifecycle;
      },
      [`the retention of the copy to vault \`far\` ${RULE}: 90 days before, as long as its source after`],
    ],
    [
      'is when it moves to cold storage',
      (of) => {
        Object.assign(rules(of)[0].CopyActions[0].Lifecycle, {
          DeleteAfterDays: 365,
          MoveToColdStorageAfterDays: 30,
        });
      },
      [
        `the retention of the copy to vault \`far\` ${RULE}: 90 days before, 365 days after`,
        `the transition to cold storage of the copy to vault \`far\` ${RULE}: none before, at 30 days after`,
      ],
    ],
  ])('%s', (_, mutate, messages) => {
    const found = differenceOf(BEFORE, mutated(mutate)).changes.filter(({ kind }) => kind === 'copy');
    expect(found.map(({ message }) => message)).toEqual(messages);
  });
});
