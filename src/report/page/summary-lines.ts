import { SCENARIOS } from '../../forecast/survival/scenarios';
import { numberText as number } from '../../values/core/plain-text';
import type { PageData, Profile } from '../data/page-data';
import { durationText, moneyText, shareText } from './amounts';

/** A number of the verdict. */
export interface SummaryLine {
  readonly key:
    | 'protected'
    | 'unprotected'
    | 'rpo'
    | 'errors'
    | 'account'
    | 'region'
    | 'conformance'
    | 'cost';
  /** Where it is shown in detail. */
  readonly section: 'coverage' | 'findings' | 'losses' | 'timeline' | 'conformance' | 'cost';
  readonly value: string;
  readonly label: string;
  readonly state: 'good' | 'bad' | 'neutral';
}

/** What the page reads: the data, with the verdict, which is computed once. */
export interface ShownData extends PageData {
  readonly lines: readonly SummaryLine[];
}

/** The verdict in numbers, which are those of `coverage`, `check` and `forecast`. */
export function summaryLines(data: PageData): SummaryLine[] {
  const { summary, findings } = data;
  const { total, optedOut, unprotected, unknown } = summary;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return [
    {
      key: 'protected',
      section: 'coverage',
      value: total === 0 ? '–' : shareText((total - unprotected) / total),
      label: `protected${optedOut > 0 ? ` or opted out (${number(optedOut)})` : ''}, of ${number(total)} resource${total === 1 ? '' : 's'}`,
      state: total === 0 ? 'neutral' : unprotected === 0 ? 'good' : 'bad',
    },
    {
      key: 'unprotected',
      section: 'coverage',
      value: number(unprotected),
      label: `not protected${unknown > 0 ? `, ${number(unknown)} of them perhaps` : ''}`,
      state: unprotected === 0 ? 'good' : 'bad',
    },
    rpoLine(data),
    {
      key: 'errors',
      section: 'findings',
      value: number(errors),
      label: `error${errors === 1 ? '' : 's'}, ${number(warnings)} warning${warnings === 1 ? '' : 's'}`,
      state: errors === 0 ? 'good' : 'bad',
    },
    survivalLine(data, 'account', 'workloadAccount', 'survive the loss of their account'),
    survivalLine(data, 'region', 'region', 'survive the loss of their Region'),
    ...conformanceLines(data),
    ...costLines(data),
  ];
}

function conformanceLines({ conformance }: PageData): SummaryLine[] {
  if (!conformance) return [];
  const { standards, answers } = conformance;
  const statuses = standards.flatMap(({ requirements }) =>
    requirements.map(({ answer }) => answers[answer].status),
  );
  const missed = statuses.filter((status) => status === 'not-met').length;
  const names = standards.map(({ id }) => id);
  const of = names.length > 2 ? `${names.length} standards` : names.join(' and ');
  return [
    {
      key: 'conformance',
      section: 'conformance',
      value: number(missed),
      label: `not met, of ${number(statuses.length)} requirement${statuses.length === 1 ? '' : 's'} of ${of}`,
      state: missed === 0 ? 'good' : 'bad',
    },
  ];
}

function costLines({ cost }: PageData): SummaryLine[] {
  if (!cost) return [];
  const label =
    cost.perMonth === null ? 'a month: add sizes for an estimate' : 'a month at the end, an estimate';
  const value = moneyText(cost.perMonth, cost.currency);
  return [{ key: 'cost', section: 'cost', value, label, state: 'neutral' }];
}

function rpoLine({ profiles, resources }: PageData): SummaryLine {
  const used = [...new Set(resources.profile.filter((_, index) => resources.status[index] === 0))];
  const known = used.flatMap((index) => profiles[index].rpoMinutes ?? []);
  const open = used.filter((index) => profiles[index].rpoMinutes === null).length;
  return {
    key: 'rpo',
    section: 'coverage',
    value: known.length === 0 ? '–' : durationText(Math.max(...known)),
    label: `worst RPO of what is protected${open > 0 ? ', as far as it is known' : ''}`,
    state: 'neutral',
  };
}

function survivalLine(
  { profiles, resources }: PageData,
  key: SummaryLine['key'],
  scenario: (typeof SCENARIOS)[number],
  label: string,
): SummaryLine {
  const position = SCENARIOS.indexOf(scenario);
  const survives = (profile: Profile) => profile.survives[position].status === 'survives';
  const total = resources.profile.length;
  const count = resources.profile.filter((index) => survives(profiles[index])).length;
  return {
    key,
    section: 'losses',
    value: total === 0 ? '–' : `${number(count)} of ${number(total)}`,
    label,
    state: total === 0 ? 'neutral' : count === total ? 'good' : 'bad',
  };
}
