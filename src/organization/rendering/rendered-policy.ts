import { PolicyLibrary } from '../../policy/admission/policy-library';
import { lockDocument } from '../../policy/document/policy-lock';
import { type PolicyJson, policyJson } from '../../policy/document/policy-text';
import { evaluateOrganization } from '../../policy/effective/effective-policy';
import type { Fragment } from '../../policy/language/policy-fragment';
import { policySizeProblems } from '../../policy/language/policy-size';
import { isKnown, show } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import { type Problem, problem } from '../../values/core/problem';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';
import { POLICY_PARTITIONS, type PolicyPartition, policyPlans } from './policy-plans';
import { policyTargetProblems } from './policy-target-laws';

/** A backup policy made from plans. */
export interface RenderedPolicy {
  /** The document, as it goes into the template. */
  readonly content: PolicyJson;
  /** The document, as AWS Organizations reads it. */
  readonly fragment: Fragment;
  /** Errors: a backup policy can't express it, or AWS Organizations or AWS Backup refuses it. */
  readonly problems: readonly Problem[];
}

/**
 * Renders plans to a backup policy, and reports everything that is wrong with it: what a backup policy can't express,
 * what AWS Organizations refuses, and what AWS Backup refuses.
 *
 * @param locked whether child policies may neither change the plans nor add plans of their own
 */
export function renderPolicy(
  plans: readonly OrganizationBackupPlanOptions[],
  locked: boolean = false,
): RenderedPolicy {
  const { partition, problems } = partitionOfPlans(plans);
  problems.push(...plans.flatMap(policyTargetProblems));
  const named = plans.flatMap((plan) => policyPlans(plan, partition));
  problems.push(...duplicatePlanProblems(named.map(([name]) => name)));
  const document = { plans: { entries: new Map(named) } };
  const content = policyJson(locked ? lockDocument(document) : document);
  const library = new PolicyLibrary();
  const { fragment, problems: refused } = library.read(content);
  if (!problems.some(isError)) {
    problems.push(...refused, ...policySizeProblems(content));
    if (!problems.some(isError)) problems.push(...effectiveProblems(content, library));
  }
  return { content, fragment, problems };
}

const isError = ({ severity }: Problem) => severity === 'error';

/** An organization is in one partition, and so is a document. */
function partitionOfPlans(plans: readonly OrganizationBackupPlanOptions[]): {
  partition: PolicyPartition;
  problems: Problem[];
} {
  const regions = plans.flatMap((plan) => plan.regions).filter(isKnown);
  const partitions = [...new Set(regions.map(partitionOf))];
  const base = { id: 'Backup-PolicyPartition', property: 'regions' } as const;
  const problems: Problem[] = [];
  if (partitions.length > 1) {
    const examples = partitions.map(
      (each) => `${each} (${regions.find((region) => partitionOf(region) === each)})`,
    );
    problems.push(
      problem({
        ...base,
        message: (label) =>
          `${label('regions')} of a policy must be in one partition, got ${examples.join(' and ')}`,
        fix: 'create a policy for each organization',
      }),
    );
  }
  const allowed: readonly string[] = POLICY_PARTITIONS;
  for (const partition of partitions.filter((each) => !allowed.includes(each)))
    problems.push(
      problem({
        ...base,
        message: (label) =>
          `${label('regions')} of a policy must be in ${allowed.join(', ')}, the partitions whose ARNs AWS Organizations accepts, got ${partition}`,
      }),
    );
  return { partition: (partitions[0] ?? 'aws') as PolicyPartition, problems };
}

function duplicatePlanProblems(names: readonly string[]): Problem[] {
  const folded = names.map((name) => name.toLowerCase());
  return names
    .filter((_, index) => folded.indexOf(folded[index]) < index)
    .map((name) =>
      problem({
        id: 'Backup-PolicyName',
        property: 'name',
        message: (label) =>
          `${label('name')} of a plan must be unique in a backup policy (case-insensitive), got ${show(name)} twice`,
        fix: 'rename one of them',
      }),
    );
}

/** What AWS would report if the document were the only policy of an account. */
function effectiveProblems(content: PolicyJson, policies: PolicyLibrary): Problem[] {
  const attached = [{ name: 'policy', content }];
  const root = { id: 'root', accounts: [{ id: '111111111111', policies: attached }] };
  const [account] = evaluateOrganization({ root }, { policies }).accounts;
  return [
    ...account.errors.map(({ code, message, path }) =>
      problem({
        id: 'Backup-EffectivePolicyInvalid',
        property: path,
        message: (label) => `${label(path)} would keep the policy from taking effect, ${code}: ${message}`,
      }),
    ),
    ...account.problems.filter(({ id }) => !ON_DOCUMENT.test(id)),
  ];
}

/** Reported when the document is read. */
const ON_DOCUMENT = /^Backup-(Policy)?Schedule/;
