import { type Inventory, inventoryOf } from '../../src/inventory/inventory';
import type { StackSource } from '../../src/template/input/source';
import { source } from './templates';

type Properties = Record<string, unknown>;

/** A resource of a template. */
export function resource(type: string, properties: Properties = {}, rest: Properties = {}) {
  return { Type: `AWS::${type}`, Properties: properties, ...rest };
}

/** A resource of a template that AWS Backup can back up: buckets have versioning. */
export function backupReady(type: string, properties: Properties = {}, rest: Properties = {}) {
  const versioning = type === 'S3::Bucket' ? { VersioningConfiguration: { Status: 'Enabled' } } : {};
  return resource(type, { ...versioning, ...properties }, rest);
}

/** A rule that runs daily and keeps recovery points 35 days, unless said otherwise. */
export function rule(name = 'daily', properties: Properties = {}) {
  return {
    RuleName: name,
    TargetBackupVault: 'gold',
    ScheduleExpression: 'cron(0 5 ? * * *)',
    StartWindowMinutes: 60,
    CompletionWindowMinutes: 120,
    Lifecycle: { DeleteAfterDays: 35 },
    ...properties,
  };
}

export function plan(name: string, ...rules: readonly Properties[]) {
  return resource('Backup::BackupPlan', {
    BackupPlan: { BackupPlanName: name, BackupPlanRule: rules.length > 0 ? rules : [rule()] },
  });
}

/** A selection for the plan with the logical id `Plan`, unless said otherwise. */
export function selection(body: Properties, planId: unknown = { Ref: 'Plan' }, rest: Properties = {}) {
  return resource(
    'Backup::BackupSelection',
    {
      BackupPlanId: planId,
      BackupSelection: {
        SelectionName: 'some',
        IamRoleArn: 'arn:aws:iam::111111111111:role/AWSBackup',
        ...body,
      },
    },
    rest,
  );
}

/** Tags as most resources take them. */
export function tags(pairs: Record<string, unknown>) {
  return Object.entries(pairs).map(([Key, Value]) => ({ Key, Value }));
}

/** An element of `ListOfTags`. */
export function choice(key: unknown, value: unknown, type: unknown = 'STRINGEQUALS') {
  return { ConditionType: type, ConditionKey: key, ConditionValue: value };
}

/** `Conditions` of one operator. */
export function condition(operator: string, key: string, value: unknown) {
  return { [operator]: [{ ConditionKey: `aws:ResourceTag/${key}`, ConditionValue: value }] };
}

/** A stack by its name; further stacks of one app. */
export function stack(name: string, resources: unknown, options: Partial<StackSource> = {}): StackSource {
  return source(
    { Resources: resources },
    { id: name, name, stackName: name, file: `${name}.template.json`, assembly: 'cdk.out', ...options },
  );
}

export function inventoryOfStacks(...sources: readonly StackSource[]): Inventory {
  return inventoryOf(sources);
}
