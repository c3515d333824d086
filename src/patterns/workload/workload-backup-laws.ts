import { type IResource, Stack, Stage } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { type AppResource, tagsOf } from '../../resources/core/app-resources';
import { kindProblems } from '../../resources/core/argument-checks';
import { findNameConflict } from '../../resources/core/explicit-names';
import {
  type CollectedResource,
  collectResources,
  resolveResource,
} from '../../resources/core/resource-arns';
import { isCertainlyShared } from '../../resources/core/siblings-in-environment';
import type { BackupTag } from '../../resources/selection/backup-tag';
import { differentEnvironment, uncertainEnvironment } from '../../resources/vault/vault-facts';
import { isKnown, show } from '../../values/core/amounts';
import { firstNames } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupTier } from '../core/backup-tier';
import type { WorkloadBackupProps } from './workload-backup-props';

const PROTECT = 'protect';

/** What is wrong with the props of a workload backup. Its parts check their own props. */
export function workloadBackupProblems(props: WorkloadBackupProps): Problem[] {
  const problems: Problem[] = unknownPropertyProblems(props, 'WorkloadBackupProps');
  if (!(props?.tier instanceof BackupTier))
    problems.push(
      problem({
        id: 'Backup-Tier',
        property: 'tier',
        message: (label) => `${label('tier')} must be a \`BackupTier\`, got ${show(props?.tier)}`,
        fix: 'use `BackupTier.GOLD`, or `BackupTier.of(name, rules)` for your own rules',
      }),
    );
  if (props?.vault && props.vaultOptions)
    problems.push(
      problem({
        id: 'Backup-VaultOptions',
        property: 'vaultOptions',
        message: (label) => `${label('vaultOptions')} can't change the existing \`vault\`, got both`,
        fix: 'omit one of them',
      }),
    );
  return [
    ...problems,
    ...kindProblems(
      props?.tagValue,
      (value) => !isKnown(value) || (typeof value === 'string' && value !== ''),
      {
        id: 'Backup-WorkloadTagValue',
        property: 'tagValue',
        what: 'a string of at least 1 character',
      },
    ),
  ];
}

/** Two workloads with one tag would back up each other's resources. */
export function sharedTagProblems(workload: Construct, { key, value }: BackupTag): Problem[] {
  return findNameConflict(workload, 'workloadTags', `${key}\n${value}`, (other) =>
    problem({
      id: isCertainlyShared(workload, other) ? 'Backup-WorkloadTagValue' : 'Backup-PossibleWorkloadTagValue',
      property: 'tagValue',
      message: (label) =>
        `${label('tagValue')} must be unique in the account and Region, got ${show(value)}, the value of \`${other.node.path}\`: each would back up the resources of both`,
      fix: 'set another value',
    }),
  );
}

/** What is wrong with a construct that is protected, as far as it is known: resources can be added to a scope later. */
export function protectProblems(workload: Construct, construct: IConstruct): Problem[] {
  if (!Construct.isConstruct(construct))
    return [
      problem({
        id: 'Backup-ProtectConstruct',
        property: PROTECT,
        message: (label) => `${label(PROTECT)} must receive constructs, got ${show(construct)}`,
        fix: 'select ARNs with `plan.addSelection()`',
      }),
    ];
  const resolved = Stack.isStack(construct) ? undefined : resolveResource(construct);
  if (!resolved) return [];
  const env = (construct as Partial<IResource>).env ?? Stack.of(construct);
  const elsewhere = differentEnvironment(workload, { env });
  if (elsewhere) return [elsewhereProblem(workload, [construct], `${elsewhere.what} ${elsewhere.there}`)];
  if (resolved.resource) return [];
  return [
    problem({
      id: 'Backup-NothingToProtect',
      property: PROTECT,
      message: (label) =>
        `${label(PROTECT)} got \`${construct.node.path}\`, which is imported, so its tags can't be set here`,
      fix: 'tag it where it is created, or select it with `plan.addSelection()`',
    }),
  ];
}

/** What is known at synthesis of the constructs that a workload protects. */
export function protectedScopeProblems(
  workload: Construct,
  tag: BackupTag,
  scopes: readonly IConstruct[],
  ownerOf: (tagValue: string) => IConstruct | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const found = new Map<IConstruct, CollectedResource>();
  for (const scope of scopes) {
    const resources = collectResources(scope);
    if (resources.length === 0) problems.push(emptyScopeProblem(scope));
    for (const each of resources) found.set(each.resource, each);
  }
  const places = new Places();
  for (const each of found.values()) {
    const elsewhere = differentEnvironment(workload, { env: Stack.of(each.resource) });
    if (elsewhere) places.add('elsewhere', `${elsewhere.what} ${elsewhere.there}`, each);
    else if (uncertainEnvironment(workload, each.resource)) places.add('unknown', '', each);
    if (!elsewhere) {
      const stage = unreachablePlace(workload, each, tag);
      if (stage) places.add('stage', stage, each);
      else problems.push(...tagProblems(tag, each, ownerOf));
    }
  }
  return [
    ...problems,
    ...places.of('elsewhere').map(([place, constructs]) => elsewhereProblem(workload, constructs, place)),
    ...places.of('unknown').map(([, constructs]) => unknownPlaceProblem(workload, constructs)),
    ...places.of('stage').map(([place, constructs]) => stageProblem(place, constructs)),
  ];
}

/** A workload that protects nothing costs a key, and looks like protection. */
export function unusedProblems(tag: BackupTag, tagged: readonly AppResource[]): Problem[] {
  if (tagged.length > 0) return [];
  return [
    problem({
      id: 'Backup-WorkloadProtectsNothing',
      property: PROTECT,
      message: (label) =>
        `${label(PROTECT)} was called with nothing, and no resource of the app in this account and Region has the tag \`${tag.key}\` = \`${tag.value}\`: nothing is backed up`,
      fix: 'pass the resources to `protect()`, or set the tag with `workload.tag`',
    }),
  ];
}

/** Resources by what is wrong with them, and by place. */
class Places {
  private readonly groups = new Map<string, Map<string, IConstruct[]>>();

  public add(kind: string, place: string, { construct }: CollectedResource): void {
    const group = this.groups.get(kind) ?? new Map<string, IConstruct[]>();
    this.groups.set(kind, group);
    group.set(place, [...(group.get(place) ?? []), construct]);
  }

  public of(kind: string): [place: string, constructs: IConstruct[]][] {
    return [...(this.groups.get(kind) ?? [])];
  }
}

function pathsOf(constructs: readonly IConstruct[]): string {
  return firstNames(constructs.map(({ node }) => node.path));
}

function emptyScopeProblem(scope: IConstruct): Problem {
  return problem({
    id: 'Backup-NothingToProtect',
    property: PROTECT,
    message: (label) =>
      `${label(PROTECT)} got ${show(scope.node.path || 'the app')}, which is not a resource that AWS Backup can protect and has none below it`,
    fix: 'omit it',
  });
}

function elsewhereProblem(workload: IConstruct, constructs: readonly IConstruct[], place: string): Problem {
  return problem({
    id: 'Backup-ProtectEnvironment',
    property: PROTECT,
    message: (label) =>
      `${label(PROTECT)} has ${pathsOf(constructs)} in ${place}, but \`${workload.node.path}\` protects only resources in its own account and Region`,
    fix: 'create a `WorkloadBackup` there',
  });
}

function unknownPlaceProblem(workload: IConstruct, constructs: readonly IConstruct[]): Problem {
  return problem({
    id: 'Backup-ProtectUnknownEnvironment',
    property: PROTECT,
    message: (label) =>
      `${label(PROTECT)} has ${pathsOf(constructs)}, which may be in another account or Region than \`${workload.node.path}\`: only one of the stacks has an environment`,
    fix: 'set `env` on both stacks',
  });
}

function stageProblem(place: string, constructs: readonly IConstruct[]): Problem {
  return problem({
    id: 'Backup-ProtectStage',
    property: PROTECT,
    message: (label) =>
      `${label(PROTECT)} can't reach ${pathsOf(constructs)} ${place}, because CDK synthesizes each stage by itself, without the tags of others`,
    fix: 'create a `WorkloadBackup` in the stage of the resources',
  });
}

/** The place of a resource in another stage, if the tag doesn't get there. */
function unreachablePlace(
  workload: Construct,
  { resource }: CollectedResource,
  { key, value }: BackupTag,
): string | undefined {
  const [here, there] = [Stage.of(workload), Stage.of(resource)];
  if (here === there || !here || !there) return undefined;
  if (resource.node.scopes.includes(here))
    return tagsOf(resource).tags[key] === value ? undefined : `in the stage \`${there.node.path}\``;
  return there.node.path
    ? `in the stage \`${there.node.path}\``
    : `outside of the stage \`${here.node.path}\``;
}

/** A resource has one value of a tag. Whoever set it last decides which workload backs the resource up. */
function tagProblems(
  { key, value }: BackupTag,
  { construct, resource }: CollectedResource,
  ownerOf: (tagValue: string) => IConstruct | undefined,
): Problem[] {
  const { manager, tags } = tagsOf(resource);
  const actual = tags[key];
  if (actual === value) return [];
  const base = { id: 'Backup-ProtectTag', property: PROTECT } as const;
  const path = construct.node.path;
  if (!manager)
    return [
      problem({
        ...base,
        message: (label) =>
          `${label(PROTECT)} can't tag \`${path}\`, because CDK doesn't know the tags of this construct (${resource.cfnResourceType})`,
        fix: `set the tag \`${key}\` = \`${value}\` in its properties, or select it with \`plan.addSelection()\``,
      }),
    ];
  const owner = actual === undefined ? undefined : ownerOf(actual);
  if (owner) return [twiceProblem(construct, owner, key)];
  return [
    problem({
      ...base,
      message: (label) =>
        actual === undefined
          ? `${label(PROTECT)} has \`${path}\`, whose tag \`${key}\` something else removes`
          : `${label(PROTECT)} has \`${path}\`, whose tag \`${key}\` something else sets to ${show(actual)}`,
      fix: 'leave this tag to the `WorkloadBackup`, or set another `tagKey`',
    }),
  ];
}

/** A resource that two workloads protect. */
export function twiceProblem(construct: IConstruct, other: IConstruct, key: string): Problem {
  return problem({
    id: 'Backup-ProtectTag',
    property: PROTECT,
    message: (label) =>
      `${label(PROTECT)} has \`${construct.node.path}\`, which \`${other.node.path}\` protects too, but a resource has only one value of the tag \`${key}\``,
    fix: 'protect it with one of them',
  });
}
