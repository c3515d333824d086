import { Duration, Resource } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { kindProblems, propsProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { testableTypes } from '../../resources/plan/derived-restore-testing';
import type { RestoreTestingPlan } from '../../resources/restore-testing/restore-testing-plan';
import { IsolatedRestoreNetwork } from '../../restore/core/isolated-restore-network';
import { RestoreCheck } from '../../restore/validation/restore-check';
import { RestoreValidation } from '../../restore/validation/restore-validation';
import { endpointServices } from '../../restore/validation/validation-endpoints';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import type { RestoreTestingProps } from './restore-testing-props';

export type { RestoreTestingProps } from './restore-testing-props';

const DEFAULT_WINDOW = Duration.hours(8);

/** The default check of each type that restore testing supports. */
const DEFAULT_CHECKS: Readonly<Record<string, () => RestoreCheck>> = {
  Aurora: () => RestoreCheck.aurora(),
  DocumentDB: () => RestoreCheck.documentDb(),
  DynamoDB: () => RestoreCheck.dynamoDb(),
  EBS: () => RestoreCheck.ebs(),
  EC2: () => RestoreCheck.ec2(),
  EFS: () => RestoreCheck.efs(),
  FSx: () => RestoreCheck.fsx(),
  Neptune: () => RestoreCheck.neptune(),
  RDS: () => RestoreCheck.rds(),
  S3: () => RestoreCheck.s3(),
};

/**
 * Restore tests that prove something: what a backup plan backs up is restored on a schedule, validated by content, and kept
 * as evidence with the measured recovery time. The restore testing plan is derived from the backup plan, so that there is
 * always a recovery point to test; what can't be tested is reported.
 *
 * AWS bills each tested recovery point, the restore, the restored resource until it is deleted, and what the validation
 * reads.
 */
@propertyInjectable
export class RestoreTesting extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.RestoreTesting';

  /** The restore testing plan, a child of the backup plan. */
  public readonly restoreTestingPlan: RestoreTestingPlan;

  /** The validation of the tests. */
  public readonly validation: RestoreValidation;

  constructor(scope: Construct, id: string, props: RestoreTestingProps) {
    super(scope, id);
    enforce(this, inputProblems(props));
    const { backupPlan, network, checks = [], metadata = [] } = props;
    const own = metadata.map(({ _type }) => _type);
    const types = testableTypes(backupPlan, metadata, props.resourceTypes);
    this.restoreTestingPlan = backupPlan.addRestoreTesting({
      schedule: props.schedule,
      restoreTestingPlanName: props.restoreTestingPlanName,
      startWindow: props.startWindow,
      random: props.random,
      window: props.window,
      copies: props.copies,
      resourceTypes: props.resourceTypes,
      validationWindow: props.validationWindow ?? DEFAULT_WINDOW,
      role: props.role,
      metadata: [
        ...metadata,
        ...types.flatMap((type) => {
          const inNetwork = own.includes(type.name) ? undefined : network?.metadataFor(type);
          return inNetwork ? [inNetwork] : [];
        }),
      ],
    });
    const checked = checks
      .filter(({ sourceArns }) => !sourceArns)
      .map(({ resourceType }) => resourceType.name);
    const allChecks = [
      ...checks,
      ...types.flatMap(({ name }) => (checked.includes(name) ? [] : [DEFAULT_CHECKS[name]()])),
    ];
    const inside = props.subnets ? undefined : network?.validationSecurityGroup;
    if (inside) network?.addEndpoints(...endpointServices(allChecks));
    this.validation = new RestoreValidation(this, 'Validation', {
      restoreTestingPlan: this.restoreTestingPlan,
      checks: allChecks,
      validationWindow: props.validationWindow ?? DEFAULT_WINDOW,
      recoveryTimeTarget: props.recoveryTimeTarget,
      recoveryPointTarget: props.recoveryPointTarget,
      evidenceBucket: props.evidenceBucket,
      lockEvidenceFor: props.lockEvidenceFor,
      alarmTopic: props.alarmTopic,
      subnets: inside ? network?.subnets : props.subnets,
      securityGroups: inside ? [inside] : props.securityGroups,
      keys: props.keys,
      restoreTimeout: props.restoreTimeout,
      removeLeftovers: props.removeLeftovers,
    });
  }
}

function inputProblems(props: RestoreTestingProps): Problem[] {
  const id = 'Backup-RestoreTesting';
  const wrong = propsProblems(id, props ?? null);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'RestoreTestingProps'),
    ...requiredKindProblems(props?.backupPlan, (plan: unknown) => plan instanceof BackupPlan, {
      id,
      property: 'backupPlan',
      what: 'a `BackupPlan`',
      fix: 'for other plans, create a `RestoreTestingPlan` and a `RestoreValidation`',
    }),
    ...requiredKindProblems(props.schedule, (value: unknown) => value instanceof BackupSchedule, {
      id: 'Backup-ScheduleMissing',
      property: 'schedule',
      what: 'a `BackupSchedule`',
      fix: 'for example, use `BackupSchedule.weekly()`',
    }),
    ...kindProblems(props?.network, (network: unknown) => network instanceof IsolatedRestoreNetwork, {
      id,
      property: 'network',
      what: 'an `IsolatedRestoreNetwork`',
    }),
    ...kindProblems(props?.checks, Array.isArray, {
      id,
      property: 'checks',
      what: 'a list of `RestoreCheck`',
    }),
    ...kindProblems(props?.metadata, Array.isArray, {
      id,
      property: 'metadata',
      what: 'a list of `RestoreMetadata`',
    }),
  ];
}
