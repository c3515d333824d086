import { type CfnResource, type IResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ResourceType } from '../../values/resource-type/resource-type';
import { isListToken } from '../../values/selection/selection-arns';
import { otherPlaceOfArn } from '../../values/selection/selection-laws';
import {
  type CollectedResource,
  collectResources,
  type ResolvedResource,
  resolveResource,
} from '../core/resource-arns';
import { differentEnvironment } from '../vault/vault-facts';

/** One side of a selection: what it includes, or what it excludes. */
export interface SelectedInput {
  readonly constructs?: readonly IConstruct[];
  readonly arns?: readonly string[];
  readonly types?: readonly ResourceType[];
}

/** The types of what is selected, as far as they are known. */
export interface KnownTypes {
  readonly types: readonly ResourceType[];
  /** Whether these are all; tags and some ARNs can select any type. */
  readonly complete: boolean;
}

/** Something that no selection here can protect, since it lies in another account or Region. */
export interface Elsewhere {
  readonly construct: IConstruct;
  /** Such as `Region eu-west-1`. */
  readonly place: string;
}

/**
 * The ARNs that constructs, ARNs and types stand for together. A scope is read anew at each call, since resources
 * may be added to it until synthesis.
 */
export class SelectedResources {
  /** What was named by itself. */
  public readonly elsewhere: Elsewhere[] = [];

  private readonly fixedArns: string[] = [];
  private readonly fixedTypes: ResourceType[] = [];
  /** The L1s of what was named by itself; a resource may be named by its L2 and by its L1. */
  private readonly named = new Set<CfnResource>();
  private readonly scopes: IConstruct[] = [];
  /** What an ARN may be: none where it can't be told, several where types share a pattern. */
  private readonly arnTypes: readonly ResourceType[][];

  constructor(
    private readonly selection: IConstruct,
    { constructs = [], arns = [], types = [] }: SelectedInput,
  ) {
    for (const construct of constructs) {
      const resolved = resolveResource(construct);
      const place = resolved && this.otherPlace(construct, resolved.arn);
      if (place) this.elsewhere.push({ construct, place });
      else if (resolved) this.name(resolved);
      else this.scopes.push(construct);
    }
    const prefixes = arns.length > 0 ? arnPrefixes() : [];
    this.fixedArns.push(...arns);
    this.arnTypes = arns.map((arn) => typesOfArn(arn, prefixes));
    const { partition } = Stack.of(selection);
    for (const type of types) {
      this.fixedArns.push(...type.arnPatterns(partition));
      this.fixedTypes.push(type);
    }
  }

  /** Whether nothing was said at all. */
  public get isEmpty(): boolean {
    return this.fixedArns.length === 0 && !this.isOpen && this.elsewhere.length === 0;
  }

  /** Whether the ARNs can still change until synthesis. */
  public get isOpen(): boolean {
    return this.scopes.length > 0;
  }

  /** Whether a list that is known at deployment only stands beside other ARNs, with which it can't be joined. */
  public get mixesListToken(): boolean {
    return this.fixedArns.some(isListToken) && (this.fixedArns.length > 1 || this.isOpen);
  }

  /** The ARNs as of now, each once. */
  public arns(): string[] {
    if (!this.isOpen) return [...new Set(this.fixedArns)];
    return [...new Set([...this.fixedArns, ...this.collected().here.map(({ arn }) => arn)])];
  }

  /** All types that may be met, for the policies of the role; undefined where that can be any. */
  public typesForRole(): ResourceType[] | undefined {
    if (this.isEmpty || this.isOpen || this.arnTypes.some((types) => types.length === 0)) return undefined;
    return [...this.fixedTypes, ...this.arnTypes.flat()];
  }

  /** The types that are certain, as of now. */
  public knownTypes(): KnownTypes {
    const certain = this.arnTypes.filter((types) => types.length === 1).flat();
    const collected = this.isOpen ? this.collected().here.map(({ type }) => type) : [];
    return {
      types: [...this.fixedTypes, ...certain, ...collected],
      complete: !this.isEmpty && certain.length === this.arnTypes.length,
    };
  }

  /** The scopes in which there is nothing that AWS Backup protects. */
  public emptyScopes(): IConstruct[] {
    return this.scopes.filter((scope) => collectResources(scope).length === 0);
  }

  /** What the scopes hold, here and elsewhere. */
  public collected(): { here: CollectedResource[]; elsewhere: Elsewhere[] } {
    const here: CollectedResource[] = [];
    const elsewhere: Elsewhere[] = [];
    for (const found of this.scopes.flatMap((scope) => collectResources(scope))) {
      const place = this.otherPlace(found.resource, found.arn);
      if (place) elsewhere.push({ construct: found.construct, place });
      else if (!this.named.has(found.resource)) here.push(found);
    }
    return { here, elsewhere };
  }

  private name({ arn, type, resource }: ResolvedResource): void {
    if (resource && this.named.has(resource)) return;
    if (resource) this.named.add(resource);
    this.fixedArns.push(arn);
    this.fixedTypes.push(type);
  }

  /** What is imported tells its place in its ARN only, not always in its environment. */
  private otherPlace(construct: IConstruct, arn: string): string | undefined {
    const env = (construct as Partial<IResource>).env ?? Stack.of(construct);
    const differs =
      differentEnvironment(this.selection, { env }) ?? otherPlaceOfArn(arn, Stack.of(this.selection));
    return differs && `${differs.what} ${differs.there}`;
  }
}

/** How the ARNs of a type begin after the account, and in which service. */
interface ArnPrefix {
  readonly type: ResourceType;
  readonly service: string;
  readonly resource: string;
}

function arnPrefixes(): ArnPrefix[] {
  return ResourceType.all().flatMap((type) =>
    type.arnPatterns('aws').map((pattern) => ({ type, ...partsOfArn(pattern) })),
  );
}

/** The types that an ARN may belong to, by the ARN patterns of the catalog. */
export function typesOfArn(arn: string, prefixes: readonly ArnPrefix[] = arnPrefixes()): ResourceType[] {
  const { service, resource } = partsOfArn(arn);
  return prefixes
    .filter((prefix) => prefix.service === service && resource.startsWith(prefix.resource))
    .map(({ type }) => type);
}

function partsOfArn(arn: string): { service: string; resource: string } {
  const [, , service = '', , , ...rest] = arn.split(':');
  return { service, resource: rest.join(':').replace(/\*$/, '') };
}
