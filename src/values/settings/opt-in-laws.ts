import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/**
 * The problem of a type that needs the opt-in of the Region, however a resource is selected.
 *
 * Source: Developer Guide "Working with other AWS services", 2026-09.
 *
 * @param typeName a type that always needs the opt-in
 * @param what the resources, such as "`Stack/Orders`"
 */
export function optInProblem(typeName: string, what: string): Problem {
  return problem({
    id: 'Backup-OptIn',
    property: 'optIn',
    message: `the Region must have opted in to ${typeName} for ${what}`,
    fix: 'opt in with `BackupRegionSettings`, with `UpdateRegionSettings`, or in the settings of the AWS Backup console',
  });
}

/**
 * The problem of a type that the Region opts out of although a plan protects it.
 *
 * Source: Developer Guide "Working with other AWS services", 2026-09.
 *
 * @param what the resources, such as "`Stack/Orders`"
 */
export function optedOutProblem(typeName: string, what: string): Problem {
  return problem({
    id: 'Backup-TypeOptedOut',
    property: 'optOut',
    message: `the settings of the Region opt out of ${typeName}, so AWS Backup skips ${what}`,
    fix: `remove ${typeName} from \`optOut\`, or leave its resources out of the selection`,
  });
}

/**
 * The problem of DynamoDB backups that need advanced DynamoDB backup: without it, they have no copies, cold storage, tags
 * or air-gapped vaults.
 *
 * Source: Developer Guide "Advanced DynamoDB backup", 2026-04.
 */
export function advancedDynamoDbProblem(what: string): Problem {
  return problem({
    id: 'Backup-AdvancedDynamoDb',
    property: 'fullManagement',
    message: `the Region must have advanced DynamoDB backup turned on for copies, cold storage, tags or air-gapped vaults of the backups of ${what}`,
    fix: 'turn on advanced DynamoDB backup with `BackupRegionSettings` or `UpdateRegionSettings`',
  });
}
