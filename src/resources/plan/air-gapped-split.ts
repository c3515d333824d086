import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { Capability, Support } from '../../values/resource-type/capability';
import { ResourceType } from '../../values/resource-type/resource-type';
import { resolveResource } from '../core/resource-arns';
import type { BackupSelection } from '../selection/backup-selection';
import type { BackupSelectionOptions } from '../selection/backup-selection-options';
import { typesOfArn } from '../selection/selected-resources';
import { isAirGappedVault } from '../vault/vault-reference';
import { BackupRule } from './backup-rule';
import type { ScanSettings } from './scan-settings';

/** What has become of a selection that `BackupPlan.addSplitSelection()` has split. */
export interface SplitSelection {
  /**
   * In the plan itself: what the logically air-gapped vaults of its rules can hold.
   *
   * @default - nothing of the kind is selected
   */
  readonly airGapped?: BackupSelection;

  /**
   * In the plan beside it, `BackupPlan.withoutAirGap`: what they can't hold.
   *
   * @default - nothing of the kind is selected
   */
  readonly standard?: BackupSelection;
}

/** The two halves of a selection; undefined where nothing of the kind is selected. */
export interface Halves {
  readonly airGapped?: BackupSelectionOptions;
  readonly standard?: BackupSelectionOptions;
  readonly problems: readonly Problem[];
}

/**
 * Splits a selection in what the air-gapped vaults of the rules can hold and what they can't.
 *
 * What is named goes where its type belongs. Of everything else (tags alone, everything) the types that belong to the
 * other half are excluded, so that each half goes on to obey the opt-in of the Region.
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
  /** Which half each is in, by its types. */
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
      resources: filled(constructs[which]),
      arns: filled(arns[which]),
      resourceTypes: filled(types[which]),
    };
  };
  return { airGapped: half('airGapped'), standard: half('standard'), problems };
}

/**
 * The same rule for the plan beside: into a standard vault, without the copies into air-gapped ones. What is indexed or
 * scanned can be held by an air-gapped vault, as a rule, and is left to the plan itself then.
 */
export function ruleWithoutAirGap(rule: BackupRule, scanSettings: ScanSettings | undefined): BackupRule {
  const changes: Partial<BackupRule> = {
    airGappedVault: undefined,
    copies: rule.copies.filter((copy) => !isAirGappedVault(copy._vault)),
    index: rule.index && canHold(rule.index) ? undefined : rule.index,
    scan: scanSettingsWithoutAirGap(scanSettings) ? rule.scan : undefined,
    _warnings: [], // told by the plan itself
  };
  return Object.assign(Object.create(BackupRule.prototype), rule, changes);
}

/** What is scanned in the plan beside. */
export function scanSettingsWithoutAirGap(settings: ScanSettings | undefined): ScanSettings | undefined {
  const resourceTypes = (settings?.resourceTypes ?? []).filter((type) => !canHold(type));
  return resourceTypes.length > 0 ? { ...settings, resourceTypes } : undefined;
}

function canHold(type: ResourceType): boolean {
  return type.supports(Capability.AIR_GAPPED_PRIMARY) === Support.YES;
}

/** Whether an air-gapped vault that the rules say can't hold backups of a type. */
function staysOutside(type: ResourceType, rules: readonly BackupRule[]): boolean {
  const no = (capability: Capability) => type.supports(capability) === Support.NO;
  return rules.some(
    (rule) =>
      (rule.airGappedVault !== undefined && no(Capability.AIR_GAPPED_PRIMARY)) ||
      (rule.airGappedVault !== undefined &&
        rule.isContinuous &&
        !no(Capability.CONTINUOUS) &&
        no(Capability.AIR_GAPPED_CONTINUOUS)) ||
      (rule.copies.some((copy) => isAirGappedVault(copy._vault)) && no(Capability.AIR_GAPPED_COPY)),
  );
}

/** The types of the catalog, but for those of which the caller may know more. */
function knownTypes(said: readonly ResourceType[] = []): ResourceType[] {
  const names = said.map(({ name }) => name);
  return [...ResourceType.all().filter(({ name }) => !names.includes(name)), ...said];
}

/** The ARN patterns of what stays outside: types that share one can only be told apart resource by resource. */
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
    {
      id: 'Backup-NothingToSplit',
      severity: 'error',
      property: 'rules',
      message:
        '`rules` must have one with `airGappedVault`, or with a copy into such a vault, before a selection can be split, got none',
      fix: 'use `addSelection()`, or add the rules before',
    },
  ];
}

function unknownTypeProblem(property: string, item: unknown): Problem {
  const what = typeof item === 'string' ? show(item) : show((item as { node: { path: string } }).node.path);
  return {
    id: 'Backup-SplitUnknownType',
    severity: 'error',
    property,
    message: `\`${property}\` must be of a type that is known, to be split, got ${what}`,
    fix: 'name the resource itself, its type in `resourceTypes`, or a tag',
  };
}

function filled<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
