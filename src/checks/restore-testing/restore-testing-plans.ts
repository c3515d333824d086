import { numberOrToken, textOrToken } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import { otherPlace } from '../../inventory/core/places';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import type { RestoreTestingPlanItem } from '../../inventory/restore-testing/restore-testing';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import type { Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { restoreTestingPlanProblems } from '../../values/restore-testing/restore-testing-laws';
import {
  testingSelectionsProblems,
  testingTagsProblems,
} from '../../values/restore-testing/restore-testing-quotas';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

const PLAN_NAMES: Readonly<Record<string, string>> = {
  startWindow: 'StartWindowHours',
  window: 'SelectionWindowDays',
  algorithm: 'Algorithm',
  types: 'RecoveryPointTypes',
  vaults: 'IncludeVaults',
  excludeVaults: 'ExcludeVaults',
};
/** Restore testing plans. */
export const restoreTestingPlanChecks: readonly Check[] = checksOf(
  [
    'Backup-RestoreTestingVaultsTogether',
    'Backup-StartWindowHours',
    'Backup-SelectionWindow',
    'Backup-RestoreTestingAlgorithm',
    'Backup-RecoveryPointTypes',
    'Backup-IncludeVaults',
    'Backup-VaultSelector',
    'Backup-RestoreTestingSelections',
    'Backup-RestoreTestingVault',
    'Backup-RestoreTestingTags',
  ],
  findProblems,
);

function* findProblems({ restoreTestingPlans, restoreTestingSelections }: Inventory): Iterable<Detection> {
  const counts = new Map<string, number>();
  for (const { plan } of restoreTestingSelections)
    if (plan?.to !== undefined) counts.set(plan.to, (counts.get(plan.to) ?? 0) + 1);
  for (const plan of restoreTestingPlans) {
    yield* ofPlan(plan);
    yield* detectionsFrom(
      at(plan.place, `${plan.place.pathInTemplate}/Properties/Tags`),
      testingTagsProblems(plan.tags.items.length, label(plan)),
    );
    yield* detectionsFrom(plan.place, testingSelectionsProblems(counts.get(plan.id) ?? 0, label(plan)));
  }
}

function label({ name, place }: RestoreTestingPlanItem): string {
  return `restore testing plan ${nameOf(name, place)}`;
}

function* ofPlan(plan: RestoreTestingPlanItem): Iterable<Detection> {
  const { place, recoveryPointTypes, includeVaults, excludeVaults } = plan;
  const of = () => label(plan);
  const texts = (links: typeof includeVaults) => links.items.map(({ text }) => textOrToken(text));
  // incomplete lists are not checked
  const ifIncomplete = (list: { readonly rest?: unknown }, property: string) => (list.rest ? [property] : []);
  const skipped = [
    ...ifIncomplete(recoveryPointTypes, PLAN_NAMES.types),
    ...ifIncomplete(includeVaults, PLAN_NAMES.vaults),
    ...ifIncomplete(excludeVaults, PLAN_NAMES.excludeVaults),
  ];
  for (const [i, { text }] of includeVaults.items.entries()) {
    const { account, region } = arnFields(text) ?? {};
    const elsewhere = otherPlace(place, { account: withoutPattern(account), region: withoutPattern(region) });
    if (elsewhere)
      yield {
        id: 'Backup-RestoreTestingVault',
        place: at(place, `${place.pathInTemplate}/Properties/RecoveryPointSelection/IncludeVaults/${i}`),
        message: `\`IncludeVaults\` of ${of()} contains ${show(showText(text))} in another ${elsewhere.what} (${elsewhere.there}) than the plan (${elsewhere.here}), so its recovery points are never tested`,
      };
  }
  const problems = restoreTestingPlanProblems({
    startWindowHours: numberOrToken(plan.startWindowHours),
    selectionWindowDays: numberOrToken(plan.selectionWindowDays),
    algorithm: textOrToken(plan.algorithm),
    recoveryPointTypes: recoveryPointTypes.items.map((text) => textOrToken(text)),
    includeVaults: texts(includeVaults),
    excludeVaults: texts(excludeVaults),
  });
  for (const one of problems) {
    const problem = one.as({ names: (property) => PLAN_NAMES[property] });
    if (skipped.includes(problem.property)) continue;
    const path = problem.property === PLAN_NAMES.startWindow ? '' : 'RecoveryPointSelection/';
    // the law's fix names a prop of our constructs
    const reported = problem.id === 'Backup-RecoveryPointTypes' ? problem.with({ fix: undefined }) : problem;
    yield* detectionsFrom(
      at(place, `${place.pathInTemplate}/Properties/${path}${problem.property}`),
      [reported],
      of,
    );
  }
}

/** A field of an ARN, unless it is a pattern. */
function withoutPattern(field: Text | undefined): Text | undefined {
  return field !== undefined && /[*?]/.test(showText(field)) ? undefined : field;
}
