import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { policyLabel } from '../../inventory/labels';
import type { OrganizationPolicyItem } from '../../inventory/organization/organization-policies';
import { type ParsedPolicy, parsedPolicies } from '../../inventory/parsed-policies';
import type { PolicyLibrary } from '../../policy/admission/policy-library';
import { lockProblems } from '../../policy/document/policy-lock';
import { evaluateOrganization } from '../../policy/effective/effective-policy';
import { isUnknown } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { findIncompletePolicies } from '../facts/incomplete-policies';

/** What AWS Organizations refuses in backup policies, and what it accepts but AWS Backup doesn't. */
export const policyDocumentChecks: readonly Check[] = checksOf(
  [
    'Backup-PolicyScheduleMissing',
    'Backup-PolicyRegionUnknown',
    'Backup-PolicyConditionKey',
    'Backup-PolicyDependencyDoubt',
    'Backup-PolicyOperatorIgnored',
    'Backup-PolicyScheduleUndocumented',
    'Backup-PolicyJson',
    'Backup-PolicyStructure',
    'Backup-PolicyOperator',
    'Backup-PolicyValue',
    'Backup-PolicyName',
    'Backup-PolicyIncomplete',
    'Backup-PolicyInvalidAlone',
    'Backup-PolicyDependency',
    'Backup-PolicySchedule',
    'Backup-PolicySize',
    'Backup-PolicyLockHole',
    'Backup-PolicyInvalid',
    'Backup-PolicyPlan',
    'Backup-PolicyArnPartition',
    'Backup-PolicyTagPrefix',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const item of inventory.organizationPolicies) yield* unreadable(item);
  const policies = parsedPolicies(inventory);
  const { read, library } = policies;
  for (const [{ item }, missing] of findIncompletePolicies(policies))
    yield {
      id: 'Backup-PolicyInvalidAlone',
      place: at(item.place, item.pathInTemplate),
      message: `no policy of the app completes ${policyLabel(item)} (${missing.join('; ')}), so AWS Organizations publishes nothing for accounts where no other policy does`,
    };
  for (const policy of read) {
    yield* policy.problems.map((problem) => toDetection(policy.item, problem));
    if (policy.problems.some(({ severity }) => severity === 'error')) continue;
    yield* lockProblems(policy.fragment).map((problem) => toDetection(policy.item, problem));
    yield* ofEffective(policy, library);
  }
}

function* unreadable(item: OrganizationPolicyItem): Iterable<Detection> {
  const { content, text, place, pathInTemplate, policyType } = item;
  if (policyType !== 'BACKUP_POLICY' || text !== undefined) return;
  const malformed = isUnknown(content) && content.kind === 'shape';
  if (content !== undefined && !malformed) return;
  yield {
    id: 'Backup-PolicyJson',
    place: at(place, pathInTemplate),
    message: `\`Content\` of ${policyLabel(item)} must be a policy document, got ${malformed ? 'invalid JSON' : 'nothing'}`,
    fix: 'set `Content` to an object or to JSON text',
  };
}

/** Problems of the document if it is the only policy of an account, except what other policies may complete. */
function* ofEffective({ item, document }: ParsedPolicy, policies: PolicyLibrary): Iterable<Detection> {
  const attached = [{ name: 'policy', content: document }];
  const root = { id: 'root', accounts: [{ id: '111111111111', policies: attached }] };
  const [account] = evaluateOrganization({ root }, { policies }).accounts;
  for (const { code, path, message } of account.errors) {
    if (code === 'KEY_REQUIRED') continue; // reported for all policies together
    const isFinal = code === 'ELEMENTS_TOO_MANY'; // no policy further down can remove a rule
    const unless = isFinal ? '' : ' unless another policy changes it';
    const text = `\`${path}\` prevents effective policies from being published${unless}, ${code}: ${message}`;
    const id = isFinal ? 'Backup-PolicyInvalid' : 'Backup-PolicyInvalidAlone';
    yield toDetection(item, problem({ id, property: path, message: text }));
  }
  const settings = new Set(account.settings.map(({ path }) => path));
  for (const problem of account.problems) {
    const rule = /^plans\/[^/]+\/rules\/[^/]+/.exec(problem.property)?.[0];
    if (SAME_IN_POLICIES.has(problem.id)) yield toDetection(item, problem);
    if (SAME_IN_POLICIES.has(problem.id) || !settings.has(`${rule}/target_backup_vault_name`)) continue;
    if (settings.has(problem.property) && /^Backup-(Policy)?Schedule/.test(problem.id)) continue; // reported for the document
    yield toDetection(item, problem.with({ id: 'Backup-PolicyPlan' }));
  }
}

/** Problems of a plan that are known, whatever other policies add to it. */
const SAME_IN_POLICIES: ReadonlySet<string> = new Set([
  'Backup-DefaultRolePath',
  'Backup-PolicyArnPartition',
  'Backup-PolicyTagPrefix',
]);

function toDetection(item: OrganizationPolicyItem, problem: Problem): Detection {
  const { property, message, id, fix } = problem;
  const inDocument = property !== 'the document';
  const quoted = inDocument ? `\`${property}\`` : 'the document';
  const path =
    inDocument && item.text === undefined ? `${item.pathInTemplate}/${property}` : item.pathInTemplate;
  return {
    id,
    place: at(item.place, path),
    message: message.replace(quoted, () => `${quoted} of ${policyLabel(item)}`),
    fix,
  };
}
