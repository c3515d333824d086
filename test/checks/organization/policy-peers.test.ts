import { policyPeerChecks } from '../../../src/checks/organization/policy-peers';
import { control, plan, rule, set } from '../../policy/documents';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const UNIT = 'ou-ab12-34567890';
const policy = (Name: string, Content: unknown, TargetIds: unknown = [UNIT], more: object = {}) =>
  resource('Organizations::Policy', { Name, Type: 'BACKUP_POLICY', Content, TargetIds }, { ...more });
const days = (kept: unknown) => rule({ lifecycle: { delete_after_days: set(kept) } });
const found = (resources: object, sections: object = PARAMETERS) =>
  findings(policyPeerChecks, resources, undefined, sections);
const PATH = '`plans/daily/rules/daily/lifecycle/delete_after_days`';
const BOTH = 'backup policy `a` and backup policy `b`';

describe('two backup policies of one target', () => {
  test('that assign the same setting differently depend on the order of attachment', () => {
    expect(found({ A: policy('a', days(7)), B: policy('b', days(8)) })).toEqual([
      `error Backup-PolicyPeerConflict at Resources/B/Properties/Content: ${PATH} is assigned by ${BOTH}, all attached to \`${UNIT}\`: which of them wins depends on the order in which they are attached; assign the setting in one of them`,
    ]);
  });

  test('that assign the same value do so some day', () => {
    expect(found({ A: policy('a', days(7)), B: policy('b', JSON.stringify(days('7'))) })).toEqual([
      `warning Backup-PolicyPeerDuplicate at Resources/B/Properties/Content: ${PATH} is assigned by ${BOTH}, all attached to \`${UNIT}\`: they set the same value now; assign the setting in one of them`,
    ]);
  });

  test('are reported once for all targets that they share', () => {
    const targets = [UNIT, 'r-ab12', '111111111111'];
    expect(found({ A: policy('a', days(7), targets), B: policy('b', days(8), ['r-ab12', UNIT]) })).toEqual([
      `error Backup-PolicyPeerConflict at Resources/B/Properties/Content: ${PATH} is assigned by ${BOTH}, all attached to \`${UNIT}\` and \`r-ab12\`: which of them wins depends on the order in which they are attached; assign the setting in one of them`,
    ]);
  });

  test.each<[string, object]>([
    [
      'that assign different settings',
      { A: policy('a', days(7)), B: policy('b', plan({ regions: set(['eu-west-1']) })) },
    ],
    [
      'of which one appends',
      {
        A: policy('a', plan({ regions: set([]) })),
        B: policy('b', plan({ regions: { '@@append': ['eu-west-1'] } })),
      },
    ],
    [
      'of which one controls children',
      { A: policy('a', plan({ regions: set([]) })), B: policy('b', plan({ regions: control('@@none') })) },
    ],
    ['of different units', { A: policy('a', days(7)), B: policy('b', days(8), ['r-ab12']) }],
    ['that are not attached', { A: policy('a', days(7), []), B: policy('b', days(8), []) }],
    [
      'of targets that are not known',
      { A: policy('a', days(7), [UNKNOWN]), B: policy('b', days(8), [UNKNOWN]) },
    ],
    ['of which one is not known', { A: policy('a', days(7)), B: policy('b', UNKNOWN) }],
    ['of which one AWS refuses', { A: policy('a', days(7)), B: policy('b', days(0)) }],
    [
      'of which one is perhaps not made',
      { A: policy('a', days(7)), B: policy('b', days(8), [UNIT], { Condition: 'Open' }) },
    ],
  ])('%s are not reported', (_, resources) => {
    expect(
      found(resources, { ...PARAMETERS, Conditions: { Open: { 'Fn::Equals': [UNKNOWN, 'x'] } } }),
    ).toEqual([]);
  });

  test('of which one value is not known may say the same', () => {
    expect(found({ A: policy('a', days(7)), B: policy('b', days(UNKNOWN)) })).toEqual([
      expect.stringMatching(/^warning Backup-PolicyPeerDuplicate /),
    ]);
  });
});

test('a target takes at most 10 backup policies', () => {
  const policies = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i}`, policy(`p${i}`, { plans: {} })]));
  expect(found(policies(10))).toEqual([]);
  expect(found(policies(11))).toEqual([
    `warning Backup-PolicyTargetQuota at Resources/P10: \`TargetIds\` of backup policy \`p10\` includes \`${UNIT}\`, to which at most 10 backup policies can be attached, got 11; merge some of them, or attach them further up or down`,
  ]);
});
