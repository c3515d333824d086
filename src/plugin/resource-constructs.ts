import * as path from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The resource constructs of an app, by template and logical ID. */
export class ResourceConstructs {
  private byTemplate?: ReadonlyMap<string, ReadonlyMap<string, CfnResource>>;

  constructor(private readonly root: IConstruct) {}

  public find(templateFile: string, logicalId: string): CfnResource | undefined {
    this.byTemplate ??= index(this.root);
    // template names are unique in an app, including its stages and nested stacks
    return this.byTemplate.get(path.basename(templateFile))?.get(logicalId);
  }
}

function index(root: IConstruct): Map<string, Map<string, CfnResource>> {
  const byTemplate = new Map<string, Map<string, CfnResource>>();
  for (const construct of root.node.findAll()) {
    if (!CfnResource.isCfnResource(construct)) continue;
    const stack = Stack.of(construct);
    const name = path.basename(stack.templateFile);
    let resources = byTemplate.get(name);
    if (!resources) {
      resources = new Map();
      byTemplate.set(name, resources);
    }
    resources.set(stack.resolve(construct.logicalId), construct);
  }
  return byTemplate;
}
