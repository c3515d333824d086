import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { sharedPatternProblems } from '../../../src/values/resource-type/shared-pattern-laws';

const { AURORA, FSX, RDS, S3 } = ResourceType;
const NEW = ResourceType.of('New');

describe('a pattern that several types share', () => {
  test('is a warning for those that are not selected', () => {
    expect(sharedPatternProblems([AURORA, S3])).toEqual([
      {
        id: 'Backup-SharedArnPattern',
        severity: 'warning',
        property: 'types',
        message:
          '`types` selects Aurora by `arn:aws:rds:*:*:cluster:*`, which also selects DocumentDB, Neptune and RDS (Multi-AZ cluster)',
        fix: 'add a tag condition, or select by ARN',
      },
    ]);
  });

  test('is no problem if all types that share it are selected', () => {
    const clusters = [AURORA, ResourceType.DOCUMENTDB, ResourceType.NEPTUNE, RDS.variant('Multi-AZ cluster')];
    expect(sharedPatternProblems(clusters)).toEqual([]);
    expect(sharedPatternProblems([RDS, FSX, FSX.variant('ONTAP'), S3, NEW])).toEqual([]);
    expect(sharedPatternProblems([])).toEqual([]);
  });

  test('uses the property name of the caller', () => {
    expect(sharedPatternProblems([ResourceType.NEPTUNE, RDS], 'resourceTypes')[0].message).toBe(
      '`resourceTypes` selects Neptune by `arn:aws:rds:*:*:cluster:*`, which also selects Aurora, DocumentDB and RDS (Multi-AZ cluster)',
    );
  });
});
