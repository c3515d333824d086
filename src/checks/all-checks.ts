import { auditPlanChecks } from './audit/audit-plans';
import { frameworkChecks } from './audit/frameworks';
import { reportChecks } from './audit/reports';
import { copyChecks } from './copy/copies';
import { copyKeyChecks } from './copy/copy-keys';
import { copyMachineChecks } from './copy/copy-machines';
import { keyPathChecks } from './copy/key-paths';
import type { Check } from './engine/check';
import { lifecycleChecks } from './facts/lifecycles';
import { vaultTargetChecks } from './facts/vault-targets';
import { hypervisorChecks } from './hypervisor/hypervisors';
import { policyBaselineChecks } from './organization/policy-baselines';
import { policyDocumentChecks } from './organization/policy-documents';
import { policyPeerChecks } from './organization/policy-peers';
import { capabilityChecks } from './plan/capabilities';
import { continuousChecks } from './plan/continuous';
import { overlapChecks } from './plan/overlaps';
import { planSettingChecks } from './plan/plan-settings';
import { retentionChecks } from './plan/retentions';
import { scanChecks } from './plan/scans';
import { scheduleChecks } from './plan/schedules';
import { bucketChecks } from './protected-resource/buckets';
import { crowdChecks } from './protected-resource/concurrency';
import { databaseChecks } from './protected-resource/databases';
import { doubledChecks } from './protected-resource/double-backups';
import { restoreTestWindowChecks } from './restore-testing/restore-test-windows';
import { restoreTestingChecks } from './restore-testing/restore-testing';
import { roleChecks } from './role/roles';
import { optOutChecks } from './selection/opt-outs';
import { selectedArnChecks } from './selection/selected-arns';
import { selectionMatchChecks } from './selection/selection-matches';
import { selectionChecks } from './selection/selections';
import { optInChecks } from './settings/opt-ins';
import { placeQuotaChecks } from './settings/place-quotas';
import { prerequisiteChecks } from './settings/prerequisites';
import { regionChecks } from './settings/regions';
import { duplicateChecks } from './template/duplicates';
import { nameChecks } from './template/names';
import { readingChecks } from './template/unreadable-input';
import { accessPointChecks } from './vault/access-points';
import { airGappedVaultChecks } from './vault/air-gapped-vaults';
import { legalHoldChecks } from './vault/legal-holds';
import { notificationChecks } from './vault/notifications';
import { tieringChecks } from './vault/tiering';
import { vaultKeyChecks } from './vault/vault-keys';
import { vaultLifeChecks } from './vault/vault-lives';
import { vaultLockChecks } from './vault/vault-locks';
import { vaultPolicyChecks } from './vault/vault-policies';

/** Every check, by subject. Their ids are public API: a test pins the list. */
export const ALL_CHECKS: readonly Check[] = [
  ...accessPointChecks,
  ...airGappedVaultChecks,
  ...auditPlanChecks,
  ...bucketChecks,
  ...capabilityChecks,
  ...continuousChecks,
  ...copyChecks,
  ...copyKeyChecks,
  ...copyMachineChecks,
  ...crowdChecks,
  ...databaseChecks,
  ...doubledChecks,
  ...duplicateChecks,
  ...frameworkChecks,
  ...keyPathChecks,
  ...hypervisorChecks,
  ...legalHoldChecks,
  ...lifecycleChecks,
  ...nameChecks,
  ...notificationChecks,
  ...optInChecks,
  ...optOutChecks,
  ...overlapChecks,
  ...placeQuotaChecks,
  ...planSettingChecks,
  ...policyBaselineChecks,
  ...policyDocumentChecks,
  ...policyPeerChecks,
  ...prerequisiteChecks,
  ...readingChecks,
  ...regionChecks,
  ...reportChecks,
  ...restoreTestingChecks,
  ...restoreTestWindowChecks,
  ...retentionChecks,
  ...roleChecks,
  ...scanChecks,
  ...scheduleChecks,
  ...selectedArnChecks,
  ...selectionChecks,
  ...selectionMatchChecks,
  ...tieringChecks,
  ...vaultKeyChecks,
  ...vaultLifeChecks,
  ...vaultLockChecks,
  ...vaultPolicyChecks,
  ...vaultTargetChecks,
];
