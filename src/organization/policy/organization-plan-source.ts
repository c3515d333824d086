import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type {
  PolicyCopySource,
  PolicyPlanSource,
  PolicyRuleSource,
  PolicySelectionSource,
} from '../../policy/document/policy-sources';
import { targetError } from '../../policy/document/policy-target';
import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { BackupRule } from '../../resources/plan/backup-rule';
import type { CopyAction } from '../../resources/plan/copy-action';
import { nameOf, ofRule } from '../../resources/plan/plan-laws';
import type { BackupSelectionOptions } from '../../resources/selection/backup-selection-options';
import { selectionOptionProblems } from '../../resources/selection/selection-kinds';
import { lockOf, vaultLabel } from '../../resources/vault/vault-facts';
import { isKnown } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import type { Problem } from '../../values/core/problem';
import { TagCondition } from '../../values/core/tag-condition';
import { ResourceType } from '../../values/resource-type/resource-type';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import { DEFAULT_ROLE_NAME, type OrganizationBackupPlan } from '../core/organization-backup-plan';

const ID = 'Backup-OrganizationPlan';

/** Whether plans are of the right kinds; callers without types pass anything. */
export function planKindProblems(plans: unknown): Problem[] {
  const property = 'plans';
  const wrong = [
    ...requiredKindProblems(plans, Array.isArray, { id: ID, property, what: 'a list of plans' }),
    ...listProblems(plans, isObject, { id: ID, property, what: 'a plan' }),
  ];
  if (wrong.length > 0) return wrong;
  if ((plans as unknown[]).length > 0)
    return (plans as OrganizationBackupPlan[]).flatMap((plan, index) =>
      inPlan(plan, `${property}[${index}]`),
    );
  return [
    {
      id: ID,
      severity: 'error',
      property,
      message: '`plans` must have at least one plan, got none',
      fix: 'add one, since the policy does nothing without',
    },
  ];
}

function inPlan(plan: OrganizationBackupPlan, path: string): Problem[] {
  const of = (property: string) => `${path}.${property}`;
  const text = { fits: (given: unknown) => typeof given === 'string', what: 'a text' };
  return [
    ...requiredKindProblems(plan.name, text.fits, { id: ID, property: of('name'), what: text.what }),
    ...requiredKindProblems(plan.regions, Array.isArray, {
      id: ID,
      property: of('regions'),
      what: 'a list of Regions',
      fix: "write for instance `regions: ['eu-west-1']`",
    }),
    ...(Array.isArray(plan.regions)
      ? listProblems(plan.regions, text.fits, { id: ID, property: of('regions'), what: 'a Region' })
      : []),
    ...requiredKindProblems(plan.rules, Array.isArray, {
      id: ID,
      property: of('rules'),
      what: 'a list of rules',
      fix: 'use for instance `BackupRule.daily({ retention: Retention.days(35) })`',
    }),
    ...(Array.isArray(plan.rules)
      ? listProblems(plan.rules, (rule: unknown) => rule instanceof BackupRule, {
          id: ID,
          property: of('rules'),
          what: 'a `BackupRule`',
        })
      : []),
    ...(['vaultName', 'roleName', 'scannerRoleName'] as const).flatMap((property) =>
      kindProblems(plan[property], text.fits, { id: ID, property: of(property), what: text.what }),
    ),
    ...(['windowsVss', 's3BackupAcls', 's3BackupObjectTags', 'locked'] as const).flatMap((property) =>
      flagProblems(ID, of(property), plan[property]),
    ),
    ...listProblems(plan.scanTypes, (type: unknown) => type instanceof ResourceType, {
      id: ID,
      property: of('scanTypes'),
      what: 'a `ResourceType`',
    }),
    ...kindProblems(plan.planTags, isTags, {
      id: ID,
      property: of('planTags'),
      what: 'an object of texts',
    }),
    ...whatProblems(plan, of),
  ];
}

/** One of `tags` and `selections` says what is backed up. */
function whatProblems(
  { tags, selections }: OrganizationBackupPlan,
  of: (property: string) => string,
): Problem[] {
  const problem = { id: ID, severity: 'error', property: of('selections') } as const;
  const [one, other] = [`\`${of('tags')}\``, `\`${of('selections')}\``];
  if (tags === undefined && selections === undefined)
    return [
      {
        ...problem,
        message: `${one} or ${other} must say what is backed up, got neither`,
        fix: "say for instance `tags: [TagCondition.stringEquals('backup', 'gold')]`",
      },
    ];
  if (tags !== undefined && selections !== undefined)
    return [
      {
        ...problem,
        message: `${one} is short for one of ${other}, got both`,
        fix: 'put the conditions in a selection',
      },
    ];
  if (tags !== undefined)
    return listProblems(tags, (tag: unknown) => tag instanceof TagCondition, {
      id: ID,
      property: of('tags'),
      what: 'a `TagCondition`',
      fix: "use for instance `TagCondition.stringEquals('backup', 'gold')`",
    });
  const wrong = listProblems(selections, isObject, {
    id: ID,
    property: of('selections'),
    what: 'a selection',
  });
  return wrong.length > 0 || !Array.isArray(selections)
    ? wrong
    : selections.flatMap((selection, index) =>
        selectionOptionProblems(selection).map((each) => within(each, `${of('selections')}[${index}]`)),
      );
}

/** The same problem, with the place of its property. */
function within(problem: Problem, path: string): Problem {
  const property = `${path}.${problem.property}`;
  return {
    ...problem,
    property,
    message: problem.message.replace(`\`${problem.property}\``, () => `\`${property}\``),
  };
}

const isObject = (given: unknown) => typeof given === 'object' && given !== null && !Array.isArray(given);
const isTags = (given: object) =>
  !isKnown(given) || (isObject(given) && Object.values(given).every((value) => typeof value === 'string'));

/** A plan as the policy language takes it, and what it can't. */
export function planSource(plan: OrganizationBackupPlan): { source: PolicyPlanSource; problems: Problem[] } {
  const { planTags, selections = [{ tags: plan.tags }], roleName = DEFAULT_ROLE_NAME, ...same } = plan;
  const source: PolicyPlanSource = {
    ...same,
    roleName,
    rules: plan.rules.map(ruleSource),
    selections: selections.map((selection, index) =>
      selectionSource(selection, plan.name, selections.length, index),
    ),
    ...(planTags ? { tags: planTags } : { tags: undefined }),
  };
  const problems = plan.rules.flatMap(copyLockProblems);
  const refused = selections
    .filter(({ role }) => role !== undefined)
    .map(({ selectionName = plan.name }) =>
      targetError(
        'role',
        selectionName,
        "can't be said in an organization backup policy, whose role has the same name in every account",
        'say `roleName` of the plan',
      ),
    );
  return { source, problems: [...problems, ...refused] };
}

/** Copies into a vault of the app whose lock makes them fail. */
function copyLockProblems(rule: BackupRule): Problem[] {
  return rule.copies.flatMap((copy) => {
    const lock = copy._vault && lockOf(copy._vault);
    if (!copy._vault || !lock) return [];
    return lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(copy._vault)).map(
      (problem) => ofRule(rule, problem, 'a copy of '),
    );
  });
}

function selectionSource(
  { selectionName, role: _, ...same }: BackupSelectionOptions,
  planName: string,
  count: number,
  index: number,
): PolicySelectionSource {
  return { ...same, name: selectionName ?? (count === 1 ? planName : `${planName}-${index + 1}`) };
}

/** Vaults by their literal names, and copies by literal ARNs, where the app knows them. */
function ruleSource(rule: BackupRule): PolicyRuleSource {
  const { vault, airGappedVault } = rule;
  return {
    ...rule,
    vault: vault && { backupVaultRef: { backupVaultName: nameOf(vault) } },
    airGappedVault: airGappedVault && {
      logicallyAirGappedBackupVaultRef: { backupVaultName: nameOf(airGappedVault) },
    },
    copies: rule.copies.map(copySource),
  };
}

function copySource(copy: CopyAction): PolicyCopySource {
  const { retention, coldStorageAfterDays, archive } = copy;
  const literal = copy._vault && literalArn(copy._vault);
  return {
    destinationVaultArn: literal ?? copy.destinationVaultArn,
    retention,
    coldStorageAfterDays,
    archive,
  };
}

/** The ARN of a vault in a known account and Region; undefined where one of them, or its name, isn't known. */
export function literalArn(vault: IBackupVaultRef | ILogicallyAirGappedBackupVaultRef): string | undefined {
  const name = nameOf(vault);
  const { account, region } = vault.env;
  if (![name, account, region].every(isKnown)) return undefined;
  return `arn:${partitionOf(region)}:backup:${region}:${account}:backup-vault:${name}`;
}
