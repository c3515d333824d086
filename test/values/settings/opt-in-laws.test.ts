import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  advancedDynamoDbProblem,
  optedOutProblem,
  optInProblem,
} from '../../../src/values/settings/opt-in-laws';

test.each<[string, Problem, string, string]>([
  [
    'has not opted in to a type that always needs it',
    optInProblem('Redshift', '`Shop/Sales`'),
    'optIn',
    'Backup-OptIn the Region must have opted in to Redshift for `Shop/Sales`; opt in with `BackupRegionSettings`, with `UpdateRegionSettings`, or in the settings of the AWS Backup console',
  ],
  [
    'opts out of a type that a plan protects',
    optedOutProblem('EBS', '`Shop/Disk`'),
    'optOut',
    'Backup-TypeOptedOut the settings of the Region opt out of EBS, so AWS Backup skips `Shop/Disk`; remove EBS from `optOut`, or leave its resources out of the selection',
  ],
  [
    'has advanced DynamoDB backup turned off',
    advancedDynamoDbProblem('`Shop/Orders`'),
    'fullManagement',
    'Backup-AdvancedDynamoDb the Region must have advanced DynamoDB backup turned on for copies, cold storage, tags or air-gapped vaults of the backups of `Shop/Orders`; turn on advanced DynamoDB backup with `BackupRegionSettings` or `UpdateRegionSettings`',
  ],
])('a Region that %s is reported with the setting to change', (_, problem, property, message) => {
  expect(`${problem.id} ${sentence(problem)}`).toBe(message);
  expect(problem.property).toBe(property);
});
