import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bucketChecks } from '../../../src/checks/protected-resource/buckets';
import { testApp } from '../../support/app';
import { choice, plan, resource, rule, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const VERSIONED = { VersioningConfiguration: { Status: 'Enabled' } };
const EVENTS = { NotificationConfiguration: { EventBridgeConfiguration: {} } };
const CONTINUOUS = rule('pitr', { EnableContinuousBackup: true });

function found(properties: object, rules = [rule()], backup: unknown = 'gold', more: object = {}): string[] {
  const B = resource('S3::Bucket', { Tags: tags({ backup }), ...properties });
  return findings(
    bucketChecks,
    { Plan: plan('gold', ...rules), S: selection(TAGGED), B, ...more },
    undefined,
    PARAMETERS,
  );
}

describe('versioning', () => {
  const UNVERSIONED =
    'error Backup-BucketVersioning at Resources/B/Properties/VersioningConfiguration: `VersioningConfiguration` must be `Enabled` for a bucket that plan `gold` protects; turn versioning on with `VersioningConfiguration`, and let a lifecycle rule expire noncurrent versions';

  test('is needed of a bucket that is protected', () => {
    expect(found({})).toEqual([UNVERSIONED]);
    expect(found({ VersioningConfiguration: { Status: 'Suspended' } })).toEqual([UNVERSIONED]);
    expect(found(VERSIONED)).toEqual([]);
  });

  test('isn’t needed of one that isn’t, or perhaps isn’t', () => {
    expect(found({}, [rule()], 'silver')).toEqual([]);
    expect(found({}, [rule()], UNKNOWN)).toEqual([]);
  });

  test('may be unknown', () => {
    expect(found({ VersioningConfiguration: { Status: UNKNOWN } })).toEqual([]);
    expect(found({ VersioningConfiguration: { 'Fn::GetAZs': '' } })).toEqual([]);
  });
});

describe('events', () => {
  test('are needed of a bucket that is protected continuously', () => {
    expect(found(VERSIONED, [CONTINUOUS])).toEqual([
      'warning Backup-BucketEventBridge at Resources/B/Properties/NotificationConfiguration: `NotificationConfiguration` should have `EventBridgeConfiguration` for a bucket that rule `pitr` of plan `gold` protects continuously; turn on EventBridge events with `NotificationConfiguration` and its `EventBridgeConfiguration`',
    ]);
    expect(found({ ...VERSIONED, ...EVENTS }, [CONTINUOUS])).toEqual([]);
    expect(found(VERSIONED, [rule()])).toEqual([]);
    expect(found({ ...VERSIONED, NotificationConfiguration: { 'Fn::GetAZs': '' } }, [CONTINUOUS])).toEqual(
      [],
    );
    expect(found(VERSIONED, [rule('x', { EnableContinuousBackup: UNKNOWN })])).toEqual([]);
  });

  test('are also sent by the custom resource of CDK’s buckets', () => {
    const stack = new Stack(testApp(), 'Stack');
    new Bucket(stack, 'B', { eventBridgeEnabled: true, versioned: true });
    const { Resources } = Template.fromStack(stack).toJSON();
    const events = (resources: object) =>
      findings(bucketChecks, {
        ...resources,
        Plan: plan('gold', CONTINUOUS),
        S: selection({ Resources: ['arn:aws:s3:::*'] }),
      });
    expect(events(Resources)).toEqual([]);
    const custom = Object.entries<{ Type: string }>(Resources).filter(
      ([, { Type }]) => Type !== 'Custom::S3BucketNotifications',
    );
    expect(custom.length).toBe(Object.keys(Resources).length - 1);
    expect(events(Object.fromEntries(custom))).toHaveLength(1);
  });
});

describe('storage classes', () => {
  const moved = (...classes: unknown[]) => ({
    ...VERSIONED,
    LifecycleConfiguration: {
      Rules: [{ Status: 'Enabled', Transitions: classes.map((StorageClass) => ({ StorageClass })) }],
    },
  });

  test('of the archive aren’t backed up', () => {
    expect(found(moved('GLACIER', 'DEEP_ARCHIVE', 'GLACIER'))).toEqual([
      "warning Backup-BucketArchive at Resources/B/Properties/LifecycleConfiguration: `LifecycleConfiguration` moves objects to `GLACIER` and `DEEP_ARCHIVE`, where plan `gold` doesn't back them up; keep objects in a storage class that is backed up, such as S3 Glacier Instant Retrieval, or accept that old objects are in the bucket alone",
    ]);
    expect(found(moved('GLACIER_IR', 'STANDARD_IA', UNKNOWN))).toEqual([]);
    expect(found(moved('GLACIER'), [rule()], 'silver')).toEqual([]);
  });
});
