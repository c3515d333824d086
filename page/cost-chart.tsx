import type { CostEstimate } from '../src/forecast/cost/cost-of';
import { moneyText } from '../src/report/page/amounts';
import { dateOf, Legend } from './text';
import { useWidth } from './use-width';

const [HEIGHT, TOP, BOTTOM] = [190, 18, 20];
/** How much room the label of a month needs. */
const LABEL = 66;
/** More parts are one. */
const MAX_PARTS = 5;

/** The cost of each month, a bar of parts by vault and type. */
export function CostChart(props: {
  readonly estimate: CostEstimate;
  readonly months: readonly { readonly to: number; readonly length: number }[];
}) {
  const { estimate, months } = props;
  const { currency } = estimate;
  const { frame, width } = useWidth<HTMLDivElement>(960);
  const parts = partsOf(estimate, months.length);
  const sums = months.map((_, month) => parts.reduce((sum, { costs }) => sum + costs[month], 0));
  const perMonth = (amount: number, month: number) =>
    months[month].length > 0 ? amount / months[month].length : 0;
  const most = Math.max(...sums.map(perMonth), 0.01);
  const shown = months.flatMap(({ length }, month) => (length > 0 ? [month] : []));
  const step = width.value / Math.max(1, shown.length);
  const scale = (amount: number) => (amount / most) * (HEIGHT - TOP - BOTTOM);
  const every = Math.ceil(LABEL / step);
  return (
    <div class="cost-chart" ref={frame}>
      <svg
        viewBox={`0 0 ${width.value} ${HEIGHT}`}
        height={HEIGHT}
        role="img"
        aria-label={`Cost a month, up to ${moneyText(most, currency)}: ${parts.map(({ name }) => name).join(', ')}`}
      >
        <path class="grid" d={`M0 ${TOP}H${width.value}`} />
        <text x="0" y={TOP - 5}>
          {moneyText(most, currency)} a month
        </text>
        {shown.map((month, position) => {
          let bottom = HEIGHT - BOTTOM;
          return (
            <g key={month}>
              {parts.map(({ name, costs }, index) => {
                const amount = perMonth(costs[month], month);
                const height = scale(amount);
                bottom -= height;
                return (
                  <rect
                    key={name}
                    class={`part part-${index}`}
                    x={position * step + step * 0.15}
                    width={step * 0.7}
                    y={bottom}
                    height={Math.max(0, height - 0.75)}
                  >
                    <title>
                      {name}, until {dateOf(months[month].to)}: {moneyText(amount, currency)} a month
                    </title>
                  </rect>
                );
              })}
              {position % every === 0 && width.value - position * step >= LABEL - 10 && (
                <text x={position * step + step * 0.15} y={HEIGHT - 4}>
                  {dateOf(months[month].to - 1).slice(0, 7)}
                </text>
              )}
            </g>
          );
        })}
        <path class="axis" d={`M0 ${HEIGHT - BOTTOM}H${width.value}`} />
      </svg>
      <Legend
        entries={parts.map(({ name }, index) => [
          <rect key={name} class={`part part-${index}`} width="12" height="12" />,
          name,
        ])}
      />
    </div>
  );
}

interface Part {
  readonly name: string;
  /** By span. */
  readonly costs: readonly number[];
}

/** The most expensive types in vaults, and everything else: further ones, copies, tests. */
function partsOf({ byVault, timeline }: CostEstimate, spans: number): Part[] {
  const all = byVault
    .flatMap(({ name, byType }) =>
      byType.map(({ resourceType, timeline: own, total }) => ({
        name: `${resourceType} in ${name}`,
        total: total ?? 0,
        costs: own.map(({ cost }) => cost ?? 0),
      })),
    )
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  const shown = all.slice(0, MAX_PARTS);
  const rest = Array.from({ length: spans }, (_, span) =>
    Math.max(0, (timeline[span]?.cost ?? 0) - shown.reduce((sum, { costs }) => sum + costs[span], 0)),
  );
  return rest.some((amount) => amount > 0.005) ? [...shown, { name: 'everything else', costs: rest }] : shown;
}
