import type { Inventory } from '../../inventory/inventory';
import { type ParsedPolicy, parsedPolicies } from '../../inventory/parsed-policies';
import type { AttachedPolicy, Organization, OrganizationUnit } from '../../policy/effective/organization';
import type { FileProblem } from '../../policy/effective/organization-file';
import { isUnknown, known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';

/** A backup policy of an app, with where it is attached. */
export interface AppPolicy extends AttachedPolicy {
  /** The ids of roots, units and accounts, as far as they are known. */
  readonly targets: readonly string[];
  readonly file: string;
  /** In the template. */
  readonly path: string;
}

export interface AppPolicies {
  readonly policies: readonly AppPolicy[];
  readonly problems: readonly FileProblem[];
}

/** The backup policies of an app, in the order in which CloudFormation attaches them. */
export function appPolicies(inventory: Inventory): AppPolicies {
  const { read } = parsedPolicies(inventory);
  const problems: FileProblem[] = [];
  const readable = new Set(read.map(({ item }) => item.id));
  for (const { id, place } of inventory.organizationPolicies)
    if (!readable.has(id))
      problems.push(
        problemAt(place, 'warning', 'is not read: its type or content is known only at deployment'),
      );
  const policies = inOrder(read).map((policy): AppPolicy => {
    const { item, document } = policy;
    problems.push(...documentProblems(policy), ...targetProblems(policy));
    return {
      name: known(item.name) ?? item.place.logicalId,
      content: document,
      targets: item.targets.items.flatMap((target) => known(target) ?? []),
      file: item.place.file,
      path: item.place.pathInTemplate,
    };
  });
  return { policies, problems };
}

/** Policies after those that they depend on: the order of attachment decides between two of them. */
function inOrder(policies: readonly ParsedPolicy[]): ParsedPolicy[] {
  const byPlace = new Map(
    policies.map((policy) => [`${policy.item.place.stackId}\0${policy.item.place.logicalId}`, policy]),
  );
  const ordered = new Set<ParsedPolicy>();
  const entered = new Set<ParsedPolicy>();
  const add = (policy: ParsedPolicy) => {
    if (entered.has(policy)) return;
    entered.add(policy);
    const { place, dependsOn } = policy.item;
    for (const logicalId of dependsOn) {
      const before = byPlace.get(`${place.stackId}\0${logicalId}`);
      if (before) add(before);
    }
    ordered.add(policy);
  };
  policies.forEach(add);
  return [...ordered];
}

function documentProblems({ item, problems, open }: ParsedPolicy): FileProblem[] {
  const { file } = item.place;
  const found = problems.map(({ severity, property, message, fix }): FileProblem => {
    const path = property === 'the document' ? item.pathInTemplate : `${item.pathInTemplate}/${property}`;
    const reason = message.startsWith(`\`${property}\` `) ? message.slice(property.length + 3) : message;
    return { file, path, severity, reason, fix };
  });
  if (open)
    found.push({
      file,
      path: item.pathInTemplate,
      severity: 'warning',
      reason: 'is known only in part before deployment',
    });
  return found;
}

function targetProblems({ item }: ParsedPolicy): FileProblem[] {
  const { items, rest } = item.targets;
  return items.some(isUnknown) || rest !== undefined
    ? [
        problemAt(
          item.place,
          'warning',
          'has targets that are known only at deployment, so it is left out there',
          'write the ids of roots, units and accounts as text',
        ),
      ]
    : [];
}

function problemAt(
  { file, pathInTemplate }: ParsedPolicy['item']['place'],
  severity: FileProblem['severity'],
  reason: string,
  fix?: string,
): FileProblem {
  return { file, path: pathInTemplate, severity, reason, fix };
}

/**
 * An organization with the policies of an app attached. A policy that the organization has under the same name is an earlier
 * version of it, and gets the content and the targets of the app.
 */
export function withAppPolicies({ root }: Organization, policies: readonly AppPolicy[]): Organization {
  const names = new Set(policies.map(({ name }) => name));
  const attached = (id: string, before: readonly AttachedPolicy[] = []): AttachedPolicy[] => {
    const own = policies.filter(({ targets }) => targets.includes(id));
    const kept = before.flatMap((policy) => {
      if (!names.has(policy.name)) return [policy];
      return own.filter(({ name }) => name === policy.name);
    });
    const added = own.filter(({ name }) => before.every((policy) => policy.name !== name));
    return [...kept, ...added].map(({ name, content }) => ({ name, content }));
  };
  const unit = (one: OrganizationUnit): OrganizationUnit => ({
    ...one,
    policies: attached(one.id, one.policies),
    accounts: one.accounts?.map((account) => ({
      ...account,
      policies: attached(account.id, account.policies),
    })),
    children: one.children?.map(unit),
  });
  return { root: unit(root) };
}

/** Warnings about targets that no organization has. */
export function missingTargets(
  organizations: readonly Organization[],
  policies: readonly AppPolicy[],
): FileProblem[] {
  const ids = new Set<string>();
  const note = (one: OrganizationUnit) => {
    ids.add(one.id);
    for (const { id } of one.accounts ?? []) ids.add(id);
    one.children?.forEach(note);
  };
  for (const { root } of organizations) note(root);
  return policies.flatMap(({ name, targets, file, path }) =>
    targets
      .filter((target) => !ids.has(target))
      .map(
        (target): FileProblem => ({
          file,
          path,
          severity: 'warning',
          reason: `attaches policy ${show(name)} to ${show(target)}, which the organization does not have`,
          fix: 'add it to the file of the organization',
        }),
      ),
  );
}

/**
 * The organization that an app alone shows: the targets of its policies. The id of a unit contains that of its root. Which units
 * contain others, and which contain the accounts, isn't known.
 */
export function organizationOf(policies: readonly AppPolicy[]): Organization {
  const targets = [...new Set(policies.flatMap((policy) => policy.targets))].sort();
  const units = targets.filter((target) => target.startsWith('ou-'));
  const accounts = targets.filter((target) => /^\d{12}$/.test(target)).map((id) => ({ id }));
  const ofUnit = units
    .map((target) => /^ou-([0-9a-z]+)-/.exec(target)?.[1])
    .find((root) => root !== undefined);
  const root =
    targets.find((target) => target.startsWith('r-')) ?? (ofUnit === undefined ? 'r-unknown' : `r-${ofUnit}`);
  const children = units.map((id) => ({ id, accounts: [{ id: `any account in ${id}` }] }));
  const others = targets.includes(root) ? [{ id: `any other account in ${root}` }] : [];
  return { root: { id: root, children, accounts: [...accounts, ...others] } };
}
