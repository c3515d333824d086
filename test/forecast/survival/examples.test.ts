import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forecastOf } from '../../../src/forecast/outlook/forecast';
import { SCENARIOS } from '../../../src/forecast/survival/survival';
import { readInventory } from '../../../src/inventory/inventory';
import { exampleApp } from '../../support/examples';

const PAGE = readFileSync(join(__dirname, '../../../docs/forecast.md'), 'utf8');
const period = { from: Date.parse('2027-01-01'), to: Date.parse('2028-01-01') };
const ANSWERS = { survives: 'yes', lost: 'no', unknown: '?' } as const;

/** The rows of an example: one for each kind of answer among its protected resources. */
function rowsOf(example: string): string[] {
  const inventory = readInventory([exampleApp(example).synth().directory]);
  const { resources } = forecastOf(inventory, { period });
  const rows = resources
    .filter(({ recoveryPoints }) => recoveryPoints.created > 0)
    .map(
      ({ survives, resourceType }) =>
        `| ${example} | ${resourceType} | ${SCENARIOS.map((scenario) => ANSWERS[survives[scenario].status]).join(' | ')} |`,
    );
  return [...new Set(rows)];
}

test.each(['disaster-recovery', 'quick-start'])(
  'the page says what survives which loss in examples/%s.ts',
  (example) => {
    const rows = rowsOf(example);
    expect(rows).not.toEqual([]);
    expect(PAGE.split('\n').filter((line) => line.startsWith(`| ${example} |`))).toEqual(rows);
  },
);
