import type { Inventory } from '../../inventory/inventory';
import { PolicyLibrary } from '../../policy/admission/policy-library';
import { type AccountEffect, evaluateOrganization } from '../../policy/effective/effective-policy';
import type { AttachedPolicy, OrganizationUnit } from '../../policy/effective/organization';
import type { EffectData, OrganizationData, OrganizationNode } from '../../report/data/organization-data';
import { InputProblems } from '../core/input-problems';
import { settingRows } from '../effective-policy/effective-report';
import { isApp, readOrganizations } from '../effective-policy/organization-input';

/**
 * The organization of the files, with the backup policies of the apps; without a file, the organization that these policies
 * name. Undefined if there is neither.
 *
 * @throws InputProblems if a file of an organization is invalid
 */
export function organizationData(
  paths: readonly string[],
  inventory: Inventory,
  stdin: () => string,
): OrganizationData | undefined {
  const hasFile = paths.some((path) => !isApp(path));
  if (!hasFile && inventory.organizationPolicies.length === 0) return undefined;
  const policies = new PolicyLibrary();
  try {
    const builder = new TreeBuilder();
    for (const { organization } of readOrganizations(paths, policies, stdin).organizations) {
      const { accounts } = evaluateOrganization(organization, { policies });
      builder.add(organization.root, new Map(accounts.map((account) => [account.id, account])));
    }
    return { nodes: builder.nodes, effects: builder.effects };
  } catch (error) {
    // the checks report invalid policies of apps
    if (!hasFile && error instanceof InputProblems) return undefined;
    throw error;
  }
}

/** Units and accounts from the top to the bottom, each distinct effective policy once. */
class TreeBuilder implements OrganizationData {
  public readonly nodes: OrganizationNode[] = [];
  public readonly effects: EffectData[] = [];
  private readonly positions = new Map<string, number>();

  public add(root: OrganizationUnit, accounts: ReadonlyMap<string, AccountEffect>): void {
    const open: [OrganizationUnit, number][] = [[root, 0]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [{ id, policies, accounts: own = [], children = [] }, depth] = next;
      this.nodes.push({ kind: 'unit', id, depth, policies: names(policies) });
      for (const account of own)
        this.nodes.push({
          kind: 'account',
          id: account.id,
          depth: depth + 1,
          policies: names(account.policies),
          effect: this.effect(accounts.get(account.id)),
        });
      for (const child of [...children].reverse()) open.push([child, depth + 1]);
    }
  }

  private effect(account: AccountEffect | undefined): number | undefined {
    if (!account) return undefined;
    const effect = {
      rows: settingRows(account),
      problems: [
        ...account.errors.map(({ code, path, message }) => ({
          severity: 'error',
          message: `${code} at ${path}: ${message}`,
        })),
        ...account.problems.map(({ severity, message, fix }) => ({
          severity,
          message: fix === undefined ? message : `${message}; ${fix}`,
        })),
      ],
    };
    const key = JSON.stringify(effect);
    const known = this.positions.get(key);
    if (known !== undefined) return known;
    this.effects.push(effect);
    this.positions.set(key, this.effects.length - 1);
    return this.effects.length - 1;
  }
}

function names(policies: readonly AttachedPolicy[] = []): string[] {
  return policies.map(({ name }) => name);
}
