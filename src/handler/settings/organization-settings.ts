import type {
  DeregisterDelegatedAdministratorCommandInput,
  DisableAWSServiceAccessCommandInput,
  DisablePolicyTypeCommandInput,
  EnableAWSServiceAccessCommandInput,
  EnablePolicyTypeCommandInput,
  ListAWSServiceAccessForOrganizationCommandInput,
  ListAWSServiceAccessForOrganizationCommandOutput,
  ListDelegatedAdministratorsCommandInput,
  ListDelegatedAdministratorsCommandOutput,
  ListRootsCommandInput,
  ListRootsCommandOutput,
  PolicyType,
  RegisterDelegatedAdministratorCommandInput,
} from '@aws-sdk/client-organizations';
import type { Operation } from '../core/answer';
import { errorName, Failure } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import { type Flags, type SharedLedger, sharedSettingsOperation } from './shared-settings';

/** The calls that read and change trusted access and the policy types of an organization. */
export interface OrganizationSettingsClient {
  listServiceAccess(
    input: ListAWSServiceAccessForOrganizationCommandInput,
  ): Promise<
    Pick<ListAWSServiceAccessForOrganizationCommandOutput, 'EnabledServicePrincipals' | 'NextToken'>
  >;
  enableServiceAccess(input: EnableAWSServiceAccessCommandInput): Promise<unknown>;
  disableServiceAccess(input: DisableAWSServiceAccessCommandInput): Promise<unknown>;
  listRoots(input: ListRootsCommandInput): Promise<Pick<ListRootsCommandOutput, 'Roots' | 'NextToken'>>;
  enablePolicyType(input: EnablePolicyTypeCommandInput): Promise<unknown>;
  disablePolicyType(input: DisablePolicyTypeCommandInput): Promise<unknown>;
}

/** The calls that read and change delegated administrators. */
export interface DelegatedAdministratorClient {
  listDelegatedAdministrators(
    input: ListDelegatedAdministratorsCommandInput,
  ): Promise<Pick<ListDelegatedAdministratorsCommandOutput, 'DelegatedAdministrators' | 'NextToken'>>;
  register(input: RegisterDelegatedAdministratorCommandInput): Promise<unknown>;
  deregister(input: DeregisterDelegatedAdministratorCommandInput): Promise<unknown>;
}

const SERVICES = 'services';
const POLICY_TYPES = 'policyTypes';
const ADMINISTRATORS = 'administrators';

/** The folders of the claims. */
export const ORGANIZATION_SETTINGS = 'organization-settings';
export const DELEGATED_ADMINISTRATORS = 'delegated-administrators';

/** The errors of AWS Organizations that mean there is nothing to do. */
const DONE: ReadonlySet<string> = new Set([
  'PolicyTypeAlreadyEnabledException',
  'PolicyTypeNotEnabledException',
  'AccountAlreadyRegisteredException',
  'AccountNotRegisteredException',
]);

/** Services that may act in all accounts, and policy types that can be attached. */
export function organizationSettings(client: OrganizationSettingsClient, ledger: SharedLedger): Operation {
  return sharedSettingsOperation(ledger, {
    folder: ORGANIZATION_SETTINGS,
    groups: [SERVICES, POLICY_TYPES],
    async read(asked) {
      const services = await all(async (NextToken) => {
        const page = await client.listServiceAccess({ NextToken });
        return { items: page.EnabledServicePrincipals ?? [], NextToken: page.NextToken };
      });
      const { types } = await root();
      return {
        ...off(asked),
        ...on(SERVICES, services, ({ ServicePrincipal }) => ServicePrincipal),
        ...on(
          POLICY_TYPES,
          types.filter(({ Status }) => Status === 'ENABLED'),
          ({ Type }) => Type,
        ),
      };
    },
    async change(settings, work) {
      const { RootId } = await retrying(work, root);
      await each(
        work,
        settings,
        SERVICES,
        (ServicePrincipal) => client.enableServiceAccess({ ServicePrincipal }),
        (ServicePrincipal) => client.disableServiceAccess({ ServicePrincipal }),
      );
      await each(
        work,
        settings,
        POLICY_TYPES,
        (type) => client.enablePolicyType({ RootId, PolicyType: type as PolicyType }),
        (type) => client.disablePolicyType({ RootId, PolicyType: type as PolicyType }),
      );
    },
  });

  async function root() {
    const roots = await all(async (NextToken) => {
      const page = await client.listRoots({ NextToken });
      return { items: page.Roots ?? [], NextToken: page.NextToken };
    });
    const [{ Id, PolicyTypes } = {}] = roots;
    if (!Id) throw new Failure('the organization shows no root; deploy this in its management account');
    return { RootId: Id, types: PolicyTypes ?? [] };
  }
}

/** Accounts that administer AWS Backup for the organization. */
export function delegatedAdministrator(
  client: DelegatedAdministratorClient,
  ledger: SharedLedger,
): Operation {
  const ServicePrincipal = 'backup.amazonaws.com';
  return sharedSettingsOperation(ledger, {
    folder: DELEGATED_ADMINISTRATORS,
    groups: [ADMINISTRATORS],
    async read(asked) {
      const accounts = await all(async (NextToken) => {
        const page = await client.listDelegatedAdministrators({ ServicePrincipal, NextToken });
        return { items: page.DelegatedAdministrators ?? [], NextToken: page.NextToken };
      });
      return { ...off(asked), ...on(ADMINISTRATORS, accounts, ({ Id }) => Id) };
    },
    change: (settings, work) =>
      each(
        work,
        settings,
        ADMINISTRATORS,
        (AccountId) => client.register({ AccountId, ServicePrincipal }),
        (AccountId) => client.deregister({ AccountId, ServicePrincipal }),
      ),
  });
}

/** The items of all pages. */
async function all<T>(
  read: (token?: string) => Promise<{ readonly items: readonly T[]; readonly NextToken?: string }>,
): Promise<T[]> {
  const found: T[] = [];
  let token: string | undefined;
  do {
    const { items, NextToken } = await read(token);
    found.push(...items);
    token = NextToken;
  } while (token);
  return found;
}

/** AWS lists what is on: everything else is off. */
function off(asked: readonly string[]): Flags {
  return Object.fromEntries(asked.map((key) => [key, false]));
}

function on<T>(group: string, items: readonly T[], nameOf: (item: T) => string | undefined): Flags {
  return Object.fromEntries(items.map((item) => [`${group}.${nameOf(item)}`, true]));
}

/** Turns each setting of a group on or off; succeeds if there is nothing to do. */
async function each(
  work: Work,
  settings: Flags,
  group: string,
  turnOn: (name: string) => Promise<unknown>,
  turnOff: (name: string) => Promise<unknown>,
): Promise<void> {
  for (const [key, isOn] of Object.entries(settings)) {
    if (!key.startsWith(`${group}.`)) continue;
    const name = key.slice(group.length + 1);
    try {
      await retrying(work, () => (isOn ? turnOn(name) : turnOff(name)));
    } catch (error) {
      if (!DONE.has(errorName(error))) throw error;
    }
  }
}
