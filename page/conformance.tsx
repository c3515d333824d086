import { signal } from '@preact/signals';
import type {
  AnswerData,
  ConformanceData,
  EvidenceData,
  RequirementData,
  StandardData,
} from '../src/report/data/conformance-data';
import { numberText } from '../src/values/core/plain-text';
import type { Page } from './model';
import { printing, remember, resourceLink } from './state';
import { Choice, Copy, count, Glyph, Prose, Section } from './text';

type Answer = AnswerData['status'];

const TEXTS = {
  'not-met': 'not met',
  'not-visible': 'not visible',
  met: 'met',
  'not-applicable': 'not applicable',
} as const satisfies Record<Answer, string>;
const ORDER = Object.keys(TEXTS) as Answer[];

const shown = signal<Answer | 'all'>('all');
const unfolded = signal<ReadonlySet<string>>(new Set());

/** Standards, requirement by requirement, as `conformance` answers them. */
export function Conformance({
  page,
  conformance,
}: {
  readonly page: Page;
  readonly conformance: ConformanceData;
}) {
  const { standards, conflicts } = conformance;
  return (
    <Section
      id="conformance"
      title="Conformance"
      lead="Each requirement is met, not met, not visible in any template, or not applicable. This is no legal advice, and proves no compliance: policies, drills and approvals are in no template."
    >
      {conflicts.length > 0 && (
        <div class="contradictions">
          <p>
            <strong>These clauses contradict each other.</strong> Protect the data of each with its own plan.
          </p>
          <ul>
            {conflicts.map((text) => (
              <li key={text}>
                <Prose>{text}</Prose>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="filters">
        <Choice
          title="Answer"
          of={shown}
          options={[['all', 'all'], ...ORDER.map((answer) => [answer, TEXTS[answer]] as const)]}
        />
      </div>
      {standards.map((standard) => (
        <Standard key={standard.id} page={page} standard={standard} answers={conformance.answers} />
      ))}
    </Section>
  );
}

function Standard(props: {
  readonly page: Page;
  readonly standard: StandardData;
  readonly answers: readonly AnswerData[];
}) {
  const { page, standard, answers } = props;
  const { id, title, version, requirements } = standard;
  const counts = ORDER.map(
    (answer) => [answer, requirements.filter((one) => answers[one.answer].status === answer).length] as const,
  );
  const visible = requirements.filter(
    ({ answer }) => printing.value || shown.value === 'all' || answers[answer].status === shown.value,
  );
  return (
    <div class="standard" data-standard={id}>
      <h3>
        {title} {version}
      </h3>
      <p class="quiet">
        {counts.map(([answer, amount], index) => (
          <span key={answer}>
            {index > 0 && ', '}
            <span data-count={answer}>{amount}</span> {TEXTS[answer]}
          </span>
        ))}
        , of {count(requirements.length, 'requirement')}
      </p>
      {visible.map((requirement) => (
        <Requirement
          key={`${requirement.clause} ${requirement.key}`}
          page={page}
          id={`${id} ${requirement.clause} ${requirement.key}`}
          requirement={requirement}
          answer={answers[requirement.answer]}
        />
      ))}
      {visible.length === 0 && <p class="quiet">No requirement has this answer.</p>}
    </div>
  );
}

function Requirement(props: {
  readonly page: Page;
  readonly id: string;
  readonly requirement: RequirementData;
  readonly answer: AnswerData;
}) {
  const { page, id, requirement, answer } = props;
  const { clause, level, key, text, mappedByAws, confidence } = requirement;
  const { status, evidence, more, fix, unseen } = answer;
  const isOpen = printing.value ? status === 'not-met' : unfolded.value.has(id);
  return (
    <details class={`requirement ${status}`} open={isOpen} onToggle={remember(unfolded, id)}>
      <summary>
        <Glyph of={status} />
        <span class="status-text">{TEXTS[status]}</span>
        <span class="clause">
          {clause}
          {level && <span class="quiet"> {level}</span>}
        </span>
        <span class="sentence">{text}</span>
        <code>{key}</code>
      </summary>
      {isOpen && (
        <div class="body">
          <ul class="evidence">
            {evidence.map((one) => (
              <Evidence key={`${one.status} ${one.value}`} page={page} evidence={one} />
            ))}
            {more > 0 && <li class="quiet">and {count(more, 'further answer')}</li>}
          </ul>
          {fix !== undefined && (
            <p class="fix">
              <strong>Fix</strong> <Prose>{fix}</Prose>{' '}
              <Copy text={fix} label={`Copy the fix of ${clause}`} />
            </p>
          )}
          <p class="quiet">
            No template shows: <Prose>{unseen}</Prose>.{' '}
            {mappedByAws.length > 0
              ? `AWS maps it to ${mappedByAws.join(', ')}.`
              : 'The mapping of this clause to backups is ours, not AWS’s.'}{' '}
            How sure the clause is: {confidence}.
          </p>
        </div>
      )}
    </details>
  );
}

function Evidence({ page, evidence }: { readonly page: Page; readonly evidence: EvidenceData }) {
  const { status, value, count: amount, places } = evidence;
  return (
    <li>
      <Glyph of={status} />
      <span>
        <span class="status-text">{TEXTS[status]}:</span> <Prose>{value}</Prose>
        {amount > 0 && (
          <span class="quiet">
            {' '}
            (
            {places.map(([key, name], index) => (
              <span key={key}>
                {index > 0 && ', '}
                {page.find(key) ? <a href={resourceLink(key)}>{name}</a> : name}
              </span>
            ))}
            {amount > places.length && ` and ${numberText(amount - places.length)} more`})
          </span>
        )}
      </span>
    </li>
  );
}
