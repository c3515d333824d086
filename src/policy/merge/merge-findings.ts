import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { Contribution, MergeObserver } from './policy-merge';

/** A finding of a merge that AWS doesn't report. The property is the path in the policy. */
export interface MergeFinding {
  readonly problem: Problem;
  /** The ID of the root, unit or account that the policies are attached to. */
  readonly entity: string;
  readonly policies: readonly string[];
}

/** Collects the findings of a merge at one entity. */
export class MergeFindings implements MergeObserver {
  constructor(
    private readonly entity: string,
    private readonly findings: MergeFinding[],
  ) {}

  public conflict(path: readonly string[], winner: Contribution, losers: readonly Contribution[]): void {
    const property = path.join('/');
    const policies = [winner, ...losers].map(({ policy }) => policy);
    const same = losers.every(({ fragment }) => sameValue(fragment.assign, winner.fragment.assign));
    const conflict = problem({
      id: same ? 'Backup-PolicyPeerDuplicate' : 'Backup-PolicyPeerConflict',
      property,
      message: (label) =>
        `${label(property)} is assigned by ${list(policies)}, all attached to ${show(this.entity)}: ${
          same
            ? 'they set the same value now'
            : `${show(winner.policy)} wins while it is the first one attached`
        }`,
      fix: 'assign it in one of them',
    });
    this.findings.push({ problem: conflict, entity: this.entity, policies });
  }

  public ignored(path: readonly string[], policy: string, operator: string): void {
    const property = path.join('/');
    const what = operator.startsWith('@@') ? `\`${operator}\`` : operator;
    const ignored = problem({
      id: 'Backup-PolicyOverrideIgnored',
      property,
      message: (label) =>
        `${label(property)} in ${show(policy)} of ${show(this.entity)} is ignored, because a policy above doesn't allow ${what} there`,
      fix: 'omit it, or allow it above',
    });
    this.findings.push({ problem: ignored, entity: this.entity, policies: [policy] });
  }
}

function list(names: readonly string[]): string {
  const shown = names.map(show);
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function sameValue(a: string | readonly string[] | undefined, b: string | readonly string[] | undefined) {
  return JSON.stringify(a) === JSON.stringify(b);
}
