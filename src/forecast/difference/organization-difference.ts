import type { EffectiveDocument } from '../../policy/effective/effective-document';
import { Changes } from './change';
import { type AccountChange, planChanges } from './organization-plans';
import { type Difference, differenceFrom } from './summary';

/** An account of an organization, and what its backup policies do. */
export interface ComparedAccount {
  readonly id: string;
  /** The IDs of the root, the units and the account. */
  readonly path: readonly string[];
  /** The effective policy in force; undefined if it isn't known, because it has errors. */
  readonly inForce?: EffectiveDocument;
  /** Whether the policies don't merge into a valid one. */
  readonly isInvalid: boolean;
}

/** Compares two versions of an organization: which accounts get which plans, and what the plans do. */
export function organizationDifference(
  before: readonly ComparedAccount[],
  after: readonly ComparedAccount[],
): Difference {
  const found = new Map<string, { readonly change: AccountChange; readonly accounts: string[] }>();
  const add = (account: string, change: AccountChange) => {
    const key = JSON.stringify([change.direction, change.subject, change.before, change.after, change.what]);
    const same = found.get(key);
    if (same) same.accounts.push(account);
    else found.set(key, { change, accounts: [account] });
  };
  const old = new Map(before.map((account) => [account.id, account]));
  const now = new Map(after.map((account) => [account.id, account]));
  for (const id of new Set([...old.keys(), ...now.keys()]))
    for (const change of accountChanges(old.get(id), now.get(id))) add(id, change);
  const changes = new Changes();
  for (const { change, accounts } of found.values()) {
    const { direction, what, ...rest } = change;
    changes.add(
      'organization',
      direction,
      { stack: '', logicalId: '' },
      { ...rest, message: `${what}, in ${accountsText(accounts)}`, accounts },
    );
  }
  return differenceFrom(changes);
}

/** More accounts than anyone reads. */
const MAX_ACCOUNTS = 5;

function accountsText(accounts: readonly string[]): string {
  const [first, ...others] = accounts;
  if (others.length === 0) return `account ${first}`;
  const shown = accounts.slice(0, MAX_ACCOUNTS).join(', ');
  const more = accounts.length - MAX_ACCOUNTS;
  return `${accounts.length} accounts: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

function accountChanges(old: ComparedAccount | undefined, now: ComparedAccount | undefined): AccountChange[] {
  if (!old || !now) {
    const one = (old ?? now) as ComparedAccount;
    const isProtected = Object.keys(one.inForce?.plans ?? {}).length > 0;
    const direction = !isProtected ? 'neutral' : now ? 'stronger' : 'weaker';
    const unit = unitOf(one);
    return [
      {
        direction,
        subject: 'the organization',
        ...(now ? { after: unit } : { before: unit }),
        what: `an account ${now ? 'joins' : 'leaves'} ${unit}${isProtected ? ', with the plans of its backup policies' : ''}`,
      },
    ];
  }
  const [from, to] = [old.path, now.path].map((path) => path.slice(0, -1).join('/'));
  const moved: AccountChange[] =
    from === to
      ? []
      : [
          {
            direction: 'neutral',
            subject: 'the unit',
            before: from,
            after: to,
            what: `an account moves from ${unitOf(old)} to ${unitOf(now)}`,
          },
        ];
  return [...moved, ...validityChanges(old, now), ...planChanges(old.inForce, now.inForce)];
}

function unitOf({ path }: ComparedAccount): string {
  return `\`${path[path.length - 2]}\``;
}

function validityChanges(old: ComparedAccount, now: ComparedAccount): AccountChange[] {
  if (old.isInvalid === now.isInvalid) return [];
  return [
    {
      direction: now.isInvalid ? 'weaker' : 'stronger',
      subject: 'the effective policy',
      before: old.isInvalid ? 'invalid' : 'valid',
      after: now.isInvalid ? 'invalid' : 'valid',
      what: now.isInvalid
        ? 'the backup policies no longer merge into a valid one, so the last valid one stays in force'
        : 'the backup policies merge into a valid one again',
    },
  ];
}
