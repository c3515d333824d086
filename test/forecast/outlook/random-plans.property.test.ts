import { forecastOf } from '../../../src/forecast/outlook/forecast';
import { Random } from '../../values/schedule/cron-generator';
import { randomInventory } from '../support/forecast-template';
import { naiveCounts, naiveForecast } from '../support/naive-forecast';
import { type RandomPlan, randomPlan } from '../support/random-plan';

const SEED = process.env.FAST_CHECK_SEED === 'random' ? Date.now() % 1_000_000 : 20_270_301;
const CHUNKS = 10;
const PER_CHUNK = 500;

/** What both sides say about a plan, in one shape. */
function forecasted(plan: RandomPlan) {
  const { rules, resources, vaults, timeline } = forecastOf(randomInventory(plan), { period: plan });
  const [resource] = resources;
  return {
    rules: rules.map(({ runs = 0, skipped = 0 }) => ({ runs, skipped })),
    rpo: resource.rpoMinutes ?? null,
    recoveryPoints: resource.recoveryPoints,
    copies: resource.copies,
    vaults: vaults.map(({ vault, recoveryPoints }) => [vault.name, recoveryPoints]),
    timeline,
  };
}

function expected(plan: RandomPlan) {
  const { runs, skipped, points, rpo } = naiveForecast(plan);
  const counts = (some: typeof points) => naiveCounts(some, plan.to);
  return {
    rules: runs.map((count, i) => ({ runs: count, skipped: skipped[i] })),
    rpo,
    recoveryPoints: counts(points.filter(({ copy }) => !copy)),
    copies: counts(points.filter(({ copy }) => copy)),
    vaults: [0, 1, 2, 3].map((n) => [`v${n}`, counts(points.filter(({ vault }) => vault === n))]),
    timeline: monthsOf(plan).map((at) => {
      const { alive, warm, cold } = naiveCounts(points, at);
      return { at, alive, warm, cold };
    }),
  };
}

function monthsOf({ from, to }: RandomPlan): number[] {
  const months: number[] = [];
  for (let minute = Math.ceil(from / 86_400_000) * 86_400_000; minute < to; minute += 86_400_000)
    if (new Date(minute).getUTCDate() === 1) months.push(minute);
  return [...months, to];
}

describe('a forecast equals a simulation, event by event, of random plans', () => {
  test.each(Array.from({ length: CHUNKS }, (_, chunk) => chunk))('(part %i)', (chunk) => {
    const random = new Random(SEED + chunk);
    for (let i = 0; i < PER_CHUNK; i++) {
      const plan = randomPlan(random);
      const got = forecasted(plan);
      const wanted = expected(plan);
      // `toEqual` on everything would take most of the time
      if (JSON.stringify(got) !== JSON.stringify(wanted))
        expect({ plan, ...got }).toEqual({ plan, ...wanted });
    }
  });
});
