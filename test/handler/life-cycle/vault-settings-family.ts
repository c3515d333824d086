import { vaultSettings } from '../../../src/handler/vault/vault-settings';
import { FakeParameters } from '../support/fakes';
import { awsError } from '../support/requests';
import type { Clock } from './clock';
import { Eventual, type Family, type Scene } from './family';
import type { Invocation } from './invocation';
import type { Stack } from './stack';

interface Lock {
  readonly min?: number;
  readonly date?: Date;
}
type Topic = { readonly arn: string; readonly events: readonly string[] };

const DAY = 86_400_000;

/** A statement of an access policy: denials protect, permissions don't. */
export const statement = (Sid: string, Effect: 'Allow' | 'Deny' = 'Deny') => ({
  Sid,
  Effect,
  Principal: '*',
  Action: Effect === 'Deny' ? 'backup:DeleteRecoveryPoint' : 'backup:CopyIntoBackupVault',
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalTag/who': Sid } },
});
export const policyOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

/** What a resource may want. */
const CHOICES: Record<string, unknown>[] = [
  { lock: { minRetentionDays: '7' } },
  { lock: { minRetentionDays: '30' }, accessPolicy: policyOf(statement('A')) },
  { accessPolicy: policyOf(statement('A'), statement('CopyA', 'Allow')) },
  { accessPolicy: policyOf(statement('B')), notifications: { topicArn: 't1', events: ['COPY_JOB_FAILED'] } },
  { notifications: { topicArn: 't1', events: ['BACKUP_JOB_FAILED'] }, lock: { minRetentionDays: '14' } },
  { notifications: { topicArn: 't2', events: ['COPY_JOB_FAILED'] } },
  { lock: { minRetentionDays: '7', changeableForDays: '3' } },
  { lock: { minRetentionDays: '7' }, trigger: '2' },
];

/** The vault `gold`, which exists before all stacks and after them. */
export class SettingsScene implements Scene {
  readonly lock: Eventual<Lock | undefined>;
  readonly policy: Eventual<string | undefined>;
  readonly topic: Eventual<Topic | undefined>;
  readonly tags: Eventual<Record<string, string>>;
  readonly parameters = new FakeParameters();
  /** What people strengthened, and which settings they changed in another way. */
  floor = 0;
  readonly denials = new Set<string>();
  readonly disturbed = new Set<string>();
  private readonly before: { lock?: Lock; policy?: string; topic?: Topic };
  private highest = 0;

  constructor(
    private readonly clock: Clock,
    random: () => number,
    before?: { lock?: Lock; policy?: string; topic?: Topic },
  ) {
    this.before = before ?? {
      ...(random() < 0.4 && { lock: { min: 10 } }),
      ...(random() < 0.4 && {
        policy: JSON.stringify(policyOf(statement('Before'), statement('CopyBefore', 'Allow'))),
      }),
      ...(random() < 0.3 && { topic: { arn: 't0', events: ['RESTORE_JOB_FAILED'] } }),
    };
    this.lock = new Eventual(clock, random, this.before.lock);
    this.policy = new Eventual(clock, random, this.before.policy);
    this.topic = new Eventual(clock, random, this.before.topic);
    this.tags = new Eventual<Record<string, string>>(clock, random, {});
  }

  operationFor(invocation: Invocation) {
    return vaultSettings(invocation.wrap(this.client) as never, invocation.wrap(this.parameterClient));
  }

  propertiesOf(choice: number) {
    return { vaultName: 'gold', ...CHOICES[choice % CHOICES.length] };
  }

  byHand(choice: number): void {
    const { value: lock } = this.lock;
    const isFinal = lock?.date !== undefined;
    if (choice === 0 && !isFinal) {
      this.floor = (lock?.min ?? 0) + 100;
      this.lock.value = { min: this.floor };
    } else if (choice === 1) {
      const sid = `Hand${this.denials.size}`;
      this.denials.add(sid);
      const policy = JSON.parse(this.policy.value ?? JSON.stringify(policyOf()));
      this.policy.value = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement(sid)] });
    } else if (choice === 2 && !isFinal && lock) {
      this.floor = 0;
      this.disturbed.add('lock');
      this.lock.value = { min: 1 };
    } else if (choice === 3) {
      this.disturbed.add('notifications');
      this.topic.value = { arn: 'by-hand', events: ['COPY_JOB_FAILED'] };
    } else if (choice === 4) {
      this.clock.time += 4 * DAY;
    }
  }

  problems(certain: readonly Stack[]): string[] {
    const problems: string[] = [];
    const min = this.lock.value?.min ?? 0;
    if (min < this.floor) problems.push(`a lock of ${this.floor} days by hand became one of ${min} days`);
    if (this.lock.value?.date && this.lock.value.date.getTime() <= this.clock.now())
      this.highest = Math.max(this.highest, min);
    if (min < this.highest) problems.push('a final lock was loosened');
    const statements = this.statements();
    for (const sid of this.denials)
      if (!statements.some(({ Sid = '' }) => Sid === sid)) problems.push(`the denial ${sid} is gone`);
    for (const stack of certain)
      for (const { properties } of stack.resources.values()) problems.push(...this.unmet(properties));
    return problems;
  }

  /** What a living owner wants and does not have. */
  private unmet(properties: Readonly<Record<string, unknown>>): string[] {
    const { lock, accessPolicy, notifications } = properties as Record<string, Record<string, never>>;
    const problems: string[] = [];
    if (lock && !this.disturbed.has('lock') && (this.lock.value?.min ?? 0) < Number(lock.minRetentionDays))
      problems.push(`a lock of ${lock.minRetentionDays} days is wanted, got ${this.lock.value?.min}`);
    if (accessPolicy) {
      const there = this.statements().map(({ Sid }) => Sid);
      for (const { Sid } of accessPolicy.Statement as { Sid: string }[])
        if (!there.includes(Sid)) problems.push(`the statement ${Sid} is wanted`);
    }
    if (notifications && !this.disturbed.has('notifications')) {
      const { arn, events = [] } = this.topic.value ?? {};
      if (arn !== notifications.topicArn || !events.includes(notifications.events[0]))
        problems.push(`events to ${notifications.topicArn} are wanted, got ${arn} ${events}`);
    }
    return problems;
  }

  lastProblems(lines: readonly string[]): string[] {
    const problems: string[] = [];
    const { lock, policy, topic } = this.before;
    const state = {
      lock: this.lock.value?.min,
      accessPolicy: this.meaning(this.policy.value),
      notifications: this.topic.value,
    };
    const old = { lock: lock?.min, accessPolicy: this.meaning(policy), notifications: topic };
    for (const [name, value] of Object.entries(state)) {
      const was = old[name as keyof typeof old];
      const isTouched =
        this.disturbed.has(name) ||
        (name === 'lock' && (this.floor > 0 || this.highest > 0)) ||
        (name === 'accessPolicy' && this.denials.size > 0);
      if (JSON.stringify(value) === JSON.stringify(was) || isTouched) continue;
      if (!lines.some((line) => line.startsWith(`${name} stays as it is`)))
        problems.push(`${name} was ${JSON.stringify(was)}, and is ${JSON.stringify(value)} in the end`);
    }
    const left = [...this.parameters.values.keys()].filter((name) => !name.includes('/lock/'));
    if (left.length > 0) problems.push(`claims are left: ${left.join(', ')}`);
    return problems;
  }

  private statements(): { Sid?: string }[] {
    return JSON.parse(this.policy.value ?? '{"Statement":[]}').Statement;
  }

  private meaning(policy: string | undefined): string[] {
    return (JSON.parse(policy ?? '{"Statement":[]}').Statement as { Sid: string }[])
      .map(({ Sid }) => Sid)
      .sort();
  }

  get parameterClient() {
    const { getParametersByPath, putParameter, deleteParameter } = this.parameters;
    return { getParametersByPath, putParameter, deleteParameter };
  }

  private refuseFinal(): void {
    const { value } = this.lock;
    if (value?.date && value.date.getTime() <= this.clock.now())
      throw awsError('InvalidRequestException', 'the lock is final');
  }

  get client() {
    const orNone = <T>(value: T | undefined): T => {
      if (value === undefined) throw awsError('ResourceNotFoundException');
      return value;
    };
    return {
      listBackupVaults: () => ({ BackupVaultList: [{ BackupVaultName: 'gold' }] }),
      describeBackupVault: () => {
        const lock = this.lock.shown;
        return {
          BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold',
          Locked: lock !== undefined,
          MinRetentionDays: lock?.min,
          LockDate: lock?.date,
        };
      },
      putLock: (input: { MinRetentionDays?: number; ChangeableForDays?: number }) => {
        this.refuseFinal();
        const days = input.ChangeableForDays;
        const date = days === undefined ? undefined : new Date(this.clock.now() + days * DAY);
        this.lock.value = { min: input.MinRetentionDays, date };
      },
      deleteLock: () => {
        this.refuseFinal();
        this.lock.value = undefined;
      },
      getPolicy: () => ({ Policy: orNone(this.policy.shown) }),
      putPolicy: ({ Policy }: { Policy?: string }) => {
        const sids = (JSON.parse(Policy ?? '').Statement as { Sid?: string }[]).map(({ Sid }) => Sid);
        if (new Set(sids).size < sids.length) throw awsError('InvalidParameterValueException', 'a Sid twice');
        this.policy.value = Policy;
      },
      deletePolicy: () => {
        this.policy.value = undefined;
      },
      getNotifications: () => {
        const { arn, events } = orNone(this.topic.shown);
        return { SNSTopicArn: arn, BackupVaultEvents: [...events] };
      },
      putNotifications: (input: { SNSTopicArn?: string; BackupVaultEvents?: string[] }) => {
        this.topic.value = { arn: input.SNSTopicArn ?? '', events: input.BackupVaultEvents ?? [] };
      },
      deleteNotifications: () => {
        this.topic.value = undefined;
      },
      listTags: () => ({ Tags: this.tags.shown }),
      tagResource: ({ Tags = {} }: { Tags?: Record<string, string> }) => {
        this.tags.value = { ...this.tags.value, ...Tags };
      },
      untagResource: ({ TagKeyList = [] }: { TagKeyList?: string[] }) => {
        const kept = Object.entries(this.tags.value).filter(([key]) => !TagKeyList.includes(key));
        this.tags.value = Object.fromEntries(kept);
      },
    };
  }
}

export const VAULT_SETTINGS: Family = {
  name: 'Custom::BackupVaultSettings',
  histories: 3_500,
  begin: (clock, random) => new SettingsScene(clock, random),
};
