import { type Expression, type Random, randomExpression } from '../../values/schedule/cron-generator';

/** A plan and what it protects, made as a tree from which the template and the expected result are written. */
export interface RandomPlan {
  readonly type: ProtectedType;
  readonly from: number;
  readonly to: number;
  readonly rules: readonly RandomRule[];
  /** Locks of the vaults `v0` to `v3`; `v3` is in another Region and account. */
  readonly locks: readonly (RandomLock | undefined)[];
  readonly hold?: { readonly vaults: readonly number[]; readonly from?: number; readonly to?: number };
}

export interface RandomRule {
  readonly expression: Expression;
  readonly zone: string;
  readonly windowMinutes?: number;
  readonly life: RandomLife;
  readonly continuous: boolean;
  readonly vault: number;
  readonly copies: readonly { readonly vault: number; readonly life?: RandomLife }[];
}

export interface RandomLife {
  /** Undefined: forever. */
  readonly deleteAfter?: number;
  readonly coldAfter?: number;
  readonly archive?: boolean;
}

export interface RandomLock {
  readonly min?: number;
  readonly max?: number;
}

export const TYPES = {
  EFS: { cloudFormation: 'AWS::EFS::FileSystem', cold: true, continuous: false, copies: true },
  DynamoDB: { cloudFormation: 'AWS::DynamoDB::Table', cold: true, continuous: false, copies: true },
  S3: { cloudFormation: 'AWS::S3::Bucket', cold: false, continuous: true, copies: true },
  Aurora: { cloudFormation: 'AWS::RDS::DBCluster', cold: false, continuous: true, copies: true },
  EBS: { cloudFormation: 'AWS::EC2::Volume', cold: 'archive', continuous: false, copies: true },
  Redshift: { cloudFormation: 'AWS::Redshift::Cluster', cold: false, continuous: false, copies: false },
} as const;

export type ProtectedType = keyof typeof TYPES;

/** With daylight-saving time on either hemisphere, by half an hour, during Ramadan, and with odd offsets. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/Santiago',
];

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export function randomPlan(random: Random): RandomPlan {
  const rules = Array.from({ length: random.pick([1, 1, 2, 2, 3, 4]) }, () => randomRule(random));
  const dense = rules.some(
    ({ expression }) => expression.hours.length > 1 || expression.hours[0].from !== expression.hours[0].to,
  );
  const days = dense ? random.pick([1, 2, 4, 7]) : random.pick([3, 10, 30, 90, 400]);
  const from =
    Date.UTC(2027, 0, 1) +
    random.whole(0, 1000) * DAY +
    (random.chance(0.3) ? random.whole(0, 1439) * MINUTE : 0);
  return {
    type: random.pick(Object.keys(TYPES) as ProtectedType[]),
    from,
    to: from + days * DAY + (random.chance(0.2) ? random.whole(0, 1439) * MINUTE : 0),
    rules,
    locks: Array.from({ length: 4 }, () => randomLock(random)),
    hold: random.chance(0.2) ? randomHold(random, from, days) : undefined,
  };
}

function randomRule(random: Random): RandomRule {
  const continuous = random.chance(0.2);
  return {
    expression: randomExpression(random),
    zone: random.pick(ZONES),
    windowMinutes: random.pick([undefined, 60, 60, 90, 720, 1440, 4320]),
    life: continuous ? { deleteAfter: random.whole(1, 35) } : randomLife(random),
    continuous,
    vault: random.whole(0, 1),
    copies: Array.from({ length: random.pick([0, 0, 1, 2]) }, () => ({
      vault: random.whole(2, 3),
      life: random.chance(0.3) ? undefined : randomLife(random),
    })),
  };
}

function randomLife(random: Random): RandomLife {
  const coldAfter = random.chance(0.3) ? random.whole(1, 10) : undefined;
  if (random.chance(0.15)) return { coldAfter };
  const least = coldAfter === undefined ? 1 : coldAfter + 90;
  return { deleteAfter: least + random.pick([0, 0, 1, 6, 34, 364]), coldAfter, archive: random.chance(0.5) };
}

function randomLock(random: Random): RandomLock | undefined {
  if (random.chance(0.8)) return undefined;
  return { min: random.pick([1, 7, 30]), max: random.chance(0.5) ? random.pick([30, 90, 365]) : undefined };
}

function randomHold(random: Random, from: number, days: number): RandomPlan['hold'] {
  const start = from + random.whole(-2, days) * DAY;
  const dated = random.chance(0.7);
  return {
    vaults: random.pick([[0], [1], [0, 2], [0, 1, 2]]),
    ...(dated && { from: start, to: start + random.whole(0, days) * DAY }),
  };
}
