import type { PlanCoverage } from '../../coverage/plan-coverage';
import { ResourceTags } from '../../coverage/resource-tags';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import type { ResourceTypes } from '../../inventory/resource-types';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import type { BackupObjective } from '../../values/objectives/backup-objective';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import type { Forecast, ResourceForecast } from '../outlook/forecast';
import { type ObjectiveDemands, objectiveDemands } from './objective-demands';

/** What a resource does about an objective. */
export interface ObjectiveResult {
  readonly resource: ResourceItem;
  /** The name of the objective, or its position. */
  readonly objective: string;
  /** What it certainly misses: lower case, no full stop. */
  readonly missed: readonly string[];
  /** What can't be determined before deployment. */
  readonly open: readonly string[];
}

export interface ObjectiveResults {
  /** Resources that miss something, or may. */
  readonly results: readonly ObjectiveResult[];
  /** The objectives that apply to no resource. */
  readonly unused: readonly string[];
}

/** Compares a forecast with objectives. */
export function objectiveResults(
  { resources, types }: Forecast,
  objectives: readonly BackupObjective[],
): ObjectiveResults {
  const results: ObjectiveResult[] = [];
  const unused: string[] = [];
  objectives.forEach((objective, index) => {
    const own = objective.name ?? objective.standards?.map(({ id }) => id).join(', ');
    const name = own === undefined ? `objective ${index + 1}` : `objective \`${own}\``;
    const demands = objectiveDemands(objective);
    let used = false;
    for (const one of resources) {
      const doubts = doubtsAbout(objective, one.coverage.resource);
      if (!doubts) continue;
      used = true;
      if (one.coverage.status === 'opted-out') continue;
      const { missed, open } = compare(demands, one, types);
      const all = [...missed, ...open];
      if (all.length === 0) continue;
      const result = { resource: one.coverage.resource, objective: name };
      if (doubts.length > 0) results.push({ ...result, missed: [], open: [...doubts, ...all] });
      else results.push({ ...result, missed, open });
    }
    if (!used) unused.push(name);
  });
  return { results, unused };
}

/**
 * Why it isn't certain that an objective applies to a resource; undefined if it certainly doesn't. All criteria must match.
 */
function doubtsAbout(
  { tags = {}, resourceTypes, stacks }: BackupObjective,
  resource: ResourceItem,
): readonly string[] | undefined {
  if (stacks && !stacks.includes(resource.place.stack)) return undefined;
  const doubts = new Set<string>();
  const doubt = (what: string) => doubts.add(`whether the objective applies depends on ${what} not known`);
  const type = known(resource.resourceType);
  if (resourceTypes && type === undefined) doubt('the resource type, which is');
  else if (resourceTypes && !resourceTypes.some(({ name }) => name === type)) return undefined;
  const own = new ResourceTags(resource.tags);
  for (const [key, value] of Object.entries(tags)) {
    const found = own.get(key);
    if (found === 'absent') return undefined;
    if (found === undefined || isUnknown(found.value)) doubt('tags that are');
    else if (found.value !== value) return undefined;
  }
  return [...doubts];
}

interface Answer {
  readonly missed: readonly string[];
  readonly open: readonly string[];
}

function compare(demands: ObjectiveDemands, one: ResourceForecast, types: ResourceTypes): Answer {
  const { status, perhaps, plans, tested, testIntervalMinutes } = one.coverage;
  if (status !== 'protected')
    return perhaps.length > 0
      ? { missed: [], open: ['whether a backup plan protects it is not known before deployment'] }
      : { missed: ['no backup plan certainly protects it'], open: [] };
  const missed: string[] = [];
  const open: string[] = [];
  const isComplete = !plans.some(hasUnknownRules);
  const add = (text: string) =>
    isComplete ? missed.push(text) : open.push(`${text}, as far as that is known`);
  const { maxRpoMinutes, minRetentionDays, survives } = demands;
  if (maxRpoMinutes !== undefined) {
    const minutes = one.continuousRpoMinutes ?? one.rpoMinutes ?? Number.POSITIVE_INFINITY;
    if (minutes > maxRpoMinutes)
      add(`its RPO is ${rpoText(minutes)}, at most ${rpoText(maxRpoMinutes)} allowed`);
  }
  if (minRetentionDays !== undefined) {
    const days = reachDays(one);
    if (days < minRetentionDays)
      add(`you can go back ${dayCount(days)}, at least ${dayCount(minRetentionDays)} required`);
  }
  for (const loss of survives) {
    const { status: answer, because } = one.survives[loss];
    if (answer === 'lost') add(`no recovery point survives the loss of ${LOSSES[loss]}: ${because}`);
    if (answer === 'unknown')
      open.push(`whether a recovery point survives the loss of ${LOSSES[loss]}: ${because}`);
  }
  const isTestable = () =>
    types.of(one.coverage.resource)?.supports(BackupCapability.RESTORE_TESTING) !== CapabilitySupport.NO;
  const { maxTestIntervalMinutes: allowed } = demands;
  if (!tested && (demands.tested === true || (demands.tested && isTestable())))
    missed.push('no restore test certainly covers it');
  else if (tested && allowed !== undefined) {
    const required = `at least every ${daysText(allowed)} required`;
    if (testIntervalMinutes === undefined) open.push(`how often its restores are tested, ${required}`);
    else if (testIntervalMinutes > allowed)
      missed.push(`its restores are tested every ${daysText(testIntervalMinutes)}, ${required}`);
  }
  return { missed, open };
}

const LOSSES: Readonly<Record<keyof ResourceForecast['survives'], string>> = {
  resource: 'the resource',
  stack: 'its stack',
  key: 'the keys',
  workloadAccount: 'its account',
  region: 'its Region',
  backupAccount: 'the other accounts',
  managementAccount: 'the management account',
};

/** Whether a plan may make more recovery points than is known. */
function hasUnknownRules({ plan, rules }: PlanCoverage): boolean {
  return (
    plan === undefined ||
    rules.some(
      ({ rule }) =>
        isUnknown(rule.schedule) || isUnknown(rule.timeZone) || isUnknown(rule.lifecycle?.deleteAfterDays),
    )
  );
}

/** How far back one can go, once backups have run that long. */
function reachDays({ points }: ResourceForecast): number {
  return Math.max(0, ...points.lineages.map(({ windowDays, retentionDays }) => windowDays ?? retentionDays));
}

function daysText(minutes: number): string {
  return minutes % 1_440 === 0 && minutes > 1_440 ? dayCount(minutes / 1_440) : rpoText(minutes);
}

function rpoText(minutes: number): string {
  if (minutes === Number.POSITIVE_INFINITY) return 'longer than a year';
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  const hours = minutes / 60;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
