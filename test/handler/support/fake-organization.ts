import type {
  DelegatedAdministratorClient,
  OrganizationSettingsClient,
} from '../../../src/handler/settings/organization-settings';
import { Faults } from './fakes';
import { awsError } from './requests';

/** An organization as AWS Organizations keeps it, one thing on a page. */
export class FakeOrganization {
  readonly services = new Set<string>();
  readonly policyTypes = new Map<string, 'ENABLED' | 'PENDING_ENABLE'>();
  readonly administrators = new Set<string>();

  constructor(private readonly faults = new Faults()) {}

  readonly client: OrganizationSettingsClient = {
    listServiceAccess: ({ NextToken }) =>
      this.faults.around('organizations:ListAWSServiceAccessForOrganization', () => {
        const { item, next } = page([...this.services], NextToken);
        return {
          EnabledServicePrincipals: item === undefined ? [] : [{ ServicePrincipal: item }],
          NextToken: next,
        };
      }),
    enableServiceAccess: ({ ServicePrincipal = '' }) =>
      this.faults.around(
        'organizations:EnableAWSServiceAccess',
        () => void this.services.add(ServicePrincipal),
      ),
    disableServiceAccess: ({ ServicePrincipal = '' }) =>
      this.faults.around(
        'organizations:DisableAWSServiceAccess',
        () => void this.services.delete(ServicePrincipal),
      ),
    listRoots: () =>
      this.faults.around('organizations:ListRoots', () => ({
        Roots: [
          {
            Id: 'r-ab12',
            PolicyTypes: [...this.policyTypes].map(([type, Status]) => ({ Type: type as never, Status })),
          },
        ],
      })),
    enablePolicyType: ({ PolicyType = '' }) =>
      this.faults.around('organizations:EnablePolicyType', () => {
        if (this.policyTypes.has(PolicyType)) throw awsError('PolicyTypeAlreadyEnabledException');
        this.policyTypes.set(PolicyType, 'ENABLED');
      }),
    disablePolicyType: ({ PolicyType = '' }) =>
      this.faults.around('organizations:DisablePolicyType', () => {
        if (!this.policyTypes.delete(PolicyType)) throw awsError('PolicyTypeNotEnabledException');
      }),
  };

  readonly administratorClient: DelegatedAdministratorClient = {
    listDelegatedAdministrators: ({ NextToken }) =>
      this.faults.around('organizations:ListDelegatedAdministrators', () => {
        const { item, next } = page([...this.administrators], NextToken);
        return { DelegatedAdministrators: item === undefined ? [] : [{ Id: item }], NextToken: next };
      }),
    register: ({ AccountId = '' }) =>
      this.faults.around('organizations:RegisterDelegatedAdministrator', () => {
        if (this.administrators.has(AccountId)) throw awsError('AccountAlreadyRegisteredException');
        this.administrators.add(AccountId);
      }),
    deregister: ({ AccountId = '' }) =>
      this.faults.around('organizations:DeregisterDelegatedAdministrator', () => {
        if (!this.administrators.delete(AccountId)) throw awsError('AccountNotRegisteredException');
      }),
  };

  shown() {
    return {
      services: [...this.services].sort(),
      policyTypes: [...this.policyTypes.keys()].sort(),
      administrators: [...this.administrators].sort(),
    };
  }
}

/** One of a list, and where the next one is. */
function page(list: readonly string[], token = '0'): { item?: string; next?: string } {
  const index = Number(token);
  return { item: list[index], next: index + 1 < list.length ? String(index + 1) : undefined };
}
