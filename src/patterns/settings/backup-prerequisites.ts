import { Aspects, Stack, Token } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { inventoryOfApp } from '../../inventory/app-inventory';
import { LINKED_SERVICES } from '../../preflight/account-prerequisites';
import { type Pending, pendingOf, sets } from '../../preflight/pending';
import { preflightProblems } from '../../preflight/preflight';
import type { GlobalFlag, PrerequisiteKind } from '../../preflight/prerequisite';
import { findPrerequisites } from '../../preflight/prerequisite-report';
import { flagProblems, propsProblems } from '../../resources/core/argument-checks';
import { BackupGlobalSettings } from '../../resources/custom/backup-global-settings';
import { BackupOrganizationSettings } from '../../resources/custom/backup-organization-settings';
import { BackupRegionSettings } from '../../resources/custom/backup-region-settings';
import {
  BackupServiceLinkedRole,
  type BackupServicePrincipal,
} from '../../resources/custom/backup-service-linked-role';
import { commonProblems } from '../../resources/custom/settings-laws';
import type { SettingsRemoval } from '../../resources/custom/settings-removal';
import { type Problem, throwErrors } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';

/** Properties of `BackupPrerequisites`. */
export interface BackupPrerequisitesProps {
  /**
   * Whether the stack is in the management account of the organization, where the settings of the organization that the
   * whole app needs are turned on.
   *
   * @default false
   */
  readonly isManagementAccount?: boolean;

  /**
   * Whether to also turn on what may be needed: what depends on parameters, or on behavior that AWS doesn't document.
   *
   * @default false
   */
  readonly includeUncertain?: boolean;

  /**
   * What happens to changed settings when they are no longer needed, or when the construct is removed from the stack.
   *
   * @default - `SettingsRemoval.RESTORE` for settings of the Region, `SettingsRemoval.KEEP` for those of the organization
   */
  readonly onRemoval?: SettingsRemoval;

  /**
   * Any string. When it changes, the settings are read again and corrected.
   *
   * @default - settings are updated only when the needs of the app change
   */
  readonly trigger?: string;

  /**
   * Resource types that override or extend the catalog of this library, as AWS Backup adds capabilities.
   *
   * @default - the types of the catalog
   */
  readonly resourceTypes?: ResourceType[];
}

const ID = 'Backup-Prerequisites';

const ROLE_IDS: Readonly<Record<string, string>> = {
  [LINKED_SERVICES.backup]: 'BackupRole',
  [LINKED_SERVICES.reports]: 'ReportsRole',
  [LINKED_SERVICES.restoreTesting]: 'RestoreTestingRole',
};

/**
 * Turns on what the plans of the app need in the account and Region of the stack, and no more: opt-ins, full AWS Backup
 * management, service-linked roles, and in the management account the settings of the organization, trusted access and
 * policy types.
 *
 * The needs are determined at synthesis, from everything that plans select, copy and lock in this account and Region,
 * whichever library created them. `Preflight` lists the same needs. What the app sets elsewhere isn't set twice. The
 * construct creates `BackupRegionSettings`, `BackupServiceLinkedRole`, `BackupOrganizationSettings` and
 * `BackupGlobalSettings` as needed. Regions that an account must enable stay on the checklist.
 */
@propertyInjectable
export class BackupPrerequisites extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupPrerequisites';

  private readonly pending: Pending;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BackupPrerequisitesProps = {},
  ) {
    super(scope, id);
    throwErrors(prerequisitesProblems(props), this.node.path);
    const stack = Stack.of(this);
    this.pending = {
      path: this.node.path,
      account: fixed(stack.account),
      region: fixed(stack.region),
      includeUncertain: props.includeUncertain === true,
      isManagementAccount: props.isManagementAccount === true,
    };
    pendingOf(this).set(this.node.path, this.pending);
    // on the stack, so that the aspects of the stack visit the new constructs too
    Aspects.of(stack).add({ visit: (node) => node === stack && this.reconcile() });
  }

  private reconcile(): void {
    if (!pendingOf(this).delete(this.node.path)) return; // already done
    const { props, pending } = this;
    const { prerequisites } = findPrerequisites(inventoryOfApp(this).inventory, {
      managementAccount: pending.isManagementAccount ? pending.account : undefined,
      resourceTypes: props.resourceTypes,
    });
    const own = prerequisites.filter((each) => each.setBy === undefined && sets(pending, each));
    const named = (kind: PrerequisiteKind) =>
      own.filter((each) => each.kind === kind).map(({ name }) => name);
    const { onRemoval, trigger } = props;

    const optIn = this.types(named('opt-in'));
    const fullManagement = this.types(named('full-management'));
    if (optIn.length + fullManagement.length > 0)
      new BackupRegionSettings(this, 'Region', { optIn, fullManagement, onRemoval, trigger });

    for (const service of named('service-linked-role'))
      new BackupServiceLinkedRole(this, ROLE_IDS[service], {
        service: service as BackupServicePrincipal,
      });

    const flags = named('global-flag') as GlobalFlag[];
    const global =
      flags.length > 0
        ? new BackupGlobalSettings(this, 'Organization', {
            ...Object.fromEntries(flags.map((flag) => [flag, true])),
            onRemoval,
            trigger,
          })
        : undefined;
    const trustedAccess = named('trusted-access').length > 0 || undefined;
    const backupPolicies = named('policy-type').length > 0 || undefined;
    if (trustedAccess || backupPolicies) {
      const access = new BackupOrganizationSettings(this, 'Access', {
        trustedAccess,
        backupPolicies,
        onRemoval,
        trigger,
      });
      global?.node.addDependency(access); // the flags need an organization that trusts AWS Backup
    }
  }

  /** The resource types with these names in the Region settings. */
  private types(names: readonly string[]): ResourceType[] {
    const all = [...(this.props.resourceTypes ?? []), ...ResourceType.all()];
    return names.map((name) => all.find(({ optInName }) => optInName === name) ?? ResourceType.of(name));
  }
}

function fixed(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}

function prerequisitesProblems(props: BackupPrerequisitesProps): Problem[] {
  return [
    ...propsProblems(ID, props, 'BackupPrerequisitesProps'),
    ...flagProblems(ID, 'isManagementAccount', props?.isManagementAccount),
    ...flagProblems(ID, 'includeUncertain', props?.includeUncertain),
    ...commonProblems(ID, props),
    ...preflightProblems({ resourceTypes: props?.resourceTypes }),
  ];
}
