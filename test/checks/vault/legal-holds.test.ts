import { legalHoldChecks } from '../../../src/checks/vault/legal-holds';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const hold = (RecoveryPointSelection: unknown, properties: object = {}) =>
  resource('Backup::LegalHold', {
    Title: 'Case 1',
    Description: 'Ask legal',
    RecoveryPointSelection,
    ...properties,
  });
const told = (selection: unknown, properties: object = {}) =>
  findings(legalHoldChecks, { X: hold(selection, properties) }, undefined, PARAMETERS);
const VAULT = { VaultNames: ['gold'] };
const dates = (FromDate: unknown, ToDate: unknown) => ({ ...VAULT, DateRange: { FromDate, ToDate } });
const HERE = 'Resources/X/Properties/RecoveryPointSelection';

test.each<[string, unknown, object, string]>([
  [
    'a blank title',
    VAULT,
    { Title: ' ' },
    "error Backup-LegalHoldText at Resources/X/Properties/Title: `Title` must be a text that isn't blank, got ` `; say what the hold is for: it is read by whoever has to cancel it",
  ],
  [
    'no description',
    VAULT,
    { Description: undefined },
    "error Backup-LegalHoldText at Resources/X/Properties/Description: `Description` must be a text that isn't blank, got undefined; say what the hold is for: it is read by whoever has to cancel it",
  ],
  [
    'nothing that it holds',
    {},
    {},
    `error Backup-EmptyLegalHold at ${HERE}: \`VaultNames\` or \`ResourceIdentifiers\` must say what is held, got none of them; name the vaults whose recovery points must stay`,
  ],
  [
    'a resource that is no ARN',
    { ResourceIdentifiers: ['orders'] },
    {},
    `error Backup-LegalHoldResource at ${HERE}/ResourceIdentifiers/0: \`ResourceIdentifiers[0]\` must be the ARN of a resource, such as \`arn:aws:s3:::orders\`, got \`orders\`; name each resource by its ARN, or hold a whole vault`,
  ],
  [
    'a wildcard',
    { ResourceIdentifiers: ['arn:aws:s3:::orders-*'] },
    {},
    `warning Backup-LegalHoldResource at ${HERE}/ResourceIdentifiers/0: \`ResourceIdentifiers[0]\` has a wildcard, with which AWS doesn't document that a legal hold holds anything; name each resource, or hold a whole vault with \`vaults\``,
  ],
  [
    'one date',
    dates('2026-01-01T00:00:00Z', undefined),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must be said where \`FromDate\` is, got none; say both, or neither`,
  ],
  [
    'its dates in the wrong order',
    dates('2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must not lie before \`FromDate\` (2026-02-01T00:00:00.000Z), got 2026-01-01T00:00:00.000Z; say both dates, the earlier one first, or neither`,
  ],
  [
    'a date that is none',
    dates('2026-01-01T00:00:00Z', 'today'),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must be a time, got \`today\`; write for example \`2026-01-31T00:00:00Z\``,
  ],
  [
    'a date to come, in seconds',
    dates('2026-01-01T00:00:00Z', '4102444800'),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must not lie in the future, got 2100-01-01T00:00:00.000Z; use a time that is past`,
  ],
])('a legal hold has %s', (_, selection, properties, message) => {
  expect(told(selection, properties)).toEqual([message]);
});

test('nothing is found of sound holds, and of what isn’t known', () => {
  for (const selection of [
    VAULT,
    { ResourceIdentifiers: ['arn:aws:s3:::orders', UNKNOWN] },
    dates('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
    dates(UNKNOWN, '2100-02-01T00:00:00Z'),
    UNKNOWN,
  ])
    expect(told(selection)).toEqual([]);
  expect(told(VAULT, { Title: UNKNOWN })).toEqual([]);
});

test('an account has 50 legal holds, in all Regions together', () => {
  const holds = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`X${i}`, hold(VAULT)]));
  expect(findings(legalHoldChecks, holds(51))).toEqual([
    'error Backup-LegalHoldQuota at Resources/X50: an account can have at most 50 legal holds, got 51; hold several vaults or resources with one',
  ]);
  expect(findings(legalHoldChecks, holds(50))).toEqual([]);
  expect(findings(legalHoldChecks, holds(51), { account: undefined })).toEqual([]);
});
