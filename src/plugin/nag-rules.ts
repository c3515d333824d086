import type { Coverage, ResourceCoverage } from '../coverage/coverage';
import type { Inventory } from '../inventory/inventory';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { acknowledge, isScoped } from './acknowledgements';
import type { ResourceConstructs } from './resource-constructs';

/** The packs of cdk-nag that ask whether something is in a backup plan. Source: cdk-nag 3.0.2, 2026-11. */
const PACKS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5'];

/** By which rule they ask, which sees no selection by tags, nor any from another stack. */
const RULES: ReadonlyMap<string, string> = new Map([
  ['AWS::DynamoDB::Table', 'DynamoDBInBackupPlan'],
  ['AWS::EC2::Volume', 'EC2EBSInBackupPlan'],
  ['AWS::EFS::FileSystem', 'EFSInBackupPlan'],
  ['AWS::RDS::DBInstance', 'RDSInBackupPlan'],
]);

/** Acknowledges those rules for exactly the resources that are protected, with the plans as the reason. */
export function acknowledgeNagRules(
  constructs: ResourceConstructs,
  { belonging }: Inventory,
  { resources }: Coverage,
): void {
  const covered = new Map(
    resources.filter(({ status }) => status === 'protected').map((one) => [one.resource.id, one]),
  );
  for (const one of covered.values()) answer(constructs, one.resource, one);
  // the instances of a cluster are backed up with it
  for (const member of belonging) {
    const owner = covered.get(member.database?.memberOf?.to ?? '');
    if (owner) answer(constructs, member, owner);
  }
}

function answer(constructs: ResourceConstructs, { type, place }: ResourceItem, by: ResourceCoverage): void {
  const rule = RULES.get(type);
  if (rule === undefined) return;
  const construct = constructs.find(place.file, place.logicalId);
  if (!construct) return;
  const reason = `AWS Backup protects it: ${by.plans.map(inWords).join('; ')}`;
  for (const pack of PACKS) {
    const id = `${pack}-${rule}`;
    // by the id of CDK's report, which keeps the reason; where that forgives the whole app, by cdk-nag's own
    acknowledge(construct, isScoped() ? `${pack}::${id}` : id, reason);
  }
}

function inWords({ name, rules }: ResourceCoverage['plans'][number]): string {
  const names = rules.map((rule) => rule.name).join(', ');
  return `plan ${name}${names ? ` (${names})` : ''}`;
}
