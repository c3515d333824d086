import { hash } from 'node:crypto';
import {
  CfnElement,
  CfnResource,
  DefaultTokenResolver,
  type IResolvable,
  Lazy,
  Reference,
  Stack,
  Stage,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { listProblems } from '../core/argument-checks';
import { deployBefore } from '../core/stack-order';
import { resourceOf } from '../vault/vault-facts';

const PROPERTY = 'before';
const ID = 'Backup-OnDemandBefore';

/** How the resource is named without a reference, which would make it a need of the backup. */
const FIXES: Readonly<Record<string, string | undefined>> = {
  resource: 'name the resource by `resourceArn`, without a reference to the construct',
  resourceArn: 'write the ARN with the name of the resource, without a reference to the construct',
};

/** What the backup needs, by property. */
export type Needs = Readonly<Record<string, unknown>>;

/** What is wrong with the constructs that are deployed after a backup. What the backup needs can't be among them. */
export function beforeProblems(backup: IConstruct, before: unknown, needs: Needs): Problem[] {
  const wrong = listProblems(before, (each: unknown) => Construct.isConstruct(each), {
    id: ID,
    property: PROPERTY,
    what: 'a construct, such as the stack that changes',
  });
  if (wrong.length > 0 || !Array.isArray(before)) return wrong;
  return (before as IConstruct[]).flatMap((each, index) => {
    const property = `${PROPERTY}[${index}]`;
    if (Stage.of(each) !== Stage.of(backup))
      return [
        problem({
          id: ID,
          property,
          message: (label) =>
            `${label(property)} must be in the stage of the backup, got \`${each.node.path}\`, which CDK deploys by itself`,
          fix: 'create the backup in that stage',
        }),
      ];
    const needed = [['the backup itself', backup] as const, ...Object.entries(needs)].find(
      ([, need]) => (need === backup || isCreated(need)) && isDeployedAfter(need as IConstruct, each, backup),
    );
    if (!needed) return [];
    const [name, need] = needed;
    return [
      problem({
        id: ID,
        property,
        message: (label) =>
          `${label(property)} must not create what the backup needs, got \`${each.node.path}\` with ${need === backup ? name : `\`${name}\``} in it: the backup would run after the change`,
        fix: FIXES[name] ?? 'move the backup, its vault and its role into a stack of their own',
      }),
    ];
  });
}

/** Makes the backup before the constructs are deployed: by the order of stacks, or within one stack of resources. */
export function deployAfterBackup(backup: Construct, before: readonly IConstruct[]): void {
  for (const each of before)
    if (Stack.of(each) === Stack.of(backup)) each.node.addDependency(backup);
    else deployBefore(backup, each);
}

/** Changes whenever the templates or assets of the constructs change. */
export function changeTrigger(before: readonly IConstruct[], trigger: string | undefined): string {
  return Lazy.string({
    produce: () => {
      const digest = hash('sha256', JSON.stringify(before.flatMap(renderedElements))).slice(0, 32);
      return trigger === undefined ? digest : `${trigger}|${digest}`;
    },
  });
}

/** CDK's own metadata changes with its version, and the template of a nested stack is read element by element. */
const UNRELATED: readonly string[] = ['AWS::CDK::Metadata', 'AWS::CloudFormation::Stack'];

function renderedElements(scope: IConstruct): unknown[] {
  return scope.node
    .findAll()
    .filter((each): each is CfnElement => CfnElement.isCfnElement(each))
    .filter((each) => !CfnResource.isCfnResource(each) || !UNRELATED.includes(each.cfnResourceType))
    .map((each) => Stack.of(each).resolve((each as unknown as Rendering)._toCloudFormation()));
}

/** The method of all elements of a template that aws-cdk-lib keeps to itself. */
interface Rendering {
  _toCloudFormation(): object;
}

/** Whether the app creates something, rather than import it. */
function isCreated(need: unknown): need is IConstruct {
  return Construct.isConstruct(need) && (Stack.isStack(need) || resourceOf(need) !== undefined);
}

function isDeployedAfter(need: IConstruct, before: IConstruct, backup: IConstruct): boolean {
  if (Stack.of(before) !== Stack.of(backup)) return Stack.of(need) === Stack.of(before);
  return need.node.scopes.includes(before);
}

/** The resource of the app that a text refers to, such as the one whose attribute an ARN is. */
export function referredResource(scope: IConstruct, text: unknown): CfnResource | undefined {
  const references = new References();
  if (typeof text === 'string') Tokenization.resolve(text, { scope, resolver: references, preparing: true });
  return references.targets.find((target): target is CfnResource => CfnResource.isCfnResource(target));
}

/** Resolves tokens, and remembers what they refer to. */
class References extends DefaultTokenResolver {
  public readonly targets: IConstruct[] = [];

  constructor() {
    super(new StringConcat());
  }

  public override resolveToken(...[token, ...rest]: Parameters<DefaultTokenResolver['resolveToken']>) {
    if (Reference.isReference(token as IResolvable)) this.targets.push((token as Reference).target);
    return super.resolveToken(token, ...rest);
  }
}
