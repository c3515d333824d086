import type { Problem } from '../../values/core/problem';
import { PolicyLibrary } from '../admission/policy-library';
import { type MergeFinding, MergeFindings } from '../merge/merge-findings';
import { type EffectiveNode, type EffectiveValue, mergeLevel, NOTHING } from '../merge/policy-merge';
import {
  type EffectiveDocument,
  type EffectiveObject,
  EffectivePrinter,
  type MaterializedRegion,
  materialize,
} from './effective-document';
import { type EffectiveError, EffectiveLaw } from './effective-errors';
import { effectivePlanProblems } from './effective-laws';
import type { AttachedPolicy, Organization, OrganizationUnit } from './organization';

/** Options of an evaluation. */
export interface EvaluationOptions {
  /** Reads and caches the policies. It also defines when AWS evaluates schedules. */
  readonly policies?: PolicyLibrary;
  /** The previous evaluation, which stays in force for accounts whose policies don't merge into a valid one. */
  readonly before?: OrganizationEffect;
}

/** The effective policies of an organization. */
export interface OrganizationEffect {
  /** In the order of the organization: the accounts of a unit before those of the units in it. */
  readonly accounts: readonly AccountEffect[];
  /** What depends on the order of attachment, and what is ignored. AWS reports neither. */
  readonly findings: readonly MergeFinding[];
}

/** One value of an effective policy, with the policies that contributed to it. */
export interface EffectiveSetting {
  readonly path: string;
  readonly value: EffectiveValue;
  readonly policies: readonly string[];
}

/**
 * The effective backup policy of every account, as AWS Organizations determines it: the policies of the root, of each unit on
 * the path, and of the account are merged level by level. Paths that accounts share are merged once.
 */
export function evaluateOrganization(
  organization: Organization,
  options: EvaluationOptions = {},
): OrganizationEffect {
  const policies = options.policies ?? new PolicyLibrary();
  const shared = new SharedResults(policies);
  const before = new Map(options.before?.accounts.map((account) => [account.id, account]));
  const accounts: AccountEffect[] = [];
  const findings: MergeFinding[] = [];
  const merge = (node: EffectiveNode, entity: string, attached: readonly AttachedPolicy[] = []) => {
    const contributions = attached.map(({ name, content }) => ({
      policy: name,
      fragment: policies.read(content).fragment,
    }));
    return mergeLevel(node, contributions, new MergeFindings(entity, findings));
  };

  const open: { unit: OrganizationUnit; above: EffectiveNode; path?: PathEnd }[] = [
    { unit: organization.root, above: NOTHING },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { unit, above } = next;
    const node = merge(above, unit.id, unit.policies);
    const path = { id: unit.id, above: next.path };
    for (const { id, policies: attached } of unit.accounts ?? [])
      accounts.push(new AccountEffect(id, path, merge(node, id, attached), shared, before.get(id)));
    for (const child of [...(unit.children ?? [])].reverse()) open.push({ unit: child, above: node, path });
  }
  return { accounts, findings };
}

/** A path, linked from its end, so that units and accounts share it. */
interface PathEnd {
  readonly id: string;
  readonly above?: PathEnd;
}

/** Shared by accounts, so that equal parts are computed once. */
class SharedResults {
  public readonly printer = new EffectivePrinter();
  public readonly law: EffectiveLaw;
  private readonly planProblems = new Map<EffectiveObject, Problem[]>();

  constructor(private readonly policies: PolicyLibrary) {
    this.law = new EffectiveLaw(policies.schedules);
  }

  public problems(policy: EffectiveDocument): Problem[] {
    return Object.entries(policy.plans ?? {}).flatMap(([name, value]) => {
      const plan = value as EffectiveObject;
      let problems = this.planProblems.get(plan);
      if (!problems) {
        problems = effectivePlanProblems(plan, `plans/${name}`, this.policies.schedules);
        this.planProblems.set(plan, problems);
      }
      return problems;
    });
  }
}

/** The effective policy of one account, computed on demand. */
export class AccountEffect {
  constructor(
    /** The account ID. */
    public readonly id: string,
    private readonly unit: PathEnd,
    private readonly node: EffectiveNode,
    private readonly shared: SharedResults,
    private readonly before?: AccountEffect,
  ) {}

  /** The IDs of the root, the units and the account. */
  public get path(): string[] {
    const path = [this.id];
    for (let end: PathEnd | undefined = this.unit; end; end = end.above) path.push(end.id);
    return path.reverse();
  }

  /** The merged policy, as AWS Organizations prints it. In force only if there are no errors. */
  public get policy(): EffectiveDocument {
    return this.shared.printer.document(this.node);
  }

  /** Why AWS Organizations doesn't publish the merged policy. */
  public get errors(): EffectiveError[] {
    return this.shared.law.errors(this.node);
  }

  /**
   * The policy in force. If there are errors, the last valid policy stays in force; undefined if that is unknown.
   */
  public get inForce(): EffectiveDocument | undefined {
    return this.errors.length === 0 ? this.policy : this.before?.inForce;
  }

  /** What AWS Organizations accepts, and AWS Backup doesn't. The property is the path inside the policy. */
  public get problems(): Problem[] {
    return this.shared.problems(this.policy);
  }

  /** The plans that AWS Backup creates from the policy in each Region, with account and Region filled in. */
  public get regions(): MaterializedRegion[] {
    return materialize(this.policy, this.id);
  }

  /** Each value, with the policies that contributed to it. */
  public get settings(): EffectiveSetting[] {
    const settings: EffectiveSetting[] = [];
    const visit = (node: EffectiveNode, path: readonly string[]) => {
      if (node.value !== undefined)
        settings.push({ path: path.join('/'), value: node.value, policies: node.policies });
      for (const [key, child] of node.children) visit(child, [...path, key]);
    };
    visit(this.node, []);
    return settings;
  }
}
