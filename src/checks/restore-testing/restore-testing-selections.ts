import { numberOrToken, textOrToken } from '../../inventory/as-token';
import { at } from '../../inventory/core/item';
import type { Tags } from '../../inventory/core/tags';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type { RestoreTestingSelectionItem } from '../../inventory/restore-testing/restore-testing';
import { RolePermissions, trusts } from '../../inventory/role-permissions';
import { arnOrToken, writtenArn } from '../../inventory/written-arns';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import { metadataKinds } from '../../values/restore-testing/restore-metadata-facts';
import {
  missingMetadataProblems,
  restoreMetadataProblems,
} from '../../values/restore-testing/restore-metadata-laws';
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

const NAMES: Readonly<Record<string, string>> = {
  resources: 'ProtectedResourceArns',
  tags: 'ProtectedResourceConditions',
};

/** Selections of restore testing plans. */
export const restoreTestingSelectionChecks: readonly Check[] = checksOf(
  [
    'Backup-ValidationWindowZero',
    'Backup-RestoreTestingTypeUnknown',
    'Backup-RestoreMetadataLikelyMissing',
    'Backup-RestoreTestingType',
    'Backup-RestoreTestingArn',
    'Backup-RestoreTestingChoice',
    'Backup-RestoreTestingCondition',
    'Backup-ValidationWindow',
    'Backup-RestoreMetadataMissing',
    'Backup-RestoreMetadata',
    'Backup-RestoreMetadataKey',
    'Backup-RestoreRoleTrust',
    'Backup-RestoreRolePolicies',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory, { resourceTypes = [] }: CheckOptions): Iterable<Detection> {
  const policies = awsBackupPolicies();
  for (const selection of inventory.restoreTestingSelections) {
    const name = known(selection.resourceType);
    const type = name === undefined ? undefined : typeNamed(name, resourceTypes);
    yield* ofSelection(inventory, selection, type);
    yield* ofRole(inventory, selection, type, policies);
  }
}

function label({ name, place }: RestoreTestingSelectionItem): string {
  return `restore testing selection ${nameOf(name, place)}`;
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

function* ofSelection(
  inventory: Inventory,
  selection: RestoreTestingSelectionItem,
  type: ResourceType | undefined,
): Iterable<Detection> {
  const { place, resources, conditions, overrides } = selection;
  const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const of = () => label(selection);
  const arns = resources.items.map(arnOrToken);
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
  const written = resources.items.map((text) => writtenArn(inventory, place, text));
  const problems = [
    ...written.flatMap((arn, i) =>
      arn === undefined
        ? []
        : restoreTestingArnProblems([arns[i]], type, NAMES.resources).map((one) =>
            one.with({ fix: `write \`${arn}\`` }),
          ),
    ),
    ...restoreTestingArnProblems(
      arns.filter((_, i) => written[i] === undefined),
      type,
      NAMES.resources,
    ).map(withoutFix),
  ];
  yield* detectionsFrom(under(NAMES.resources), problems, of);
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
  if (type && !overrides.rest)
    yield* detectionsFrom(under('RestoreMetadataOverrides'), metadataProblems(type, overrides), of);
}

/** Problems of the metadata that a selection overrides, as far as its keys are known. */
function metadataProblems({ name, variantName }: ResourceType, { items }: Tags): Problem[] {
  if (items.length === 0)
    return missingMetadataProblems(name, variantName, 'RestoreMetadataOverrides').map(withoutFix);
  if (items.some(({ key }) => isUnknown(key))) return [];
  const overrides = Object.fromEntries(items.map(({ key, value }) => [key, textOrToken(value)]));
  return restoreMetadataProblems(metadataKinds(name, variantName), overrides);
}

function* ofRole(
  inventory: Inventory,
  selection: RestoreTestingSelectionItem,
  type: ResourceType | undefined,
  policies: ReadonlySet<string>,
): Iterable<Detection> {
  const role = linkedRole(inventory, selection.role);
  if (!role) return;
  const whose = `the role ${nameOf(role.name, role.place)} of ${label(selection)}`;
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
