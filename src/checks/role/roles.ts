import { isRefused } from '../../coverage/compiled-selection';
import { type Protections, protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, planLabel, selectionLabel } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type { SelectionItem } from '../../inventory/plan/selections';
import { ResourceTypes } from '../../inventory/resource-types';
import type { RoleItem } from '../../inventory/role/roles';
import { RolePermissions } from '../../inventory/role-permissions';
import { showText } from '../../template/evaluation/text';
import { show } from '../../values/core/amounts';
import { ResourceType } from '../../values/resource-type/resource-type';
import { awsBackupPolicies } from '../../viability/core/aws-backup-policies';
import { BACKUP_SERVICE, isDistrusted, missingPolicy } from '../../viability/role/role-problems';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { SelectedTypes, selectsByTag } from '../facts/selected-types';

/** How many buckets AWS Backup protects without `s3:ListTagsForResource`. */
const MAX_BUCKETS = 1_000;
const INDEXING = 'AWSBackupServiceRolePolicyForIndexing';

/** The roles that selections back up with. */
export const roleChecks: readonly Check[] = checksOf(
  [
    'Backup-RoleTrust',
    'Backup-RolePolicies',
    'Backup-RolePoliciesLikely',
    'Backup-RoleObjectAcl',
    'Backup-RoleBucketTags',
    'Backup-RoleTagAccess',
    'Backup-RoleDependency',
    'Backup-IndexPolicy',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const roles = new RoleChecker(inventory, new SelectedTypes(inventory, new ResourceTypes(resourceTypes)));
  for (const selection of inventory.selections) {
    const role = linkedRole(inventory, selection.role);
    if (role && !isRefused(selection)) yield* roles.problems(selection, role);
  }
}

/** Checks roles of the inventory. Each missing permission of a role is reported once. */
class RoleChecker {
  private readonly permissions = new Map<RoleItem, RolePermissions>();
  private readonly reported = new Set<string>();
  private readonly protections: Protections;
  private readonly awsPolicies = awsBackupPolicies();

  constructor(
    private readonly inventory: Inventory,
    private readonly types: SelectedTypes,
  ) {
    this.protections = protectionsOf(inventory);
  }

  public *problems(selection: SelectionItem, role: RoleItem): Iterable<Detection> {
    const who = `the role ${label(role)} of ${selectionLabel(selection)}`;
    if (isDistrusted(role) && this.isFirst(role, BACKUP_SERVICE))
      yield {
        id: 'Backup-RoleTrust',
        place: at(role.place, role.trust?.pathInTemplate ?? role.place.pathInTemplate),
        message: `${who} must trust \`${BACKUP_SERVICE}\`, but its trust policy does not let it assume the role`,
      };
    const permissions = this.permissionsOf(role);
    for (const type of this.types.of(selection)) {
      const policy = missingPolicy(permissions, type);
      if (policy !== undefined && this.isFirst(role, policy))
        yield {
          id: 'Backup-RolePolicies',
          place: role.place,
          message: `${who} lacks \`${policy}\`, which backups of ${type.name} need`,
          fix: `attach \`arn:aws:iam::aws:policy/${policy}\`, or use a \`BackupRole\``,
        };
    }
    yield* this.likelyProblems(selection, role, permissions, who);
    yield* this.objectAclProblems(selection, role, permissions, who);
    yield* this.bucketTagProblems(selection, role, permissions, who);
    yield* this.tagAccessProblems(selection, role, permissions, who);
    yield* this.indexProblems(selection, role, permissions, who);
  }

  /** Policies for types that the selection selects if there are such resources. Only some types need their own. */
  private *likelyProblems(
    selection: SelectionItem,
    role: RoleItem,
    permissions: RolePermissions,
    who: string,
  ): Iterable<Detection> {
    for (const type of this.types.likely(selection)) {
      const policy = type.backupPolicies.at(-1);
      const services = type.arnPatterns('aws').map((pattern) => pattern.split(':')[2]);
      if (policy === undefined || type.backupPolicies.length < 2) continue;
      if (permissions.has(policy, services, this.awsPolicies) !== false || !this.isFirst(role, policy))
        continue;
      yield {
        id: 'Backup-RolePoliciesLikely',
        place: role.place,
        message: `${who} lacks \`${policy}\`, which backups of ${type.name} need, and the selection includes ${type.name} if there is any`,
        fix: `attach \`arn:aws:iam::aws:policy/${policy}\`, or omit ${type.name} with \`NotResources\``,
      };
    }
  }

  /** More buckets than AWS Backup protects with a role that can't list their tags. */
  private *bucketTagProblems(
    selection: SelectionItem,
    role: RoleItem,
    permissions: RolePermissions,
    who: string,
  ): Iterable<Detection> {
    const selected = this.protections.selectedBy(selection).filter(({ bucket }) => bucket !== undefined);
    if (selected.length <= MAX_BUCKETS) return;
    const byAws = permissions.has('', [], new Set([...this.awsPolicies, ...ResourceType.S3.backupPolicies]));
    if (byAws !== false || permissions.allows('s3:listtagsforresource') !== false) return;
    if (this.isFirst(role, 'bucket tags'))
      yield {
        id: 'Backup-RoleBucketTags',
        place: role.place,
        message: `${who}, which selects ${selected.length} buckets, is not allowed to perform \`s3:ListTagsForResource\``,
      };
  }

  /** A role with its own permissions instead of the AWS managed policy for S3. */
  private *objectAclProblems(
    selection: SelectionItem,
    role: RoleItem,
    permissions: RolePermissions,
    who: string,
  ): Iterable<Detection> {
    if (!this.types.has(selection, 'S3')) return;
    const byAws = permissions.has(ResourceType.S3.backupPolicies.at(-1) ?? '', [], this.awsPolicies);
    if (byAws !== false || permissions.allows('s3:') !== true) return;
    if (permissions.allows('s3:getobjectacl') !== false) return;
    if (this.isFirst(role, 'acl'))
      yield {
        id: 'Backup-RoleObjectAcl',
        place: role.place,
        message: `${who} is not allowed to read the access control lists of objects (\`s3:GetObjectAcl\`)`,
      };
  }

  /** Whether AWS Backup can find what is selected by tag or pattern, and from when. */
  private *tagAccessProblems(
    selection: SelectionItem,
    role: RoleItem,
    permissions: RolePermissions,
    who: string,
  ): Iterable<Detection> {
    if (permissions.awsPolicies.size > 0 || !needsSearch(selection)) return;
    const finds = permissions.allows('tag:getresources');
    if (finds === false && permissions.has('', [], new Set()) === false && this.isFirst(role, 'tag'))
      yield {
        id: 'Backup-RoleTagAccess',
        place: role.place,
        message: `${who} is not allowed to find resources by tag (\`tag:GetResources\`)`,
      };
    if (finds !== true || selection.place.stackId !== role.place.stackId) return;
    const separate = role.policies.filter(({ from }) => from !== role.id).map(({ from }) => from);
    if (separate.length === 0 || separate.length < role.policies.length) return;
    const logicalIds = separate.map((id) => id.slice(id.lastIndexOf('#') + 1));
    if (!logicalIds.some((logicalId) => selection.dependsOn.includes(logicalId)))
      yield {
        id: 'Backup-RoleDependency',
        place: selection.place,
        message: `${selectionLabel(selection)} does not depend on ${show(logicalIds[0])}, which grants its role ${label(role)} the permissions`,
      };
  }

  private *indexProblems(
    selection: SelectionItem,
    role: RoleItem,
    permissions: RolePermissions,
    who: string,
  ): Iterable<Detection> {
    const plan = this.protections.planOf(selection);
    const isIndexed = plan?.rules.items.some(({ indexActions }) =>
      indexActions.items.some(({ items }) => items.includes('EBS')),
    );
    if (!plan || !isIndexed || !this.types.has(selection, 'EBS')) return;
    if (permissions.has(INDEXING, ['ebs', 'backup-search'], this.awsPolicies) !== false) return;
    if (this.isFirst(role, INDEXING))
      yield {
        id: 'Backup-IndexPolicy',
        place: role.place,
        message: `${who} lacks \`${INDEXING}\`, which ${planLabel(plan)} needs to index EBS`,
      };
  }

  private permissionsOf(role: RoleItem): RolePermissions {
    const permissions = this.permissions.get(role) ?? new RolePermissions(this.inventory, role);
    this.permissions.set(role, permissions);
    return permissions;
  }

  private isFirst(role: RoleItem, what: string): boolean {
    const key = `${role.id}|${what}`;
    if (this.reported.has(key)) return false;
    this.reported.add(key);
    return true;
  }
}

function label({ name, place }: RoleItem): string {
  return nameOf(name, place);
}

/** Whether AWS Backup must search for what is selected. */
function needsSearch(selection: SelectionItem): boolean {
  return selectsByTag(selection) || selection.resources.items.some((arn) => showText(arn).includes('*'));
}
