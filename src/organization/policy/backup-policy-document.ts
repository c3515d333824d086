import { readFileSync } from 'node:fs';
import { PolicyLibrary } from '../../policy/admission/policy-library';
import { policyDocument } from '../../policy/document/backup-policy';
import { lockProblems } from '../../policy/document/policy-lock';
import type { PolicyPartition } from '../../policy/document/policy-plans';
import { policyJson } from '../../policy/document/policy-text';
import { policySize, policySizeProblems } from '../../policy/language/policy-size';
import { isKnown, show } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import type { OrganizationBackupPlan } from '../core/organization-backup-plan';
import { type PolicyNeed, policyNeeds } from '../core/policy-needs';
import { planKindProblems, planSource } from './organization-plan-source';

/** How the plans of a backup policy bind the policies below it. */
export interface BackupPolicyDocumentOptions {
  /**
   * Whether child policies may neither change the plans nor add plans of their own. It is written at every level, as AWS
   * Organizations demands, which takes more than half of the characters of a document.
   *
   * @default false
   */
  readonly locked?: boolean;
}

/**
 * The document of a backup policy of AWS Organizations, which AWS Organizations and AWS Backup accept: made of plans, or
 * one that exists already.
 *
 * AWS Organizations answers each of its rules with the same error and names no place. Here, every problem is told, with
 * its place in the document and the way out.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export class BackupPolicyDocument {
  /** A document of whole plans. */
  public static fromPlans(
    plans: OrganizationBackupPlan[],
    options: BackupPolicyDocumentOptions = {},
  ): BackupPolicyDocument {
    const { document, problems } = BackupPolicyDocument._ofPlans(plans, options);
    throwErrors(problems, 'BackupPolicyDocument.fromPlans');
    return document as BackupPolicyDocument;
  }

  /**
   * An existing document; it may be a part that other policies complete.
   *
   * @param document an object with `plans`, as AWS Organizations has it
   */
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  public static fromObject(document: any): BackupPolicyDocument {
    return BackupPolicyDocument._existing(document, 'BackupPolicyDocument.fromObject');
  }

  /**
   * An existing document as JSON text; it may be a part that other policies complete. Blanks don't count: the document is
   * sent without.
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
   * An existing document in a file; it may be a part that other policies complete.
   *
   * @param path from the folder in which the app runs
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
        `\`path\` of \`BackupPolicyDocument.fromFile\` must be a file that can be read, got ${show(path)} (${code ?? 'unknown'})`,
      );
    }
    return BackupPolicyDocument._existing(text, path);
  }

  /** A document that somebody wrote. @internal */
  public static _existing(content: unknown, subject: string): BackupPolicyDocument {
    // a text that is a token as a whole is judged by the checks on the template
    if (typeof content === 'string' && !isKnown(content) && !content.trimStart().startsWith('{'))
      return new BackupPolicyDocument(content, []);
    const parsed = typeof content === 'string' ? parse(content) : content;
    const reading = new PolicyLibrary().read(content);
    const problems = [...reading.problems, ...(parsed === undefined ? [] : policySizeProblems(parsed))];
    throwErrors(problems, subject);
    return new BackupPolicyDocument(parsed, [...problems, ...lockProblems(reading.fragment)]);
  }

  /** @internal */
  public static _ofPlans(
    plans: OrganizationBackupPlan[],
    { locked }: BackupPolicyDocumentOptions = {},
  ): { document?: BackupPolicyDocument; problems: Problem[] } {
    const wrong = planKindProblems(plans);
    if (wrong.length > 0) return { problems: wrong };
    const { partition, problems } = partitionOfPlans(plans);
    const sources = plans.map(planSource);
    problems.push(...sources.flatMap((each) => each.problems));
    const result = policyDocument(
      sources.map(({ source }) => (locked ? { ...source, locked } : source)),
      { partition, ...(locked ? { childPlans: ['@@none'] } : {}) },
    );
    problems.push(...result.problems);
    if (problems.some(isError)) return { problems };
    return { document: new BackupPolicyDocument(policyJson(result.document), problems), problems };
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
    problems: readonly Problem[],
  ) {
    const size = policySize(_content) ?? { used: 0, left: 0 };
    this.characters = size.used;
    this.charactersLeft = size.left;
    this._warnings = problems.filter((problem) => !isError(problem));
    this._needs = policyNeeds(new PolicyLibrary().read(_content).fragment);
  }

  /** Told by the policy. @internal */
  public readonly _warnings: readonly Problem[];

  /** The document as JSON without blanks, as AWS Organizations counts it. */
  public get text(): string {
    return typeof this._content === 'string' ? this._content : JSON.stringify(this._content);
  }

  /** The names of the vaults that the plans back up into, those of all accounts. */
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

  /** The JSON text. */
  public toString(): string {
    return this.text;
  }
}

const isError = ({ severity }: Problem) => severity === 'error';

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** What is wrong with a text is told by the law of the document. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

const PARTITIONS: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'] satisfies PolicyPartition[];

/** An organization is in one partition, and so is a document. */
function partitionOfPlans(plans: readonly OrganizationBackupPlan[]): {
  partition: PolicyPartition;
  problems: Problem[];
} {
  const regions = plans.flatMap((plan) => plan.regions).filter(isKnown);
  const partitions = [...new Set(regions.map(partitionOf))];
  const problem = { id: 'Backup-PolicyPartition', severity: 'error', property: 'regions' } as const;
  const problems: Problem[] = [];
  if (partitions.length > 1)
    problems.push({
      ...problem,
      message: `\`regions\` of a policy must be in one partition, got ${partitions.map((each) => `${each} (${regions.find((region) => partitionOf(region) === each)})`).join(' and ')}`,
      fix: 'make a policy for each organization',
    });
  for (const partition of partitions.filter((each) => !PARTITIONS.includes(each)))
    problems.push({
      ...problem,
      message: `\`regions\` of a policy must be in ${PARTITIONS.join(', ')}, since AWS Organizations takes ARNs of these only, got ${partition}`,
    });
  return { partition: (partitions[0] ?? 'aws') as PolicyPartition, problems };
}
