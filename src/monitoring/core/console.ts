import type { Stack } from 'aws-cdk-lib';
import { partitionOf } from '../../values/core/partitions';

/** Where the console is, in the partitions that have one for everybody. */
const CONSOLES: Readonly<Record<string, string | undefined>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The URL of the console of AWS Backup in the partition of a stack; undefined where it is not public. */
export function consoleOf({ region: here }: Stack, region: string): string | undefined {
  const console = CONSOLES[partitionOf(here) ?? 'aws'];
  return console && `https://${console}/backup/home?region=${region}`;
}
