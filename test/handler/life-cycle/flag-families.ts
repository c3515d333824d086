import type { Operation } from '../../../src/handler/core/answer';
import type { ParameterClient } from '../../../src/handler/core/parameters';
import { globalSettings } from '../../../src/handler/settings/global-settings';
import {
  delegatedAdministrator,
  organizationSettings,
} from '../../../src/handler/settings/organization-settings';
import { regionSettings } from '../../../src/handler/settings/region-settings';
import { FakeParameters } from '../support/fakes';
import { awsError } from '../support/requests';
import type { Clock } from './clock';
import { Eventual, type Family, type Scene } from './family';
import type { Invocation } from './invocation';
import type { Stack } from './stack';

type Flags = Record<string, boolean>;

/** How the flags of one kind look to its handler. */
interface Kind {
  readonly names: readonly string[];
  client(flags: Eventual<Flags>): Record<string, (input: never) => unknown>;
  operation(client: never, parameters: ParameterClient): Operation;
  properties(wants: Flags): Record<string, unknown>;
}

const asTexts = (flags: Flags) =>
  Object.fromEntries(Object.entries(flags).map(([name, on]) => [name, `${on}`]));
const on = (flags: Flags) => Object.keys(flags).filter((name) => flags[name]);

/** What resources want of the three flags. */
const WANTS: readonly (readonly (boolean | undefined)[])[] = [
  [true],
  [true, true],
  [undefined, true, false],
  [undefined, undefined, true],
  [false],
  [true, false],
  [true, undefined, false],
  [true, true, true],
];

class FlagScene implements Scene {
  private readonly flags: Eventual<Flags>;
  private readonly before: Flags;
  private readonly parameters = new FakeParameters();
  private readonly disturbed = new Set<string>();

  constructor(
    private readonly kind: Kind,
    clock: Clock,
    random: () => number,
  ) {
    this.before = Object.fromEntries([...kind.names, 'never'].map((name) => [name, random() < 0.5]));
    this.flags = new Eventual(clock, random, this.before);
  }

  operationFor(invocation: Invocation) {
    const { getParametersByPath, putParameter, deleteParameter } = this.parameters;
    return this.kind.operation(
      invocation.wrap(this.kind.client(this.flags)) as never,
      invocation.wrap({ getParametersByPath, putParameter, deleteParameter }),
    );
  }

  propertiesOf(choice: number) {
    const wants = this.wantsOf(choice);
    return { ...this.kind.properties(wants), wants };
  }

  private wantsOf(choice: number): Flags {
    const entries = WANTS[choice % WANTS.length].map(
      (flag, index) => [this.kind.names[index], flag] as const,
    );
    return Object.fromEntries(entries.filter((entry): entry is [string, boolean] => entry[1] !== undefined));
  }

  byHand(choice: number): void {
    const name = this.kind.names[choice % 3];
    this.disturbed.add(name);
    this.flags.value = { ...this.flags.value, [name]: !this.flags.value[name] };
  }

  problems(certain: readonly Stack[]): string[] {
    const problems: string[] = [];
    if (this.flags.value.never !== this.before.never) problems.push('a flag that nobody named was changed');
    const all = certain.flatMap((stack) =>
      [...stack.resources.values()].map(({ properties }) => properties.wants as Flags),
    );
    // of two stacks that contradict each other, one has its value: a rollback to what another refuses does not fail
    const isContested = (name: string) =>
      new Set(all.map((wants) => wants[name] ?? '')).has(!this.flags.value[name]) &&
      all.some((wants) => wants[name] === this.flags.value[name]);
    for (const stack of certain)
      for (const { properties } of stack.resources.values())
        for (const [name, want] of Object.entries(properties.wants as Flags))
          if (!isContested(name) && !this.disturbed.has(name) && this.flags.value[name] !== want)
            problems.push(`${stack.uuid} wants ${name} ${want}`);
    return problems;
  }

  lastProblems(): string[] {
    const changed = this.kind.names.filter(
      (name) => !this.disturbed.has(name) && this.flags.value[name] !== this.before[name],
    );
    return [
      ...changed.map((name) => `${name} was ${this.before[name]} before all stacks`),
      ...(this.parameters.claims > 0 ? ['claims are left'] : []),
    ];
  }
}

const REGION: Kind = {
  names: ['S3', 'EBS', 'RDS'],
  client: (flags) => ({
    describeRegionSettings: () => ({ ResourceTypeOptInPreference: flags.shown }),
    updateRegionSettings: (input: { ResourceTypeOptInPreference?: Flags }) => {
      flags.value = { ...flags.value, ...input.ResourceTypeOptInPreference };
    },
  }),
  operation: (client, parameters) => regionSettings(client, { parameters }),
  properties: (wants) => ({ optIn: asTexts(wants) }),
};

const GLOBAL: Kind = {
  names: ['isCrossAccountBackupEnabled', 'isMpaEnabled', 'isDelegatedAdministratorEnabled'],
  client: (flags) => ({
    describeGlobalSettings: () => ({ GlobalSettings: asTexts(flags.shown) }),
    updateGlobalSettings: (input: { GlobalSettings?: Record<string, string> }) => {
      const changes = Object.entries(input.GlobalSettings ?? {}).map(([name, text]) => [
        name,
        text === 'true',
      ]);
      flags.value = { ...flags.value, ...Object.fromEntries(changes) };
    },
  }),
  operation: (client, parameters) => globalSettings(client, { parameters }),
  properties: (wants) => ({ flags: asTexts(wants) }),
};

/** AWS Organizations refuses what is so already. */
function set(flags: Eventual<Flags>, name: string, value: boolean, error?: string): void {
  if (error && Boolean(flags.value[name]) === value) throw awsError(error);
  flags.value = { ...flags.value, [name]: value };
}

const ORGANIZATION: Kind = {
  names: ['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY', 'TAG_POLICY'],
  client: (flags) => ({
    listServiceAccess: () => ({ EnabledServicePrincipals: [] }),
    enableServiceAccess: () => undefined,
    disableServiceAccess: () => undefined,
    listRoots: () => ({
      Roots: [{ Id: 'r-1', PolicyTypes: on(flags.shown).map((Type) => ({ Type, Status: 'ENABLED' })) }],
    }),
    enablePolicyType: ({ PolicyType = '' }: { PolicyType?: string }) =>
      set(flags, PolicyType, true, 'PolicyTypeAlreadyEnabledException'),
    disablePolicyType: ({ PolicyType = '' }: { PolicyType?: string }) =>
      set(flags, PolicyType, false, 'PolicyTypeNotEnabledException'),
  }),
  operation: (client, parameters) => organizationSettings(client, { parameters }),
  properties: (wants) => ({ policyTypes: asTexts(wants) }),
};

const ADMINISTRATOR: Kind = {
  names: ['111111111111', '222222222222', '333333333333'],
  client: (flags) => ({
    listDelegatedAdministrators: () => ({ DelegatedAdministrators: on(flags.shown).map((Id) => ({ Id })) }),
    register: ({ AccountId = '' }: { AccountId?: string }) =>
      set(flags, AccountId, true, 'AccountAlreadyRegisteredException'),
    deregister: ({ AccountId = '' }: { AccountId?: string }) =>
      set(flags, AccountId, false, 'AccountNotRegisteredException'),
  }),
  operation: (client, parameters) => delegatedAdministrator(client, { parameters }),
  properties: (wants) => ({ administrators: asTexts(wants) }),
};

const family = (name: string, histories: number, kind: Kind): Family => ({
  name,
  histories,
  begin: (clock, random) => new FlagScene(kind, clock, random),
});

export const FLAG_FAMILIES: readonly Family[] = [
  family('Custom::BackupRegionSettings', 2_500, REGION),
  family('Custom::BackupGlobalSettings', 1_500, GLOBAL),
  family('Custom::BackupOrganizationSettings', 1_500, ORGANIZATION),
  family('Custom::BackupDelegatedAdministrator', 1_500, ADMINISTRATOR),
];
