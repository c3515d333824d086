import type { Inventory } from '../../inventory/inventory';
import { ruleLabel } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { showText } from '../../template/evaluation/text';
import { isUnknown, known } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import { bucketVersioningProblems } from '../../values/resource-type/bucket-laws';
import {
  airGappedEncryptionProblems,
  authenticationModeProblems,
  MAX_RECOVERY_POINT_TAGS,
  sharedTagProblems,
  unsupportedKindProblems,
} from '../../values/settings/prerequisite-laws';

/** What AWS Backup requires of a bucket. `plan` is such as "plan `gold`". */
export function versioningProblems({ bucket }: ResourceItem, plan: string): Problem[] {
  return !bucket || isUnknown(bucket.versioned) ? [] : bucketVersioningProblems(bucket.versioned, plan);
}

/** Kinds of databases and file systems that AWS Backup doesn't back up. */
export function kindProblems({ database, fileSystem }: ResourceItem, plan: string): Problem[] {
  const isLustre = fileSystem?.kind === 'LUSTRE';
  const kinds = {
    engine: known(database?.engine),
    ontapVolume: known(fileSystem?.ontapType),
    lustre: isLustre ? known(fileSystem.deploymentType) : undefined,
    lustreLink: fileSystem?.linkedTo === undefined ? undefined : showText(fileSystem.linkedTo),
  };
  return unsupportedKindProblems(kinds, plan);
}

/** How AWS Backup gets into an EKS cluster. */
export function accessProblems({ cluster }: ResourceItem, plan: string): Problem[] {
  const mode = cluster?.authenticationMode;
  return !cluster || isUnknown(mode) ? [] : authenticationModeProblems(mode, plan);
}

/** The tags of a resource, together with those that a rule adds to its recovery points. */
export function tagProblems({ tags }: ResourceItem, plan: PlanItem, rule: RuleItem): Problem[] {
  const { recoveryPointTags } = rule;
  if (tags.items.length + recoveryPointTags.items.length <= MAX_RECOVERY_POINT_TAGS) return [];
  const keys = [...tags.items, ...recoveryPointTags.items].flatMap(({ key }) => known(key) ?? []);
  return sharedTagProblems(keys, ruleLabel(plan, rule));
}

/** Clusters that a rule sends to a logically air-gapped vault, directly or as a copy. */
export function clusterEncryptionProblems(
  inventory: Inventory,
  { resourceType, encryption }: ResourceItem,
  plan: PlanItem,
  rule: RuleItem,
): Problem[] {
  const encrypted = encryption?.enabled;
  if (isUnknown(encrypted) || isUnknown(resourceType)) return [];
  const isSent =
    rule.airGappedVault !== undefined ||
    rule.copies.items.some(({ vault }) => linkedVault(inventory, vault)?.kind === 'air-gapped');
  return isSent ? airGappedEncryptionProblems(resourceType, encrypted, ruleLabel(plan, rule)) : [];
}
