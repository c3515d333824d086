import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/engine/check';
import { inventoryOf } from '../../src/inventory/inventory';
import type { StackSource } from '../../src/template/input/source';
import { readSources } from '../../src/template/input/sources';
import { exampleApp } from '../support/examples';

// What copies to another account need, one ingredient after the other: without it, its check speaks, and no other.

const NOW = new Date('2026-11-21T00:00:00Z');
const BACKUP = '444455556666';
const STRANGER = '333333333333';

// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
type Template = any;

/** A change of the templates of some stacks, by their names. */
type Change = (stacks: Record<string, Template>) => void;

let sources: readonly StackSource[];
beforeAll(() => {
  sources = readSources([exampleApp('cross-account').synth().directory]);
});

/** What the checks find after a change: severities and ids, each once. */
function found(change: Change): string[] {
  const changed = sources.map((source) => ({ ...source, template: structuredClone(source.template) }));
  change(Object.fromEntries(changed.map(({ stackName, template }) => [stackName, template])));
  const findings = runChecks(ALL_CHECKS, inventoryOf(changed), { now: NOW });
  return [...new Set(findings.map(({ severity, id }) => `${severity} ${id}`))];
}

/** The properties of the only resource of a type whose logical id begins with a name. */
function the(template: Template, type: string, name = ''): Template {
  const matches = Object.entries<Template>(template.Resources).filter(
    ([id, { Type }]) => Type === `AWS::${type}` && id.startsWith(name),
  );
  if (matches.length !== 1) throw new Error(`${matches.length} of ${type}`);
  return matches[0][1].Properties;
}

const vault = (template: Template) => the(template, 'Backup::BackupVault');
const rule = (template: Template) => the(template, 'Backup::BackupPlan').BackupPlan.BackupPlanRule[0];
const role = (template: Template) => the(template, 'IAM::Role', 'BackupPlan');
const diskKey = (template: Template) => the(template, 'KMS::Key', 'Key');

/** Takes those statements away that are about an action. */
function without(policy: Template, action: string, effect = 'Allow'): void {
  const before = policy.Statement.length;
  policy.Statement = policy.Statement.filter(
    (each: Template) => each.Effect !== effect || ![each.Action].flat().includes(action),
  );
  if (policy.Statement.length === before) throw new Error(`no statement about ${action}`);
}

function statement(policy: Template, action: string): Template {
  return policy.Statement.find((each: Template) => [each.Action].flat().includes(action));
}

const COPY = 'backup:CopyIntoBackupVault';

test('with everything in place there are no findings', () => {
  expect(found(() => {})).toEqual([]);
});

describe('the vault of the copies', () => {
  test.each<[string, string, (properties: Template) => void]>([
    ['without an access policy', 'error Backup-CopyAccess', (it) => delete it.AccessPolicy],
    [
      'without the statement that lets copies in',
      'error Backup-CopyAccess',
      (it) => without(it.AccessPolicy, COPY),
    ],
    [
      'open to another account',
      'error Backup-CopyAccess',
      (it) => {
        statement(it.AccessPolicy, COPY).Principal = { AWS: `arn:aws:iam::${STRANGER}:root` };
      },
    ],
    [
      'open under a condition that holds for another account',
      'error Backup-CopyAccess',
      (it) =>
        Object.assign(statement(it.AccessPolicy, COPY), {
          Principal: { AWS: '*' },
          Condition: { StringEquals: { 'aws:PrincipalAccount': STRANGER } },
        }),
    ],
    [
      'that denies copies to everybody',
      'error Backup-CopyAccess',
      (it) => it.AccessPolicy.Statement.push({ Effect: 'Deny', Principal: '*', Action: COPY, Resource: '*' }),
    ],
    [
      'open to the world',
      'warning Backup-PublicVaultPolicy',
      (it) => {
        statement(it.AccessPolicy, COPY).Principal = '*';
      },
    ],
    [
      'with a wildcard in an action',
      'error Backup-VaultPolicyWildcard',
      (it) => {
        statement(it.AccessPolicy, COPY).Action = 'backup:Copy*';
      },
    ],
    [
      'that allows another account more than copies',
      'error Backup-CrossAccountGrant',
      (it) => {
        statement(it.AccessPolicy, COPY).Action = [COPY, 'backup:StartRestoreJob'];
      },
    ],
    ['without a key of its own', 'error Backup-CopyIntoAwsManagedKey', (it) => delete it.EncryptionKeyArn],
    [
      'under a key of another Region',
      'error Backup-VaultKeyRegion',
      (it) => {
        it.EncryptionKeyArn = `arn:aws:kms:us-east-1:${BACKUP}:key/12345678-1234-1234-1234-123456789012`;
      },
    ],
    [
      'with a lock that wants a longer retention',
      'error Backup-LockRange',
      (it) => {
        it.LockConfiguration.MinRetentionDays = 120;
      },
    ],
    [
      'with a lock that wants a shorter retention',
      'error Backup-LockRange',
      (it) => {
        it.LockConfiguration.MaxRetentionDays = 60;
      },
    ],
    [
      'whose denial of deletion lacks an action',
      'warning Backup-DeletionDenialIncomplete',
      (it) => statement(it.AccessPolicy, 'backup:DeleteRecoveryPoint').Action.pop(),
    ],
    [
      'whose denial of deletion has no exception',
      'warning Backup-DeletionDenialWithoutExemption',
      (it) => delete statement(it.AccessPolicy, 'backup:DeleteRecoveryPoint').Condition,
    ],
  ])('%s: %s', (_, id, change) => {
    for (const stack of ['BackupIreland', 'BackupFrankfurt'])
      expect(found((stacks) => change(vault(stacks[stack])))).toEqual([id]);
  });
});

describe('the key of the vault of the copies', () => {
  test.each<[string, string, (properties: Template) => void]>([
    [
      'that the account of the source can’t use',
      'warning Backup-DestinationKeyAccess',
      (it) => without(it.KeyPolicy, 'kms:ReEncrypt*'),
    ],
    [
      'that its service-linked role can make no grants on',
      'warning Backup-DestinationKeyAccess',
      (it) => without(it.KeyPolicy, 'kms:RevokeGrant'),
    ],
    [
      'that another account can use',
      'warning Backup-DestinationKeyAccess',
      (it) => {
        statement(it.KeyPolicy, 'kms:ReEncrypt*').Principal = { AWS: `arn:aws:iam::${STRANGER}:root` };
      },
    ],
    [
      'that is disabled',
      'warning Backup-VaultKeyDisabled',
      (it) => {
        it.Enabled = false;
      },
    ],
  ])('%s: %s', (_, id, change) => {
    expect(found(({ BackupIreland }) => change(the(BackupIreland, 'KMS::Key')))).toEqual([id]);
    expect(found(({ BackupFrankfurt }) => change(the(BackupFrankfurt, 'KMS::ReplicaKey')))).toEqual([id]);
  });
});

describe('what is copied', () => {
  const disk = (template: Template) => the(template, 'EC2::Volume');
  const protect = (template: Template, Type: string, Properties: object, tags = 'Tags') => {
    template.Resources.More = { Type, Properties: { [tags]: disk(template).Tags, ...Properties } };
  };

  test.each<[string, string, (workload: Template) => void]>([
    [
      'under a key that the backup account can’t use',
      'warning Backup-SourceKeyAccess',
      (it) => without(diskKey(it).KeyPolicy, 'kms:ReEncrypt*'),
    ],
    [
      'under a key that its service-linked role can make no grants on',
      'warning Backup-SourceKeyAccess',
      (it) => without(diskKey(it).KeyPolicy, 'kms:RevokeGrant'),
    ],
    [
      'under a key that shuts out the role that backs it up',
      'warning Backup-KeyAccess',
      (it) => without(diskKey(it).KeyPolicy, 'kms:*'),
    ],
    [
      'under the AWS-managed key',
      'error Backup-SourceAwsManagedKey',
      (it) => {
        disk(it).KmsKeyId = 'alias/aws/ebs';
      },
    ],
    [
      'under the default key of the account',
      'warning Backup-SourceLikelyAwsManagedKey',
      (it) => delete disk(it).KmsKeyId,
    ],
    [
      'as a cluster of RDS, which is never copied',
      'error Backup-CopyUnsupported',
      (it) =>
        protect(it, 'AWS::RDS::DBCluster', {
          Engine: 'mysql',
          DBClusterInstanceClass: 'db.r6g.large',
          StorageEncrypted: true,
          KmsKeyId: disk(it).KmsKeyId,
        }),
    ],
    [
      'as an image of AWS Marketplace',
      'error Backup-MarketplaceImage',
      (it) =>
        protect(it, 'AWS::EC2::Instance', { ImageId: 'resolve:ssm:/aws/service/marketplace/prod-x/1.0' }),
    ],
    [
      'from a bucket without versions',
      'error Backup-BucketVersioning',
      (it) => delete the(it, 'S3::Bucket').VersioningConfiguration,
    ],
  ])('%s: %s', (_, id, change) => {
    expect(found(({ Workload }) => change(Workload))).toEqual([id]);
  });
});

describe('the plan', () => {
  test.each<[string, string[], (workload: Template) => void]>([
    [
      'with copies of which the retention is not set',
      ['warning Backup-CopyRetentionMissing'],
      (it) => delete rule(it).CopyActions[0].Lifecycle,
    ],
    [
      'with copies that are kept too short',
      ['error Backup-LockRange'],
      (it) => {
        rule(it).CopyActions[0].Lifecycle.DeleteAfterDays = 7;
      },
    ],
    [
      'with a copy into the default vault of the other account',
      ['error Backup-CopyIntoAwsManagedKey'],
      (it) => {
        rule(it).CopyActions[0].DestinationBackupVaultArn =
          `arn:aws:backup:eu-west-1:${BACKUP}:backup-vault:Default`;
      },
    ],
    [
      'with a copy to another partition',
      ['error Backup-CopyPartition'],
      (it) => {
        rule(it).CopyActions[0].DestinationBackupVaultArn =
          `arn:aws-cn:backup:cn-north-1:${BACKUP}:backup-vault:central`;
      },
    ],
    [
      'with a copy to the name of a vault',
      ['error Backup-VaultArn'],
      (it) => {
        rule(it).CopyActions[0].DestinationBackupVaultArn = 'central';
      },
    ],
    [
      'with the same copy twice',
      ['warning Backup-DuplicateCopy'],
      (it) => {
        rule(it).CopyActions[1] = rule(it).CopyActions[0];
      },
    ],
  ])('%s: %j', (_, ids, change) => {
    expect(found(({ Workload }) => change(Workload)).sort()).toEqual(ids);
  });
});

describe('the role that copies', () => {
  test.each<[string, string, (properties: Template) => void]>([
    ['without the policy for volumes', 'error Backup-RolePolicies', (it) => it.ManagedPolicyArns.shift()],
    ['without the policy for buckets', 'error Backup-RolePolicies', (it) => it.ManagedPolicyArns.pop()],
    [
      'that AWS Backup can’t assume',
      'error Backup-RoleTrust',
      (it) => {
        it.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'ec2.amazonaws.com';
      },
    ],
    ['that is shut out by the key of the vault that it fills', 'warning Backup-KeyAccess', () => {}],
  ])('%s: %s', (name, id, change) => {
    expect(
      found(({ Workload }) => {
        change(role(Workload));
        if (!name.startsWith('that is shut out')) return;
        const { KeyPolicy } = the(Workload, 'KMS::Key', 'BackupVault');
        without(KeyPolicy, 'kms:*');
        without(KeyPolicy, 'kms:RetireGrant');
      }),
    ).toEqual([id]);
  });
});

test('the organization without cross-account backup: note Backup-CrossAccountPrerequisites', () => {
  const settings = ({ Management }: Record<string, Template>) =>
    Object.values<Template>(Management.Resources).find(({ Type }) => Type === 'Custom::BackupGlobalSettings');
  expect(
    found((stacks) => {
      settings(stacks).Properties.flags.isCrossAccountBackupEnabled = false;
    }),
  ).toEqual(['note Backup-CrossAccountPrerequisites']);
});
