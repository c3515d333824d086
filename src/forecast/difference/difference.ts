import type { CostEstimate } from '../cost/cost-of';
import type { Forecast } from '../outlook/forecast';
import { Changes, type Direction } from './change';
import { compareOthers } from './others';
import { compareResources } from './resources';
import { compareRules } from './rules';
import { compareSelectionsOfOthers } from './selections';
import { type Difference, differenceFrom } from './summary';
import { compareVaults } from './vaults';

/** A finding of a check, as far as a comparison needs it. */
export interface ComparedFinding {
  readonly id: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly message: string;
  /** A warning may be about a protection that is strong, such as a lock that nobody can remove. */
  readonly severity: 'error' | 'warning';
}

/** A version of an app. */
export interface DifferenceInput {
  readonly forecast: Forecast;
  readonly findings?: readonly ComparedFinding[];
  readonly cost?: CostEstimate;
}

/** Compares two versions. The forecasts must have the same period. */
export function differenceOf(before: DifferenceInput, after: DifferenceInput): Difference {
  const changes = new Changes();
  const [old, now] = [before.forecast, after.forecast];
  const vaults = compareVaults(old.inventory, now.inventory, now.period, changes);
  const plans = compareRules(old, now, vaults, changes);
  compareResources(old, now, plans, changes);
  compareSelectionsOfOthers(old, now, changes);
  compareOthers(old.inventory, now.inventory, changes);
  compareFindings(before.findings ?? [], after.findings ?? [], changes);
  compareCosts(before.cost, after.cost, changes);
  return differenceFrom(changes);
}

/** What a month costs at the end, by vault: neutral, since neither more nor less money protects better. */
function compareCosts(
  before: CostEstimate | undefined,
  after: CostEstimate | undefined,
  changes: Changes,
): void {
  const [old, now] = [before?.perMonth ?? null, after?.perMonth ?? null];
  if (!after || old === null || now === null) return;
  const text = (amount: number) => `${amount.toFixed(2)} ${after.currency}`;
  const difference = now - old;
  if (text(old) === text(now)) return;
  changes.add(
    'cost',
    'neutral',
    { stack: '', logicalId: '' },
    {
      subject: 'the cost of a month',
      before: text(old),
      after: text(now),
      message: `at the end of the period, a month costs an estimated ${text(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}: ${text(old)} before, ${text(now)} after`,
    },
  );
}

function compareFindings(
  before: readonly ComparedFinding[],
  after: readonly ComparedFinding[],
  changes: Changes,
): void {
  const keyOf = ({ id, stack, logicalId }: ComparedFinding) => `${id}|${stack}|${logicalId}`;
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const report = (findings: readonly ComparedFinding[], known: ReadonlySet<string>, direction: Direction) => {
    const told = new Set(known);
    for (const finding of findings) {
      if (told.has(keyOf(finding))) continue;
      told.add(keyOf(finding));
      const appears = direction === 'weaker';
      changes.add('finding', finding.severity === 'error' ? direction : 'neutral', finding, {
        subject: finding.id,
        before: appears ? null : finding.message,
        after: appears ? finding.message : null,
        message: `${finding.id} ${appears ? 'appears' : 'is gone'}: ${finding.message}`,
      });
    }
  };
  report(after, old, 'weaker');
  report(before, now, 'stronger');
}
