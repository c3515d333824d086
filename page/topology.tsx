import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Page } from './model';
import { count, Section } from './text';

/** Where backups go: drawn and escaped by the library. */
export function Topology({ page }: { readonly page: Page }) {
  const { svg, accounts, vaults, refused, places } = page.data.topology;
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (frame.current) frame.current.innerHTML = svg;
  }, [svg]);
  const where = accounts === 0 ? ', in whichever account you deploy to' : ` in ${count(accounts, 'account')}`;
  if (places.length === 0)
    return (
      <Section
        id="topology"
        title="Topology"
        lead="This input has no backup plan, no vault, and no resource to protect."
      />
    );
  return (
    <Section
      id="topology"
      title="Topology"
      lead={`From plans through vaults to copies: ${count(vaults, 'vault')}${where}. Each line in a vault is what arrives there, and for how long it is kept.`}
    >
      {refused.length > 0 && (
        <ul class="refused-list">
          {refused.map(({ kind, from, to, what, refusedBy }) => (
            <li key={`${kind}${from}${to}${what}`}>
              <strong>Never arrives:</strong> {kind} {what}, from {from} to {to},{' '}
              {refusedBy.map((id) => (
                <a key={id} href={`#finding=${id}`}>
                  {id}
                </a>
              ))}
            </li>
          ))}
        </ul>
      )}
      <div class="frame" ref={frame} tabIndex={0} role="region" aria-label="Topology, scrolls" />
      <details class="in-words">
        <summary>The topology in words</summary>
        {places.map(({ title, accounts: equal, cards }) => (
          <Fragment key={title}>
            <h3>{title}</h3>
            {equal.length > 0 && <p class="quiet">{equal.join(', ')}</p>}
            <ul class="rows">
              {cards.map(({ title: name, details, goesTo }, index) => (
                <li key={index}>
                  <strong>{name}</strong>
                  <span>
                    {details.join(', ')}
                    {goesTo.map((text) => (
                      <span key={text} class="reason">
                        {text}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </Fragment>
        ))}
      </details>
    </Section>
  );
}
