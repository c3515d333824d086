import { join } from 'node:path';
import { FakeAws } from './support/fake-aws';
import { request } from './support/requests';

// the handlers wait for AWS to settle, in real time here
jest.setTimeout(180_000);

const BUNDLE = join(__dirname, '..', '..', 'assets', 'handler', 'index', 'index.js');
const aws = new FakeAws();
const environment = { ...process.env };
let handler: (event: unknown, context: unknown) => Promise<void>;
let url: string;

beforeAll(async () => {
  url = await aws.start();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  ({ handler } = require(BUNDLE));
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterAll(async () => {
  await aws.stop();
  process.env = environment;
  jest.restoreAllMocks();
});

/** What the code of the function, as it is deployed, answers over HTTP. */
async function answered(type: string, ResourceType: string, properties: Record<string, unknown>) {
  await handler(request(type, properties, { ResourceType, ResponseURL: `${url}/answer?signature=secret` }), {
    getRemainingTimeInMillis: () => 300_000,
  });
  return aws.answers.pop();
}

describe('the code that is deployed, against AWS over HTTP', () => {
  test('answers as CloudFormation wants it: a PUT without a content type', async () => {
    expect(await answered('Create', 'Custom::Nothing', {})).toEqual({
      method: 'PUT',
      contentType: '',
      body: expect.objectContaining({ Status: 'FAILED' }),
    });
  });

  test('sets the settings of a Region, and gives them back', async () => {
    const properties = { optIn: { S3: 'true' } };
    expect(await answered('Create', 'Custom::BackupRegionSettings', properties)).toMatchObject({
      body: { Status: 'SUCCESS', Data: { Changed: 'optIn.S3' } },
    });
    expect(aws.optIn).toEqual({ S3: true, EBS: true });
    expect([...aws.parameters]).toEqual([
      [
        '/cdk-backup-constructs/region-settings/1a2b3c-Thing',
        expect.stringContaining('"undo":{"optIn.S3":false}'),
      ],
    ]);
    await answered('Delete', 'Custom::BackupRegionSettings', properties);
    expect(aws.optIn).toEqual({ S3: false, EBS: true });
    expect(aws.parameters.size).toBe(0);
    expect(await answered('Delete', 'Custom::BackupRegionSettings', properties)).toMatchObject({
      body: { Status: 'SUCCESS' },
    });
  });

  test('sets the flags of an organization, and gives them back', async () => {
    const properties = { flags: { isMpaEnabled: 'true' } };
    await answered('Create', 'Custom::BackupGlobalSettings', properties);
    expect(aws.flags).toEqual({ isMpaEnabled: 'true' });
    await answered('Delete', 'Custom::BackupGlobalSettings', properties);
    expect(aws.flags).toEqual({ isMpaEnabled: 'false' });
  });

  test.each(['true', 'false'])('makes a service-linked role where it is missing: %s', async (Created) => {
    const properties = { serviceName: 'backup.amazonaws.com', roleName: 'AWSServiceRoleForBackup' };
    expect(await answered('Create', 'Custom::BackupServiceLinkedRole', properties)).toMatchObject({
      body: { Status: 'SUCCESS', Data: { Arn: 'arn:aws:iam::111122223333:role/r', Created } },
    });
  });

  test('makes a backup, and tells its recovery point', async () => {
    const properties = { vaultName: 'v', resourceArn: 'arn:aws:s3:::b', roleArn: 'r', deleteAfterDays: '7' };
    expect(await answered('Create', 'Custom::OnDemandBackup', properties)).toMatchObject({
      body: { Status: 'SUCCESS', Data: { JobId: 'job-1', RecoveryPointArn: 'arn:rp', State: 'COMPLETED' } },
    });
  });
});
