import { cloudFormationResource } from './cloudformation-resources';

/**
 * How a template writes the ARN that AWS Backup selects a resource by, in the short form of YAML: `!GetAtt Orders.Arn`.
 * Undefined if AWS Backup doesn't protect the type.
 */
export function arnExpression(cloudFormationType: string, logicalId: string): string | undefined {
  const recipe = cloudFormationResource(cloudFormationType)?.arn;
  if (!recipe) return undefined;
  const { attribute, service, resource, suffix = '' } = recipe;
  if (service !== undefined)
    return `!Sub 'arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}\${${logicalId}}'`;
  const written = attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
  if (suffix !== '') return `!Sub '\${${written}}${suffix}'`;
  return `${attribute === undefined ? '!Ref' : '!GetAtt'} ${written}`;
}
