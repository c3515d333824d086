import * as fc from 'fast-check';
import { readPolicy } from '../../../src/policy/admission/admission';
import type { PolicyDocument, PolicyPlan } from '../../../src/policy/document/policy-document';
import { policyJson } from '../../../src/policy/document/policy-text';
import { CHILD_OPERATORS, CONTROL } from '../../../src/policy/language/operators';
import { DOCUMENT, type Shape } from '../../../src/policy/language/policy-shape';
import { COPY, control, plan, ROLE, set } from '../documents';
import { policyModel } from '../policy-model';

/** A document with everything that there is. */
const ALL = {
  plans: {
    ...control('@@append'),
    gold: {
      ...control('@@none'),
      regions: { ...set(['eu-west-1']), '@@append': ['eu-west-2'], '@@remove': ['eu-west-3'] },
      rules: {
        daily: {
          schedule_expression: set('cron(0 5 1 * ? *)'),
          target_backup_vault_name: set('gold'),
          target_logically_air_gapped_backup_vault_arn: set(
            'arn:aws:backup:$region:$account:backup-vault:safe',
          ),
          start_backup_window_minutes: set('60'),
          complete_backup_window_minutes: { ...control('@@none'), ...set('120') },
          enable_continuous_backup: set('false'),
          lifecycle: {
            move_to_cold_storage_after_days: set('8'),
            delete_after_days: set('98'),
            opt_in_to_archive_for_supported_resources: set('true'),
          },
          copy_actions: {
            [COPY]: {
              target_backup_vault_arn: set(COPY),
              lifecycle: { delete_after_days: set('98') },
            },
          },
          recovery_point_tags: { stage: { tag_key: set('stage'), tag_value: set('prod') } },
          index_actions: { resource_types: set(['EBS']) },
          scan_actions: { GUARDDUTY: { scan_mode: set('FULL_SCAN') } },
        },
      },
      selections: {
        tags: {
          some: {
            iam_role_arn: set(ROLE),
            tag_key: set('backup'),
            tag_value: set(['gold', '']),
            conditions: {
              string_not_equals: {
                one: { condition_key: set('aws:ResourceTag/stage'), condition_value: set('dev') },
              },
            },
          },
        },
        resources: {
          all: {
            iam_role_arn: set(ROLE),
            resource_types: set(['*']),
            not_resource_types: set(['arn:aws:s3:::*']),
            conditions: {
              string_equals: {
                one: { condition_key: set('aws:ResourceTag/a'), condition_value: set('a') },
              },
              string_like: { two: { condition_key: set('aws:ResourceTag/b'), condition_value: set('b*') } },
              string_not_like: {
                three: { condition_key: set('aws:ResourceTag/c'), condition_value: set('*c') },
              },
            },
          },
        },
      },
      advanced_backup_settings: {
        ec2: { windows_vss: set('enabled') },
        s3: { backup_acls: set('disabled'), backup_object_tags: set('enabled') },
      },
      backup_plan_tags: { owner: { tag_key: set('owner'), tag_value: set('platform') } },
      scan_settings: { GUARDDUTY: { resource_types: set(['EBS', 'S3']), scanner_role_arn: set(ROLE) } },
    },
  },
};

const model = (content: unknown) => policyModel(readPolicy(content).fragment);
const textOf = (document: PolicyDocument) => JSON.stringify(policyJson(document));

test('a document with every setting survives the round trip through its model', () => {
  expect(readPolicy(ALL).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(policyJson(model(ALL))).toEqual(ALL);
  expect(JSON.stringify(policyJson(model(ALL)))).toBe(JSON.stringify(ALL));
});

test('the test above has every key of the grammar', () => {
  const missing: string[] = [];
  const visit = (shape: Shape, values: object[], path: string) => {
    if (values.length === 0) missing.push(path);
    if (shape.kind === 'fields')
      for (const [key, inner] of Object.entries(shape.fields))
        visit(
          inner,
          values.flatMap((value) => (value as Record<string, object>)[key] ?? []),
          `${path}/${key}`,
        );
    if (shape.kind === 'entries')
      visit(
        shape.each,
        values.flatMap((value) =>
          Object.entries(value).flatMap(([key, inner]) => (key.startsWith('@@') ? [] : [inner])),
        ),
        `${path}/*`,
      );
  };
  visit(DOCUMENT, [ALL], '');
  const repeated = '/plans/*/rules/*/copy_actions/*/lifecycle/';
  expect(missing).toEqual([
    `${repeated}move_to_cold_storage_after_days`,
    `${repeated}opt_in_to_archive_for_supported_resources`,
    ...['string_equals', 'string_like', 'string_not_like'].flatMap((operator) =>
      ['', '/*', '/*/condition_key', '/*/condition_value'].map(
        (end) => `/plans/*/selections/tags/*/conditions/${operator}${end}`,
      ),
    ),
    ...['', '/*', '/*/condition_key', '/*/condition_value'].map(
      (end) => `/plans/*/selections/resources/*/conditions/string_not_equals${end}`,
    ),
  ]);
});

test('the model has numbers and flags where AWS has strings', () => {
  const [rule] = [...(model(ALL).plans.entries.get('gold')?.rules?.entries.values() ?? [])];
  expect(rule.startBackupWindowMinutes).toEqual({ assign: 60 });
  expect(rule.completeBackupWindowMinutes).toEqual({ assign: 120, childOperators: ['@@none'] });
  expect(rule.enableContinuousBackup).toEqual({ assign: false });
  expect(rule.lifecycle?.optInToArchiveForSupportedResources).toEqual({ assign: true });
});

test('the JSON of a document has no whitespace, and names in alphabetical order', () => {
  const regions = { regions: { assign: ['eu-west-1'] } };
  const one = {
    plans: {
      entries: new Map<string, PolicyPlan>([
        ['b', regions],
        ['a', {}],
        ['10', {}],
        ['9', {}],
      ]),
    },
  };
  const other = {
    plans: {
      entries: new Map<string, PolicyPlan>([
        ['9', {}],
        ['10', {}],
        ['a', {}],
        ['b', regions],
      ]),
    },
  };
  expect(textOf(one)).toBe(textOf(other));
  expect(
    textOf({
      plans: {
        entries: new Map<string, PolicyPlan>([
          ['b', regions],
          ['a', {}],
        ]),
      },
    }),
  ).toBe('{"plans":{"a":{},"b":{"regions":{"@@assign":["eu-west-1"]}}}}');
});

test('keys are written as AWS spells them, whatever their case was', () => {
  expect(
    policyJson(
      model({
        PLANS: {
          Gold: { Scan_Settings: { guardduty: { '@@Operators_allowed_for_child_policies': ['@@NONE'] } } },
        },
      }),
    ),
  ).toEqual({
    plans: { Gold: { scan_settings: { GUARDDUTY: control('@@none') } } },
  });
});

test('an invalid policy has an empty model', () => {
  for (const content of [undefined, 'no', [], {}, { plans: [] }])
    expect(policyJson(model(content))).toEqual({ plans: {} });
});

test('a plan may have a name that is special in JavaScript', () => {
  const content = JSON.parse(
    '{"plans":{"__proto__":{"regions":{"@@assign":["eu-west-1"]}},"constructor":{}}}',
  );
  expect(textOf(model(content))).toBe(
    '{"plans":{"__proto__":{"regions":{"@@assign":["eu-west-1"]}},"constructor":{}}}',
  );
});

// Properties --------------------------------------------------------------------------------------------------------

const controls = fc.constantFrom(...Object.keys(CHILD_OPERATORS)).map((operator) => [operator]);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const defined = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** Documents of any content that has the right form. */
function documents(shape: Shape): fc.Arbitrary<unknown> {
  const control = { [CONTROL]: optional(controls) };
  switch (shape.kind) {
    case 'fields': {
      const fields = Object.entries(shape.fields).map(([key, inner]) => [key, optional(documents(inner))]);
      return fc.record({ ...control, ...Object.fromEntries(fields) }).map(defined);
    }
    case 'entries':
      return fc
        .tuple(
          optional(controls),
          fc.dictionary(fc.stringMatching(/^[a-z0-9_.-]{1,5}$/), documents(shape.each), { maxKeys: 2 }),
        )
        .map(([operators, entries]) => defined({ [CONTROL]: operators, ...entries }));
    case 'scalar': {
      const value =
        shape.type === 'text'
          ? fc.string()
          : shape.type === 'flag'
            ? fc.constantFrom('true', 'false')
            : fc.nat().map(String);
      return fc.record({ ...control, '@@assign': optional(value) }).map(defined);
    }
    case 'list': {
      const list = optional(fc.array(fc.string(), { maxLength: 3 }));
      return fc.record({ ...control, '@@assign': list, '@@append': list, '@@remove': list }).map(defined);
    }
  }
}

test('any document survives the round trip through its model', () => {
  fc.assert(
    fc.property(documents(DOCUMENT), (content) => {
      const expected = { plans: {}, ...(content as object) };
      expect(policyJson(model(content))).toEqual(expected);
      expect(textOf(model(policyJson(model(content))))).toBe(textOf(model(content)));
    }),
    { numRuns: 300 },
  );
});

test('an empty plan is kept', () => {
  expect(policyJson(model(plan({})))).toEqual(plan({}));
});
