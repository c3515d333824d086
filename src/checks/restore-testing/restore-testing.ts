import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { lawNumber, nameOf } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type {
  RestoreTestingPlanItem,
  RestoreTestingSelectionItem,
} from '../../inventory/restore-testing/restore-testing';
import { RolePowers, trusts } from '../../inventory/role-powers';
import { known } from '../../template/evaluation/unknown';
import { ResourceType } from '../../values/resource-type/resource-type';
import { missingMetadataProblems } from '../../values/restore-testing/restore-metadata-laws';
import {
  type RestoreTestingPlanWords,
  restoreTestingPlanProblems,
} from '../../values/restore-testing/restore-testing-laws';
import { testingSelectionsProblems } from '../../values/restore-testing/restore-testing-quotas';
import {
  restoreTestingArnProblems,
  restoreTestingChoiceProblems,
  restoreTestingConditionProblems,
  restoreTestingTypeProblems,
  validationWindowProblems,
} from '../../values/restore-testing/restore-testing-selection-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type Seen, subject, told } from '../engine/subject';
import { lawText } from '../facts/law-text';
import { RESTORE_TESTING_FACTS } from '../facts/restore-testing-facts';

const PLAN_WORDS: RestoreTestingPlanWords = {
  startWindow: 'StartWindowHours',
  window: 'SelectionWindowDays',
  algorithm: 'Algorithm',
  types: 'RecoveryPointTypes',
  vaults: 'IncludeVaults',
  excludeVaults: 'ExcludeVaults',
};
const WORDS = { arns: 'ProtectedResourceArns', tags: 'ProtectedResourceConditions' };

/** Restore testing plans and their selections. */
export const restoreTestingChecks: readonly Check[] = subject(RESTORE_TESTING_FACTS, look);

function* look(inventory: Inventory, { resourceTypes = [] }: CheckOptions): Iterable<Seen> {
  const policies = restorePolicies();
  const counts = new Map<string, number>();
  for (const plan of inventory.restoreTestingPlans) yield* planSeen(plan);
  for (const selection of inventory.restoreTestingSelections) {
    const name = known(selection.resourceType);
    const type = name === undefined ? undefined : typeNamed(name, resourceTypes);
    yield* selectionSeen(selection, type);
    yield* roleSeen(inventory, selection, type, policies);
    const plan = selection.plan?.to;
    if (plan !== undefined) counts.set(plan, (counts.get(plan) ?? 0) + 1);
  }
  for (const plan of inventory.restoreTestingPlans)
    yield* told(plan.place, testingSelectionsProblems(counts.get(plan.id) ?? 0, label('plan', plan)));
}

function label(
  what: 'plan' | 'selection',
  item: RestoreTestingPlanItem | RestoreTestingSelectionItem,
): string {
  return `restore testing ${what} ${nameOf(item.name, item.place)}`;
}

/** The type of a name, as AWS spells it in any case: the API answers with upper case. */
function typeNamed(name: string, overrides: readonly ResourceType[]): ResourceType | undefined {
  const lower = name.toLowerCase();
  const same = (type: ResourceType) => type.name.toLowerCase() === lower;
  const found = overrides.find(same) ?? ResourceType.all().find(same);
  if (found) return found;
  return /^[\w.\- ]{1,50}$/.test(name) && /^[a-z0-9]/i.test(name) && !isNear(name)
    ? ResourceType.of(name)
    : undefined;
}

/** `ResourceType.of` refuses what differs from a type of the catalog in spelling alone. */
function isNear(name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return ResourceType.all().some((type) => plain(type.name) === plain(name));
}

function* planSeen(plan: RestoreTestingPlanItem): Iterable<Seen> {
  const { place, recoveryPointTypes, includeVaults, excludeVaults } = plan;
  const of = () => label('plan', plan);
  const texts = (links: typeof includeVaults) => links.items.map(({ text }) => lawText(text));
  // a list that isn't known is not held against the plan
  const closed = (list: { readonly rest?: unknown }, property: string) => (list.rest ? [property] : []);
  const open = [
    ...closed(recoveryPointTypes, PLAN_WORDS.types),
    ...closed(includeVaults, PLAN_WORDS.vaults),
    ...closed(excludeVaults, PLAN_WORDS.excludeVaults),
  ];
  const problems = restoreTestingPlanProblems(
    {
      startWindowHours: lawNumber(plan.startWindowHours),
      selectionWindowDays: lawNumber(plan.selectionWindowDays),
      algorithm: lawText(plan.algorithm),
      recoveryPointTypes: recoveryPointTypes.items.map((text) => lawText(text)),
      includeVaults: texts(includeVaults),
      excludeVaults: texts(excludeVaults),
    },
    PLAN_WORDS,
  );
  for (const problem of problems) {
    if (open.includes(problem.property)) continue;
    const path = problem.property === PLAN_WORDS.startWindow ? '' : 'RecoveryPointSelection/';
    // laws advise in the words of our constructs
    const given = problem.id === 'Backup-RecoveryPointTypes' ? withoutFix(problem) : problem;
    yield* told(at(place, `${place.pathInTemplate}/Properties/${path}${problem.property}`), [given], of);
  }
}

function* selectionSeen(
  selection: RestoreTestingSelectionItem,
  type: ResourceType | undefined,
): Iterable<Seen> {
  const { place, resources, conditions, overrides } = selection;
  const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const of = () => label('selection', selection);
  const arns = resources.items.map((text) => lawText(text));
  const tests = conditions.items.map(({ operator, key, value }) => ({
    operator,
    key: lawText(key),
    value: lawText(value),
  }));
  if (type)
    yield* told(
      under('ProtectedResourceType'),
      restoreTestingTypeProblems(type, 'ProtectedResourceType').map(withoutFix),
      of,
    );
  yield* told(under(WORDS.arns), restoreTestingArnProblems(arns, type, WORDS.arns).map(withoutFix), of);
  yield* told(under(WORDS.tags), restoreTestingConditionProblems(tests, WORDS.tags).map(withoutFix), of);
  if (!resources.rest && !conditions.rest)
    yield* told(under(WORDS.arns), restoreTestingChoiceProblems(arns, tests, WORDS).map(withoutFix));
  const window = validationWindowProblems(
    lawNumber(selection.validationWindowHours),
    'ValidationWindowHours',
  );
  yield* told(under('ValidationWindowHours'), window, of);
  if (type && overrides.items.length === 0 && !overrides.rest)
    yield* told(
      under('RestoreMetadataOverrides'),
      missingMetadataProblems(type.name, type.variantName, 'RestoreMetadataOverrides').map(withoutFix),
      of,
    );
}

function* roleSeen(
  inventory: Inventory,
  selection: RestoreTestingSelectionItem,
  type: ResourceType | undefined,
  policies: ReadonlySet<string>,
): Iterable<Seen> {
  const role = linkedRole(inventory, selection.role);
  if (!role) return;
  const whose = `the role ${nameOf(role.name, role.place)} of ${label('selection', selection)}`;
  if (trusts(role, 'backup.amazonaws.com') === false)
    yield {
      id: 'Backup-RestoreRoleTrust',
      place: at(role.place, role.trust?.pathInTemplate ?? role.place.pathInTemplate),
      message: `${whose} must trust \`backup.amazonaws.com\`, which none of its statements names`,
    };
  // of EBS, the second policy is for single files, which no test restores
  const policy = type?.name === 'S3' ? type.restorePolicies.at(-1) : type?.restorePolicies[0];
  if (!type || policy === undefined) return;
  const services = type.arnPatterns('aws').map((pattern) => pattern.split(':')[2]);
  if (new RolePowers(inventory, role).has(policy, services, policies) === false)
    yield {
      id: 'Backup-RestoreRolePolicies',
      place: role.place,
      message: `${whose} lacks \`${policy}\`, which restores of ${type.name} need`,
      fix: `attach \`arn:aws:iam::aws:policy/${policy}\`, or use a \`RestoreTestingRole\``,
    };
}

/** AWS's policies of AWS Backup: what each allows is known. */
function restorePolicies(): ReadonlySet<string> {
  return new Set(ResourceType.all().flatMap((type) => [...type.backupPolicies, ...type.restorePolicies]));
}

/** Laws advise in the words of our constructs; what a check advises holds for templates. */
function withoutFix<P extends { readonly fix?: string }>(problem: P): P {
  return { ...problem, fix: undefined };
}
