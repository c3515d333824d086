import type { RestoreCheck } from './restore-check';
import { ValidationLevel } from './validation-level';

/** The service that describes restored resources of each type. */
const SERVICES: Readonly<Record<string, string>> = {
  DynamoDB: 'dynamodb',
  EBS: 'ec2',
  EC2: 'ec2',
  EFS: 'elasticfilesystem',
  FSx: 'fsx',
  S3: 's3',
};

/** The services that a function in a VPC calls to validate: the last part of the names of their endpoints. */
export function endpointServices(checks: readonly RestoreCheck[]): string[] {
  // S3 keeps the evidence
  return [...new Set(['backup', 's3', ...checks.flatMap(servicesOf)])].sort();
}

function servicesOf(check: RestoreCheck): string[] {
  const { name } = check.resourceType;
  const { validator, directConnection, secret, mount } = check._options;
  const asks = check._level(true) === ValidationLevel.QUERIES;
  return [
    SERVICES[name] ?? 'rds',
    ...(asks && name === 'EC2' ? ['ssm'] : []),
    ...(asks && secret ? ['secretsmanager'] : []),
    ...(asks && name === 'Aurora' && !directConnection ? ['rds-data'] : []),
    ...(mount ? ['ecs', 'logs'] : []), // the function starts the task, and reads its result
    ...(validator ? ['lambda'] : []),
  ];
}
