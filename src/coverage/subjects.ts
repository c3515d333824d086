import type { StackItem } from '../inventory/core/stack-item';
import { tagValue } from '../inventory/core/tags';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { arnFields } from '../template/evaluation/match';
import { concat } from '../template/evaluation/text';
import { type Hole, isUnknown, type Text, Unknown } from '../template/evaluation/unknown';
import { readArn } from './arns';
import type { Subject } from './matcher';
import { ResourceTags } from './resource-tags';

/** A resource, prepared for matching with selections. */
export function resourceSubjects(resource: ResourceItem): Subject[] {
  const { arn, place, condition, replicaRegion } = resource;
  const common = {
    tags: new ResourceTags(resource.tags),
    place,
    elsewhere: isUnknown(replicaRegion),
    condition: condition?.name,
  };
  const subject = { ...common, arn: { ...readArn(arn), beginning: beginningOfName(resource) } };
  if (resource.type !== 'AWS::SystemsManagerSAP::Application') return [subject];
  // AWS Backup backs up its databases: .../HANA/<application>/DB/<database>
  const database = generated(`${resource.id}|database`, `${place.logicalId}.Database`, resource.id);
  return [subject, { ...common, arn: readArn(concat([arn, '/', database])) }];
}

/** Types whose names CloudFormation generates as `<stack>-<logical id>-<random>`, and whether in lower case. */
const NAMED_AFTER_STACK: ReadonlyMap<string, boolean> = new Map([
  ['AWS::DynamoDB::Table', false],
  ['AWS::DynamoDB::GlobalTable', false],
  ['AWS::S3::Bucket', true],
  ['AWS::RDS::DBInstance', true],
  ['AWS::RDS::DBCluster', true],
]);
/** CloudFormation shortens long stack names. */
const SURE_LENGTH = 16;

/** What the name of a resource starts with, if CloudFormation generates it. */
function beginningOfName({ type, name, tags }: ResourceItem): string | undefined {
  const lowerCase = NAMED_AFTER_STACK.get(type);
  if (lowerCase === undefined || !isUnknown(name) || name.kind !== 'resource') return undefined;
  const stack = tagValue(tags, 'aws:cloudformation:stack-name');
  if (typeof stack !== 'string') return undefined;
  return (lowerCase ? stack.toLowerCase() : stack).slice(0, SURE_LENGTH);
}

/**
 * A stack, prepared for matching with selections: with the ARN as the stack itself sees it, and as its parent stack sees
 * it.
 */
export function stackSubjects({ id, name, arn, tags, account, region, parent }: StackItem): Subject[] {
  const common = { tags: new ResourceTags(tags), place: { account, region, stackId: id } };
  const outside = parent === undefined ? undefined : `${parent}#${id.slice(parent.length + 1)}`;
  const hole: Text = outside === undefined ? arn : generated(`${outside}|arn`, `${name}.Arn`, outside);
  const text = concat([
    'arn:',
    open('AWS::Partition'),
    ':cloudformation:',
    region ?? open('AWS::Region'),
    ':',
    account ?? open('AWS::AccountId'),
    ':stack/',
    hole,
  ]);
  return [
    { ...common, arn: readArn(arn) },
    { ...common, arn: readArn(text, arnFields(text)) },
  ];
}

function generated(key: string, name: string, resource: string): Unknown {
  const hole: Hole = { kind: 'resource', name, key, resource };
  return new Unknown('resource', `\`${name}\` is generated at deployment`, [hole]);
}

/** A value that an environment-agnostic stack doesn't have. */
function open(name: string): Unknown {
  return new Unknown('pseudo', `the stack does not specify \`${name}\``, [
    { kind: 'pseudo', name, key: name, plain: true },
  ]);
}
