import { type CustomResource, Resource, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { kindProblems, propsProblems } from '../core/argument-checks';
import { handledResource } from '../provider/handler-provider';
import { serviceLinkedRoleStatements } from '../provider/handler-statements';

/** The services of AWS Backup that have a service-linked role. */
export enum BackupServicePrincipal {
  /** AWS Backup itself: `AWSServiceRoleForBackup`, which copies need. */
  BACKUP = 'backup.amazonaws.com',

  /** Reports of AWS Backup Audit Manager: `AWSServiceRoleForBackupReports`. */
  REPORTS = 'reports.backup.amazonaws.com',

  /** Restore testing: `AWSServiceRoleForBackupRestoreTesting`. */
  RESTORE_TESTING = 'restore-testing.backup.amazonaws.com',
}

/** Properties of a `BackupServiceLinkedRole`. */
export interface BackupServiceLinkedRoleProps {
  /**
   * The service whose role it is.
   *
   * @default BackupServicePrincipal.BACKUP
   */
  readonly service?: BackupServicePrincipal;
}

const ROLE_NAMES: Readonly<Record<BackupServicePrincipal, string>> = {
  [BackupServicePrincipal.BACKUP]: 'AWSServiceRoleForBackup',
  [BackupServicePrincipal.REPORTS]: 'AWSServiceRoleForBackupReports',
  [BackupServicePrincipal.RESTORE_TESTING]: 'AWSServiceRoleForBackupRestoreTesting',
};

/**
 * Creates a service-linked role unless it already exists. `AWS::IAM::ServiceLinkedRole` would fail in that case. The role
 * stays when the construct is removed, since the service and other stacks use it too.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles.html
 */
@propertyInjectable
export class BackupServiceLinkedRole extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupServiceLinkedRole';

  /** The name of the role, known at synthesis. */
  public readonly roleName: string;

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BackupServiceLinkedRoleProps = {}) {
    super(scope, id);
    throwErrors(
      [
        ...propsProblems('Backup-ServiceLinkedRole', props, 'BackupServiceLinkedRoleProps'),
        ...kindProblems(props?.service, (service) => service in ROLE_NAMES, {
          id: 'Backup-ServiceLinkedRole',
          property: 'service',
          what: 'one of `BackupServicePrincipal`',
        }),
      ],
      this.node.path,
    );
    const service = props.service ?? BackupServicePrincipal.BACKUP;
    this.roleName = ROLE_NAMES[service];
    this.resource = handledResource(this, {
      type: 'Custom::BackupServiceLinkedRole',
      statements: serviceLinkedRoleStatements(Stack.of(this), service, this.roleName),
      properties: { serviceName: service, roleName: this.roleName },
    });
  }

  /** The ARN of the role. Resources that refer to it are deployed after the role exists. */
  public get roleArn(): string {
    return this.resource.getAttString('Arn');
  }
}
