import type {
  PolicyCopyAction,
  PolicyLifecycle,
  PolicyPlan,
  PolicyRule,
  PolicyTag,
} from '../../policy/document/policy-document';
import { lockPlan } from '../../policy/document/policy-lock';
import type { BackupRule } from '../../resources/plan/backup-rule';
import type { CopyAction } from '../../resources/plan/copy-action';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';
import { DEFAULT_ROLE_NAME } from '../core/role-names';
import {
  airGappedVaultNameOf,
  destinationArnOf,
  needsPlanPerRegion,
  REGION_PLACEHOLDER,
  selectionsOf,
  vaultNameOf,
} from './plan-names';
import { policySelections } from './policy-selections';

/** The partitions whose ARNs AWS Organizations accepts in a backup policy. */
export const POLICY_PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;

/** The partition of the ARNs in a policy. */
export type PolicyPartition = (typeof POLICY_PARTITIONS)[number];

/**
 * A plan as a backup policy expresses it: one plan for all Regions, or one per Region, with the Region after its name,
 * where the name of a vault or the ARN of a copy contains `$region`.
 */
export function policyPlans(
  plan: OrganizationBackupPlanOptions,
  partition: PolicyPartition,
): [string, PolicyPlan][] {
  if (!needsPlanPerRegion(plan)) return [[plan.name, policyPlan(plan, plan.regions, undefined, partition)]];
  return plan.regions.map((region) => [
    `${plan.name}-${region}`,
    policyPlan(plan, [region], region, partition),
  ]);
}

/** @param region what replaces `$region`; undefined to leave it */
function policyPlan(
  plan: OrganizationBackupPlanOptions,
  regions: readonly string[],
  region: string | undefined,
  partition: PolicyPartition,
): PolicyPlan {
  const { roleName = DEFAULT_ROLE_NAME, planTags, scanTypes, scannerRoleName } = plan;
  const role = (name: string) => `arn:${partition}:iam::$account:role/${name}`;
  const inRegion = (text: string) =>
    region === undefined ? text : text.replaceAll(REGION_PLACEHOLDER, region);
  const rules = plan.rules.map((rule): [string, PolicyRule] => [
    rule.name,
    policyRule(rule, inRegion(vaultNameOf(rule, plan) ?? ''), inRegion, partition),
  ]);
  const rendered: PolicyPlan = {
    regions: { assign: regions },
    rules: { entries: new Map(rules) },
    selections: policySelections(selectionsOf(plan), role(roleName), partition),
    ...advancedSettings(plan),
    ...(planTags ? { backupPlanTags: { entries: tags(planTags) } } : {}),
    ...(scanTypes
      ? {
          scanSettings: {
            guardduty: {
              resourceTypes: { assign: scanTypes.map(({ name }) => name) },
              ...(scannerRoleName === undefined ? {} : { scannerRoleArn: { assign: role(scannerRoleName) } }),
            },
          },
        }
      : {}),
  };
  return plan.locked ? lockPlan(rendered) : rendered;
}

function advancedSettings({ windowsVss, s3BackupAcls, s3BackupObjectTags }: OrganizationBackupPlanOptions) {
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
  rule: BackupRule,
  vaultName: string,
  inRegion: (text: string) => string,
  partition: PolicyPartition,
): PolicyRule {
  const airGapped = airGappedVaultNameOf(rule);
  const copies = rule.copies.map((copy): [string, PolicyCopyAction] => {
    const arn = inRegion(destinationArnOf(copy));
    return [arn, { targetBackupVaultArn: { assign: arn }, ...lifecycle(copy) }];
  });
  return {
    scheduleExpression: { assign: rule.schedule.expressionString },
    targetBackupVaultName: { assign: vaultName },
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

function lifecycle(owner: BackupRule | CopyAction): { lifecycle?: PolicyLifecycle } {
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
