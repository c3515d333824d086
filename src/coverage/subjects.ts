import { arnFields } from '../template/evaluation/match';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import type { StackItem } from '../inventory/core/stack-item';
import { tagValue } from '../inventory/core/tags';
import { concat } from '../template/evaluation/text';
import { type Hole, isUnknown, type Text, Unknown } from '../template/evaluation/unknown';
import { readArn } from './arns';
import type { Subject } from './matcher';
import { ResourceTags } from './resource-tags';

/** A resource as selections are asked about it. */
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
  // its databases are what is backed up: .../HANA/<application>/DB/<database>
  const database = madeUp(`${resource.id}|database`, `${place.logicalId}.Database`, resource.id);
  return [subject, { ...common, arn: readArn(concat([arn, '/', database])) }];
}

/** Types whose names CloudFormation makes up as `<stack>-<logical id>-<random>`, and whether in lower case. */
const NAMED_AFTER_STACK: ReadonlyMap<string, boolean> = new Map([
  ['AWS::DynamoDB::Table', false],
  ['AWS::DynamoDB::GlobalTable', false],
  ['AWS::S3::Bucket', true],
  ['AWS::RDS::DBInstance', true],
  ['AWS::RDS::DBCluster', true],
]);
/** CloudFormation shortens the name of the stack where it is long. */
const SURE_LENGTH = 16;

/** What the name of a resource begins with, if CloudFormation makes it up. */
function beginningOfName({ type, name, tags }: ResourceItem): string | undefined {
  const lowerCase = NAMED_AFTER_STACK.get(type);
  if (lowerCase === undefined || !isUnknown(name) || name.kind !== 'resource') return undefined;
  const stack = tagValue(tags, 'aws:cloudformation:stack-name');
  if (typeof stack !== 'string') return undefined;
  return (lowerCase ? stack.toLowerCase() : stack).slice(0, SURE_LENGTH);
}

/**
 * A stack as selections are asked about it: by the ARN that it has inside of itself, and by the one that the stack
 * around it gets for it.
 */
export function stackSubjects({ id, name, arn, tags, account, region, parent }: StackItem): Subject[] {
  const common = { tags: new ResourceTags(tags), place: { account, region, stackId: id } };
  const outside = parent === undefined ? undefined : `${parent}#${id.slice(parent.length + 1)}`;
  const hole: Text = outside === undefined ? arn : madeUp(`${outside}|arn`, `${name}.Arn`, outside);
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

function madeUp(key: string, name: string, resource: string): Unknown {
  const hole: Hole = { kind: 'resource', name, key, resource };
  return new Unknown('resource', `\`${name}\` is made up at deployment`, [hole]);
}

/** What a stack leaves open. */
function open(name: string): Unknown {
  return new Unknown('pseudo', `the stack leaves \`${name}\` open`, [
    { kind: 'pseudo', name, key: name, plain: true },
  ]);
}
