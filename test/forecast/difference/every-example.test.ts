import type { CoverageStatus } from '../../../src/coverage/coverage';
import type { ChangeKind, Direction } from '../../../src/forecast/difference/change';
import { differenceOf } from '../../../src/forecast/difference/difference';
import { forecastOf } from '../../../src/forecast/outlook/forecast';
import { inventoryOf } from '../../../src/inventory/inventory';
import type { StackSource } from '../../../src/template/input/source';
import { readSources } from '../../../src/template/input/sources';
import { exampleApp, exampleNames } from '../../support/examples';

// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
type Json = Record<string, any>;

const PERIOD = { from: Date.parse('2027-01-01'), to: Date.parse('2028-01-01') };
const OPPOSITE = { weaker: 'stronger', stronger: 'weaker', neutral: 'neutral' } as const;
/** Consequences that a comparison lists beside the change itself. */
const CONSEQUENCES: ReadonlySet<ChangeKind> = new Set(['finding', 'survivability', 'cost']);

/** A change to one resource of a template, and how it must be reported: once. */
interface Mutation {
  readonly title: string;
  readonly kind: ChangeKind;
  readonly direction: Direction;
  /** The direction of the way back, where that isn't the opposite. */
  readonly back?: Direction;
  readonly change: (one: Json, resources: Json, id: string) => void;
}

const mutation = (
  title: string,
  kind: ChangeKind,
  direction: Direction,
  change: Mutation['change'],
  back?: Direction,
): Mutation => ({ title, kind, direction, change, back });

const removal = (what: string, kind: ChangeKind, direction: Direction = 'weaker', back?: Direction) =>
  mutation(`${what} is removed`, kind, direction, (_, resources, id) => delete resources[id], back);

const rulesOf = (one: Json): Json[] => one.Properties.BackupPlan.BackupPlanRule;

const IS_YEARLY = / \d+ \d+ \? \*\)$/;

function ofRule(rule: Json, index: number, rules: readonly Json[]): Mutation[] {
  const all: Mutation[] = [];
  const add = (title: string, kind: ChangeKind, direction: Direction, change: (rule: Json) => void) =>
    all.push(mutation(`rule ${index}: ${title}`, kind, direction, (one) => change(rulesOf(one)[index])));
  const { Lifecycle: life = {}, CopyActions: copies = [], EnableContinuousBackup: continuous } = rule;
  if (typeof life.DeleteAfterDays === 'number') {
    const days = continuous ? -1 : 1;
    add(`kept ${days} day more`, 'retention', days > 0 ? 'stronger' : 'weaker', ({ Lifecycle }) => {
      Lifecycle.DeleteAfterDays += days;
    });
    if (!continuous)
      add('kept forever', 'retention', 'stronger', ({ Lifecycle }) => delete Lifecycle.DeleteAfterDays);
  }
  if (life.MoveToColdStorageAfterDays !== undefined)
    add('no cold storage', 'cold-storage', 'neutral', ({ Lifecycle }) => {
      delete Lifecycle.MoveToColdStorageAfterDays;
      delete Lifecycle.OptInToArchiveForSupportedResources;
    });
  if (typeof rule.ScheduleExpression === 'string' && !IS_YEARLY.test(rule.ScheduleExpression))
    add('runs yearly', 'rpo', 'weaker', (of) => {
      of.ScheduleExpression = 'cron(0 5 1 1 ? *)';
    });
  add('opens later', 'rpo', 'weaker', (of) => {
    of.StartWindowMinutes = (of.StartWindowMinutes ?? 480) + 60;
  });
  add('another name', 'renamed', 'neutral', (of) => {
    of.RuleName = `Other${index}`;
  });
  add('tags of recovery points', 'settings', 'neutral', (of) => {
    of.RecoveryPointTags = { ...of.RecoveryPointTags, Cost: '1' };
  });
  if (copies.length > 0) add('a copy dropped', 'copy', 'weaker', ({ CopyActions }) => CopyActions.shift());
  if (typeof copies[0]?.Lifecycle?.DeleteAfterDays === 'number')
    add('a copy kept longer', 'copy', 'stronger', ({ CopyActions }) => {
      CopyActions[0].Lifecycle.DeleteAfterDays += 1;
    });
  if (rules.length > 1) {
    const days = ({ Lifecycle }: Json) => Lifecycle?.DeleteAfterDays ?? Number.POSITIVE_INFINITY;
    const longest = rules.every((other) => other === rule || days(other) < days(rule));
    all.push(
      mutation(`rule ${index} is removed`, longest ? 'retention' : 'rpo', 'weaker', (one) =>
        rulesOf(one).splice(index, 1),
      ),
    );
  }
  return all;
}

function ofVault({ Properties: properties = {}, DeletionPolicy: policy }: Json): Mutation[] {
  const { LockConfiguration: lock, AccessPolicy: access, EncryptionKeyArn: key, Notifications } = properties;
  const all: Mutation[] = [];
  const add = (
    title: string,
    kind: ChangeKind,
    direction: Direction,
    change: (properties: Json) => void,
    back?: Direction,
  ) => all.push(mutation(title, kind, direction, (one) => change(one.Properties), back));
  if (lock) {
    add('the lock removed', 'lock', 'weaker', (of) => delete of.LockConfiguration);
    add('a lower minimum', 'lock', 'weaker', (of) => {
      of.LockConfiguration.MinRetentionDays -= 1;
    });
    if (lock.ChangeableForDays !== undefined)
      add('governance', 'lock', 'weaker', (of) => delete of.LockConfiguration.ChangeableForDays);
  } else
    add('a lock', 'lock', 'stronger', (of) => {
      of.LockConfiguration = { MinRetentionDays: 1 };
    });
  if (access)
    add('no policy', 'access', denies(access) ? 'weaker' : 'neutral', (of) => delete of.AccessPolicy);
  if (key) add('no key', 'key', 'weaker', (of) => delete of.EncryptionKeyArn, 'weaker');
  if (Notifications) add('no notifications', 'monitoring', 'weaker', (of) => delete of.Notifications);
  if (typeof properties.BackupVaultName === 'string')
    add(
      'another name',
      'replaced',
      'weaker',
      (of) => {
        of.BackupVaultName += '2';
      },
      'weaker',
    );
  if (policy === 'Retain')
    all.push(mutation('not retained', 'vault', 'weaker', (one) => delete one.DeletionPolicy));
  return all;
}

const denies = ({ Statement }: Json) =>
  Statement.some(
    ({ Effect, Action }: Json) => Effect === 'Deny' && [Action].flat().includes('backup:DeleteRecoveryPoint'),
  );

/** Every mutation that applies to a resource. */
function mutationsOf(one: Json, status: CoverageStatus | undefined, isReferred: boolean): Mutation[] {
  const removed = (what: string, kind: ChangeKind) => (isReferred ? [] : [removal(what, kind)]);
  switch (one.Type) {
    case 'AWS::Backup::BackupPlan':
      return rulesOf(one).flatMap(ofRule);
    case 'AWS::Backup::BackupVault':
      return ofVault(one);
    case 'AWS::Backup::BackupSelection':
      return [
        mutation('another role', 'role', 'neutral', ({ Properties }) => {
          Properties.BackupSelection.IamRoleArn = 'arn:aws:iam::111122223333:role/Other';
        }),
        mutation('something excluded', 'selection', 'neutral', ({ Properties: { BackupSelection: of } }) => {
          of.NotResources = [...(of.NotResources ?? []), 'arn:aws:s3:::other'];
        }),
      ];
    case 'AWS::Backup::RestoreTestingSelection':
      return removed('a restore testing selection', 'restore-test');
    case 'AWS::Backup::RestoreTestingPlan':
      return [
        mutation('another schedule', 'restore-test', 'neutral', ({ Properties }) => {
          Properties.ScheduleExpression = 'cron(0 4 2 * ? *)';
        }),
      ];
    case 'AWS::Backup::Framework':
      return removed('a framework', 'monitoring');
    case 'AWS::Backup::ReportPlan':
      return removed('a report plan', 'monitoring');
    case 'AWS::Organizations::Policy':
      return ['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY'].includes(one.Properties.Type)
        ? removed('a policy', 'organization')
        : [];
  }
  if (status === undefined || isReferred) return [];
  const back = { protected: 'stronger', 'opted-out': 'neutral', unprotected: 'weaker' } as const;
  const direction = status === 'protected' ? 'weaker' : 'neutral';
  return [removal(`a resource (${status})`, 'resource', direction, back[status])];
}

/** The stacks with another text in place of one template. */
function withText(sources: readonly StackSource[], index: number, text: string): StackSource[] {
  return sources.map((source, i) => (i === index ? { ...source, template: JSON.parse(text) } : source));
}

const version = (sources: readonly StackSource[]) => ({
  forecast: forecastOf(inventoryOf(sources), { period: PERIOD }),
});

type Version = ReturnType<typeof version>;

/** What is reported there and back, without consequences and messages. */
function reported(before: Version, after: Version): string[][] {
  return [differenceOf(before, after), differenceOf(after, before)].map(({ changes }) =>
    changes
      .filter(({ kind }) => !CONSEQUENCES.has(kind))
      .map(({ kind, direction, logicalId }) => `${kind} ${direction} ${logicalId}`)
      .sort(),
  );
}

/** Whether anything in a template refers to a resource. */
const isReferred = (text: string, id: string) =>
  text.split(new RegExp(`"${id}"(?!:\\{"Type")|\\$\\{${id}[}.]`)).length > 1;

const statusOf = ({ forecast }: Version, { name }: StackSource, id: string) =>
  forecast.coverage.resources.find(
    ({ resource: { place } }) => place.stack === name && place.logicalId === id,
  )?.status;

const applied: string[] = [];

describe.each(exampleNames())('examples/%s.ts', (example) => {
  let sources: readonly StackSource[];
  let before: Version;
  let resources: { readonly id: string; readonly one: Json; readonly index: number; readonly text: string }[];

  beforeAll(() => {
    sources = readSources([exampleApp(example).synth().directory]);
    before = version(sources);
    resources = sources.flatMap(({ template }, index) => {
      const text = JSON.stringify(template);
      return Object.entries((template as Json).Resources as Json).map(([id, one]) => ({
        id,
        one,
        index,
        text,
      }));
    });
  });

  test('each change to a resource is reported once, and the other way round on the way back', () => {
    for (const { id, one, index, text } of resources) {
      const status = statusOf(before, sources[index], id);
      for (const { title, kind, direction, back, change } of mutationsOf(one, status, isReferred(text, id))) {
        const template = JSON.parse(text);
        change(template.Resources[id], template.Resources, id);
        const after = version(withText(sources, index, JSON.stringify(template)));
        expect([id, title, ...reported(before, after)]).toEqual([
          id,
          title,
          [`${kind} ${direction} ${id}`],
          [`${kind} ${back ?? OPPOSITE[direction]} ${id}`],
        ]);
        applied.push(`${one.Type} ${title.replace(/^rule \d+/, 'rule')}`);
      }
    }
  });

  test('a selection that is removed is reported by the resources that it protects, or else by itself', () => {
    for (const { id, one, index, text } of resources) {
      if (one.Type !== 'AWS::Backup::BackupSelection' || isReferred(text, id)) continue;
      const template = JSON.parse(text);
      delete template.Resources[id];
      const after = version(withText(sources, index, JSON.stringify(template)));
      const statuses = ({ forecast }: Version) => forecast.coverage.resources.map(({ status }) => status);
      const now = statuses(after);
      const lost = before.forecast.coverage.resources.flatMap(({ status, resource: { place } }, i) =>
        status === now[i] ? [] : [place.logicalId],
      );
      const expected = (direction: Direction) =>
        lost.length > 0
          ? lost.map((resource) => `protection ${direction} ${resource}`).sort()
          : [`selection ${direction} ${id}`];
      expect([id, ...reported(before, after)]).toEqual([id, expected('weaker'), expected('stronger')]);
      applied.push(`${one.Type} removed`);
    }
  });

  test('a vault or resource with another logical id is renamed if it has a name, and else replaced', () => {
    for (const { id, one, index, text } of resources) {
      const name = { 'AWS::Backup::BackupVault': 'BackupVaultName', 'AWS::DynamoDB::Table': 'TableName' }[
        one.Type as string
      ];
      if (!name) continue;
      const moved = text
        .replaceAll(`"${id}"`, `"${id}New"`)
        .replace(new RegExp(`\\$\\{${id}(?=[}.])`, 'g'), `\${${id}New`);
      const after = version(withText(sources, index, moved));
      const isNamed = one.Properties[name] !== undefined;
      const change = isNamed ? 'renamed neutral' : 'replaced weaker';
      expect([id, ...reported(before, after)]).toEqual([id, [`${change} ${id}New`], [`${change} ${id}`]]);
      applied.push(`${one.Type} ${change}`);
    }
  });

  test('nothing is reported of the same templates, and of those with other construct paths', () => {
    const moved = sources.map((source) => ({
      ...source,
      template: JSON.parse(
        JSON.stringify(source.template).replace(/"aws:cdk:path":"/g, '"aws:cdk:path":"Elsewhere/'),
      ),
    }));
    for (const after of [version(sources), version(moved)])
      expect(differenceOf(before, after).changes).toEqual([]);
  });
});

test('at least 500 changes were tried, of every kind of the table', () => {
  expect(applied.length).toBeGreaterThanOrEqual(500);
  expect(new Set(applied).size).toBeGreaterThanOrEqual(30);
});
