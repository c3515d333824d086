import type { LocatedFinding } from '../../checks/engine/located-findings';
import type { FindingId, Severity } from '../../values/findings/registry';
import { ORDER } from './check-report';

/** All findings of one check. */
export interface FindingGroup {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly docs: string;
  readonly places: number;
  readonly stacks: number;
  /** Findings of which the sentences differ only in names and numbers. */
  readonly wordings: readonly Wording[];
}

/** A sentence and its fix, with `…` for what differs from place to place. */
export interface Wording {
  readonly message: string;
  readonly fix: string;
  readonly findings: readonly WordedFinding[];
}

export interface WordedFinding {
  readonly finding: LocatedFinding;
  /** What the sentence and the fix have in the place of each `…`, without repetitions. */
  readonly values: readonly string[];
}

/** Findings by check: the most severe first, then those in the most places. */
export function groupFindings(findings: readonly LocatedFinding[]): FindingGroup[] {
  const groups = [...grouped(findings, ({ id }) => id)].map(([id, own]): FindingGroup => {
    const { severity, docs } = own[0];
    const stacks = new Set(own.map(({ place }) => place.stackId)).size;
    const wordings = [...grouped(own, ({ message, fix }) => shape(`${message}${BREAK}${fix}`)).values()];
    return {
      id: id as FindingId,
      severity,
      docs,
      places: own.length,
      stacks,
      wordings: wordings.map(wording).sort((a, b) => b.findings.length - a.findings.length),
    };
  });
  const rank = ({ severity }: FindingGroup) => ORDER.indexOf(severity);
  return groups.sort((a, b) => rank(a) - rank(b) || b.places - a.places);
}

/** Separates the message from the fix. */
const BREAK = '\n';

/** Code in backticks, or a list of such code, a number, a word, or white space. */
const TOKEN = /`[^`]*`(?:(?:, | and | or )`[^`]*`)*|\d[\d,.]*\d|\d|[^\s`\d]+|\s+|`/g;

function wording(findings: readonly LocatedFinding[]): Wording {
  const tokens = findings.map(({ message, fix }) => tokensOf(`${message}${BREAK}${fix}`));
  const [first] = tokens;
  const varying = first.map((token, index) => tokens.some((other) => other[index] !== token));
  const common = first.map((token, index) =>
    varying[index] ? (token.startsWith('`') ? '`…`' : '…') : token,
  );
  const [message, fix] = common.join('').split(BREAK);
  return {
    message,
    fix,
    findings: findings.map((finding, row) => ({
      finding,
      values: [...new Set(tokens[row].filter((_, index) => varying[index]))],
    })),
  };
}

function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** The same for sentences that differ only in code and numbers. */
function shape(text: string): string {
  return tokensOf(text)
    .map((token) => (token.startsWith('`') ? '`' : /^\d/.test(token) ? '0' : token))
    .join('');
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const own = groups.get(key);
    if (own) own.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
