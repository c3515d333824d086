import { at, type Item } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, planLabel } from '../../inventory/labels';
import { isUnknown, type Text } from '../../template/evaluation/unknown';
import { takenNameProblem, takenPlanNameProblem } from '../../values/core/name-conflicts';
import { duplicateRuleNameProblems } from '../../values/plan/plan-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const API = `${GUIDE}API_`;

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-DuplicateName',
    severity: 'error',
    what: 'Two vaults, frameworks, report plans, restore testing plans or tiering configurations of one account and Region have the same name.',
    why: 'AWS Backup refuses a name that is there already: the second deployment is rolled back.',
    fix: 'give one of them another name',
    docs: `${API}CreateBackupVault.html`,
    source: 'API reference CreateBackupVault; a warning for all but vaults',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-DuplicatePlanName',
    severity: 'warning',
    what: 'Two plans of one account and Region have the same name.',
    why: 'AWS Backup refuses a plan that is there already, and people can’t tell two plans of one name apart.',
    fix: 'give one of them another name',
    docs: `${API}CreateBackupPlan.html`,
    source: 'API reference CreateBackupPlan; aws/aws-cdk#38318',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-DuplicateRuleName',
    severity: 'warning',
    what: 'Two rules of a plan have the same name.',
    why: 'In jobs, reports and the console the rules can’t be told apart.',
    fix: 'give each rule a name of its own',
    docs: `${GUIDE}creating-a-backup-plan.html`,
    source: 'AWS Backup Developer Guide, Creating a backup plan',
    asOf: '2026-09-24',
  },
];

/** Names that are there twice. */
export const duplicateChecks: readonly Check[] = subject(FACTS, look);

type Named = Item & { readonly name?: Text };

function* look(inventory: Inventory): Iterable<Seen> {
  yield* twice(inventory.vaults, 'BackupVaultName', takenNameProblem, 'error');
  yield* twice(inventory.frameworks, 'FrameworkName', takenNameProblem);
  yield* twice(inventory.reportPlans, 'ReportPlanName', takenNameProblem);
  yield* twice(inventory.restoreTestingPlans, 'RestoreTestingPlanName', takenNameProblem);
  yield* twice(inventory.tiering, 'TieringConfigurationName', takenNameProblem);
  yield* twice(inventory.plans, 'BackupPlan/BackupPlanName', takenPlanNameProblem);
  for (const plan of inventory.plans) {
    const names = plan.rules.items.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
    const place = at(plan.place, `${plan.place.pathInTemplate}/Properties/BackupPlan/BackupPlanRule`);
    const problems = duplicateRuleNameProblems(names, 'BackupPlanRule').map((problem) => ({
      ...problem,
      severity: 'warning' as const,
      fix: undefined,
    }));
    yield* told(place, problems, () => planLabel(plan));
  }
}

/** Each item whose name an item before it has, in the same account and Region. */
function* twice(
  items: readonly Named[],
  path: string,
  law: typeof takenNameProblem,
  severity: 'error' | 'warning' = 'warning',
): Iterable<Seen> {
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
      const problem = { ...law(name, where, property), severity, fix: undefined };
      const seen = told(at(place, `${place.pathInTemplate}/Properties/${path}`), [problem]);
      yield* seen.map((one) => (isSamePlace(item, other) ? one : { ...one, severity: 'note' as const }));
    }
  }
}

/** Whether two items are made together: of two conditions that aren't known, perhaps only one holds. */
function areTogether(a: Item, b: Item): boolean {
  const open = [a, b].filter(({ condition }) => condition && isUnknown(condition.holds));
  if (open.length === 0) return true;
  return a.place.stackId === b.place.stackId && a.condition?.name === b.condition?.name;
}

/** Stacks that leave the account or the Region open may be meant for different ones. */
function isSamePlace(a: Item, b: Item): boolean {
  const { account, region, stackId } = a.place;
  return stackId === b.place.stackId || (account !== undefined && region !== undefined);
}
