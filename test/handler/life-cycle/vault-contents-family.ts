import { vaultContents } from '../../../src/handler/vault/vault-contents';
import { awsError } from '../support/requests';
import type { Clock } from './clock';
import type { CloudFormation } from './cloud-formation';
import { Eventual, type Family, type Scene } from './family';
import type { Invocation } from './invocation';
import type { OtherResources, Stack, Template } from './stack';

const TAG = 'cdk-backup-constructs:contents';

interface Vault {
  readonly owner: Stack;
  readonly points: Map<string, { goneAt?: number }>;
  readonly tags: Eventual<Record<string, string>>;
  isLocked?: boolean;
}

interface Policies {
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
}

const BOTH: Policies = { deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' };
const POLICIES: readonly Policies[] = [
  BOTH,
  BOTH,
  { deletionPolicy: 'Delete', updateReplacePolicy: 'Retain' },
  { deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Delete' },
];

/** Vaults that stacks make, with recovery points, and the resource that empties them. */
export class ContentsScene implements Scene {
  readonly functionTimeout = 900_000;
  readonly vaults = new Map<string, Vault>();
  readonly wrong: string[] = [];
  private cloudFormation?: CloudFormation;
  private points = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  operationFor(invocation: Invocation, cloudFormation: CloudFormation) {
    this.cloudFormation = cloudFormation;
    return vaultContents(
      invocation.wrap(this.client) as never,
      cloudFormation.statusClient(invocation) as never,
    );
  }

  propertiesOf(choice: number) {
    // the name of the vault, and what becomes of it
    return {
      vaultName: `gold${choice % 2}`,
      tag: TAG,
      vaultLogicalId: 'Vault',
      ...POLICIES[(choice >> 1) % 4],
    };
  }

  /** A vault has the name that the resource says; without the resource, or of a template without it, there is none. */
  othersFor(stack: Stack, template: Template): OtherResources {
    const [[id, declared] = []] = Object.entries(template);
    const properties = declared?.properties as (Policies & { vaultName: string }) | undefined;
    const old = [...this.vaults].filter(([, vault]) => vault.owner === stack).map(([name]) => name);
    const oldPolicies = [...stack.resources.values()].at(0)?.properties as Policies | undefined;
    const name = properties && `${properties.vaultName}`;
    return {
      body: {
        Resources: properties
          ? {
              Vault: {
                Type: 'AWS::Backup::BackupVault',
                DeletionPolicy: properties.deletionPolicy,
                UpdateReplacePolicy: properties.updateReplacePolicy,
              },
            }
          : { Topic: { Type: 'AWS::SNS::Topic' } },
      },
      before: () => {
        if (name && id) this.provide(name, stack, id);
      },
      cleanUp: () => {
        let isGone = true;
        for (const each of old) {
          const vault = this.vaults.get(each);
          if (!vault || each === name || oldPolicies?.deletionPolicy !== 'Delete') continue;
          this.forget(vault);
          if (vault.points.size === 0) this.vaults.delete(each);
          else isGone = false;
        }
        return isGone;
      },
    };
  }

  private provide(name: string, owner: Stack, id: string): void {
    const mark = { [TAG]: `${owner.uuid}-${id}` };
    const known = this.vaults.get(name);
    if (known && known.owner === owner) known.tags.value = mark;
    if (known) return;
    const points = new Map(Array.from({ length: 3 }, () => [`arn:${++this.points}`, {}]));
    const tags = new Eventual<Record<string, string>>(this.clock, this.random, {});
    tags.value = mark;
    this.vaults.set(name, { owner, points, tags });
  }

  private forget({ points }: Vault): void {
    for (const [arn, { goneAt }] of points)
      if (goneAt !== undefined && goneAt <= this.clock.now()) points.delete(arn);
  }

  byHand(choice: number): void {
    for (const vault of this.vaults.values()) if (choice < 3) vault.points.set(`arn:${++this.points}`, {});
  }

  problems(): string[] {
    return this.wrong;
  }

  /** A person empties the vaults whose stack can't be deleted because they hold recovery points. */
  help(): void {
    for (const vault of this.vaults.values()) vault.points.clear();
  }

  lastProblems(): string[] {
    return this.wrong;
  }

  /** Whether the vault goes with its stack at this moment, and that was acknowledged. */
  private mayDelete(vault: Vault): string | undefined {
    const { owner } = vault;
    const isTheir = [...(this.cloudFormation?.stacks.values() ?? [])].includes(owner);
    if (!isTheir) return 'its stack is gone';
    const policies = [...owner.resources.values()].at(0)?.properties as Policies | undefined;
    if (policies?.deletionPolicy !== 'Delete' || policies.updateReplacePolicy !== 'Delete')
      return `its policies keep it: ${JSON.stringify(policies)}`;
    if (owner.status === 'DELETE_IN_PROGRESS') return undefined;
    if (owner.status !== 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') return `its stack is in ${owner.status}`;
    const resources = owner.body.Resources as Record<string, unknown>;
    return 'Vault' in resources ? 'the template still has it' : undefined;
  }

  private vault(name = ''): Vault {
    const vault = this.vaults.get(name);
    if (!vault) throw awsError('ResourceNotFoundException');
    this.forget(vault);
    return vault;
  }

  private remove(name: string, arn: string): void {
    const vault = this.vault(name);
    const reason = this.mayDelete(vault);
    if (reason) this.wrong.push(`${arn} in ${name} was deleted although ${reason}`);
    const point = vault.points.get(arn);
    if (!point) throw awsError('ResourceNotFoundException');
    point.goneAt ??= this.clock.now() + 20_000;
  }

  private get client() {
    return {
      listBackupVaults: () => ({ BackupVaultList: [] }),
      describeBackupVault: ({ BackupVaultName }: { BackupVaultName: string }) => {
        this.vault(BackupVaultName);
        return { BackupVaultArn: `arn:vault:${BackupVaultName}`, VaultType: 'BACKUP_VAULT' };
      },
      listTags: ({ ResourceArn }: { ResourceArn: string }) => ({
        Tags: this.vault(ResourceArn.split(':').pop()).tags.shown,
      }),
      listRecoveryPoints: ({ BackupVaultName }: { BackupVaultName: string }) => ({
        RecoveryPoints: [...this.vault(BackupVaultName).points].map(([RecoveryPointArn, { goneAt }]) => ({
          RecoveryPointArn,
          Status: goneAt === undefined ? 'COMPLETED' : 'DELETING',
        })),
      }),
      deleteRecoveryPoint: (input: { BackupVaultName: string; RecoveryPointArn: string }) =>
        this.remove(input.BackupVaultName, input.RecoveryPointArn),
      disassociateRecoveryPoint: () => undefined,
      disassociateFromParent: () => undefined,
    };
  }
}

export const VAULT_CONTENTS: Family = {
  name: 'Custom::BackupVaultContents',
  histories: 4_000,
  begin: (clock, random) => new ContentsScene(clock, random),
};
