import { iamMatches } from '../template/evaluation/glob';
import { isUnknown } from '../template/evaluation/unknown';
import { or, type Verdict } from '../template/evaluation/verdict';
import type { PolicyDocument, Statement } from './core/iam-policy';
import { covers, isEffect, mayCover } from './iam-evaluation';
import type { Inventory } from './inventory';
import type { ManagedPolicyItem, RoleItem } from './role/roles';

/** AWS managed policies that allow backing up everything. */
const EVERYTHING: ReadonlySet<string> = new Set(['AdministratorAccess', 'PowerUserAccess']);

const ASSUME_ROLE = 'sts:AssumeRole';

/** Whether a role may be assumed by a service; undefined if that isn't known. */
export function trusts({ trust }: RoleItem, service: string): Verdict {
  if (!trust) return false;
  let verdict: Verdict = trust.statements.rest ? undefined : false;
  for (const statement of trust.statements.items)
    verdict = or(verdict, trustsBy(statement, service, 'Allow'));
  return trust.statements.items.some((statement) => isDenied(statement, service)) ? false : verdict;
}

/** Whether a statement denies the service, whatever others allow. */
function isDenied(statement: Statement, service: string): boolean {
  const { items, rest } = statement.conditions;
  return items.length === 0 && !rest && trustsBy(statement, service, 'Deny') === true;
}

function trustsBy(statement: Statement, service: string, effect: 'Allow' | 'Deny'): Verdict {
  const { principals, notPrincipals } = statement;
  const applies = isEffect(statement, effect);
  if (!applies) return applies;
  if (!mayCover(statement, ASSUME_ROLE)) return false;
  if (notPrincipals) return undefined;
  if (!principals) return false;
  let who: Verdict = principals.rest ? undefined : false;
  for (const { kind, who: link } of principals.items) {
    const { text } = link;
    // `"AWS": "*"` is everyone, like `"*"`
    if (kind !== 'Service' && kind !== '*' && text !== '*') continue;
    if (isUnknown(text)) who = or(who, kind === 'Service' ? serviceMay(text.parts, service) : undefined);
    else who = or(who, text === '*' || text === service);
  }
  return who === true && !covers(statement, ASSUME_ROLE) ? undefined : who;
}

/** `backup.${AWS::URLSuffix}` is that service. */
function serviceMay(parts: readonly unknown[] | undefined, service: string): Verdict {
  const [first] = parts ?? [];
  return typeof first === 'string' && !service.startsWith(first) ? false : undefined;
}

function listed(
  list: { items: readonly unknown[]; rest?: unknown },
  fits: (text: string) => boolean,
): Verdict {
  if (list.items.some((text) => typeof text === 'string' && fits(text))) return true;
  return list.rest || list.items.some(isUnknown) ? undefined : false;
}

/** The permissions of a role of the inventory. */
export class RolePermissions {
  /** The names of AWS managed policies, such as `service-role/AWSBackupServiceRolePolicyForBackup`. */
  public readonly awsPolicies = new Set<string>();
  private readonly documents: PolicyDocument[] = [];
  /** Whether there may be policies that aren't known. */
  private readonly open: boolean;

  constructor(inventory: Inventory, role: RoleItem) {
    let open = role.managedPolicies.rest !== undefined || role.morePolicies !== undefined;
    for (const { text, to } of role.managedPolicies.items) {
      const custom = to === undefined ? undefined : inventory.byId.get(to);
      const name = nameOfAwsPolicy(text);
      const { document } = (custom ?? {}) as Partial<ManagedPolicyItem>;
      if (document) this.documents.push(document);
      else if (name !== undefined) this.awsPolicies.add(name);
      else open = true;
    }
    for (const { document } of role.policies) this.documents.push(document);
    this.open = open;
  }

  /**
   * Whether the role has an AWS managed policy, or another policy that allows any action of the services.
   *
   * @param known names of AWS managed policies that are known not to allow it
   */
  public has(policy: string, services: readonly string[], known: ReadonlySet<string>): Verdict {
    if (this.awsPolicies.has(policy)) return true;
    for (const other of this.awsPolicies) {
      if (EVERYTHING.has(other)) return true;
      if (!known.has(other)) return undefined;
    }
    const verdict = services.reduce<Verdict>(
      (found, service) => or(found, this.allows(`${service}:`)),
      false,
    );
    return verdict === false && this.open ? undefined : verdict;
  }

  /** Whether the role may perform an action; false if all its policies are known and none allows it. */
  public may(action: string): Verdict {
    const verdict = this.allows(action.toLowerCase());
    return verdict === false && (this.open || this.awsPolicies.size > 0) ? undefined : verdict;
  }

  /** Whether the customer managed and inline policies allow an action that starts with the text. */
  public allows(beginning: string): Verdict {
    let verdict: Verdict = false;
    for (const { statements } of this.documents) {
      if (statements.rest) verdict = or(verdict, undefined);
      for (const statement of statements.items) {
        const { actions, notActions } = statement;
        const allows = isEffect(statement, 'Allow');
        if (allows === undefined) verdict = or(verdict, undefined);
        if (!allows) continue;
        if (notActions) verdict = or(verdict, undefined);
        if (actions)
          verdict = or(
            verdict,
            listed(actions, (action) => meets(action.toLowerCase(), beginning)),
          );
      }
    }
    return verdict;
  }
}

/** Whether an action of a policy, with or without wildcards, covers one that starts with the text. */
function meets(action: string, beginning: string): boolean {
  return action.startsWith(beginning) || iamMatches(action, beginning) || iamMatches(action, `${beginning}x`);
}

function nameOfAwsPolicy(text: unknown): string | undefined {
  const literal = isUnknown(text)
    ? (text.parts ?? []).filter((part) => typeof part === 'string').join('')
    : text;
  const [, name] = /^arn:[a-z-]*:iam::aws:policy\/(.+)$/.exec(String(literal)) ?? [];
  return name;
}
