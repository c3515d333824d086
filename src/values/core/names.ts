import { isKnown, show } from './amounts';
import type { Problem } from './problem';

/** What AWS Backup accepts as the name of one kind of resource. */
export interface NameLaw {
  readonly id: string;
  readonly pattern: RegExp;
  readonly min: number;
  readonly max: number;
  /** The characters in words. */
  readonly characters: string;
  readonly source: string;
  readonly asOf: string;
}

/** The page of the API reference that says the lengths. */
const api = (page: string) => `https://docs.aws.amazon.com/aws-backup/latest/devguide/API_${page}.html`;

const DOTTED = { pattern: /^[a-zA-Z0-9\-_.]+$/, characters: '`a-z`, `A-Z`, `0-9`, `-`, `_` and `.`' };
const WORD = { pattern: /^[a-zA-Z0-9_]+$/, characters: '`a-z`, `A-Z`, `0-9` and `_`' };
const IDENTIFIER = {
  pattern: /^[a-zA-Z][a-zA-Z0-9_]*$/,
  characters: '`a-z`, `A-Z`, `0-9` and `_`, a letter first',
};

/** In CloudFormation deployments of this day other characters were refused. */
const DEPLOYED = '2026-09-24';
/** The API reference says so. */
const DOCUMENTED = '2026-08';

/** The names law, a row a resource. Restore testing, frameworks, reports and tiering know no hyphen. */
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

/** The kinds of names that have a law. */
export type NameKind = keyof typeof NAME_LAWS;

/** The console, and the API's own text in one of two places, allow plan names of up to 50 characters. */
const SAFE_PLAN_NAME = 50;

/**
 * The names law.
 *
 * @param property how the caller names the property, such as `vaultName`
 */
export function nameProblems(kind: NameKind, name: unknown, property: string): Problem[] {
  if (!isKnown(name)) return [];
  const law: NameLaw = NAME_LAWS[kind];
  if (typeof name !== 'string' || !accepts(law, name))
    return [
      {
        id: law.id,
        severity: 'error',
        property,
        message: `\`${property}\` must be ${law.min} to ${law.max} characters of ${law.characters}, got ${show(name)}${lengthNote(name, law)}`,
        fix: nameFix(name, law),
      },
    ];
  if (kind === 'plan' && name.length > SAFE_PLAN_NAME)
    return [
      {
        id: law.id,
        severity: 'warning',
        property,
        message: `\`${property}\` should be at most ${SAFE_PLAN_NAME} characters, since AWS documents both ${SAFE_PLAN_NAME} and ${law.max} as the limit, got ${name.length}`,
        fix: 'shorten it',
      },
    ];
  return [];
}

function accepts(law: NameLaw, name: string): boolean {
  return name.length >= law.min && name.length <= law.max && law.pattern.test(name);
}

function lengthNote(name: unknown, law: NameLaw): string {
  return typeof name === 'string' && name.length > law.max ? ` (${name.length} characters)` : '';
}

/** A name near to the one given that AWS accepts; an example where there is none. */
function nameFix(name: unknown, law: NameLaw): string {
  const separator = law.pattern.test('a-a') ? '-' : '_';
  const candidate = typeof name === 'string' ? near(name, law, separator) : '';
  if (candidate.length > law.max) return `use at most ${law.max} characters`;
  return accepts(law, candidate) ? `use \`${candidate}\`` : `use for example \`my${separator}backups\``;
}

function near(name: string, law: NameLaw, separator: string): string {
  return (
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '') // the accent of a letter
      .replace(/[^a-zA-Z0-9_.-]+/g, separator)
      .replace(/[.-]/g, (mark) => (law.pattern.test(`a${mark}a`) ? mark : separator))
      .replace(/^[-_.]+|[-_.]+$/g, '')
      // what must begin with a letter loses the digits before it
      .replace(/^[^a-zA-Z]+/, (start) => (law.pattern.test('1') ? start : ''))
  );
}
