import type { IConstruct } from 'constructs';
import { appMemory } from '../resources/core/app-memory';
import type { Prerequisite, Where } from './prerequisite';

/** A construct that will set prerequisites of its account and Region when the app is synthesized. */
export interface Pending extends Where {
  readonly path: string;
  readonly includeUncertain: boolean;
  readonly isManagementAccount: boolean;
}

/** The pending constructs of an app, by their paths. */
export function pendingOf(construct: IConstruct): Map<string, Pending> {
  return appMemory<Pending>(construct, 'pending-prerequisites');
}

/** Whether a pending construct will set a prerequisite. */
export function sets(pending: Pending, prerequisite: Prerequisite): boolean {
  if (!prerequisite.certain && !pending.includeUncertain) return false;
  switch (prerequisite.kind) {
    case 'opt-in':
    case 'full-management':
      return prerequisite.account === pending.account && prerequisite.region === pending.region;
    case 'service-linked-role':
      return prerequisite.account === pending.account;
    case 'trusted-access':
    case 'policy-type':
    case 'global-flag':
      return pending.isManagementAccount;
    default:
      return false;
  }
}

/** The prerequisites, with the pending constructs that will set them. */
export function withPending(prerequisites: readonly Prerequisite[], all: Iterable<Pending>): Prerequisite[] {
  const pending = [...all];
  return prerequisites.map((prerequisite) =>
    prerequisite.setBy === undefined
      ? { ...prerequisite, setBy: pending.find((each) => sets(each, prerequisite))?.path }
      : prerequisite,
  );
}
