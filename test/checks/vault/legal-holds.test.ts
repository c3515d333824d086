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
const lines = (selection: unknown, properties: object = {}) =>
  findings(
    legalHoldChecks,
    { X: hold(selection, properties), Orders: resource('DynamoDB::Table') },
    undefined,
    PARAMETERS,
  );
const VAULT = { VaultNames: ['gold'] };
const dates = (FromDate: unknown, ToDate: unknown) => ({ ...VAULT, DateRange: { FromDate, ToDate } });
const HERE = 'Resources/X/Properties/RecoveryPointSelection';

test.each<[string, unknown, object, string]>([
  [
    'a blank title',
    VAULT,
    { Title: ' ' },
    'error Backup-LegalHoldText at Resources/X/Properties/Title: `Title` must be a non-blank string, got ` `; describe what the hold is for, for whoever has to cancel it',
  ],
  [
    'nothing that it holds',
    {},
    {},
    `error Backup-EmptyLegalHold at ${HERE}: \`VaultNames\` or \`ResourceIdentifiers\` must name what to hold, got none of them; name the vaults whose recovery points must stay`,
  ],
  [
    'a resource that is no ARN',
    { ResourceIdentifiers: ['orders'] },
    {},
    `error Backup-LegalHoldResource at ${HERE}/ResourceIdentifiers/0: \`ResourceIdentifiers[0]\` must be the ARN of a resource, such as \`arn:aws:s3:::orders\`, got \`orders\`; name each resource by its ARN, or hold a whole vault`,
  ],
  [
    'a resource of the template by its name',
    { ResourceIdentifiers: [{ Ref: 'Orders' }] },
    {},
    `error Backup-LegalHoldResource at ${HERE}/ResourceIdentifiers/0: \`ResourceIdentifiers[0]\` must be the ARN of a resource, such as \`arn:aws:s3:::orders\`, got \`\${Orders}\`; write \`!GetAtt Orders.Arn\``,
  ],
  [
    'a wildcard',
    { ResourceIdentifiers: ['arn:aws:s3:::orders-*'] },
    {},
    `warning Backup-LegalHoldWildcard at ${HERE}/ResourceIdentifiers/0: \`ResourceIdentifiers[0]\` has a wildcard, which AWS doesn't document for legal holds; name each resource, or hold a whole vault with \`vaults\``,
  ],
  [
    'its dates in the wrong order',
    dates('2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must not be before \`FromDate\` (2026-02-01T00:00:00.000Z), got 2026-01-01T00:00:00.000Z; set both dates in order, or neither`,
  ],
  [
    'an invalid date',
    dates('2026-01-01T00:00:00Z', 'today'),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must be a time, got \`today\`; for example, write \`2026-01-31T00:00:00Z\``,
  ],
  [
    'a date to come, in seconds',
    dates('2026-01-01T00:00:00Z', '4102444800'),
    {},
    `error Backup-LegalHoldDates at ${HERE}/DateRange/ToDate: \`ToDate\` must not be in the future, got 2100-01-01T00:00:00.000Z; use a time in the past`,
  ],
])('a legal hold has %s', (_, selection, properties, message) => {
  expect(lines(selection, properties)).toEqual([message]);
});

test('nothing is found of sound holds, and of what isn’t known', () => {
  for (const selection of [
    VAULT,
    { ResourceIdentifiers: ['arn:aws:s3:::orders', UNKNOWN] },
    dates('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
    dates(UNKNOWN, '2100-02-01T00:00:00Z'),
    UNKNOWN,
  ])
    expect(lines(selection)).toEqual([]);
  expect(lines(VAULT, { Title: UNKNOWN })).toEqual([]);
});

test('an account has 50 legal holds, in all Regions together', () => {
  const holds = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`X${i}`, hold(VAULT)]));
  expect(findings(legalHoldChecks, holds(51))).toEqual([
    'error Backup-LegalHoldQuota at Resources/X50: an account can have at most 50 legal holds, got 51; hold several vaults or resources with one legal hold',
  ]);
  expect(findings(legalHoldChecks, holds(50))).toEqual([]);
  expect(findings(legalHoldChecks, holds(51), { account: undefined })).toEqual([]);
});
