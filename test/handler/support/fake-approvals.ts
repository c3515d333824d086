import type { PlanClient } from '../../../src/handler/plan/plan-s3-settings';
import type { ApprovalTeamClient } from '../../../src/handler/vault/approval-team';
import type { LegalHoldClient } from '../../../src/handler/vault/legal-hold';
import type { RestoreAccessClient } from '../../../src/handler/vault/restore-access-vault';
import { FakeVault } from './fake-vault';
import { Faults } from './fakes';
import { awsError } from './requests';

/** A vault whose team agrees at once, or when it is told to. */
export class FakeTeamVault extends FakeVault {
  agrees = true;
  asked = 0;

  get teamClient(): ApprovalTeamClient {
    const ask = (team?: string) => {
      this.asked++;
      if (this.agrees) this.team = team;
      else this.pending = true;
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
  constructor(readonly faults = new Faults()) {
    super();
  }

  get client(): LegalHoldClient {
    return {
      createLegalHold: (input) =>
        this.faults.around('backup:CreateLegalHold', () => {
          this.inputs.push(input);
          const LegalHoldId = this.make(input.IdempotencyToken, 'hold-');
          return { LegalHoldId, LegalHoldArn: `arn:aws:backup:::legal-hold:${LegalHoldId}` };
        }),
      getLegalHold: ({ LegalHoldId = '' }) =>
        this.faults.around('backup:GetLegalHold', () => ({
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

/** One plan, as AWS Backup shows it. */
export class FakePlan {
  isThere = true;
  plan: Record<string, unknown> = {
    BackupPlanName: 'gold',
    Rules: [{ RuleName: 'daily', RuleId: 'r-1', TargetBackupVaultName: 'v' }],
    AdvancedBackupSettings: [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }],
  };
  constructor(readonly faults = new Faults()) {}

  get client(): PlanClient {
    return {
      getBackupPlan: () =>
        this.faults.around('backup:GetBackupPlan', () =>
          this.isThere ? { BackupPlan: this.plan as never } : { DeletionDate: new Date(0) },
        ),
      updateBackupPlan: ({ BackupPlan }) =>
        this.faults.around('backup:UpdateBackupPlan', () => {
          const rules = BackupPlan?.Rules ?? [];
          if (rules.some((rule) => 'RuleId' in rule)) throw awsError('InvalidParameterValueException');
          const Rules = rules.map((rule, index) => ({ ...rule, RuleId: `r-${index + 1}` }));
          this.plan = structuredClone({ ...BackupPlan, Rules });
        }),
    };
  }
}
