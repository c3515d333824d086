import { type CfnResource, Stage, TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { appMemory } from './app-memory';
import { type CollectedResource, collectResources, ownersOf } from './resource-arns';
import { environmentKey } from './siblings-in-environment';

/** A resource of the app that AWS Backup can protect, with its tags. */
export interface AppResource extends CollectedResource {
  readonly tags: Readonly<Record<string, string>>;
}

/** The resources of one stage of the app, as they are at synthesis. */
interface Snapshot {
  readonly byEnvironment: ReadonlyMap<string, readonly AppResource[]>;
  readonly askedBy: Set<IConstruct>;
}

const TOPIC = 'appResources';

/**
 * Finds the resources in the account and Region of a construct that AWS Backup can protect, with the tags that they are
 * deployed with. Only for validation at synthesis, when tags are final and nothing is added anymore.
 *
 * All constructs that ask during one synthesis share one walk of the tree. Each asks once per synthesis, so that asking
 * again means that another synthesis has begun.
 */
export function resourcesInEnvironment(asker: IConstruct): readonly AppResource[] {
  const snapshots = appMemory<Snapshot>(asker, TOPIC);
  const stage = Stage.of(asker) ?? asker.node.root;
  let snapshot = snapshots.get(stage.node.path);
  if (!snapshot || snapshot.askedBy.has(asker)) {
    snapshot = { byEnvironment: findByEnvironment(stage), askedBy: new Set() };
    snapshots.set(stage.node.path, snapshot);
  }
  snapshot.askedBy.add(asker);
  return snapshot.byEnvironment.get(environmentKey(asker)) ?? [];
}

/** Forgets the last walk: a construct that is new may ask before those that were there. */
export function forgetResources(construct: IConstruct): void {
  appMemory<Snapshot>(construct, TOPIC).clear();
}

/** The tags that a resource is deployed with, and what sets them; nothing does if CDK doesn't know its tags. */
export function tagsOf(resource: CfnResource): { manager?: TagManager; tags: Record<string, string> } {
  const manager = ownersOf(resource)
    .map((owner) => TagManager.of(owner))
    .find((found) => found !== undefined);
  return manager ? { manager, tags: manager.tagValues() } : { tags: literalTags(resource) };
}

/** The tags in the properties of a plain `CfnResource`. */
function literalTags(resource: CfnResource): Record<string, string> {
  const { Tags } = (resource as unknown as { _cfnProperties?: { Tags?: unknown } })._cfnProperties ?? {};
  if (!Array.isArray(Tags)) return {};
  return Object.fromEntries(
    Tags.filter((tag) => typeof tag?.Key === 'string').map(({ Key, Value }) => [Key, String(Value)]),
  );
}

function findByEnvironment(stage: IConstruct): Map<string, AppResource[]> {
  const found = new Map<string, AppResource[]>();
  for (const each of collectResources(stage)) {
    const key = environmentKey(each.resource);
    const others = found.get(key) ?? [];
    others.push({ ...each, tags: tagsOf(each.resource).tags });
    found.set(key, others);
  }
  return found;
}
