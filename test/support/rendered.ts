import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The properties of the L1 behind a construct as they stand in the template, without synthesis of the app: fast
 * enough for thousands of cases.
 */
// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
export function rendered(construct: IConstruct): Record<string, any> {
  const resource = construct.node.defaultChild ?? construct;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} has no L1`);
  const { Resources } = JSON.parse(JSON.stringify(Stack.of(resource).resolve(resource._toCloudFormation())));
  const [{ Properties }] = Object.values<{ Properties: Record<string, unknown> }>(Resources);
  return Properties;
}
