import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Capability, Support } from '../../values/resource-type/capability';
import { databaseRetentionProblems } from '../../values/resource-type/database-laws';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { authenticationModeProblems } from '../../values/settings/prerequisite-laws';
import { type Demands, runsOf } from './ready-demands';
import { numberOf, OPEN, ReadyProperty, textOf } from './ready-property';
import { keepFsxWindowsFree, keepRdsWindowsFree } from './ready-windows';

/** A resource that is to be made fit. */
export interface ReadyResource {
  readonly resource: CfnResource;
  readonly type: ResourceType;
  /** The constructs that stand for it, outermost first; the L1 last. */
  readonly owners: readonly IConstruct[];
}

/** An L2 bucket, which keeps all notifications in a resource of its own: the property of the L1 would be overwritten. */
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

/** Whether AWS Backup backs up such a resource continuously where a rule asks for it. */
export function isContinuous({ type }: ReadyResource, { continuous }: Demands): boolean {
  return continuous !== undefined && type.supports(Capability.CONTINUOUS) === Support.YES;
}

/** Changes what can be changed without harm, so that a resource is fit for what is asked of it. */
export function makeReady(ready: ReadyResource, demands: Demands): void {
  const { resource } = ready;
  const property = (path: string) => new ReadyProperty(resource, path);
  switch (resource.cfnResourceType) {
    case 'AWS::S3::Bucket':
      makeBucketReady(ready, demands);
      break;
    case 'AWS::EFS::FileSystem':
      setUnlessOpen(property('BackupPolicy.Status'), 'DISABLED');
      break;
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance':
      makeDatabaseReady(ready, demands);
      break;
    case 'AWS::FSx::FileSystem':
      keepFsxWindowsFree(resource, runsOf(demands.rules));
      break;
    case 'AWS::EKS::Cluster': {
      const mode = property('AccessConfig.AuthenticationMode');
      const said = mode.get();
      if (said !== OPEN && authenticationModeProblems(textOf(said), demands.who).length > 0)
        mode.set('API_AND_CONFIG_MAP');
      break;
    }
  }
}

function setUnlessOpen(property: ReadyProperty, value: unknown): void {
  const said = property.get();
  if (said !== OPEN && said !== value) property.set(value);
}

function makeBucketReady(ready: ReadyResource, demands: Demands): void {
  const { resource } = ready;
  setUnlessOpen(new ReadyProperty(resource, 'VersioningConfiguration.Status'), 'Enabled');
  if (!demands.continuous) return;
  const bucket = notifyingBucket(ready);
  if (bucket) {
    bucket.enableEventBridgeNotification();
    return;
  }
  const events = new ReadyProperty(resource, 'NotificationConfiguration.EventBridgeConfiguration');
  const said = events.get();
  if (said === OPEN) return;
  const { eventBridgeEnabled, EventBridgeEnabled } = (said ?? {}) as Record<string, unknown>;
  const enabled = eventBridgeEnabled ?? EventBridgeEnabled;
  if (said !== undefined && (enabled === undefined || String(enabled) === 'true')) return;
  events.set(
    'notificationConfiguration' in resource ? { eventBridgeEnabled: true } : { EventBridgeEnabled: true },
  );
}

function makeDatabaseReady(ready: ReadyResource, demands: Demands): void {
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
