import { resource } from '../../support/backups';
import { changesBetween, type Json } from '../support/app-changes';

describe('a key', () => {
  const key = (properties: Json = {}, rest: Json = {}) => ({
    Key: resource('KMS::Key', { KeyPolicy: {}, ...properties }, rest),
  });

  test.each([['Retain'], ['RetainExceptOnCreate']])('that is removed stays with the policy %s', (policy) => {
    expect(changesBetween(key({}, { DeletionPolicy: policy }), {})).toEqual([
      'key weaker: key `App/Key` is removed from the template, and stays (present -> null)',
    ]);
  });

  test('that is removed without such a policy takes its recovery points with it, and a new one changes nothing', () => {
    expect(changesBetween(key({}, { DeletionPolicy: 'Delete' }), {})).toEqual([
      'key weaker: key `App/Key` is removed: what it encrypts becomes unreadable (present -> null)',
    ]);
    expect(changesBetween({}, key())).toEqual([]);
  });

  test('is retained on deletion with either policy', () => {
    const [always, later] = ['Retain', 'RetainExceptOnCreate'].map((policy) =>
      key({}, { DeletionPolicy: policy }),
    );
    expect(changesBetween(always, later)).toEqual([]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    ['says that it is enabled', undefined, true, []],
    ['is enabled by a parameter', true, { Ref: 'AWS::NotificationARNs' }, []],
    [
      'is disabled',
      undefined,
      false,
      ['key weaker: key `App/Key` is disabled: what it encrypts is unreadable (enabled -> disabled)'],
    ],
    ['is enabled', false, undefined, ['key stronger: key `App/Key` is enabled (disabled -> enabled)']],
    ['stays disabled', false, 'false', []],
  ])(
    'that %s is reported if what it encrypts becomes readable or unreadable',
    (_, before, after, expected) => {
      expect(changesBetween(key({ Enabled: before }), key({ Enabled: after }))).toEqual(expected);
    },
  );
});
