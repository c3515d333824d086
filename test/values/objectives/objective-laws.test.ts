import { Duration, Fn, Lazy } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { BackupLoss } from '../../../src/values/objectives/backup-loss';
import type { BackupObjective } from '../../../src/values/objectives/backup-objective';
import { objectivesProblems } from '../../../src/values/objectives/objective-laws';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { ComplianceStandard } from '../../../src/values/standards/compliance-standard';
import { anything } from '../../support/anything';

const told = (problems: Problem[]) => problems.map((p) => `${p.id} ${sentence(p)}`);
const REST = { tested: true };

test.each<[string, unknown]>([
  ['none at all', undefined],
  ['an empty list', []],
  ['an RPO', [{ maxRpo: Duration.minutes(15) }]],
  ['a retention', [{ minRetention: Duration.days(1) }]],
  ['losses', [{ survives: Object.values(BackupLoss) }]],
  ['tests', [{ tested: true }]],
  ['no tests, which demands nothing', [{ tested: false }]],
  ['a test interval', [{ maxTestInterval: Duration.days(31) }]],
  ['standards', [{ standards: [ComplianceStandard.CIS_CONTROLS] }]],
  [
    'everything about some resources',
    [
      {
        name: 'gold',
        tags: { tier: 'gold', note: '' },
        resourceTypes: [ResourceType.S3, ResourceType.EBS],
        stacks: ['Shop'],
        ...REST,
      },
    ],
  ],
])('objectives can be %s', (_, objectives) => {
  expect(objectivesProblems(objectives)).toEqual([]);
});

const refused = (message: string) => [`Backup-Objectives ${message}`];
const LIST = '`objectives` must be a list, each element a `BackupObjective`';
const POSITIVE = 'must be a positive duration that is known at synthesis, got';

test.each<[string, unknown, string[]]>([
  ['an object', REST, refused(`${LIST}, got an object`)],
  ['null', null, refused(`${LIST}, got null`)],
  [
    'a list of anything else',
    [null, REST, 'gold', [REST]],
    [
      'Backup-Objectives `objectives[0]` must be a `BackupObjective`, got null',
      'Backup-Objectives `objectives[2]` must be a `BackupObjective`, got `gold`',
      'Backup-Objectives `objectives[3]` must be a `BackupObjective`, got an array',
    ],
  ],
])('objectives are refused as %s', (_, objectives, messages) => {
  expect(told(objectivesProblems(objectives))).toEqual(messages);
});

test.each<[string, Record<string, unknown>, string[]]>([
  [
    'that demands nothing',
    { name: 'gold', tags: { tier: 'gold' } },
    refused(
      '`objectives[0]` must demand something, got none of `maxRpo`, `minRetention`, `survives`, `tested`, `maxTestInterval` and `standards`',
    ),
  ],
  [
    'with a property that it does not have',
    { ...REST, rpo: 1 },
    ['Backup-UnknownOption `objectives[0].rpo` is not a property of `BackupObjective`; remove it'],
  ],
  ['with a blank name', { ...REST, name: ' ' }, refused('`objectives[0].name` must be a text, got ` `')],
  ['with a number as its name', { ...REST, name: 7 }, refused('`objectives[0].name` must be a text, got 7')],
  [
    'with a name that is known only at deployment',
    { ...REST, name: Fn.ref('Name') },
    refused('`objectives[0].name` must be a text, got a token'),
  ],
  [
    'with a list of tags',
    { ...REST, tags: ['gold'] },
    refused('`objectives[0].tags` must be an object with tag keys and values, got an array'),
  ],
  [
    'with tags that are null',
    { ...REST, tags: null },
    refused('`objectives[0].tags` must be an object with tag keys and values, got null'),
  ],
  [
    'with tags that are a text',
    { ...REST, tags: 'gold' },
    refused('`objectives[0].tags` must be an object with tag keys and values, got `gold`'),
  ],
  [
    'with tag values that are no text, or known only at deployment',
    { ...REST, tags: { tier: 1, stage: 'prod', team: Fn.ref('Team') } },
    [
      'Backup-Objectives `objectives[0].tags.tier` must be a text that is known at synthesis, got 1',
      'Backup-Objectives `objectives[0].tags.team` must be a text that is known at synthesis, got a token',
    ],
  ],
  [
    'with a stack in place of a list',
    { ...REST, stacks: 'Shop' },
    refused('`objectives[0].stacks` must be a list, each element the name of a stack, got `Shop`'),
  ],
  [
    'with an empty list',
    { ...REST, stacks: [] },
    refused('`objectives[0].stacks` must not be empty; remove it'),
  ],
  [
    'with stacks that have no name',
    { ...REST, stacks: ['Shop', '', 3] },
    [
      'Backup-Objectives `objectives[0].stacks[1]` must be the name of a stack, got an empty string',
      'Backup-Objectives `objectives[0].stacks[2]` must be the name of a stack, got 3',
    ],
  ],
  [
    'with the name of a type',
    { ...REST, resourceTypes: [ResourceType.S3, 'EBS'] },
    refused('`objectives[0].resourceTypes[1]` must be a `ResourceType`, got `EBS`'),
  ],
  [
    'with a loss that is none',
    { survives: [BackupLoss.REGION, 'fire'] },
    refused('`objectives[0].survives[1]` must be a `BackupLoss`, got `fire`'),
  ],
  ['with no losses', { survives: [] }, refused('`objectives[0].survives` must not be empty; remove it')],
  [
    'with no standards',
    { standards: [] },
    refused(
      '`objectives[0].standards` must be a list of `ComplianceStandard`, each once, got none; for example, use `[ComplianceStandard.CIS_CONTROLS]`',
    ),
  ],
  ['tested by a text', { tested: 'yes' }, refused('`objectives[0].tested` must be true or false, got `yes`')],
  [
    'with a number in place of a duration',
    { maxRpo: 60 },
    ['Backup-WholeMinutes `objectives[0].maxRpo` must be a `Duration`, got 60; write `Duration.minutes(60)`'],
  ],
  [
    'with a part of a day as its retention',
    { minRetention: Duration.hours(36) },
    [
      'Backup-WholeDays `objectives[0].minRetention` must be a whole number of days, got 1 day 12 hours; write `Duration.days(2)`',
    ],
  ],
  [
    'without any loss of data',
    { maxRpo: Duration.minutes(0) },
    refused(`\`objectives[0].maxRpo\` ${POSITIVE} 0`),
  ],
  [
    'with a duration that is known only at deployment',
    { maxTestInterval: Duration.minutes(Lazy.number({ produce: () => 60 })) },
    refused(`\`objectives[0].maxTestInterval\` ${POSITIVE} a token`),
  ],
])('an objective is refused %s', (_, objective, messages) => {
  expect(told(objectivesProblems([objective]))).toEqual(messages);
});

test('every objective is checked, and all of its properties', () => {
  const properties = objectivesProblems([REST, { name: 1, stacks: [2] }]).map(({ property }) => property);
  expect(properties).toEqual(['objectives[1]', 'objectives[1].name', 'objectives[1].stacks[0]']);
});

test('an objective of any kind is accepted, or refused with a sentence', () => {
  const NAMES: readonly (keyof BackupObjective)[] = [
    ...(['name', 'tags', 'resourceTypes', 'stacks', 'maxRpo', 'minRetention', 'survives'] as const),
    ...(['standards', 'tested', 'maxTestInterval'] as const),
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...NAMES), anything), (objective) => {
      for (const problem of objectivesProblems([objective]))
        expect(sentence(problem)).toMatch(/^`objectives\[0\][^\n]*` [^\n]+[^.]$/);
    }),
  );
});
