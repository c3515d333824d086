import { useComputed, useSignal } from '@preact/signals';
import { SCENARIOS, type Scenario } from '../src/forecast/survival/scenarios';
import type { Profile } from '../src/report/data/page-data';
import type { Page, Resource } from './model';
import { printing, resourceLink, search } from './state';
import { count, Glyph, Prose, Section } from './text';

export const SCENARIO_TEXT: Readonly<Record<Scenario, string>> = {
  resource: 'Resource',
  stack: 'Stack',
  key: 'Key',
  workloadAccount: 'Account',
  region: 'Region',
  backupAccount: 'Backup account',
  managementAccount: 'Management account',
};

const STEP = 50;

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
      lead="What can still be restored at the end of the period, if something is lost. Select an answer for the reason."
    >
      {all.length === 0 ? (
        <p class="quiet">There are no resources.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Loss scenarios, scrolls">
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
        </div>
      )}
      {all.length > visible.length && (
        <button type="button" onClick={() => (limit.value += 4 * STEP)}>
          Show more of {count(all.length - visible.length, 'further row')}
        </button>
      )}
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
          <a href={resourceLink(first.key)}>{first.name}</a>
          {resources.length > 1 && (
            <span class="quiet"> and {count(resources.length - 1, 'more', 'more')}</span>
          )}
        </th>
        {profile.survives.map(({ status }, scenario) => (
          <td key={SCENARIOS[scenario]}>
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
        <td class="sets">
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

/** Sets of losses that destroy every recovery point, the smallest first. */
export function KillingSets({ sets }: { readonly sets: Profile['killingSets'] }) {
  if (sets.length === 0) return <span class="quiet">none of up to three</span>;
  return (
    <ul>
      {sets.slice(0, 3).map((set) => (
        <li key={set.join()}>{set.join(' + ')}</li>
      ))}
      {sets.length > 3 && <li class="quiet">and {sets.length - 3} more</li>}
    </ul>
  );
}

/** The most endangered first. */
function rowsOf(page: Page): Row[] {
  const rows = new Map<string, Row>();
  const keys = new Map<Profile, string>();
  const wanted = search.value.trim().toLowerCase();
  for (const resource of page.resources) {
    if (wanted !== '' && !resource.text.includes(wanted)) continue;
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
