import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { selectionsPerPlanProblems } from '../../values/core/quotas';
import { differentEnvironment } from '../vault/vault-facts';

/** A `BackupPlan` as its selections see it; plans of others have none of this. */
export interface SelectingPlan {
  readonly selections: readonly IConstruct[];
  _selectionRole(): IRoleRef;
  _acceptSelection(selection: IConstruct): void;
}

/** What can be told of a selection when the plan is known that it belongs to. */
export function selectionInPlanProblems(
  selection: IConstruct,
  plan: Partial<SelectingPlan> & { readonly env?: { account: string; region: string } },
): Problem[] {
  const problems: Problem[] = [];
  const elsewhere = plan.env && differentEnvironment(selection, { env: plan.env });
  if (elsewhere)
    problems.push({
      id: 'Backup-PlanEnvironment',
      severity: 'error',
      property: 'backupPlan',
      message: `\`backupPlan\` must be in the ${elsewhere.what} of the selection (${elsewhere.here}), got ${elsewhere.there}`,
      fix: 'make a plan in each account and Region; the same rules can stand in several plans',
    });
  const count = (plan.selections?.length ?? 0) + 1;
  problems.push(...selectionsPerPlanProblems(count, 'backupPlan', '`backupPlan`'));
  return problems;
}
