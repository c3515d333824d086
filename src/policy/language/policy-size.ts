import type { Problem } from '../../values/core/problem';

/**
 * How long a policy document may be, in characters, as it is sent.
 *
 * Source: AWS Organizations User Guide, "Quotas", and the CloudFormation page of `AWS::Organizations::Policy`, 2026.
 */
export const MAX_POLICY_CHARACTERS = 10_000;

/** What a document takes of what is allowed. */
export interface PolicySize {
  readonly used: number;
  /** Negative where the document is too long. */
  readonly left: number;
  /** What each plan takes, the largest first. */
  readonly plans: readonly PlanSize[];
}

export interface PlanSize {
  readonly name: string;
  readonly characters: number;
}

/** Measures a document: an object as JSON without blanks, a text as it is. Undefined where it can't be JSON. */
export function policySize(content: unknown): PolicySize | undefined {
  const used = lengthOf(content);
  if (used === undefined) return undefined;
  const plans = Object.entries(planEntries(content)).map(([name, plan]) => ({
    name,
    characters: JSON.stringify(name).length + 1 + (minified(plan)?.length ?? 0),
  }));
  plans.sort((a, b) => b.characters - a.characters);
  return { used, left: MAX_POLICY_CHARACTERS - used, plans };
}

/** The law of the length, with what to move elsewhere. */
export function policySizeProblems(content: unknown): Problem[] {
  if ((lengthOf(content) ?? Number.POSITIVE_INFINITY) <= MAX_POLICY_CHARACTERS) return [];
  const size = policySize(content);
  const problem = { id: 'Backup-PolicySize', severity: 'error', property: 'the document' } as const;
  if (!size) return [{ ...problem, message: 'the document must be an object that JSON can say' }];
  return [
    {
      ...problem,
      message: `the document must be at most ${MAX_POLICY_CHARACTERS} characters, got ${size.used}`,
      fix: sizeFix(size),
    },
  ];
}

/** The fewest plans that must go so that the rest fits, the largest ones. */
function sizeFix({ left, plans }: PolicySize): string {
  const moved: PlanSize[] = [];
  let over = -left;
  for (const plan of plans) {
    if (over <= 0 || moved.length === plans.length - 1) break;
    moved.push(plan);
    over -= plan.characters + 1; // its comma
  }
  if (moved.length === 0) return 'split it, or attach parts of it to different organizational units';
  const names = moved.map(({ name, characters }) => `\`${name}\` (${characters} characters)`).join(', ');
  const rest = over > 0 ? ', and split what is left' : '';
  return `move ${moved.length === 1 ? 'the plan' : 'the plans'} ${names} to a policy of ${moved.length === 1 ? 'its' : 'their'} own${rest}`;
}

/** Undefined where it can't be JSON. */
function lengthOf(content: unknown): number | undefined {
  return (typeof content === 'string' ? content : minified(content))?.length;
}

function planEntries(content: unknown): object {
  const plans = (content as { plans?: unknown } | null | undefined)?.plans;
  return typeof plans === 'object' && plans !== null ? plans : {};
}

function minified(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // an object that contains itself
  }
}
