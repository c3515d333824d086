import { signal } from '@preact/signals';
import type { FindingData } from '../src/report/data/page-data';
import type { Page } from './model';
import { printing, remember, resourceLink, unfolded } from './state';
import { Copy, count, Glyph, More, Prose, Section } from './text';

const ORDER = ['error', 'warning', 'note'];
/** More places are shown on demand. */
const STEP = 20;
/** More would be a book. */
const MAX_PRINTED = 200;
const shown = signal<Readonly<Record<string, number>>>({});

/** Findings by check, the most severe first, then those in the most places. */
export function Findings({ page }: { readonly page: Page }) {
  const { findings, acknowledged, baselined, checks } = page.data;
  const groups = groupsOf(findings);
  const counts = ORDER.map(
    (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
  );
  const lead = [
    counts
      .filter(([, amount]) => amount > 0)
      .map(([severity, amount]) => count(amount, severity))
      .join(', ') || 'The checks found nothing',
    acknowledged.length > 0 ? `${acknowledged.length} acknowledged` : '',
    baselined ? `${baselined} in the baseline` : '',
  ];
  // links are kept longer than findings
  const missing = [...unfolded.value].filter((id) => !groups.some(([own]) => own === id));
  return (
    <Section id="findings" title="Findings" lead={`${lead.filter((part) => part !== '').join('; ')}.`}>
      {missing.map((id) => (
        <p key={id} id={`finding-${id}`} class="quiet" tabIndex={-1}>
          {acknowledged.some((one) => one.id === id)
            ? `${id} is acknowledged: the reason is below.`
            : `This report has no finding ${id}.`}
        </p>
      ))}
      {groups.map(([id, own]) => (
        <Group key={id} page={page} id={id} findings={own} />
      ))}
      {acknowledged.length > 0 && (
        <details class="acknowledged" open={missing.length > 0}>
          <summary>
            Acknowledged <span class="count">{count(acknowledged.length, 'finding')}</span>
          </summary>
          <ul class="rows">
            {acknowledged.map((finding, index) => (
              <li key={index}>
                <span class="kind">{finding.id}</span>
                <span>
                  {finding.constructPath ?? `${finding.stack}/${finding.logicalId}`}
                  <span class="quiet">
                    {' '}
                    <Prose>{checks[finding.id]?.sentence ?? ''}</Prose>
                  </span>
                  <span class="reason">Reason: {finding.reason}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Group(props: {
  readonly page: Page;
  readonly id: string;
  readonly findings: readonly FindingData[];
}) {
  const { page, id, findings } = props;
  const { sentence, why, docs } = page.data.checks[id];
  const [{ severity, fix }] = findings;
  const limit = printing.value ? MAX_PRINTED : (shown.value[id] ?? STEP);
  const sameFix = findings.every((finding) => finding.fix === fix);
  const isOpen = printing.value || unfolded.value.has(id);
  return (
    <details
      class={`finding ${severity}`}
      id={`finding-${id}`}
      open={isOpen}
      onToggle={remember(unfolded, id)}
    >
      <summary>
        <Glyph of={severity} />
        <span class="severity">{severity}</span>
        <span class="sentence">
          <Prose>{sentence}</Prose>
        </span>
        <code>{id}</code>
        <span class="count">{count(findings.length, 'place')}</span>
      </summary>
      {isOpen && (
        <div class="body">
          <p>
            <Prose>{why}</Prose>
          </p>
          {sameFix && (
            <p class="fix">
              <strong>Fix</strong> <Prose>{fix}</Prose> <Copy text={fix} label={`Copy the fix of ${id}`} />
            </p>
          )}
          <p class="quiet">
            <a href={docs} rel="noreferrer">
              AWS documentation
            </a>
          </p>
          <ol class="places">
            {findings.slice(0, limit).map((finding, index) => (
              <Place key={index} page={page} finding={finding} withFix={!sameFix} />
            ))}
          </ol>
          {findings.length > limit && printing.value && (
            <p>and {count(findings.length - limit, 'further place')}</p>
          )}
          <More
            amount={findings.length - limit}
            one="place"
            onMore={() => {
              shown.value = { ...shown.value, [id]: limit + 10 * STEP };
            }}
          />
        </div>
      )}
    </details>
  );
}

function Place(props: { readonly page: Page; readonly finding: FindingData; readonly withFix: boolean }) {
  const { page, finding, withFix } = props;
  const { stack, logicalId, constructPath, path, source, message, fix } = finding;
  const key = `${stack}/${logicalId}`;
  const name = constructPath?.replace(/\/Resource$/, '') ?? key;
  const found = page.find(key);
  return (
    <li>
      <div class="place">
        {found ? <a href={resourceLink(key)}>{name}</a> : <span class="name">{name}</span>}
        {path && <code>{path}</code>}
        {source && <code class="source">{source}</code>}
        <Copy text={source ?? `${key} ${path ?? ''}`.trim()} label={`Copy the place ${name}`} />
      </div>
      <p>
        <Prose>{message}</Prose>
      </p>
      {withFix && (
        <p class="fix">
          <strong>Fix</strong> <Prose>{fix}</Prose> <Copy text={fix} label={`Copy the fix for ${name}`} />
        </p>
      )}
    </li>
  );
}

function groupsOf(findings: readonly FindingData[]): [string, FindingData[]][] {
  const groups = new Map<string, FindingData[]>();
  for (const finding of findings) {
    const own = groups.get(finding.id);
    if (own) own.push(finding);
    else groups.set(finding.id, [finding]);
  }
  const rank = (own: readonly FindingData[]) => ORDER.indexOf(own[0].severity);
  return [...groups].sort(([, a], [, b]) => rank(a) - rank(b) || b.length - a.length);
}
