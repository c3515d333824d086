import { enumerateNames } from '../../values/core/enumeration';
import { BackupError, sentence } from '../../values/core/problem';
import { ComplianceStandard } from '../../values/standards/compliance-standard';
import { isMeasuredWith } from '../../values/standards/effective-thresholds';
import {
  IMMUTABILITY_LEVELS,
  NUMERIC_THRESHOLDS,
  type StandardThresholds,
} from '../../values/standards/standard-thresholds';
import { THRESHOLD_NAMES } from '../../values/standards/threshold-laws';
import type { Arguments } from '../core/arguments';
import type { Option } from '../core/options';
import { UsageError } from '../core/usage-error';

export const STANDARD: Option = {
  name: 'standard',
  value: 'NAME',
  multiple: true,
  help: 'a standard such as hipaa, or pci-dss@4.0.1; repeatable; see docs/compliance.md',
};
export const THRESHOLD: Option = {
  name: 'threshold',
  value: 'NAME=VALUE',
  multiple: true,
  help: 'a number of yours, such as minRetentionDays=90; repeatable',
};

/** The standards that the arguments name, if they name any. */
export function optionalStandardsOf(args: Arguments, command: string): ComplianceStandard[] {
  if (args.all('standard').length > 0) return standardsOf(args, command);
  if (args.each('threshold').length > 0)
    throw new UsageError('specify a standard with `--standard` for `--threshold`', command);
  return [];
}

/** The standards that the arguments name, with the thresholds that they set; at least one. */
export function standardsOf(args: Arguments, command: string): ComplianceStandard[] {
  const names = args.all('standard');
  if (names.length === 0)
    throw new UsageError(
      `specify a standard with \`--standard\`: ${ComplianceStandard.all()
        .map(({ id }) => id)
        .join(', ')}`,
      command,
    );
  const thresholds = thresholdsOf(args, command);
  return refused(command, () => {
    const standards = [...new Set(names.map((name) => ComplianceStandard.of(name)))];
    const unused = THRESHOLD_NAMES.filter((name) => thresholds[name] !== undefined).find(
      (name) => !standards.some((standard) => standard.requirements.some((one) => isMeasuredWith(one, name))),
    );
    if (unused !== undefined)
      throw new UsageError(
        `\`--threshold ${unused}\` must belong to a clause of ${enumerateNames(standards.map(({ id }) => id))}, but none is measured with it; remove it`,
        command,
      );
    return standards.map((standard) => standard.withThresholds(ofStandard(standard, thresholds)));
  });
}

/** The thresholds that clauses of a standard are measured with. */
function ofStandard(
  { requirements }: ComplianceStandard,
  thresholds: StandardThresholds,
): StandardThresholds {
  const names = THRESHOLD_NAMES.filter((name) => requirements.some((one) => isMeasuredWith(one, name)));
  return Object.fromEntries(names.map((name) => [name, thresholds[name]]));
}

function thresholdsOf(args: Arguments, command: string): StandardThresholds {
  const entries = args.each('threshold').map((text): [string, unknown] => {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined)
      throw new UsageError(
        `\`--threshold\` must be NAME=VALUE, such as \`minRetentionDays=90\`, got \`${text}\``,
        command,
      );
    if (!(THRESHOLD_NAMES as readonly string[]).includes(name))
      throw new UsageError(
        `\`--threshold\` must name one of ${enumerateNames(THRESHOLD_NAMES)}, got \`${name}\``,
        command,
      );
    return [name, thresholdValue(name, value, command)];
  });
  return Object.fromEntries(entries) as StandardThresholds;
}

function thresholdValue(name: string, value: string, command: string): unknown {
  if ((NUMERIC_THRESHOLDS as readonly string[]).includes(name))
    return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (name === 'allowedRegions') return value.split(/[,;\s]+/).filter((region) => region !== '');
  if (name === 'immutability') {
    if ((IMMUTABILITY_LEVELS as readonly string[]).includes(value)) return value;
    throw new UsageError(
      `\`--threshold immutability\` must be ${IMMUTABILITY_LEVELS.join(', ')}, got \`${value}\``,
      command,
    );
  }
  if (value === 'true' || value === 'false') return value === 'true';
  throw new UsageError(`\`--threshold ${name}\` must be true or false, got \`${value}\``, command);
}

/** Reports what a value refuses as a usage error, on one line. */
function refused<T>(command: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof BackupError) throw new UsageError(error.problems.map(sentence).join('; '), command);
    throw error;
  }
}
