import type { Coverage, ResourceCoverage } from '../coverage/coverage';
import type { Inventory } from '../inventory/inventory';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { acknowledge, isScoped } from './acknowledgements';
import type { ResourceConstructs } from './resource-constructs';

/** The packs of cdk-nag that check whether a resource is in a backup plan. Source: cdk-nag 3.0.2, 2026-11. */
const PACKS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5'];

/** Their rules, which see neither selections by tag nor selections in another stack. */
const RULES: ReadonlyMap<string, string> = new Map([
  ['AWS::DynamoDB::Table', 'DynamoDBInBackupPlan'],
  ['AWS::EC2::Volume', 'EC2EBSInBackupPlan'],
  ['AWS::EFS::FileSystem', 'EFSInBackupPlan'],
  ['AWS::RDS::DBInstance', 'RDSInBackupPlan'],
]);

/** Acknowledges these rules for exactly the protected resources, with the plans as the reason. */
export function acknowledgeNagRules(
  constructs: ResourceConstructs,
  { members }: Inventory,
  { resources }: Coverage,
): void {
  const covered = new Map(
    resources.filter(({ status }) => status === 'protected').map((one) => [one.resource.id, one]),
  );
  for (const one of covered.values()) acknowledgeFor(constructs, one.resource, one);
  // the instances of a cluster are backed up with the cluster
  for (const member of members) {
    const owner = covered.get(member.database?.memberOf?.to ?? '');
    if (owner) acknowledgeFor(constructs, member, owner);
  }
}

function acknowledgeFor(
  constructs: ResourceConstructs,
  { type, place }: ResourceItem,
  by: ResourceCoverage,
): void {
  const rule = RULES.get(type);
  if (rule === undefined) return;
  const construct = constructs.find(place.file, place.logicalId);
  if (!construct) return;
  const reason = `AWS Backup protects it: ${by.plans.map(describePlan).join('; ')}`;
  for (const pack of PACKS) {
    const id = `${pack}-${rule}`;
    // the ID in the report of the CDK keeps the reason; where that would suppress the whole app, the ID of cdk-nag
    acknowledge(construct, isScoped() ? `${pack}::${id}` : id, reason);
  }
}

function describePlan({ name, rules }: ResourceCoverage['plans'][number]): string {
  const names = rules.map((rule) => rule.name).join(', ');
  return `plan ${name}${names ? ` (${names})` : ''}`;
}
