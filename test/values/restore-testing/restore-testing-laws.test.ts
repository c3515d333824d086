import { Fn } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import {
  type RestoreTestingPlanValues,
  restoreTestingPlanProblems,
  startWindowHoursProblems,
} from '../../../src/values/restore-testing/restore-testing-laws';
import { RESTORE_TESTING_QUOTAS } from '../../../src/values/restore-testing/restore-testing-quotas';
import {
  type RestoreTestingCondition,
  restoreTestingArnProblems,
  restoreTestingChoiceProblems,
  restoreTestingConditionProblems,
  restoreTestingTypeProblems,
  validationWindowProblems,
} from '../../../src/values/restore-testing/restore-testing-selection-laws';
import { anything, NUMBER_TOKENS, STRING_TOKENS } from '../../support/anything';
import { sdkDocumentation } from '../../support/sdk-documentation';

const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);
const VAULT = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold';

function judge(plan: Partial<RestoreTestingPlanValues>): string[] {
  return told(
    restoreTestingPlanProblems({
      algorithm: 'LATEST_WITHIN_WINDOW',
      recoveryPointTypes: ['SNAPSHOT'],
      includeVaults: [VAULT],
      excludeVaults: [],
      ...plan,
    }),
  );
}

describe('a restore testing plan that AWS accepts', () => {
  test.each<[string, Partial<RestoreTestingPlanValues>]>([
    ['says no more than it has to', {}],
    ['starts within an hour', { startWindowHours: 1 }],
    ['starts within a week', { startWindowHours: 168 }],
    ['looks back a day', { selectionWindowDays: 1 }],
    ['looks back a year', { selectionWindowDays: 365 }],
    ['takes a random recovery point', { algorithm: 'RANDOM_WITHIN_WINDOW' }],
    ['takes both kinds of recovery points', { recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'] }],
    ['takes every vault but some', { includeVaults: ['*'], excludeVaults: [VAULT] }],
    ['takes vaults by a pattern', { includeVaults: ['arn:aws:backup:*:*:backup-vault:gold-*'] }],
    [
      'takes vaults of every partition',
      {
        includeVaults: [
          'arn:aws-us-gov:backup:us-gov-west-1:*:backup-vault:gold',
          'arn:aws-cn:backup:*:*:backup-vault:gold',
        ],
      },
    ],
    ['takes thirty vaults', { includeVaults: Array.from({ length: 30 }, (_each, i) => `${VAULT}${i}`) }],
  ])('%s', (_title, plan) => {
    expect(judge(plan)).toEqual([]);
  });

  test.each([...NUMBER_TOKENS, ...STRING_TOKENS])('says something with %s', (_form, token) => {
    expect(
      judge({
        startWindowHours: token,
        selectionWindowDays: token,
        algorithm: token,
        recoveryPointTypes: [token],
        includeVaults: [token],
        excludeVaults: [token],
      }),
    ).toEqual([]);
  });
});

describe('a restore testing plan that AWS rejects', () => {
  const selectors = 'ARNs of vaults such as `arn:aws:backup:*:*:backup-vault:gold-*`';

  test.each<[string, Partial<RestoreTestingPlanValues>, string[]]>([
    [
      'starts at once',
      { startWindowHours: 0 },
      [
        'error Backup-StartWindowHours `startWindow` must be a whole number from 1 to 168 hours, got 0; use 1 hour or more',
      ],
    ],
    [
      'starts within more than a week',
      { startWindowHours: 169 },
      [
        'error Backup-StartWindowHours `startWindow` must be a whole number from 1 to 168 hours, got 169; use 168 hours or less',
      ],
    ],
    [
      'looks back no day',
      { selectionWindowDays: 0 },
      [
        'error Backup-SelectionWindow `window` must be a whole number from 1 to 365 days, got 0; use 1 day or more',
      ],
    ],
    [
      'looks back more than a year',
      { selectionWindowDays: 366 },
      [
        'error Backup-SelectionWindow `window` must be a whole number from 1 to 365 days, got 366; use 365 days or less',
      ],
    ],
    [
      'has another algorithm',
      { algorithm: 'OLDEST' },
      [
        'error Backup-RestoreTestingAlgorithm `algorithm` must be `LATEST_WITHIN_WINDOW` or `RANDOM_WITHIN_WINDOW`, got `OLDEST`',
      ],
    ],
    [
      'has no kind of recovery points',
      { recoveryPointTypes: [] },
      [
        'error Backup-RecoveryPointTypes `types` must have `SNAPSHOT`, `CONTINUOUS` or both, got none; omit it for both',
      ],
    ],
    [
      'has another kind of recovery points',
      { recoveryPointTypes: ['snapshot'] },
      ['error Backup-RecoveryPointTypes `types` must be `SNAPSHOT` or `CONTINUOUS`, got `snapshot`'],
    ],
    [
      'has a kind of recovery points twice',
      { recoveryPointTypes: ['SNAPSHOT', 'SNAPSHOT'] },
      ['error Backup-RecoveryPointTypes `types` must not contain duplicates, got `SNAPSHOT` twice'],
    ],
    [
      'has no vault',
      { includeVaults: [] },
      [
        'error Backup-IncludeVaults `vaults` must contain at least one vault, got none; name vaults, or `*` for every vault',
      ],
    ],
    [
      'has the name of a vault',
      { includeVaults: ['gold'] },
      [`error Backup-VaultSelector \`vaults\` must be ${selectors}, or \`*\` alone, got \`gold\``],
    ],
    [
      'excludes every vault',
      { excludeVaults: ['*'] },
      [`error Backup-VaultSelector \`excludeVaults\` must be ${selectors}, got \`*\``],
    ],
    [
      'has every vault and one of them',
      { includeVaults: ['*', VAULT] },
      [
        'error Backup-VaultSelector `vaults` has `*`, every vault, along with other items; use one or the other',
      ],
    ],
    [
      'has thirty-one vaults',
      { includeVaults: Array.from({ length: 31 }, (_each, i) => `${VAULT}${i}`) },
      ['error Backup-VaultSelector `vaults` can be at most 30, got 31; use ARNs with a wildcard'],
    ],
  ])('%s', (_title, plan, messages) => {
    expect(judge(plan)).toEqual(messages);
  });

  test('may be one with thirty-one vaults in both lists, of which AWS says nothing', () => {
    const many = (n: number) => Array.from({ length: n }, (_each, i) => `${VAULT}${n}-${i}`);
    expect(judge({ includeVaults: many(20), excludeVaults: many(11) })).toEqual([
      'warning Backup-RestoreTestingVaultsTogether `excludeVaults` should be at most 30 together with `vaults`, got 31; use ARNs with a wildcard',
    ]);
  });
});

test.each<[unknown, string[]]>([
  [undefined, []],
  [1, []],
  [168, []],
  [
    0,
    [
      'warning Backup-ValidationWindowZero `validationWindow` should be 1 to 168 hours, since AWS documents both 0 and 1 as the minimum, got 0; omit it if nothing validates the restored resource',
    ],
  ],
  [
    169,
    [
      'error Backup-ValidationWindow `validationWindow` must be a whole number from 1 to 168 hours, got 169; use 168 hours or less',
    ],
  ],
  [
    -1,
    [
      'error Backup-ValidationWindow `validationWindow` must be a whole number from 1 to 168 hours, got -1; use 1 hour or more',
    ],
  ],
])('a validation window of %j hours', (hours, messages) => {
  expect(told(validationWindowProblems(hours))).toEqual(messages);
});

describe('the types of restore tests', () => {
  const TESTED = ['Aurora', 'DocumentDB', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'FSx', 'Neptune', 'RDS', 'S3'];

  test.each(ResourceType.all().map((type): [string, ResourceType] => [type.name, type]))(
    '%s',
    (name, type) => {
      const fine = TESTED.includes(name);
      expect(told(restoreTestingTypeProblems(type))).toEqual(
        fine
          ? []
          : [
              `error Backup-RestoreTestingType \`resourceType\` must be a type that restore testing supports (${TESTED.join(', ')}), got ${name}; if AWS has added it, declare it with \`ResourceType.withCapabilities({ restoreTesting: true })\``,
            ],
      );
    },
  );

  test('are those that the installed SDK documents', () => {
    const text = sdkDocumentation().get('RestoreTestingSelectionForCreate.ProtectedResourceType') ?? '';
    for (const name of TESTED) expect(text).toContain(`${name} for Amazon`);
  });

  test('can be extended by the user', () => {
    const eks = ResourceType.EKS.withCapabilities({ restoreTesting: true });
    expect(restoreTestingTypeProblems(eks)).toEqual([]);
  });

  test('can be ones that AWS adds later', () => {
    expect(told(restoreTestingTypeProblems(ResourceType.of('Quantum')))).toEqual([
      "warning Backup-RestoreTestingTypeUnknown `resourceType` is Quantum, which restore testing isn't known to support; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });

  test('leave instances with Windows VSS out', () => {
    const [problem] = restoreTestingTypeProblems(ResourceType.EC2.variant('Windows VSS'));
    expect(problem.message).toContain('got EC2 (Windows VSS)');
  });
});

describe('the ARNs of a selection', () => {
  const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

  test.each<[string, ResourceType, string]>([
    ['Aurora', ResourceType.AURORA, 'arn:aws:rds:eu-west-1:111122223333:cluster:a'],
    ['DocumentDB', ResourceType.DOCUMENTDB, 'arn:aws:rds:eu-west-1:111122223333:cluster:d'],
    ['DynamoDB', ResourceType.DYNAMODB, TABLE],
    ['EBS', ResourceType.EBS, 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:volume/vol-1'],
    ['EC2', ResourceType.EC2, 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'],
    ['EFS', ResourceType.EFS, 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1'],
    ['FSx', ResourceType.FSX, 'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1'],
    [
      'FSx for ONTAP',
      ResourceType.FSX.variant('ONTAP'),
      'arn:aws:fsx:eu-west-1:111122223333:volume/fs-1/v-1',
    ],
    ['Neptune', ResourceType.NEPTUNE, 'arn:aws:rds:eu-west-1:111122223333:cluster:n'],
    ['RDS', ResourceType.RDS, 'arn:aws:rds:eu-west-1:111122223333:db:r'],
    ['RDS clusters', ResourceType.RDS, 'arn:aws:rds:eu-west-1:111122223333:cluster:r'],
    ['S3', ResourceType.S3, 'arn:aws:s3:::documents'],
    ['a service that is not known here', ResourceType.S3, 'arn:aws:quantum:eu-west-1:111122223333:thing/1'],
    ['something known at deployment', ResourceType.S3, Fn.importValue('Arn')],
    ['everything', ResourceType.S3, '*'],
  ])('of %s', (_title, type, arn) => {
    expect(restoreTestingArnProblems([arn], type)).toEqual([]);
  });

  test.each<[string, unknown[], string[]]>([
    [
      'must be of the type',
      ['arn:aws:s3:::documents'],
      [
        'error Backup-RestoreTestingArn `arns` must be ARNs of DynamoDB, got `arn:aws:s3:::documents` (S3); create a selection for each type',
      ],
    ],
    [
      'must have no wildcard',
      ['arn:aws:dynamodb:eu-west-1:111122223333:table/*'],
      [
        'error Backup-RestoreTestingArn `arns` must be full ARNs without wildcards, got `arn:aws:dynamodb:eu-west-1:111122223333:table/*`; use `everything: true` for every resource of the type, or `tags`',
      ],
    ],
    [
      'must be ARNs',
      ['orders', 7],
      [
        'error Backup-RestoreTestingArn `arns` must be full ARNs without wildcards, got `orders`; use `everything: true` for every resource of the type, or `tags`',
        'error Backup-RestoreTestingArn `arns` must be full ARNs without wildcards, got 7; use `everything: true` for every resource of the type, or `tags`',
      ],
    ],
    [
      'must be ARNs, not lists of them',
      [[TABLE]],
      [
        'error Backup-RestoreTestingArn `arns` must be full ARNs without wildcards, got an array; use `everything: true` for every resource of the type, or `tags`',
      ],
    ],
    [
      'must be everything alone',
      ['*', TABLE],
      [
        'error Backup-RestoreTestingArn `arns` must be full ARNs without wildcards, got `*`; use `everything: true` for every resource of the type, or `tags`',
      ],
    ],
    [
      'must be at most thirty',
      Array.from({ length: 31 }, (_each, i) => `${TABLE}${i}`),
      ['error Backup-RestoreTestingArn `arns` can be at most 30 in a selection, got 31; use `tags`'],
    ],
  ])('%s', (_title, arns, messages) => {
    expect(told(restoreTestingArnProblems(arns, ResourceType.DYNAMODB))).toEqual(messages);
  });
});

describe('the conditions of a selection', () => {
  const condition = (change: Partial<RestoreTestingCondition> = {}): RestoreTestingCondition => ({
    operator: 'StringEquals',
    key: 'aws:ResourceTag/backup',
    value: 'gold',
    ...change,
  });

  test('compare tags for equality', () => {
    expect(
      restoreTestingConditionProblems([
        condition(),
        condition({ operator: 'StringNotEquals', value: '' }),
        condition({ value: 'Größe: 3.5+/-@home_2' }),
        condition({ value: Fn.ref('Tier'), key: Fn.ref('Key') }),
      ]),
    ).toEqual([]);
  });

  test.each<[string, RestoreTestingCondition[], string[]]>([
    [
      'know no patterns',
      [condition({ operator: 'StringLike' })],
      [
        'error Backup-RestoreTestingCondition `tags` can only be `StringEquals` or `StringNotEquals` in restore testing, got `StringLike`; use `TagCondition.stringEquals` with the whole value',
      ],
    ],
    [
      'need the prefix of AWS',
      [condition({ key: 'backup' })],
      [
        'error Backup-RestoreTestingCondition `tags` must have keys that begin with `aws:ResourceTag/`, got `backup`',
      ],
    ],
    [
      'know few signs',
      [condition({ value: 'gold!' })],
      [
        'error Backup-RestoreTestingCondition `tags` can only contain letters, digits, spaces and `_.:/=+-@` in restore testing, got `gold!`',
      ],
    ],
    [
      'are at most thirty',
      Array.from({ length: 31 }, () => condition()),
      ['error Backup-RestoreTestingCondition `tags` can be at most 30 in a selection, got 31'],
    ],
  ])('%s', (_title, conditions, messages) => {
    expect(told(restoreTestingConditionProblems(conditions))).toEqual(messages);
  });
});

describe('a selection', () => {
  test.each<[string, unknown[], unknown[]]>([
    ['names resources', ['arn'], []],
    ['names tags', [], ['tag']],
    ['names everything', ['*'], []],
    ['names everything with tags', ['*'], ['tag']],
  ])('%s', (_title, arns, tags) => {
    expect(restoreTestingChoiceProblems(arns, tags)).toEqual([]);
  });

  test.each<[string, unknown[], unknown[], string]>([
    [
      'never names both',
      ['arn'],
      ['tag'],
      "error Backup-RestoreTestingChoice `resources` and `tags` can't both be set: a selection tests either named or tagged resources; create two selections",
    ],
    [
      'names something',
      [],
      [],
      'error Backup-RestoreTestingChoice a selection must specify what it tests with `resources` or `tags`, got neither; use `everything: true` to test every resource of the type',
    ],
  ])('%s', (_title, arns, tags, message) => {
    expect(told(restoreTestingChoiceProblems(arns, tags))).toEqual([message]);
  });
});

test('hours and days are accepted exactly within their ranges', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 400 }), (n) => {
      expect(startWindowHoursProblems(n).length === 0).toBe(n >= 1 && n <= 168);
      expect(validationWindowProblems(n).filter(({ severity }) => severity === 'error').length === 0).toBe(
        n >= 0 && n <= 168,
      );
      expect(judge({ selectionWindowDays: n }).length === 0).toBe(n >= 1 && n <= 365);
    }),
  );
});

test('the laws return sentences for any input', () => {
  const list = fc.array(anything, { maxLength: 3 });
  const plan = fc.record({
    startWindowHours: anything,
    selectionWindowDays: anything,
    algorithm: anything,
    recoveryPointTypes: list,
    includeVaults: list,
    excludeVaults: list,
  });
  const conditions = fc.array(fc.record({ operator: anything, key: anything, value: anything }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(plan, list, conditions, anything, (values, arns, given, hours) => {
      for (const problem of [
        ...restoreTestingPlanProblems(values),
        ...restoreTestingArnProblems(arns, ResourceType.S3),
        ...restoreTestingConditionProblems(given),
        ...validationWindowProblems(hours),
      ])
        expect(sentence(problem)).toMatch(/^`\w+` [^\n]+[^.]$/);
    }),
  );
});

test('the quotas of restore testing are those of the guide', () => {
  expect(
    Object.entries(RESTORE_TESTING_QUOTAS).map(([name, { max, severity }]) => [name, max, severity]),
  ).toEqual([
    ['plans', 100, 'warning'],
    ['selectionsPerPlan', 30, 'error'],
    ['arnsPerSelection', 30, 'error'],
    ['conditionsPerSelection', 30, 'error'],
    ['vaultSelectorsPerPlan', 30, 'error'],
    ['tagsPerPlan', 50, 'error'],
  ]);
});
