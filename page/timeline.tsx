import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { countsAt } from '../src/forecast/points/lineage';
import { restorableAt } from '../src/forecast/points/resource-numbers';
import type { Lineage } from '../src/forecast/points/resource-points';
import { Area } from './area-chart';
import type { Page, Series } from './model';
import { subject } from './state';
import { irregularities, Strip } from './strip';
import { chosenSubject, type Subject } from './subject';
import { Choice, count, Day, dateOf, Legend, momentOf, Section } from './text';
import { useWidth } from './use-width';

const DAY_MS = 86_400_000;
/** More rows are one too many to compare. */
const MAX_STRIPS = 24;
const MAX_CHOICES = 500;

const day = signal<number | undefined>(undefined);

/** Which recovery points exist over time, and what can be restored on a day. */
export function Timeline({ page }: { readonly page: Page }) {
  const { from, to } = page.data.period;
  const shown = chosenSubject(page);
  const { frame, width } = useWidth<HTMLDivElement>(960);
  const at = day.value ?? to;
  const last = Math.ceil((to - from) / DAY_MS);
  const { title, series } = shown;
  if (page.data.lineages.length === 0)
    return (
      <Section
        id="timeline"
        title="Timeline"
        lead={
          <>
            No rule makes recovery points of these resources from <Day at={from} /> to <Day at={to} />.
          </>
        }
      />
    );
  const clockChanges = [
    ...new Set(
      series.slice(0, MAX_STRIPS).flatMap((one) => irregularities(one.series).clockChanges.map(dateOf)),
    ),
  ].sort();
  return (
    <Section
      id="timeline"
      title="Timeline"
      lead="Recovery points over time, starting without any. Choose what to show, and a day."
    >
      <div class="filters">
        <SubjectSelect page={page} />
        <label class="slider">
          <span>Day</span>
          <input
            type="range"
            min={0}
            max={last}
            step={1}
            value={Math.round((at - from) / DAY_MS)}
            aria-valuetext={dateOf(at)}
            onInput={(event) => {
              day.value = Math.min(to, from + Number(event.currentTarget.value) * DAY_MS);
            }}
          />
        </label>
        <label>
          <span>Date</span>
          <input
            type="date"
            min={dateOf(from)}
            max={dateOf(to)}
            value={dateOf(at)}
            onChange={(event) => {
              const chosen = Date.parse(`${event.currentTarget.value}T00:00:00Z`);
              if (!Number.isNaN(chosen)) day.value = Math.min(to, Math.max(from, chosen));
            }}
          />
        </label>
      </div>
      <p class="answer-line" aria-live="polite" data-number="restorable">
        <Answer shown={shown} at={at} />
      </p>
      <div class="chart" ref={frame}>
        {series.length === 0 ? (
          <p class="quiet">No recovery points of {title} are made in this period.</p>
        ) : (
          <>
            <Area shown={shown} period={page.data.period} at={at} width={width.value} />
            <Legend entries={legendOf(series.map((one) => one.series))} />
            {series.slice(0, MAX_STRIPS).map(({ series: one, factor }, index) => (
              <Strip
                key={index}
                series={one}
                factor={factor}
                vault={page.data.vaults[one.data.vault]}
                period={page.data.period}
                at={at}
                width={width.value}
              />
            ))}
            {clockChanges.length > 0 && (
              <p class="remarks quiet">
                <span class="clock">▲</span> The clocks change before {clockChanges.slice(0, 6).join(', ')}
                {clockChanges.length > 6 && ' and more'}: a day has 23 or 25 hours.
              </p>
            )}
            {series.length > MAX_STRIPS && (
              <p class="quiet">
                and {count(series.length - MAX_STRIPS, 'more series', 'more series')} in the chart above
              </p>
            )}
          </>
        )}
      </div>
    </Section>
  );
}

function legendOf(series: readonly Series[]): (readonly [ComponentChildren, string])[] {
  const hasCold = series.some(({ coldAfterDays }) => Number.isFinite(coldAfterDays));
  const hasContinuous = series.some(({ kind }) => kind === 'continuous');
  return [
    [
      <path key="warm" class="key warm" d="M2 0v12M6 0v12M10 0v12" />,
      hasCold ? 'warm storage' : 'can be restored',
    ],
    ...(hasCold
      ? [[<path key="cold" class="key cold" d="M2 5v7M6 5v7M10 5v7" />, 'cold storage'] as const]
      : []),
    ...(hasContinuous
      ? [[<rect key="window" class="key warm" y="2" width="12" height="10" />, 'any moment'] as const]
      : []),
    [<path key="gone" class="key gone" d="M2 8v4M6 8v4M10 8v4" />, 'expired, or yet to come'],
  ];
}

function Answer({ shown, at }: { readonly shown: Subject; readonly at: number }) {
  const on = (
    <>
      On <Day at={at} />
    </>
  );
  if (shown.resourceType === undefined) {
    const alive = shown.series.reduce(
      (sum, { series, factor }) => sum + countsAt(series, at).alive * factor,
      0,
    );
    return (
      <>
        {on}, <strong>{count(alive, 'recovery point')}</strong> of {shown.title} exist{alive === 1 ? 's' : ''}
        .
      </>
    );
  }
  const found = restorableAt(
    shown.series.map(({ series }) => series as unknown as Lineage),
    shown.resourceType,
    at,
  );
  if (!found) return <>{on} you can’t go back to anything.</>;
  const { oldest, newest, points, continuous } = found;
  return (
    <>
      {on} you can go back to{' '}
      <strong>
        {count(points, 'recovery point')}, from {momentOf(oldest)} to {momentOf(newest)}
      </strong>
      {continuous && <>, and to any moment from {momentOf(continuous.from)}</>}.
    </>
  );
}

function SubjectSelect({ page }: { readonly page: Page }) {
  const { vaults, lineages } = page.data;
  const rules = [...new Set(lineages.map(({ plan, rule }) => `${plan}/${rule}`))].slice(0, MAX_CHOICES);
  const withPoints = page.resources
    .filter(({ profile }) => profile.lineages.length > 0)
    .slice(0, MAX_CHOICES);
  // one that a link asks for is always in the list
  const asked = subject.value.startsWith('resource ')
    ? page.find(subject.value.slice('resource '.length))
    : undefined;
  const resources = asked && !withPoints.includes(asked) ? [asked, ...withPoints] : withPoints;
  return (
    <Choice
      title="Show"
      of={subject}
      options={[['all', 'All resources']]}
      groups={[
        [
          'Vaults',
          vaults
            .slice(0, MAX_CHOICES)
            .map(({ name, account, region }, index) => [
              `vault ${index}`,
              `${name} (${account ?? 'any account'}/${region ?? 'any Region'})`,
            ]),
        ],
        ['Rules', rules.map((rule) => [`rule ${rule}`, rule])],
        ['Resources', resources.map(({ key, name }) => [`resource ${key}`, name])],
      ]}
    />
  );
}
