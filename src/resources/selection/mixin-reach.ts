import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Problem, problem } from '../../values/core/problem';
import { synthesisErrors } from '../core/enforce';
import { collectResources } from '../core/resource-arns';

/** What one `with()` asks about, from the construct that it is called on. */
interface Application {
  readonly top: IConstruct;
  readonly asked: Set<IConstruct>;
  hasResource: boolean;
}

/**
 * Reports that a mixin for resources was applied to something that has none. CDK asks a mixin about a construct and all
 * constructs in it, one after the other, and passes over what the mixin doesn't support, silently.
 */
export class MixinReach {
  private readonly applications: Application[] = [];

  constructor(private readonly mixin: string) {}

  /** Registers that CDK asks whether the mixin supports a construct. */
  public ask(construct: IConstruct, isSupported: boolean): void {
    const { scope } = construct.node;
    let application = this.applications.find(
      ({ asked }) => scope !== undefined && asked.has(scope) && !asked.has(construct),
    );
    if (!application) {
      application = { top: construct, asked: new Set(), hasResource: false };
      this.applications.push(application);
      if (!isSupported) this.reportAtSynthesis(application);
    }
    application.asked.add(construct);
    if (isSupported) application.hasResource = true;
  }

  /** Registers a scope, whose resources may be added until synthesis. */
  public below(scope: IConstruct): void {
    const validate = () =>
      synthesisErrors(scope, collectResources(scope).length === 0 ? [this.nothingProblem(scope)] : []);
    scope.node.addValidation({ validate });
  }

  private reportAtSynthesis(application: Application): void {
    const { top, asked } = application;
    const validate = () => {
      const others = this.applications.some((each) => each.top === top && each.hasResource);
      const isReported = !others && isApplied(top, asked);
      return synthesisErrors(top, isReported ? [this.nothingProblem(top)] : []);
    };
    top.node.addValidation({ validate });
  }

  private nothingProblem(construct: IConstruct): Problem {
    const path = construct.node.path || 'the app';
    return problem({
      id: 'Backup-TagWithoutResource',
      property: this.mixin,
      message: (label) =>
        `${label(this.mixin)} is applied to \`${path}\`, which is not a resource that AWS Backup can protect, or is imported, and has none below it`,
      fix: 'tag the resource itself, where it is created',
    });
  }
}

/**
 * Whether a mixin was applied, and not only asked about one construct: then it was asked about everything in it. An L1 alone
 * may be one of many that a selector found.
 */
function isApplied(top: IConstruct, asked: ReadonlySet<IConstruct>): boolean {
  if (Stage.isStage(top) || CfnResource.isCfnResource(top)) return false;
  return top.node.findAll().some((each) => each !== top && asked.has(each)) || top.node.children.length === 0;
}
