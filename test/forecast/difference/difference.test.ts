import type { Change, Direction } from '../../../src/forecast/difference/change';
import { differenceOf } from '../../../src/forecast/difference/difference';
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
