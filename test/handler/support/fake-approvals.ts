import type { PlanClient } from '../../../src/handler/plan/plan-update';
import type { ApprovalTeamClient } from '../../../src/handler/vault/approval-team';
import type { LegalHoldClient } from '../../../src/handler/vault/legal-hold';
import type { RestoreAccessClient } from '../../../src/handler/vault/restore-access-vault';
import { FakeVault } from './fake-vault';
import { Faults } from './fakes';
import { awsError } from './requests';

/** A vault whose team agrees at once, or when `decide` says so. */
export class FakeTeamVault extends FakeVault {
  agrees = true;
  asked = 0;
  private requested?: string;

  /** The team that the change that waits is about. */
  get requestedTeam(): string | undefined {
    return this.requested;
  }

  /** The team approves or denies the change that waits. */
  decide(isApproved: boolean): void {
    if (isApproved && this.session) this.team = this.requested;
    this.session = undefined;
  }

  get teamClient(): ApprovalTeamClient {
    const ask = (team?: string) => {
      if (this.session) throw awsError('InvalidRequestException', 'another change is pending');
      this.asked++;
      this.requested = team;
      this.session = `arn:session/${this.asked}`;
      if (this.agrees) this.decide(true);
    };
    return {
      ...this.finder,
      associateTeam: ({ MpaApprovalTeamArn }) =>
        this.faults.around('backup:AssociateBackupVaultMpaApprovalTeam', () => ask(MpaApprovalTeamArn)),
      disassociateTeam: () =>
        this.faults.around('backup:DisassociateBackupVaultMpaApprovalTeam', () => ask(undefined)),
    };
  }
}

/** Things that are made by a token, and gone when they are removed. */
class Made {
  readonly byToken = new Map<string, string>();
  readonly active = new Set<string>();

  make(token = '', prefix = ''): string {
    const id = this.byToken.get(token) ?? `${prefix}${this.byToken.size + 1}`;
    if (!this.byToken.has(token)) this.active.add(id);
    this.byToken.set(token, id);
    return id;
  }
}

/** Legal holds of an account. */
export class FakeHolds extends Made {
  readonly inputs: unknown[] = [];
  /** Whether the next hold is made without tags. */
  forgetsTags = false;
  /** The tags of each hold, by its ARN. */
  readonly tags = new Map<string, Record<string, string>>();
  constructor(readonly faults = new Faults()) {
    super();
  }

  get client(): LegalHoldClient {
    return {
      createLegalHold: (input) =>
        this.faults.around('backup:CreateLegalHold', () => {
          this.inputs.push(input);
          const LegalHoldId = this.make(input.IdempotencyToken, 'hold-');
          const LegalHoldArn = `arn:aws:backup:::legal-hold:${LegalHoldId}`;
          this.tags.set(LegalHoldArn, this.forgetsTags ? {} : { ...input.Tags });
          this.forgetsTags = false;
          return { LegalHoldId, LegalHoldArn };
        }),
      listTags: ({ ResourceArn = '' }) =>
        this.faults.around('backup:ListTags', () => ({ Tags: this.tags.get(ResourceArn) ?? {} })),
      tagResource: ({ ResourceArn = '', Tags }) =>
        this.faults.around('backup:TagResource', () => {
          this.tags.set(ResourceArn, { ...this.tags.get(ResourceArn), ...Tags });
        }),
      getLegalHold: ({ LegalHoldId = '' }) =>
        this.faults.around('backup:GetLegalHold', () => ({
          LegalHoldArn: `arn:aws:backup:::legal-hold:${LegalHoldId}`,
          Status: this.active.has(LegalHoldId) ? ('ACTIVE' as const) : ('CANCELED' as const),
        })),
      cancelLegalHold: ({ LegalHoldId = '' }) =>
        this.faults.around('backup:CancelLegalHold', () => {
          if (!this.active.delete(LegalHoldId)) throw awsError('InvalidResourceStateException', 'cancelled');
        }),
    };
  }
}

/** Restore access vaults of the account 111122223333. */
export class FakeAccess extends Made {
  readonly revoked: unknown[] = [];
  constructor(readonly faults = new Faults()) {
    super();
  }

  get client(): RestoreAccessClient {
    return {
      createRestoreAccess: ({ CreatorRequestId }) =>
        this.faults.around('backup:CreateRestoreAccessBackupVault', () => ({
          RestoreAccessBackupVaultArn: this.make(
            CreatorRequestId,
            'arn:aws:backup:eu-west-1:111122223333:backup-vault:access-',
          ),
          VaultState: 'CREATING' as const,
        })),
      revokeRestoreAccess: (input) =>
        this.faults.around('backup:RevokeRestoreAccessBackupVault', () => {
          if (!this.active.delete(input.RestoreAccessBackupVaultArn ?? ''))
            throw awsError('ResourceNotFoundException');
          this.revoked.push(input);
        }),
    };
  }
}

/** One plan, with all its versions. */
export class FakePlan {
  isThere = true;
  readonly versions: Record<string, unknown>[] = [
    {
      BackupPlanName: 'gold',
      Rules: [{ RuleName: 'daily', RuleId: 'r-1', TargetBackupVaultName: 'v' }],
      AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
    },
  ];
  /** Called once, right before an update: what somebody else does at this moment. */
  meanwhile?: () => void;
  constructor(readonly faults = new Faults()) {}

  get plan(): Record<string, unknown> {
    return this.versions[this.versions.length - 1];
  }

  /** Changes the plan as somebody else does. */
  change(plan: Record<string, unknown>): void {
    this.versions.push(structuredClone(plan));
  }

  get client(): PlanClient {
    return {
      getBackupPlan: ({ VersionId }) =>
        this.faults.around('backup:GetBackupPlan', () => {
          const version = VersionId ? Number(VersionId) : this.versions.length;
          const BackupPlan = this.versions[version - 1] as never;
          return this.isThere ? { BackupPlan, VersionId: String(version) } : { DeletionDate: new Date(0) };
        }),
      listBackupPlanVersions: ({ NextToken }) =>
        this.faults.around('backup:ListBackupPlanVersions', () => {
          const index = Number(NextToken ?? 0);
          return {
            BackupPlanVersionsList: [{ VersionId: String(index + 1) }],
            NextToken: index + 1 < this.versions.length ? String(index + 1) : undefined,
          };
        }),
      updateBackupPlan: ({ BackupPlan }) =>
        this.faults.around('backup:UpdateBackupPlan', () => {
          const { meanwhile } = this;
          this.meanwhile = undefined;
          meanwhile?.();
          const rules = BackupPlan?.Rules ?? [];
          if (rules.some((rule) => 'RuleId' in rule)) throw awsError('InvalidParameterValueException');
          const Rules = rules.map((rule, index) => ({ ...rule, RuleId: `r-${index + 1}` }));
          this.change({ ...BackupPlan, Rules });
          return { VersionId: String(this.versions.length) };
        }),
    };
  }
}
