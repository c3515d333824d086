import { useComputed, useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { SCENARIOS } from '../src/forecast/survival/scenarios';
import type { Profile } from '../src/report/data/page-data';
import { numberText } from '../src/values/core/plain-text';
import type { Page, Resource } from './model';
import { SCENARIO_TEXT } from './scenario-text';
import { isFound, printing, search } from './state';
import { count, Glyph, More, Prose, ResourceLink, Scroll, Section } from './text';

const STEP = 50;
/** More names are for the table of the coverage. */
const MAX_OTHERS = 100;

/** Resources for which every loss has the same answer. */
interface Row {
  readonly profile: Profile;
  readonly resources: Resource[];
}

/** What is left after which loss, at the end of the period. */
export function Losses({ page }: { readonly page: Page }) {
  const rows = useComputed(() => rowsOf(page));
  const limit = useSignal(STEP);
  const asked = useSignal<{ row: Row; scenario: number } | undefined>(undefined);
  const all = rows.value;
  const visible = all.slice(0, printing.value ? all.length : limit.value);
  return (
    <Section
      id="losses"
      title="Loss scenarios"
      lead={
        page.resources.length === 0
          ? 'There is no resource that could be lost.'
          : 'What can still be restored at the end of the period, if something is lost. Select an answer for the reason.'
      }
    >
      {search.value.trim() !== '' && page.resources.length > 0 && (
        <p class="filtered">
          {all.length === 0 ? 'No resource matches' : 'Only resources that match'} “{search.value.trim()}”.{' '}
          <button type="button" onClick={() => (search.value = '')}>
            Show all
          </button>
        </p>
      )}
      {all.length > 0 && (
        <Scroll label="Loss scenarios">
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">Resources</th>
                {SCENARIOS.map((scenario) => (
                  <th key={scenario} scope="col">
                    {SCENARIO_TEXT[scenario]}
                  </th>
                ))}
                <th scope="col">Together fatal</th>
              </tr>
            </thead>
            <tbody>
              {visible.map((row, index) => (
                <MatrixRow key={index} row={row} asked={asked.value} onAsk={(one) => (asked.value = one)} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <More amount={all.length - visible.length} one="row" onMore={() => (limit.value += 4 * STEP)} />
    </Section>
  );
}

type Asked = { row: Row; scenario: number } | undefined;

function MatrixRow(props: {
  readonly row: Row;
  readonly asked: Asked;
  readonly onAsk: (asked: Asked) => void;
}) {
  const { row, asked, onAsk } = props;
  const { profile, resources } = row;
  const [first] = resources;
  const mine = asked?.row === row ? asked.scenario : undefined;
  const answer = mine === undefined ? undefined : profile.survives[mine];
  return (
    <>
      <tr>
        <th scope="row">
          <ResourceLink of={first} />
          {resources.length > 1 && <Others resources={resources} />}
        </th>
        {profile.survives.map(({ status }, scenario) => (
          <td key={SCENARIOS[scenario]} data-loss={SCENARIO_TEXT[SCENARIOS[scenario]]}>
            <button
              type="button"
              class={`answer ${status}`}
              aria-expanded={mine === scenario}
              onClick={() => onAsk(mine === scenario ? undefined : { row, scenario })}
            >
              <Glyph of={status === 'unknown' ? 'unknown' : status} />
              <span>{status}</span>
            </button>
          </td>
        ))}
        <td class="sets" data-loss="Together fatal">
          {profile.points.alive + profile.copied.alive === 0 ? (
            '–'
          ) : (
            <KillingSets sets={profile.killingSets} />
          )}
        </td>
      </tr>
      {answer && mine !== undefined && (
        <tr class="because">
          <td colSpan={SCENARIOS.length + 2}>
            <strong>
              {SCENARIO_TEXT[SCENARIOS[mine]]}: {answer.status}
            </strong>{' '}
            <Prose>{answer.because}</Prose>
            {answer.point && (
              <>
                . Left: <Prose>{answer.point}</Prose>
              </>
            )}
          </td>
        </tr>
      )}
    </>
  );
}

/** The resources for which every loss has the same answer as for the first. */
function Others({ resources }: { readonly resources: readonly Resource[] }) {
  const isOpen = useSignal(false);
  return (
    <details
      class="repeated quiet"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>and {count(resources.length - 1, 'more', 'more')}</summary>
      {isOpen.value && (
        <ul>
          {resources.slice(1, MAX_OTHERS).map((resource) => (
            <li key={resource.index}>
              <ResourceLink of={resource} />
            </li>
          ))}
          {resources.length > MAX_OTHERS && <li>and {numberText(resources.length - MAX_OTHERS)} more</li>}
        </ul>
      )}
    </details>
  );
}

/** Sets of losses that destroy every recovery point, the smallest first. */
export function KillingSets({ sets }: { readonly sets: Profile['killingSets'] }) {
  if (sets.length === 0) return <span class="quiet">none of up to three</span>;
  return (
    <ul>
      {sets.slice(0, 3).map((set) => (
        <li key={set.join()}>
          {set.map((loss, index) => (
            <Fragment key={loss}>
              {index > 0 && ' + '}
              <span>{loss}</span>
            </Fragment>
          ))}
        </li>
      ))}
      {sets.length > 3 && <li class="quiet">and {sets.length - 3} more</li>}
    </ul>
  );
}

/** The most endangered first. */
function rowsOf(page: Page): Row[] {
  const rows = new Map<string, Row>();
  const keys = new Map<Profile, string>();
  for (const resource of page.resources) {
    if (!isFound(resource)) continue;
    const { profile } = resource;
    const key = keys.get(profile) ?? JSON.stringify([profile.survives, profile.killingSets]);
    keys.set(profile, key);
    const row = rows.get(key);
    if (row) row.resources.push(resource);
    else rows.set(key, { profile, resources: [resource] });
  }
  const lost = ({ profile }: Row) => profile.survives.filter(({ status }) => status === 'lost').length;
  return [...rows.values()].sort((a, b) => lost(b) - lost(a) || b.resources.length - a.resources.length);
}
