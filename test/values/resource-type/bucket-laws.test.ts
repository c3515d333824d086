import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  bucketArchiveProblems,
  bucketEventProblems,
  bucketVersioningProblems,
} from '../../../src/values/resource-type/bucket-laws';

const told = (problems: Problem[]) => problems.map((p) => `${p.id} ${p.property}: ${sentence(p)}`);

test('a bucket that is backed up has versions', () => {
  expect(bucketVersioningProblems(true, 'plan `gold`')).toEqual([]);
  expect(told(bucketVersioningProblems(false, 'plan `gold`'))).toEqual([
    'Backup-BucketVersioning VersioningConfiguration: `VersioningConfiguration` must be `Enabled` for a bucket that plan `gold` protects; turn versioning on with `VersioningConfiguration`, and let a lifecycle rule expire noncurrent versions',
  ]);
});

test('a bucket that is backed up continuously sends its events to EventBridge', () => {
  expect(bucketEventProblems(true, 'rule `c`')).toEqual([]);
  expect(told(bucketEventProblems(false, 'rule `c`'))).toEqual([
    'Backup-BucketEventBridge NotificationConfiguration: `NotificationConfiguration` should have `EventBridgeConfiguration` for a bucket that rule `c` protects continuously; turn on EventBridge events with `NotificationConfiguration` and its `EventBridgeConfiguration`',
  ]);
});

const FIX =
  'keep objects in a storage class that is backed up, such as S3 Glacier Instant Retrieval, or accept that old objects are in the bucket alone';

test.each([
  [['GLACIER'], '`GLACIER`'],
  [['STANDARD_IA', 'DEEP_ARCHIVE', 'DEEP_ARCHIVE', 'GLACIER'], '`DEEP_ARCHIVE` and `GLACIER`'],
])('objects that move to %j leave the backups', (classes, shown) => {
  expect(told(bucketArchiveProblems(classes, 'plan `gold`'))).toEqual([
    `Backup-BucketArchive LifecycleConfiguration: \`LifecycleConfiguration\` moves objects to ${shown}, where plan \`gold\` doesn't back them up; ${FIX}`,
  ]);
});

test.each([[[]], [['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR']]])(
  'objects that move to %j stay in the backups',
  (classes) => {
    expect(bucketArchiveProblems(classes, 'plan `gold`')).toEqual([]);
  },
);
