import type { Problem } from '../core/problem';

/**
 * What a Region must have opted in to, however a resource is selected.
 *
 * Source: Developer Guide "Working with other AWS services", 2026-09.
 *
 * @param typeName a type that is always subject to opt-in
 * @param what the resources, such as "`Stack/Orders`"
 */
export function optInProblem(typeName: string, what: string): Problem {
  return {
    id: 'Backup-OptIn',
    severity: 'warning',
    property: 'optIn',
    message: `the Region must have opted in to ${typeName} for ${what}`,
    fix: 'opt in with `BackupRegionSettings`, with `UpdateRegionSettings`, or in the settings of the console of AWS Backup',
  };
}

/**
 * What copies, cold storage, tags and air-gapped vaults of backups of DynamoDB need: without, a backup has none of them.
 *
 * Source: Developer Guide "Advanced DynamoDB backup", 2026-04.
 */
export function advancedDynamoDbProblem(what: string): Problem {
  return {
    id: 'Backup-AdvancedDynamoDb',
    severity: 'warning',
    property: 'fullManagement',
    message: `the Region must have the advanced features for DynamoDB for copies, cold storage, tags or air-gapped vaults of the backups of ${what}`,
    fix: 'turn the advanced features for DynamoDB on with `BackupRegionSettings` or `UpdateRegionSettings`',
  };
}
