import type { Text } from '../../template/evaluation/unknown';
import type { Context, Found } from '../core/context';
import { Cursor } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { stateMachineDefinition } from '../core/state-machine-definition';
import { STANDARD_VAULTS, VAULTS } from '../vault/vaults';

/** The state machine of a `RestoreRunbook`. */
export interface RestoreRunbookItem extends Item {
  readonly resources: readonly RunbookResourceItem[];
  readonly vaults: readonly RunbookVaultItem[];
}

/** A resource that a runbook restores. */
export interface RunbookResourceItem {
  readonly arn?: Text;
  /** The type in AWS Backup. */
  readonly resourceType?: Text;
}

/** A vault in which a runbook looks for recovery points. */
export interface RunbookVaultItem {
  readonly vault?: Link;
  /** Whether it belongs to another account or Region. */
  readonly isElsewhere: boolean;
}

const ANY_VAULT: ReadonlySet<string> = new Set([...STANDARD_VAULTS, ...VAULTS]);

export function readRestoreRunbooks(context: Context): RestoreRunbookItem[] {
  return [...context.all('AWS::StepFunctions::StateMachine')].flatMap((found) => {
    const plan = planOf(context, found);
    return plan ? [{ ...found.item, ...plan }] : [];
  });
}

/** What the first state of a runbook passes to the function that plans. */
function planOf(
  context: Context,
  { properties, stack }: Found,
): Pick<RestoreRunbookItem, 'resources' | 'vaults'> | undefined {
  const definition = stateMachineDefinition(properties, 'startRestoreJob');
  if (!definition) return undefined;
  for (const { resource, parameters } of definition.tasks()) {
    if (!/:lambda:invoke$/.test(resource)) continue;
    const payload = new Cursor(context, stack, parameters, definition.path).object('Payload');
    const targets = payload?.list('targets').items ?? [];
    if (!payload || targets.length === 0) continue;
    return {
      resources: targets.map((target) => ({
        arn: target.text('arn'),
        resourceType: target.text('type'),
      })),
      vaults: payload.list('vaults').items.map((vault) => ({
        vault: vault.link('name', ANY_VAULT, 'name'),
        isElsewhere: vault.raw('sharedBy') !== undefined || vault.raw('copy') !== undefined,
      })),
    };
  }
  return undefined;
}
