import { partitionOf } from '../../values/core/partitions';
import type { StackScope } from '../input/stack';
import { type Text, Unknown } from './unknown';

/**
 * The value of a pseudo parameter in a stack. Environment-agnostic stacks are deployed with the same credentials, and so
 * to the same account and Region.
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
      return region === undefined ? open(name, name) : partitionOf(region);
    case 'AWS::URLSuffix':
      if (region === undefined) return open(name, name);
      return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::StackName':
      return stack.source.stackName ?? open(name, `${name}|${stack.id}`);
    case 'AWS::StackId':
      return new Unknown('pseudo', `\`${name}\` is generated at deployment`, [
        { kind: 'pseudo', name, key: `${name}|${stack.id}`, resource: stack.id },
      ]);
    default:
      return new Unknown('pseudo', `\`${name}\` is not known before deployment`);
  }
}

function open(name: string, key: string): Text {
  return new Unknown('pseudo', `the stack does not specify \`${name}\``, [
    { kind: 'pseudo', name, key, plain: true },
  ]);
}
