import { Construct, type IConstruct } from 'constructs';
import { inventoryOfApp } from '../../inventory/app-inventory';
import { show } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupLoss } from '../../values/objectives/backup-loss';
import { ResourceType } from '../../values/resource-type/resource-type';
import { DAY_MS, type Period } from '../core/period';
import { periodFrom, readDuration, readInstant } from '../core/period-input';
import { restorableAt } from '../points/resource-numbers';

import { type BackupPrice, type BackupSize, costInputs } from './backup-size';
import { type CostOutlook, costOutlook } from './cost-outlook';
import { type Forecast, forecastOf, type ResourceForecast } from './forecast';
import { forecastJson } from './forecast-json';

/** Options for `BackupForecast`. */
export interface BackupForecastOptions {
  /**
   * The first day, as `YYYY-MM-DD` (midnight UTC), or an instant such as `2027-01-01T06:00Z`.
   *
   * @default - today
   */
  readonly from?: string;

  /**
   * How long to look ahead, as a duration in ISO 8601, such as `P1Y` or `P90D`.
   *
   * @default 'P1Y'
   */
  readonly duration?: string;

  /**
   * Resource types that differ from the catalog of this library, as AWS Backup adds capabilities.
   *
   * @default - the types of the catalog
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * Sizes of resources, for storage and cost.
   *
   * @default - those of the templates, such as of EBS volumes
   */
  readonly sizes?: BackupSize[];

  /**
   * Prices that replace those of the built-in table.
   *
   * @default - the table, which is dated and in US dollars
   */
  readonly prices?: BackupPrice[];

  /**
   * The currency of `prices`, in three letters. With another one than `USD`, the built-in table doesn't apply.
   *
   * @default 'USD'
   */
  readonly currency?: string;

  /**
   * The Regions in which DynamoDB has incremental backups turned on. Elsewhere each backup is full.
   *
   * @default - none
   */
  readonly incrementalDynamoDbRegions?: string[];
}

/**
 * What the backup plans of an app will do: which recovery points exist when, how much data can be lost, and what is left
 * after a loss. Made for tests that hold objectives.
 *
 * Nothing exists before the first day. `cdk-backup forecast cdk.out` prints the same for a synthesized app.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export class BackupForecast {
  /**
   * The forecast of a whole app. Call this after all constructs are created.
   *
   * @param scope the app, or any construct in it
   * @throws if an option is invalid
   */
  public static of(scope: IConstruct, options: BackupForecastOptions = {}): BackupForecast {
    throwErrors([...scopeProblems(scope), ...forecastProblems(options)], 'BackupForecast');
    const { inventory } = inventoryOfApp(scope);
    const { resourceTypes } = options;
    const forecast = forecastOf(inventory, { period: periodOf(options) as Period, resourceTypes });
    return new BackupForecast(forecast, costOutlook(forecast, costInputs(options).inputs));
  }

  private constructor(
    private readonly forecast: Forecast,
    private readonly cost: CostOutlook,
  ) {}

  /**
   * The longest time between two consecutive recovery points, in minutes, or the RPO of the continuous backup. Undefined if
   * there are fewer than two recovery points and no continuous backup.
   *
   * @param resource the resource, or a construct that contains no other
   */
  public rpoMinutes(resource: IConstruct): number | undefined {
    const { continuousRpoMinutes, rpoMinutes } = this.find(resource);
    return continuousRpoMinutes ?? rpoMinutes;
  }

  /**
   * The same as `rpoMinutes`, if backups start as late as the end of their start window.
   *
   * @param resource the resource, or a construct that contains no other
   */
  public worstCaseMinutes(resource: IConstruct): number | undefined {
    const { continuousRpoMinutes, worstCaseMinutes } = this.find(resource);
    return continuousRpoMinutes ?? worstCaseMinutes;
  }

  /**
   * The number of recovery points and copies that exist at the end.
   *
   * @param resource the resource, or a construct that contains no other
   */
  public recoveryPoints(resource: IConstruct): number {
    const { recoveryPoints, copies } = this.find(resource);
    return recoveryPoints.alive + copies.alive;
  }

  /**
   * How many days you can go back on a day; undefined if nothing can be restored.
   *
   * @param resource the resource, or a construct that contains no other
   * @param at a day or an instant in the forecast; the end by default
   */
  public daysBack(resource: IConstruct, at?: string): number | undefined {
    const { period } = this.forecast;
    const instant = at === undefined ? period.to : readInstant(at);
    if (instant === undefined || instant < period.from || instant > period.to)
      throwErrors([refusal('at', `must be a date in the forecast, got ${show(at)}`)], 'BackupForecast');
    const { points, resourceType } = this.find(resource);
    const found = restorableAt(points.lineages, resourceType, instant as number);
    return found && ((instant as number) - found.oldest) / DAY_MS;
  }

  /**
   * Whether a recovery point certainly survives a loss at the end.
   *
   * @param resource the resource, or a construct that contains no other
   */
  public survives(resource: IConstruct, loss: BackupLoss): boolean {
    if (!Object.values(BackupLoss).includes(loss))
      throwErrors([refusal('loss', `must be one of \`BackupLoss\`, got ${show(loss)}`)], 'BackupForecast');
    return this.find(resource).survives[loss].status === 'survives';
  }

  /**
   * What the whole period costs, as an estimate; undefined without sizes or prices. `json` lists what it assumes, and what it
   * leaves out.
   */
  public get totalCost(): number | undefined {
    return this.cost.estimate.total ?? undefined;
  }

  /** What a month costs at the end, as an estimate; undefined without sizes or prices. */
  public get monthlyCost(): number | undefined {
    return this.cost.estimate.perMonth ?? undefined;
  }

  /** How many GiB all recovery points and copies take at the end, as an estimate; undefined without sizes. */
  public get storageGiB(): number | undefined {
    const { timeline } = this.cost.estimate;
    return timeline[timeline.length - 1].storageGiB ?? undefined;
  }

  /** The forecast as JSON, as `cdk-backup forecast --format json` prints it. */
  public get json(): string {
    return JSON.stringify(forecastJson(this.forecast, this.cost), undefined, 2);
  }

  private find(resource: IConstruct): ResourceForecast {
    throwErrors(scopeProblems(resource, 'resource'), 'BackupForecast');
    const { path } = resource.node;
    const found = this.forecast.resources.filter(({ coverage }) => {
      const own = coverage.resource.place.constructPath;
      return own === path || own?.startsWith(`${path}/`);
    });
    if (found.length !== 1)
      throwErrors(
        [
          refusal(
            'resource',
            `must be a construct with one resource that AWS Backup can protect, got \`${path}\` with ${found.length || 'none'}`,
          ),
        ],
        'BackupForecast',
      );
    return found[0];
  }
}

function scopeProblems(scope: unknown, property = 'scope'): Problem[] {
  return Construct.isConstruct(scope) ? [] : [refusal(property, `must be a construct, got ${show(scope)}`)];
}

function forecastProblems(options: BackupForecastOptions): Problem[] {
  const value: unknown = options;
  if (typeof value !== 'object' || value === null)
    return [refusal('options', `must be an object, got ${show(value)}`)];
  const { from, duration, resourceTypes } = options;
  const problems: Problem[] = unknownPropertyProblems(options, 'BackupForecastOptions');
  if (from !== undefined && (typeof from !== 'string' || readInstant(from) === undefined))
    problems.push(refusal('from', `must be a date such as \`2027-01-01\`, got ${show(from)}`));
  if (duration !== undefined && (typeof duration !== 'string' || !readDuration(duration)))
    problems.push(
      refusal('duration', `must be a duration such as \`P1Y\` or \`P90D\`, got ${show(duration)}`),
    );
  if (problems.length === 0 && !periodOf(options))
    problems.push(refusal('duration', `must end in 2199 or earlier, got ${show(duration)}`));
  const types: unknown = resourceTypes;
  if (types !== undefined && !(Array.isArray(types) && types.every((type) => type instanceof ResourceType)))
    problems.push(refusal('resourceTypes', `must be a list of \`ResourceType\`, got ${show(types)}`));
  for (const { path, reason, fix } of costInputs(options).problems) problems.push(refusal(path, reason, fix));
  return problems;
}

function periodOf({ from, duration = 'P1Y' }: BackupForecastOptions): Period | undefined {
  const start = from === undefined ? Math.floor(Date.now() / DAY_MS) * DAY_MS : readInstant(from);
  const length = readDuration(duration);
  return start === undefined || !length ? undefined : periodFrom(start, length);
}

function refusal(property: string, rest: string, fix?: string): Problem {
  return problem({ id: 'Backup-Forecast', property, message: (label) => `${label(property)} ${rest}`, fix });
}
