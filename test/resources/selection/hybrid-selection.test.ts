import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import type { BackupSelectionOptions } from '../../../src/resources/selection/backup-selection-options';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const { STORAGE_GATEWAY, VIRTUAL_MACHINE } = ResourceType;
const VM = 'arn:aws:backup-gateway:eu-west-1:111122223333:vm/vm-0A1B2C3D';
const VOLUME = 'arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-12A3456B/volume/vol-1122AABB';
const DATACENTER = [TagCondition.stringEquals('datacenter', 'fra')];

let stack: Stack;
let plan: BackupPlan;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
  plan = new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [
      BackupRule.monthly({
        retention: Retention.years(1),
        coldStorageAfter: Duration.days(30),
        copies: [
          CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', {
            retention: Retention.years(1),
          }),
        ],
      }),
    ],
  });
});

function selected(options: BackupSelectionOptions) {
  plan.addSelection('Hybrid', options);
  const [{ Properties }] = Object.values(
    Template.fromStack(stack).findResources('AWS::Backup::BackupSelection'),
  );
  return Properties.BackupSelection;
}

const pattern = (rest: string) => `arn:aws:${rest}`;

test('virtual machines are selected by type', () => {
  expect(selected({ resourceTypes: [VIRTUAL_MACHINE] })).toMatchObject({
    Resources: [pattern('backup-gateway:*:*:vm/*')],
  });
  expect(warningsOf(stack)).toEqual([]);
});

test('virtual machines are selected by type and tag', () => {
  expect(selected({ resourceTypes: [VIRTUAL_MACHINE], tags: DATACENTER })).toMatchObject({
    Resources: [pattern('backup-gateway:*:*:vm/*')],
    Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/datacenter', ConditionValue: 'fra' }] },
  });
});

test('virtual machines and Storage Gateway volumes are selected by ARN', () => {
  expect(selected({ arns: [VM, VOLUME] })).toMatchObject({ Resources: [VM, VOLUME] });
});

test('Storage Gateway volumes are selected by type, and a warning says that they stay in warm storage', () => {
  expect(selected({ resourceTypes: [STORAGE_GATEWAY] })).toMatchObject({
    Resources: [pattern('storagegateway:*:*:gateway/*')],
  });
  expect(warningsOf(stack)).toEqual([
    expect.stringMatching(/^Backup-ColdStorageUnsupported: .* got Storage Gateway: AWS Backup ignores it/),
  ]);
});

test.each<[string, BackupSelectionOptions]>([
  ['by type', { resourceTypes: [VIRTUAL_MACHINE, STORAGE_GATEWAY] }],
  ['by ARN', { arns: [VM, VOLUME] }],
])('the role can back up virtual machines and volumes selected %s', (_, options) => {
  selected(options);
  const policies = [...VIRTUAL_MACHINE.backupPolicies, ...STORAGE_GATEWAY.backupPolicies];
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [...new Set(policies)].map((policy) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${policy}`]],
    })),
  });
});
