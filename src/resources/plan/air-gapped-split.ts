import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { ResourceType } from '../../values/resource-type/resource-type';
import { nonEmpty } from '../core/non-empty';
import { resolveResource } from '../core/resource-arns';
import type { BackupSelection } from '../selection/backup-selection';
import type { BackupSelectionOptions } from '../selection/backup-selection-options';
import { typesOfArn } from '../selection/selected-resources';
import { isAirGappedVault } from '../vault/vault-reference';
import { BackupRule } from './backup-rule';
import type { ScanSettings } from './scan-settings';

/** The two selections that `BackupPlan.addSplitSelection()` creates. */
export interface SplitSelection {
  /**
   * The selection in the plan itself: resources whose backups the logically air-gapped vaults of its rules support.
   *
   * @default - none; there are no such resources
   */
  readonly airGapped?: BackupSelection;

  /**
   * The selection in the companion plan, `BackupPlan.withoutAirGap`: all other resources.
   *
   * @default - none; there are no such resources
   */
  readonly standard?: BackupSelection;
}

/** The two halves of a selection; undefined if a half selects nothing. */
interface Halves {
  readonly airGapped?: BackupSelectionOptions;
  readonly standard?: BackupSelectionOptions;
  readonly problems: readonly Problem[];
}

/**
 * Splits a selection into resources whose backups the air-gapped vaults of the rules support, and all others.
 *
 * Explicit resources, ARNs and types go to the half of their type. For selections by tags only, or of everything, each
 * half excludes the types of the other half, so that both still respect the service opt-in of the Region.
 */
export function splitSelection(options: BackupSelectionOptions, rules: readonly BackupRule[]): Halves {
  const problems = nothingToSplit(rules);
  if (problems.length > 0) return { problems };
  const outside = outsidePatterns(rules, knownTypes(options.resourceTypes));
  const isOutside = (type: ResourceType) => patternsOf(type).some((pattern) => outside.has(pattern));
  const { resources, arns, resourceTypes, excludeTypes = [] } = options;
  if (resources || arns || resourceTypes) return splitNamed(options, rules, isOutside);

  const types = ResourceType.all().filter((type) => patternsOf(type).length > 0);
  const half = (excluded: ResourceType[]) => ({ ...options, excludeTypes: [...excludeTypes, ...excluded] });
  return {
    airGapped: half(types.filter(isOutside)),
    standard: half(types.filter((type) => !isOutside(type))),
    problems,
  };
}

function splitNamed(
  options: BackupSelectionOptions,
  rules: readonly BackupRule[],
  isOutside: (type: ResourceType) => boolean,
): Halves {
  const problems: Problem[] = [];
  /** Splits a list by the types of its elements. */
  const sort = <T>(
    items: readonly T[] | undefined,
    property: string,
    typesOf: (item: T) => readonly ResourceType[],
    staysOutside: (type: ResourceType) => boolean,
  ) => {
    const halves = { airGapped: [] as T[], standard: [] as T[] };
    for (const [index, item] of (items ?? []).entries()) {
      const types = typesOf(item);
      if (types.length === 0) problems.push(unknownTypeProblem(`${property}[${index}]`, item));
      else halves[types.some(staysOutside) ? 'standard' : 'airGapped'].push(item);
    }
    return halves;
  };
  const constructs = sort(
    options.resources,
    'resources',
    (construct) => [resolveResource(construct)?.type].filter((type) => type !== undefined),
    (type) => staysOutside(type, rules),
  );
  const arns = sort(options.arns, 'arns', (arn) => typesOfArn(arn), isOutside);
  const types = sort(options.resourceTypes, 'resourceTypes', (type) => [type], isOutside);
  const half = (which: 'airGapped' | 'standard'): BackupSelectionOptions | undefined => {
    const parts = [constructs[which], arns[which], types[which]];
    if (parts.every((part) => part.length === 0)) return undefined;
    return {
      ...options,
      resources: nonEmpty(constructs[which]),
      arns: nonEmpty(arns[which]),
      resourceTypes: nonEmpty(types[which]),
    };
  };
  return { airGapped: half('airGapped'), standard: half('standard'), problems };
}

/**
 * The same rule for the companion plan: with the standard vault, without copies into air-gapped vaults, and without
 * indexes and scans of types that an air-gapped vault supports, since the plan itself handles those.
 */
export function ruleWithoutAirGap(rule: BackupRule, scanSettings: ScanSettings | undefined): BackupRule {
  const changes: Partial<BackupRule> = {
    airGappedVault: undefined,
    copies: rule.copies.filter((copy) => !isAirGappedVault(copy._vault)),
    index: rule.index && isSupportedInAirGap(rule.index) ? undefined : rule.index,
    scan: scanSettingsWithoutAirGap(scanSettings) ? rule.scan : undefined,
    _warnings: [], // the plan itself adds them
  };
  return Object.assign(Object.create(BackupRule.prototype), rule, changes);
}

/** The scan settings of the companion plan. */
export function scanSettingsWithoutAirGap(settings: ScanSettings | undefined): ScanSettings | undefined {
  const resourceTypes = (settings?.resourceTypes ?? []).filter((type) => !isSupportedInAirGap(type));
  return resourceTypes.length > 0 ? { ...settings, resourceTypes } : undefined;
}

function isSupportedInAirGap(type: ResourceType): boolean {
  return type.supports(BackupCapability.AIR_GAPPED_PRIMARY) === CapabilitySupport.YES;
}

/** Whether an air-gapped vault of the rules is known not to support backups of a type. */
function staysOutside(type: ResourceType, rules: readonly BackupRule[]): boolean {
  const no = (capability: BackupCapability) => type.supports(capability) === CapabilitySupport.NO;
  return rules.some(
    (rule) =>
      (rule.airGappedVault !== undefined && no(BackupCapability.AIR_GAPPED_PRIMARY)) ||
      (rule.airGappedVault !== undefined &&
        rule.isContinuous &&
        !no(BackupCapability.CONTINUOUS) &&
        no(BackupCapability.AIR_GAPPED_CONTINUOUS)) ||
      (rule.copies.some((copy) => isAirGappedVault(copy._vault)) && no(BackupCapability.AIR_GAPPED_COPY)),
  );
}

/** The types of the catalog, replaced by types of the caller with the same name. */
function knownTypes(types: readonly ResourceType[] = []): ResourceType[] {
  const names = types.map(({ name }) => name);
  return [...ResourceType.all().filter(({ name }) => !names.includes(name)), ...types];
}

/** The ARN patterns of types that stay outside; types that share a pattern can't be distinguished by it. */
function outsidePatterns(rules: readonly BackupRule[], types: readonly ResourceType[]): Set<string> {
  return new Set(types.filter((type) => staysOutside(type, rules)).flatMap(patternsOf));
}

function patternsOf(type: ResourceType): string[] {
  return type.arnPatterns('aws');
}

function nothingToSplit(rules: readonly BackupRule[]): Problem[] {
  if (rules.some((rule) => rule.airGappedVault || rule.copies.some((copy) => isAirGappedVault(copy._vault))))
    return [];
  return [
    problem({
      id: 'Backup-NothingToSplit',
      property: 'rules',
      message: (label) =>
        `${label('rules')} must contain a rule with \`airGappedVault\` or a copy into a logically air-gapped vault to split a selection, got none`,
      fix: 'use `addSelection()`, or add such a rule first',
    }),
  ];
}

function unknownTypeProblem(property: string, item: unknown): Problem {
  const what = typeof item === 'string' ? show(item) : show((item as { node: { path: string } }).node.path);
  return problem({
    id: 'Backup-SplitUnknownType',
    property,
    message: (label) => `${label(property)} must have a known type to be split, got ${what}`,
    fix: 'pass the resource itself, its type in `resourceTypes`, or a tag',
  });
}
