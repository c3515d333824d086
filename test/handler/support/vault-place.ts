import { vaultSettings } from '../../../src/handler/vault/vault-settings';
import { FakeVault } from './fake-vault';
import { FakeParameters, Faults } from './fakes';
import { answered, request } from './requests';
import { VirtualRuntime } from './virtual-runtime';

/** The vault `gold` before all stacks, and resources that set its settings. */
export function vaultPlace() {
  const runtime = new VirtualRuntime();
  const faults = new Faults();
  const vault = new FakeVault(faults, () => runtime.now());
  const parameters = new FakeParameters(faults);
  const operation = vaultSettings(vault.client, parameters);
  const send = (type: string, properties: unknown, more: Record<string, unknown>) => {
    runtime.sent.length = 0;
    return answered(operation, request(type, properties, more), runtime);
  };
  return {
    runtime,
    faults,
    vault,
    parameters,
    tell: (type: string, properties: unknown, LogicalResourceId = 'Thing') =>
      send(type, properties, { LogicalResourceId }),
    /** Tells the only resource of a stack. An update says what the properties were. */
    tellStack: (stack: string, type: string, properties: object, before?: object) =>
      send(
        type,
        { vaultName: 'gold', ...properties },
        {
          StackId: `arn:aws:cloudformation:us-east-1:111122223333:stack/app/${stack}`,
          ...(before && { OldResourceProperties: { vaultName: 'gold', ...before } }),
        },
      ),
    look: () => structuredClone({ lock: vault.lock, policy: vault.policy, topic: vault.topic }),
  };
}
