import { isRefused } from '../../coverage/compiled-selection';
import { type Protections, protectionsOf } from '../../coverage/protections';
import { at, type Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, planLabel } from '../../inventory/labels';
import { linkedRole } from '../../inventory/lookups';
import type { SelectionItem } from '../../inventory/plan/selections';
import { ResourceTypes } from '../../inventory/resource-types';
import type { RoleItem } from '../../inventory/role/roles';
import { RolePowers, trusts } from '../../inventory/role-powers';
import { inSelection, selectionLabel } from '../../inventory/selection-labels';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';
import type { Check, CheckOptions } from '../engine/check';
import { type Seen, subject } from '../engine/subject';
import { ROLE_FACTS } from '../facts/role-facts';

const BACKUP = 'backup.amazonaws.com';
const SCANS = 'AWSBackupServiceRolePolicyForScans';
const GUARD_DUTY = 'malware-protection.guardduty.amazonaws.com';
const GUARD_DUTY_POLICY = 'AWSBackupGuardDutyRolePolicyForScans';
const INDEXING = 'AWSBackupServiceRolePolicyForIndexing';

/** The roles of selections and scans. */
export const roleChecks: readonly Check[] = subject(ROLE_FACTS, look);

function* look(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Seen> {
  const roles = new Roles(inventory, new ResourceTypes(resourceTypes));
  for (const selection of inventory.selections) {
    if (!selection.role) continue;
    yield* linkSeen(selection, selection.role);
    const role = linkedRole(inventory, selection.role);
    if (!isRefused(selection)) yield* role ? roles.seen(selection, role) : roles.importedSeen(selection);
  }
  yield* scannerSeen(inventory);
}

/** What the ARN of a role tells. */
function* linkSeen(selection: SelectionItem, { text }: Link): Iterable<Seen> {
  const fields = arnFields(text);
  const resource = known(fields?.resource);
  const account = known(fields?.account);
  const place = inSelection(selection, 'IamRoleArn');
  const of = selectionLabel(selection);
  if (resource?.startsWith('role/aws-service-role/'))
    yield {
      id: 'Backup-ServiceLinkedRole',
      place,
      message: `\`IamRoleArn\` of ${of} must be a role that AWS Backup can assume, got the service-linked role ${show(resource.slice(resource.lastIndexOf('/') + 1))}`,
    };
  const here = selection.place.account;
  if (account !== undefined && here !== undefined && /^\d{12}$/.test(account) && account !== here)
    yield {
      id: 'Backup-RoleElsewhere',
      place,
      message: `\`IamRoleArn\` of ${of} must be a role of its account (${here}), got one of ${account}`,
    };
  if (resource?.endsWith('/AWSBackupDefaultServiceRole'))
    yield {
      id: 'Backup-DefaultServiceRole',
      place,
      message: `\`IamRoleArn\` of ${of} is the default role of AWS Backup, which only the console makes`,
    };
}

/** The roles of the inventory, each with the policies that it lacks told once. */
class Roles {
  private readonly powers = new Map<RoleItem, RolePowers>();
  private readonly types = new Map<SelectionItem, readonly ResourceType[]>();
  private readonly told = new Set<string>();
  private readonly protections: Protections;
  private readonly backupPolicies = backupPolicies();

  constructor(
    private readonly inventory: Inventory,
    private readonly resourceTypes: ResourceTypes,
  ) {
    this.protections = protectionsOf(inventory);
  }

  public *seen(selection: SelectionItem, role: RoleItem): Iterable<Seen> {
    if (trusts(role, BACKUP) === false && this.first(role, BACKUP))
      yield {
        id: 'Backup-RoleTrust',
        place: at(role.place, role.trust?.pathInTemplate ?? role.place.pathInTemplate),
        message: `the role ${label(role)} of ${selectionLabel(selection)} must trust \`${BACKUP}\`, which none of its statements names`,
      };
    const powers = this.powersOf(role);
    for (const type of this.typesOf(selection)) {
      // the last is the one of the type itself
      const policy = type.backupPolicies.at(-1);
      const services = type.arnPatterns('aws').map((pattern) => pattern.split(':')[2]);
      if (policy === undefined || powers.has(policy, services, this.backupPolicies) !== false) continue;
      if (this.first(role, policy))
        yield {
          id: 'Backup-RolePolicies',
          place: role.place,
          message: `the role ${label(role)} of ${selectionLabel(selection)} lacks \`${policy}\`, which backups of ${type.name} need`,
          fix: `attach \`arn:aws:iam::aws:policy/${policy}\`, or use a \`BackupRole\``,
        };
    }
    yield* this.objectAclSeen(selection, role, powers);
    yield* this.tagAccessSeen(selection, role, powers);
    yield* this.indexSeen(selection, role, powers);
  }

  /** A role that isn't in the app. */
  public *importedSeen(selection: SelectionItem): Iterable<Seen> {
    const buckets = this.typesOf(selection).some(({ name }) => name === 'S3');
    const text = selection.role ? showText(selection.role.text) : '';
    if (!buckets || text.includes(':role/aws-service-role/')) return;
    const isDefault = text.endsWith('/AWSBackupDefaultServiceRole');
    yield {
      id: 'Backup-ImportedRole',
      severity: isDefault ? 'warning' : 'note',
      place: inSelection(selection, 'IamRoleArn'),
      message: `${selectionLabel(selection)} takes buckets with ${isDefault ? 'the default role of AWS Backup, which lacks' : `the role ${show(text)}, which is not in the app and must have`} the policies for S3`,
    };
  }

  /** A role with permissions of its own in place of AWS's policy for S3. */
  private *objectAclSeen(selection: SelectionItem, role: RoleItem, powers: RolePowers): Iterable<Seen> {
    if (!this.typesOf(selection).some(({ name }) => name === 'S3')) return;
    const byAws = powers.has(ResourceType.S3.backupPolicies.at(-1) ?? '', [], this.backupPolicies);
    if (byAws !== false || powers.allows('s3:') !== true || powers.allows('s3:getobjectacl') !== false)
      return;
    if (this.first(role, 'acl'))
      yield {
        id: 'Backup-RoleObjectAcl',
        place: role.place,
        message: `the role ${label(role)} of ${selectionLabel(selection)} may not read the access control lists of objects (\`s3:GetObjectAcl\`)`,
      };
  }

  /** Whether AWS Backup may look for what is selected by tag or pattern, and from when. */
  private *tagAccessSeen(selection: SelectionItem, role: RoleItem, powers: RolePowers): Iterable<Seen> {
    if (powers.awsPolicies.size > 0 || !looks(selection)) return;
    const finds = powers.allows('tag:getresources');
    if (finds === false && powers.has('', [], new Set()) === false && this.first(role, 'tag'))
      yield {
        id: 'Backup-RoleTagAccess',
        place: role.place,
        message: `the role ${label(role)} of ${selectionLabel(selection)} may not look for resources (\`tag:GetResources\`)`,
      };
    if (finds !== true || selection.place.stackId !== role.place.stackId) return;
    const apart = role.policies.filter(({ from }) => from !== role.id).map(({ from }) => from);
    if (apart.length === 0 || apart.length < role.policies.length) return;
    const waits = apart.some((id) => selection.dependsOn.includes(id.slice(id.lastIndexOf('#') + 1)));
    if (!waits)
      yield {
        id: 'Backup-RoleDependency',
        place: selection.place,
        message: `${selectionLabel(selection)} doesn't wait for ${show(apart[0].slice(apart[0].lastIndexOf('#') + 1))}, from which its role ${label(role)} gets its permissions`,
      };
  }

  private *indexSeen(selection: SelectionItem, role: RoleItem, powers: RolePowers): Iterable<Seen> {
    const plan = this.protections.planOf(selection);
    const indexed = plan?.rules.items.some(({ indexActions }) =>
      indexActions.items.some(({ items }) => items.includes('EBS')),
    );
    if (!plan || !indexed || !this.typesOf(selection).some(({ name }) => name === 'EBS')) return;
    if (powers.has(INDEXING, ['ebs', 'backup-search'], this.backupPolicies) !== false) return;
    if (this.first(role, INDEXING))
      yield {
        id: 'Backup-IndexPolicy',
        place: role.place,
        message: `the role ${label(role)} of ${selectionLabel(selection)} lacks \`${INDEXING}\`, which ${planLabel(plan)} needs to index EBS`,
      };
  }

  private typesOf(selection: SelectionItem): readonly ResourceType[] {
    const before = this.types.get(selection);
    if (before) return before;
    const found = new Map<string, ResourceType>();
    for (const resource of this.protections.selectedBy(selection)) {
      const type = this.resourceTypes.of(resource);
      if (type) found.set(type.name, type);
    }
    for (const arn of selection.resources.items) {
      const types = arn === '*' || looksByTag(selection) ? [] : typesForArn(arn);
      if (types.length === 1) found.set(types[0].name, types[0]);
    }
    const types = [...found.values()];
    this.types.set(selection, types);
    return types;
  }

  private powersOf(role: RoleItem): RolePowers {
    const powers = this.powers.get(role) ?? new RolePowers(this.inventory, role);
    this.powers.set(role, powers);
    return powers;
  }

  private first(role: RoleItem, what: string): boolean {
    const key = `${role.id}|${what}`;
    if (this.told.has(key)) return false;
    this.told.add(key);
    return true;
  }
}

function label({ name, place }: RoleItem): string {
  return nameOf(name, place);
}

function looksByTag({ conditions, listOfTags }: SelectionItem): boolean {
  return conditions.items.length + listOfTags.items.length > 0;
}

/** Whether AWS Backup must look for what is selected. */
function looks(selection: SelectionItem): boolean {
  return looksByTag(selection) || selection.resources.items.some((arn) => showText(arn).includes('*'));
}

/** AWS's policies of AWS Backup: what each allows is known. */
function backupPolicies(): ReadonlySet<string> {
  const policies = ResourceType.all().flatMap((type) => [
    ...type.backupPolicies,
    ...type.restorePolicies,
    ...type.indexPolicies,
  ]);
  return new Set([...policies, SCANS]);
}

/** The roles that plans give to the scanner of malware. */
function* scannerSeen(inventory: Inventory): Iterable<Seen> {
  const policies = backupPolicies();
  for (const plan of inventory.plans)
    for (const scan of plan.scans.items) {
      const role = linkedRole(inventory, scan.role);
      if (!role) continue;
      const powers = new RolePowers(inventory, role);
      const faults = [
        ...(trusts(role, GUARD_DUTY) === false ? [`must trust \`${GUARD_DUTY}\``] : []),
        ...(powers.has(GUARD_DUTY_POLICY, ['guardduty', 'backup', 'ebs', 's3'], policies) === false
          ? [`lacks \`${GUARD_DUTY_POLICY}\``]
          : []),
      ];
      for (const fault of faults)
        yield {
          id: 'Backup-ScannerRole',
          place: role.place,
          message: `the role ${label(role)}, which ${planLabel(plan)} gives to the scanner of malware, ${fault}`,
        };
    }
}
