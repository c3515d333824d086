import { Token } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { inventoryOfApp } from '../inventory/app-inventory';
import { readInventory } from '../inventory/inventory';
import { show } from '../values/core/amounts';
import { type Problem, problem, throwErrors } from '../values/core/problem';
import { unknownPropertyProblems } from '../values/core/unknown-properties';
import { ResourceType } from '../values/resource-type/resource-type';
import { checklistJson, checklistMarkdown, checklistText } from './checklist';
import { pendingOf, withPending } from './pending';
import { findPrerequisites, type PrerequisiteReport } from './prerequisite-report';

/** Options for `Preflight`. */
export interface PreflightOptions {
  /**
   * The account ID of the management account of the organization.
   *
   * @default - the account of the stack with `BackupGlobalSettings` or `BackupOrganizationSettings`, if there is one
   */
  readonly managementAccount?: string;

  /**
   * Resource types that differ from the catalog of this library, as AWS Backup adds capabilities.
   *
   * @default - the types of the catalog
   */
  readonly resourceTypes?: ResourceType[];
}

/**
 * The settings of accounts, Regions and the organization that your backup plans need, and that no template can contain:
 * service opt-ins, full AWS Backup management of types, service-linked roles, flags and policy types of the
 * organization, and Regions to enable.
 *
 * The list follows from what all plans of the app select, copy and lock, whichever library created them. What can't be
 * determined is listed, never guessed.
 *
 * `console.log(Preflight.of(app).text)` at the end of an app prints the checklist. `cdk-backup preflight cdk.out` prints
 * the same for a synthesized app. `BackupPrerequisites` makes the settings that its account and Region need.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-supported-services.html
 */
export class Preflight {
  /**
   * The prerequisites of a whole app. Call this after all constructs are created. Settings that `BackupPrerequisites`
   * makes count as set.
   *
   * @param scope the app, or any construct in it
   * @throws if an option is invalid
   */
  public static of(scope: IConstruct, options: PreflightOptions = {}): Preflight {
    throwErrors([...scopeProblems(scope), ...preflightProblems(options)], 'Preflight');
    const { inventory, unread } = inventoryOfApp(scope);
    const { prerequisites, unknown, managementAccount } = findPrerequisites(inventory, options);
    return new Preflight({
      prerequisites: withPending(prerequisites, pendingOf(scope).values()),
      unknown: [...unread, ...unknown],
      managementAccount,
    });
  }

  /**
   * The prerequisites of cloud assemblies (folders such as `cdk.out`) and template files.
   *
   * @throws if a file can't be read or understood, or if an option is invalid
   */
  public static ofAssembly(paths: string[], options: PreflightOptions = {}): Preflight {
    const problems = Array.isArray(paths)
      ? []
      : [refusal('paths', `\`paths\` must be a list of paths, got ${show(paths)}`)];
    throwErrors([...problems, ...preflightProblems(options)], 'Preflight');
    return new Preflight(findPrerequisites(readInventory(paths), options));
  }

  private constructor(private readonly report: PrerequisiteReport) {}

  /**
   * The checklist, grouped by account and Region, with the reasons and the AWS CLI command for each item:
   * `[ ]` to check and set, `[x]` set by the app, `[?]` possibly needed.
   */
  public get text(): string {
    return checklistText(this.report);
  }

  /** The checklist as Markdown, for a pull request or a wiki. */
  public get markdown(): string {
    return checklistMarkdown(this.report);
  }

  /** The checklist as JSON, as `cdk-backup preflight --format json` prints it. */
  public get json(): string {
    return JSON.stringify(checklistJson(this.report), undefined, 2);
  }

  /** Whether the app sets everything that is certainly needed. */
  public get isComplete(): boolean {
    return this.report.prerequisites.every(({ setBy, certain }) => setBy !== undefined || !certain);
  }

  /** What can't be determined before deployment, one sentence each. */
  public get unknown(): string[] {
    return [...this.report.unknown];
  }
}

const ID = 'Backup-Preflight';

function scopeProblems(scope: unknown): Problem[] {
  if (Construct.isConstruct(scope)) return [];
  return [refusal('scope', `\`scope\` must be an app or a construct in it, got ${show(scope)}`)];
}

/** Problems of the options. */
export function preflightProblems(options: PreflightOptions): Problem[] {
  const value: unknown = options;
  if (typeof value !== 'object' || value === null)
    return [refusal('options', `\`options\` must be an object, got ${show(value)}`)];
  const problems: Problem[] = unknownPropertyProblems(options, 'PreflightOptions');
  const { managementAccount, resourceTypes } = options;
  const isAccount =
    Token.isUnresolved(managementAccount) ||
    (typeof managementAccount === 'string' && /^\d{12}$/.test(managementAccount));
  if (managementAccount !== undefined && !isAccount)
    problems.push(
      refusal('managementAccount', `\`managementAccount\` must be 12 digits, got ${show(managementAccount)}`),
    );
  const types: unknown = resourceTypes;
  const isList = Array.isArray(types) && types.every((type) => type instanceof ResourceType);
  if (types !== undefined && !isList)
    problems.push(
      refusal('resourceTypes', `\`resourceTypes\` must be a list of \`ResourceType\`, got ${show(types)}`),
    );
  return problems;
}

function refusal(property: string, message: string): Problem {
  return problem({ id: ID, property, message });
}
