import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel } from '../../inventory/labels';
import { isUnknown, type Text } from '../../template/evaluation/unknown';
import { duplicateNameProblem, duplicatePlanNameProblem } from '../../values/core/name-conflicts';
import { duplicateRuleNameProblems } from '../../values/plan/plan-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Names that are used twice. */
export const duplicateChecks: readonly Check[] = checksOf(
  [
    'Backup-PossibleDuplicateName',
    'Backup-DuplicateName',
    'Backup-DuplicatePlanName',
    'Backup-DuplicateRuleName',
  ],
  findProblems,
);

type Named = Item & { readonly name?: Text };

function* findProblems(inventory: Inventory): Iterable<Detection> {
  yield* findDuplicates(inventory.vaults, 'BackupVaultName', duplicateNameProblem);
  yield* findDuplicates(inventory.frameworks, 'FrameworkName', duplicateNameProblem);
  yield* findDuplicates(inventory.reportPlans, 'ReportPlanName', duplicateNameProblem);
  yield* findDuplicates(inventory.restoreTestingPlans, 'RestoreTestingPlanName', duplicateNameProblem);
  yield* findDuplicates(inventory.tiering, 'TieringConfigurationName', duplicateNameProblem);
  yield* findDuplicates(inventory.plans, 'BackupPlan/BackupPlanName', duplicatePlanNameProblem);
  for (const plan of inventory.plans) {
    const names = plan.rules.items.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
    const place = at(plan.place, `${plan.place.pathInTemplate}/Properties/BackupPlan/BackupPlanRule`);
    const problems = duplicateRuleNameProblems(names, 'BackupPlanRule').map((problem) =>
      problem.with({ fix: undefined }),
    );
    yield* detectionsFrom(place, problems, () => planLabel(plan));
  }
}

/** Each item with the name of an earlier item in the same account and Region. */
function* findDuplicates(
  items: readonly Named[],
  path: string,
  law: typeof duplicateNameProblem,
): Iterable<Detection> {
  const first = new Map<string, Named>();
  const property = path.slice(path.lastIndexOf('/') + 1);
  for (const item of items) {
    const { name, place } = item;
    if (typeof name !== 'string') continue;
    const key = [place.account, place.region, name].join('|');
    const other = first.get(key);
    if (!other) first.set(key, item);
    else if (areTogether(item, other)) {
      const where = other.place.constructPath ?? `${other.place.stack}/${other.place.logicalId}`;
      const problem = law(name, where, property).with({ fix: undefined });
      const certain = isSamePlace(item, other)
        ? problem
        : problem.with({ id: 'Backup-PossibleDuplicateName' });
      yield* detectionsFrom(at(place, `${place.pathInTemplate}/Properties/${path}`), [certain]);
    }
  }
}

/** Whether two items are created together: perhaps only one of their conditions holds. */
function areTogether(a: Item, b: Item): boolean {
  const open = [a, b].filter(({ condition }) => condition && isUnknown(condition.holds));
  if (open.length === 0) return true;
  return a.place.stackId === b.place.stackId && a.condition?.name === b.condition?.name;
}

/** Environment-agnostic stacks may be deployed to different accounts and Regions. */
function isSamePlace(a: Item, b: Item): boolean {
  const { account, region, stackId } = a.place;
  return stackId === b.place.stackId || (account !== undefined && region !== undefined);
}
