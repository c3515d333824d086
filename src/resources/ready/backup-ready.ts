import { CfnResource, Mixin } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { appMemory } from '../core/app-memory';
import { listProblems, propsProblems } from '../core/argument-checks';
import { lateErrors } from '../core/enforce';
import { ownersOf, resolveResource } from '../core/resource-arns';
import { BackupPlan } from '../plan/backup-plan';
import { BackupRule } from '../plan/backup-rule';
import { demandsOf } from './ready-demands';
import { readinessProblems, unsupportedProblems } from './ready-laws';
import { makeReady } from './ready-steps';

/** Properties of a `BackupReady`: plans, rules, or both. */
export interface BackupReadyProps {
  /**
   * The plans that protect the resource. Rules that are added to them later count too.
   *
   * @default - none: `rules` say what is asked
   */
  readonly plans?: BackupPlan[];

  /**
   * Rules that protect the resource from elsewhere, such as those of a backup policy of the organization.
   *
   * @default - none
   */
  readonly rules?: BackupRule[];
}

/**
 * Makes a resource fit for what plans ask of it, where that can be done without harm, and says at synthesis what is
 * missing otherwise. It protects nothing by itself: selections do.
 *
 * | type | what it changes | what it says |
 * |---|---|---|
 * | S3 | versioning on; events to Amazon EventBridge for continuous rules | objects that go to an archive class |
 * | EFS | automatic backups off, since the plan makes them | |
 * | RDS, Aurora | retention and backup window left to AWS Backup where a continuous rule covers it; the windows of RDS kept apart from each other and from the rules, in the hour before the first rule where nothing is said | RDS Custom; unencrypted clusters for air-gapped vaults; the opt-in of the Region |
 * | DocumentDB, Neptune | | the same as of Aurora |
 * | FSx | windows kept apart from each other and from the rules | volumes of ONTAP for data protection |
 * | EKS | authentication by access entries, beside the config map; there is no way back | |
 * | EC2 | | size, role and metadata of instances of which VSS backups are asked |
 * | DynamoDB | | the advanced features that copies, cold storage, tags of backups and air-gapped vaults need |
 * | all | | more tags than a recovery point can have |
 *
 * As a mixin, `bucket.with(new BackupReady({ plans: [plan] }))`, it works on L1s and on what L2s make, on one resource
 * or on all of a scope as it is now. What is only known at deployment is left as it is, and an override said later
 * wins.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-supported-services.html
 */
export class BackupReady extends Mixin {
  /** The plans that protect the resources. */
  public readonly plans: BackupPlan[];

  /** The rules that protect them from elsewhere. */
  public readonly rules: BackupRule[];

  constructor(props: BackupReadyProps) {
    super();
    throwErrors(propsProblems('Backup-ReadyProps', props ?? null), 'BackupReady');
    const { plans = [], rules = [] } = props;
    const isPlan = (given: unknown) => given instanceof BackupPlan;
    const isRule = (given: unknown) => given instanceof BackupRule;
    throwErrors(
      [
        ...listProblems(plans, isPlan, {
          id: 'Backup-ReadyPlans',
          property: 'plans',
          what: 'a `BackupPlan`',
          fix: 'of a plan that is imported, say the `rules`',
        }),
        ...listProblems(rules, isRule, {
          id: 'Backup-ReadyRules',
          property: 'rules',
          what: 'a `BackupRule`',
          fix: 'use for instance `BackupRule.daily({ retention: Retention.days(35) })`',
        }),
      ],
      'BackupReady',
    );
    if (plans.length + rules.length === 0)
      throwErrors(
        [
          {
            id: 'Backup-ReadyWithoutPlan',
            severity: 'error',
            property: 'plans',
            message: '`plans` or `rules` must say what the resources are to be fit for, got neither',
            fix: 'name the plan that protects them',
          },
        ],
        'BackupReady',
      );
    this.plans = [...plans];
    this.rules = [...rules];
  }

  /** Whether the construct is the L1 of a resource that AWS Backup protects, or of one that it is taken to protect. */
  public override supports(construct: IConstruct): boolean {
    if (!CfnResource.isCfnResource(construct)) return false;
    return resolveResource(construct) !== undefined || unsupportedProblems(construct, '').length > 0;
  }

  /** Makes a resource fit, and sees at synthesis that it is. */
  public applyTo(construct: IConstruct): void {
    const { resource, type } = resolveResource(construct) ?? { resource: unsupported(construct) };
    if (!resource) return;
    const mixins = mixinsOf(resource);
    if (mixins.includes(this)) return;
    mixins.push(this);
    const owners = ownersOf(resource);
    const ready = type && { resource, type, owners };
    const asked = () =>
      demandsOf(
        mixins.flatMap(({ plans }) => plans),
        mixins.flatMap(({ rules }) => rules),
      );
    if (ready) {
      makeReady(ready, asked());
      for (const plan of this.plans) plan._onRule(() => makeReady(ready, asked()));
    }
    if (mixins.length > 1) return;
    const problems = () =>
      ready ? readinessProblems(ready, asked()) : unsupportedProblems(resource, asked().who);
    resource.node.addValidation({ validate: () => lateErrors(owners[0], problems()) });
  }
}

function unsupported(construct: IConstruct): CfnResource | undefined {
  if (!CfnResource.isCfnResource(construct)) return undefined;
  return unsupportedProblems(construct, '').length > 0 ? construct : undefined;
}

/** What was asked of a resource before, by this mixin or another. */
function mixinsOf(resource: CfnResource): BackupReady[] {
  const memory = appMemory<BackupReady[]>(resource, 'ready');
  const mixins = memory.get(resource.node.path) ?? [];
  memory.set(resource.node.path, mixins);
  return mixins;
}
