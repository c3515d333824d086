import { flagProblems, kindProblems } from '../../resources/core/argument-checks';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import type { MemberBaseline } from '../baseline/member-baseline';
import type { OrganizationTarget } from '../core/organization-target';
import { BackupPolicyDocument } from './backup-policy-document';
import type { OrganizationBackupPolicyProps } from './organization-backup-policy-props';

/** What a policy on the root reaches, and a rollout doesn't. */
export function rolloutProblems(targets: readonly OrganizationTarget[], baseline: MemberBaseline): Problem[] {
  const root = targets.find(({ _kind }) => _kind === 'root');
  if (!root) return [];
  const problem = { severity: 'warning', property: 'targets' } as const;
  const problems: Problem[] = [];
  if (!baseline._isDeployed)
    problems.push({
      ...problem,
      id: 'Backup-BaselineManagementAccount',
      message: `\`targets\` has the root ${root}, so the policy holds for the management account too, which StackSets never deploys to: nothing is backed up there`,
      fix: 'attach it to organizational units, or make vaults and role there with `baseline.deployTo(stack)`',
    });
  if (!baseline.targets.some(({ _kind }) => _kind === 'root'))
    problems.push({
      ...problem,
      id: 'Backup-BaselineReach',
      message: `\`targets\` has the root ${root}, but \`${baseline.node.path}\` is rolled out to ${baseline.targets.join(', ')} only: nothing is backed up in the other accounts`,
      fix: 'roll it out to the root, or attach the policy to the same units',
    });
  return problems;
}

/** The law of the name of a policy of AWS Organizations. */
export function policyNameProblems(name: unknown): Problem[] {
  const fits = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || (given.length >= 1 && given.length <= 128));
  return kindProblems(name, fits, {
    id: 'Backup-OrganizationPolicyName',
    property: 'policyName',
    what: 'a name of 1 to 128 characters',
  });
}

/** The document of a policy: of plans, or one that exists. */
export function readDocument(props: OrganizationBackupPolicyProps): {
  document?: BackupPolicyDocument;
  problems: readonly Problem[];
} {
  const { plans, document, locked } = props;
  const id = 'Backup-OrganizationPolicyDocument';
  const problem = { id, severity: 'error', property: 'document' } as const;
  const wrong = [
    ...flagProblems(id, 'locked', locked),
    ...kindProblems(document, (given: unknown) => given instanceof BackupPolicyDocument, {
      id,
      property: 'document',
      what: 'a `BackupPolicyDocument`',
      fix: 'use for instance `BackupPolicyDocument.fromFile(path)`',
    }),
  ];
  if (wrong.length > 0) return { problems: wrong };
  if (document !== undefined && plans !== undefined)
    return {
      problems: [
        {
          ...problem,
          message: '`plans` and `document` both say what is backed up',
          fix: 'leave one of them out',
        },
      ],
    };
  if (document === undefined && plans === undefined)
    return {
      problems: [
        {
          ...problem,
          message: '`plans` or `document` must say what is backed up, got neither',
          fix: 'say `plans`, or `document: BackupPolicyDocument.fromFile(path)` for an existing document',
        },
      ],
    };
  if (plans !== undefined) return BackupPolicyDocument._ofPlans(plans, { locked });
  if (locked !== undefined)
    return {
      problems: [
        {
          ...problem,
          property: 'locked',
          message: `\`locked\` is for \`plans\`, and can't change an existing \`document\`, got ${show(locked)}`,
          fix: 'write `@@operators_allowed_for_child_policies` in the document',
        },
      ],
    };
  return { document, problems: (document as BackupPolicyDocument)._warnings };
}
