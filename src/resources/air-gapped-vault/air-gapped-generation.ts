import { hash } from 'node:crypto';
import type { Duration } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblemsAt } from '../../values/core/unknown-properties';
import { rangeLabel, readAirGappedRange } from '../../values/vault/air-gapped-vault-laws';
import { listProblems } from '../core/argument-checks';
import { generatedName } from '../core/generated-name';
import { keyRefProblems } from '../vault/vault-encryption';

/**
 * A previous generation of a `LogicallyAirGappedVault`: a vault with other settings that the construct has replaced. It
 * stays in the stack, with its recovery points.
 */
export interface AirGappedVaultGeneration {
  /** The minimum retention of the vault. */
  readonly minRetention: Duration;

  /** The maximum retention of the vault. */
  readonly maxRetention: Duration;

  /**
   * The customer-managed key of the vault.
   *
   * @default - an AWS-owned key
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The name of the vault. Required if the construct has a `backupVaultName`.
   *
   * @default - the name that was generated for this generation
   */
  readonly backupVaultName?: string;
}

/** One vault of the construct, current or previous. */
export interface Generation {
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  readonly encryptionKey?: IKeyRef;
  /** The settings that can't be changed, such as `7to365`; undefined if they are known only at deployment. */
  readonly label?: string;
  readonly name: string;
  /** Whether the name is explicit, not generated. */
  readonly isNamed: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Reads the current or a previous generation.
 *
 * @param prefix the prefix of the properties in messages, such as `previousGenerations[0].`
 */
export function readGeneration(
  scope: Construct,
  id: string,
  from: Partial<AirGappedVaultGeneration>,
  prefix = '',
): Generation {
  const { minRetentionDays, maxRetentionDays, problems } = readAirGappedRange(from, prefix);
  const { encryptionKey, backupVaultName } = from;
  const keyProblems =
    encryptionKey === undefined ? [] : keyRefProblems(encryptionKey, `${prefix}encryptionKey`);
  const range = rangeLabel({ minRetentionDays, maxRetentionDays });
  const keyed = encryptionKey !== undefined && keyProblems.length === 0;
  const label = range && keyed ? `${range}-${keyLabel(encryptionKey)}` : range;
  const isNamed = backupVaultName !== undefined;
  return {
    minRetentionDays,
    maxRetentionDays,
    encryptionKey,
    label,
    isNamed,
    name:
      backupVaultName ??
      generatedName(scope, label ? `${id}/${label}` : id, { maxLength: 50, separator: '-' }),
    problems: [
      ...problems,
      ...keyProblems,
      ...(isNamed ? nameProblems('vault', backupVaultName, `${prefix}backupVaultName`) : []),
    ],
  };
}

/** A key in a label: by its ARN if that is known, otherwise by its path. */
function keyLabel(key: IKeyRef): string {
  const { keyArn } = key.keyRef;
  return `key${hash('sha256', isKnown(keyArn) ? keyArn : (key.node?.path ?? '')).slice(0, 6)}`;
}

/** Reads the previous generations; none if there are values of the wrong type. */
export function readPreviousGenerations(
  scope: Construct,
  id: string,
  previous: unknown,
): { generations: Generation[]; problems: Problem[] } {
  const property = 'previousGenerations';
  const problems = listProblems(previous, isGeneration, { id: ID, property, what: 'a generation' });
  if (problems.length > 0 || !Array.isArray(previous)) return { generations: [], problems };
  return {
    generations: previous.map((each, index) => readGeneration(scope, id, each, `${property}[${index}].`)),
    problems: previous.flatMap((each, index) =>
      unknownPropertyProblemsAt(`${property}[${index}]`, each, 'AirGappedVaultGeneration'),
    ),
  };
}

const ID = 'Backup-AirGappedGeneration';
const isGeneration = (value: unknown) => typeof value === 'object' && !Array.isArray(value);
const IMMUTABLE =
  "CloudFormation can't change the retention or the key of a logically air-gapped vault, so this change creates a new vault";

/** Checks the previous generations: each must be unique, known at synthesis, and have a name if the vault has one. */
export function previousGenerationProblems(current: Generation, previous: readonly Generation[]): Problem[] {
  return previous.flatMap((generation, index) => {
    const property = `previousGenerations[${index}]`;
    if (generation.problems.length > 0) return [...generation.problems];
    const problemOf = (message: string, fix?: string, of = property): Problem =>
      problem({
        id: ID,
        property: of,
        message,
        fix,
      });
    const { label } = generation;
    if (label === undefined)
      return [
        problemOf(
          `\`${property}\` must have a retention that is known at synthesis, since it is part of the name of the vault`,
        ),
      ];
    const earlier = [current, ...previous.slice(0, index)];
    if (earlier.some((other) => other.label === label))
      return [
        problemOf(
          `\`${property}\` must be different from the current and all other generations, got \`${label}\` twice`,
          'remove it, or set the retention and the key that it is deployed with',
        ),
      ];
    if (current.isNamed && !generation.isNamed)
      return [
        problemOf(
          `\`${property}.backupVaultName\` must be set, since the vault has an explicit name`,
          `set the name that \`${label}\` is deployed with`,
          `${property}.backupVaultName`,
        ),
      ];
    if (earlier.some((other) => other.name === generation.name))
      return [
        problemOf(
          `\`${property}.backupVaultName\` must be different from the names of the other generations, got ${show(generation.name)} twice`,
          'include the retention in the names, such as `vault-7to365`',
          `${property}.backupVaultName`,
        ),
      ];
    return [];
  });
}

/**
 * Checks the record of the deployed generation, without which a change can't be detected.
 *
 * @param record such as `7to365`
 */
export function generationRecordProblems(
  record: unknown,
  { label }: Generation,
  previous: readonly Generation[],
): Problem[] {
  const base = { id: ID, property: 'generation' } as const;
  if (label === undefined)
    return [
      problem({
        ...base,
        id: 'Backup-AirGappedGenerationUnrecorded',
        message:
          "`generation` can't be recorded, since the retention is known only at deployment; changing it fails there, because the name of the vault is already in use",
        fix: 'set a retention that is known at synthesis',
      }),
    ];
  if (record === undefined)
    return [
      problem({
        ...base,
        id: 'Backup-AirGappedGenerationUnrecorded',
        message:
          "`generation` is not set, so a later change of the retention or the key can't be detected before deployment; such a change creates a new vault and removes this one from the stack",
        fix: `add \`generation: '${label}'\``,
      }),
    ];
  if (record === label) return [];
  const old = typeof record === 'string' ? /^(\d+)to(\d+)(-key[0-9a-f]{6})?$/.exec(record) : undefined;
  if (!old)
    return [
      problem({
        ...base,
        message: `\`generation\` must be the current settings of the vault, got ${show(record)}`,
        fix: `use \`${label}\``,
      }),
    ];
  const key = old[3] ? ', encryptionKey' : '';
  const keep = previous.some((each) => each.label === record)
    ? ''
    : `keep the old one with \`previousGenerations: [{ minRetention: Duration.days(${old[1]}), maxRetention: Duration.days(${old[2]})${key} }]\`, and `;
  return [
    problem({
      ...base,
      message: `\`generation\` records that \`${record}\` is deployed, got \`${label}\`: ${IMMUTABLE}`,
      fix: `${keep}record it with \`generation: '${label}'\``,
    }),
  ];
}

/** Checks that a name that contains a retention range contains the one of the vault. */
export function nameRangeProblems(name: unknown, { label }: Generation): Problem[] {
  if (typeof name !== 'string' || !isKnown(name) || label === undefined) return [];
  const range = /(?<!\d)\d+to\d+(?!\d)/.exec(name)?.[0];
  if (range === undefined || range === label.split('-')[0]) return [];
  return [
    problem({
      id: 'Backup-AirGappedVaultName',
      property: 'backupVaultName',
      message: `\`backupVaultName\` contains \`${range}\`, but the retention is \`${label.split('-')[0]}\``,
      fix: 'choose another name, since a vault with a different retention is a different vault',
    }),
  ];
}
