import type { IConstruct } from 'constructs';
import { appMemory } from '../resources/core/app-memory';
import type { Demand, Where } from './demand';

/** A construct that sets what is needed where it stands when the app is synthesized, and hasn't done so yet. */
export interface Pending extends Where {
  readonly path: string;
  readonly includeUncertain: boolean;
  readonly isManagementAccount: boolean;
}

/** Those of an app, by their paths. */
export function pendingOf(construct: IConstruct): Map<string, Pending> {
  return appMemory<Pending>(construct, 'pending-prerequisites');
}

/** Whether it is to set what is needed; what only people or other constructs can set, it doesn't. */
export function sets(pending: Pending, demand: Demand): boolean {
  if (!demand.certain && !pending.includeUncertain) return false;
  switch (demand.kind) {
    case 'opt-in':
    case 'full-management':
      return demand.account === pending.account && demand.region === pending.region;
    case 'service-linked-role':
      return demand.account === pending.account;
    case 'trusted-access':
    case 'policy-type':
    case 'global-flag':
      return pending.isManagementAccount;
    default:
      return false;
  }
}

/** The demands, with what is to set them. */
export function withPending(demands: readonly Demand[], all: Iterable<Pending>): Demand[] {
  const pending = [...all];
  return demands.map((demand) =>
    demand.setBy === undefined
      ? { ...demand, setBy: pending.find((each) => sets(each, demand))?.path }
      : demand,
  );
}
