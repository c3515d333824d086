import { flagProblems, kindProblems } from '../../resources/core/argument-checks';
import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { MemberBaseline } from '../baseline/member-baseline';
import type { OrganizationTarget } from '../core/organization-target';
import { BackupPolicyDocument } from './backup-policy-document';
import type { OrganizationBackupPolicyProps } from './organization-backup-policy-props';

/** Accounts that a policy on the root applies to, and that the rollout doesn't reach. */
export function rolloutProblems(targets: readonly OrganizationTarget[], baseline: MemberBaseline): Problem[] {
  const root = targets.find(({ _kind }) => _kind === 'root');
  if (!root) return [];
  const base = { property: 'targets' } as const;
  const problems: Problem[] = [];
  if (!baseline._isDeployed)
    problems.push(
      problem({
        ...base,
        id: 'Backup-BaselineManagementAccount',
        message: `\`targets\` has the root ${root}, so the policy also applies to the management account, which StackSets never deploys to: nothing is backed up there`,
        fix: 'attach it to organizational units, or create the vaults and the role there with `baseline.deployTo(stack)`',
      }),
    );
  if (!baseline.targets.some(({ _kind }) => _kind === 'root'))
    problems.push(
      problem({
        ...base,
        id: 'Backup-BaselineReach',
        message: `\`targets\` has the root ${root}, but \`${baseline.node.path}\` is rolled out to ${baseline.targets.join(', ')} only: nothing is backed up in the other accounts`,
        fix: 'roll it out to the root, or attach the policy to the same units',
      }),
    );
  return problems;
}

/** The document of a policy: built from plans, or an existing one. */
export function readDocument(props: OrganizationBackupPolicyProps): {
  document?: BackupPolicyDocument;
  problems: readonly Problem[];
} {
  const { plans, document, locked } = props;
  const id = 'Backup-OrganizationPolicyDocument';
  const base = { id, property: 'document' } as const;
  const wrong = [
    ...flagProblems(id, 'locked', locked),
    ...kindProblems(document, (given: unknown) => given instanceof BackupPolicyDocument, {
      id,
      property: 'document',
      what: 'a `BackupPolicyDocument`',
      fix: 'for example, use `BackupPolicyDocument.fromFile(path)`',
    }),
  ];
  if (wrong.length > 0) return { problems: wrong };
  if (document !== undefined && plans !== undefined)
    return {
      problems: [
        problem({
          ...base,
          message: "`plans` and `document` can't be combined, got both",
          fix: 'omit one of them',
        }),
      ],
    };
  if (document === undefined && plans === undefined)
    return {
      problems: [
        problem({
          ...base,
          message: '`plans` or `document` must be set, got neither',
          fix: 'set `plans`, or `document: BackupPolicyDocument.fromFile(path)` for an existing document',
        }),
      ],
    };
  if (plans !== undefined) return BackupPolicyDocument._ofPlans(plans, { locked });
  if (locked !== undefined)
    return {
      problems: [
        problem({
          ...base,
          property: 'locked',
          message: (label) =>
            `${label('locked')} applies to \`plans\` and can't change an existing \`document\`, got ${show(locked)}`,
          fix: 'set `@@operators_allowed_for_child_policies` in the document',
        }),
      ],
    };
  return { document, problems: (document as BackupPolicyDocument)._warnings };
}
