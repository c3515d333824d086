import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { selectionsPerPlanProblems } from '../../values/core/quotas';
import { differentEnvironment } from '../vault/vault-facts';

/** The members of `BackupPlan` that its selections use; other plans don't have them. */
export interface SelectingPlan {
  readonly selections: readonly IConstruct[];
  _selectionRole(): IRoleRef;
  _acceptSelection(selection: IConstruct): void;
}

/** What AWS Backup accepts as the plan of a selection. */
export function selectionInPlanProblems(
  selection: IConstruct,
  plan: Partial<SelectingPlan> & { readonly env?: { account: string; region: string } },
): Problem[] {
  const problems: Problem[] = [];
  const elsewhere = plan.env && differentEnvironment(selection, { env: plan.env });
  if (elsewhere)
    problems.push(
      problem({
        id: 'Backup-PlanEnvironment',
        property: 'backupPlan',
        message: (label) =>
          `${label('backupPlan')} must be in the ${elsewhere.what} of the selection (${elsewhere.here}), got ${elsewhere.there}`,
        fix: 'create a plan in each account and Region; several plans can use the same rules',
      }),
    );
  const count = (plan.selections?.length ?? 0) + 1;
  problems.push(...selectionsPerPlanProblems(count, 'backupPlan', '`backupPlan`'));
  return problems;
}
