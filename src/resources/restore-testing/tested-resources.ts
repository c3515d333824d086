import type { IConstruct } from 'constructs';
import { show } from '../../values/core/amounts';
import { type Problem, refuse } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import { metadataKinds } from '../../values/restore-testing/restore-metadata-facts';
import {
  missingMetadataProblems,
  restoreMetadataProblems,
} from '../../values/restore-testing/restore-metadata-laws';
import { collectResources, type ResolvedResource, resolveResource } from '../core/resource-arns';
import { RestoreMetadata } from './restore-metadata';

/**
 * The resources of one type that a selection tests by name. A scope is read anew at each call, since resources may be
 * added to it until synthesis.
 */
export class TestedResources {
  private readonly fixed: ResolvedResource[] = [];
  private readonly scopes: IConstruct[] = [];
  private readonly extra: ResourceType[];

  constructor(
    private readonly type: ResourceType,
    constructs: readonly IConstruct[],
    private readonly given: readonly string[],
  ) {
    this.extra = type.isInCatalog ? [] : [type];
    for (const construct of constructs) {
      if (typeof construct?.node?.path !== 'string')
        throw refuse(
          'Backup-RestoreTestingResource',
          'resources',
          `\`resources\` must be constructs, got ${show(construct)}`,
          'for ARNs use `arns`',
        );
      const resolved = resolveResource(construct, this.extra);
      // of a stack itself there are no restore tests, but of what is in it
      if (!resolved || resolved.type.name === ResourceType.CLOUDFORMATION.name) this.scopes.push(construct);
      else if (resolved.type.name === type.name) this.fixed.push(resolved);
      else
        throw refuse(
          'Backup-RestoreTestingResource',
          'resources',
          `\`resources\` must be ${type.name}, got \`${construct.node.path}\` (${resolved.type.name})`,
          'make a selection for each type',
        );
    }
  }

  /** Whether the ARNs can still change until synthesis. */
  public get isOpen(): boolean {
    return this.scopes.length > 0;
  }

  /** The ARNs as of now, each once. */
  public arns(): string[] {
    return [...new Set([...this.resources().map(({ arn }) => arn), ...this.given])];
  }

  /** What is wrong with the metadata for what is named now. */
  public metadataProblems(metadata: RestoreMetadata | undefined): Problem[] {
    const named = this.type.variantName === undefined ? this.resources().map(({ type }) => type) : [];
    const variants = [...new Set(named.map(({ variantName }) => variantName))];
    const told = new Set<string>();
    return (variants.length > 0 ? variants : [this.type.variantName])
      .flatMap((variant) => metadataOf(this.type.name, variant, metadata))
      .filter(({ message }) => !told.has(message) && told.add(message));
  }

  /** What is wrong when nothing can be added any more. */
  public lateProblems(): Problem[] {
    return this.scopes
      .filter((scope) => this.below(scope).length === 0)
      .map((scope) => ({
        id: 'Backup-RestoreTestingScope',
        severity: 'error' as const,
        property: 'resources',
        message: `\`resources\` has \`${scope.node.path}\`, which has no ${this.type.name} in it`,
        fix: 'leave it out, or name the resource itself',
      }));
  }

  private resources(): ResolvedResource[] {
    return [...this.fixed, ...this.scopes.flatMap((scope) => this.below(scope))];
  }

  private below(scope: IConstruct): ResolvedResource[] {
    return collectResources(scope, this.extra).filter(({ type }) => type.name === this.type.name);
  }
}

function metadataOf(
  type: string,
  variant: string | undefined,
  metadata: RestoreMetadata | undefined,
): Problem[] {
  if (metadata === undefined) return missingMetadataProblems(type, variant, 'metadata');
  const kinds = metadataKinds(type, variant);
  if (metadata._kind === undefined) return restoreMetadataProblems(kinds, metadata.overrides);
  if (metadata._type === type && kinds.includes(metadata._kind)) return [];
  const fitting = kinds.length > 0 ? kinds.join(' or ') : type;
  return [
    {
      id: 'Backup-RestoreMetadataType',
      severity: 'error',
      property: 'metadata',
      message: `\`metadata\` must be for ${fitting}, got that of ${metadata._type === type ? metadata._kind : metadata._type}`,
      fix: 'use the factory of `RestoreMetadata` for what is tested, and a selection for each kind',
    },
  ];
}

/** Whether a value is metadata of ours. */
export function isMetadata(value: unknown): boolean {
  return value instanceof RestoreMetadata;
}
