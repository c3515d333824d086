import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { Problem } from '../../values/core/problem';
import {
  bucketArchiveProblems,
  bucketEventProblems,
  bucketVersioningProblems,
} from '../../values/resource-type/bucket-laws';
import {
  databaseRetentionProblems,
  fsxWindows,
  rdsWindows,
  type ServiceWindow,
  serviceWindowProblem,
} from '../../values/resource-type/database-laws';
import { WeeklyRuns } from '../../values/schedule/weekly-runs';
import { advancedDynamoDbProblem, optInProblem } from '../../values/settings/opt-in-laws';
import {
  airGappedEncryptionProblems,
  authenticationModeProblems,
  automaticBackupProblems,
  LUSTRE_DEFAULT,
  sharedTagProblems,
  unsupportedKindProblems,
  vssInstanceProblems,
  vssInstanceTypeProblems,
} from '../../values/settings/prerequisite-laws';
import { findInEnvironment } from '../core/siblings-in-environment';
import type { BackupRegionSettings } from '../custom/backup-region-settings';
import { type Demands, timesOf } from './ready-demands';
import {
  flagOf,
  numberOf,
  ReadyProperty,
  renderedProperties,
  textOf,
  UNKNOWN,
  valueAt,
} from './ready-property';
import { isContinuous, notifyingBucket, type ReadyResource } from './ready-steps';

type Bag = Record<string, unknown>;

/** What a resource still lacks for its backups, in the rendered template. */
export function readinessProblems(ready: ReadyResource, demands: Demands): Problem[] {
  const { resource } = ready;
  const properties = renderedProperties(resource);
  if (!properties) return [];
  return [
    ...tagProblems(resource, properties, demands),
    ...optInProblems(ready, demands),
    ...encryptionProblems(ready, properties, demands),
    ...typeProblems(ready, properties, demands),
    ...unsupportedProblems(ready.resource, demands.who),
  ];
}

/** Resources that AWS Backup doesn't back up, although it backs up others of the type. */
export function unsupportedProblems(resource: CfnResource, who: string): Problem[] {
  const property = (path: string) => textOf(new ReadyProperty(resource, path).get());
  switch (resource.cfnResourceType) {
    case 'AWS::RDS::DBInstance':
      return unsupportedKindProblems({ engine: property('Engine') }, who);
    case 'AWS::FSx::Volume':
      return unsupportedKindProblems({ ontapVolume: property('OntapConfiguration.OntapVolumeType') }, who);
    case 'AWS::FSx::FileSystem': {
      if (property('FileSystemType') !== 'LUSTRE') return [];
      const type = new ReadyProperty(resource, 'LustreConfiguration.DeploymentType').get();
      const lustre = type === undefined ? LUSTRE_DEFAULT : textOf(type);
      return unsupportedKindProblems({ lustre, lustreLink: property('LustreConfiguration.ImportPath') }, who);
    }
    default:
      return [];
  }
}

function typeProblems(ready: ReadyResource, properties: Bag, demands: Demands): Problem[] {
  const { who } = demands;
  switch (ready.resource.cfnResourceType) {
    case 'AWS::S3::Bucket':
      return bucketProblems(ready, properties, demands);
    case 'AWS::EFS::FileSystem':
      return unlessUnknown(valueAt(properties, 'BackupPolicy', 'Status'), (status) =>
        automaticBackupProblems(textOf(status), properties.AvailabilityZoneName !== undefined, who),
      );
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance':
      return databaseProblems(ready, properties, demands);
    case 'AWS::FSx::FileSystem':
      return windowProblems(demands, fsxWindowsOf(properties));
    case 'AWS::EKS::Cluster':
      return unlessUnknown(valueAt(properties, 'AccessConfig', 'AuthenticationMode'), (mode) =>
        authenticationModeProblems(textOf(mode), who),
      );
    case 'Custom::AWSCDK-EKS-Cluster':
      return unlessUnknown(valueAt(properties, 'Config', 'accessConfig', 'authenticationMode'), (mode) =>
        authenticationModeProblems(textOf(mode), who),
      );
    case 'AWS::EC2::Instance':
      return instanceProblems(properties, demands);
    default:
      return [];
  }
}

function unlessUnknown(value: unknown, check: (value: unknown) => Problem[]): Problem[] {
  return value === UNKNOWN ? [] : check(value);
}

function bucketProblems(ready: ReadyResource, properties: Bag, demands: Demands): Problem[] {
  const { who, continuous } = demands;
  const events = valueAt(properties, 'NotificationConfiguration', 'EventBridgeConfiguration');
  const enabled = valueAt(events, 'EventBridgeEnabled');
  const sends =
    notifyingBucket(ready) !== undefined || (events !== undefined && (flagOf(enabled) ?? true) === true);
  return [
    ...unlessUnknown(valueAt(properties, 'VersioningConfiguration', 'Status'), (status) =>
      bucketVersioningProblems(status === 'Enabled', who),
    ),
    ...(continuous && events !== UNKNOWN && enabled !== UNKNOWN
      ? bucketEventProblems(sends, continuous.label)
      : []),
    ...bucketArchiveProblems(storageClasses(properties), who),
  ];
}

function* storageClasses(properties: Bag): Iterable<string> {
  const rules = valueAt(properties, 'LifecycleConfiguration', 'Rules');
  for (const rule of listOf(rules)) {
    if (valueAt(rule, 'Status') === 'Disabled') continue;
    for (const name of ['Transition', 'NoncurrentVersionTransition'])
      for (const transition of [valueAt(rule, name), ...listOf(valueAt(rule, `${name}s`))]) {
        const storageClass = textOf(valueAt(transition, 'StorageClass'));
        if (storageClass !== undefined) yield storageClass;
      }
  }
}

function databaseProblems(ready: ReadyResource, properties: Bag, demands: Demands): Problem[] {
  const continuous = isContinuous(ready, demands) ? demands.continuous : undefined;
  const own = numberOf(valueAt(properties, 'BackupRetentionPeriod'));
  const problems =
    continuous && own !== undefined
      ? databaseRetentionProblems(own, continuous.label, continuous.rule.retention.inDays)
      : [];
  if (ready.type.name !== 'RDS') return problems;
  const windows = rdsWindows({
    maintenance: textOf(valueAt(properties, 'PreferredMaintenanceWindow')),
    backup: continuous || own === 0 ? undefined : textOf(valueAt(properties, 'PreferredBackupWindow')),
  });
  return [...problems, ...windowProblems(demands, windows)];
}

function fsxWindowsOf(properties: Bag): ServiceWindow[] {
  const names = ['LustreConfiguration', 'WindowsConfiguration', 'OpenZFSConfiguration'];
  const [settings] = names.flatMap((name) => valueAt(properties, name) ?? []);
  const isOff = numberOf(valueAt(settings, 'AutomaticBackupRetentionDays')) === 0;
  return fsxWindows({
    maintenance: textOf(valueAt(settings, 'WeeklyMaintenanceStartTime')),
    backup: isOff ? undefined : textOf(valueAt(settings, 'DailyAutomaticBackupStartTime')),
  });
}

/** The windows in which a rule starts. Late starts within the start window are acceptable. */
function windowProblems({ rules }: Demands, windows: readonly ServiceWindow[]): Problem[] {
  const runs = new WeeklyRuns(new Date());
  return windows.flatMap((window) => {
    const met = rules.find(({ rule }) => {
      const times = timesOf(rule);
      return times && runs.meeting(times, window.spans, window.tooClose) === 'starts';
    });
    return met ? [serviceWindowProblem(window, met.label, 'starts')] : [];
  });
}

function instanceProblems(properties: Bag, { vss }: Demands): Problem[] {
  if (vss === undefined) return [];
  const type = textOf(valueAt(properties, 'InstanceType'));
  const instance = {
    hasProfile:
      valueAt(properties, 'LaunchTemplate') === undefined
        ? valueAt(properties, 'IamInstanceProfile') !== undefined
        : undefined,
    metadataEndpoint: textOf(valueAt(properties, 'MetadataOptions', 'HttpEndpoint')),
  };
  return [
    ...(type === undefined ? [] : vssInstanceTypeProblems(type, vss)),
    ...vssInstanceProblems(instance, vss),
  ];
}

function encryptionProblems({ type }: ReadyResource, properties: Bag, { airGapped }: Demands): Problem[] {
  if (!airGapped) return [];
  return unlessUnknown(valueAt(properties, 'StorageEncrypted'), (encrypted) =>
    airGappedEncryptionProblems(type.name, flagOf(encrypted), airGapped.label),
  );
}

function tagProblems(resource: CfnResource, properties: Bag, { rules }: Demands): Problem[] {
  const stackTags = Object.keys(Stack.of(resource).tags.tagValues());
  const replicas = listOf(valueAt(properties, 'Replicas'));
  const tagged = replicas.length > 0 ? replicas : [properties];
  for (const { rule, label } of rules)
    for (const bag of tagged) {
      const keys = [...stackTags, ...tagKeys(bag), ...Object.keys(rule.recoveryPointTags ?? {})];
      const problems = sharedTagProblems(keys, label);
      if (problems.length > 0) return problems;
    }
  return [];
}

function tagKeys(bag: unknown): string[] {
  const tags = valueAt(bag, 'Tags') ?? valueAt(bag, 'FileSystemTags');
  if (Array.isArray(tags)) return tags.flatMap((tag) => textOf(valueAt(tag, 'Key')) ?? []);
  return typeof tags === 'object' && tags !== null ? Object.keys(tags) : [];
}

/** Settings that the Region needs, unless the app sets them. */
function optInProblems({ resource, type, owners }: ReadyResource, demands: Demands): Problem[] {
  const settings = findInEnvironment<BackupRegionSettings>(resource, 'region settings');
  const has = (setting: string) => settings.some((each) => each._turnsOn(setting));
  const what = `\`${owners[0].node.path}\``;
  if (type.alwaysSubjectToOptIn) return has(`optIn.${type.optInName}`) ? [] : [optInProblem(type.name, what)];
  return type.name === 'DynamoDB' && demands.advanced && !has(`fullManagement.${type.optInName}`)
    ? [advancedDynamoDbProblem(what)]
    : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
