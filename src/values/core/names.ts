import type { FindingId } from '../findings/registry';
import { isKnown, show } from './amounts';
import { trimmed } from './plain-text';
import type { Problem } from './problem';
import { problem } from './problem';

/** The names that AWS Backup accepts for one kind of resource. */
export interface NameLaw {
  readonly id: FindingId;
  readonly pattern: RegExp;
  readonly min: number;
  readonly max: number;
  /** A description of the allowed characters. */
  readonly characters: string;
  readonly source: string;
  readonly asOf: string;
}

/** The API reference page that documents the lengths. */
const api = (page: string) => `https://docs.aws.amazon.com/aws-backup/latest/devguide/API_${page}.html`;

const DOTTED = { pattern: /^[a-zA-Z0-9\-_.]+$/, characters: '`a-z`, `A-Z`, `0-9`, `-`, `_` and `.`' };
const WORD = { pattern: /^[a-zA-Z0-9_]+$/, characters: '`a-z`, `A-Z`, `0-9` and `_`' };
const IDENTIFIER = {
  pattern: /^[a-zA-Z][a-zA-Z0-9_]*$/,
  characters: '`a-z`, `A-Z`, `0-9` and `_`, starting with a letter',
};

/** CloudFormation deployments on this day rejected other characters. */
const DEPLOYED = '2026-09-24';
/** Documented in the API reference. */
const DOCUMENTED = '2026-08';

/** The naming rules, one row per resource. Restore testing, frameworks, reports and tiering don't allow hyphens. */
export const NAME_LAWS = {
  // the API reference says 200 at BackupPlan and 50 at BackupPlanInput: see `SAFE_PLAN_NAME`
  plan: { id: 'Backup-PlanName', ...DOTTED, min: 1, max: 200, source: api('BackupPlan'), asOf: DEPLOYED },
  rule: { id: 'Backup-RuleName', ...DOTTED, min: 1, max: 50, source: api('BackupRuleInput'), asOf: DEPLOYED },
  selection: {
    id: 'Backup-SelectionName',
    ...DOTTED,
    min: 1,
    max: 50,
    source: api('BackupSelection'),
    asOf: DOCUMENTED,
  },
  vault: {
    id: 'Backup-VaultName',
    pattern: /^[a-zA-Z0-9\-_]+$/,
    characters: '`a-z`, `A-Z`, `0-9`, `-` and `_`',
    min: 2,
    max: 50,
    source: api('CreateBackupVault'),
    asOf: DOCUMENTED,
  },
  framework: {
    id: 'Backup-FrameworkName',
    ...IDENTIFIER,
    min: 1,
    max: 256,
    source: api('CreateFramework'),
    asOf: DEPLOYED,
  },
  reportPlan: {
    id: 'Backup-ReportPlanName',
    ...IDENTIFIER,
    min: 1,
    max: 256,
    source: api('CreateReportPlan'),
    asOf: DEPLOYED,
  },
  restoreTestingPlan: {
    id: 'Backup-RestoreTestingPlanName',
    ...WORD,
    min: 1,
    max: 50,
    source: api('CreateRestoreTestingPlan'),
    asOf: DEPLOYED,
  },
  restoreTestingSelection: {
    id: 'Backup-RestoreTestingSelectionName',
    ...WORD,
    min: 1,
    max: 50,
    source: api('RestoreTestingSelectionForCreate'),
    asOf: DEPLOYED,
  },
  tieringConfiguration: {
    id: 'Backup-TieringConfigurationName',
    ...WORD,
    min: 1,
    max: 200,
    source: api('CreateTieringConfiguration'),
    asOf: DOCUMENTED,
  },
} as const satisfies Record<string, NameLaw>;

/** The problem of a name that is too long although parts of it are known only at deployment. */
export function longNameProblem(kind: NameKind, length: number, property: string): Problem | undefined {
  const { id, max }: NameLaw = NAME_LAWS[kind];
  if (length > max)
    return problem({
      id,
      property,
      message: (label) => `${label(property)} must be at most ${max} characters, got at least ${length}`,
      fix: 'shorten it',
    });
  return kind === 'plan' && length > SAFE_PLAN_NAME
    ? longPlanNameProblem(`at least ${length}`, property)
    : undefined;
}

/** The kinds of names that AWS Backup restricts. */
export type NameKind = keyof typeof NAME_LAWS;

/** The console, and one of two places in the API reference, allow plan names of up to 50 characters. */
const SAFE_PLAN_NAME = 50;

/**
 * The law for names.
 *
 * @param property the caller's name of the property, such as `vaultName`
 */
export function nameProblems(kind: NameKind, name: unknown, property: string): Problem[] {
  if (!isKnown(name)) return [];
  const law: NameLaw = NAME_LAWS[kind];
  if (typeof name !== 'string' || !accepts(law, name))
    return [
      problem({
        id: law.id,
        property,
        message: (label) =>
          `${label(property)} must be ${law.min} to ${law.max} characters from ${law.characters}, got ${show(name)}${lengthNote(name, law)}`,
        fix: nameFix(name, law),
      }),
    ];
  return kind === 'plan' && name.length > SAFE_PLAN_NAME
    ? [longPlanNameProblem(`${name.length}`, property)]
    : [];
}

function longPlanNameProblem(got: string, property: string): Problem {
  return problem({
    id: 'Backup-LongPlanName',
    property,
    message: (label) =>
      `${label(property)} should be at most ${SAFE_PLAN_NAME} characters, since AWS documents both ${SAFE_PLAN_NAME} and ${NAME_LAWS.plan.max} as the limit, got ${got}`,
    fix: 'shorten it',
  });
}

function accepts(law: NameLaw, name: string): boolean {
  return name.length >= law.min && name.length <= law.max && law.pattern.test(name);
}

function lengthNote(name: unknown, law: NameLaw): string {
  return typeof name === 'string' && name.length > law.max ? ` (${name.length} characters)` : '';
}

/** A similar name that AWS accepts; an example if there is none. */
function nameFix(name: unknown, law: NameLaw): string {
  const separator = law.pattern.test('a-a') ? '-' : '_';
  const candidate = typeof name === 'string' ? near(name, law, separator) : '';
  if (candidate.length > law.max) return `use at most ${law.max} characters`;
  return accepts(law, candidate) ? `use \`${candidate}\`` : `for example, use \`my${separator}backups\``;
}

function near(name: string, law: NameLaw, separator: string): string {
  const fitting = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '') // accents
    .replace(/[^a-zA-Z0-9_.-]+/g, separator)
    .replace(/[.-]/g, (mark) => (law.pattern.test(`a${mark}a`) ? mark : separator));
  // drop leading digits if the name must start with a letter
  return trimmed(fitting, /[-_.]/).replace(/^[^a-zA-Z]+/, (start) => (law.pattern.test('1') ? start : ''));
}
