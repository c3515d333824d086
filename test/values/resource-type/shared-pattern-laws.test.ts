import { ResourceType } from '../../../src/values/resource-type/resource-type';
import {
  sharedArnProblems,
  sharedPatternProblems,
} from '../../../src/values/resource-type/shared-pattern-laws';

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

  test('can be one of several that a type of the user has', () => {
    const cluster = ResourceType.of('Cluster', {
      arnPatterns: ['arn:{partition}:new:*:*:thing/*', 'arn:{partition}:redshift:*:*:cluster:*'],
    });
    expect(sharedPatternProblems([cluster])[0].message).toBe(
      '`types` selects Cluster by `arn:aws:redshift:*:*:cluster:*`, which also selects Redshift',
    );
  });

  test('uses the property name of the caller', () => {
    expect(sharedPatternProblems([ResourceType.NEPTUNE, RDS], 'resourceTypes')[0].message).toBe(
      '`resourceTypes` selects Neptune by `arn:aws:rds:*:*:cluster:*`, which also selects Aurora, DocumentDB and RDS (Multi-AZ cluster)',
    );
  });
});

describe('a literal pattern that several types share', () => {
  test.each(['arn:aws:rds:*:*:cluster:*', 'arn:aws-cn:rds:cn-north-1:111122223333:cluster:*'])(
    'is a warning, in any account and Region: %s',
    (arn) => {
      expect(sharedArnProblems(arn, 'Resources')).toEqual([
        {
          id: 'Backup-SharedArnPattern',
          severity: 'warning',
          property: 'Resources',
          message: `\`Resources\` has \`${arn}\`, which selects Aurora, DocumentDB, Neptune and RDS (Multi-AZ cluster) alike`,
          fix: 'add a tag condition, or select by ARN',
        },
      ]);
    },
  );

  test.each([
    'arn:aws:rds:*:*:cluster:orders*',
    'arn:aws:dynamodb:*:*:table/*',
    'arn:aws:fsx:*:*:volume/*',
    'arn:aws:docdb:*:*:cluster:*',
    '*',
    '',
  ])('is no problem where it selects one type, or something else: %s', (arn) => {
    expect(sharedArnProblems(arn, 'Resources')).toEqual([]);
  });
});
