import { accessPointChecks } from './access-points';
import { airGappedVaultChecks } from './air-gapped-vaults';
import { auditPlanChecks } from './audit-plans';
import { bucketChecks } from './buckets';
import { capabilityChecks } from './capabilities';
import type { Check } from './check';
import { continuousChecks } from './continuous';
import { copyChecks } from './copies';
import { copyKeyChecks } from './copy-keys';
import { copyMachineChecks } from './copy-machines';
import { crowdChecks } from './crowds';
import { databaseChecks } from './databases';
import { doubledChecks } from './doubled';
import { duplicateChecks } from './duplicates';
import { frameworkChecks } from './frameworks';
import { hypervisorChecks } from './hypervisors';
import { keyPathChecks } from './key-paths';
import { legalHoldChecks } from './legal-holds';
import { lifecycleChecks } from './lifecycles';
import { nameChecks } from './names';
import { notificationChecks } from './notifications';
import { optInChecks } from './opt-ins';
import { optOutChecks } from './opt-outs';
import { overlapChecks } from './overlaps';
import { placeQuotaChecks } from './place-quotas';
import { planSettingChecks } from './plan-settings';
import { policyBaselineChecks } from './policy-baselines';
import { policyDocumentChecks } from './policy-documents';
import { policyPeerChecks } from './policy-peers';
import { prerequisiteChecks } from './prerequisites';
import { readingChecks } from './reading';
import { regionChecks } from './regions';
import { reportChecks } from './reports';
import { restoreTestWindowChecks } from './restore-test-windows';
import { restoreTestingChecks } from './restore-testing';
import { retentionChecks } from './retentions';
import { roleChecks } from './roles';
import { scanChecks } from './scans';
import { scheduleChecks } from './schedules';
import { selectedArnChecks } from './selected-arns';
import { selectionMatchChecks } from './selection-matches';
import { selectionChecks } from './selections';
import { tieringChecks } from './tiering';
import { vaultKeyChecks } from './vault-keys';
import { vaultLifeChecks } from './vault-lives';
import { vaultLockChecks } from './vault-locks';
import { vaultPolicyChecks } from './vault-policies';
import { vaultTargetChecks } from './vault-targets';

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
