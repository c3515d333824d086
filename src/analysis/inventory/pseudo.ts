import type { StackScope } from './stack';
import { type Text, Unknown } from './unknown';

/** The partition of a Region, by the beginning of its name. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

export function partitionOf(region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/**
 * What a pseudo parameter is in a stack. Stacks that leave the account or the Region open are deployed with the
 * same credentials, and so to the same place.
 */
export function pseudoParameter(name: string, stack: StackScope): unknown {
  const { account, region } = stack;
  switch (name) {
    case 'AWS::NoValue':
      return undefined;
    case 'AWS::AccountId':
      return account ?? open(name, name);
    case 'AWS::Region':
      return region ?? open(name, name);
    case 'AWS::Partition':
      return partitionOf(region) ?? open(name, name);
    case 'AWS::URLSuffix':
      if (region === undefined) return open(name, name);
      return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::StackName':
      return stack.source.stackName ?? open(name, `${name}|${stack.id}`);
    case 'AWS::StackId':
      return new Unknown('pseudo', `\`${name}\` is made up at deployment`, [
        { kind: 'pseudo', name, key: `${name}|${stack.id}`, resource: stack.id },
      ]);
    default:
      return new Unknown('pseudo', `\`${name}\` is not known before deployment`);
  }
}

function open(name: string, key: string): Text {
  return new Unknown('pseudo', `the stack leaves \`${name}\` open`, [
    { kind: 'pseudo', name, key, plain: true },
  ]);
}
