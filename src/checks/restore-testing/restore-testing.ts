import { numberOrToken, textOrToken } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type {
  RestoreTestingPlanItem,
  RestoreTestingSelectionItem,
} from '../../inventory/restore-testing/restore-testing';
import { RolePermissions, trusts } from '../../inventory/role-permissions';
import { known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import { missingMetadataProblems } from '../../values/restore-testing/restore-metadata-laws';
import { restoreTestingPlanProblems } from '../../values/restore-testing/restore-testing-laws';
import { testingSelectionsProblems } from '../../values/restore-testing/restore-testing-quotas';
import {
  restoreTestingArnProblems,
  restoreTestingChoiceProblems,
  restoreTestingConditionProblems,
  restoreTestingTypeProblems,
  validationWindowProblems,
} from '../../values/restore-testing/restore-testing-selection-laws';
import { awsBackupPolicies } from '../../viability/core/aws-backup-policies';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

const PLAN_NAMES: Readonly<Record<string, string>> = {
  startWindow: 'StartWindowHours',
  window: 'SelectionWindowDays',
  algorithm: 'Algorithm',
  types: 'RecoveryPointTypes',
  vaults: 'IncludeVaults',
  excludeVaults: 'ExcludeVaults',
};
const NAMES: Readonly<Record<string, string>> = {
  resources: 'ProtectedResourceArns',
  tags: 'ProtectedResourceConditions',
};

/** Restore testing plans and their selections. */
export const restoreTestingChecks: readonly Check[] = checksOf(
  [
    'Backup-ValidationWindowZero',
    'Backup-RestoreTestingTypeUnknown',
    'Backup-RestoreMetadataLikelyMissing',
    'Backup-RestoreTestingVaultsTogether',
    'Backup-StartWindowHours',
    'Backup-SelectionWindow',
    'Backup-RestoreTestingAlgorithm',
    'Backup-RecoveryPointTypes',
    'Backup-IncludeVaults',
    'Backup-VaultSelector',
    'Backup-RestoreTestingType',
    'Backup-RestoreTestingArn',
    'Backup-RestoreTestingChoice',
    'Backup-RestoreTestingCondition',
    'Backup-ValidationWindow',
    'Backup-RestoreTestingSelections',
    'Backup-RestoreMetadataMissing',
    'Backup-RestoreRoleTrust',
    'Backup-RestoreRolePolicies',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory, { resourceTypes = [] }: CheckOptions): Iterable<Detection> {
  const policies = awsBackupPolicies();
  const counts = new Map<string, number>();
  for (const plan of inventory.restoreTestingPlans) yield* ofPlan(plan);
  for (const selection of inventory.restoreTestingSelections) {
    const name = known(selection.resourceType);
    const type = name === undefined ? undefined : typeNamed(name, resourceTypes);
    yield* ofSelection(selection, type);
    yield* ofRole(inventory, selection, type, policies);
    const plan = selection.plan?.to;
    if (plan !== undefined) counts.set(plan, (counts.get(plan) ?? 0) + 1);
  }
  for (const plan of inventory.restoreTestingPlans)
    yield* detectionsFrom(
      plan.place,
      testingSelectionsProblems(counts.get(plan.id) ?? 0, label('plan', plan)),
    );
}

function label(
  what: 'plan' | 'selection',
  item: RestoreTestingPlanItem | RestoreTestingSelectionItem,
): string {
  return `restore testing ${what} ${nameOf(item.name, item.place)}`;
}

/** The type with a name in any case: the API returns upper case. */
function typeNamed(name: string, overrides: readonly ResourceType[]): ResourceType | undefined {
  const lower = name.toLowerCase();
  const same = (type: ResourceType) => type.name.toLowerCase() === lower;
  const found = overrides.find(same) ?? ResourceType.all().find(same);
  if (found) return found;
  return /^[\w.\- ]{1,50}$/.test(name) && /^[a-z0-9]/i.test(name) && !isNear(name)
    ? ResourceType.of(name)
    : undefined;
}

/** `ResourceType.of` refuses names that differ from a type of the catalog only in spelling. */
function isNear(name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return ResourceType.all().some((type) => plain(type.name) === plain(name));
}

function* ofPlan(plan: RestoreTestingPlanItem): Iterable<Detection> {
  const { place, recoveryPointTypes, includeVaults, excludeVaults } = plan;
  const of = () => label('plan', plan);
  const texts = (links: typeof includeVaults) => links.items.map(({ text }) => textOrToken(text));
  // incomplete lists are not checked
  const ifIncomplete = (list: { readonly rest?: unknown }, property: string) => (list.rest ? [property] : []);
  const skipped = [
    ...ifIncomplete(recoveryPointTypes, PLAN_NAMES.types),
    ...ifIncomplete(includeVaults, PLAN_NAMES.vaults),
    ...ifIncomplete(excludeVaults, PLAN_NAMES.excludeVaults),
  ];
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
    const reported = problem.id === 'Backup-RecoveryPointTypes' ? withoutFix(problem) : problem;
    yield* detectionsFrom(
      at(place, `${place.pathInTemplate}/Properties/${path}${problem.property}`),
      [reported],
      of,
    );
  }
}

function* ofSelection(
  selection: RestoreTestingSelectionItem,
  type: ResourceType | undefined,
): Iterable<Detection> {
  const { place, resources, conditions, overrides } = selection;
  const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const of = () => label('selection', selection);
  const arns = resources.items.map((text) => textOrToken(text));
  const tests = conditions.items.map(({ operator, key, value }) => ({
    operator,
    key: textOrToken(key),
    value: textOrToken(value),
  }));
  if (type)
    yield* detectionsFrom(
      under('ProtectedResourceType'),
      restoreTestingTypeProblems(type, 'ProtectedResourceType').map(withoutFix),
      of,
    );
  yield* detectionsFrom(
    under(NAMES.resources),
    restoreTestingArnProblems(arns, type, NAMES.resources).map(withoutFix),
    of,
  );
  yield* detectionsFrom(
    under(NAMES.tags),
    restoreTestingConditionProblems(tests, NAMES.tags).map(withoutFix),
    of,
  );
  if (!resources.rest && !conditions.rest)
    yield* detectionsFrom(
      under(NAMES.resources),
      restoreTestingChoiceProblems(arns, tests).map((one) =>
        withoutFix(one.as({ names: (property) => NAMES[property] })),
      ),
    );
  const window = validationWindowProblems(
    numberOrToken(selection.validationWindowHours),
    'ValidationWindowHours',
  );
  yield* detectionsFrom(under('ValidationWindowHours'), window, of);
  if (type && overrides.items.length === 0 && !overrides.rest)
    yield* detectionsFrom(
      under('RestoreMetadataOverrides'),
      missingMetadataProblems(type.name, type.variantName, 'RestoreMetadataOverrides').map(withoutFix),
      of,
    );
}

function* ofRole(
  inventory: Inventory,
  selection: RestoreTestingSelectionItem,
  type: ResourceType | undefined,
  policies: ReadonlySet<string>,
): Iterable<Detection> {
  const role = linkedRole(inventory, selection.role);
  if (!role) return;
  const whose = `the role ${nameOf(role.name, role.place)} of ${label('selection', selection)}`;
  if (trusts(role, 'backup.amazonaws.com') === false)
    yield {
      id: 'Backup-RestoreRoleTrust',
      place: at(role.place, role.trust?.pathInTemplate ?? role.place.pathInTemplate),
      message: `${whose} must trust \`backup.amazonaws.com\`, but its trust policy does not let it assume the role`,
    };
  // the second policy of EBS is for single files, which tests don't restore
  const policy = type?.name === 'S3' ? type.restorePolicies.at(-1) : type?.restorePolicies[0];
  if (!type || policy === undefined) return;
  const services = type.arnPatterns('aws').map((pattern) => pattern.split(':')[2]);
  if (new RolePermissions(inventory, role).has(policy, services, policies) === false)
    yield {
      id: 'Backup-RestoreRolePolicies',
      place: role.place,
      message: `${whose} lacks \`${policy}\`, which restores of ${type.name} need`,
      fix: `attach \`arn:aws:iam::aws:policy/${policy}\`, or use a \`RestoreTestingRole\``,
    };
}

/** The fixes of laws name props of our constructs; those of the registry fit templates. */
function withoutFix(problem: Problem): Problem {
  return problem.with({ fix: undefined });
}
