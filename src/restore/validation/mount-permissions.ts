import { Stack } from 'aws-cdk-lib';
import { TEST_TAG } from '../core/restore-test-tag';
import { allow } from './check-permissions';
import type { RestoreCheck } from './restore-check';
import type { RestoreMount } from './restore-mount';

/** The beginning of the families of task definitions. */
const FAMILY = 'restore-check-*';
const TAGGED = { Null: { [`aws:ResourceTag/${TEST_TAG}`]: 'false' } };

/** What the function that validates may do to mount what is restored: on file systems of restore tests only. */
export function mountStatements(checks: readonly RestoreCheck[]): object[] {
  return mountsOf(checks).flatMap((mount) => {
    const { cluster, clusterName, log, taskRole, executionRole, subnetIds } = mount._arns;
    const arn = arnsOf(mount);
    const inCluster = { ArnEquals: { 'ecs:cluster': cluster } };
    return [
      allow(['elasticfilesystem:CreateMountTarget'], arn('elasticfilesystem', 'file-system/*'), TAGGED),
      allow(
        ['ec2:CreateNetworkInterface'],
        [
          arn('ec2', 'network-interface/*'),
          arn('ec2', `security-group/${mount.securityGroup.securityGroupRef.securityGroupId}`, '*'),
          ...subnetIds.map((id) => arn('ec2', `subnet/${id}`, '*')), // another account can share them
        ],
      ),
      allow(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], '*'),
      allow(['ecs:RegisterTaskDefinition'], '*'),
      allow(['iam:PassRole'], [taskRole, executionRole], {
        StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
      }),
      allow(['ecs:RunTask'], arn('ecs', `task-definition/${FAMILY}:*`), inCluster),
      allow(['ecs:DescribeTasks'], arn('ecs', `task/${clusterName}/*`)),
      allow(['logs:FilterLogEvents'], log),
    ];
  });
}

/** What every function that ends a test may do: delete what a mount left. Mount targets of sources have no such tag. */
export function releaseStatements(checks: readonly RestoreCheck[]): object[] {
  return mountsOf(checks).flatMap((mount) => {
    const { cluster, clusterName } = mount._arns;
    const arn = arnsOf(mount);
    return [
      allow(['elasticfilesystem:DescribeMountTargets'], arn('elasticfilesystem', 'file-system/*')),
      allow(['elasticfilesystem:DeleteMountTarget'], arn('elasticfilesystem', 'file-system/*'), TAGGED),
      allow(['ec2:DeleteNetworkInterface'], arn('ec2', 'network-interface/*')),
      allow(['ecs:ListTasks'], '*', { ArnEquals: { 'ecs:cluster': cluster } }),
      allow(['ecs:StopTask'], arn('ecs', `task/${clusterName}/*`)),
      allow(['ecs:DeregisterTaskDefinition', 'ecs:ListTaskDefinitions'], '*'),
      allow(['ecs:DeleteTaskDefinitions'], arn('ecs', `task-definition/${FAMILY}:*`)),
    ];
  });
}

/** The mounts that checks use, each once. */
function mountsOf(checks: readonly RestoreCheck[]): RestoreMount[] {
  return [...new Set(checks.flatMap(({ _options: { mount } }) => (mount ? [mount] : [])))];
}

function arnsOf(mount: RestoreMount) {
  const stack = Stack.of(mount);
  return (service: string, resource: string, account: string = stack.account) =>
    `arn:${stack.partition}:${service}:${stack.region}:${account}:${resource}`;
}
