import { CfnParameter, SecretValue, type Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnHypervisor } from 'aws-cdk-lib/aws-backupgateway';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Hypervisor, type HypervisorProps } from '../../../src/resources/hypervisor/hypervisor';
import { HypervisorCredentials } from '../../../src/resources/hypervisor/hypervisor-credentials';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const TYPE = 'AWS::BackupGateway::Hypervisor';
const IN = ' (in `Stack/VCenter`)';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
});

function hypervisorWith(props: Partial<HypervisorProps> = {}, id = 'VCenter'): Hypervisor {
  return new Hypervisor(stack, id, { host: 'vcenter.example.com', ...props });
}

function properties() {
  const template = Template.fromStack(stack);
  expect(schemaProblems(template.toJSON())).toEqual([]);
  return Object.values(template.findResources(TYPE))[0].Properties;
}

test('a hypervisor has a host and a generated name', () => {
  const hypervisor = hypervisorWith();
  expect(properties()).toEqual({ Host: 'vcenter.example.com', Name: hypervisor.hypervisorName });
  expect(hypervisor.hypervisorName).toMatch(/^Stack-VCenter-[0-9a-f]{8}$/);
  expect(warningsOf(stack)).toEqual([]);
});

test('a hypervisor can have a key, logs and tags', () => {
  const hypervisor = hypervisorWith({
    hypervisorName: 'vcenter',
    encryptionKey: new Key(stack, 'Key'),
    logGroup: new LogGroup(stack, 'Logs'),
  });
  Tags.of(hypervisor).add('team', 'vmware');
  expect(properties()).toEqual({
    Host: 'vcenter.example.com',
    Name: 'vcenter',
    KmsKeyArn: { 'Fn::GetAtt': [expect.stringMatching('^Key'), 'Arn'] },
    LogGroupArn: { 'Fn::GetAtt': [expect.stringMatching('^Logs'), 'Arn'] }, // ends with `:*`
    Tags: [{ Key: 'team', Value: 'vmware' }],
  });
});

test('a key can be an alias, and the ARN of an imported log group gets the suffix `:*`', () => {
  hypervisorWith({
    encryptionKey: Alias.fromAliasName(stack, 'Alias', 'alias/vmware'),
    logGroup: LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-west-1:111122223333:log-group:vmware'),
  });
  expect(properties()).toMatchObject({
    KmsKeyArn: expect.stringContaining('alias/vmware'),
    LogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:vmware:*',
  });
});

describe('the credentials', () => {
  test('can come from a secret', () => {
    const secret = Secret.fromSecretNameV2(stack, 'Secret', 'vcenter');
    hypervisorWith({ credentials: HypervisorCredentials.fromSecret(secret) });
    expect(properties()).toMatchObject({
      Username: expect.stringMatching(
        /^\{\{resolve:secretsmanager:.*:secret:vcenter:SecretString:username::\}\}$/,
      ),
      Password: expect.stringMatching(
        /^\{\{resolve:secretsmanager:.*:secret:vcenter:SecretString:password::\}\}$/,
      ),
    });
  });

  test('can come from other fields of a secret created in the app', () => {
    const credentials = HypervisorCredentials.fromSecret(new Secret(stack, 'Secret'), {
      usernameField: 'user',
      passwordField: 'pass',
    });
    hypervisorWith({ credentials });
    const text = JSON.stringify(properties());
    expect(text).toContain(':SecretString:user::}}');
    expect(text).toContain(':SecretString:pass::}}');
  });

  test('can have the user name in the template and the password elsewhere', () => {
    const password = SecretValue.secretsManager('vcenter', { jsonField: 'password' });
    hypervisorWith({ credentials: HypervisorCredentials.fromPassword('backup@vsphere.local', password) });
    expect(properties()).toMatchObject({
      Username: 'backup@vsphere.local',
      Password: '{{resolve:secretsmanager:vcenter:SecretString:password::}}',
    });
  });

  test('can be a NoEcho parameter', () => {
    const parameter = new CfnParameter(stack, 'Password', { noEcho: true });
    hypervisorWith({
      credentials: HypervisorCredentials.fromPassword('backup', SecretValue.cfnParameter(parameter)),
    });
    expect(properties().Password).toEqual({ Ref: 'Password' });
  });

  const PASSWORD = 'HypervisorCredentials.fromPassword';
  const SECRET = 'HypervisorCredentials.fromSecret';
  test.each<[string, () => unknown, string]>([
    [
      'a literal password',
      () => HypervisorCredentials.fromPassword('backup', SecretValue.unsafePlainText('hunter2')),
      `\`password\` must not be a literal in the template, where anyone who can view the stack can read it; use \`SecretValue.secretsManager('…', { jsonField: 'password' })\` (in \`${PASSWORD}\`)`,
    ],
    [
      'no password',
      () => HypervisorCredentials.fromPassword('backup', null as never),
      `\`password\` must be a \`SecretValue\`, got null; use \`SecretValue.secretsManager('…')\` (in \`${PASSWORD}\`)`,
    ],
    [
      'a user name with its domain',
      () => HypervisorCredentials.fromPassword('A\\backup', SecretValue.secretsManager('vcenter')),
      `\`username\` must be 1 to 100 printable ASCII characters, without \`/\` and \`\\\`, that are not all spaces, got \`A\\backup\`; for example, write \`backup@vsphere.local\` (in \`${PASSWORD}\`)`,
    ],
    [
      'the name of a secret',
      () => HypervisorCredentials.fromSecret('vcenter' as never),
      `\`secret\` must be a secret, got \`vcenter\`; refer to an existing one with \`Secret.fromSecretNameV2\` (in \`${SECRET}\`)`,
    ],
    [
      'an empty field',
      () => HypervisorCredentials.fromSecret(new Secret(stack, 'Secret'), { usernameField: '' }),
      `\`usernameField\` must be the name of a field in the JSON of the secret, got an empty string (in \`${SECRET}\`)`,
    ],
    [
      'no fields',
      () => HypervisorCredentials.fromSecret(new Secret(stack, 'Secret'), null as never),
      `\`fields\` must be an object with the names of the fields, got null (in \`${SECRET}\`)`,
    ],
  ])("can't be %s", (_, make, message) => {
    expect(refusal(make)).toBe(message);
  });

  test('never show a password in an error message', () => {
    expect(refusal(() => HypervisorCredentials.fromPassword('backup', 'hunter2' as never))).toBe(
      `\`password\` must be a \`SecretValue\`, got string; use \`SecretValue.secretsManager('…')\` (in \`${PASSWORD}\`)`,
    );
  });
});

test('the L1 is the default child, and references are its attributes', () => {
  const hypervisor = hypervisorWith();
  expect(hypervisor.node.defaultChild).toBeInstanceOf(CfnHypervisor);
  expect(stack.resolve(hypervisor.hypervisorRef)).toEqual({
    hypervisorArn: { 'Fn::GetAtt': [expect.stringMatching('^VCenter'), 'HypervisorArn'] },
  });
});

describe('an existing hypervisor', () => {
  const ARN = 'arn:aws:backup-gateway:us-east-1:444455556666:hypervisor/hype-0A1B2C3D';

  test('can be referred to by its ARN', () => {
    const { hypervisorRef, env } = Hypervisor.fromHypervisorArn(stack, 'Existing', ARN);
    expect([hypervisorRef, env]).toEqual([
      { hypervisorArn: ARN },
      { account: '444455556666', region: 'us-east-1' },
    ]);
  });

  test("can't be referred to by its name", () => {
    expect(refusal(() => Hypervisor.fromHypervisorArn(stack, 'Existing', 'vcenter'))).toBe(
      '`hypervisorArn` must be an ARN of the form `arn:<partition>:backup-gateway:<region>:<account>:hypervisor/<id>`, got `vcenter` (in `Stack/Existing`)',
    );
  });
});

test.each<[string, unknown, string]>([
  [
    'no host',
    { host: undefined },
    '`host` must be an IP address or a domain name of 3 to 128 characters, got nothing; for example, write `vcenter.example.com`',
  ],
  [
    'a name with an underscore',
    { hypervisorName: 'v_center' },
    '`hypervisorName` must be 1 to 100 characters from `a-z`, `A-Z`, `0-9` and `-`, got `v_center`; omit it to have one generated',
  ],
  [
    'a name of null',
    { hypervisorName: null },
    '`hypervisorName` must be 1 to 100 characters from `a-z`, `A-Z`, `0-9` and `-`, got null; omit it to have one generated',
  ],
  [
    'credentials as an object',
    { credentials: {} },
    '`credentials` must be a `HypervisorCredentials`, got an object; use `HypervisorCredentials.fromSecret(secret)`',
  ],
  [
    'an ARN for a key',
    { encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/1' },
    '`encryptionKey` must be a key, got `arn:aws:kms:eu-west-1:111122223333:key/1`; refer to an existing one with `Key.fromKeyArn`',
  ],
  [
    'a name for a log group',
    { logGroup: 'vmware' },
    '`logGroup` must be a log group, got `vmware`; refer to an existing one with `LogGroup.fromLogGroupName`',
  ],
])('a hypervisor is refused with %s', (_, props, message) => {
  expect(refusal(() => hypervisorWith(props as never))).toBe(message + IN);
});

test.each<[string, unknown, string]>([
  ['null', null, '`props` must be an object with properties, got null'],
  [
    'nothing',
    undefined,
    '`host` must be an IP address or a domain name of 3 to 128 characters, got nothing; for example, write `vcenter.example.com`',
  ],
])('%s is refused as properties', (_, props, message) => {
  expect(refusal(() => new Hypervisor(stack, 'VCenter', props as never))).toBe(message + IN);
});

test('a hypervisor in an unsupported Region gets a warning, and so does the twenty-first', () => {
  for (let index = 0; index < 20; index++) hypervisorWith({}, `VCenter${index}`);
  expect(warningsOf(stack)).toEqual([]);
  expect(warningsOf(hypervisorWith())).toEqual([
    "Backup-HypervisorQuota: `hypervisors` should be at most 20 in an account and Region, got 21 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
  ]);
  stack = testStack('Stack', 'il-central-1');
  expect(warningsOf(hypervisorWith())).toEqual([
    "Backup-HypervisorRegion: `region` is il-central-1, where the hypervisor of AWS Backup gateway isn't known to be available; deploy it in another Region",
  ]);
});

test('the role for tag mappings is assumed by AWS Backup gateway, exists once, and passes cdk-nag', () => {
  const hypervisor = hypervisorWith();
  expect(hypervisor.addTagMappingRole()).toBe(hypervisor.addTagMappingRole());
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'backup-gateway.amazonaws.com' },
        },
      ],
    },
    ManagedPolicyArns: [
      {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':iam::aws:policy/service-role/AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync',
          ],
        ],
      },
    ],
    RoleName: Match.absent(),
  });
  expect(nagFindings(stack.node.root as never)).toEqual([]);
});
