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

const ANY_CASE = 'letters, digits, `-`, `_` and `.`';
const DEPLOYED = 'CloudFormation deployments of 2026-09-24';
const API = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Reference.html';

/** The names law, a row a resource. Restore testing, frameworks, reports and tiering know no hyphen. */
export const NAME_LAWS = {
  plan: {
    id: 'Backup-PlanName',
    pattern: /^[a-zA-Z0-9\-_.]+$/,
    min: 1,
    max: 200,
    characters: ANY_CASE,
    source: DEPLOYED,
    asOf: '2026-09-24',
  },
  rule: {
    id: 'Backup-RuleName',
    pattern: /^[a-zA-Z0-9\-_.]+$/,
    min: 1,
    max: 50,
    characters: ANY_CASE,
    source: DEPLOYED,
    asOf: '2026-09-24',
  },
  selection: {
    id: 'Backup-SelectionName',
    pattern: /^[a-zA-Z0-9\-_.]+$/,
    min: 1,
    max: 50,
    characters: ANY_CASE,
    source: API,
    asOf: '2026-08',
  },
  vault: {
    id: 'Backup-VaultName',
    pattern: /^[a-zA-Z0-9\-_]+$/,
    min: 2,
    max: 50,
    characters: 'letters, digits, `-` and `_`',
    source: API,
    asOf: '2026-08',
  },
  framework: {
    id: 'Backup-FrameworkName',
    pattern: /^[a-zA-Z][_a-zA-Z0-9]*$/,
    min: 1,
    max: 256,
    characters: 'a letter first, then letters, digits and `_`',
    source: DEPLOYED,
    asOf: '2026-09-24',
  },
  reportPlan: {
    id: 'Backup-ReportPlanName',
    pattern: /^[a-zA-Z][_a-zA-Z0-9]*$/,
    min: 1,
    max: 256,
    characters: 'a letter first, then letters, digits and `_`',
    source: DEPLOYED,
    asOf: '2026-09-24',
  },
  restoreTestingPlan: {
    id: 'Backup-RestoreTestingPlanName',
    pattern: /^[a-zA-Z0-9_]+$/,
    min: 1,
    max: 50,
    characters: 'letters, digits and `_`',
    source: DEPLOYED,
    asOf: '2026-09-24',
  },
  restoreTestingSelection: {
    id: 'Backup-RestoreTestingSelectionName',
    pattern: /^[a-zA-Z0-9_]+$/,
    min: 1,
    max: 50,
    characters: 'letters, digits and `_`',
    source: DEPLOYED,
    asOf: '2026-09-24',
  },
  tieringConfiguration: {
    id: 'Backup-TieringConfigurationName',
    pattern: /^[a-zA-Z0-9_]+$/,
    min: 1,
    max: 200,
    characters: 'letters, digits and `_`',
    source: API,
    asOf: '2026-08',
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
  const sound =
    typeof name === 'string' && name.length >= law.min && name.length <= law.max && law.pattern.test(name);
  if (!sound)
    return [
      {
        id: law.id,
        severity: 'error',
        property,
        message: `\`${property}\` must be ${law.min} to ${law.max} characters, ${law.characters}, got ${show(name)}${lengthNote(name, law)}`,
        fix: suggestion(name, law),
      },
    ];
  if (kind === 'plan' && (name as string).length > SAFE_PLAN_NAME)
    return [
      {
        id: law.id,
        severity: 'warning',
        property,
        message: `\`${property}\` is ${(name as string).length} characters long; AWS documents both ${SAFE_PLAN_NAME} and ${law.max} as the limit`,
        fix: `use at most ${SAFE_PLAN_NAME} characters`,
      },
    ];
  return [];
}

function lengthNote(name: unknown, law: NameLaw): string {
  if (typeof name !== 'string') return '';
  return name.length > law.max || name.length < law.min ? ` (${name.length} characters)` : '';
}

/** A name near to the one given that AWS accepts, or nothing where there is none. */
function suggestion(name: unknown, law: NameLaw): string | undefined {
  if (typeof name !== 'string') return undefined;
  const hyphens = law.pattern.test('a-a');
  const candidate = name
    .trim()
    .replace(/[^a-zA-Z0-9_.-]+/g, hyphens ? '-' : '_')
    .replace(/[.-]/g, (c) => (law.pattern.test(`a${c}a`) ? c : hyphens ? '-' : '_'))
    .replace(/^[-_.]+|[-_.]+$/g, '')
    .slice(0, law.max);
  return candidate.length >= law.min && law.pattern.test(candidate) ? `use \`${candidate}\`` : undefined;
}
