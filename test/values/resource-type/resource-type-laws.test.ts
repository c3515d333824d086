import { Token } from 'aws-cdk-lib';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { resourceTypeOptionProblems } from '../../../src/values/resource-type/resource-type-laws';
import { refusal } from '../../support/refusal';

test.each<[object, string]>([
  [{ arnAttribute: ['Arn'] }, '`arnAttribute` must be the name of an attribute such as `Arn`, got an array'],
  [
    { cloudFormationTypes: [['AWS::S3::Bucket']] },
    '`cloudFormationTypes` must be CloudFormation types such as `AWS::S3::Bucket`, got an array',
  ],
  [{ coldStorage: 'yes' }, '`coldStorage` must be true or false, got `yes`'],
  [{ alwaysSubjectToOptIn: 1 }, '`alwaysSubjectToOptIn` must be true or false, got 1'],
  [
    { cloudFormationTypes: 'AWS::S3::Bucket' },
    '`cloudFormationTypes` must be an array of CloudFormation types such as `AWS::S3::Bucket`, got `AWS::S3::Bucket`',
  ],
  [
    { cloudFormationTypes: ['AWS::S3::Bucket', 'bucket'] },
    '`cloudFormationTypes` must be CloudFormation types such as `AWS::S3::Bucket`, got `bucket`',
  ],
  [
    { arnPatterns: ['s3:::*'] },
    '`arnPatterns` must be ARN patterns such as `arn:{partition}:s3:::*`, got `s3:::*`',
  ],
  [{ backupPolicies: [''] }, '`backupPolicies` must be names of AWS managed policies, got an empty string'],
  [{ restorePolicies: [null] }, '`restorePolicies` must be names of AWS managed policies, got null'],
  [
    { arnAttribute: '' },
    '`arnAttribute` must be the name of an attribute such as `Arn`, got an empty string',
  ],
  [{ optInName: 7 }, '`optInName` must be 1 to 50 letters, digits, spaces, `-`, `_` and `.`, got 7'],
  [{ source: ' ' }, '`source` must be a URL or a description, got ` `'],
  [{ asOf: '2026-13-01' }, '`asOf` must be a day as `YYYY-MM-DD`, got `2026-13-01`'],
  [{ index: Token.asAny({ Ref: 'Index' }) }, '`index` must be true or false, got a token'],
  [{ coldstorage: true }, '`coldstorage` is not a property of a resource type'],
  [{ toString: true }, '`toString` is not a property of a resource type'],
  [{ arnAttribute: 'an Arn' }, '`arnAttribute` must be the name of an attribute such as `Arn`, got `an Arn`'],
  [{ asOf: '2026-02-32' }, '`asOf` must be a day as `YYYY-MM-DD`, got `2026-02-32`'],
  [{ asOf: '2026-02-01T00' }, '`asOf` must be a day as `YYYY-MM-DD`, got `2026-02-01T00`'],
  [
    { cloudFormationTypes: ['AWS::S3'] },
    '`cloudFormationTypes` must be CloudFormation types such as `AWS::S3::Bucket`, got `AWS::S3`',
  ],
  [
    { cloudFormationTypes: ['AWS::S3::Bucket::Policy::X'] },
    '`cloudFormationTypes` must be CloudFormation types such as `AWS::S3::Bucket`, got `AWS::S3::Bucket::Policy::X`',
  ],
  [
    { cloudFormationTypes: ['My AWS::S3::Bucket'] },
    '`cloudFormationTypes` must be CloudFormation types such as `AWS::S3::Bucket`, got `My AWS::S3::Bucket`',
  ],
  [
    { arnPatterns: ['arn:aws:s3:::'] },
    '`arnPatterns` must be ARN patterns such as `arn:{partition}:s3:::*`, got `arn:aws:s3:::`',
  ],
  [
    { arnPatterns: ['arn:azure:s3:::*'] },
    '`arnPatterns` must be ARN patterns such as `arn:{partition}:s3:::*`, got `arn:azure:s3:::*`',
  ],
  [
    { arnPatterns: ['the arn:aws:s3:::*'] },
    '`arnPatterns` must be ARN patterns such as `arn:{partition}:s3:::*`, got `the arn:aws:s3:::*`',
  ],
  [
    { backupPolicies: ['a policy'] },
    '`backupPolicies` must be names of AWS managed policies, got `a policy`',
  ],
])('an option of a resource type is refused: %j', (options, message) => {
  expect(refusal(() => ResourceType.of('New', options))).toBe(`${message} (in \`ResourceType.of\`)`);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no options', {}],
  ['an option that is not set', { anything: undefined }],
  ['capabilities', { continuous: true, coldStorage: false, alwaysSubjectToOptIn: true }],
  [
    'lists',
    { cloudFormationTypes: ['AWS::New::Thing'], arnPatterns: [], backupPolicies: ['AWSBackupFullAccess'] },
  ],
  ['texts', { arnAttribute: 'Thing.Arn', optInName: 'New', source: 'the wiki', asOf: '2026-11-30' }],
  ['texts that are known only at deployment', { optInName: Token.asString({ Ref: 'Name' }) }],
])('a resource type is described by %s', (_, options) => {
  expect(resourceTypeOptionProblems('New', options)).toEqual([]);
  expect(resourceTypeOptionProblems('S3', options)).toEqual([]);
});
