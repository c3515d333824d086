import type { CfnResource, Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isKnown, readMinutes, show, wholeNumberProblems } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import {
  flagProblems,
  kindProblems,
  propsProblems,
  requiredKindProblems,
  textProblems,
} from '../core/argument-checks';
import { type Lifecycle, readLifecycle } from '../core/lifecycle';
import { ownersOf, resolveResource } from '../core/resource-arns';
import { roleElsewhereProblems } from '../role/role-trust';
import { isRole, roleProblems } from '../role/selection-role';
import { differentEnvironment, lockOf, vaultLabel } from '../vault/vault-facts';
import { isAirGappedVault, isVault } from '../vault/vault-reference';
import { beforeProblems, referredResource } from './backup-before';

/** What a backup that fails does to the deployment that it is part of. */
export enum OnDemandFailure {
  /** The deployment fails, and is rolled back. */
  FAIL_DEPLOYMENT = 'FAIL_DEPLOYMENT',

  /** The deployment goes on; the log of the function and the attribute `message` say why there is no backup. */
  WARN = 'WARN',
}

/** What the laws look at: the properties of an `OnDemandBackup`, as callers without types may give them. */
export interface OnDemandInput {
  readonly vault?: unknown;
  readonly resource?: IConstruct;
  readonly resourceArn?: string;
  readonly retention?: Retention;
  readonly coldStorageAfter?: Duration;
  readonly archive?: boolean;
  readonly airGappedVault?: unknown;
  readonly windowsVss?: boolean;
  readonly role?: unknown;
  readonly timeout?: Duration;
  readonly onFailure?: unknown;
  readonly trigger?: string;
  readonly before?: unknown;
}

const ID = 'Backup-OnDemandBackup';
const LONGEST_TRIGGER = 256;
const TIMEOUT = { min: 1, max: 40, unit: 'minutes' };
const FAILURES: readonly unknown[] = Object.values(OnDemandFailure);

/** The laws of a backup in a deployment, and what they read. */
export function onDemandLaws(construct: IConstruct, props: OnDemandInput) {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return { arn: '', problems: wrong };
  const { arn, type, problems: named } = namedResource(props);
  const { lifecycle, problems: lived } = readLifecycle({
    retention: props.retention as Retention,
    coldStorageAfter: props.coldStorageAfter,
    archive: props.archive,
  });
  const timeout = props.timeout === undefined ? undefined : readMinutes('timeout', props.timeout);
  const minutes = timeout?.amount;
  const referred = referredResource(construct, props.resourceArn);
  const problems = [
    ...vaultProblems(construct, props),
    ...unknownPropertyProblems(props, 'OnDemandBackupProps'),
    ...named,
    ...lived,
    ...(lived.some(({ severity }) => severity === 'error') ? [] : lockProblems(props.vault, lifecycle)),
    ...flagProblems(ID, 'windowsVss', props.windowsVss),
    ...roleProblems(props.role as never),
    ...(isRole(props.role) ? roleElsewhereProblems(construct, props.role) : []),
    ...(timeout?.problems ?? []),
    ...(minutes === undefined ? [] : wholeNumberProblems(ID, 'timeout', minutes, TIMEOUT)),
    ...kindProblems(props.onFailure, (given) => FAILURES.includes(given), {
      id: ID,
      property: 'onFailure',
      what: '`OnDemandFailure.FAIL_DEPLOYMENT` or `OnDemandFailure.WARN`',
    }),
    ...textProblems(ID, 'trigger', props.trigger, LONGEST_TRIGGER),
    ...beforeProblems(construct, props.before, {
      resource: props.resource,
      resourceArn: referred,
      vault: props.vault,
      airGappedVault: props.airGappedVault,
      role: props.role,
    }),
    ...orderProblems(props, referred),
  ];
  return { arn, type, lifecycle, timeoutMinutes: minutes, problems };
}

/** A backup whose place in the deployment is probably not the intended one. */
function orderProblems(
  { resource, before, trigger }: OnDemandInput,
  referred: CfnResource | undefined,
): Problem[] {
  const named = resource ?? referred; // a reference may also be to a lookup, which changes nothing
  const created = named && resolveResource(named)?.resource;
  const changed = created && ownersOf(created)[0];
  const waits = Array.isArray(before) && before.length > 0;
  if (changed && trigger !== undefined && !waits) {
    const property = resource ? 'resource' : 'resourceArn';
    return [
      problem({
        id: 'Backup-OnDemandAfterChange',
        property,
        message: (label) =>
          `${label(property)} ${resource ? 'is created by this app' : 'refers to a resource that this app creates'}, so each backup runs after the change to \`${changed.node.path}\`, not before it`,
        fix: resource
          ? 'name it by `resourceArn`, and list what changes in `before`'
          : 'write the ARN with the name of the resource, and list what changes in `before`',
      }),
    ];
  }
  if (trigger !== undefined || waits) return [];
  return [
    problem({
      id: 'Backup-OnDemandOnce',
      property: 'trigger',
      message: (label) =>
        `${label('trigger')} and ${label('before')} are not set, so there is one backup, when the construct is first deployed`,
      fix: 'set one of them for a backup in later deployments',
    }),
  ];
}

function vaultProblems(construct: IConstruct, { vault, airGappedVault }: OnDemandInput): Problem[] {
  const wrong = [
    ...requiredKindProblems(vault, (given) => isVault(given), {
      id: ID,
      property: 'vault',
      what: 'a backup vault',
      fix: 'refer to an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...kindProblems(airGappedVault, (given) => isAirGappedVault(given), {
      id: ID,
      property: 'airGappedVault',
      what: 'a logically air-gapped vault',
    }),
  ];
  if (wrong.length > 0) return wrong;
  return Object.entries({ vault, airGappedVault }).flatMap(([property, given]) => {
    const elsewhere = isVault(given) && differentEnvironment(construct, given);
    if (!elsewhere) return [];
    return [
      problem({
        id: ID,
        property,
        message: (label) =>
          `${label(property)} must be in the ${elsewhere.what} of the stack (${elsewhere.here}), got ${elsewhere.there}`,
        fix: 'back up into a vault beside the resource, and copy with a plan',
      }),
    ];
  });
}

function lockProblems(vault: unknown, { retention }: Lifecycle): Problem[] {
  const lock = isVault(vault) ? lockOf(vault) : undefined;
  return lock && isVault(vault)
    ? lockRangeProblems(retention.inDays, lock, 'retention', vaultLabel(vault))
    : [];
}

function namedResource({ resource, resourceArn }: OnDemandInput): {
  arn: string;
  type?: ResourceType;
  problems: Problem[];
} {
  const refused = (property: string, message: string, fix?: string) => ({
    arn: '',
    problems: [problem({ id: ID, property, message, fix })],
  });
  if ((resource === undefined) === (resourceArn === undefined))
    return refused(
      'resource',
      `one of \`resource\` and \`resourceArn\` must say what is backed up, got ${resource === undefined ? 'neither' : 'both'}`,
    );
  if (resource !== undefined) {
    const found = resolveResource(resource);
    if (found && (!isKnown(found.arn) || !found.arn.endsWith('*'))) return { ...found, problems: [] };
    return refused(
      'resource',
      `\`resource\` must be a resource that AWS Backup protects, got ${show(resource?.node?.path ?? resource)}`,
      'name the resource itself, or its ARN in `resourceArn`',
    );
  }
  if (!isKnown(resourceArn)) return { arn: resourceArn as string, problems: [] };
  if (typeof resourceArn === 'string' && /^arn:[a-z-]+:[a-z0-9-]+:[^:\s*]*:\d*:[^\s*]+$/.test(resourceArn))
    return { arn: resourceArn, problems: [] };
  return refused(
    'resourceArn',
    `\`resourceArn\` must be the ARN of one resource, such as \`arn:aws:s3:::orders\`, got ${show(resourceArn)}`,
  );
}
