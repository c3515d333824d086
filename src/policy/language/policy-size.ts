import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

/**
 * The longest policy document, in characters, as it is sent.
 *
 * Source: AWS Organizations User Guide, "Quotas", and the CloudFormation page of `AWS::Organizations::Policy`, 2026.
 */
export const MAX_POLICY_CHARACTERS = 10_000;

/** The length of a document. */
export interface PolicySize {
  readonly used: number;
  /** Negative if the document is too long. */
  readonly left: number;
  /** The length of each plan, longest first. */
  readonly plans: readonly PlanSize[];
}

export interface PlanSize {
  readonly name: string;
  readonly characters: number;
}

/** Measures a document: an object as JSON without whitespace, a string as it is. Undefined if it can't be JSON. */
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

/** The law of the length. The fix names plans to move elsewhere. */
export function policySizeProblems(content: unknown): Problem[] {
  if ((lengthOf(content) ?? Number.POSITIVE_INFINITY) <= MAX_POLICY_CHARACTERS) return [];
  const size = policySize(content);
  const base = { id: 'Backup-PolicySize', property: 'the document' } as const;
  if (!size)
    return [problem({ ...base, message: 'the document must be an object that can be written as JSON' })];
  return [
    problem({
      ...base,
      message: `the document must be at most ${MAX_POLICY_CHARACTERS} characters, got ${size.used}`,
      fix: sizeFix(size),
    }),
  ];
}

/** The fewest plans to move so that the rest fits: the longest ones. */
function sizeFix({ left, plans }: PolicySize): string {
  const moved: PlanSize[] = [];
  let over = -left;
  for (const plan of plans) {
    if (over <= 0 || moved.length === plans.length - 1) break;
    moved.push(plan);
    over -= plan.characters + 1; // its comma
  }
  if (moved.length === 0) return 'split it, and attach the parts to different organizational units';
  const names = moved.map(({ name, characters }) => `\`${name}\` (${characters} characters)`).join(', ');
  const rest = over > 0 ? ', and split the rest' : '';
  return `move ${moved.length === 1 ? 'the plan' : 'the plans'} ${names} to a policy of ${moved.length === 1 ? 'its' : 'their'} own${rest}`;
}

/** Undefined if it can't be JSON. */
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
