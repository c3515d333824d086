import {
  AssociateBackupVaultMpaApprovalTeamCommand,
  BackupClient,
  CancelLegalHoldCommand,
  CreateLegalHoldCommand,
  CreateRestoreAccessBackupVaultCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DeleteBackupVaultNotificationsCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupJobCommand,
  DescribeBackupVaultCommand,
  DescribeGlobalSettingsCommand,
  DescribeRegionSettingsCommand,
  DisassociateBackupVaultMpaApprovalTeamCommand,
  DisassociateRecoveryPointCommand,
  DisassociateRecoveryPointFromParentCommand,
  GetBackupPlanCommand,
  GetBackupVaultAccessPolicyCommand,
  GetBackupVaultNotificationsCommand,
  GetLegalHoldCommand,
  ListBackupPlanVersionsCommand,
  ListBackupVaultsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListTagsCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  PutBackupVaultNotificationsCommand,
  RevokeRestoreAccessBackupVaultCommand,
  StartBackupJobCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateBackupPlanCommand,
  UpdateGlobalSettingsCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateServiceLinkedRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  DisablePolicyTypeCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListRootsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  DeleteParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { answer, type LambdaContext, type Operation } from './core/answer';
import { homeRegion } from './core/home-region';
import type { StackResourceClient } from './core/late-delivery';
import type { ParameterClient } from './core/parameters';
import { LAMBDA_RUNTIME } from './core/runtime';
import { onDemandBackup } from './plan/on-demand-backup';
import { planS3Settings } from './plan/plan-s3-settings';
import { globalSettings } from './settings/global-settings';
import { delegatedAdministrator, organizationSettings } from './settings/organization-settings';
import { regionSettings } from './settings/region-settings';
import { serviceLinkedRole } from './settings/service-linked-role';
import { approvalTeam } from './vault/approval-team';
import { legalHold } from './vault/legal-hold';
import { restoreAccessVault } from './vault/restore-access-vault';
import { vaultContents } from './vault/vault-contents';
import type { StackClient } from './vault/vault-removal';
import type { TagClient } from './vault/vault-seal';
import { vaultSettings } from './vault/vault-settings';
import type { VaultClient } from './vault/vaults';

/** No call hangs, and each is tried once: the handler retries by itself and knows how much time is left. */
const CLIENT = { maxAttempts: 1, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } };

const backup = new BackupClient(CLIENT);
const cloudFormation = new CloudFormationClient(CLIENT);
const iam = new IAMClient(CLIENT);
const organizations = new OrganizationsClient(CLIENT);

const region = process.env.AWS_REGION ?? '';
const parameters = parametersIn(region);
/** The settings of an organization are the same in all Regions, and so are the claims on them. */
const home = homeRegion(region);
const organizationLedger =
  home === region ? { parameters } : { parameters: parametersIn(home), legacy: parameters };

function parametersIn(region: string): ParameterClient {
  const ssm = new SSMClient({ ...CLIENT, ...(region && { region }) });
  return {
    getParametersByPath: (input) => ssm.send(new GetParametersByPathCommand(input)),
    putParameter: (input) => ssm.send(new PutParameterCommand(input)),
    deleteParameter: (input) => ssm.send(new DeleteParameterCommand(input)),
  };
}

const vaults: VaultClient = {
  describeBackupVault: (input) => backup.send(new DescribeBackupVaultCommand(input)),
  listBackupVaults: (input) => backup.send(new ListBackupVaultsCommand(input)),
};
const tags: TagClient = {
  listTags: (input) => backup.send(new ListTagsCommand(input)),
  tagResource: (input) => backup.send(new TagResourceCommand(input)),
  untagResource: (input) => backup.send(new UntagResourceCommand(input)),
};
const stacks: StackClient & StackResourceClient = {
  describeStackResource: (input) => cloudFormation.send(new DescribeStackResourceCommand(input)),
  describeStacks: (input) => cloudFormation.send(new DescribeStacksCommand(input)),
  getTemplate: (input) => cloudFormation.send(new GetTemplateCommand(input)),
};

/** Every custom resource of this library, by its type. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'Custom::BackupRegionSettings': regionSettings(
    {
      describeRegionSettings: () => backup.send(new DescribeRegionSettingsCommand({})),
      updateRegionSettings: (input) => backup.send(new UpdateRegionSettingsCommand(input)),
    },
    { parameters },
  ),
  'Custom::BackupGlobalSettings': globalSettings(
    {
      describeGlobalSettings: () => backup.send(new DescribeGlobalSettingsCommand({})),
      updateGlobalSettings: (input) => backup.send(new UpdateGlobalSettingsCommand(input)),
    },
    organizationLedger,
  ),
  'Custom::BackupOrganizationSettings': organizationSettings(
    {
      listServiceAccess: (input) => organizations.send(new ListAWSServiceAccessForOrganizationCommand(input)),
      enableServiceAccess: (input) => organizations.send(new EnableAWSServiceAccessCommand(input)),
      disableServiceAccess: (input) => organizations.send(new DisableAWSServiceAccessCommand(input)),
      listRoots: (input) => organizations.send(new ListRootsCommand(input)),
      enablePolicyType: (input) => organizations.send(new EnablePolicyTypeCommand(input)),
      disablePolicyType: (input) => organizations.send(new DisablePolicyTypeCommand(input)),
    },
    organizationLedger,
  ),
  'Custom::BackupDelegatedAdministrator': delegatedAdministrator(
    {
      listDelegatedAdministrators: (input) =>
        organizations.send(new ListDelegatedAdministratorsCommand(input)),
      register: (input) => organizations.send(new RegisterDelegatedAdministratorCommand(input)),
      deregister: (input) => organizations.send(new DeregisterDelegatedAdministratorCommand(input)),
    },
    organizationLedger,
  ),
  'Custom::BackupServiceLinkedRole': serviceLinkedRole({
    getRole: (input) => iam.send(new GetRoleCommand(input)),
    createServiceLinkedRole: (input) => iam.send(new CreateServiceLinkedRoleCommand(input)),
  }),
  'Custom::BackupVaultContents': vaultContents(
    {
      ...vaults,
      listTags: tags.listTags,
      listRecoveryPoints: (input) => backup.send(new ListRecoveryPointsByBackupVaultCommand(input)),
      deleteRecoveryPoint: (input) => backup.send(new DeleteRecoveryPointCommand(input)),
      disassociateRecoveryPoint: (input) => backup.send(new DisassociateRecoveryPointCommand(input)),
      disassociateFromParent: (input) => backup.send(new DisassociateRecoveryPointFromParentCommand(input)),
    },
    stacks,
  ),
  'Custom::BackupVaultSettings': vaultSettings(
    {
      ...vaults,
      ...tags,
      putLock: (input) => backup.send(new PutBackupVaultLockConfigurationCommand(input)),
      deleteLock: (input) => backup.send(new DeleteBackupVaultLockConfigurationCommand(input)),
      getPolicy: (input) => backup.send(new GetBackupVaultAccessPolicyCommand(input)),
      putPolicy: (input) => backup.send(new PutBackupVaultAccessPolicyCommand(input)),
      deletePolicy: (input) => backup.send(new DeleteBackupVaultAccessPolicyCommand(input)),
      getNotifications: (input) => backup.send(new GetBackupVaultNotificationsCommand(input)),
      putNotifications: (input) => backup.send(new PutBackupVaultNotificationsCommand(input)),
      deleteNotifications: (input) => backup.send(new DeleteBackupVaultNotificationsCommand(input)),
    },
    parameters,
  ),
  'Custom::BackupApprovalTeam': approvalTeam(
    {
      ...vaults,
      associateTeam: (input) => backup.send(new AssociateBackupVaultMpaApprovalTeamCommand(input)),
      disassociateTeam: (input) => backup.send(new DisassociateBackupVaultMpaApprovalTeamCommand(input)),
    },
    parameters,
  ),
  'Custom::BackupLegalHold': legalHold({
    listTags: tags.listTags,
    tagResource: tags.tagResource,
    createLegalHold: (input) => backup.send(new CreateLegalHoldCommand(input)),
    getLegalHold: (input) => backup.send(new GetLegalHoldCommand(input)),
    cancelLegalHold: (input) => backup.send(new CancelLegalHoldCommand(input)),
  }),
  'Custom::BackupPlanS3Settings': planS3Settings(
    {
      getBackupPlan: (input) => backup.send(new GetBackupPlanCommand(input)),
      updateBackupPlan: (input) => backup.send(new UpdateBackupPlanCommand(input)),
      listBackupPlanVersions: (input) => backup.send(new ListBackupPlanVersionsCommand(input)),
    },
    parameters,
  ),
  'Custom::BackupRestoreAccessVault': restoreAccessVault({
    createRestoreAccess: (input) => backup.send(new CreateRestoreAccessBackupVaultCommand(input)),
    revokeRestoreAccess: (input) => backup.send(new RevokeRestoreAccessBackupVaultCommand(input)),
  }),
  'Custom::OnDemandBackup': onDemandBackup({
    startBackupJob: (input) => backup.send(new StartBackupJobCommand(input)),
    describeBackupJob: (input) => backup.send(new DescribeBackupJobCommand(input)),
  }),
};

/** The entry point for AWS Lambda. */
export async function handler(event: unknown, context: LambdaContext): Promise<void> {
  await answer(event, context, OPERATIONS, LAMBDA_RUNTIME, stacks);
}
