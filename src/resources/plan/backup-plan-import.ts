import { ArnFormat, Resource, Stack } from 'aws-cdk-lib';
import type { BackupPlanReference, IBackupPlan } from 'aws-cdk-lib/aws-backup';
import type { Construct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { throwErrors } from '../../values/core/problem';
import { requiredKindProblems } from '../core/argument-checks';

/** A plan created elsewhere. */
class ImportedBackupPlan extends Resource implements IBackupPlan {
  constructor(
    scope: Construct,
    id: string,
    public readonly backupPlanId: string,
    public readonly backupPlanArn: string,
  ) {
    super(scope, id, { environmentFromArn: backupPlanArn });
  }

  public get backupPlanRef(): BackupPlanReference {
    return { backupPlanId: this.backupPlanId, backupPlanArn: this.backupPlanArn };
  }
}

export function importPlanById(scope: Construct, id: string, backupPlanId: string): IBackupPlan {
  throwErrors(
    requiredKindProblems(backupPlanId, (value) => matches(value, /^[^\s:/]+$/), {
      id: 'Backup-PlanImport',
      property: 'backupPlanId',
      what: 'the ID of a backup plan',
      fix: 'use `BackupPlan.fromBackupPlanArn` for an ARN',
    }),
    `${scope.node.path}/${id}`,
  );
  const backupPlanArn = Stack.of(scope).formatArn({
    service: 'backup',
    resource: 'backup-plan',
    resourceName: backupPlanId,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new ImportedBackupPlan(scope, id, backupPlanId, backupPlanArn);
}

const PLAN_ARN = /^arn:aws(-[a-z]+)*:backup:[a-z]{2}(-[a-z]+)+-\d:\d{12}:backup-plan:[^\s:/]+$/;

export function importPlanByArn(scope: Construct, id: string, backupPlanArn: string): IBackupPlan {
  throwErrors(
    requiredKindProblems(backupPlanArn, (value) => matches(value, PLAN_ARN), {
      id: 'Backup-PlanImport',
      property: 'backupPlanArn',
      what: 'the ARN of a backup plan, `arn:<partition>:backup:<region>:<account>:backup-plan:<id>`',
    }),
    `${scope.node.path}/${id}`,
  );
  const { resourceName } = Stack.of(scope).splitArn(backupPlanArn, ArnFormat.COLON_RESOURCE_NAME);
  return new ImportedBackupPlan(scope, id, resourceName as string, backupPlanArn);
}

function matches(value: unknown, pattern: RegExp): boolean {
  return !isKnown(value) || (typeof value === 'string' && pattern.test(value));
}
