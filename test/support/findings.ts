import { type Check, runChecks } from '../../src/checks/engine/check';
import { inventoryOf } from '../../src/inventory/inventory';
import type { StackSource } from '../../src/template/input/source';
import type { ResourceType } from '../../src/values/resource-type/resource-type';
import { source } from './templates';

/** The instant from which schedules are compared in tests. */
export const NOW = new Date('2026-11-21T00:00:00Z');

/** What checks find in stacks, one line each: severity, id, place, message and fix. */
export function findingsIn(
  checks: readonly Check[],
  sources: readonly StackSource[],
  resourceTypes?: readonly ResourceType[],
): string[] {
  return runChecks(checks, inventoryOf(sources), { now: NOW, resourceTypes }).map(
    ({ id, severity, place, message, fix }) =>
      `${severity} ${id} at ${place.pathInTemplate}: ${message}; ${fix}`,
  );
}

/** What checks find in a template of some resources, in `aws://111111111111/us-east-1` unless said otherwise. */
export function findings(
  checks: readonly Check[],
  Resources: object,
  options?: Partial<StackSource>,
  sections: object = {},
): string[] {
  return findingsIn(checks, [source({ ...sections, Resources }, options)]);
}

/** The ids of what checks find, each once. */
export function ids(checks: readonly Check[], Resources: object, sections: object = {}): string[] {
  return [...new Set(findings(checks, Resources, undefined, sections).map((line) => line.split(' ')[1]))];
}

/** A parameter without default: what refers to it isn't known. */
export const UNKNOWN = { Ref: 'Unknown' };
export const PARAMETERS = { Parameters: { Unknown: { Type: 'String' } } };

/** A plan named `gold` with these rules, each named, daily and kept for 35 days unless said otherwise. */
export function plan(...rules: object[]): object {
  return {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanName: 'gold',
        BackupPlanRule: rules.map((rule, index) => ({
          RuleName: `rule-${index + 1}`,
          TargetBackupVault: 'vault',
          ScheduleExpression: 'cron(0 5 ? * * *)',
          Lifecycle: { DeleteAfterDays: 35 },
          ...rule,
        })),
      },
    },
  };
}

/** Where a rule of the plan `Plan` stands. */
export const rulePath = (index: number, property = '') =>
  `Resources/Plan/Properties/BackupPlan/BackupPlanRule/${index}${property && `/${property}`}`;

/** A vault by its properties. */
export function vault(Properties: object, more: object = {}): object {
  return {
    Type: 'AWS::Backup::BackupVault',
    Properties: { BackupVaultName: 'vault', ...Properties },
    ...more,
  };
}
