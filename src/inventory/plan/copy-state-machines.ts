import { known } from '../../template/evaluation/unknown';
import type { Context, Found } from '../core/context';
import { Cursor } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { stateMachineDefinition } from '../core/state-machine-definition';
import { ROLES } from '../role/roles';
import { STANDARD_VAULTS, VAULTS } from '../vault/vaults';
import { type CopyItem, lifecycle } from './plans';

/** A state machine that starts copy jobs, in addition to the copies of plans. */
export interface CopyStateMachineItem extends Item {
  /** The role of the state machine. */
  readonly role?: Link;
  readonly copies: readonly CopyJobItem[];
  /** The types in AWS Backup that the event rules of the machine pass on; absent: all. */
  readonly resourceTypes?: readonly string[];
}

/** A state that starts copy jobs. */
export interface CopyJobItem extends CopyItem {
  /** The vault that is copied from; its account and Region are those of the state machine. */
  readonly source?: Link;
  /** The role with which AWS Backup copies. */
  readonly role?: Link;
}

const MACHINE = 'AWS::StepFunctions::StateMachine';
const MACHINES: ReadonlySet<string> = new Set([MACHINE]);
const ACTION = /:aws-sdk:backup:startCopyJob$/i;

export function readCopyStateMachines(context: Context): CopyStateMachineItem[] {
  const machines = [...context.all(MACHINE)].flatMap((found) => {
    const copies = copiesOf(context, found);
    return copies.length > 0
      ? [{ ...found.item, role: found.properties.link('RoleArn', ROLES, 'arn'), copies }]
      : [];
  });
  if (machines.length === 0) return [];
  const types = passedTypes(context);
  return machines.map((machine) => ({ ...machine, resourceTypes: types.get(machine.id) }));
}

/** The types that event rules pass on to state machines, by machine; a machine with a rule for every type has none. */
function passedTypes(context: Context): ReadonlyMap<string, readonly string[] | undefined> {
  const found = new Map<string, readonly string[] | undefined>();
  for (const { properties } of context.all('AWS::Events::Rule')) {
    const own = properties.object('EventPattern')?.object('detail')?.texts('resourceType');
    const names = own?.items.flatMap((name) => known(name) ?? []) ?? [];
    // a pattern such as a prefix isn't read: it may pass on every type
    const isRead = own !== undefined && own.rest === undefined && names.length === own.items.length;
    for (const target of properties.list('Targets').items) {
      const machine = target.link('Arn', MACHINES, 'arn')?.to;
      if (machine === undefined) continue;
      const before = found.get(machine);
      const isOpen = !isRead || names.length === 0 || (found.has(machine) && before === undefined);
      found.set(machine, isOpen ? undefined : [...new Set([...(before ?? []), ...names])]);
    }
  }
  return found;
}

function copiesOf(context: Context, { properties, stack }: Found): CopyJobItem[] {
  const definition = stateMachineDefinition(properties, 'startCopyJob');
  if (!definition) return [];
  const { path } = definition;
  return definition
    .tasks()
    .flatMap(({ resource, parameters }) => (ACTION.test(resource) ? [parameters] : []))
    .map((parameters, index) => {
      const cursor = new Cursor(context, stack, parameters, path);
      return {
        index,
        pathInTemplate: path,
        source: cursor.link('SourceBackupVaultName', ANY_VAULT, 'name'),
        vault: cursor.link('DestinationBackupVaultArn', VAULTS, 'arn'),
        role: cursor.link('IamRoleArn', ROLES, 'arn'),
        lifecycle: lifecycle(cursor.object('Lifecycle')),
      };
    });
}

const ANY_VAULT: ReadonlySet<string> = new Set([...STANDARD_VAULTS, ...VAULTS]);
