import { Aws } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { show } from '../values/amounts';
import { type Problem, refuse } from '../values/problem';
import { ResourceType } from '../values/resource-type';
import { collectResources, resolveResource } from './resource-arns';

/** One side of a selection: what it includes, or what it excludes. */
export interface SelectedInput {
  readonly constructs?: readonly IConstruct[];
  readonly arns?: readonly string[];
  readonly types?: readonly ResourceType[];
}

/**
 * The ARNs that constructs, ARNs and types stand for together. A scope is read anew at each call, since resources
 * may be added to it until synthesis.
 */
export class SelectedResources {
  private readonly fixedArns: string[] = [];
  private readonly fixedTypes: ResourceType[] = [];
  private readonly scopes: IConstruct[] = [];
  private readonly unknownTypes: boolean;

  constructor(
    input: SelectedInput,
    private readonly property: string,
  ) {
    for (const construct of input.constructs ?? []) {
      if (typeof construct?.node?.path !== 'string')
        throw refuse(
          'Backup-SelectionConstruct',
          property,
          `\`${property}\` must be constructs, got ${show(construct)}`,
          'for ARNs use `arns`',
        );
      const resolved = resolveResource(construct);
      if (resolved) {
        this.fixedArns.push(resolved.arn);
        this.fixedTypes.push(resolved.type);
      } else this.scopes.push(construct);
    }
    this.fixedArns.push(...(input.arns ?? []));
    const ofArns = (input.arns ?? []).map(typeOfArn);
    this.unknownTypes = ofArns.includes(undefined);
    this.fixedTypes.push(...ofArns.filter((type) => type !== undefined));
    for (const type of input.types ?? []) {
      this.fixedArns.push(...type.arnPatterns(Aws.PARTITION));
      this.fixedTypes.push(type);
    }
  }

  /** Whether anything was said at all. */
  public get isEmpty(): boolean {
    return this.fixedArns.length === 0 && this.scopes.length === 0;
  }

  /** Whether the ARNs can still change until synthesis. */
  public get isOpen(): boolean {
    return this.scopes.length > 0;
  }

  /** The ARNs as of now, each once. */
  public arns(): string[] {
    if (this.scopes.length === 0) return unique(this.fixedArns);
    return unique([
      ...this.fixedArns,
      ...this.scopes.flatMap((scope) => collectResources(scope).map(({ arn }) => arn)),
    ]);
  }

  /** The types of the resources; undefined where they can't be told now. */
  public types(): ResourceType[] | undefined {
    if (this.unknownTypes || this.isOpen) return undefined;
    return this.fixedTypes;
  }

  /** The types as far as they can be told at synthesis. */
  public typesAtSynthesis(): ResourceType[] {
    return [
      ...this.fixedTypes,
      ...this.scopes.flatMap((scope) => collectResources(scope).map(({ type }) => type)),
    ];
  }

  /** What is wrong when nothing can be added any more. */
  public lateProblems(): Problem[] {
    return this.scopes
      .filter((scope) => collectResources(scope).length === 0)
      .map((scope) => ({
        id: 'Backup-SelectionEmptyScope',
        severity: 'error' as const,
        property: this.property,
        message: `\`${this.property}\` has \`${scope.node.path}\`, which is no resource that AWS Backup protects, and has none below it`,
        fix: 'leave it out, or name the resource itself',
      }));
  }
}

function unique(arns: readonly string[]): string[] {
  return [...new Set(arns)];
}

/** The type that an ARN belongs to, by the ARN patterns of the catalog; undefined where that is open. */
function typeOfArn(arn: string): ResourceType | undefined {
  if (typeof arn !== 'string' || arn === '*') return undefined;
  const [, , service, , , ...rest] = arn.split(':');
  const resource = rest.join(':').replace(/\*$/, '');
  return ResourceType.all().find((type) =>
    type.arnPatterns('aws').some((pattern) => {
      const [, , patternService, , , ...patternRest] = pattern.split(':');
      return (
        patternService === service &&
        resource !== '' &&
        resource.startsWith(patternRest.join(':').replace(/\*$/, ''))
      );
    }),
  );
}
