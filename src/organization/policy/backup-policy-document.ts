import { readFileSync } from 'node:fs';
import { PolicyLibrary } from '../../policy/admission/policy-library';
import { lockProblems } from '../../policy/document/policy-lock';
import type { Fragment } from '../../policy/language/policy-fragment';
import { policySize, policySizeProblems } from '../../policy/language/policy-size';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { planListProblems } from '../core/organization-backup-plan-laws';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';
import { type PolicyNeed, policyNeeds } from '../core/policy-needs';
import { renderPolicy } from '../rendering/rendered-policy';

/** Options of a backup policy document. */
export interface BackupPolicyDocumentOptions {
  /**
   * Whether child policies are kept from changing the plans and from adding their own. AWS Organizations requires the
   * restriction at every level, which takes more than half of the characters of a document.
   *
   * @default false
   */
  readonly locked?: boolean;
}

/**
 * The document of a backup policy that AWS Organizations and AWS Backup accept: built from plans, or an existing one.
 *
 * AWS Organizations reports the same error for every mistake, without its location. This class reports each problem with its
 * location in the document and the fix.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export class BackupPolicyDocument {
  /** A document built from plans. */
  public static fromPlans(
    plans: OrganizationBackupPlanOptions[],
    options: BackupPolicyDocumentOptions = {},
  ): BackupPolicyDocument {
    const { document, problems } = BackupPolicyDocument._ofPlans(plans, options);
    throwErrors(problems, 'BackupPolicyDocument.fromPlans');
    return document as BackupPolicyDocument;
  }

  /**
   * An existing document. It may be a fragment that other policies complete.
   *
   * @param document an object with `plans`, in the syntax of AWS Organizations
   */
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  public static fromObject(document: any): BackupPolicyDocument {
    return BackupPolicyDocument._existing(document, 'BackupPolicyDocument.fromObject');
  }

  /**
   * An existing document as JSON. It may be a fragment that other policies complete. Whitespace doesn't count: the document
   * is sent without it.
   */
  public static fromText(json: string): BackupPolicyDocument {
    if (typeof json !== 'string')
      throw refuse(
        'Backup-PolicyJson',
        'json',
        `\`json\` of \`BackupPolicyDocument.fromText\` must be JSON text, got ${show(json)}`,
        'use `BackupPolicyDocument.fromObject` for an object',
      );
    return BackupPolicyDocument._existing(json, 'BackupPolicyDocument.fromText');
  }

  /**
   * An existing document in a file. It may be a fragment that other policies complete.
   *
   * @param path relative to the working directory of the app
   */
  public static fromFile(path: string): BackupPolicyDocument {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      const { code } = error as { code?: string };
      throw refuse(
        'Backup-PolicyFile',
        'path',
        `\`path\` of \`BackupPolicyDocument.fromFile\` must be a readable file, got ${show(path)} (${code ?? 'unknown'})`,
      );
    }
    return BackupPolicyDocument._existing(text, path);
  }

  /** An existing document. @internal */
  public static _existing(content: unknown, subject: string): BackupPolicyDocument {
    // a string that is a token as a whole is checked on the template
    if (typeof content === 'string' && !isKnown(content) && !content.trimStart().startsWith('{'))
      return new BackupPolicyDocument(content, { name: '' }, []);
    const parsed = typeof content === 'string' ? parse(content) : content;
    const { fragment, problems: refused } = new PolicyLibrary().read(content);
    const problems = [...refused, ...(parsed === undefined ? [] : policySizeProblems(parsed))];
    throwErrors(problems, subject);
    return new BackupPolicyDocument(parsed, fragment, [...problems, ...lockProblems(fragment)]);
  }

  /** @internal */
  public static _ofPlans(
    plans: OrganizationBackupPlanOptions[],
    options: BackupPolicyDocumentOptions = {},
  ): { document?: BackupPolicyDocument; problems: readonly Problem[] } {
    const wrong = [
      ...unknownPropertyProblems(options, 'BackupPolicyDocumentOptions'),
      ...planListProblems(plans),
    ];
    if (wrong.length > 0) return { problems: wrong };
    const { content, fragment, problems } = renderPolicy(plans, options.locked);
    if (problems.some(isError)) return { problems };
    return { document: new BackupPolicyDocument(content, fragment, problems), problems };
  }

  /** How many of the 10,000 characters are used. */
  public readonly characters: number;

  /** How many characters are left. */
  public readonly charactersLeft: number;

  /** What the plans need in the accounts. @internal */
  public readonly _needs: readonly PolicyNeed[];

  private constructor(
    /** What goes into the template. @internal */
    public readonly _content: unknown,
    fragment: Fragment,
    problems: readonly Problem[],
  ) {
    const size = policySize(_content) ?? { used: 0, left: 0 };
    this.characters = size.used;
    this.charactersLeft = size.left;
    this._warnings = problems.filter((problem) => !isError(problem));
    this._needs = policyNeeds(fragment);
  }

  /** The problems that are not errors, which the policy reports. @internal */
  public readonly _warnings: readonly Problem[];

  /** The document as JSON without whitespace, as AWS Organizations counts its characters. */
  public get text(): string {
    return typeof this._content === 'string' ? this._content : JSON.stringify(this._content);
  }

  /** The names of the vaults that the plans back up to in each account. */
  public get vaultNames(): string[] {
    return unique(this._needs.flatMap(({ vaults }) => vaults));
  }

  /** The names of the logically air-gapped vaults of the rules. */
  public get airGappedVaultNames(): string[] {
    return unique(this._needs.flatMap(({ airGappedVaults }) => airGappedVaults));
  }

  /** Paths and names of the roles of the selections. */
  public get roleNames(): string[] {
    return unique(this._needs.flatMap(({ roles }) => roles));
  }

  /** The Regions of the plans. */
  public get regions(): string[] {
    return unique(this._needs.flatMap(({ regions }) => regions));
  }

  /** The document as JSON. */
  public toString(): string {
    return this.text;
  }
}

const isError = ({ severity }: Problem) => severity === 'error';

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Undefined for invalid JSON, which `PolicyLibrary` reports. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
