import type { Inventory } from '../inventory';
import { hasUnknown } from '../inventory/plain';
import { Unknown } from '../inventory/unknown';
import { at, type Check } from './check';
import { type CheckFacts, type Seen, subject } from './subject';
import { nameOf } from './words';

const DOCS = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-OrganizationPolicySize',
    severity: 'error',
    what: 'A backup policy of AWS Organizations has more than 10,000 characters.',
    why: 'AWS Organizations refuses it, and the quota can not be raised.',
    fix: 'split it into several policies, which AWS Organizations merges',
    docs: DOCS,
    source: 'AWS Organizations User Guide, Quotas; FogSecurity/aws-size#44',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-OrganizationPolicyContent',
    severity: 'error',
    what: 'A backup policy of AWS Organizations has no document, or one that is no JSON.',
    why: 'AWS Organizations refuses it: MalformedPolicyDocumentException.',
    fix: 'say it in `Content`, as an object or as JSON text',
    docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html',
    source: 'AWS Organizations User Guide, Backup policy syntax and examples',
    asOf: '2026-11-21',
  },
];

/** Source: AWS Organizations User Guide, "Quotas", 2026. */
const MAX_CHARACTERS = 10_000;

/** Whether backup policies of AWS Organizations have a document, and one that is not too long. */
export const organizationPolicyChecks: readonly Check[] = subject(FACTS, look);

function* look({ organizationPolicies }: Inventory): Iterable<Seen> {
  for (const { name, policyType, content, place, pathInTemplate } of organizationPolicies) {
    if (policyType !== 'BACKUP_POLICY') continue;
    const of = `backup policy ${nameOf(name, place)}`;
    const here = at(place, pathInTemplate);
    const malformed = content instanceof Unknown && content.kind === 'shape';
    if (content === undefined || malformed)
      yield {
        id: 'Backup-OrganizationPolicyContent',
        place: here,
        message: `\`Content\` of ${of} must be a document, got ${malformed ? 'text that is not valid JSON' : 'nothing'}`,
      };
    if (content === undefined || hasUnknown(content)) continue;
    // as short as it can be written: what is sent as text counts with its blanks
    const { length } = JSON.stringify(content);
    if (length > MAX_CHARACTERS)
      yield {
        id: 'Backup-OrganizationPolicySize',
        place: here,
        message: `\`Content\` of ${of} must have at most ${MAX_CHARACTERS} characters, got ${length} without blanks`,
      };
  }
}
