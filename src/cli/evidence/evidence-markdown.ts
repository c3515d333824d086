import type { ResourceClaims, RuleClaims } from '../../compliance/evidence/claims';
import type { EvidenceStatement } from '../../compliance/evidence/statement';
import { dayCount } from '../../values/core/amounts';
import { cell, markdownTable } from '../core/markdown';

/** The statement for a person to read. */
export function evidenceMarkdown({ subject, predicate }: EvidenceStatement): string {
  const { generator, at, disclaimer, standards, resources, acknowledged } = predicate;
  const sections = [
    '# AWS Backup: evidence',
    `${disclaimer} Made by ${generator.name} ${generator.version} for ${at.slice(0, 10)}. \`evidence.json\` is the same as a statement of in-toto.`,
    '## Templates',
    table(
      ['template', 'SHA-256'],
      subject.map(({ name, digest }) => [name, `\`${digest.sha256}\``]),
    ),
    '## Standards',
    table(
      ['standard', 'version', 'met', 'not met', 'not visible', 'not applicable'],
      standards.map(({ title, version, summary: s }) => [
        title,
        version,
        String(s.met),
        String(s.notMet),
        String(s.notVisible),
        String(s.notApplicable),
      ]),
    ),
    '## Resources',
    table(
      [
        'resource',
        'rules',
        'RPO',
        'kept',
        'copies',
        'locked',
        'encrypted with',
        'restores tested',
        'failures reported',
        'survives',
      ],
      resources.map(resourceRow),
    ),
    '## Accepted findings',
    acknowledged.length === 0
      ? 'None.'
      : table(
          ['finding', 'place', 'what', 'reason'],
          acknowledged.map(({ id, stack, logicalId, message, reason }) => [
            id,
            `${stack}/${logicalId}`,
            message,
            reason,
          ]),
        ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function resourceRow(claims: ResourceClaims): string[] {
  const name = claims.constructPath?.replace(/\/Resource$/, '') ?? `${claims.stack}/${claims.logicalId}`;
  if (!claims.protected) {
    const why = claims.optedOut === null ? 'not protected' : `opted out: ${claims.optedOut}`;
    return [name, why, ...Array.from({ length: 8 }, () => '')];
  }
  return [
    name,
    claims.rules.map(ruleText).join('; '),
    claims.rpoMinutes === null ? '?' : `${claims.rpoMinutes} minutes`,
    days(claims.retentionDays),
    claims.rules.flatMap(({ copies }) => copies.map(({ vault }) => vault)).join(', ') || 'none',
    claims.immutability,
    claims.encryption,
    claims.restoreTestDays === null ? 'no' : `every ${dayCount(claims.restoreTestDays)}`,
    claims.monitored ? 'yes' : 'no',
    Object.entries(claims.survives)
      .filter(([, status]) => status === 'survives')
      .map(([loss]) => loss)
      .join(', ') || 'nothing',
  ];
}

function ruleText({ rule, schedule, retentionDays }: RuleClaims): string {
  return `${rule}: ${schedule}, kept ${days(retentionDays)}`;
}

function days(amount: ResourceClaims['retentionDays']): string {
  return amount === null ? '?' : amount === 'forever' ? amount : dayCount(amount);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable(
    header,
    rows.map((cells) => cells.map(cell)),
  );
}
