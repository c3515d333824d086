import { readPolicy } from '../../../src/policy/admission/admission';
import type { PolicyPlan } from '../../../src/policy/document/policy-document';
import { lockDocument, lockHoles, lockPlan, lockProblems } from '../../../src/policy/document/policy-lock';
import { policyJson } from '../../../src/policy/document/policy-text';
import { evaluateOrganization } from '../../../src/policy/effective/effective-policy';
import type { ChildOperator } from '../../../src/policy/language/operators';
import { sentence } from '../../../src/values/core/problem';
import { complete, control, lifecycle, plan, rule, set } from '../documents';
import { policyModel } from '../policy-model';

const model = (content: unknown) => policyModel(readPolicy(content).fragment);
const holes = (content: unknown) => lockHoles(readPolicy(content).fragment);
const said = (content: unknown) => lockProblems(readPolicy(content).fragment).map(sentence);

const base = () =>
  complete({
    daily: {
      schedule_expression: set('cron(0 5 ? * * *)'),
      target_backup_vault_name: set('vault'),
      lifecycle: lifecycle(undefined, 35),
    },
  });
const locked = (...operators: ChildOperator[]) => policyJson(lockDocument(model(base()), operators));

test('a lock is added at every object and every setting', () => {
  const none = control('@@none');
  const leaf = (value: unknown) => ({ ...set(value), ...none });
  expect(policyJson(lockDocument(model(base())))).toEqual({
    plans: {
      ...none,
      daily: {
        ...none,
        regions: leaf(['us-east-1']),
        rules: {
          ...none,
          daily: {
            ...none,
            schedule_expression: leaf('cron(0 5 ? * * *)'),
            target_backup_vault_name: leaf('vault'),
            lifecycle: { ...none, delete_after_days: leaf('35') },
          },
        },
        selections: {
          ...none,
          tags: {
            ...none,
            cost: {
              ...none,
              iam_role_arn: leaf('arn:aws:iam::$account:role/Backup'),
              tag_key: leaf('cost'),
              tag_value: leaf(['one']),
            },
          },
        },
      },
    },
  });
});

test('no policy can change anything below a lock', () => {
  const attempts = [
    plan({ regions: set(['eu-west-1']) }),
    plan({ regions: { '@@append': ['eu-west-1'] } }),
    plan({ regions: { '@@remove': ['us-east-1'] } }),
    rule({ lifecycle: lifecycle(undefined, 1) }),
    rule({ start_backup_window_minutes: set(60) }),
    plan({ rules: { weekly: { target_backup_vault_name: set('vault') } } }),
    plan({ advanced_backup_settings: { ec2: { windows_vss: set('enabled') } } }),
    { plans: { weekly: { regions: set(['eu-west-1']) } } },
    { plans: control('@@all') },
  ];
  const effect = (below: unknown) =>
    evaluateOrganization({
      root: {
        id: 'r-root',
        policies: [{ name: 'locked', content: policyJson(lockDocument(model(base()))) }],
        accounts: [{ id: '111111111111', policies: [{ name: 'own', content: below }] }],
      },
    });
  const [{ policy }] = effect({ plans: {} }).accounts;
  for (const attempt of attempts) expect(effect(attempt).accounts[0].policy).toEqual(policy);
});

test('a lock has no gaps, whatever it allows', () => {
  const choices: ChildOperator[][] = [[], ['@@none'], ['@@append'], ['@@append', '@@remove'], ['@@all']];
  for (const operators of choices) expect(holes(locked(...operators))).toEqual([]);
});

test('a lock keeps narrower controls, and narrows wider ones', () => {
  const narrow = plan({
    ...control('@@append', '@@remove'),
    regions: { ...set(['us-east-1']), ...control('@@none') },
  });
  const gold = model(narrow).plans.entries.get('daily') as PolicyPlan;
  expect(lockPlan(gold, ['@@assign', '@@append'])).toEqual({
    childOperators: ['@@append'],
    regions: { assign: ['us-east-1'], childOperators: ['@@none'] },
  });
});

describe('holes', () => {
  test('a part of a locked object without its own control', () => {
    const content = plan({
      ...control('@@none'),
      regions: { ...set(['us-east-1']), ...control('@@none') },
      rules: {
        ...control('@@none'),
        daily: {
          ...control('@@none'),
          index_actions: { ...control('@@none'), resource_types: set(['EBS']) },
        },
      },
    });
    expect(holes(content)).toEqual([
      {
        path: 'plans/daily/rules/daily/index_actions/resource_types',
        lock: 'plans/daily',
        operators: ['@@all'],
      },
    ]);
    expect(said(content)).toEqual([
      '`plans/daily` restricts child policies, but they can still change `plans/daily/rules/daily/index_actions/resource_types`; add `@@operators_allowed_for_child_policies` there too: it protects only the level where it is set',
    ]);
  });

  test('a part that allows more than its object', () => {
    const content = plan({
      ...control('@@append'),
      regions: { ...set(['us-east-1']), ...control('@@append', '@@remove') },
    });
    expect(holes(content)).toEqual([
      { path: 'plans/daily/regions', lock: 'plans/daily', operators: ['@@remove'] },
    ]);
  });

  test('an object that allows more inside a locked one is reported once', () => {
    const content = plan({
      ...control('@@none'),
      rules: { ...control('@@assign'), daily: control('@@assign') },
    });
    expect(holes(content)).toEqual([
      { path: 'plans/daily/rules', lock: 'plans/daily', operators: ['@@assign'] },
      { path: 'plans/daily/rules/daily', lock: 'plans/daily', operators: ['@@assign'] },
    ]);
  });

  test('many gaps are reported in one sentence for each lock', () => {
    const open = (lock: object) => ({ ...lock, ...complete().plans.daily });
    const content = {
      plans: { gold: open(control('@@none')), silver: open(control('@@append')), bronze: open({}) },
    };
    expect(said(content)).toEqual([
      expect.stringMatching(
        /^`plans\/gold` restricts child policies, but they can still change `plans\/gold\/regions`, `plans\/gold\/rules`, .* and 5 more; add/,
      ),
      expect.stringMatching(/^`plans\/silver` restricts child policies/),
    ]);
  });

  test('in a lock of the whole document', () => {
    expect(said({ ...control('@@append'), plans: {} })).toEqual([
      'the document restricts child policies, but they can still change `plans`; add `@@operators_allowed_for_child_policies` there too: it protects only the level where it is set',
    ]);
  });

  test('a document without locks has none', () => {
    expect(said(base())).toEqual([]);
    expect(said(undefined)).toEqual([]);
  });
});
