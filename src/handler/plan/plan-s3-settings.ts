import type {
  BackupPlan,
  BackupPlanInput,
  GetBackupPlanCommandInput,
  GetBackupPlanCommandOutput,
  UpdateBackupPlanCommandInput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { errorName, Failure } from '../core/failure';
import { text, textMap } from '../core/properties';
import { retrying } from '../core/retry';
import type { Work } from '../core/world';

/** What a plan is read and changed with. */
export interface PlanClient {
  getBackupPlan(
    input: GetBackupPlanCommandInput,
  ): Promise<Pick<GetBackupPlanCommandOutput, 'BackupPlan' | 'DeletionDate'>>;
  updateBackupPlan(input: UpdateBackupPlanCommandInput): Promise<unknown>;
}

const TYPE = 'S3';
type Options = Readonly<Record<string, string>>;

/** Options of a plan for buckets, which CloudFormation refuses: merged into the plan as it is deployed. */
export function planS3Settings(client: PlanClient): Operation {
  return {
    async apply({ ResourceProperties }, work) {
      const planId = text(ResourceProperties, 'planId');
      const options = textMap(ResourceProperties, 'options');
      const plan = await find(planId, work);
      if (!plan) throw new Failure(`there is no plan ${planId}`);
      await change(planId, plan, { ...optionsOf(plan), ...options }, work);
      return { PlanId: planId };
    },

    async remove({ ResourceProperties }, work) {
      const planId = text(ResourceProperties, 'planId');
      const ours = textMap(ResourceProperties, 'options');
      const plan = await find(planId, work);
      if (!plan) return {};
      // what somebody has changed since stays
      const left = Object.entries(optionsOf(plan)).filter(([key, value]) => ours[key] !== value);
      await change(planId, plan, Object.fromEntries(left), work);
      return {};
    },

    // another plan: the options of the one before go
    idOf: ({ PlanId }) => PlanId,
  };

  async function find(BackupPlanId: string, work: Work): Promise<BackupPlan | undefined> {
    try {
      const found = await retrying(work, () => client.getBackupPlan({ BackupPlanId }));
      return found.DeletionDate ? undefined : found.BackupPlan;
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return undefined;
      throw error;
    }
  }

  async function change(BackupPlanId: string, plan: BackupPlan, options: Options, work: Work): Promise<void> {
    if (isSame(optionsOf(plan), options)) return;
    await retrying(work, () => client.updateBackupPlan({ BackupPlanId, BackupPlan: inputOf(plan, options) }));
  }
}

function optionsOf({ AdvancedBackupSettings = [] }: BackupPlan): Options {
  return AdvancedBackupSettings.find(({ ResourceType }) => ResourceType === TYPE)?.BackupOptions ?? {};
}

/** The plan as it is written: what AWS made of it stays behind. */
function inputOf(plan: BackupPlan, BackupOptions: Options): BackupPlanInput {
  const others = (plan.AdvancedBackupSettings ?? []).filter(({ ResourceType }) => ResourceType !== TYPE);
  const own = Object.keys(BackupOptions).length > 0 ? [{ ResourceType: TYPE, BackupOptions }] : [];
  return {
    ...plan,
    BackupPlanName: plan.BackupPlanName,
    Rules: (plan.Rules ?? []).map(({ RuleId, ...rule }) => rule),
    AdvancedBackupSettings: [...others, ...own],
  };
}

function isSame(one: Options, other: Options): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
