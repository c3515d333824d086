import { CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { problem, throwErrors } from '../../values/core/problem';
import { appMemory } from '../core/app-memory';
import { listProblems, propsProblems } from '../core/argument-checks';
import { synthesisErrors } from '../core/enforce';
import { ownersOf, resolveResource } from '../core/resource-arns';
import { BackupPlan } from '../plan/backup-plan';
import { BackupRule } from '../plan/backup-rule';
import { demandsOf } from './ready-demands';
import { readinessProblems, unsupportedProblems } from './ready-laws';
import { prepare } from './ready-steps';

/** Properties of a `BackupReady`: plans, rules, or both. */
export interface BackupReadyProps {
  /**
   * The plans that protect the resource, including rules added to them later.
   *
   * @default - none; set `rules`
   */
  readonly plans?: BackupPlan[];

  /**
   * Other rules that protect the resource, such as those of an organization backup policy.
   *
   * @default - none
   */
  readonly rules?: BackupRule[];
}

/**
 * Prepares a resource for the backups of plans: it changes settings that are safe to change, and reports at synthesis
 * what else is missing. It doesn't back up anything: selections do.
 *
 * | type | what it changes | what it reports |
 * |---|---|---|
 * | S3 | turns on versioning, and events to Amazon EventBridge for continuous rules | transitions to an archive storage class |
 * | EFS | turns off automatic backups, since the plan backs it up | |
 * | RDS, Aurora | leaves retention and backup window to AWS Backup if a continuous rule covers it; keeps RDS windows from overlapping each other and the rules, by default in the hour before the first rule | RDS Custom; unencrypted clusters for air-gapped vaults; a missing opt-in of the Region |
 * | DocumentDB, Neptune | | the same as for Aurora |
 * | FSx | keeps windows from overlapping each other and the rules | ONTAP volumes for data protection |
 * | EKS | turns on authentication by access entries, in addition to the config map; this can't be undone | |
 * | EC2 | | unsuitable size, role or metadata settings of instances with VSS backups |
 * | DynamoDB | | missing advanced DynamoDB backup, which copies, cold storage, backup tags and air-gapped vaults need |
 * | all | | too many tags for a recovery point |
 *
 * As a mixin, `bucket.with(new BackupReady({ plans: [plan] }))`, it applies to L1s, L2s, and all resources that exist in a
 * scope. It doesn't change values that are known only at deployment, and later overrides take precedence.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-supported-services.html
 */
export class BackupReady extends Mixin {
  /** The plans that protect the resources. */
  public readonly plans: BackupPlan[];

  /** The other rules that protect the resources. */
  public readonly rules: BackupRule[];

  constructor(props: BackupReadyProps) {
    super();
    throwErrors(propsProblems('Backup-ReadyProps', props ?? null, 'BackupReadyProps'), 'BackupReady');
    const { plans = [], rules = [] } = props;
    const isPlan = (value: unknown) => value instanceof BackupPlan;
    const isRule = (value: unknown) => value instanceof BackupRule;
    throwErrors(
      [
        ...listProblems(plans, isPlan, {
          id: 'Backup-ReadyPlans',
          property: 'plans',
          what: 'a `BackupPlan`',
          fix: 'for an imported plan, pass its `rules`',
        }),
        ...listProblems(rules, isRule, {
          id: 'Backup-ReadyRules',
          property: 'rules',
          what: 'a `BackupRule`',
          fix: 'for example, use `BackupRule.daily({ retention: Retention.days(35) })`',
        }),
      ],
      'BackupReady',
    );
    if (plans.length + rules.length === 0)
      throwErrors(
        [
          problem({
            id: 'Backup-ReadyWithoutPlan',
            property: 'plans',
            message: (label) => `${label('plans')} or \`rules\` must be set, got neither`,
            fix: 'pass the plan that protects the resources',
          }),
        ],
        'BackupReady',
      );
    this.plans = [...plans];
    this.rules = [...rules];
  }

  /** Whether the construct is the L1 of a resource type that AWS Backup protects, even if it can't protect this resource. */
  public override supports(construct: IConstruct): boolean {
    if (!CfnResource.isCfnResource(construct)) return false;
    return resolveResource(construct) !== undefined || unsupportedProblems(construct, '').length > 0;
  }

  /** Prepares a resource, and checks it at synthesis. */
  public applyTo(construct: IConstruct): void {
    const { resource, type } = resolveResource(construct) ?? { resource: unsupported(construct) };
    if (!resource) return;
    const mixins = mixinsOf(resource);
    if (mixins.includes(this)) return;
    mixins.push(this);
    const owners = ownersOf(resource);
    const ready = type && { resource, type, owners };
    const demands = () =>
      demandsOf(
        mixins.flatMap(({ plans }) => plans),
        mixins.flatMap(({ rules }) => rules),
      );
    if (ready) {
      prepare(ready, demands());
      for (const plan of this.plans) plan._onRule(() => prepare(ready, demands()));
    }
    if (mixins.length > 1) return;
    const problems = () =>
      ready ? readinessProblems(ready, demands()) : unsupportedProblems(resource, demands().who);
    resource.node.addValidation({ validate: () => synthesisErrors(owners[0], problems()) });
  }
}

function unsupported(construct: IConstruct): CfnResource | undefined {
  if (!CfnResource.isCfnResource(construct)) return undefined;
  return unsupportedProblems(construct, '').length > 0 ? construct : undefined;
}

/** The mixins that were applied to a resource. */
function mixinsOf(resource: CfnResource): BackupReady[] {
  const memory = appMemory<BackupReady[]>(resource, 'ready');
  const mixins = memory.get(resource.node.path) ?? [];
  memory.set(resource.node.path, mixins);
  return mixins;
}
