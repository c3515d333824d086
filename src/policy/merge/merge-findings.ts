import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import type { Contribution, MergeObserver } from './policy-merge';

/** What is to be known of a merge, and AWS doesn't say. The property is the path in the policy. */
export interface MergeFinding extends Problem {
  /** The id of the root, unit or account that the policies are attached to. */
  readonly entity: string;
  readonly policies: readonly string[];
}

/** Writes down what the merge notices at one entity. */
export class MergeFindings implements MergeObserver {
  constructor(
    private readonly entity: string,
    private readonly findings: MergeFinding[],
  ) {}

  public conflict(path: readonly string[], winner: Contribution, losers: readonly Contribution[]): void {
    const property = path.join('/');
    const policies = [winner, ...losers].map(({ policy }) => policy);
    const same = losers.every(({ fragment }) => sameValue(fragment.assign, winner.fragment.assign));
    this.findings.push({
      id: 'Backup-PolicyPeerConflict',
      severity: same ? 'warning' : 'error',
      property,
      message: `\`${property}\` is assigned by ${list(policies)}, all attached to ${show(this.entity)}: ${
        same ? 'they say the same now' : `${show(winner.policy)} wins as long as it is the first attached one`
      }`,
      fix: 'assign it in one of them',
      entity: this.entity,
      policies,
    });
  }

  public ignored(path: readonly string[], policy: string, operator: string): void {
    const property = path.join('/');
    const what = operator.startsWith('@@') ? `\`${operator}\`` : operator;
    this.findings.push({
      id: 'Backup-PolicyOverrideIgnored',
      severity: 'warning',
      property,
      message: `\`${property}\` in ${show(policy)} of ${show(this.entity)} is ignored, since a policy above doesn't allow ${what} there`,
      fix: 'leave it out, or allow it above',
      entity: this.entity,
      policies: [policy],
    });
  }
}

function list(names: readonly string[]): string {
  const shown = names.map(show);
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function sameValue(a: string | readonly string[] | undefined, b: string | readonly string[] | undefined) {
  return JSON.stringify(a) === JSON.stringify(b);
}
