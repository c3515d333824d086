import { hash } from 'node:crypto';
import type { Duration } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { isKnown, show } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import type { Problem } from '../../values/core/problem';
import { rangeLabel, readAirGappedRange } from '../../values/vault/air-gapped-vault-laws';
import { listProblems } from '../core/argument-checks';
import { generatedName } from '../core/generated-name';
import { keyRefProblems } from '../vault/vault-encryption';

/**
 * A logically air-gapped vault that another one of the same construct has taken the place of, as it was when it was
 * the current one. It stays in the stack, with its recovery points.
 */
export interface PreviousGeneration {
  /** The shortest retention that it accepts. */
  readonly minRetention: Duration;

  /** The longest retention that it accepts. */
  readonly maxRetention: Duration;

  /**
   * Its customer-managed key.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Its name; needed where the vault has a `backupVaultName`.
   *
   * @default - the name that was generated for it
   */
  readonly backupVaultName?: string;
}

/** One vault of the construct, read. */
export interface Generation {
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  readonly encryptionKey?: IKeyRef;
  /** What can't be changed of it, such as `7to365`; undefined where it is known at deployment only. */
  readonly label?: string;
  readonly name: string;
  /** Whether the name was said, and isn't generated. */
  readonly isNamed: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Reads the vault that a construct is, or was.
 *
 * @param prefix what stands before the properties in messages, such as `previousGenerations[0].`
 */
export function readGeneration(
  scope: Construct,
  id: string,
  from: Partial<PreviousGeneration>,
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

/** A key as it stands in a label: by its ARN where that is known, otherwise by where it is made. */
function keyLabel(key: IKeyRef): string {
  const { keyArn } = key.keyRef;
  return `key${hash('sha256', isKnown(keyArn) ? keyArn : (key.node?.path ?? '')).slice(0, 6)}`;
}

/** Reads the vaults that a construct was. What isn't of the right kind is left out, with its problem told. */
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
    problems: [],
  };
}

const ID = 'Backup-AirGappedGeneration';
const isGeneration = (given: unknown) => typeof given === 'object' && !Array.isArray(given);
const FIXED =
  "CloudFormation can't change the retention or the key of a logically air-gapped vault, so this makes a new one";

/** The law of the vaults that a construct was: each another than the current one, known now, and with its name. */
export function previousGenerationProblems(current: Generation, previous: readonly Generation[]): Problem[] {
  return previous.flatMap((generation, index) => {
    const property = `previousGenerations[${index}]`;
    if (generation.problems.length > 0) return [...generation.problems];
    const problem = (message: string, fix?: string, of = property): Problem => ({
      id: ID,
      severity: 'error',
      property: of,
      message,
      fix,
    });
    const { label } = generation;
    if (label === undefined)
      return [
        problem(
          `\`${property}\` must have a retention that is known at synthesis, since it stands in the name of the vault`,
        ),
      ];
    const earlier = [current, ...previous.slice(0, index)];
    if (earlier.some((other) => other.label === label))
      return [
        problem(
          `\`${property}\` must be another generation than the vault is and than those before it, got \`${label}\` twice`,
          'leave it out, or say the retention and the key that it has',
        ),
      ];
    if (current.isNamed && !generation.isNamed)
      return [
        problem(
          `\`${property}.backupVaultName\` must be said, since the vault has a name that isn't generated`,
          `write the name under which \`${label}\` is deployed`,
          `${property}.backupVaultName`,
        ),
      ];
    if (earlier.some((other) => other.name === generation.name))
      return [
        problem(
          `\`${property}.backupVaultName\` must be another name than those of the other generations, got ${show(generation.name)} twice`,
          'put the retention into the names, such as `vault-7to365`',
          `${property}.backupVaultName`,
        ),
      ];
    return [];
  });
}

/**
 * The law of the record of what is deployed, without which a change can't be told.
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
      {
        ...base,
        severity: 'warning',
        message:
          "`generation` can't be recorded, since the retention is known at deployment only: a changed one fails there, as the name of the vault is taken",
        fix: 'say the retention as a number',
      },
    ];
  if (record === undefined)
    return [
      {
        ...base,
        severity: 'warning',
        message:
          "`generation` doesn't record what is deployed: a later change of the retention or the key, which makes a new vault and leaves this one out of the stack, can't be told before",
        fix: `add \`generation: '${label}'\``,
      },
    ];
  if (record === label) return [];
  const old = typeof record === 'string' ? /^(\d+)to(\d+)(-key[0-9a-f]{6})?$/.exec(record) : undefined;
  if (!old)
    return [
      {
        ...base,
        severity: 'error',
        message: `\`generation\` must be what the vault is, got ${show(record)}`,
        fix: `write \`${label}\``,
      },
    ];
  const key = old[3] ? ', encryptionKey' : '';
  const keep = previous.some((each) => each.label === record)
    ? ''
    : `keep the old one with \`previousGenerations: [{ minRetention: Duration.days(${old[1]}), maxRetention: Duration.days(${old[2]})${key} }]\`, and `;
  return [
    {
      ...base,
      severity: 'error',
      message: `\`generation\` records that \`${record}\` is deployed, got \`${label}\`: ${FIXED}`,
      fix: `${keep}record it with \`generation: '${label}'\``,
    },
  ];
}

/** A name that tells a range tells the one that the vault has. */
export function nameRangeProblems(name: unknown, { label }: Generation): Problem[] {
  if (typeof name !== 'string' || !isKnown(name) || label === undefined) return [];
  const said = /(?<!\d)\d+to\d+(?!\d)/.exec(name)?.[0];
  if (said === undefined || said === label.split('-')[0]) return [];
  return [
    {
      id: 'Backup-AirGappedVaultName',
      severity: 'warning',
      property: 'backupVaultName',
      message: `\`backupVaultName\` says \`${said}\`, but the retention is \`${label.split('-')[0]}\``,
      fix: 'a vault with another retention is another vault: give it another name',
    },
  ];
}
