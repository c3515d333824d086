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
        { kind: 'pseudo', name, key: `${name}|${stack.id}`, resource: stack.id, minLength: STACK_ID.length },
      ]);
    default:
      return new Unknown('pseudo', `\`${name}\` is not known before deployment`);
  }
}

const UUID = '12345678-1234-1234-1234-123456789012';
/** The shortest id of a stack. */
const STACK_ID = `arn:aws:cloudformation:us-east-1:123456789012:stack/s/${UUID}`;

/**
 * The fields of a stack id between slashes, or those of the UUID at its end between hyphens, which templates use as
 * suffixes of names; undefined for other texts.
 */
export function splitStackId(separator: string, { parts }: Unknown): Text[] | undefined {
  const [only, ...others] = parts ?? [];
  if (typeof only !== 'object' || others.length > 0) return undefined;
  const field = (suffix: string, minLength: number) =>
    new Unknown('pseudo', 'the id of the stack is generated at deployment', [
      { kind: 'pseudo', name: only.name, key: `${only.key}|${suffix}`, plain: true, minLength },
    ]);
  if (separator === '/' && only.name === 'AWS::StackId' && only.resource !== undefined)
    return [field('arn', STACK_ID.indexOf('/')), field('name', 1), field('uuid', UUID.length)];
  if (separator === '-' && only.key?.endsWith('|uuid'))
    return UUID.split('-').map((piece, i) => field(`${i}`, piece.length));
  return undefined;
}

function open(name: string, key: string): Text {
  return new Unknown('pseudo', `the stack does not specify \`${name}\``, [
    { kind: 'pseudo', name, key, plain: true },
  ]);
}
