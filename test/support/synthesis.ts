import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { testApp } from './app';

/** A stack in an account and Region, as most apps have them. */
export function testStack(name = 'Stack', region = 'eu-west-1'): Stack {
  return new Stack(testApp(), name, { env: { account: '111122223333', region } });
}

/** The template of a stack, without the report of warnings on the console. */
export function synthesize(stack: Stack): Template {
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    return Template.fromStack(stack);
  } finally {
    quiet.mockRestore();
  }
}

/** The properties of the resources of one type, by their logical ids. */
export function propertiesOf(stack: Stack, type: string): Record<string, unknown>[] {
  return Object.values(synthesize(stack).findResources(type)).map((resource) => resource.Properties ?? {});
}

/** What synthesis is refused with, without the preamble. */
export function synthesisRefusal(stack: Stack): string {
  try {
    synthesize(stack);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}
