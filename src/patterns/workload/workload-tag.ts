import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { shortened } from '../../resources/core/generated-name';
import { applyTagBelow, BackupTag } from '../../resources/selection/backup-tag';

/** The default key of the tag of a workload. */
export const WORKLOAD_TAG_KEY = 'backup-workload';

const LONGEST_VALUE = 256;

/** The tag of a workload, which reports what it is applied to: `protect` and the mixin are they follow the same rules. */
export class WorkloadTag extends BackupTag {
  constructor(
    private readonly workload: Construct,
    value: string,
    key: string | undefined,
    private readonly accept: (construct: IConstruct) => void,
  ) {
    super(value, { key: key ?? WORKLOAD_TAG_KEY });
  }

  public override applyTo(construct: IConstruct): void {
    this.accept(construct);
    super.applyTo(construct);
  }

  public override applyBelow(scope: IConstruct): void {
    this.accept(scope);
    applyTagBelow(scope, this);
    // CDK synthesizes each stage by itself, so that tags of a scope around it don't get in
    const stage = Stage.of(this.workload);
    if (stage && stage !== scope && stage.node.scopes.includes(scope)) applyTagBelow(stage, this);
  }
}

/** The default value of the tag: readable, and unique in an account and Region, as names of stacks are. */
export function workloadTagValue(scope: Construct, id: string): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const stackName = Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName;
  const readable = `${stackName}-${id}`.replace(/[^\p{L}\p{N} +\-=._:/@]+/gu, '-');
  return shortened(readable, LONGEST_VALUE);
}
