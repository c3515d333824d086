import { Changes, type ForecastResource } from '../../../src/forecast/difference/change';
import { SurvivabilityChanges } from '../../../src/forecast/difference/survivability';
import { SCENARIOS, type Scenario } from '../../../src/forecast/survival/survival';
import { inventoryOfResources } from '../../support/templates';

type Status = 'survives' | 'lost' | 'unknown';

/** A protected table whose answer to one loss is this. */
function table(scenario: Scenario, status: Status): ForecastResource {
  const { resources } = inventoryOfResources({ Orders: { Type: 'AWS::DynamoDB::Table' } });
  const survives = Object.fromEntries(
    SCENARIOS.map((one) => [one, { status: one === scenario ? status : 'lost', because: '', point: null }]),
  );
  const forecast = { coverage: { status: 'protected' }, survives } as unknown as ForecastResource['forecast'];
  return { ...resources[0], forecast };
}

function messages(scenario: Scenario, was: Status, is: Status, count = 1): string[] {
  const survivability = new SurvivabilityChanges();
  for (let i = 0; i < count; i++)
    survivability.compare({ before: table(scenario, was), after: table(scenario, is) });
  const changes = new Changes();
  survivability.report(changes);
  return changes.all.map(({ direction, message }) => `${direction}: ${message}`);
}

test.each<[Status, Status, string, string]>([
  ['lost', 'survives', 'stronger: `App/Orders` now survives', 'stronger: 2 resources now survive'],
  ['unknown', 'survives', 'stronger: `App/Orders` now survives', 'stronger: 2 resources now survive'],
  ['survives', 'lost', 'weaker: `App/Orders` no longer survives', 'weaker: 2 resources no longer survive'],
  [
    'unknown',
    'lost',
    'weaker: `App/Orders` certainly does not survive',
    'weaker: 2 resources certainly do not survive',
  ],
  [
    'survives',
    'unknown',
    'weaker: `App/Orders` may no longer survive',
    'weaker: 2 resources may no longer survive',
  ],
  ['lost', 'unknown', 'stronger: `App/Orders` may now survive', 'stronger: 2 resources may now survive'],
])('what was %s and is %s is a sentence', (was, is, one, two) => {
  expect(messages('region', was, is)).toEqual([`${one} the loss of its Region`]);
  expect(messages('region', was, is, 2)).toEqual([`${two} the loss of their Region`]);
  expect(messages('region', is, is)).toEqual([]);
});

test.each<[Scenario, string, string]>([
  ['resource', 'the original data', 'the original data'],
  ['stack', 'its stack', 'their stack'],
  ['key', 'the key of its vault', 'the key of their vault'],
  ['workloadAccount', 'its account', 'their account'],
  ['region', 'its Region', 'their Region'],
  ['backupAccount', 'the backup account', 'the backup account'],
  ['managementAccount', 'the management account', 'the management account'],
])('the loss of %s is named', (scenario, one, two) => {
  expect(messages(scenario, 'lost', 'survives')).toEqual([
    `stronger: \`App/Orders\` now survives the loss of ${one}`,
  ]);
  expect(messages(scenario, 'lost', 'survives', 2)).toEqual([
    `stronger: 2 resources now survive the loss of ${two}`,
  ]);
});
