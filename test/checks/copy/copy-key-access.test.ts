import * as fc from 'fast-check';
import { copyKeyAccessChecks } from '../../../src/checks/copy/copy-key-access';
import type { StackSource } from '../../../src/template/input/source';
import { COPY_KEY_NEEDS } from '../../../src/values/copy/copy-key-laws';
import { BackupCapability, CapabilitySupport } from '../../../src/values/resource-type/capability';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { budget } from '../../support/budget';
import { findingsIn, plan, UNKNOWN, vault } from '../../support/findings';
import { evaluate, type Policy } from '../../support/policy-evaluator';
import { source } from '../../support/templates';

const SOURCE = '111111111111';
const DESTINATION = '222222222222';
const COPY = 'the copy of rule `rule-1` of plan `gold`';
const USES = '["kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey*","kms:ReEncrypt*"]';
const GRANTS = '["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"]';

const root = (account: string, partition = 'aws') => ({ AWS: `arn:${partition}:iam::${account}:root` });
const allow = (Principal: unknown, Action: unknown = 'kms:*', more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
});
const key = (...Statement: unknown[]) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: { Statement } },
});
const use = (account: string, partition = 'aws') =>
  `{"Effect":"Allow","Principal":{"AWS":"arn:${partition}:iam::${account}:root"},"Resource":"*","Action":${USES}}`;
const grant = (account: string, partition = 'aws') =>
  `{"Effect":"Allow","Principal":{"AWS":"arn:${partition}:iam::${account}:root"},"Resource":"*","Action":${GRANTS},"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}`;

interface App {
  readonly sourceKey?: object;
  readonly destinationKey?: object;
  readonly resource?: object;
  readonly arn?: string;
  readonly rules?: object[];
  readonly to?: string;
  readonly region?: string;
  readonly partition?: string;
}

const DATABASE = {
  Type: 'AWS::RDS::DBInstance',
  Properties: { Engine: 'postgres', StorageEncrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
};
const OPEN = key(allow(root(SOURCE)), allow(root(DESTINATION)));

/** A plan in one account that copies a resource into a vault of another. */
function app(said: App = {}): StackSource[] {
  const { region = 'us-east-1', partition = 'aws', to = DESTINATION } = said;
  const DestinationBackupVaultArn = `arn:${partition}:backup:${region}:${to}:backup-vault:copies`;
  const rules = said.rules ?? [{}];
  return [
    source(
      {
        Resources: {
          Plan: plan(...rules.map((rule) => ({ CopyActions: [{ DestinationBackupVaultArn }], ...rule }))),
          Selection: {
            Type: 'AWS::Backup::BackupSelection',
            Properties: {
              BackupPlanId: { Ref: 'Plan' },
              BackupSelection: {
                SelectionName: 'all',
                IamRoleArn: `arn:${partition}:iam::${SOURCE}:role/backup`,
                Resources: [said.arn ?? `arn:${partition}:rds:*:*:db:*`],
              },
            },
          },
          It: said.resource ?? DATABASE,
          Key: said.sourceKey ?? OPEN,
        },
      },
      { id: 'Here', account: SOURCE, region },
    ),
    source(
      {
        Resources: {
          Copies: vault({ BackupVaultName: 'copies', EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
          Key: said.destinationKey ?? OPEN,
        },
      },
      { id: 'There', account: to, region },
    ),
  ];
}

const found = (said: App = {}, types?: ResourceType[]) => findingsIn(copyKeyAccessChecks, app(said), types);
const atSource = (lacking: string, fix: string) =>
  `warning Backup-SourceKeyAccess at Resources/It: \`App/It\` is encrypted with key \`Key\`, whose policy does not allow account ${DESTINATION} to perform ${lacking}, and ${COPY} goes there; add to the \`KeyPolicy\` of key \`Key\`: ${fix}`;
const atDestination = (lacking: string, fix: string) =>
  `warning Backup-DestinationKeyAccess at Resources/Key/Properties/KeyPolicy: \`KeyPolicy\` of key \`Key\` of vault \`copies\` does not allow account ${SOURCE} to perform ${lacking}, and ${COPY} comes from there; add to the \`KeyPolicy\` of key \`Key\`: ${fix}`;

test('a copy arrives where both keys let the other account in', () => {
  expect(found()).toEqual([]);
});

describe('the key of what is copied', () => {
  const ALL = '`kms:DescribeKey`, `kms:Decrypt` and `kms:CreateGrant`';

  test('allows the account that the copy goes to', () => {
    expect(found({ sourceKey: key(allow(root(SOURCE))) })).toEqual([
      atSource(ALL, `${use(DESTINATION)},${grant(DESTINATION)}`),
    ]);
  });

  test('allows it to create grants', () => {
    const sourceKey = key(allow(root(SOURCE)), allow(root(DESTINATION), ['kms:D*']));
    expect(found({ sourceKey })).toEqual([atSource('`kms:CreateGrant`', grant(DESTINATION))]);
  });

  test('allows it to decrypt', () => {
    const sourceKey = key(
      allow(root(SOURCE)),
      allow(root(DESTINATION), ['kms:DescribeKey', 'kms:CreateGrant']),
    );
    expect(found({ sourceKey })).toEqual([atSource('`kms:Decrypt`', use(DESTINATION))]);
  });

  test('does not matter where AWS Backup encrypts with the key of the vault', () => {
    const file = {
      Type: 'AWS::EFS::FileSystem',
      Properties: { Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    };
    const arn = 'arn:aws:elasticfilesystem:*:*:file-system/*';
    expect(found({ sourceKey: key(allow(root(SOURCE))), resource: file, arn })).toEqual([]);
  });

  test('uses the user’s override of the type', () => {
    const managed = ResourceType.RDS.withCapabilities({ independentEncryption: true });
    expect(managed.supports(BackupCapability.INDEPENDENT_ENCRYPTION)).toBe(CapabilitySupport.YES);
    expect(found({ sourceKey: key(allow(root(SOURCE))) }, [managed])).toEqual([]);
  });

  test('does not matter where nothing is encrypted', () => {
    const resource = { ...DATABASE, Properties: { ...DATABASE.Properties, StorageEncrypted: false } };
    expect(found({ sourceKey: key(allow(root(SOURCE))), resource })).toEqual([]);
  });
});

describe('the key of the vault', () => {
  const ALL = '`kms:DescribeKey`, `kms:GenerateDataKey` and `kms:CreateGrant`';

  test('allows the account that the copy comes from', () => {
    expect(found({ destinationKey: key(allow(root(DESTINATION))) })).toEqual([
      atDestination(ALL, `${use(SOURCE)},${grant(SOURCE)}`),
    ]);
  });

  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('gets the fix for the partition %s', (partition, region) => {
    const open = key(allow(root(SOURCE, partition)), allow(root(DESTINATION, partition)));
    const destinationKey = key(allow(root(DESTINATION, partition)));
    expect(found({ sourceKey: open, destinationKey, partition, region })).toEqual([
      atDestination(ALL, `${use(SOURCE, partition)},${grant(SOURCE, partition)}`),
    ]);
  });

  test('does not let it in by a statement for callers of its own account', () => {
    const own = allow('*', 'kms:*', { Condition: { StringEquals: { 'kms:CallerAccount': DESTINATION } } });
    expect(found({ destinationKey: key(own) })).toEqual([
      atDestination(ALL, `${use(SOURCE)},${grant(SOURCE)}`),
    ]);
  });

  test('lets it in as a part of an organization, of which nothing is known here', () => {
    const all = allow('*', 'kms:*', {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    });
    expect(found({ destinationKey: key(all), sourceKey: key(all) })).toEqual([]);
  });

  test('lets in the service-linked role alone, whose policies decide', () => {
    const role = `arn:aws:iam::${SOURCE}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
    expect(found({ destinationKey: key(allow({ AWS: role })) })).toEqual([]);
  });

  test('does not let it in where everybody is denied', () => {
    const denied = { ...allow('*', 'kms:CreateGrant'), Effect: 'Deny' };
    expect(found({ destinationKey: key(allow('*'), denied) })).toEqual([
      atDestination('`kms:CreateGrant`', grant(SOURCE)),
    ]);
  });
});

test('what is said to be added makes a copy arrive, whatever the policies were before', () => {
  const actions = ['kms:*', 'kms:Decrypt', 'kms:D*', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:Encrypt'];
  const principals = [root(SOURCE), root(DESTINATION), { AWS: '333333333333' }, '*'];
  const conditions = [SOURCE, DESTINATION].map((account) => ({
    StringEquals: { 'aws:PrincipalAccount': account },
  }));
  const statement = fc
    .tuple(
      fc.constantFrom(...principals),
      fc.subarray(actions, { minLength: 1 }),
      fc.constantFrom(undefined, ...conditions),
    )
    .map(([principal, some, Condition]) => allow(principal, some, Condition && { Condition }));
  const policies = fc.array(statement, { maxLength: 3 });
  const added = (lines: string[], id: string) => {
    const line = lines.find((one) => one.includes(` ${id} `));
    return line ? JSON.parse(`[${line.slice(line.indexOf('; add to the') + 1).replace(/^[^{]*/, '')}]`) : [];
  };
  const own = { action: '', owner: '' };
  let told = 0;
  fc.assert(
    fc.property(policies, policies, (atSource, atDestination) => {
      const lines = found({ sourceKey: key(...atSource), destinationKey: key(...atDestination) });
      told += lines.length;
      const sourceStatements = [...atSource, ...added(lines, 'Backup-SourceKeyAccess')];
      const destinationStatements = [...atDestination, ...added(lines, 'Backup-DestinationKeyAccess')];
      const mended = { sourceKey: key(...sourceStatements), destinationKey: key(...destinationStatements) };
      expect(found(mended)).toEqual([]);

      // and another evaluator sees it likewise
      const calls = (account: string, Statement: object[], needs: readonly string[]) =>
        needs.map((action) =>
          evaluate(
            { Statement } as Policy,
            { arn: `arn:aws:iam::${account}:role/any`, account },
            { ...own, action, context: { 'kms:GrantIsForAWSResource': 'true' } },
          ),
        );
      const all = [
        ...calls(DESTINATION, sourceStatements, COPY_KEY_NEEDS.source),
        ...calls(SOURCE, destinationStatements, COPY_KEY_NEEDS.destination),
      ];
      expect(new Set(all)).toEqual(new Set(['allowed']));
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(budget(200));
});

test('each key is reported once, however many rules copy', () => {
  const closed = key(allow(root(SOURCE)));
  const rules = [{}, {}, {}];
  expect(
    found({ rules, sourceKey: closed, destinationKey: key() }).map((line) => line.split(' ')[1]),
  ).toEqual(['Backup-SourceKeyAccess', 'Backup-DestinationKeyAccess']);
});

test('copies within the account need no more than its own roles', () => {
  const closed = key(allow(root(SOURCE)));
  expect(found({ to: SOURCE, sourceKey: closed, destinationKey: closed })).toEqual([]);
});

test.each<[string, App]>([
  ['a policy', { sourceKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: UNKNOWN } } }],
  ['a principal', { sourceKey: key(allow({ AWS: UNKNOWN })), destinationKey: key(allow({ AWS: UNKNOWN })) }],
  ['a statement', { destinationKey: key(UNKNOWN) }],
  [
    'the account of a condition',
    {
      destinationKey: key(
        allow('*', 'kms:*', { Condition: { StringEquals: { 'kms:CallerAccount': UNKNOWN } } }),
      ),
    },
  ],
])('%s that isn’t known is not checked', (_, said) => {
  const sources = app(said).map((each) => ({
    ...each,
    template: { ...(each.template as object), Parameters: { Unknown: { Type: 'String' } } },
  }));
  expect(findingsIn(copyKeyAccessChecks, sources)).toEqual([]);
});
