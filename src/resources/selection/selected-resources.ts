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

/** One side of a selection: its inclusions or its exclusions. */
interface SelectedInput {
  readonly constructs?: readonly IConstruct[];
  readonly arns?: readonly string[];
  readonly types?: readonly ResourceType[];
}

/** The selected types, as far as they are known. */
export interface KnownTypes {
  readonly types: readonly ResourceType[];
  /** Whether these are all types; tags and some ARNs can select any type. */
  readonly complete: boolean;
}

/** A resource that the selection can't protect, since it is in another account or Region. */
export interface Elsewhere {
  readonly construct: IConstruct;
  /** Such as `Region eu-west-1`. */
  readonly place: string;
}

/**
 * The ARNs of all constructs, ARN patterns and types of one side. Scopes are read again at each call, since resources can
 * be added to them until synthesis.
 */
export class SelectedResources {
  /** The directly selected resources that are in another account or Region. */
  public readonly elsewhere: Elsewhere[] = [];

  private readonly fixedArns: string[] = [];
  private readonly fixedTypes: ResourceType[] = [];
  /** The L1s of directly selected resources, since both the L2 and the L1 of a resource can be passed. */
  private readonly named = new Set<CfnResource>();
  private readonly scopes: IConstruct[] = [];
  /** The possible types of each ARN: none if unknown, several if types share a pattern. */
  private readonly arnTypes: readonly ResourceType[][];

  constructor(
    private readonly selection: IConstruct,
    { constructs = [], arns = [], types = [] }: SelectedInput,
  ) {
    for (const construct of constructs) {
      const resolved = resolveResource(construct);
      const place = resolved && this.otherPlace(construct, resolved.arn);
      if (place) this.elsewhere.push({ construct, place });
      else if (resolved) this.addResource(resolved);
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

  /** Whether this side is empty. */
  public get isEmpty(): boolean {
    return this.fixedArns.length === 0 && !this.isOpen && this.elsewhere.length === 0;
  }

  /** Whether the ARNs can still change until synthesis. */
  public get isOpen(): boolean {
    return this.scopes.length > 0;
  }

  /** Whether a list that is known only at deployment is mixed with other ARNs, which is impossible to render. */
  public get mixesListToken(): boolean {
    return this.fixedArns.some(isListToken) && (this.fixedArns.length > 1 || this.isOpen);
  }

  /** The current ARNs, without duplicates. */
  public arns(): string[] {
    if (!this.isOpen) return [...new Set(this.fixedArns)];
    return [...new Set([...this.fixedArns, ...this.collected().here.map(({ arn }) => arn)])];
  }

  /** All types that the role must be able to back up; undefined if that can be any type. */
  public typesForRole(): ResourceType[] | undefined {
    if (this.isEmpty || this.isOpen || this.arnTypes.some((types) => types.length === 0)) return undefined;
    return [...this.fixedTypes, ...this.arnTypes.flat()];
  }

  /** The types that are certain so far. */
  public knownTypes(): KnownTypes {
    const certain = this.arnTypes.filter((types) => types.length === 1).flat();
    const collected = this.isOpen ? this.collected().here.map(({ type }) => type) : [];
    return {
      types: [...this.fixedTypes, ...certain, ...collected],
      complete: !this.isEmpty && certain.length === this.arnTypes.length,
    };
  }

  /** The resources of the app that are selected by name or as part of a scope. */
  public resources(): CfnResource[] {
    return [...this.named, ...this.collected().here.map(({ resource }) => resource)];
  }

  /** The scopes without any resource that AWS Backup can protect. */
  public emptyScopes(): IConstruct[] {
    return this.scopes.filter((scope) => collectResources(scope).length === 0);
  }

  /** The resources in the scopes, in this account and Region and elsewhere. */
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

  private addResource({ arn, type, resource }: ResolvedResource): void {
    if (resource && this.named.has(resource)) return;
    if (resource) this.named.add(resource);
    this.fixedArns.push(arn);
    this.fixedTypes.push(type);
  }

  /** The account or Region of a resource elsewhere; the environment of an imported resource may not match its ARN. */
  private otherPlace(construct: IConstruct, arn: string): string | undefined {
    const env = (construct as Partial<IResource>).env ?? Stack.of(construct);
    const differs =
      differentEnvironment(this.selection, { env }) ?? otherPlaceOfArn(arn, Stack.of(this.selection));
    return differs && `${differs.what} ${differs.there}`;
  }
}

/** The service of the ARNs of a type, and the beginning of their resource part. */
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

/** The possible types of an ARN, by the ARN patterns of the catalog. */
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
