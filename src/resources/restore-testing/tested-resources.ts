import type { IConstruct } from 'constructs';
import { show } from '../../values/core/amounts';
import { type Problem, problem, refuse } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import { metadataKinds } from '../../values/restore-testing/restore-metadata-facts';
import {
  missingMetadataProblems,
  restoreMetadataProblems,
} from '../../values/restore-testing/restore-metadata-laws';
import { collectResources, type ResolvedResource, resolveResource } from '../core/resource-arns';
import { RestoreMetadata } from './restore-metadata';

/**
 * The resources of one type that a selection tests individually. Scopes are read again at each call, since resources can
 * be added to them until synthesis.
 */
export class TestedResources {
  private readonly fixed: ResolvedResource[] = [];
  private readonly scopes: IConstruct[] = [];
  private readonly extra: ResourceType[];

  constructor(
    private readonly type: ResourceType,
    constructs: readonly IConstruct[],
    private readonly literalArns: readonly string[],
  ) {
    this.extra = type.isInCatalog ? [] : [type];
    for (const construct of constructs) {
      if (typeof construct?.node?.path !== 'string')
        throw refuse(
          'Backup-RestoreTestingResource',
          'resources',
          `\`resources\` must contain only constructs, got ${show(construct)}`,
          'use `arns` for ARNs',
        );
      const resolved = resolveResource(construct, this.extra);
      // a stack can't be tested itself, but the resources in it can
      if (!resolved || resolved.type.name === ResourceType.CLOUDFORMATION.name) this.scopes.push(construct);
      else if (resolved.type.name === type.name) this.fixed.push(resolved);
      else
        throw refuse(
          'Backup-RestoreTestingResource',
          'resources',
          `\`resources\` must contain only ${type.name} resources, got \`${construct.node.path}\` (${resolved.type.name})`,
          'create a selection for each type',
        );
    }
  }

  /** Whether the ARNs can still change until synthesis. */
  public get isOpen(): boolean {
    return this.scopes.length > 0;
  }

  /** The current ARNs, without duplicates. */
  public arns(): string[] {
    return [...new Set([...this.resources().map(({ arn }) => arn), ...this.literalArns])];
  }

  /** The problems of the metadata for the current resources. */
  public metadataProblems(metadata: RestoreMetadata | undefined): Problem[] {
    const named = this.type.variantName === undefined ? this.resources().map(({ type }) => type) : [];
    const variants = [...new Set(named.map(({ variantName }) => variantName))];
    const seen = new Set<string>();
    return (variants.length > 0 ? variants : [this.type.variantName])
      .flatMap((variant) => metadataProblemsFor(this.type.name, variant, metadata))
      .filter(({ message }) => !seen.has(message) && seen.add(message));
  }

  /** The problems at synthesis, when no more resources can be added. */
  public synthesisProblems(): Problem[] {
    return this.scopes
      .filter((scope) => this.below(scope).length === 0)
      .map((scope) =>
        problem({
          id: 'Backup-RestoreTestingScope',
          property: 'resources',
          message: (label) =>
            `${label('resources')} contains \`${scope.node.path}\`, which contains no ${this.type.name} resource`,
          fix: 'remove it, or pass the resource itself',
        }),
      );
  }

  private resources(): ResolvedResource[] {
    return [...this.fixed, ...this.scopes.flatMap((scope) => this.below(scope))];
  }

  private below(scope: IConstruct): ResolvedResource[] {
    return collectResources(scope, this.extra).filter(({ type }) => type.name === this.type.name);
  }
}

function metadataProblemsFor(
  type: string,
  variant: string | undefined,
  metadata: RestoreMetadata | undefined,
): Problem[] {
  if (metadata === undefined) return missingMetadataProblems(type, variant, 'metadata');
  const kinds = metadataKinds(type, variant);
  if (metadata._kind === undefined) return restoreMetadataProblems(kinds, metadata.overrides);
  if (metadata._type === type && kinds.includes(metadata._kind)) return [];
  const allowed = kinds.length > 0 ? kinds.join(' or ') : type;
  return [
    problem({
      id: 'Backup-RestoreMetadataType',
      property: 'metadata',
      message: (label) =>
        `${label('metadata')} must be for ${allowed}, got metadata for ${metadata._type === type ? metadata._kind : metadata._type}`,
      fix: 'use the factory of `RestoreMetadata` for the tested type, and a selection for each kind',
    }),
  ];
}

/** Whether a value is restore metadata. */
export function isMetadata(value: unknown): boolean {
  return value instanceof RestoreMetadata;
}
