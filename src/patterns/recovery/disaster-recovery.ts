import { Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { resourcesInEnvironment } from '../../resources/core/app-resources';
import { enforce, synthesisErrors } from '../../resources/core/enforce';
import { BackupPlan } from '../../resources/plan/backup-plan';
import type { CopyAction } from '../../resources/plan/copy-action';
import { type Problem, throwErrors } from '../../values/core/problem';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { distinct } from '../../values/resource-type/type-lists';
import { markTypesAsChecked } from '../copy/copy-cycles';
import { CopyOnArrival } from '../copy/copy-on-arrival';
import { recoveryKindProblems, routeProblems, synthesisRouteProblems } from './disaster-recovery-laws';
import type { DisasterRecoveryProps } from './disaster-recovery-props';
import { type Route, routesOf } from './recovery-route';

/**
 * The copies of a workload, declared once: from its vault to a second Region, to the backup account, and to an air-gapped
 * vault there, with a retention for each hop.
 *
 * A hop is a copy action if possible: most types can be copied to another Region and account at once. Pass `copies` to the
 * rules of the plans. A hop `after` another hop, and one that a single copy action can't do for `resourceTypes`, becomes a
 * `CopyOnArrival` in the account and Region of its source vault.
 *
 * Vaults in other stacks, accounts and Regions need a name that is known at synthesis, which generated names are, and their
 * stacks need an environment. `CentralVault` grants what the destinations must allow.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
@propertyInjectable
export class DisasterRecovery extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.DisasterRecovery';

  /** The hops that are copy actions, for the rules of plans that back up to the source. */
  public readonly copies: CopyAction[];

  /** The hops that are copies on arrival, in the order of the hops. */
  public readonly copiesOnArrival: CopyOnArrival[];

  /** The vault that plans back up to. */
  public readonly source: IBackupVaultRef;

  /** The vaults that copies arrive in, in the order of the hops; without imported logically air-gapped vaults of aws-cdk-lib. */
  public readonly destinations: IBackupVaultRef[];

  constructor(scope: Construct, id: string, props: DisasterRecoveryProps) {
    const path = `${scope.node.path}/${id}`;
    throwErrors(recoveryKindProblems(props), path);
    const { source, hops, resourceTypes } = props;
    const routes = routesOf(source, hops, resourceTypes ?? []);
    const problems = routeProblems(source, routes, distinct(resourceTypes ?? []));
    throwErrors(problems, path);
    super(scope, id);
    enforce(this, problems);
    this.source = source;
    this.destinations = hops.flatMap(({ copy: { _vault: vault } }) =>
      vault && 'backupVaultRef' in vault ? vault : [],
    );
    this.copies = routes.filter(({ after }) => !after).map(({ hop }) => hop.copy);
    this.copiesOnArrival = routes.flatMap((route) => this.makeCopyOnArrival(route, resourceTypes));
    if (!resourceTypes)
      this.node.addValidation({
        validate: () => synthesisErrors(this, this.synthesisProblems(source, routes)),
      });
  }

  private makeCopyOnArrival(
    { hop, index, after }: Route,
    resourceTypes: ResourceType[] | undefined,
  ): CopyOnArrival[] {
    if (!after) return [];
    const { alarmTopic, role, timeout, scope = Stack.of(after) } = hop._options;
    const id = `${this.node.path.replace(/[^A-Za-z0-9]/g, '')}Hop${index + 1}`;
    markTypesAsChecked(scope, id);
    return [
      new CopyOnArrival(scope, id, {
        vault: after,
        copy: hop.copy,
        resourceTypes,
        alarmTopic,
        role,
        timeout,
      }),
    ];
  }

  /** Plans report problems with copy actions themselves. */
  private synthesisProblems(source: IBackupVaultRef, routes: readonly Route[]): Problem[] {
    if (this.copiesOnArrival.length === 0) return [];
    const types = this.node.root.node
      .findAll()
      .filter((construct) => construct instanceof BackupPlan)
      .filter((plan) => plan.rules.some(({ copies }) => copies.some((copy) => this.copies.includes(copy))))
      .flatMap((plan) => plan._knownTypes(resourcesInEnvironment(plan)).types);
    return synthesisRouteProblems(source, routes, distinct(types));
  }
}
