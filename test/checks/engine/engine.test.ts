import { type AcknowledgedFinding, partFindings } from '../../../src/checks/engine/acknowledged-findings';
import { type Check, checksOf, type Finding, runChecks } from '../../../src/checks/engine/check';
import type { Detection } from '../../../src/checks/engine/detection';
import { locateFindings } from '../../../src/checks/engine/located-findings';
import { SEVERITIES, withSeverities } from '../../../src/checks/engine/severities';
import { percent, unprotectedFindings } from '../../../src/checks/engine/unprotected';
import type { Coverage } from '../../../src/coverage/coverage';
import type { Place } from '../../../src/inventory/core/item';
import type { Fault } from '../../../src/inventory/faults/fault';
import { type Inventory, inventoryOf } from '../../../src/inventory/inventory';
import { Unknown } from '../../../src/template/evaluation/unknown';
import type { StackSource } from '../../../src/template/input/source';
import { FINDINGS, type FindingId } from '../../../src/values/findings/registry';
import type { AnalysisOptions } from '../../../src/viability/core/analysis-options';
import { NOW } from '../../support/findings';
import { source } from '../../support/templates';

const OPTIONS: AnalysisOptions = { now: NOW };
const NAME = 'Backup-RuleName';
const TWICE = 'Backup-DuplicateRuleName';

const place = (pathInTemplate: string, stackId = 'App', constructPath?: string): Place => ({
  stack: stackId,
  stackId,
  logicalId: 'Plan',
  file: `${stackId}.template.json`,
  pathInTemplate,
  constructPath,
});
const detection = (message: string, more: Partial<Detection> = {}): Detection => ({
  id: NAME,
  place: place('Resources/Plan/Properties/Name'),
  message,
  ...more,
});
/** An inventory with other members. */
const inventory = (more: Partial<Inventory> = {}): Inventory => ({ ...inventoryOf([]), ...more });
/** Checks that detect what a function says about an inventory. */
const checks = (find: (of: Inventory) => readonly Detection[], ...ids: FindingId[]): readonly Check[] =>
  checksOf(ids.length > 0 ? ids : [NAME], find);
const messages = (found: readonly Finding[]) => found.map(({ message }) => message);

describe('the checks of one subject', () => {
  test('share one pass over an inventory with the same options, and each takes the detections with its id', () => {
    let passes = 0;
    const all = checks(
      () => {
        passes++;
        return [
          detection('a'),
          detection('b', { id: TWICE }),
          detection('c'),
          detection('d', { id: 'Backup-LockRange' }),
        ];
      },
      NAME,
      TWICE,
      'Backup-RoleArn',
    );
    const one = inventory();
    expect(messages(runChecks(all, one, OPTIONS))).toEqual(['a', 'c', 'b']);
    expect(messages(runChecks(all, one, OPTIONS))).toEqual(['a', 'c', 'b']);
    expect(passes).toBe(1);
    runChecks(all, inventory(), OPTIONS);
    expect(passes).toBe(2);
    runChecks(all, one, { now: NOW });
    expect(passes).toBe(3);
  });

  test('have the texts of the registry, and the fix of a detection if it has one', () => {
    const { severity, why, fix, docs } = FINDINGS[NAME];
    const found = runChecks(
      checks(() => [detection('a'), detection('b', { fix: 'use `b`' })]),
      inventory(),
      OPTIONS,
    );
    const common = { id: NAME, severity, place: place('Resources/Plan/Properties/Name'), why, docs };
    expect(found).toEqual([
      { ...common, message: 'a', fix },
      { ...common, message: 'b', fix: 'use `b`' },
    ]);
  });
});

describe('what CloudFormation refuses', () => {
  const fault = (id: Fault['id'], path: string, missing?: string): Fault =>
    ({ id, place: place(path), missing }) as Fault;
  const left = (faults: Fault[], ...detections: Detection[]) =>
    messages(
      runChecks(
        checks(
          () => detections,
          NAME,
          'Backup-PropertyType',
          'Backup-MissingProperty',
          'Backup-UnknownProperty',
        ),
        inventory({ faults }),
        OPTIONS,
      ),
    );
  const at = (path: string, more: Partial<Detection> = {}) =>
    detection(path, { place: place(path), ...more });

  test.each<[string, Fault[], string, boolean]>([
    ['at the property of the wrong type', [fault('Backup-PropertyType', 'A/B')], 'A/B', false],
    ['inside of it', [fault('Backup-PropertyType', 'A/B')], 'A/B/C/0', false],
    ['above it', [fault('Backup-PropertyType', 'A/B')], 'A', true],
    ['at a property whose name begins like it', [fault('Backup-PropertyType', 'A/B')], 'A/BC', true],
    ['at a property that is missing', [fault('Backup-MissingProperty', 'A', 'A/B')], 'A/B', false],
    ['beside a property that is missing', [fault('Backup-MissingProperty', 'A', 'A/B')], 'A/C', true],
    ['where a property is missing', [fault('Backup-MissingProperty', 'A', 'A/B')], 'A', true],
    ['at an unknown property', [fault('Backup-UnknownProperty', 'A/B')], 'A/B', true],
    [
      'at one of several',
      [fault('Backup-PropertyType', 'X'), fault('Backup-PropertyType', 'A')],
      'A/B',
      false,
    ],
    ['without any', [], 'A/B', true],
  ])('is not reported again by checks that read it: %s', (_, faults, path, isReported) => {
    expect(left(faults, at(path))).toEqual(isReported ? [path] : []);
  });

  test.each(['Backup-PropertyType', 'Backup-MissingProperty', 'Backup-UnknownProperty'] as const)(
    'is reported itself, as %s',
    (id) => {
      expect(left([fault('Backup-PropertyType', 'A')], at('A/B', { id }), at('A/B'))).toEqual(['A/B']);
    },
  );

  test('of one stack says nothing about another', () => {
    const elsewhere = at('A/B', { place: place('A/B', 'Other') });
    expect(left([fault('Backup-PropertyType', 'A')], elsewhere)).toEqual(['A/B']);
  });
});

describe('for conditions that are not known, a check reports what it detects', () => {
  const X = place('X');
  const Y = place('Y');
  /** What is reported if the check detects something in the inventory, and something in each case of it. */
  function reported(known: readonly Detection[], ...cases: (readonly Detection[])[]) {
    const found = new Map<Inventory, readonly Detection[]>();
    const inner = cases.map((detections, index) => {
      const one = inventory();
      found.set(one, detections);
      return { where: `\`Prod\` is ${index}`, inventory: one };
    });
    const outer = inventory({ cases: () => inner as ReturnType<Inventory['cases']> });
    found.set(outer, known);
    const all = checks((one) => found.get(one) ?? []);
    return runChecks(all, outer, OPTIONS).map(
      ({ place: { pathInTemplate: path }, message }) => `${path}: ${message}`,
    );
  }
  const d = (message: string, of = X) => detection(message, { place: of });

  test.each<[string, string[], ...(readonly Detection[])[]]>([
    ['in every case, once', ['X: a'], [], [d('a')], [d('a')]],
    [
      'in every case, in different ways',
      ['X: a, if `Prod` is 0', 'X: b, if `Prod` is 1'],
      [],
      [d('a')],
      [d('b')],
    ],
    [
      'in every case, in as many ways as there are',
      ['X: a, if `Prod` is 0', 'X: b, if `Prod` is 1'],
      [],
      [d('a')],
      [d('b')],
      [d('a')],
    ],
    ['not if one case has nothing', [], [], [d('a')], []],
    ['not if the first case has nothing', [], [], [], [d('a')]],
    ['once if it detects it without a case too', ['X: known'], [d('known')], [d('a')], [d('b')]],
    [
      'in each case at another place',
      ['X: a, if `Prod` is 0', 'Y: b, if `Prod` is 1'],
      [],
      [d('a')],
      [d('b', Y)],
    ],
    [
      'in each case at another place, with the same message',
      ['X: a, if `Prod` is 0', 'Y: a, if `Prod` is 1'],
      [],
      [d('a')],
      [d('a', Y)],
    ],
    ['first of several at one place', ['X: a'], [], [d('a'), d('b')], [d('a'), d('c')]],
    ['not at a place of one case beside one of all', ['X: a'], [], [d('a'), d('b', Y)], [d('a')]],
    [
      'at a place of each case beside one of all',
      ['X: a', 'Y: b, if `Prod` is 0', 'Z: c, if `Prod` is 1'],
      [],
      [d('a'), d('b', Y)],
      [d('a'), d('c', place('Z'))],
    ],
    ['not at places that it knows', ['Y: known'], [d('known', Y)], [d('b', Y)], [d('a')]],
    ['without cases', ['X: known'], [d('known')]],
  ])('%s', (_, expected, known, ...cases) => {
    expect(reported(known, ...cases)).toEqual(expected);
  });

  test('at one path of two stacks as at two places', () => {
    expect(reported([], [d('a')], [d('a', place('X', 'Other'))])).toEqual([
      'X: a, if `Prod` is 0',
      'X: a, if `Prod` is 1',
    ]);
  });
});

test('what is wrong in the template of a stack set is reported where the stack set has it', () => {
  const inner = inventory();
  const set = place('Resources/Set');
  const outer = inventory({ embedded: [{ place: set, inventory: inner }] as Inventory['embedded'] });
  const all = checks((one) => [
    detection(one === inner ? 'inside' : 'outside', { place: place('Resources/Plan') }),
  ]);
  expect(runChecks(all, outer, OPTIONS).map(({ message, place }) => [message, place.pathInTemplate])).toEqual(
    [
      ['outside', 'Resources/Plan'],
      ['inside', 'Resources/Set/Properties/TemplateBody/Resources/Plan'],
    ],
  );
});

describe('of what constructs know', () => {
  const finding = (constructPath?: string, stackId = 'App', id: FindingId = NAME): Finding => ({
    ...FINDINGS[id],
    id,
    message: 'a',
    place: place('Resources/Plan', stackId, constructPath),
  });
  const stacks = (options: Partial<StackSource>) => inventoryOf([source({ Resources: {} }, options)]).stacks;

  describe('an acknowledgement', () => {
    const reasons = (of: Finding[], ...rules: (readonly [string, string, string])[]) => {
      const { open, acknowledged } = partFindings(of, stacks({ acknowledgements: () => rules }), 'Checks');
      expect(open.length + acknowledged.length).toBe(of.length);
      return of.map(({ place }) => {
        const found = acknowledged.find((one: AcknowledgedFinding) => one.place === place);
        return found?.reason ?? 'open';
      });
    };

    test.each<[string, string, (readonly [string, string, string])[]]>([
      ['of the construct itself', 'why', [['App/Plan/Resource', `Checks::${NAME}`, 'why']]],
      ['of a parent', 'why', [['App', `Checks::${NAME}`, 'why']]],
      ['without a plugin', 'why', [['App/Plan', `Annotation::${NAME}`, 'why']]],
      [
        'nearest to the construct',
        'near',
        [
          ['App', `Checks::${NAME}`, 'far'],
          ['App/Plan', `Checks::${NAME}`, 'near'],
        ],
      ],
      [
        'for this plugin, if there is another',
        'plugin',
        [
          ['App/Plan', `Annotation::${NAME}`, 'annotation'],
          ['App/Plan', `Checks::${NAME}`, 'plugin'],
        ],
      ],
      ['of another rule', 'open', [['App/Plan', `Checks::${TWICE}`, 'why']]],
      ['of another plugin', 'open', [['App/Plan', `Others::${NAME}`, 'why']]],
      ['of a construct whose path begins alike', 'open', [['App/Pla', `Checks::${NAME}`, 'why']]],
      ['of a construct below', 'open', [['App/Plan/Resource/More', `Checks::${NAME}`, 'why']]],
      ['of the root', 'open', [['', `Checks::${NAME}`, 'why']]],
      ['of nothing', 'open', []],
    ])('%s gives the reason: %s', (_, reason, rules) => {
      expect(reasons([finding('App/Plan/Resource')], ...rules)).toEqual([reason]);
    });

    test('covers what is in its stack and has a construct', () => {
      const all = [
        finding('App/Plan'),
        finding(undefined),
        finding('App/Plan', 'Other'),
        finding('App/Plan', 'App', TWICE),
      ];
      expect(reasons(all, ['App', `Checks::${NAME}`, 'why'])).toEqual(['why', 'open', 'open', 'open']);
      const { open, acknowledged } = partFindings(
        all,
        stacks({ acknowledgements: () => [['App', `Checks::${NAME}`, 'why']] }),
        'Checks',
      );
      expect(open).toEqual(all.slice(1));
      expect(acknowledged).toEqual([{ ...all[0], reason: 'why' }]);
    });
  });

  describe('the line of code', () => {
    const line = (at: number) => ({ file: 'app.ts', line: at });
    const located = (of: Finding, ...lines: (readonly [string, number])[]) => {
      const [found] = locateFindings(
        [of],
        stacks({ sources: () => lines.map(([path, at]) => [path, line(at)]) }),
      );
      expect({ ...found, source: undefined }).toEqual({ ...of, source: undefined });
      if (!found.source) expect(found).toBe(of);
      return found.source?.line ?? 'none';
    };

    test.each<[string, number | 'none', Finding, ...(readonly [string, number])[]]>([
      ['of the construct', 2, finding('App/Plan'), ['App', 1], ['App/Plan', 2], ['App/Plan/More', 3]],
      ['of the nearest construct above', 1, finding('App/Plan/Resource'), ['App', 1], ['App/Pla', 2]],
      ['of nothing above', 'none', finding('App/Plan'), ['Other', 1], ['', 2]],
      ['without lines', 'none', finding('App/Plan')],
      ['without a construct', 'none', finding(undefined), ['App', 1]],
      ['of another stack', 'none', finding('App/Plan', 'Other'), ['App', 1]],
    ])('%s: %s', (_, expected, of, ...lines) => {
      expect(located(of, ...lines)).toBe(expected);
    });
  });

  test('a severity that the user chooses replaces that of the registry, and no other', () => {
    const all = [finding('App/Plan'), finding('App/Plan', 'App', TWICE)];
    expect(withSeverities(all, { [NAME]: 'note' })).toEqual([{ ...all[0], severity: 'note' }, all[1]]);
    expect(withSeverities(all, Object.create({ [NAME]: 'note' }))).toEqual(all);
    expect(SEVERITIES).toEqual(['note', 'warning', 'error']);
  });
});

describe('resources without protection', () => {
  const covered = (status: string, notes: string[] = [], resourceType: unknown = 'S3') => ({
    status,
    notes,
    resource: { place: place(`Resources/${status}`), type: 'AWS::S3::Bucket', resourceType },
  });
  const coverage = {
    resources: [
      covered('protected'),
      covered('unprotected', ['perhaps', 'expired']),
      covered('opted-out'),
      covered('unprotected', [], new Unknown('parameter', 'open')),
    ],
    summary: { total: 4, protected: 1, optedOut: 1, unprotected: 2, unknown: 0 },
  } as unknown as Coverage;
  const found = (id: FindingId, message: string) => {
    const { severity, why, fix, docs } = FINDINGS[id];
    return { id, severity, place: place('Resources/unprotected'), message, why, fix, docs };
  };
  const S3 = 'no backup plan certainly protects this S3 resource (perhaps) (expired)';
  const bucket = 'no backup plan certainly protects this AWS::S3::Bucket resource';

  test('get a warning each, if no minimum is set', () => {
    const id = 'Backup-UnprotectedResource';
    expect(unprotectedFindings(coverage)).toEqual([found(id, S3), found(id, bucket)]);
  });

  test.each([
    [0.501, '50.1%'],
    [0.9999, '99.9%'],
    [1, '100%'],
  ])('get an error each below the minimum of %p', (minimum, text) => {
    const id = 'Backup-Unprotected';
    const why = `: 2 of 4 resources are protected or opted out, but at least ${text} must be`;
    expect(unprotectedFindings(coverage, minimum)).toEqual([found(id, S3 + why), found(id, bucket + why)]);
  });

  test.each([0, 0.49, 0.5])('get nothing at the minimum of %p', (minimum) => {
    expect(unprotectedFindings(coverage, minimum)).toEqual([]);
  });

  test.each([
    [0, '0%'],
    [0.8, '80%'],
    [0.995, '99.5%'],
    [0.29, '29%'],
    [0.9999, '99.9%'],
    [2 / 3, '66.6%'],
    [1, '100%'],
  ])('a share of %p is printed as %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });
});
