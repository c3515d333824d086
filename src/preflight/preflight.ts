import { Token } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { inventoryOfApp } from '../inventory/app-inventory';
import { readInventory } from '../inventory/inventory';
import { show } from '../values/core/amounts';
import { type Problem, throwErrors } from '../values/core/problem';
import { ResourceType } from '../values/resource-type/resource-type';
import { checklistJson, checklistMarkdown, checklistText } from './checklist';
import { pendingOf, withPending } from './pending';
import { type Prerequisites, prerequisitesOf } from './prerequisites';

/** Options of a `Preflight`. */
export interface PreflightOptions {
  /**
   * The account id of the management account of the organization.
   *
   * @default - that of a stack with `BackupGlobalSettings`; where there is none, it isn't known
   */
  readonly managementAccount?: string;

  /**
   * Types that differ from the catalog of this library, since AWS Backup learns.
   *
   * @default - the types of the catalog
   */
  readonly resourceTypes?: ResourceType[];
}

/**
 * What must be set in accounts, Regions and the organization before backup plans do what they say, since no template
 * can say it: opt-ins of Regions, full management of types, service-linked roles, flags of the organization, its policy
 * type, Regions to turn on. It is derived from what plans of the whole app select, copy and lock, whichever library
 * made them; what can't be told is listed, never guessed.
 *
 * `console.log(Preflight.of(app).text)` at the end of an app prints the checklist; `cdk-backup preflight cdk.out` does
 * the same from outside. `BackupPrerequisites` sets what is needed where it stands.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-supported-services.html
 */
export class Preflight {
  /**
   * Of the whole app that a construct belongs to, as it is now: call it after all constructs are made. What
   * `BackupPrerequisites` is to set counts as set.
   *
   * @param scope the app, or any construct of it
   * @throws if an option is malformed
   */
  public static of(scope: IConstruct, options: PreflightOptions = {}): Preflight {
    throwErrors([...scopeProblems(scope), ...preflightProblems(options)], 'Preflight');
    const { inventory, unread } = inventoryOfApp(scope);
    const { demands, unknown, managementAccount } = prerequisitesOf(inventory, options);
    return new Preflight({
      demands: withPending(demands, pendingOf(scope).values()),
      unknown: [...unread, ...unknown],
      managementAccount,
    });
  }

  /**
   * Of cloud assemblies (folders such as `cdk.out`) and template files.
   *
   * @throws if a file can't be read or understood, or if an option is malformed
   */
  public static ofAssembly(paths: string[], options: PreflightOptions = {}): Preflight {
    throwErrors(preflightProblems(options), 'Preflight');
    return new Preflight(prerequisitesOf(readInventory(paths), options));
  }

  private constructor(private readonly prerequisites: Prerequisites) {}

  /**
   * The checklist, grouped by account and Region, with why each item is needed and the command of the AWS CLI for it:
   * `[ ]` to look at and set, `[x]` set by the app, `[?]` perhaps needed.
   */
  public get text(): string {
    return checklistText(this.prerequisites);
  }

  /** The checklist in Markdown, for a pull request or a wiki. */
  public get markdown(): string {
    return checklistMarkdown(this.prerequisites);
  }

  /** The same as JSON, as `cdk-backup preflight --format json` prints it. */
  public get json(): string {
    return JSON.stringify(checklistJson(this.prerequisites), undefined, 2);
  }

  /** Whether the app sets all that is certainly needed. */
  public get isComplete(): boolean {
    return this.prerequisites.demands.every(({ setBy, certain }) => setBy !== undefined || !certain);
  }

  /** What can't be told before deployment, each a sentence. */
  public get unknown(): string[] {
    return [...this.prerequisites.unknown];
  }
}

const ID = 'Backup-Preflight';

function scopeProblems(scope: unknown): Problem[] {
  if (Construct.isConstruct(scope)) return [];
  return [problem('scope', `\`scope\` must be an app or a construct of it, got ${show(scope)}`)];
}

/** The law of the options. */
export function preflightProblems(options: PreflightOptions): Problem[] {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null)
    return [problem('options', `\`options\` must be an object, got ${show(given)}`)];
  const problems: Problem[] = [];
  const { managementAccount, resourceTypes } = options;
  const isAccount =
    Token.isUnresolved(managementAccount) ||
    (typeof managementAccount === 'string' && /^\d{12}$/.test(managementAccount));
  if (managementAccount !== undefined && !isAccount)
    problems.push(
      problem('managementAccount', `\`managementAccount\` must be 12 digits, got ${show(managementAccount)}`),
    );
  const types: unknown = resourceTypes;
  const isList = Array.isArray(types) && types.every((type) => type instanceof ResourceType);
  if (types !== undefined && !isList)
    problems.push(
      problem('resourceTypes', `\`resourceTypes\` must be a list of \`ResourceType\`, got ${show(types)}`),
    );
  return problems;
}

function problem(property: string, message: string): Problem {
  return { id: ID, severity: 'error', property, message };
}
