import { useEffect, useRef } from 'preact/hooks';
import { SCENARIOS } from '../src/forecast/survival/scenarios';
import { daysText, durationText } from '../src/report/page/amounts';
import { KillingSets } from './losses';
import type { Page, Resource } from './model';
import { SCENARIO_TEXT } from './scenario-text';
import { opened, resourceLink } from './state';
import { Copy, Glyph, momentOf, Prose, STATUS_TEXT } from './text';

/** Everything about one resource. */
export function ResourceDialog({ page }: { readonly page: Page }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const key = opened.value;
  const resource = key === undefined ? undefined : page.find(key);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (key !== undefined && !element.open) element.showModal();
    if (key === undefined && element.open) element.close();
  }, [key]);
  const close = () => {
    opened.value = undefined;
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="resource-title"
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {key !== undefined && (
        <div class="sheet">
          <button type="button" class="close" aria-label="Close" onClick={close}>
            ✕
          </button>
          {resource ? (
            <Details resource={resource} />
          ) : (
            <h2 id="resource-title">No resource {key} in this report</h2>
          )}
        </div>
      )}
    </dialog>
  );
}

function Details({ resource }: { readonly resource: Resource }) {
  const { name, key, type, status, account, region, profile, tags, optOut, findings } = resource;
  const { points, copied } = profile;
  return (
    <>
      <p class="eyebrow">
        {type} · {account} · {region}
      </p>
      <h2 id="resource-title">{name}</h2>
      <p class={`status ${status}`}>
        <Glyph of={status} /> {STATUS_TEXT[status]}
        {optOut && `: ${optOut.reason}${optOut.until ? `, until ${optOut.until}` : ''}`}
      </p>
      {[
        ...profile.reasons.map((id) => `every job fails: ${id}`),
        ...profile.notes,
        ...profile.forecastReasons,
      ].map((reason) => (
        <p key={reason} class="quiet">
          <Prose>{reason}</Prose>
        </p>
      ))}
      <dl>
        <Fact term="Plans">
          {profile.plans.map(({ name: plan, rules }) => `${plan} (${rules.join(', ')})`).join('; ') ||
            (profile.perhaps.length > 0 ? `perhaps ${profile.perhaps.join(', ')}` : '–')}
        </Fact>
        <Fact term="RPO">{profile.rpoMinutes === null ? '–' : durationText(profile.rpoMinutes)}</Fact>
        <Fact term="RPO with the start window">
          {profile.worstCaseMinutes === null ? '–' : durationText(profile.worstCaseMinutes)}
        </Fact>
        <Fact term="Retention">
          {profile.retention.shortest === profile.retention.longest
            ? daysText(profile.retention.longest)
            : `${daysText(profile.retention.shortest)} to ${daysText(profile.retention.longest)}`}
        </Fact>
        <Fact term="Recovery points at the end">
          {points.alive} of {points.created}
          {points.cold > 0 && `, ${points.cold} cold`}
        </Fact>
        <Fact term="Copies at the end">
          {copied.alive} of {copied.created}
        </Fact>
        <Fact term="Back to">
          {profile.oldest === null || profile.newest === null ? (
            '–'
          ) : (
            <>
              <time>{momentOf(profile.oldest)}</time> – <time>{momentOf(profile.newest)}</time>
            </>
          )}
        </Fact>
        <Fact term="Lock">{profile.lock ?? '–'}</Fact>
        <Fact term="Restore test">{profile.tested ? 'yes' : 'no'}</Fact>
        <Fact term="Tags">{tags.map(([tag, value]) => `${tag}=${value}`).join(', ') || '–'}</Fact>
        <Fact term="Template">{key}</Fact>
      </dl>
      {profile.copies.length > 0 && (
        <>
          <h3>Copies</h3>
          <ul>
            {profile.copies.map(({ vault, account: other, region: place, retention, lock }, index) => (
              <li key={index}>
                {vault} ({other ?? 'any account'}/{place ?? 'any Region'}), {daysText(retention)}, lock:{' '}
                {lock}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>If something is lost</h3>
      <ul class="fates">
        {SCENARIOS.map((scenario, index) => {
          const { status: fate, because, point } = profile.survives[index];
          return (
            <li key={scenario}>
              <Glyph of={fate} /> <strong>{SCENARIO_TEXT[scenario]}</strong> {fate}
              {(because !== '' || point !== null) && (
                <span class="reason quiet">
                  <Prose>{[because, point && `left: ${point}`].filter(Boolean).join('; ')}</Prose>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <p>
        Together fatal: <KillingSets sets={profile.killingSets} />
      </p>
      {findings.length > 0 && (
        <>
          <h3>Findings</h3>
          <ul>
            {findings.map(({ id, message, fix }, index) => (
              <li key={index}>
                <a href={`#finding=${id}`}>{id}</a>: <Prose>{message}</Prose>{' '}
                <Copy text={fix} label={`Copy the fix of ${id}`} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={`#timeline=${encodeURIComponent(`resource ${key}`)}`}>Show on the timeline</a>{' '}
        <Copy text={location.href.split('#')[0] + resourceLink(key)} label="Copy the link to this resource" />
      </p>
    </>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
