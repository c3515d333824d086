/** The properties of a metric alarm, as they are in a template. */
export interface AlarmProperties {
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
  readonly WarmUpConfiguration?: {
    readonly WarmUpPeriodDurationInMinutes: number;
    readonly OnlyStartEvaluatingAfterWarmUpPeriodEnds?: boolean;
  };
}

/** A value that CloudWatch has at an instant, and sees at a later one. */
export interface DataPoint {
  readonly at: number;
  readonly visibleAt: number;
  readonly value: number;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What AWS leaves open. */
export interface Evaluation {
  /** How many data points CloudWatch retrieves beyond the evaluation periods. */
  readonly extra: number;
  /** Whether periods begin at full periods of the clock, or count back from the evaluation. */
  readonly isAligned: boolean;
}

/**
 * An alarm of CloudWatch on the sum of a metric, written from the pages "Alarm evaluation", "Configuring how CloudWatch
 * alarms treat missing data" and "Alarm warm-up periods" of its user guide: data points are retrieved for the evaluation
 * range. If there are as many as evaluation periods, the latest of them count. Otherwise, missing ones are filled in as
 * the alarm says, as few as possible. With enough breaching ones, the alarm is in state ALARM.
 */
export class AlarmSimulator {
  private readonly points: readonly DataPoint[];

  constructor(
    private readonly alarm: AlarmProperties,
    private readonly createdAt: number,
    points: readonly DataPoint[],
    private readonly evaluation: Evaluation,
  ) {
    this.points = [...points].sort((a, b) => a.at - b.at);
  }

  /** The state that an evaluation at an instant finds. */
  stateAt(instant: number): AlarmState {
    const { Period, EvaluationPeriods, TreatMissingData = 'missing', WarmUpConfiguration } = this.alarm;
    const warmUp = (WarmUpConfiguration?.WarmUpPeriodDurationInMinutes ?? 0) * 60_000;
    if (instant < this.createdAt + warmUp) return 'INSUFFICIENT_DATA';
    const found = this.valuesBefore(instant, EvaluationPeriods + this.evaluation.extra, Period * 1_000);
    const real = found.filter((value) => value !== undefined);
    const needed = this.alarm.DatapointsToAlarm ?? EvaluationPeriods;
    if (real.length >= EvaluationPeriods)
      return this.breachingAmong(real.slice(-EvaluationPeriods)) >= needed ? 'ALARM' : 'OK';
    const filled = EvaluationPeriods - real.length;
    if (TreatMissingData === 'missing' && real.length === 0) return 'INSUFFICIENT_DATA';
    const missing = TreatMissingData === 'breaching' ? filled : 0;
    return this.breachingAmong(real) + missing >= needed ? 'ALARM' : 'OK';
  }

  /** The first evaluation that finds a state, from an instant on; undefined if there is none. */
  firstIn(state: AlarmState, from: number, to: number, step: number): number | undefined {
    for (let instant = from; instant < to; instant += step)
      if (this.stateAt(instant) === state) return instant;
    return undefined;
  }

  /** The sum of each period, oldest first. */
  private valuesBefore(instant: number, count: number, period: number): (number | undefined)[] {
    const end = this.evaluation.isAligned ? Math.floor(instant / period) * period : instant;
    const values: (number | undefined)[] = Array.from({ length: count });
    const start = end - count * period;
    for (let i = this.firstFrom(start); i < this.points.length && this.points[i].at < end; i++) {
      const { at, visibleAt, value } = this.points[i];
      if (visibleAt > instant) continue;
      const index = Math.floor((at - start) / period);
      values[index] = (values[index] ?? 0) + value;
    }
    return values;
  }

  private firstFrom(start: number): number {
    let [low, high] = [0, this.points.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.points[middle].at < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private breachingAmong(values: readonly (number | undefined)[]): number {
    const { ComparisonOperator, Threshold } = this.alarm;
    const isBreaching: Record<string, (value: number) => boolean> = {
      LessThanThreshold: (value) => value < Threshold,
      LessThanOrEqualToThreshold: (value) => value <= Threshold,
      GreaterThanThreshold: (value) => value > Threshold,
      GreaterThanOrEqualToThreshold: (value) => value >= Threshold,
    };
    return values.filter((value) => value !== undefined && isBreaching[ComparisonOperator](value)).length;
  }
}
