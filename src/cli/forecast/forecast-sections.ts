import { DAY_MS, dateText } from '../../forecast/core/period';
import type { ObjectiveResults } from '../../forecast/objectives/objective-results';
import type { CostOutlook } from '../../forecast/outlook/cost-outlook';
import type { Forecast, ResourceForecast } from '../../forecast/outlook/forecast';
import { restorableAt } from '../../forecast/points/resource-numbers';
import type { VaultPlace } from '../../forecast/points/vault-place';
import { SCENARIOS } from '../../forecast/survival/survival';
import { resourceName } from '../../inventory/labels';
import { count } from '../core/style';
import { costNotes, costSections } from './cost-sections';
import { objectivesSection } from './objective-section';
import { type Section, section, toLeft, toRight } from './section';

/** The titles of the scenarios, in their order. */
const SHORT = ['resource', 'stack', 'key', 'account', 'Region', 'backups', 'management'];
const ANSWERS = { survives: 'yes', lost: 'NO', unknown: '?' } as const;

/** What a report shows. */
export interface ForecastReport {
  readonly forecast: Forecast;
  readonly cost: CostOutlook;
  /** The instant for which to show what can be restored. */
  readonly at?: number;
  /** Who misses the demands of standards; undefined without standards. */
  readonly objectives?: ObjectiveResults;
}

/** The tables of a forecast, for text and Markdown. */
export function sectionsOf({ forecast, cost, at, objectives }: ForecastReport): Section[] {
  const { rules, resources, vaults } = forecast;
  return [
    section(
      'Rules',
      [
        toLeft('plan'),
        toLeft('rule'),
        toRight('runs'),
        toRight('skipped'),
        toRight('longest gap'),
        toLeft('first run'),
      ],
      rules.map((rule) => [
        rule.planName,
        rule.rule,
        amount(rule.runs),
        amount(rule.skipped),
        minutes(rule.longestGapMinutes),
        rule.firstRun === undefined ? '-' : dateText(rule.firstRun),
      ]),
    ),
    section(
      'Resources',
      [
        toLeft('resource'),
        toLeft('type'),
        toLeft('RPO'),
        toRight('points'),
        toRight('copies'),
        toLeft('back to'),
      ],
      resources.map((one) => [
        resourceName(one.coverage.resource),
        one.resourceType ?? one.coverage.resource.type,
        rpoText(one),
        amount(one.recoveryPoints.alive),
        amount(one.copies.alive),
        one.oldestAlive === undefined ? '-' : dateText(one.oldestAlive).slice(0, 10),
      ]),
    ),
    section(
      'Vaults',
      [
        toLeft('vault'),
        toLeft('where'),
        toRight('created'),
        toRight('alive'),
        toRight('cold'),
        toRight('expired'),
      ],
      vaults.map(({ vault, recoveryPoints: { created, alive, cold, expired } }) => [
        vault.name,
        whereText(vault),
        amount(created),
        amount(alive),
        amount(cold),
        amount(expired),
      ]),
    ),
    section(
      'What survives the loss of',
      [toLeft('resource'), ...SHORT.map(toLeft)],
      resources
        .filter(({ recoveryPoints }) => recoveryPoints.created > 0)
        .map((one) => [
          resourceName(one.coverage.resource),
          ...SCENARIOS.map((scenario) => ANSWERS[one.survives[scenario].status]),
        ]),
    ),
    ...(at === undefined ? [] : [restorableSection(forecast, at)]),
    ...(objectives ? [objectivesSection(objectives)] : []),
    ...costSections(cost),
  ].filter(({ rows }) => rows.length > 0);
}

/** What can be restored at an instant. */
function restorableSection({ resources }: Forecast, at: number): Section {
  return section(
    `On ${dateText(at)} you can go back to`,
    [
      toLeft('resource'),
      toLeft('oldest point'),
      toLeft('newest point'),
      toRight('points'),
      toLeft('any moment since'),
    ],
    resources.map((one) => {
      const found = restorableAt(one.points.lineages, one.resourceType, at);
      const name = resourceName(one.coverage.resource);
      if (!found) return [name, 'nothing', '-', '0', '-'];
      return [
        name,
        dateText(found.oldest),
        dateText(found.newest),
        amount(found.points),
        found.continuous ? dateText(found.continuous.from) : '-',
      ];
    }),
  );
}

/** Lines under a title. */
export interface Notes {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What needs words, one line each. */
export function notesOf({ forecast, cost }: ForecastReport): Notes[] {
  return [{ title: 'Remarks', lines: remarksOf(forecast) }, ...costNotes(cost.estimate)].filter(
    ({ lines }) => lines.length > 0,
  );
}

/** Where the runs and the reasons need words. */
function remarksOf({ rules, resources }: Forecast): string[] {
  const without = resources.filter(({ recoveryPoints }) => recoveryPoints.created === 0);
  const reasons = new Map<string, number>();
  for (const { points } of resources)
    for (const reason of points.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const unknown = rules.flatMap(({ planName, rule, unknownBecause }) =>
    unknownBecause === undefined ? [] : [`rule \`${rule}\` of plan \`${planName}\`: ${unknownBecause}`],
  );
  return [
    ...(without.length > 0
      ? [`${count(without.length, 'resource')} without recovery points: ${namesOf(without)}`]
      : []),
    ...new Set([
      ...[...reasons].map(([reason, times]) =>
        times > 1 ? `${reason} (${count(times, 'resource')})` : reason,
      ),
      ...unknown.filter((line) => !reasons.has(line)),
    ]),
  ];
}

function namesOf(resources: readonly ResourceForecast[]): string {
  const names = resources.slice(0, 5).map(({ coverage }) => `\`${resourceName(coverage.resource)}\``);
  const rest = resources.length - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** `from 2027-01-01 to 2028-01-01 (365 days)`. */
export function periodText({ period: { from, to } }: Forecast): string {
  const days = (to - from) / DAY_MS;
  return `from ${dateText(from)} to ${dateText(to)}${Number.isInteger(days) ? ` (${count(days, 'day')})` : ''}`;
}

function rpoText({ rpoMinutes, continuousRpoMinutes }: ResourceForecast): string {
  if (continuousRpoMinutes !== undefined) return minutes(continuousRpoMinutes);
  return minutes(rpoMinutes);
}

function whereText({ account, region }: VaultPlace): string {
  return `${account ?? 'any account'}/${region ?? 'any Region'}`;
}

function amount(number: number | undefined): string {
  return number === undefined ? '?' : number.toLocaleString('en-US');
}

/** `24 hours`, `35 days`. */
function minutes(of: number | undefined): string {
  if (of === undefined) return '-';
  if (of % 1440 === 0 && of > 1440) return count(of / 1440, 'day');
  if (of % 60 === 0 && of > 0) return count(of / 60, 'hour');
  return of > 1440 ? `${(of / 1440).toFixed(1)} days` : count(of, 'minute');
}
