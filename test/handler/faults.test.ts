import { onDemandBackup } from '../../src/handler/plan/on-demand-backup';
import { planS3Settings } from '../../src/handler/plan/plan-s3-settings';
import { globalSettings } from '../../src/handler/settings/global-settings';
import {
  delegatedAdministrator,
  organizationSettings,
} from '../../src/handler/settings/organization-settings';
import { regionSettings } from '../../src/handler/settings/region-settings';
import { serviceLinkedRole } from '../../src/handler/settings/service-linked-role';
import { approvalTeam } from '../../src/handler/vault/approval-team';
import { legalHold } from '../../src/handler/vault/legal-hold';
import { restoreAccessVault } from '../../src/handler/vault/restore-access-vault';
import type { VaultSettingsClient } from '../../src/handler/vault/vault-calls';
import { vaultContents } from '../../src/handler/vault/vault-contents';
import { vaultSettings } from '../../src/handler/vault/vault-settings';
import {
  CLAIM_ACTIONS,
  HANDLER_ACTIONS,
  type HandlerType,
} from '../../src/resources/provider/handler-actions';
import { FakeAccess, FakeHolds, FakePlan, FakeTeamVault } from './support/fake-approvals';
import { FakeJobs } from './support/fake-jobs';
import { FakeOrganization } from './support/fake-organization';
import { FakeContents, FakeVault } from './support/fake-vault';
import { FakeParameters, FakeRegion } from './support/fakes';
import { awsError } from './support/requests';
import { everyFault, play, type Story } from './support/story';

jest.setTimeout(600_000);

const CONTENTS = {
  vaultName: 'gold',
  tag: 'tag',
  vaultLogicalId: 'Vault',
  deletionPolicy: 'Delete',
  updateReplacePolicy: 'Delete',
};
const NOTIFICATIONS = { topicArn: 'arn:aws:sns:::t', events: ['COPY_JOB_FAILED'] };

/** What each type of custom resource does in a life, with all that it calls. */
const STORIES: Readonly<Record<string, Story>> = {
  'Custom::BackupRegionSettings': {
    begin(faults) {
      const region = new FakeRegion({ S3: false, EBS: true, RDS: false, EFS: true }, { EFS: true }, faults);
      const parameters = new FakeParameters(faults);
      return {
        operation: regionSettings(region, { parameters }),
        look: () => ({ ...region.optIn, left: parameters.claims }),
      };
    },
    always: (seen) => expect(seen).toMatchObject({ EFS: true }), // never named
    steps: [
      ['Create', 'A', { optIn: { S3: 'true', EBS: 'false' } }],
      ['Create', 'B', { optIn: { S3: 'true' } }],
      ['Update', 'A', { optIn: { EBS: 'false', RDS: 'true' } }],
      ['Delete', 'A', { optIn: { EBS: 'false', RDS: 'true' } }],
      ['Delete', 'B', { optIn: { S3: 'true' } }],
    ],
  },
  'Custom::BackupGlobalSettings': {
    begin(faults) {
      const flags: Record<string, string> = { isCrossAccountBackupEnabled: 'false', isMpaEnabled: 'true' };
      const parameters = new FakeParameters(faults);
      const client = {
        describeGlobalSettings: () =>
          faults.around('backup:DescribeGlobalSettings', () => ({ GlobalSettings: flags })),
        updateGlobalSettings: (input: { GlobalSettings?: Record<string, string> }) =>
          faults.around('backup:UpdateGlobalSettings', () => void Object.assign(flags, input.GlobalSettings)),
      };
      return { operation: globalSettings(client, { parameters }), look: () => ({ ...flags }) };
    },
    always: (seen) => expect(seen).toMatchObject({ isMpaEnabled: 'true' }),
    steps: [
      ['Create', 'A', { flags: { isCrossAccountBackupEnabled: 'true' } }],
      ['Delete', 'A', { flags: { isCrossAccountBackupEnabled: 'true' } }],
    ],
  },
  'Custom::BackupOrganizationSettings': {
    begin(faults) {
      const organization = new FakeOrganization(faults);
      organization.services.add('ram.amazonaws.com');
      organization.policyTypes.set('TAG_POLICY', 'ENABLED');
      const parameters = new FakeParameters(faults);
      return {
        operation: organizationSettings(organization.client, { parameters }),
        look: () => ({ ...organization.shown(), left: parameters.claims }),
      };
    },
    // what was on before, and never named
    always: (seen) =>
      expect(seen).toMatchObject({
        services: expect.arrayContaining(['ram.amazonaws.com']),
        policyTypes: expect.arrayContaining(['TAG_POLICY']),
      }),
    steps: [
      ['Create', 'A', organization({ BACKUP_POLICY: 'true', TAG_POLICY: 'true' })],
      ['Create', 'B', organization({ BACKUP_POLICY: 'true' })],
      ['Update', 'A', organization({ SERVICE_CONTROL_POLICY: 'true' })],
      ['Delete', 'A', organization({ SERVICE_CONTROL_POLICY: 'true' })],
      ['Delete', 'B', organization({ BACKUP_POLICY: 'true' })],
    ],
  },
  'Custom::BackupDelegatedAdministrator': {
    begin(faults) {
      const organization = new FakeOrganization(faults);
      organization.administrators.add('111111111111');
      const parameters = new FakeParameters(faults);
      return {
        operation: delegatedAdministrator(organization.administratorClient, { parameters }),
        look: () => ({ ...organization.shown(), left: parameters.claims }),
      };
    },
    always: (seen) =>
      expect(seen).toMatchObject({ administrators: expect.arrayContaining(['111111111111']) }),
    steps: [
      ['Create', 'A', { administrators: { 222222222222: 'true' } }],
      ['Create', 'B', { administrators: { 111111111111: 'true' } }],
      ['Update', 'A', { administrators: { 333333333333: 'true' } }],
      ['Delete', 'A', { administrators: { 333333333333: 'true' } }],
      ['Delete', 'B', { administrators: { 111111111111: 'true' } }],
    ],
  },
  'Custom::BackupServiceLinkedRole': {
    begin(faults) {
      const roles = new Set<string>();
      const Role = { Arn: 'arn:aws:iam::111122223333:role/r' } as never;
      const client = {
        getRole: () =>
          faults.around('iam:GetRole', () => {
            if (roles.size === 0) throw awsError('NoSuchEntityException');
            return { Role };
          }),
        createServiceLinkedRole: () =>
          faults.around('iam:CreateServiceLinkedRole', () => {
            if (roles.size > 0) throw awsError('InvalidInput', 'has been taken in this account');
            roles.add('r');
            return { Role };
          }),
      };
      return { operation: serviceLinkedRole(client), look: () => [...roles] };
    },
    steps: [
      ['Create', 'A', { serviceName: 'backup.amazonaws.com', roleName: 'r' }],
      ['Create', 'B', { serviceName: 'backup.amazonaws.com', roleName: 'r' }],
      ['Delete', 'A', { serviceName: 'backup.amazonaws.com', roleName: 'r' }],
    ],
  },
  'Custom::BackupVaultContents': {
    begin(faults, now) {
      const vault = new FakeContents(faults, now).fill('arn:1', 'arn:2', 'arn:3', 'arn:4');
      vault.tags.tag = '1a2b3c-A';
      vault.points.set('arn:nested', { status: 'COMPLETED', parent: 'arn:4' });
      vault.fill('arn:aws:backup:::recovery-point:continuous:rds-1');
      return {
        operation: vaultContents(vault.contentsClient, vault.stackClient),
        look() {
          // it goes with its contents, at the end of the story
          if (vault.points.size === 0) vault.isThere = false;
          return [...vault.points.keys()].sort();
        },
      };
    },
    steps: [
      ['Create', 'A', CONTENTS],
      ['Delete', 'A', CONTENTS],
      ['Delete', 'A', CONTENTS],
    ],
  },
  'Custom::BackupVaultSettings': {
    begin(faults, now) {
      const [vault, plain] = [new FakeVault(faults, now), new FakeVault(faults, now)];
      Object.assign(vault, { lock: { min: 1 }, policy: '{"Id":"theirs"}' });
      const client = new Proxy(vault.client, {
        get: (_, call: keyof VaultSettingsClient) => (input: never) =>
          ((input as { BackupVaultName?: string }).BackupVaultName === 'plain' ? plain : vault).client[call](
            input,
          ),
      });
      const parameters = new FakeParameters(faults);
      const show = ({ lock, policy, topic }: FakeVault) =>
        structuredClone({ lock, policy, topic: topic?.arn });
      return {
        operation: vaultSettings(client, parameters),
        look: () => ({ vault: show(vault), plain: show(plain) }),
      };
    },
    // a lock and a policy were there before: never none
    always: (seen) => expect(seen).toMatchObject({ vault: { lock: {}, policy: expect.any(String) } }),
    steps: [
      ['Create', 'A', { vaultName: 'gold', lock: { minRetentionDays: '7' }, notifications: NOTIFICATIONS }],
      ['Update', 'A', { vaultName: 'gold', accessPolicy: { Id: 'ours' }, notifications: NOTIFICATIONS }],
      ['Delete', 'A', { vaultName: 'gold', accessPolicy: { Id: 'ours' }, notifications: NOTIFICATIONS }],
      ['Create', 'B', { vaultName: 'plain', lock: { minRetentionDays: '2' }, accessPolicy: { Id: 'ours' } }],
      ['Delete', 'B', { vaultName: 'plain', lock: { minRetentionDays: '2' }, accessPolicy: { Id: 'ours' } }],
      ['Delete', 'C', { vaultName: 'gone', lock: { minRetentionDays: '2' } }],
    ],
  },
  'Custom::BackupApprovalTeam': {
    begin(faults) {
      const vault = new FakeTeamVault(faults);
      return {
        operation: approvalTeam(vault.teamClient, new FakeParameters(faults)),
        look: () => ({ team: vault.team }),
      };
    },
    steps: [
      ['Create', 'A', { vaultName: 'gold', teamArn: 'arn:a' }],
      ['Update', 'A', { vaultName: 'gold', teamArn: 'arn:b' }],
      ['Delete', 'A', { vaultName: 'gold', teamArn: 'arn:b' }],
      ['Delete', 'B', { vaultName: 'gone', teamArn: 'arn:b' }],
    ],
  },
  'Custom::BackupLegalHold': {
    begin(faults) {
      const holds = new FakeHolds(faults);
      holds.forgetsTags = true;
      // a hold that was made before its response was lost for good stays: rather one too many than one too few
      return { operation: legalHold(holds.client), look: () => ({ isHeld: holds.byToken.size > 0 }) };
    },
    steps: [
      ['Create', 'A', { title: 'a', description: 'a', vaultNames: ['v'] }],
      // the first hold is one of an earlier version, without a mark
      ['Update', 'A', { title: 'a', description: 'a', vaultNames: ['v'] }],
      ['Update', 'A', { title: 'b', description: 'a', vaultNames: ['v'] }],
      ['Delete', 'A', { title: 'b', description: 'a', vaultNames: ['v'] }],
    ],
  },
  'Custom::BackupPlanS3Settings': {
    begin(faults) {
      const plan = new FakePlan(faults);
      return {
        operation: planS3Settings(plan.client, new FakeParameters(faults)),
        look: () => structuredClone(plan.plan),
      };
    },
    // what was on before
    always: (seen) => expect(JSON.stringify(seen)).toContain('"WindowsVSS":"enabled"'),
    steps: [
      ['Create', 'A', { planId: 'p', options: { BackupACLs: 'disabled' } }],
      ['Update', 'A', { planId: 'p', options: { BackupACLs: 'enabled', BackupObjectTags: 'disabled' } }],
      ['Delete', 'A', { planId: 'p', options: { BackupACLs: 'enabled', BackupObjectTags: 'disabled' } }],
    ],
  },
  'Custom::BackupRestoreAccessVault': {
    begin(faults) {
      const access = new FakeAccess(faults);
      return {
        operation: restoreAccessVault(access.client),
        look: () => ({ isAsked: access.byToken.size > 0, isRevoked: access.revoked.length > 0 }),
      };
    },
    steps: [
      ['Create', 'A', { sourceVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:v' }],
      ['Update', 'A', { sourceVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:w' }],
      ['Delete', 'A', { sourceVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:w' }],
    ],
  },
  'Custom::OnDemandBackup': {
    begin(faults, now) {
      const jobs = new FakeJobs(now, faults);
      return {
        operation: onDemandBackup(jobs),
        // a request that failed and is told again is another deployment, with a job of its own
        look: () => ({ isBackedUp: jobs.byToken.size > 0, isVault: jobs.inputs.length > 0 }),
      };
    },
    steps: [
      ['Create', 'A', backup('1')],
      ['Update', 'A', backup('2')],
      ['Update', 'A', { ...backup('2'), deleteAfterDays: '8' }],
      ['Delete', 'A', backup('2')],
    ],
  },
};

function organization(policyTypes: Record<string, string>) {
  return { services: { 'backup.amazonaws.com': 'true' }, policyTypes };
}

function backup(trigger: string): Record<string, string> {
  return { vaultName: 'v', resourceArn: 'arn:aws:s3:::b', roleArn: 'r', deleteAfterDays: '7', trigger };
}

describe('every call fails in turn, in every way, and is told again', () => {
  let tried = 0;
  test.each(Object.entries(STORIES))('%s ends in the same state', async (_, story) => {
    tried += await everyFault(story);
  });

  test('as many faults as were tried', () => {
    expect(tried).toBeGreaterThan(2_528);
  });
});

describe('what is called in such a life', () => {
  test.each(Object.entries(STORIES))('%s: is what the role of its function allows', async (type, story) => {
    const { names } = await play(story);
    const claims = names.some((name) => name.startsWith('ssm:')) ? CLAIM_ACTIONS : [];
    expect([...new Set(names)].sort()).toEqual([...HANDLER_ACTIONS[type as HandlerType], ...claims].sort());
  });

  test('is told for every type of custom resource', () => {
    expect(Object.keys(STORIES).sort()).toEqual(Object.keys(HANDLER_ACTIONS).sort());
  });
});
