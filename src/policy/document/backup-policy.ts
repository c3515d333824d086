import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { PolicyLibrary } from '../admission/policy-library';
import { evaluateOrganization } from '../effective/effective-policy';
import { allowedBy, type ChildOperator, operatorsFor } from '../language/operators';
import { policySizeProblems } from '../language/policy-size';
import type { PolicyDocument, PolicyPlan } from './policy-document';
import { type PolicyPartition, policyPlans } from './policy-plans';
import type { PolicyPlanSource } from './policy-sources';
import { policyTargetProblems } from './policy-target-laws';
import { policyJson } from './policy-text';

/** How a document is made. */
export interface PolicyDocumentOptions {
  /** Whose ARNs the document has: `aws` when left out. */
  readonly partition?: PolicyPartition;
  /** What child policies may do to the plans as a whole, such as `['@@none']`: no plans of their own. */
  readonly childPlans?: readonly ChildOperator[];
}

export interface PolicyDocumentResult {
  readonly document: PolicyDocument;
  /** Errors: AWS Organizations or AWS Backup would refuse it, or a backup policy can't say it. */
  readonly problems: readonly Problem[];
}

/**
 * A backup policy of whole plans, with all that is wrong with it: what a backup policy can't say, what AWS
 * Organizations would refuse, and what AWS Backup would.
 */
export function policyDocument(
  sources: readonly PolicyPlanSource[],
  options: PolicyDocumentOptions = {},
): PolicyDocumentResult {
  const problems = sources.flatMap(policyTargetProblems);
  const plans = new Map<string, PolicyPlan>();
  const names = new Set<string>();
  for (const source of sources)
    for (const [name, plan] of policyPlans(source, options.partition ?? 'aws')) {
      if (names.has(name.toLowerCase()))
        problems.push({
          id: 'Backup-PolicyName',
          severity: 'error',
          property: 'name',
          message: `\`name\` of a plan must be unique in a backup policy, whatever its capitals, got ${show(name)} twice`,
          fix: 'rename one of them',
        });
      names.add(name.toLowerCase());
      plans.set(name, plan);
    }
  const control = options.childPlans ? { childOperators: operatorsFor(allowedBy(options.childPlans)) } : {};
  const document: PolicyDocument = { plans: { ...control, entries: plans } };
  return { document, problems: problems.some(isError) ? problems : [...problems, ...verdict(document)] };
}

const isError = ({ severity }: Problem) => severity === 'error';

/** The law of the document has said it. */
const SAID_OF_SCHEDULES = /^Backup-(Policy)?Schedule/;

/** What AWS would say of the document, were it the only policy of an account. */
function verdict(document: PolicyDocument): Problem[] {
  const policies = new PolicyLibrary();
  const content = policyJson(document);
  const problems = [...policies.read(content).problems, ...policySizeProblems(content)];
  if (problems.some(isError)) return problems;
  const root = {
    id: 'root',
    accounts: [{ id: '111111111111', policies: [{ name: 'policy', content }] }],
  };
  for (const account of evaluateOrganization({ root }, { policies }).accounts) {
    for (const { code, message, path } of account.errors)
      problems.push({
        id: 'Backup-PolicyInvalid',
        severity: 'error',
        property: path,
        message: `\`${path}\` would keep the policy from coming into force, ${code}: ${message}`,
      });
    problems.push(...account.problems.filter(({ id }) => !SAID_OF_SCHEDULES.test(id)));
  }
  return problems;
}
