import type { PolicyCopyAction, PolicyLifecycle, PolicyPlan, PolicyRule, PolicyTag } from './policy-document';
import { lockPlan } from './policy-lock';
import { policySelections } from './policy-selections';
import type { PolicyCopySource, PolicyPlanSource, PolicyRuleSource } from './policy-sources';

const REGION = '$region';

/** The partition whose ARNs a policy has. */
export type PolicyPartition = 'aws' | 'aws-cn' | 'aws-us-gov';

/**
 * A plan as a backup policy says it: one plan for all Regions, or one per Region, with the Region after its name,
 * where `$region` stands in the name of a vault or in the ARN of a copy.
 */
export function policyPlans(source: PolicyPlanSource, partition: PolicyPartition): [string, PolicyPlan][] {
  if (!needsRegions(source)) return [[source.name, policyPlan(source, source.regions, undefined, partition)]];
  return source.regions.map((region) => [
    `${source.name}-${region}`,
    policyPlan(source, [region], region, partition),
  ]);
}

/** Whether names force one plan per Region. */
export function needsRegions({ vaultName, rules }: PolicyPlanSource): boolean {
  const names = rules.flatMap((rule) => [
    vaultOf(rule, vaultName),
    ...rule.copies.map(({ destinationVaultArn }) => destinationVaultArn),
  ]);
  return names.some((name) => name?.includes(REGION));
}

/** The vault of a rule. */
export function vaultOf(rule: PolicyRuleSource, planVault: string | undefined): string | undefined {
  return rule.vault?.backupVaultRef.backupVaultName ?? planVault;
}

function policyPlan(
  source: PolicyPlanSource,
  regions: readonly string[],
  region: string | undefined,
  partition: PolicyPartition,
): PolicyPlan {
  const role = (name: string) => `arn:${partition}:iam::$account:role/${name}`;
  const inRegion = (text: string) => (region === undefined ? text : text.replaceAll(REGION, region));
  const rules = source.rules.map((rule): [string, PolicyRule] => [
    rule.name,
    policyRule(rule, source.vaultName, inRegion, partition),
  ]);
  const plan: PolicyPlan = {
    regions: { assign: regions },
    rules: { entries: new Map(rules) },
    selections: policySelections(
      source.selections,
      ({ roleName = source.roleName ?? '' }) => role(roleName),
      partition,
    ),
    ...advanced(source),
    ...(source.tags ? { backupPlanTags: { entries: tags(source.tags) } } : {}),
    ...(source.scanTypes
      ? {
          scanSettings: {
            guardduty: {
              resourceTypes: { assign: source.scanTypes.map(({ name }) => name) },
              ...(source.scannerRoleName === undefined
                ? {}
                : { scannerRoleArn: { assign: role(source.scannerRoleName) } }),
            },
          },
        }
      : {}),
  };
  return source.locked ? lockPlan(plan) : plan;
}

function advanced({ windowsVss, s3BackupAcls, s3BackupObjectTags }: PolicyPlanSource) {
  const setting = (on: boolean) => ({ assign: on ? 'enabled' : 'disabled' });
  const ec2 = windowsVss === undefined ? {} : { ec2: { windowsVss: setting(windowsVss) } };
  const objects = {
    ...(s3BackupAcls === undefined ? {} : { backupAcls: setting(s3BackupAcls) }),
    ...(s3BackupObjectTags === undefined ? {} : { backupObjectTags: setting(s3BackupObjectTags) }),
  };
  const settings = { ...ec2, ...(Object.keys(objects).length > 0 ? { s3: objects } : {}) };
  return Object.keys(settings).length > 0 ? { advancedBackupSettings: settings } : {};
}

function policyRule(
  rule: PolicyRuleSource,
  planVault: string | undefined,
  inRegion: (text: string) => string,
  partition: PolicyPartition,
): PolicyRule {
  const airGapped = rule.airGappedVault?.logicallyAirGappedBackupVaultRef.backupVaultName;
  const copies = rule.copies.map((copy): [string, PolicyCopyAction] => {
    const arn = inRegion(copy.destinationVaultArn);
    return [arn, { targetBackupVaultArn: { assign: arn }, ...lifecycle(copy) }];
  });
  return {
    scheduleExpression: { assign: rule.schedule.expressionString },
    targetBackupVaultName: { assign: inRegion(vaultOf(rule, planVault) ?? '') },
    ...(airGapped === undefined
      ? {}
      : {
          targetLogicallyAirGappedBackupVaultArn: {
            assign: `arn:${partition}:backup:$region:$account:backup-vault:${airGapped}`,
          },
        }),
    ...(rule.startWindowMinutes === undefined
      ? {}
      : { startBackupWindowMinutes: { assign: rule.startWindowMinutes } }),
    ...(rule.completionWindowMinutes === undefined
      ? {}
      : { completeBackupWindowMinutes: { assign: rule.completionWindowMinutes } }),
    ...(rule.isContinuous ? { enableContinuousBackup: { assign: true } } : {}),
    ...lifecycle(rule),
    ...(copies.length > 0 ? { copyActions: { entries: new Map(copies) } } : {}),
    ...(rule.recoveryPointTags ? { recoveryPointTags: { entries: tags(rule.recoveryPointTags) } } : {}),
    ...(rule.index ? { indexActions: { resourceTypes: { assign: [rule.index.name] } } } : {}),
    ...(rule.scan === undefined ? {} : { scanActions: { guardduty: { scanMode: { assign: rule.scan } } } }),
  };
}

function lifecycle(owner: PolicyRuleSource | PolicyCopySource): { lifecycle?: PolicyLifecycle } {
  const { coldStorageAfterDays: cold, archive } = owner;
  const kept = owner.retention.inDays;
  if (cold === undefined && kept === undefined) return {};
  return {
    lifecycle: {
      ...(cold === undefined ? {} : { moveToColdStorageAfterDays: { assign: cold } }),
      ...(kept === undefined ? {} : { deleteAfterDays: { assign: kept } }),
      ...(archive ? { optInToArchiveForSupportedResources: { assign: true } } : {}),
    },
  };
}

function tags(of: { readonly [key: string]: string }): Map<string, PolicyTag> {
  return new Map(
    Object.entries(of).map(([key, value]) => [key, { tagKey: { assign: key }, tagValue: { assign: value } }]),
  );
}
