import type {
  BackupPlan,
  BackupPlanInput,
  GetBackupPlanCommandInput,
  GetBackupPlanCommandOutput,
  ListBackupPlanVersionsCommandInput,
  ListBackupPlanVersionsCommandOutput,
  UpdateBackupPlanCommandInput,
  UpdateBackupPlanCommandOutput,
} from '@aws-sdk/client-backup';
import { canonical } from '../core/canonical';
import { errorName, Failure } from '../core/failure';
import { renewed } from '../core/mutex';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';

/** The calls that read and change a plan. */
export interface PlanClient {
  getBackupPlan(
    input: GetBackupPlanCommandInput,
  ): Promise<Pick<GetBackupPlanCommandOutput, 'BackupPlan' | 'DeletionDate' | 'VersionId'>>;
  updateBackupPlan(
    input: UpdateBackupPlanCommandInput,
  ): Promise<Pick<UpdateBackupPlanCommandOutput, 'VersionId'>>;
  listBackupPlanVersions(
    input: ListBackupPlanVersionsCommandInput,
  ): Promise<Pick<ListBackupPlanVersionsCommandOutput, 'BackupPlanVersionsList' | 'NextToken'>>;
}

/** A plan and its version. */
export type VersionedPlan = Pick<GetBackupPlanCommandOutput, 'BackupPlan' | 'VersionId'>;

const TYPE = 'S3';
/** How often a change by somebody else is merged before that is given up. */
const ATTEMPTS = 5;

/** A plan, or one version of it; undefined if it does not exist any more. */
export async function findPlan(
  client: PlanClient,
  BackupPlanId: string,
  work: Work,
  VersionId?: string,
): Promise<VersionedPlan | undefined> {
  try {
    const found = await retrying(work, () => client.getBackupPlan({ BackupPlanId, VersionId }));
    return found.DeletionDate && VersionId === undefined ? undefined : found;
  } catch (error) {
    if (errorName(error).startsWith('ResourceNotFound')) return undefined;
    throw error;
  }
}

/** The options of a plan for buckets. */
export function optionsOf({ AdvancedBackupSettings = [] }: Partial<BackupPlan>): Record<string, string> {
  return AdvancedBackupSettings.find(({ ResourceType }) => ResourceType === TYPE)?.BackupOptions ?? {};
}

/**
 * Changes options of a plan; null removes one. AWS Backup replaces a plan as a whole and has no conditional update, so
 * a change that somebody made between reading and writing would be lost. The list of versions shows it: their version
 * gets the options too, and becomes the newest.
 */
export async function updateOptions(
  client: PlanClient,
  planId: string,
  changes: Readonly<Record<string, string | null>>,
  work: Work,
): Promise<void> {
  const merged = new Set<string | undefined>();
  let base = await findPlan(client, planId, work);
  let newest = base?.VersionId;
  for (let attempt = 0; base && attempt < ATTEMPTS; attempt++) {
    for (const version of await versions(client, planId, work)) merged.add(version);
    const latest = await findPlan(client, planId, work);
    if (latest && latest.VersionId !== newest) {
      base = latest;
      newest = latest.VersionId;
      continue;
    }
    const plan = base.BackupPlan ?? ({} as BackupPlan);
    const input = { BackupPlanId: planId, BackupPlan: inputOf(plan, withChanges(optionsOf(plan), changes)) };
    await renewed(work);
    const { VersionId } = await retrying(work, () => client.updateBackupPlan(input));
    merged.add(VersionId);
    newest = VersionId;
    const unknown = (await versions(client, planId, work)).filter((version) => !merged.has(version));
    const lost = await findForeign(client, planId, unknown, input.BackupPlan, work);
    if (lost === undefined) return;
    work.log(
      `plan ${planId} was changed by somebody else at the same time; version ${lost.VersionId} is merged`,
    );
    base = lost;
  }
  if (base) throw new Failure(`plan ${planId} is being changed by somebody else; deploy again later`);
}

/** The newest version that is not our own: an update whose response was lost made a version too. */
async function findForeign(
  client: PlanClient,
  planId: string,
  unknown: readonly string[],
  ours: BackupPlanInput,
  work: Work,
): Promise<VersionedPlan | undefined> {
  for (const version of [...unknown].reverse()) {
    const found = await findPlan(client, planId, work, version);
    const plan = found?.BackupPlan;
    if (plan && canonical(inputOf(plan, optionsOf(plan))) !== canonical(ours)) return found;
  }
  return undefined;
}

/** The ids of all versions, in the order of AWS Backup. */
async function versions(client: PlanClient, BackupPlanId: string, work: Work): Promise<string[]> {
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const token = NextToken;
    const page = await retrying(work, () =>
      client.listBackupPlanVersions({ BackupPlanId, NextToken: token }),
    );
    for (const { VersionId } of page.BackupPlanVersionsList ?? []) if (VersionId) ids.push(VersionId);
    NextToken = page.NextToken;
  } while (NextToken);
  return ids;
}

function withChanges(
  options: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const entries = Object.entries({ ...options, ...changes });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The plan as input: without what AWS Backup adds. */
function inputOf(plan: BackupPlan, BackupOptions: Readonly<Record<string, string>>): BackupPlanInput {
  const others = (plan.AdvancedBackupSettings ?? []).filter(({ ResourceType }) => ResourceType !== TYPE);
  const own = Object.keys(BackupOptions).length > 0 ? [{ ResourceType: TYPE, BackupOptions }] : [];
  return {
    ...plan,
    BackupPlanName: plan.BackupPlanName,
    Rules: (plan.Rules ?? []).map(({ RuleId, ...rule }) => rule),
    AdvancedBackupSettings: [...others, ...own],
  };
}
