import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { databaseRetentionProblems } from '../../values/resource-type/database-laws';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { authenticationModeProblems } from '../../values/settings/prerequisite-laws';
import { type Demands, runsOf } from './ready-demands';
import { numberOf, ReadyProperty, textOf, UNKNOWN } from './ready-property';
import { keepFsxWindowsFree, keepRdsWindowsFree } from './ready-windows';

/** A resource to prepare. */
export interface ReadyResource {
  readonly resource: CfnResource;
  readonly type: ResourceType;
  /** The constructs of the resource, outermost first, the L1 last. */
  readonly owners: readonly IConstruct[];
}

/** An L2 bucket; it keeps all notifications in a separate resource that would overwrite the property of the L1. */
interface NotifyingBucket extends IConstruct {
  enableEventBridgeNotification(): void;
}

/** The L2 bucket that a resource belongs to, if any. */
export function notifyingBucket({ owners }: ReadyResource): NotifyingBucket | undefined {
  return owners.find(
    (owner): owner is NotifyingBucket =>
      typeof (owner as Partial<NotifyingBucket>).enableEventBridgeNotification === 'function',
  );
}

/** Whether AWS Backup creates continuous backups of a resource. */
export function isContinuous({ type }: ReadyResource, { continuous }: Demands): boolean {
  return continuous !== undefined && type.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES;
}

/** Changes the settings that are safe to change, so that a resource meets the demands. */
export function prepare(ready: ReadyResource, demands: Demands): void {
  const { resource } = ready;
  const property = (path: string) => new ReadyProperty(resource, path);
  switch (resource.cfnResourceType) {
    case 'AWS::S3::Bucket':
      prepareBucket(ready, demands);
      break;
    case 'AWS::EFS::FileSystem':
      setUnlessUnknown(property('BackupPolicy.Status'), 'DISABLED');
      break;
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance':
      prepareDatabase(ready, demands);
      break;
    case 'AWS::FSx::FileSystem':
      keepFsxWindowsFree(resource, runsOf(demands.rules));
      break;
    case 'AWS::EKS::Cluster': {
      const mode = property('AccessConfig.AuthenticationMode');
      const current = mode.get();
      if (current !== UNKNOWN && authenticationModeProblems(textOf(current), demands.who).length > 0)
        mode.set('API_AND_CONFIG_MAP');
      break;
    }
  }
}

function setUnlessUnknown(property: ReadyProperty, value: unknown): void {
  const current = property.get();
  if (current !== UNKNOWN && current !== value) property.set(value);
}

function prepareBucket(ready: ReadyResource, demands: Demands): void {
  const { resource } = ready;
  setUnlessUnknown(new ReadyProperty(resource, 'VersioningConfiguration.Status'), 'Enabled');
  if (!demands.continuous) return;
  const bucket = notifyingBucket(ready);
  if (bucket) {
    bucket.enableEventBridgeNotification();
    return;
  }
  const events = new ReadyProperty(resource, 'NotificationConfiguration.EventBridgeConfiguration');
  const current = events.get();
  if (current === UNKNOWN) return;
  const { eventBridgeEnabled, EventBridgeEnabled } = (current ?? {}) as Record<string, unknown>;
  const enabled = eventBridgeEnabled ?? EventBridgeEnabled;
  if (current !== undefined && (enabled === undefined || String(enabled) === 'true')) return;
  events.set(
    'notificationConfiguration' in resource ? { eventBridgeEnabled: true } : { EventBridgeEnabled: true },
  );
}

function prepareDatabase(ready: ReadyResource, demands: Demands): void {
  const { resource, type } = ready;
  const continuous = isContinuous(ready, demands) ? demands.continuous : undefined;
  if (continuous) {
    const retention = new ReadyProperty(resource, 'BackupRetentionPeriod');
    const own = numberOf(retention.get());
    const days = continuous.rule.retention.inDays;
    if (own !== undefined && databaseRetentionProblems(own, continuous.label, days).length > 0)
      retention.set(undefined);
    const window = new ReadyProperty(resource, 'PreferredBackupWindow');
    if (typeof window.get() === 'string') window.set(undefined);
  }
  if (type.name === 'RDS') keepRdsWindowsFree(resource, runsOf(demands.rules), continuous !== undefined);
}
