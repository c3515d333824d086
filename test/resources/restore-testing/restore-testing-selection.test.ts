import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import {
  type CfnRestoreTestingPlan,
  CfnRestoreTestingSelection,
  type IRestoreTestingPlanRef,
} from 'aws-cdk-lib/aws-backup';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem, CfnVolume } from 'aws-cdk-lib/aws-fsx';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { RecoveryPointSelection } from '../../../src/resources/restore-testing/recovery-point-selection';
import { RestoreMetadata } from '../../../src/resources/restore-testing/restore-metadata';
import { RestoreTestingPlan } from '../../../src/resources/restore-testing/restore-testing-plan';
import { RestoreTestingRole } from '../../../src/resources/restore-testing/restore-testing-role';
import {
  RestoreTestingSelection,
  type RestoreTestingSelectionProps,
} from '../../../src/resources/restore-testing/restore-testing-selection';
import type { RestoreTestingSelectionOptions } from '../../../src/resources/restore-testing/restore-testing-selection-options';
import { sentence } from '../../../src/values/core/problem';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { anything } from '../../support/anything';
import { nagFindings } from '../../support/nag';
import { refusal, thrown } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const { AURORA, DYNAMODB, EC2, EFS, FSX, RDS, S3 } = ResourceType;
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const SELECTION = 'AWS::Backup::RestoreTestingSelection';
const newPlan = (stack: Stack) =>
  new RestoreTestingPlan(stack, 'Plan', {
    schedule: BackupSchedule.daily(),
    recoveryPoints: RecoveryPointSelection.latest({ allVaults: true }),
  });
const select = (options: RestoreTestingSelectionOptions, stack = testStack()) => {
  const selection = newPlan(stack).addSelection('Selection', options);
  return { stack, selection };
};
const propertiesWith = (options: RestoreTestingSelectionOptions, stack?: Stack) =>
  propertiesOf(select(options, stack).stack, SELECTION)[0];

describe('a selection of a restore testing plan', () => {
  test('has a name without hyphens, the plan, the type and a role', () => {
    const { stack, selection } = select({ resourceType: DYNAMODB, arns: [TABLE] }, testStack('My-App'));
    const planId = stack.getLogicalId(selection.node.scope?.node.defaultChild as CfnRestoreTestingPlan);
    const [properties] = propertiesOf(stack, SELECTION);
    expect(properties).toEqual({
      RestoreTestingPlanName: { Ref: planId },
      RestoreTestingSelectionName: expect.stringMatching(/^My_App_Plan_Selection_[0-9a-f]{8}$/),
      ProtectedResourceType: 'DynamoDB',
      ProtectedResourceArns: [TABLE],
      IamRoleArn: { 'Fn::GetAtt': [expect.stringContaining('AwsBackupRestoreRole'), 'Arn'] },
    });
    expect(selection.resourceType).toBe(DYNAMODB);
    expect(stack.resolve(selection.restoreTestingSelectionRef)).toEqual({
      restoreTestingPlanName: { Ref: planId },
      restoreTestingSelectionName: properties.RestoreTestingSelectionName,
    });
    expect(warningsOf(stack)).toEqual([]);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
  });

  test('accepts all properties', () => {
    const stack = testStack();
    const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/AWSBackupTests');
    expect(
      propertiesWith(
        {
          restoreTestingSelectionName: 'gold_tables',
          resourceType: ResourceType.EBS,
          tags: [TagCondition.stringEquals('backup', 'gold'), TagCondition.stringNotEquals('stage', 'dev')],
          metadata: RestoreMetadata.ebs({ availabilityZone: 'eu-west-1a' }),
          validationWindow: Duration.hours(8),
          role,
        },
        stack,
      ),
    ).toEqual({
      RestoreTestingPlanName: { Ref: expect.anything() },
      RestoreTestingSelectionName: 'gold_tables',
      ProtectedResourceType: 'EBS',
      ProtectedResourceConditions: {
        StringEquals: [{ Key: 'aws:ResourceTag/backup', Value: 'gold' }],
        StringNotEquals: [{ Key: 'aws:ResourceTag/stage', Value: 'dev' }],
      },
      RestoreMetadataOverrides: { availabilityZone: 'eu-west-1a' },
      ValidationWindowHours: 8,
      IamRoleArn: 'arn:aws:iam::111122223333:role/AWSBackupTests',
    });
  });

  test('can test all resources of a type', () => {
    expect(propertiesWith({ resourceType: S3, everything: true })).toMatchObject({
      ProtectedResourceType: 'S3',
      ProtectedResourceArns: ['*'],
    });
  });

  test('can be created for an imported plan', () => {
    const stack = testStack();
    const restoreTestingPlan = RestoreTestingPlan.fromRestoreTestingPlanAttributes(stack, 'Weekly', {
      restoreTestingPlanName: 'weekly',
      restoreTestingPlanArn: 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly-1234',
    });
    new RestoreTestingSelection(stack, 'Tables', {
      restoreTestingPlan,
      resourceType: DYNAMODB,
      everything: true,
    });
    synthesize(stack).hasResourceProperties(SELECTION, {
      RestoreTestingPlanName: 'weekly',
      RestoreTestingSelectionName: Match.stringLikeRegexp('^Stack_Tables_[0-9a-f]{8}$'),
    });
  });

  test('depends on the policies of its role', () => {
    const { stack, selection } = select({ resourceType: S3, everything: true });
    const [resource] = Object.values(synthesize(stack).findResources(SELECTION));
    expect(resource.DependsOn).toEqual([
      stack.getLogicalId((selection.role as Role).node.defaultChild as never),
    ]);
  });
});

describe('constructs to test', () => {
  test('are rendered as their ARNs, without duplicates', () => {
    const stack = testStack();
    const table = Table.fromTableArn(stack, 'Orders', TABLE);
    expect(
      propertiesWith({ resourceType: DYNAMODB, resources: [table, table], arns: [TABLE] }, stack),
    ).toMatchObject({
      ProtectedResourceArns: [TABLE],
    });
  });

  test('can be created in the app', () => {
    const stack = testStack();
    const bucket = new Bucket(stack, 'Documents');
    expect(propertiesWith({ resourceType: S3, resources: [bucket] }, stack)).toMatchObject({
      ProtectedResourceArns: [stack.resolve(bucket.bucketArn)],
    });
  });

  test('can be a scope, which selects all resources of the type in it, including those added later', () => {
    const stack = testStack();
    const workload = new Construct(stack, 'Workload');
    new Bucket(workload, 'Documents');
    select({ resourceType: S3, resources: [workload] }, stack);
    new Bucket(workload, 'Later');
    new CfnInstance(workload, 'Server', {});
    const arns = propertiesOf(stack, SELECTION)[0].ProtectedResourceArns as unknown[];
    expect(arns).toHaveLength(2);
  });

  test('can be a stack, which selects all resources of the type in it', () => {
    const stack = testStack();
    new Bucket(stack, 'Documents');
    expect(
      propertiesWith({ resourceType: S3, resources: [stack] }, stack).ProtectedResourceArns,
    ).toHaveLength(1);
  });

  test('can be RDS clusters and instances', () => {
    const stack = testStack();
    const cluster = new CfnDBCluster(stack, 'Cluster', { engine: 'postgres' });
    const instance = new CfnDBInstance(stack, 'Instance', { engine: 'postgres' });
    expect(
      propertiesWith({ resourceType: RDS, resources: [cluster, instance] }, stack).ProtectedResourceArns,
    ).toHaveLength(2);
  });

  test.each<[string, (stack: Stack) => RestoreTestingSelectionOptions, string]>([
    [
      'of another type',
      (stack) => ({ resourceType: DYNAMODB, resources: [new Bucket(stack, 'Documents')] }),
      '`resources` must contain only DynamoDB resources, got `Stack/Documents` (S3); create a selection for each type',
    ],
    [
      'in text',
      () => ({ resourceType: DYNAMODB, resources: [TABLE] as never }),
      `\`resources\` must contain only constructs, got \`${TABLE}\`; use \`arns\` for ARNs`,
    ],
  ])('are refused %s', (_title, options, message) => {
    const stack = testStack();
    expect(refusal(() => select(options(stack), stack))).toBe(message);
  });

  test('are refused at synthesis if a scope has none of the type', () => {
    const stack = testStack();
    select({ resourceType: EFS, resources: [new Construct(stack, 'Workload')] }, stack);
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan/Selection] `resources` contains `Stack/Workload`, which contains no EFS resource; remove it, or pass the resource itself',
    );
  });

  test('are refused at synthesis if a scope has more than thirty of the type', () => {
    const stack = testStack();
    const workload = new Construct(stack, 'Workload');
    for (let i = 1; i <= 31; i++) new Bucket(workload, `Bucket${i}`);
    select({ resourceType: S3, resources: [workload] }, stack);
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan/Selection] `resources` can be at most 30 in a selection, got 31; use `tags`',
    );
  });
});

describe('a selection of a restore testing plan is refused', () => {
  test.each<[string, Partial<RestoreTestingSelectionOptions>, string]>([
    [
      'without what it tests',
      { resourceType: S3 },
      'a selection must specify what it tests with `resources` or `tags`, got neither; use `everything: true` to test every resource of the type (in `Stack/Plan/Selection`)',
    ],
    [
      'with ARNs and tags',
      { resourceType: DYNAMODB, arns: [TABLE], tags: [TagCondition.stringEquals('backup', 'gold')] },
      "`resources` and `tags` can't both be set: a selection tests either named or tagged resources; create two selections (in `Stack/Plan/Selection`)",
    ],
    [
      'with everything and tags',
      { resourceType: S3, everything: true, tags: [TagCondition.stringEquals('backup', 'gold')] },
      '`everything` must not be combined with `resources`, `arns` or `tags`, which test less; set only one of them (in `Stack/Plan/Selection`)',
    ],
    [
      'with a wildcard for everything',
      { resourceType: S3, arns: ['*'] },
      '`arns` must be full ARNs without wildcards, got `*`; use `everything: true` for every resource of the type, or `tags` (in `Stack/Plan/Selection`)',
    ],
    [
      'with ARNs of another type',
      { resourceType: S3, arns: [TABLE] },
      `\`arns\` must be ARNs of S3, got \`${TABLE}\` (DynamoDB); create a selection for each type (in \`Stack/Plan/Selection\`)`,
    ],
    [
      'with a tag pattern',
      { resourceType: S3, tags: [TagCondition.stringLike('backup', 'gold*')] },
      `2 problems of \`Stack/Plan/Selection\`:
  - \`tags\` can only be \`StringEquals\` or \`StringNotEquals\` in restore testing, got \`StringLike\`; use \`TagCondition.stringEquals\` with the whole value
  - \`tags\` can only contain letters, digits, spaces and \`_.:/=+-@\` in restore testing, got \`gold*\``,
    ],
    [
      'of a type that restore testing does not support',
      { resourceType: ResourceType.REDSHIFT, everything: true },
      '`resourceType` must be a type that restore testing supports (Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS, S3), got Redshift; if AWS has added it, declare it with `ResourceType.withCapabilities({ restoreTesting: true })` (in `Stack/Plan/Selection`)',
    ],
    [
      'with a hyphen in its name',
      { resourceType: S3, everything: true, restoreTestingSelectionName: 'gold-buckets' },
      '`restoreTestingSelectionName` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9` and `_`, got `gold-buckets`; use `gold_buckets` (in `Stack/Plan/Selection`)',
    ],
    [
      'with a validation window of more than a week',
      { resourceType: S3, everything: true, validationWindow: Duration.hours(169) },
      '`validationWindow` must be a whole number from 1 to 168 hours, got 169; use 168 hours or less (in `Stack/Plan/Selection`)',
    ],
    [
      'with a validation window in minutes',
      { resourceType: S3, everything: true, validationWindow: Duration.minutes(30) },
      '`validationWindow` must be a whole number of hours, got 30 minutes; write `Duration.hours(1)` (in `Stack/Plan/Selection`)',
    ],
    [
      'with metadata of another type',
      { resourceType: DYNAMODB, everything: true, metadata: RestoreMetadata.s3({}) },
      '`metadata` must be for DynamoDB, got metadata for S3; use the factory of `RestoreMetadata` for the tested type, and a selection for each kind (in `Stack/Plan/Selection`)',
    ],
    [
      'with metadata of another cluster',
      { resourceType: AURORA, everything: true, metadata: RestoreMetadata.neptune({}) },
      '`metadata` must be for database cluster, got metadata for Neptune; use the factory of `RestoreMetadata` for the tested type, and a selection for each kind (in `Stack/Plan/Selection`)',
    ],
    [
      'with metadata of another kind of FSx',
      {
        resourceType: FSX.variant('Windows'),
        everything: true,
        metadata: RestoreMetadata.fsxOntap({ storageVirtualMachineId: 'svm-1' }),
      },
      '`metadata` must be for FSx for Windows, got metadata for FSx for ONTAP; use the factory of `RestoreMetadata` for the tested type, and a selection for each kind (in `Stack/Plan/Selection`)',
    ],
    [
      "with custom metadata that can't be right",
      { resourceType: EC2, everything: true, metadata: RestoreMetadata.of({ securityGroupIds: 'sg-1' }) },
      '`securityGroupIds` must be a JSON array of strings, such as `["a","b"]`, got `sg-1`; write \'["sg-1"]\' (in `Stack/Plan/Selection`)',
    ],
    [
      'of FSx for Lustre without metadata',
      { resourceType: FSX.variant('Lustre'), everything: true },
      '`metadata` must be set for restore tests of FSx for Lustre, which fail without it, got none; use the factory of `RestoreMetadata` for the tested type (in `Stack/Plan/Selection`)',
    ],
    [
      'with values of the wrong type',
      {
        resourceType: 'S3',
        resources: TABLE,
        arns: TABLE,
        tags: [{}],
        everything: 'yes',
        metadata: {},
        role: 'arn:aws:iam::111122223333:role/Tests',
      } as unknown as RestoreTestingSelectionOptions,
      `7 problems of \`Stack/Plan/Selection\`:
  - \`resourceType\` must be a \`ResourceType\`, got \`S3\`; for example, use \`ResourceType.DYNAMODB\`
  - \`resources\` must be a list of constructs, got \`${TABLE}\`
  - \`arns\` must be a list of ARNs, got \`${TABLE}\`
  - \`tags[0]\` must be a \`TagCondition\`, got an object; for example, use \`TagCondition.stringEquals('backup', 'gold')\`
  - \`everything\` must be true or false, got \`yes\`
  - \`metadata\` must be \`RestoreMetadata\`, got an object; for example, use \`RestoreMetadata.ec2({ subnet })\`
  - \`role\` must be a role, got \`arn:aws:iam::111122223333:role/Tests\`; refer to an existing one with \`Role.fromRoleArn\``,
    ],
  ])('%s', (_title, options, message) => {
    expect(refusal(() => select(options as RestoreTestingSelectionOptions))).toBe(message);
  });

  test('with a service-linked role', () => {
    const stack = testStack();
    const role = Role.fromRoleArn(
      stack,
      'Role',
      'arn:aws:iam::111122223333:role/aws-service-role/restore-testing.backup.amazonaws.com/AWSServiceRoleForBackupRestoreTesting',
    );
    expect(refusal(() => select({ resourceType: S3, everything: true, role }, stack))).toBe(
      "`role` must not be a service-linked role, which AWS Backup can't assume for a selection; omit it to have a `RestoreTestingRole` created (in `Stack/Plan/Selection`)",
    );
  });

  test('without a plan', () => {
    expect(
      refusal(
        () =>
          new RestoreTestingSelection(testStack(), 'Selection', {
            restoreTestingPlan: 'weekly' as unknown as IRestoreTestingPlanRef,
            resourceType: S3,
            everything: true,
          }),
      ),
    ).toBe('`restoreTestingPlan` must be a restore testing plan, got `weekly` (in `Stack/Selection`)');
  });
});

describe('FSx metadata is compared with the tested resources', () => {
  const lustre = (scope: Construct) =>
    new CfnFileSystem(scope, 'Lustre', { fileSystemType: 'LUSTRE', subnetIds: [] });
  const volume = (scope: Construct) => new CfnVolume(scope, 'Volume', { name: 'data', volumeType: 'ONTAP' });
  const ontap = RestoreMetadata.fsxOntap({ storageVirtualMachineId: 'svm-1' });

  test('and can match', () => {
    const stack = testStack();
    select({ resourceType: FSX, resources: [volume(stack)], metadata: ontap }, stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('and can be missing', () => {
    const stack = testStack();
    expect(refusal(() => select({ resourceType: FSX, resources: [lustre(stack)] }, stack))).toContain(
      '`metadata` must be set for restore tests of FSx for Lustre',
    );
  });

  test('and can be for another kind', () => {
    const stack = testStack();
    expect(
      refusal(() => select({ resourceType: FSX, resources: [lustre(stack)], metadata: ontap }, stack)),
    ).toContain('`metadata` must be for FSx for Lustre, got metadata for FSx for ONTAP');
  });

  test('and can be wrong for resources added later', () => {
    const stack = testStack();
    const workload = new Construct(stack, 'Workload');
    select({ resourceType: FSX, resources: [workload], metadata: ontap }, stack);
    lustre(workload);
    volume(workload);
    expect(synthesisRefusal(stack)).toContain(
      '`metadata` must be for FSx for Lustre, got metadata for FSx for ONTAP',
    );
  });

  test('and gets a warning if the kind is unknown', () => {
    const { stack } = select({ resourceType: FSX, tags: [TagCondition.stringEquals('backup', 'gold')] });
    expect(warningsOf(stack)).toEqual([
      'Backup-RestoreMetadataLikelyMissing: `metadata` should be set for restore tests of FSx for Lustre, FSx for ONTAP, FSx for Windows, which fail without it, got none; use the factory of `RestoreMetadata` for the tested type',
    ]);
  });
});

describe('a selection of a restore testing plan gets a warning', () => {
  test.each<[string, RestoreTestingSelectionOptions, string]>([
    [
      'about a type that is not in the catalog',
      { resourceType: ResourceType.of('Quantum'), everything: true },
      "Backup-RestoreTestingTypeUnknown: `resourceType` is Quantum, which restore testing isn't known to support; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ],
    [
      'about a validation window of zero hours',
      { resourceType: S3, everything: true, validationWindow: Duration.hours(0) },
      'Backup-ValidationWindowZero: `validationWindow` should be 1 to 168 hours, since AWS documents both 0 and 1 as the minimum, got 0; omit it if nothing validates the restored resource',
    ],
    [
      'about unknown metadata',
      { resourceType: S3, everything: true, metadata: RestoreMetadata.of({ newBucket: 'true' }) },
      'Backup-RestoreMetadataKey: `newBucket` is not known metadata that a restore test of S3 can override; use encryptionType, kmsKey, restoreACLs',
    ],
  ])('%s', (_title, options, message) => {
    expect(warningsOf(select(options).stack)).toEqual([message]);
  });
});

describe('the role of a selection', () => {
  const policiesOf = (stack: Stack) =>
    propertiesOf(stack, 'AWS::IAM::Role').map(({ ManagedPolicyArns }) =>
      JSON.stringify(ManagedPolicyArns)
        .match(/policy\/[\w/-]+/g)
        ?.map((arn) => arn.slice('policy/'.length)),
    );

  test.each<[ResourceType, string[]]>([
    [DYNAMODB, ['service-role/AWSBackupServiceRolePolicyForRestores']],
    [RDS, ['service-role/AWSBackupServiceRolePolicyForRestores']],
    [S3, ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Restore']],
  ])('can restore %s and nothing else', (resourceType, policies) => {
    const { stack } = select({ resourceType, everything: true });
    expect(policiesOf(stack)).toEqual([policies]);
    synthesize(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' } },
        ],
      },
      Description: 'Lets AWS Backup restore recovery points for tests',
    });
  });

  test('can be shared, and can then restore the types of all its selections', () => {
    const stack = testStack();
    const role = new RestoreTestingRole(stack, 'Role', { roleName: 'AWSBackupTests', resourceTypes: [RDS] });
    const tested = newPlan(stack);
    for (const resourceType of [S3, DYNAMODB])
      tested.addSelection(resourceType.name, { resourceType, everything: true, role });
    expect(policiesOf(stack)).toEqual([
      ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Restore'],
    ]);
    synthesize(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: 'AWSBackupTests' });
  });

  test('can pass the roles of restored instance profiles, but only to EC2', () => {
    const stack = testStack();
    const app = new Role(stack, 'App', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    select(
      { resourceType: EC2, everything: true, metadata: RestoreMetadata.ec2({ instanceProfileRoles: [app] }) },
      stack,
    );
    synthesize(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'iam:PassRole',
            Effect: 'Allow',
            Resource: stack.resolve(app.roleArn),
            Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
          },
        ],
      },
    });
  });

  test('can pass the role with which a database joins its directory', () => {
    const stack = testStack();
    const domainRole = Role.fromRoleArn(stack, 'Domain', 'arn:aws:iam::111122223333:role/Domain');
    select(
      {
        resourceType: RDS,
        everything: true,
        metadata: RestoreMetadata.rdsInstance({ domain: 'd-1', domainRole }),
      },
      stack,
    );
    synthesize(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          { Action: 'iam:PassRole', Effect: 'Allow', Resource: 'arn:aws:iam::111122223333:role/Domain' },
        ],
      },
    });
  });

  test('can have a permissions boundary', () => {
    const stack = testStack();
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(
      stack,
      'Boundary',
      'arn:aws:iam::111122223333:policy/Boundary',
    );
    new RestoreTestingRole(stack, 'Role', { permissionsBoundary, description: 'Tests' });
    synthesize(stack).hasResourceProperties('AWS::IAM::Role', {
      PermissionsBoundary: 'arn:aws:iam::111122223333:policy/Boundary',
      Description: 'Tests',
    });
  });

  test('passes AwsSolutions, HIPAA, NIST 800-53 R5 and PCI', () => {
    const stack = testStack();
    const app = Role.fromRoleArn(stack, 'App', 'arn:aws:iam::111122223333:role/App');
    select(
      { resourceType: EC2, everything: true, metadata: RestoreMetadata.ec2({ instanceProfileRoles: [app] }) },
      stack,
    );
    expect(nagFindings(stack.node.root as App)).toEqual([]);
  });

  test('is refused with invalid types', () => {
    expect(
      refusal(() => new RestoreTestingRole(testStack(), 'Role', { resourceTypes: ['S3'] as never })),
    ).toBe('`resourceTypes[0]` must be a `ResourceType`, got `S3` (in `RestoreTestingRole`)');
  });
});

test('the L1 is the default child', () => {
  const { selection } = select({ resourceType: S3, everything: true });
  expect(selection.node.defaultChild).toBeInstanceOf(CfnRestoreTestingSelection);
});

test('untyped callers get a selection or an error message', () => {
  const props = fc.oneof(
    anything,
    fc.record(
      {
        restoreTestingPlan: fc.constant({ restoreTestingPlanRef: { restoreTestingPlanName: 'weekly' } }),
        resourceType: fc.oneof(fc.constantFrom(S3, FSX, ResourceType.of('Quantum')), anything),
        restoreTestingSelectionName: anything,
        resources: fc.oneof(anything, fc.array(anything, { maxLength: 2 })),
        arns: fc.oneof(anything, fc.array(anything, { maxLength: 2 })),
        tags: fc.oneof(anything, fc.constant([TagCondition.stringEquals('backup', 'gold')])),
        everything: fc.oneof(anything, fc.boolean()),
        metadata: fc.oneof(anything, fc.constant(RestoreMetadata.s3({}))),
        validationWindow: anything,
        role: anything,
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(props, (given) => {
      const error = thrown(
        () => new RestoreTestingSelection(new Stack(), 'Selection', given as RestoreTestingSelectionProps),
      );
      for (const problem of error?.problems ?? [])
        expect(sentence(problem)).toMatch(/^(a selection|`.+`) [^\n]+[^.]$/);
    }),
  );
});
