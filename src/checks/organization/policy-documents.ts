import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { OrganizationPolicyItem } from '../../inventory/organization/organization-policies';
import { policyReadings, type ReadPolicy } from '../../inventory/policy-readings';
import { policyLabel } from '../../inventory/policy-words';
import type { PolicyLibrary } from '../../policy/admission/policy-library';
import { lockProblems } from '../../policy/document/policy-lock';
import { evaluateOrganization } from '../../policy/effective/effective-policy';
import { isUnknown } from '../../template/evaluation/unknown';
import type { Problem } from '../../values/core/problem';
import type { Check } from '../engine/check';
import { type Seen, subject } from '../engine/subject';
import { POLICY_DOCUMENT_FACTS } from '../facts/policy-document-facts';
import { incompletePlans } from './policy-peers';

/** What AWS Organizations refuses in the document of a backup policy, and what it takes and AWS Backup doesn't. */
export const policyDocumentChecks: readonly Check[] = subject(POLICY_DOCUMENT_FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  for (const item of inventory.organizationPolicies) yield* unreadable(item);
  const readings = policyReadings(inventory);
  const { read, library } = readings;
  for (const [{ item }, missing] of incompletePlans(readings))
    yield {
      id: 'Backup-PolicyInvalid',
      place: at(item.place, item.pathInTemplate),
      message: `no policy of the app completes what ${policyLabel(item)} begins (${missing.join('; ')}): AWS Organizations publishes nothing for accounts where no other does`,
      severity: 'note',
    };
  for (const policy of read) {
    yield* policy.problems.map((problem) => seen(policy.item, problem));
    if (policy.problems.some(({ severity }) => severity === 'error')) continue;
    yield* lockProblems(policy.fragment).map((problem) => seen(policy.item, problem));
    yield* ofEffective(policy, library);
  }
}

function* unreadable(item: OrganizationPolicyItem): Iterable<Seen> {
  const { content, text, place, pathInTemplate, policyType } = item;
  if (policyType !== 'BACKUP_POLICY' || text !== undefined) return;
  const malformed = isUnknown(content) && content.kind === 'shape';
  if (content !== undefined && !malformed) return;
  yield {
    id: 'Backup-PolicyJson',
    place: at(place, pathInTemplate),
    message: `\`Content\` of ${policyLabel(item)} must be a document, got ${malformed ? 'what is not valid JSON' : 'nothing'}`,
    fix: 'say it in `Content`, as an object or as JSON text',
  };
}

/** The document, were it all that an account gets. What other policies may complete is left out. */
function* ofEffective({ item, document }: ReadPolicy, policies: PolicyLibrary): Iterable<Seen> {
  const attached = [{ name: 'policy', content: document }];
  const root = { id: 'root', accounts: [{ id: '111111111111', policies: attached }] };
  const [account] = evaluateOrganization({ root }, { policies }).accounts;
  for (const { code, path, message } of account.errors) {
    if (code === 'KEY_REQUIRED') continue; // told of all policies together
    const forEver = code === 'ELEMENTS_TOO_MANY'; // no policy further down can take a rule away
    const unless = forEver ? '' : ', unless another policy changes it';
    const text = `\`${path}\` keeps effective policies from being published${unless}, ${code}: ${message}`;
    const problem: Problem = {
      id: 'Backup-PolicyInvalid',
      severity: 'warning',
      property: path,
      message: text,
    };
    yield seen(item, problem, forEver ? 'warning' : 'note');
  }
  const said = new Set(account.settings.map(({ path }) => path));
  for (const problem of account.problems) {
    const rule = /^plans\/[^/]+\/rules\/[^/]+/.exec(problem.property)?.[0];
    if (!said.has(`${rule}/target_backup_vault_name`)) continue;
    if (said.has(problem.property) && /^Backup-(Policy)?Schedule/.test(problem.id)) continue; // of the document
    yield seen(item, { ...problem, id: 'Backup-PolicyPlan', severity: 'warning' });
  }
}

function seen(
  item: OrganizationPolicyItem,
  problem: Problem,
  severity: Seen['severity'] = problem.severity,
): Seen {
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
    severity,
  };
}
