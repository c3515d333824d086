import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { resolveResource } from '../../resources/core/resource-arns';
import { RestoreMetadata } from '../../resources/restore-testing/restore-metadata';
import { isVault } from '../../resources/vault/vault-reference';
import { isKnown, readHours, readMinutes, show, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems, unknownPropertyProblemsAt } from '../../values/core/unknown-properties';
import { RESTORE_WAYS } from '../../values/restore-testing/restore-ways';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { RestoreCheck } from '../validation/restore-check';
import type {
  RestoreRunbookProps,
  RunbookCopySourceOptions,
  RunbookResource,
  RunbookSharedVaultOptions,
} from './restore-runbook-props';

const ID = 'Backup-RestoreRunbook';

/** The problems of the properties of a runbook. */
export function runbookProblems(props: RestoreRunbookProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const unknown = unknownPropertyProblems(props, 'RestoreRunbookProps');
  const filled = (value: unknown) => Array.isArray(value) && value.length > 0;
  const problems = [
    ...requiredKindProblems(props?.resources, filled, {
      id: ID,
      property: 'resources',
      what: 'a list of at least one resource',
    }),
    ...requiredKindProblems(
      props?.vaults,
      (vaults: unknown) =>
        filled(vaults) ||
        (Array.isArray(vaults) && (filled(props.sharedVaults) || filled(props.copySources))),
      {
        id: ID,
        property: 'vaults',
        what: 'a list of at least one vault, unless `sharedVaults` or `copySources` has one',
      },
    ),
  ];
  if (problems.length > 0) return [...unknown, ...problems];
  return [
    ...unknown,
    ...props.resources.flatMap((each, index) => resourceProblems(each, index, props.resources)),
    ...listProblems(props.vaults, isVault, { id: ID, property: 'vaults', what: 'a backup vault' }),
    ...placeProblems(props),
    ...listProblems(props.checks, (check: unknown) => check instanceof RestoreCheck, {
      id: ID,
      property: 'checks',
      what: 'a `RestoreCheck`',
    }),
    ...mountProblems(props.checks),
    ...(Array.isArray(props.checks) ? props.checks : []).flatMap((check, index) =>
      check instanceof RestoreCheck && check._needsConnection
        ? [
            problem({
              id: ID,
              property: `checks[${index}]`,
              message: (label) =>
                `${label(`checks[${index}]`)} queries ${check.resourceType.name} over a connection, but the functions of a runbook are outside of VPCs`,
              fix: 'use a `validator` instead of `queries`',
            }),
          ]
        : [],
    ),
    ...kindProblems(props.drillSchedule, (value: unknown) => value instanceof BackupSchedule, {
      id: ID,
      property: 'drillSchedule',
      what: 'a `BackupSchedule`',
    }),
    ...flagProblems(ID, 'automationDocument', props.automationDocument),
    ...(props.maxParallel === undefined
      ? []
      : wholeNumberProblems(ID, 'maxParallel', props.maxParallel, { min: 1, max: 40, unit: 'restores' })),
    ...(props.drillSchedule?.timeZone === undefined
      ? []
      : [
          problem({
            id: ID,
            property: 'drillSchedule',
            message: (label) =>
              `${label('drillSchedule')} must be in UTC, the only time zone of EventBridge rules, got ${props.drillSchedule?.timeZone?.timezoneName}`,
            fix: 'remove `timeZone`',
          }),
        ]),
    ...(props.timeout ? readHours('timeout', props.timeout).problems : []),
    ...(props.approvalTimeout ? readMinutes('approvalTimeout', props.approvalTimeout).problems : []),
    ...(props.approvalTimeout && !props.approvalTopic
      ? [
          problem({
            id: ID,
            property: 'approvalTimeout',
            message: (label) => `${label('approvalTimeout')} is for \`approvalTopic\`, which is not set`,
            fix: 'set `approvalTopic`, or remove it',
          }),
        ]
      : []),
  ];
}

/** What is wrong with the vaults elsewhere. */
function placeProblems({ sharedVaults, copySources }: RestoreRunbookProps): Problem[] {
  const of = (property: string, message: string, fix?: string) =>
    problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
  const lists = [
    ...listProblems(sharedVaults, isObject, { id: ID, property: 'sharedVaults', what: 'a shared vault' }),
    ...listProblems(copySources, isObject, { id: ID, property: 'copySources', what: 'a vault to copy from' }),
  ];
  if (lists.length > 0) return lists;
  const matches = (value: unknown, pattern: RegExp) =>
    typeof value === 'string' && (!isKnown(value) || pattern.test(value));
  const text = (property: string, value: unknown, pattern: RegExp, what: string) =>
    matches(value, pattern) ? [] : [of(property, `must be ${what}, got ${show(value)}`)];
  const vault = (at: string, { backupVaultName, account }: RunbookSharedVaultOptions) => [
    ...text(`${at}.backupVaultName`, backupVaultName, /^[\w-]{2,50}$/, 'the name of a vault'),
    ...text(`${at}.account`, account, /^\d{12}$/, 'an account ID of 12 digits'),
  ];
  const sources = copySources ?? [];
  const label = ({ backupVaultName, account, region }: RunbookCopySourceOptions) =>
    `${backupVaultName} ${account} ${region}`;
  return [
    ...(sharedVaults ?? []).flatMap((each, index) => [
      ...unknownPropertyProblems(each, 'RunbookSharedVaultOptions'),
      ...vault(`sharedVaults[${index}]`, each),
    ]),
    ...sources.flatMap((each, index) => {
      const at = `copySources[${index}]`;
      return [
        ...unknownPropertyProblems(each, 'RunbookCopySourceOptions'),
        ...vault(at, each),
        ...(each.region === undefined
          ? []
          : text(`${at}.region`, each.region, /^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region')),
        ...text(
          `${at}.accessName`,
          each.accessName,
          /^[\w-]{1,64}$/,
          'the `restoreAccessName` of a `CopyOnDemand`: 1 to 64 letters, digits, hyphens and underscores',
        ),
        ...(sources.findIndex((other) => label(other) === label(each)) < index
          ? [of(at, `is the vault ${show(each.backupVaultName)} again`, 'remove it')]
          : []),
      ];
    }),
  ];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resourceProblems(each: RunbookResource, index: number, all: readonly RunbookResource[]): Problem[] {
  const property = `resources[${index}]`;
  const of = (message: string, fix: string) =>
    problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
  const unknown = unknownPropertyProblemsAt(property, each, 'RunbookResource');
  const resolved = each?.resource && resolveResource(each.resource);
  if (!resolved)
    return [
      ...unknown,
      of('must have a `resource` that AWS Backup can protect', 'pass the construct of the resource'),
    ];
  const { type, arn } = resolved;
  const way = RESTORE_WAYS[type.name];
  const found: Problem[] = [...unknown];
  if (!way || way.byHand !== undefined)
    found.push(
      of(
        `must be of a type that a runbook restores, got ${type}${way?.byHand ? `: ${way.byHand}` : ''}`,
        'restore it by hand; `cdk-backup runbook` prints how',
      ),
    );
  if (all.findIndex((other) => resolveResource(other?.resource)?.arn === arn) < index)
    found.push(of(`is \`${each.resource.node.path}\` again`, 'remove it'));
  if (each.order !== undefined)
    found.push(...wholeNumberProblems(ID, `${property}.order`, each.order, { min: 1, max: 100, unit: '' }));
  if (each.metadata !== undefined)
    found.push(...metadataProblems(each.metadata, type.name, `${property}.metadata`));
  return found;
}

function metadataProblems(metadata: unknown, type: string, property: string): Problem[] {
  const of = (message: string, fix: string) => [
    problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix }),
  ];
  if (!(metadata instanceof RestoreMetadata))
    return of(
      `must be a \`RestoreMetadata\`, got ${show(metadata)}`,
      'use the factory of `RestoreMetadata` for the type',
    );
  const { _type: own } = metadata;
  return own === undefined || own === type
    ? []
    : of(
        `must be for ${type}, got metadata for ${own}`,
        `use \`RestoreMetadata.${FACTORIES[type] ?? 'of'}()\``,
      );
}

/** The factories of metadata by type, where there is one. */
const FACTORIES: Readonly<Record<string, string>> = {
  Aurora: 'aurora',
  DocumentDB: 'documentDb',
  DynamoDB: 'dynamoDb',
  EBS: 'ebs',
  EC2: 'ec2',
  EFS: 'efs',
  FSx: 'fsxLustre',
  Neptune: 'neptune',
  RDS: 'rdsInstance',
  S3: 's3',
};

/** A runbook hands over what it restored, so nothing could tell its mount targets from yours, or delete them. */
function mountProblems(checks: unknown): Problem[] {
  const list: unknown[] = Array.isArray(checks) ? checks : [];
  return list.flatMap((check, index) =>
    check instanceof RestoreCheck && check._options.mount
      ? [
          problem({
            id: ID,
            property: `checks[${index}]`,
            message: (label) =>
              `${label(`checks[${index}]`)} must not have a \`mount\`, which is for restore tests: a runbook hands the file system over`,
            fix: 'use a check without `mount`, or a `validator`',
          }),
        ]
      : [],
  );
}
