import { differenceOf } from '../../../src/forecast/difference/difference';
import { backupReady, plan, resource, rule, selection, stack, tags } from '../../support/backups';
import { changesBetween, changesBetweenStacks, type Json, versionOf } from '../support/app-changes';

const table = (properties: Json = {}, rest: Json = {}) => resource('DynamoDB::Table', properties, rest);
const gold = { Tags: tags({ backup: 'gold' }) };
const byTag = (value: string, planId?: Json) =>
  selection(
    { ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: value }] },
    planId,
  );
/** A plan that selects resources with the tag `gold`. */
const app = (resources: Json, rules: Json[] = [rule()]) => ({
  Plan: plan('p', ...rules),
  Selection: byTag('gold'),
  ...resources,
});

describe('a protected resource that is removed', () => {
  const removed = (properties: Json, rules?: Json[]) =>
    changesBetween(app({ Data: table({ ...gold, ...properties }) }, rules), app({}, rules));
  const GONE = 'resource weaker: `App/Data` is removed; its recovery points live on';

  test.each<[string, Json[], string]>([
    [
      'as long as the longest retention',
      [rule('a'), rule('b', { Lifecycle: { DeleteAfterDays: 1 } })],
      'for up to 35 days, until 2027-02-05 at the latest',
    ],
    [
      'for a day',
      [rule('b', { Lifecycle: { DeleteAfterDays: 1 } })],
      'for up to 1 day, until 2027-01-02 at the latest',
    ],
    ['forever', [rule('a'), rule('b', { Lifecycle: {} })], 'until someone deletes them'],
  ])('has recovery points %s', (_, rules, until) => {
    expect(removed({}, rules)).toEqual([`${GONE} ${until} (protected -> null)`]);
  });
});

test('resources are called by their construct paths', () => {
  const Metadata = { 'aws:cdk:path': 'Shop/Orders/Resource' };
  expect(changesBetween(app({}), app({ Data: table(gold, { Metadata }) }))).toEqual([
    'resource stronger: `Shop/Orders` is new and protected by `p` (null -> protected by `p`)',
  ]);
});

describe('a resource that is replaced', () => {
  test('leaves its recovery points in their vaults, each named once', () => {
    const rules = [
      rule('a', {
        CopyActions: [
          { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far' },
        ],
      }),
      rule('b', { ScheduleExpression: 'cron(0 6 ? * * *)' }),
    ];
    expect(changesBetween(app({ Old: table(gold) }, rules), app({ New: table(gold) }, rules))).toEqual([
      'replaced weaker: `App/New` is replaced by an empty resource: the recovery points of the old one remain in `gold`, `far` (App/Old -> App/New)',
    ]);
  });

  test('loses its data without recovery points', () => {
    expect(changesBetween(app({ Old: table() }), app({ New: table() }))).toEqual([
      'replaced weaker: `App/New` is replaced by an empty resource: its data is lost (App/Old -> App/New)',
    ]);
  });

  test.each<[string, unknown, unknown, string, string]>([
    ['gets another name', 'orders', 'carts', 'orders', 'carts'],
    ['gets a name', undefined, 'carts', 'App/Data', 'carts'],
    ['loses its name', 'orders', undefined, 'orders', 'App/Data'],
  ])('if it %s', (_, before, after, was, is) => {
    expect(
      changesBetween(app({ Data: table({ TableName: before }) }), app({ Data: table({ TableName: after }) })),
    ).toEqual([
      `replaced weaker: \`App/Data\` is replaced by an empty resource: its data is lost (${was} -> ${is})`,
    ]);
  });

  test('is called by both logical ids if it moves to another one and gets a name that is not known', () => {
    const open = { 'Fn::GetAtt': ['Plan', 'Unknown'] };
    expect(changesBetween(app({ Old: table({ TableName: open }) }), app({ New: table() }))).toEqual([
      'replaced weaker: `App/New` is replaced by an empty resource: its data is lost (App/Old -> App/New)',
    ]);
  });
});

describe('why a protection changes', () => {
  test('is the tags of the resource, without those of CloudFormation', () => {
    const before = [stack('App', app({ Data: table({ ...gold, TableName: 'data' }) }))];
    const moved = { ...app({ Data: table({ TableName: 'data' }) }) };
    expect(changesBetweenStacks(before, [stack('App', moved)])).toEqual([
      'protection weaker: `App/Data` is protected by `p` before, and not protected after: its tags change (protected by `p` -> not protected)',
    ]);
  });

  test('is the selections if the tags stay', () => {
    const { Plan, Data } = app({ Data: table(gold) }) as Json;
    const selections = { Plan, Data, Selection: byTag('silver') };
    expect(changesBetween(app({ Data }), selections)).toEqual([
      'protection weaker: `App/Data` is protected by `p` before, and not protected after: the plans or selections change (protected by `p` -> not protected)',
      'selection neutral: the criteria of selection `App/Selection` change; resources that are protected or not because of it are listed apart (null -> null)',
    ]);
  });
});

describe('an opt-out', () => {
  const optOut = (reason: string, until?: string) =>
    app({
      Data: table({
        Tags: tags({ 'backup:opt-out-reason': reason, ...(until && { 'backup:opt-out-until': until }) }),
      }),
    });
  test.each<[string, Json, Json, string]>([
    ['gets another reason', optOut('cache'), optOut('test'), '(cache -> test)'],
    ['gets an end', optOut('cache'), optOut('cache', '2030-01-01'), '(cache -> cache until 2030-01-01)'],
    [
      'gets another end',
      optOut('cache', '2029-01-01'),
      optOut('cache', '2030-01-01'),
      '(cache until 2029-01-01 -> cache until 2030-01-01)',
    ],
  ])('%s', (_, before, after, texts) => {
    expect(changesBetween(before, after)).toEqual([
      `opt-out neutral: the opt-out of \`App/Data\` changes ${texts}`,
    ]);
  });
});

describe('other plans than before', () => {
  const far = {
    CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far' }],
  };
  /** A table that moves from the plan `gold` to the plan `silver`. */
  const moves = (goldRules: Json[], silverRules: Json[], type = 'DynamoDB::Table') => {
    const of = (value: string) => ({
      Plan: plan('gold', ...goldRules),
      Selection: byTag('gold'),
      Silver: plan('silver', ...silverRules),
      Second: byTag('silver', { Ref: 'Silver' }),
      Data: backupReady(type, { Tags: tags({ backup: value }) }),
    });
    return changesBetween(of('gold'), of('silver')).map((text) => {
      const [direction, ...rest] = text.split(':');
      expect(rest.join(':')).toBe(
        ' `App/Data` is protected by `silver`, and by `gold` before (`gold` -> `silver`)',
      );
      return direction;
    });
  };
  const weekly = rule('w', { ScheduleExpression: 'cron(0 5 ? * SUN *)' });
  const short = rule('s', { Lifecycle: { DeleteAfterDays: 7 } });
  const forever = rule('f', { Lifecycle: {} });
  const continuous = rule('c', { EnableContinuousBackup: true, ScheduleExpression: 'cron(0 5 ? * SUN *)' });

  test.each<[string, Json[], Json[], string]>([
    ['with the same numbers are neutral', [rule()], [rule('other')], 'protection neutral'],
    ['with fewer runs are weaker', [rule()], [weekly], 'protection weaker'],
    ['with more runs are stronger', [weekly], [rule()], 'protection stronger'],
    ['with a shorter retention are weaker', [rule()], [short], 'protection weaker'],
    ['that keep forever are stronger', [rule()], [forever], 'protection stronger'],
    ['without copies are weaker', [rule('a', far)], [rule()], 'protection weaker'],
    ['with copies are stronger', [rule()], [rule('a', far)], 'protection stronger'],
    ['with more runs and a shorter retention are weaker', [weekly], [short], 'protection weaker'],
    [
      'with fewer runs and copies are weaker',
      [rule()],
      [rule('w', { ...weekly, ...far })],
      'protection weaker',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(moves(before, after)).toEqual([expected]);
  });

  test('count the RPO of continuous backups', () => {
    expect(moves([rule()], [continuous], 'S3::Bucket')).toEqual(['protection stronger']);
    expect(moves([continuous], [rule()], 'S3::Bucket')).toEqual(['protection weaker']);
    expect(moves([weekly], [continuous])).toEqual(['protection neutral']);
  });
});

test('rules that begin to fail are reported by plan and rule, with each reason once', () => {
  const locked = (MaxRetentionDays: number) => ({
    Gold: resource('Backup::BackupVault', {
      BackupVaultName: 'gold',
      LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays },
    }),
  });
  const days = (name: string, DeleteAfterDays: number, hour: number) =>
    rule(name, {
      TargetBackupVault: { Ref: 'Gold' },
      Lifecycle: { DeleteAfterDays },
      ScheduleExpression: `cron(0 ${hour} ? * * *)`,
    });
  const of = (max: number) =>
    app({ ...locked(max), Data: table(gold) }, [days('a', 90, 1), days('b', 80, 2), days('c', 7, 3)]);
  const failures = (before: Json, after: Json) =>
    changesBetween(before, after).filter((text) => text.startsWith('protection'));
  const FAILS = 'every job fails (Backup-LockRange)';
  expect(failures(of(400), of(30))).toEqual([
    `protection weaker: \`App/Data\` gets no more recovery points from rule \`a\` of plan \`p\`, \`b\` of plan \`p\`: ${FAILS} (recovery points -> none: ${FAILS})`,
  ]);
  expect(failures(of(30), of(400))).toEqual([
    `protection stronger: \`App/Data\` gets its recovery points from rule \`a\` of plan \`p\`, \`b\` of plan \`p\`: every job failed before (Backup-LockRange) (none: ${FAILS} -> recovery points)`,
  ]);
  expect(failures(of(30), of(20))).toEqual([]);
});

describe('what survives a loss', () => {
  const copied = {
    CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far' }],
  };
  const survivals = (before: Json, after: Json) =>
    differenceOf(versionOf(before), versionOf(after))
      .changes.filter(({ kind }) => kind === 'survivability')
      .map(
        ({ direction, logicalId, subject, before: was, after: is, message }) =>
          `${direction} ${logicalId} ${subject}: ${message} (${was} -> ${is})`,
      );
  const of = (names: string[], rules: Json[]) =>
    app(Object.fromEntries(names.map((name) => [name, table({ ...gold, TableName: name })])), rules);

  test('is reported by resource, or by the number of resources', () => {
    expect(survivals(of(['A'], [rule()]), of(['A'], [rule('daily', copied)]))).toEqual([
      'stronger A App/A: `App/A` now survives the loss of its Region (region: lost -> region: survives)',
    ]);
    expect(survivals(of(['A', 'B'], [rule('daily', copied)]), of(['A', 'B'], [rule()]))).toEqual([
      'weaker A 2 resources: 2 resources no longer survive the loss of their Region (region: survives -> region: lost)',
    ]);
  });

  test('of resources that are not protected before and after is not reported', () => {
    expect(survivals(of(['A'], [rule()]), app({ A: table({ TableName: 'A' }) }))).toEqual([]);
    expect(survivals(app({ A: table({ TableName: 'A' }) }), of(['A'], [rule()]))).toEqual([]);
  });
});
