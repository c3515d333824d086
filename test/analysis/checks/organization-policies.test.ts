import { organizationPolicyChecks } from '../../../src/analysis/checks/organization-policies';
import { resource } from '../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../support/findings';

const HERE = 'Resources/O/Properties/Content';

function told(Content: unknown, Type: unknown = 'BACKUP_POLICY'): string[] {
  const O = resource('Organizations::Policy', { Name: 'gold', Type, Content });
  return findings(organizationPolicyChecks, { O }, undefined, PARAMETERS);
}

/** A document of so many characters without blanks. */
function document(length: number): object {
  const bare = JSON.stringify({ plans: { x: '' } }).length;
  return { plans: { x: 'a'.repeat(length - bare) } };
}

describe('a backup policy of an organization', () => {
  test('has at most 10,000 characters', () => {
    const LONG = `error Backup-OrganizationPolicySize at ${HERE}: \`Content\` of backup policy \`gold\` must have at most 10000 characters, got 10001 without blanks; split it into several policies, which AWS Organizations merges`;
    expect(told(document(10_001))).toEqual([LONG]);
    expect(told(JSON.stringify(document(10_001)))).toEqual([LONG]);
    expect(told(document(10_000))).toEqual([]);
  });

  test('has a document', () => {
    const FIX = 'say it in `Content`, as an object or as JSON text';
    const seen = (got: string) => [
      `error Backup-OrganizationPolicyContent at ${HERE}: \`Content\` of backup policy \`gold\` must be a document, got ${got}; ${FIX}`,
    ];
    expect(told(undefined)).toEqual(seen('nothing'));
    expect(told('{"plans":')).toEqual(seen('text that is not valid JSON'));
    expect(told({ plans: {} })).toEqual([]);
  });

  test('that is not known, or of another type, is left alone', () => {
    expect(told(UNKNOWN)).toEqual([]);
    expect(told({ plans: { x: UNKNOWN } })).toEqual([]);
    expect(told(document(20_000), 'TAG_POLICY')).toEqual([]);
    expect(told(document(20_000), UNKNOWN)).toEqual([]);
  });
});
