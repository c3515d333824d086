import { Duration, type Stack, TimeZone } from 'aws-cdk-lib';
import {
  BackupVault as CdkBackupVault,
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  type IBackupVaultRef,
  type ILogicallyAirGappedBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import * as fc from 'fast-check';
import type { BackupPlanProps } from '../../src/resources/plan/backup-plan';
import { BackupRule } from '../../src/resources/plan/backup-rule';
import type { BackupRuleOptions } from '../../src/resources/plan/backup-rule-options';
import { CopyAction } from '../../src/resources/plan/copy-action';
import type { ScanMode } from '../../src/resources/plan/scan-settings';
import { BackupVault } from '../../src/resources/vault/backup-vault';
import { VaultEncryption } from '../../src/resources/vault/vault-encryption';
import { Retention } from '../../src/values/plan/retention';
import { ResourceType } from '../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../src/values/schedule/backup-schedule';
import { WeekDay } from '../../src/values/schedule/week-day';
import { VaultLock } from '../../src/values/vault/vault-lock';
import type { LockRange } from './plan-oracle';

/** A plan as plain data, which fast-check can print and shrink. */
export interface PlanRecipe {
  readonly name?: string;
  readonly vaults: readonly VaultRecipe[];
  readonly vault?: number;
  readonly rules: readonly RuleRecipe[];
  /** Rules that are added one by one. */
  readonly later: readonly RuleRecipe[];
  readonly windowsVss?: boolean;
  readonly scanned?: readonly string[];
}

export interface VaultRecipe {
  readonly kind: 'ours' | 'theirs' | 'l1' | 'imported' | 'air-gapped';
  readonly lock?: LockRange;
}

/** Days, `'forever'`, or what a caller without types may pass. */
type Days = number | 'forever' | null | undefined;

interface LifecycleRecipe {
  readonly retention?: Days;
  readonly cold?: number;
  readonly archive?: boolean;
}

export interface CopyRecipe extends LifecycleRecipe {
  readonly to: number | string;
}

export interface RuleRecipe extends LifecycleRecipe {
  readonly preset: 'continuous' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly' | 'scheduled';
  readonly name?: string;
  readonly hour?: number;
  readonly zone?: string;
  readonly start?: number;
  readonly completion?: number;
  readonly vault?: number;
  readonly airGapped?: number;
  readonly copies?: readonly CopyRecipe[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly index?: string;
  readonly scan?: string;
}

// Arbitraries -------------------------------------------------------------------------------------------------------

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Something right, and now and then something wrong. */
const usually = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: wrong });

const days = fc.oneof(
  fc.constantFrom(1, 6, 7, 8, 34, 35, 36, 89, 90, 91, 97, 98, 99, 119, 120, 121, 365, 3650, 36_499, 36_500),
  fc.integer({ min: 1, max: 36_500 }),
  fc.integer({ min: 1, max: 400 }),
);
const wrongNumbers = fc.constantFrom(0, 36_501, 1.5, 0.5, 1e9);
const retention = usually(
  fc.oneof({ weight: 6, arbitrary: days }, { weight: 1, arbitrary: fc.constant('forever' as const) }),
  fc.oneof(wrongNumbers, fc.constantFrom(null, undefined, -1, Number.NaN)),
);
const cold = optional(usually(days, wrongNumbers));
const minutes = usually(
  fc.oneof(
    fc.constantFrom(60, 61, 119, 120, 121, 480, 540, 10_080, 52_560_000),
    fc.integer({ min: 60, max: 2000 }),
  ),
  fc.constantFrom(0, 1, 59, 60.5, 52_560_001),
);
const names = usually(
  fc.stringMatching(/^[a-zA-Z0-9\-_.]{1,12}$/),
  fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom('', 'two words', 'ü', 'x'.repeat(50), 'x'.repeat(51)),
  ),
);
const copyTargets = usually(
  fc.oneof(
    fc.nat({ max: 3 }),
    fc.constantFrom(
      'arn:aws:backup:us-east-1:444455556666:backup-vault:far',
      'arn:aws:backup:eu-west-1:111122223333:backup-vault:v0',
    ),
  ),
  fc.constantFrom(
    '',
    'far',
    'arn:aws-cn:backup:cn-north-1:111122223333:backup-vault:cn',
    'arn:aws:s3:::bucket',
  ),
);
const copies: fc.Arbitrary<CopyRecipe> = fc.record(
  { to: copyTargets, retention, cold, archive: fc.boolean() },
  { requiredKeys: ['to', 'retention'] },
);
const tags = fc.dictionary(
  usually(
    fc.stringMatching(/^[a-z]{1,6}$/),
    fc.constantFrom('', 'aws:x', 'AWS:y', 'k'.repeat(128), 'k'.repeat(129)),
  ),
  usually(
    fc.string({ maxLength: 6 }),
    fc.constantFrom('v'.repeat(256), 'v'.repeat(257), 5 as unknown as string),
  ),
  { maxKeys: 3 },
);

const rule: fc.Arbitrary<RuleRecipe> = fc.record(
  {
    preset: fc.constantFrom('continuous', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'scheduled'),
    retention,
    name: names,
    cold,
    archive: usually(fc.boolean(), fc.constant('yes' as unknown as boolean)),
    hour: usually(fc.nat({ max: 23 }), fc.constantFrom(-1, 24, 1.5)),
    zone: fc.constantFrom('Asia/Seoul', 'America/New_York', 'UTC'),
    start: minutes,
    completion: minutes,
    vault: fc.nat({ max: 3 }),
    airGapped: fc.nat({ max: 3 }),
    copies: fc.array(copies, { maxLength: 3 }),
    tags,
    index: usually(fc.constantFrom('EBS', 'S3'), fc.constantFrom('EFS', 'RDS')),
    scan: usually(fc.constantFrom('FULL_SCAN', 'INCREMENTAL_SCAN'), fc.constant('SOME_SCAN')),
  },
  { requiredKeys: ['preset', 'retention'] },
);

const lock = optional(
  usually(
    fc.tuple(days, days).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
    fc.constantFrom({ min: 7 }, { min: 90, max: 30 }, { min: 0, max: 1 }),
  ),
);
const vault: fc.Arbitrary<VaultRecipe> = fc.record(
  { kind: fc.constantFrom('ours', 'theirs', 'l1', 'imported', 'air-gapped'), lock },
  { requiredKeys: ['kind'] },
);

/** Plans in which nothing is wrong. */
export const soundPlans: fc.Arbitrary<PlanRecipe> = fc
  .record({
    locks: fc.array(optional(fc.record({ min: fc.integer({ min: 1, max: 7 }), max: fc.constant(36_500) })), {
      minLength: 3,
      maxLength: 3,
    }),
    rules: fc.uniqueArray(
      fc.record(
        {
          preset: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly', 'yearly', 'scheduled'),
          name: fc.stringMatching(/^[a-zA-Z0-9\-_.]{1,50}$/),
          cold: fc.integer({ min: 1, max: 3000 }),
          more: fc.nat({ max: 30_000 }),
          start: fc.integer({ min: 60, max: 1000 }),
          wait: fc.integer({ min: 60, max: 10_000 }),
          vault: fc.constantFrom(0, 1, 2),
          airGapped: fc.constant(3),
          tags: fc.dictionary(fc.stringMatching(/^[a-z]{1,128}$/), fc.string({ maxLength: 256 }), {
            maxKeys: 10,
          }),
          copy: fc.nat({ max: 3 }),
        },
        { requiredKeys: ['preset', 'name', 'more'] },
      ),
      { minLength: 1, maxLength: 4, selector: ({ name }) => name },
    ),
    continuous: fc.option(fc.integer({ min: 7, max: 35 }), { nil: undefined }),
    windowsVss: fc.boolean(),
  })
  .map(({ locks, rules, continuous, windowsVss }) => {
    const sound = rules.map(({ cold: after, more, start, wait, copy, ...rest }): RuleRecipe => {
      const kept = { retention: after === undefined ? more + 7 : after + 90 + more, cold: after };
      const bounded = { ...kept, retention: Math.min(kept.retention, 36_500) };
      return {
        ...rest,
        ...bounded,
        start,
        completion: start !== undefined && wait !== undefined ? start + wait : undefined,
        copies: copy === undefined ? undefined : [{ ...bounded, to: copy }],
      };
    });
    const pitr: RuleRecipe[] =
      continuous === undefined || sound.some(({ name }) => name === 'pitr')
        ? []
        : [{ preset: 'continuous', name: 'pitr', retention: continuous }];
    return {
      vaults: [
        { kind: 'ours', lock: locks[0] },
        { kind: 'theirs', lock: locks[1] },
        { kind: 'l1', lock: locks[2] },
        { kind: 'air-gapped', lock: { min: 7, max: 36_500 } },
      ],
      vault: 0,
      rules: [...sound, ...pitr],
      later: [],
      windowsVss,
    };
  });

/** One property of a rule, a vault, or the plan, said otherwise. */
const mutation = fc.record({
  where: fc.constantFrom('rule', 'rule', 'rule', 'vault', 'plan'),
  index: fc.nat({ max: 3 }),
  rule,
  property: fc.constantFrom(
    ...(['retention', 'name', 'cold', 'archive', 'hour', 'zone', 'start', 'completion'] as const),
    ...(['vault', 'airGapped', 'copies', 'tags', 'index', 'scan', 'preset'] as const),
  ),
  vault,
  plan: fc.record(
    {
      name: names,
      vault: fc.constant(undefined),
      rules: fc.constant([]),
      later: fc.array(rule, { minLength: 1, maxLength: 1 }),
      scanned: usually(
        fc.uniqueArray(fc.constantFrom('S3', 'EBS', 'EC2'), { minLength: 1 }),
        fc.constantFrom(['S3', 'S3'], []),
      ),
    },
    { requiredKeys: [] },
  ),
});

/** Any plan: a sound one, of which some things are said otherwise. */
export const plans: fc.Arbitrary<PlanRecipe> = fc
  .tuple(soundPlans, fc.array(mutation, { maxLength: 3 }))
  .map(([sound, mutations]) => mutations.reduce(mutate, sound));

function mutate(plan: PlanRecipe, { where, index, ...other }: MutationOf<typeof mutation>): PlanRecipe {
  switch (where) {
    case 'plan':
      return { ...plan, ...other.plan };
    case 'vault':
      return { ...plan, vaults: plan.vaults.map((each, i) => (i === index ? other.vault : each)) };
    default:
      return {
        ...plan,
        rules: plan.rules.map((each, i) =>
          i === index % plan.rules.length ? { ...each, [other.property]: other.rule[other.property] } : each,
        ),
      };
  }
}

type MutationOf<T> = T extends fc.Arbitrary<infer U> ? U : never;

// Construction ------------------------------------------------------------------------------------------------------

type AnyVault = IBackupVaultRef | ILogicallyAirGappedBackupVaultRef;

/** What a recipe needs: its vaults, and what is known of their locks by how they stand in a template. */
export interface Vaults {
  readonly all: readonly AnyVault[];
  readonly locks: ReadonlyMap<string, LockRange>;
}

export function makeVaults(stack: Stack, recipes: readonly VaultRecipe[]): Vaults {
  const locks = new Map<string, LockRange>();
  const all = recipes.map((recipe, index) => {
    const made = makeVault(stack, recipe, `v${index}`);
    const ref =
      'backupVaultRef' in made
        ? made.backupVaultRef
        : {
            backupVaultName: undefined,
            backupVaultArn: (made as CfnLogicallyAirGappedBackupVault).attrBackupVaultArn,
          };
    const range = recipe.kind === 'air-gapped' ? (recipe.lock ?? { min: 7, max: 36_500 }) : recipe.lock;
    for (const way of Object.values(ref))
      if (range && way !== undefined) locks.set(JSON.stringify(stack.resolve(way)), range);
    return made;
  });
  return { all, locks };
}

function makeVault(stack: Stack, { kind, lock: range }: VaultRecipe, id: string): AnyVault {
  const lock =
    range &&
    (() =>
      VaultLock.governance({
        minRetention: Duration.days(range.min as number),
        maxRetention: range.max === undefined ? undefined : Duration.days(range.max),
      }));
  const lockConfiguration = range && {
    minRetentionDays: range.min as number,
    maxRetentionDays: range.max,
  };
  switch (kind) {
    case 'ours':
      return new BackupVault(stack, id, {
        backupVaultName: id,
        encryption: VaultEncryption.awsManagedKey(),
        lock: lock?.(),
      });
    case 'theirs': {
      const theirs = new CdkBackupVault(stack, id, { backupVaultName: id });
      // the L2 has laws of its own for locks
      (theirs.node.defaultChild as CfnBackupVault).lockConfiguration = lockConfiguration;
      return theirs;
    }
    case 'l1':
      return new CfnBackupVault(stack, id, { backupVaultName: id, lockConfiguration });
    case 'imported':
      return BackupVault.fromBackupVaultAttributes(stack, id, { backupVaultName: id, lock: lock?.() });
    case 'air-gapped':
      return new CfnLogicallyAirGappedBackupVault(stack, id, {
        backupVaultName: id,
        minRetentionDays: range?.min ?? 7,
        maxRetentionDays: range?.max ?? 36_500,
      });
  }
}

const toRetention = (given: Days): Retention => {
  if (given === 'forever') return Retention.forever();
  return typeof given === 'number' ? Retention.days(given) : (given as unknown as Retention);
};

function lifecycle({ retention: kept, cold: after, archive }: LifecycleRecipe) {
  const coldStorageAfter = after === undefined ? undefined : Duration.days(after);
  return { retention: toRetention(kept), coldStorageAfter, archive };
}

const toMinutes = (given: number | undefined) => (given === undefined ? undefined : Duration.minutes(given));

function makeCopy(recipe: CopyRecipe, vaults: readonly AnyVault[]): CopyAction {
  if (typeof recipe.to === 'string') return CopyAction.toVaultArn(recipe.to, lifecycle(recipe));
  const vault = vaults[recipe.to];
  return 'backupVaultRef' in vault
    ? CopyAction.toVault(vault, lifecycle(recipe))
    : CopyAction.toAirGappedVault(vault, lifecycle(recipe));
}

export function makeRule(recipe: RuleRecipe, vaults: readonly AnyVault[]): BackupRule {
  const {
    preset,
    name,
    hour,
    zone,
    start,
    completion,
    copies: to,
    tags: recoveryPointTags,
    index,
    scan,
  } = recipe;
  const timeZone = zone === undefined ? undefined : TimeZone.of(zone);
  const options = {
    name,
    hour,
    timeZone,
    ...lifecycle(recipe),
    startWindow: toMinutes(start),
    completionWindow: toMinutes(completion),
    vault: recipe.vault === undefined ? undefined : (vaults[recipe.vault] as IBackupVaultRef),
    airGappedVault:
      recipe.airGapped === undefined
        ? undefined
        : (vaults[recipe.airGapped] as unknown as ILogicallyAirGappedBackupVaultRef),
    copies: to?.map((copy) => makeCopy(copy, vaults)),
    recoveryPointTags,
    index: index === undefined ? undefined : ResourceType.of(index),
    scan: scan as ScanMode,
  } satisfies BackupRuleOptions & Record<string, unknown>;
  if (preset === 'weekly')
    return BackupRule.weekly({ ...options, weekDays: [WeekDay.MONDAY, WeekDay.FRIDAY] });
  const schedule = () => BackupSchedule.expression('cron(30 6,18 ? * MON-FRI *)', timeZone);
  if (preset === 'scheduled' || preset === 'continuous')
    return BackupRule[preset]({ ...options, schedule: schedule() });
  return BackupRule[preset](options);
}

export function makePlanProps(recipe: PlanRecipe, vaults: readonly AnyVault[]): BackupPlanProps {
  const { name, vault: main, rules, windowsVss, scanned } = recipe;
  return {
    backupPlanName: name,
    vault: main === undefined ? undefined : (vaults[main] as IBackupVaultRef),
    rules: rules.map((each) => makeRule(each, vaults)),
    windowsVss,
    scanSettings: scanned && { resourceTypes: scanned.map((type) => ResourceType.of(type)) },
  };
}
