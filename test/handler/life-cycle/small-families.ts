import { onDemandBackup } from '../../../src/handler/plan/on-demand-backup';
import { serviceLinkedRole } from '../../../src/handler/settings/service-linked-role';
import { legalHold } from '../../../src/handler/vault/legal-hold';
import { restoreAccessVault } from '../../../src/handler/vault/restore-access-vault';
import { FakeAccess, FakeHolds } from '../support/fake-approvals';
import { FakeJobs } from '../support/fake-jobs';
import { awsError } from '../support/requests';
import type { Family, Scene } from './family';
import type { Invocation } from './invocation';
import type { Stack } from './stack';

/** Legal holds beside one that a person made. */
class HoldScene implements Scene {
  private readonly holds = new FakeHolds();

  constructor() {
    this.holds.active.add('hold-foreign');
  }

  operationFor(invocation: Invocation) {
    return legalHold(invocation.wrap(this.holds.client));
  }

  propertiesOf(choice: number) {
    // some updates change nothing about the hold
    return {
      title: `case ${choice % 2}`,
      description: 'd',
      vaultNames: ['gold'],
      ServiceTimeout: `${900 + (choice >> 1)}`,
    };
  }

  byHand(): void {}

  problems(certain: readonly Stack[]): string[] {
    const problems = this.holds.active.has('hold-foreign') ? [] : ['a hold of somebody else is canceled'];
    const owned = certain.flatMap((stack) =>
      [...stack.resources.values()].map(({ physicalId }) => physicalId),
    );
    for (const id of owned)
      if (!this.holds.active.has(id.replace('legal-hold:', ''))) problems.push(`${id} is not in force`);
    return problems;
  }

  /** Rather one hold too many than one too few: a creation whose answer was lost leaves one. */
  lastProblems(): string[] {
    return [];
  }
}

/** Restore access vaults: each belongs to the resource that requested it. */
class AccessScene implements Scene {
  private readonly access = new FakeAccess();

  operationFor(invocation: Invocation) {
    return restoreAccessVault(invocation.wrap(this.access.client));
  }

  propertiesOf(choice: number) {
    const vault = `v${choice % 2}`;
    return {
      sourceVaultArn: `arn:aws:backup:eu-west-1:111122223333:backup-vault:${vault}`,
      comment: `${choice}`,
    };
  }

  byHand(): void {}

  problems(certain: readonly Stack[]): string[] {
    const owned = certain.flatMap((stack) =>
      [...stack.resources.values()].map(({ physicalId }) => physicalId),
    );
    return owned.filter((arn) => !this.access.active.has(arn)).map((arn) => `${arn} was revoked`);
  }

  lastProblems(): string[] {
    return [];
  }
}

/** Backups in deployments. */
class JobScene implements Scene {
  readonly functionTimeout = 900_000;
  private readonly jobs: FakeJobs;

  constructor(now: () => number) {
    this.jobs = new FakeJobs(now, undefined, 2);
  }

  operationFor(invocation: Invocation) {
    const { startBackupJob, describeBackupJob } = this.jobs;
    return onDemandBackup(invocation.wrap({ startBackupJob, describeBackupJob }));
  }

  propertiesOf(choice: number) {
    return {
      vaultName: 'v',
      resourceArn: 'arn:aws:s3:::b',
      roleArn: 'r',
      deleteAfterDays: '7',
      trigger: `${choice % 3}`,
    };
  }

  byHand(): void {}

  problems(certain: readonly Stack[]): string[] {
    const ids = certain.flatMap((stack) => [...stack.resources.values()].map(({ physicalId }) => physicalId));
    return ids.filter((id) => !id.startsWith('backup-job:job-')).map((id) => `${id} is no backup`);
  }

  lastProblems(): string[] {
    return [];
  }
}

/** A role that stays. */
class RoleScene implements Scene {
  private isThere = false;

  operationFor(invocation: Invocation) {
    const Role = { Arn: 'arn:role' } as never;
    return serviceLinkedRole(
      invocation.wrap({
        getRole: async () => {
          if (!this.isThere) throw awsError('NoSuchEntityException');
          return { Role };
        },
        createServiceLinkedRole: async () => {
          if (this.isThere) throw awsError('InvalidInput', 'has been taken');
          this.isThere = true;
          return { Role };
        },
      }),
    );
  }

  propertiesOf(choice: number) {
    return { serviceName: 'backup.amazonaws.com', roleName: 'r', choice: `${choice}` };
  }

  byHand(): void {}

  problems(certain: readonly Stack[]): string[] {
    return certain.some((stack) => stack.resources.size > 0) && !this.isThere ? ['there is no role'] : [];
  }

  lastProblems(): string[] {
    return [];
  }
}

export const SMALL_FAMILIES: readonly Family[] = [
  { name: 'Custom::BackupLegalHold', histories: 1_500, begin: () => new HoldScene() },
  { name: 'Custom::BackupRestoreAccessVault', histories: 1_000, begin: () => new AccessScene() },
  { name: 'Custom::OnDemandBackup', histories: 500, begin: ({ now }) => new JobScene(now) },
  { name: 'Custom::BackupServiceLinkedRole', histories: 500, begin: () => new RoleScene() },
];
