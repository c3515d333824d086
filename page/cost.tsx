import { useComputed, useSignal } from '@preact/signals';
import {
  type CostBasis,
  type CostSizes,
  DEFAULT_CHANGE_PER_DAY,
  MONTH_MS,
} from '../src/forecast/cost/cost-model';
import { type CostEstimate, costOf } from '../src/forecast/cost/cost-of';
import { savingsOf } from '../src/forecast/cost/cost-savings';
import type { CostData } from '../src/report/data/cost-data';
import { moneyText } from '../src/report/page/amounts';
import { CostChart } from './cost-chart';
import { Prose, Scroll, Section } from './text';

/** What storage costs, with sliders for what nobody knows exactly. */
export function Cost({ cost }: { readonly cost: CostData }) {
  const { basis, sizes, prices, currency } = cost;
  const factor = useSignal(1);
  const change = useSignal<number | undefined>(undefined);
  const typeSizes = useSignal<Readonly<Record<string, number>>>({});
  const adjusted = useComputed(() => {
    const own = adjustedSizes(sizes, typeSizes.value, factor.value, change.value);
    const scaled = scaledBasis(basis, factor.value);
    return { estimate: costOf(scaled, own, prices), savings: savingsOf(scaled, own, prices) };
  });
  const { estimate, savings } = adjusted.value;
  const { total, perMonth, byVault, byMeter } = estimate;
  const open = typesWithoutSize(basis, sizes);
  const rate = change.value ?? sizes.changePerDay ?? DEFAULT_CHANGE_PER_DAY;
  const rows = byVault.flatMap((vault) => vault.byType.map((of) => ({ vault, of })));
  return (
    <Section
      id="cost"
      title="Cost"
      lead="An estimate from sizes, change rates and public prices, without taxes and discounts. Move the sliders for what you don’t know exactly."
    >
      <div class="filters">
        <label class="slider">
          <span>Sizes × {factor.value}</span>
          <input
            type="range"
            min={-4}
            max={4}
            step={1}
            value={Math.round(Math.log2(factor.value) * 2)}
            aria-valuetext={`sizes times ${factor.value}`}
            onInput={(event) => {
              factor.value = Number((2 ** (Number(event.currentTarget.value) / 2)).toFixed(2));
            }}
          />
        </label>
        <label class="slider">
          <span>{Math.round(rate * 1000) / 10} % of the data changes in a day</span>
          <input
            type="range"
            min={0}
            max={20}
            step={0.5}
            value={rate * 100}
            aria-valuetext={`${Math.round(rate * 1000) / 10} percent a day`}
            onInput={(event) => {
              change.value = Number(event.currentTarget.value) / 100;
            }}
          />
        </label>
        {open.map((type) => (
          <label key={type}>
            <span>GiB of each {type}</span>
            <input
              type="number"
              min={0}
              step="any"
              inputMode="decimal"
              value={typeSizes.value[type] ?? ''}
              onInput={(event) => {
                const { [type]: _, ...others } = typeSizes.value;
                const amount = Number.parseFloat(event.currentTarget.value);
                typeSizes.value = amount >= 0 ? { ...others, [type]: amount } : others;
              }}
            />
          </label>
        ))}
      </div>
      <p class="answer-line" aria-live="polite" data-number="estimate">
        {total === null ? (
          'Nothing can be estimated without sizes.'
        ) : (
          <>
            <strong>{moneyText(perMonth, currency)}</strong> a month at the end, {moneyText(total, currency)}{' '}
            in the whole period.
          </>
        )}
      </p>
      {total !== null && (
        <>
          <CostChart
            estimate={estimate}
            months={basis.spans.slice(0, -1).map(({ from, to }) => ({ to, length: (to - from) / MONTH_MS }))}
          />
          <Scroll label="Cost by vault and type">
            <table class="amounts">
              <thead>
                <tr>
                  <th scope="col">Vault</th>
                  <th scope="col">Region</th>
                  <th scope="col">Type</th>
                  <th scope="col">GiB at the end</th>
                  <th scope="col">A month</th>
                  <th scope="col">Total</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ vault, of }, index) => (
                  <tr key={index}>
                    <th scope="row">{vault.name}</th>
                    <td class="whole">{vault.region ?? 'any Region'}</td>
                    <td>{of.resourceType}</td>
                    <td class="number">{gib(of.timeline[of.timeline.length - 1]?.storageGiB ?? null)}</td>
                    <td class="number">{moneyText(of.perMonth, currency)}</td>
                    <td class="number">{moneyText(of.total, currency)}</td>
                  </tr>
                ))}
                {byMeter
                  .filter(({ what }) => !what.startsWith('backups of '))
                  .map(({ what, region, total: amount }, index) => (
                    <tr key={`meter${index}`}>
                      <th scope="row" colSpan={1} class="quiet">
                        not storage
                      </th>
                      <td class="whole">{region ?? 'any Region'}</td>
                      <td colSpan={3}>{what}</td>
                      <td class="number">{moneyText(amount, currency)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
      {savings.length > 0 && (
        <>
          <h3>What would save money, each alone</h3>
          <ul class="rows">
            {savings.slice(0, 10).map(({ plan, rule, change: what, perMonth: saved }) => (
              <li key={`${plan}${rule}${what}`}>
                <span class="kind">{moneyText(saved, currency)} a month</span>
                <span>
                  {plan}/{rule}: {what}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <details class="acknowledged">
        <summary>Assumptions, and what is left out</summary>
        <Notes title="Assumed" notes={estimate.assumptions} />
        <Notes title="Left out" notes={estimate.leftOut} />
      </details>
    </Section>
  );
}

function Notes({ title, notes }: { readonly title: string; readonly notes: CostEstimate['assumptions'] }) {
  if (notes.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="notes">
        {notes.map((note) => (
          <li key={note}>
            <Prose>{note}</Prose>
          </li>
        ))}
      </ul>
    </>
  );
}

function gib(amount: number | null): string {
  return amount === null
    ? '–'
    : amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 2 : 0 });
}

/** Types of which no size is known, neither in the sizes nor in a template. */
function typesWithoutSize({ groups, resources }: CostBasis, sizes: CostSizes): string[] {
  const open = groups.filter(
    ({ resourceType, resources: own }) =>
      sizes.types[resourceType]?.sizeGiB === undefined &&
      own.some((index) => resources[index].sizeGiB === undefined && resources[index].id === ''),
  );
  return [...new Set(open.map(({ resourceType }) => resourceType))].sort();
}

function adjustedSizes(
  sizes: CostSizes,
  typeSizes: Readonly<Record<string, number>>,
  factor: number,
  changePerDay: number | undefined,
): CostSizes {
  if (factor === 1 && changePerDay === undefined && Object.keys(typeSizes).length === 0) return sizes;
  const adjust = (all: CostSizes['types']): CostSizes['types'] =>
    Object.fromEntries(
      Object.entries(all).map(([name, { sizeGiB, changePerDay: rate, objects }]) => [
        name,
        {
          sizeGiB: sizeGiB === undefined ? undefined : sizeGiB * factor,
          changePerDay: changePerDay ?? rate,
          objects: objects === undefined ? undefined : objects * factor,
        },
      ]),
    );
  const types: Record<string, CostSizes['types'][string]> = { ...sizes.types };
  for (const [type, sizeGiB] of Object.entries(typeSizes)) types[type] = { ...types[type], sizeGiB };
  return {
    ...sizes,
    changePerDay: changePerDay ?? sizes.changePerDay,
    types: adjust(types),
    resources: adjust(sizes.resources),
  };
}

/** Sizes in templates grow too. */
function scaledBasis(basis: CostBasis, factor: number): CostBasis {
  if (factor === 1) return basis;
  return {
    ...basis,
    resources: basis.resources.map((resource) =>
      resource.sizeGiB === undefined ? resource : { ...resource, sizeGiB: resource.sizeGiB * factor },
    ),
  };
}
