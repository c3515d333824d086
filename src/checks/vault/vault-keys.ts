import { protectionsOf } from '../../coverage/protections';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, GUIDE, nameOf, vaultLabel } from '../../inventory/labels';
import { linkedAlias, linkedKey, linkedPlan, linkedRole } from '../../inventory/lookups';
import type { PlanItem } from '../../inventory/plan/plans';
import { mayAllow } from '../../inventory/policy-verdicts';
import { resourceName } from '../../inventory/resource-labels';
import type { RoleItem } from '../../inventory/role/roles';
import type { KeyItem } from '../../inventory/vault/keys';
import type { VaultItem } from '../../inventory/vault/vaults';
import { arnFields } from '../../template/evaluation/match';
import { holesOf } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { vaultKeyAliasProblem, vaultKeyRegionProblems } from '../../values/vault/vault-key-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const ENCRYPTION = `${GUIDE}encryption.html`;
const CFN_VAULT =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html';
const DASHBOARDS = 'AWS Backup Developer Guide, Job dashboards: errors of jobs';
const asOf = '2026-04-13';

/** What AWS Backup does with a key at the least. */
const USES = ['kms:CreateGrant', 'kms:GenerateDataKey', 'kms:Decrypt'];

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-VaultKeyAlias',
    severity: 'error',
    what: 'The key of a vault is named by an alias.',
    why: 'AWS Backup takes the ARN of a key, not of its alias.',
    fix: 'use the ARN of the key, such as `!GetAtt Key.Arn`',
    docs: CFN_VAULT,
    source: 'CloudFormation documentation of AWS::Backup::BackupVault',
    asOf: '2026-09-29',
  },
  {
    id: 'Backup-VaultKeyArn',
    severity: 'warning',
    what: 'The key of a vault is named by its id.',
    why: 'CloudFormation documents the ARN of a key; `Ref` of a key is its id.',
    fix: 'use `!GetAtt Key.Arn` in place of `!Ref Key`',
    docs: CFN_VAULT,
    source: 'CloudFormation documentation of AWS::Backup::BackupVault',
    asOf: '2026-09-29',
  },
  {
    id: 'Backup-VaultKeyRegion',
    severity: 'error',
    what: 'The key of a vault is in another Region.',
    why: 'AWS Backup refuses the vault: `Invalid Key provided by the user`.',
    fix: 'make a key in that Region, or a replica of a multi-Region key',
    docs: ENCRYPTION,
    source: DEPLOYMENTS,
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-VaultKeyDisabled',
    severity: 'warning',
    what: 'The key of a vault is disabled.',
    why: 'Backups that are encrypted with it fail: `KMS key is either disabled or pending deletion or access to KMS key is denied`.',
    fix: 'leave `Enabled` of the key out',
    docs: ENCRYPTION,
    source: DASHBOARDS,
    asOf,
  },
  {
    id: 'Backup-KeyAccess',
    severity: 'warning',
    what: 'The policy of a key lets neither the role of a selection use it nor its account decide: the key of a vault that the role fills, or of a resource that it backs up.',
    why: 'Scheduled jobs fail, or end without having backed up the data: a job by hand, by somebody who may use the key, works.',
    fix: `let the role do ${USES.map((action) => `\`${action}\``).join(', ')} in the policy of the key, or the root of the account \`kms:*\``,
    docs: ENCRYPTION,
    source: 'AWS Backup Developer Guide, Encryption and Troubleshooting',
    asOf,
  },
];

/** The keys of vaults and of what is backed up. */
export const vaultKeyChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const roles = rolesByVault(inventory);
  for (const vault of inventory.vaults) {
    if (!vault.key) continue;
    yield* ofKey(inventory, vault);
    const key = linkedKey(inventory, vault.key);
    if (!key) continue;
    const place = at(vault.place, `${vault.place.pathInTemplate}/Properties/EncryptionKeyArn`);
    if (known(key.enabled) === false)
      yield {
        id: 'Backup-VaultKeyDisabled',
        place,
        message: `\`EncryptionKeyArn\` of ${vaultLabel(vault)} is key \`${key.place.logicalId}\`, which is disabled`,
      };
    for (const role of roles.get(vault.id) ?? []) {
      const refused = refusedUse(key, role);
      if (refused)
        yield {
          id: 'Backup-KeyAccess',
          place: policyPlace(key),
          message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of ${vaultLabel(vault)} does not let role ${nameOf(role.name, role.place)}, which backs up or copies into it, do \`${refused}\``,
        };
    }
  }
  yield* ofSources(inventory);
}

function* ofKey(inventory: Inventory, vault: VaultItem): Iterable<Seen> {
  const link = vault.key as NonNullable<VaultItem['key']>;
  const property = 'EncryptionKeyArn';
  const place = at(vault.place, `${vault.place.pathInTemplate}/Properties/${property}`);
  const of = () => vaultLabel(vault);
  const text = known(link.text);
  if (linkedAlias(inventory, link) || (text !== undefined && /(^|:)alias\//.test(text))) {
    yield* told(place, [{ ...vaultKeyAliasProblem(property), fix: undefined }], of);
    return;
  }
  const key = linkedKey(inventory, link);
  const fields = arnFields(link.text);
  // a reference to a key is its id: the text is one gap, and no ARN
  const isId =
    !fields &&
    (text !== undefined || (key !== undefined && isUnknown(link.text) && holesOf(link.text).length === 1));
  if (isId)
    yield {
      id: 'Backup-VaultKeyArn',
      place,
      message: `\`${property}\` of ${of()} must be the ARN of a key, got the id of ${key ? `key \`${key.place.logicalId}\`` : 'one'}`,
    };
  const there = key?.place.region ?? known(fields?.region);
  const here = vault.place.region;
  if (here !== undefined && there !== undefined && there !== '')
    yield* told(place, vaultKeyRegionProblems(here, there, property), of);
}

/** Keys of resources whose policy shuts out the role that backs them up; each pair once. */
function* ofSources(inventory: Inventory): Iterable<Seen> {
  const protections = protectionsOf(inventory);
  const seen = new Set<string>();
  for (const resource of inventory.resources) {
    const key = linkedKey(inventory, resource.encryption?.key);
    if (!key?.policy || known(resource.encryption?.enabled) === false) continue;
    for (const { selection, certain, throughStack } of protections.of(resource)) {
      const role = certain && !throughStack ? linkedRole(inventory, selection.role) : undefined;
      if (!role || seen.has(`${key.id}|${role.id}`)) continue;
      seen.add(`${key.id}|${role.id}`);
      const refused = refusedUse(key, role);
      if (refused)
        yield {
          id: 'Backup-KeyAccess',
          place: policyPlace(key),
          message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of \`${resourceName(resource)}\` does not let role ${nameOf(role.name, role.place)}, which backs it up, do \`${refused}\``,
        };
    }
  }
}

/** What a key policy certainly doesn't let a role do; undefined where it may let it do all. */
function refusedUse({ policy }: KeyItem, role: RoleItem): string | undefined {
  if (!policy) return undefined;
  return USES.find((action) => !mayAllow(policy, action, { account: role.place.account, role }));
}

function policyPlace({ place }: KeyItem) {
  return at(place, `${place.pathInTemplate}/Properties/KeyPolicy`);
}

/** The roles of selections whose plans back up or copy into a vault of the account; copies to others have their own check. */
function rolesByVault(inventory: Inventory): ReadonlyMap<string, ReadonlySet<RoleItem>> {
  const byPlan = new Map<string, Set<RoleItem>>();
  for (const selection of inventory.selections) {
    const plan = linkedPlan(inventory, selection.plan);
    const role = linkedRole(inventory, selection.role);
    if (plan && role) byPlan.set(plan.id, (byPlan.get(plan.id) ?? new Set()).add(role));
  }
  const byVault = new Map<string, Set<RoleItem>>();
  for (const plan of inventory.plans) {
    const roles = byPlan.get(plan.id) ?? [];
    for (const rule of plan.rules.items)
      for (const link of [rule.vault, ...rule.copies.items.map((copy) => copy.vault)]) {
        const to = link?.to;
        if (to === undefined || !isOfSameAccount(inventory, to, plan)) continue;
        const there = byVault.get(to) ?? new Set();
        for (const role of roles) there.add(role);
        byVault.set(to, there);
      }
  }
  return byVault;
}

function isOfSameAccount(inventory: Inventory, vault: string, plan: PlanItem): boolean {
  return inventory.byId.get(vault)?.place.account === plan.place.account;
}
