import { resourceName } from '../../inventory/labels';
import { SCENARIOS, type Scenario, type SurvivalAnswer } from '../survival/survival';
import { type Changes, type ForecastResource, moreIsStronger } from './change';
import type { Pair } from './pairs';

type Status = SurvivalAnswer['status'];

/** What is lost: of one resource, or of several. */
const LOSSES: Readonly<Record<Scenario, (its: 'its' | 'their') => string>> = {
  resource: () => 'the original data',
  stack: (its) => `${its} stack`,
  key: (its) => `the key of ${its} vault`,
  workloadAccount: (its) => `${its} account`,
  region: (its) => `${its} Region`,
  backupAccount: () => 'the backup account',
  managementAccount: () => 'the management account',
};

const RANK = { lost: 0, unknown: 1, survives: 2 } as const;

/** Answers that change, those of many resources in one change. */
export class SurvivabilityChanges {
  private readonly groups = new Map<
    string,
    {
      readonly first: ForecastResource;
      readonly scenario: Scenario;
      readonly was: Status;
      readonly is: Status;
      names: string[];
    }
  >();

  public compare({ before: old, after: now }: Pick<Pair<ForecastResource>, 'before' | 'after'>): void {
    if (old.forecast.coverage.status !== 'protected' || now.forecast.coverage.status !== 'protected') return;
    for (const scenario of SCENARIOS) {
      const [before, after] = [old, now].map(({ forecast }) => forecast.survives[scenario].status);
      if (before === after) continue;
      const key = `${scenario}|${before}|${after}`;
      const group = this.groups.get(key) ?? {
        first: now,
        scenario,
        was: before,
        is: after,
        names: [],
      };
      group.names.push(resourceName(now));
      this.groups.set(key, group);
    }
  }

  public report(changes: Changes): void {
    for (const { first, scenario, was, is, names } of this.groups.values()) {
      const subject = names.length === 1 ? names[0] : `${names.length} resources`;
      changes.add('survivability', moreIsStronger(RANK[was], RANK[is]), first.place, {
        subject,
        before: `${scenario}: ${was}`,
        after: `${scenario}: ${is}`,
        message: message(names, scenario, was, is),
      });
    }
  }
}

/** `2 resources no longer survive the loss of their Region`. */
function message(names: readonly string[], scenario: Scenario, was: Status, is: Status): string {
  const isOne = names.length === 1;
  const survives = isOne ? 'survives' : 'survive';
  const verb =
    is === 'survives'
      ? `now ${survives}`
      : is === 'unknown'
        ? `may ${was === 'lost' ? 'now' : 'no longer'} survive`
        : was === 'survives'
          ? `no longer ${survives}`
          : `certainly ${isOne ? 'does' : 'do'} not survive`;
  return `${isOne ? `\`${names[0]}\`` : `${names.length} resources`} ${verb} the loss of ${LOSSES[scenario](isOne ? 'its' : 'their')}`;
}
