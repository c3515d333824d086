import * as fc from 'fast-check';
import { CONTROL_FACTS } from '../../../src/values/audit/control-facts';
import {
  type ControlScopeValues,
  controlScopeProblems,
  scopeKind,
  scopeShapeProblems,
} from '../../../src/values/audit/control-scope-laws';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { anything } from '../../support/anything';

const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);
const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';

const SCOPES: Readonly<Record<string, ControlScopeValues | undefined>> = {
  everything: undefined,
  resourceTypes: { complianceResourceTypes: ['EFS', 'RDS'] },
  tag: { tags: [{ key: 'backup', value: 'gold' }] },
  resource: { complianceResourceTypes: ['EC2'], complianceResourceIds: ['i-0123456789abcdef0'] },
  backupPlan: { complianceResourceTypes: [PLAN], complianceResourceIds: ['1234'] },
  backupVault: { complianceResourceTypes: [VAULT], complianceResourceIds: ['default'] },
};

test.each(Object.entries(SCOPES))('recognizes a scope of %s', (kind, scope) => {
  expect(scopeKind(scope)).toBe(kind);
  expect(scopeShapeProblems(scope)).toEqual([]);
});

test('an empty scope is everything', () => {
  expect(scopeKind({})).toBe('everything');
  expect(scopeKind({ tags: [], complianceResourceIds: [], complianceResourceTypes: [] })).toBe('everything');
});

/** The guide's table, repeated here. */
const ALLOWED: Readonly<Record<string, string[]>> = {
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN: ['resourceTypes', 'tag', 'resource'],
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: ['tag', 'backupPlan'],
  BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: ['tag', 'backupVault'],
  BACKUP_RECOVERY_POINT_ENCRYPTED: ['tag'],
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: ['tag'],
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION: ['resourceTypes', 'tag', 'resource'],
  BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT: ['resourceTypes', 'tag', 'resource'],
  BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK: ['resourceTypes', 'tag', 'resource'],
  BACKUP_LAST_RECOVERY_POINT_CREATED: ['resourceTypes', 'tag', 'resource'],
  RESTORE_TIME_FOR_RESOURCES_MEET_TARGET: ['resourceTypes', 'tag', 'resource'],
  RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT: ['resourceTypes', 'resource'],
};

test.each(Object.keys(CONTROL_FACTS))('%s takes the scopes of the guide and no other', (control) => {
  const accepted = Object.entries(SCOPES)
    .filter(([, scope]) => controlScopeProblems(control, scope).length === 0)
    .map(([kind]) => kind);
  expect(accepted.sort()).toEqual(['everything', ...ALLOWED[control]].sort());
});

test.each<[string, string, string]>([
  [
    'BACKUP_RECOVERY_POINT_ENCRYPTED',
    'resourceTypes',
    '`scope` of `BACKUP_RECOVERY_POINT_ENCRYPTED` should be everything or one tag, got resource types',
  ],
  [
    'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
    'backupVault',
    '`scope` of `BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK` should be everything, one tag or one backup plan, got one backup vault',
  ],
  [
    'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
    'backupPlan',
    '`scope` of `BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED` should be everything, one tag or one backup vault, got one backup plan',
  ],
  [
    'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    'tag',
    '`scope` of `RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT` should be everything, resource types or one resource, got one tag',
  ],
])('%s is not documented to take a scope of %s', (control, kind, message) => {
  expect(told(controlScopeProblems(control, SCOPES[kind]))).toEqual([
    `warning Backup-ControlScopeKind ${message}`,
  ]);
});

test.each<[string, ControlScopeValues]>([
  ['one type', { complianceResourceTypes: ['S3'], tags: [{ key: 'protect', value: 'yes' }] }],
  ['several types', { complianceResourceTypes: ['S3', 'EBS'], tags: [{ key: 'protect', value: 'yes' }] }],
  ['a type, and a tag without a value', { complianceResourceTypes: ['EBS'], tags: [{ key: 'protect' }] }],
])('a tag may restrict %s', (_, scope) => {
  expect(controlScopeProblems('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', scope)).toEqual([]);
});

test.each(Object.entries(SCOPES))('a control that is not known takes a scope of %s', (_kind, scope) => {
  expect(controlScopeProblems('A_CONTROL_THAT_AWS_ADDED', scope)).toEqual([]);
});

describe('a scope of another shape is rejected', () => {
  test.each<[string, ControlScopeValues, string[]]>([
    [
      'two tags',
      {
        tags: [
          { key: 'a', value: '' },
          { key: 'b', value: '' },
        ],
      },
      [
        'error Backup-ControlScope `scope` can be at most one tag, got 2; select by something that the resources share, or create several frameworks',
      ],
    ],
    [
      'two resources',
      { complianceResourceTypes: ['EC2'], complianceResourceIds: ['i-1', 'i-2'] },
      [
        'error Backup-ControlScope `scope` can be at most one resource, got 2; select by something that the resources share, or create several frameworks',
      ],
    ],
    [
      'a resource without its type',
      { complianceResourceIds: ['i-1'] },
      ['error Backup-ControlScope `scope` must name one resource type with a resource, got none'],
    ],
    [
      'a resource of two types',
      { complianceResourceTypes: ['EC2', 'EBS'], complianceResourceIds: ['i-1'] },
      ['error Backup-ControlScope `scope` must name one resource type with a resource, got 2'],
    ],
    [
      'a tag and a resource',
      { complianceResourceTypes: ['EC2'], complianceResourceIds: ['i-1'], tags: [{ key: 'a' }] },
      [
        'warning Backup-ControlScopeKind `scope` should be one tag or one resource, got both; choose one of them',
      ],
    ],
    [
      'a tag without a key',
      { tags: [{ key: '' }] },
      [
        "error Backup-TagKey `key` must be a tag key of 1 to 128 characters, got an empty string; set the key, for example 'backup'",
      ],
    ],
    [
      'a tag key of a selection',
      { tags: [{ key: 'aws:ResourceTag/backup' }] },
      ['error Backup-TagKey `key` must be a bare tag key, got `aws:ResourceTag/backup`; use `backup`'],
    ],
    [
      'a type that is no text',
      { complianceResourceTypes: [7] },
      ['error Backup-ControlScope `scope` must have resource types as strings, got 7'],
    ],
    [
      'an empty id',
      { complianceResourceTypes: ['EC2'], complianceResourceIds: [''] },
      ['error Backup-ControlScope `scope` must have a resource ID as a string, got an empty string'],
    ],
  ])('%s', (_title, scope, messages) => {
    expect(told(controlScopeProblems('BACKUP_LAST_RECOVERY_POINT_CREATED', scope))).toEqual(messages);
  });

  test('a tag value of 257 characters', () => {
    expect(told(scopeShapeProblems({ tags: [{ key: 'a', value: 'v'.repeat(257) }] }))).toEqual([
      'error Backup-TagValue `value` must be a tag value of at most 256 characters, got 257 characters',
    ]);
  });
});

test('the law returns sentences for any scope', () => {
  const texts = fc.option(fc.array(anything, { maxLength: 3 }), { nil: undefined });
  const tags = fc.option(fc.array(fc.record({ key: anything, value: anything }), { maxLength: 3 }), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(CONTROL_FACTS)),
      texts,
      texts,
      tags,
      (control, complianceResourceTypes, complianceResourceIds, given) => {
        const scope = { complianceResourceTypes, complianceResourceIds, tags: given };
        for (const problem of controlScopeProblems(control, scope))
          expect(sentence(problem)).toMatch(/^`\w+` [^\n]+[^.]$/);
      },
    ),
  );
});
