import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDatum,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import type { PublishInput } from '@aws-sdk/client-sns';
import { chatNotification } from '../../values/settings/chat-notification';
import { explain, Failure } from '../core/failure';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import type { MemoryClient } from './first-seen';
import { type Finding, lockMessageOf, messageOf, NOTHING, slowMessageOf } from './freshness-message';
import { neverBackedUp, type ObjectiveState, type PlanRequest } from './never-backed-up';
import { Deadlines, type Objective } from './objective';
import type { SelectionReader } from './selected-resources';
import {
  type BackupReader,
  protectedResources,
  readVault,
  sightingsFor,
  type VaultPoints,
} from './sightings';
import { type JobReader, readSlowJobs, type TargetRequest } from './slow-jobs';
import { dueLocks, lockMetrics, readLocks } from './vault-locks';

/** What a check compares, as the rule that invokes the function sends it. */
export interface FreshnessRequest extends TargetRequest {
  /** The name of the check: a dimension of its metrics. */
  readonly check: string;
  readonly namespace: string;
  readonly objectives: readonly Objective[];
  /** A resource that is late and without a new recovery point for longer is taken for deleted, in minutes. */
  readonly forgetAfter: number;
  /** Plans whose selections are compared with what was backed up, and the parameter that remembers what was not. */
  readonly plans?: readonly PlanRequest[];
  readonly memory?: string;
  /** Vaults with a lock that becomes final, and how many days before that to send a message. */
  readonly locks?: readonly string[];
  readonly lockNotice?: number;
  readonly topic?: string;
  /** Whether messages are for channels of Slack and Microsoft Teams. */
  readonly chat?: boolean;
  readonly runbook?: string;
  readonly console?: string;
}

/** What the check calls. */
export interface FreshnessClient extends BackupReader, SelectionReader, MemoryClient, JobReader {
  getMetricData(input: GetMetricDataInput): Promise<GetMetricDataOutput>;
  putMetricData(input: PutMetricDataInput): Promise<unknown>;
  publish(input: PublishInput): Promise<unknown>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long CloudWatch keeps a metric. */
const MEMORY = 455 * DAY;
/** CloudWatch takes a thousand values in a call. */
const BATCH = 1_000;

/** The findings of an objective. */
interface ObjectiveFindings extends ObjectiveState {
  readonly findings: readonly Finding[];
}

/**
 * Compares the newest recovery point of each resource with its objectives, sends one message with the names of those that
 * became late since the last check, and publishes metrics by tier and type. The value that says that it succeeded is
 * published last, and only if everything was checked: an alarm waits for it.
 *
 * @returns how many are late
 */
export async function checkFreshness(
  request: FreshnessRequest,
  client: FreshnessClient,
  work: Work,
): Promise<number> {
  const now = work.now();
  const { first, last } = await earlierChecks(request, client, work);
  const { states, broken } = await findingsOf(request, client, work, { now, since: first ?? now });
  const { plans = [], memory } = request;
  const never =
    memory === undefined
      ? { findings: [], broken: [] }
      : await neverBackedUp({ plans, memory }, client, work, { states, now });
  broken.push(...never.broken);
  const findings = [...withoutDoubles(states, plans, never.findings), ...never.findings];

  const late = findings.flatMap(({ late }) => late ?? []);
  const fresh = late.filter(({ since }) => last === undefined || since > last);
  for (const each of fresh) work.log(`late: ${each.arn} (${each.what})`);
  if (fresh.length > 0)
    await send(request, client, work, messageOf(request, { fresh, late: late.length, now }));

  const vaults = new Set(request.copySources ?? request.objectives.map(({ vault }) => vault));
  const second = Math.floor(now / 1_000) * 1_000;
  const jobs = await readSlowJobs(request, vaults, client, work, { now: second, last });
  if (jobs.slow.length > 0)
    await send(request, client, work, slowMessageOf(request, { slow: jobs.slow, now }));
  broken.push(...jobs.broken);

  const { locks, broken: unread } = await readLocks(request.locks ?? [], client, work);
  for (const lock of dueLocks(locks, request.lockNotice ?? 0, { now, last }))
    await send(request, client, work, lockMessageOf(request, lock));
  broken.push(...unread);

  const outOfObjective = new Set(late.map(({ arn }) => arn)).size;
  const total = [{ Name: 'Check', Value: request.check }];
  await put(request, client, work, [
    ...metricsOf(request, findings),
    ...jobs.metrics.map((metric) => ({ ...metric, Dimensions: total })),
    ...lockMetrics(request.check, locks, now),
    { MetricName: 'ResourcesOutOfObjective', Dimensions: total, Value: outOfObjective, Unit: 'Count' },
  ]);
  if (broken.length > 0) throw new Failure(`not everything was checked: ${broken.join('; ')}`);
  await put(request, client, work, [
    { MetricName: 'LastSuccess', Dimensions: total, Value: Math.floor(now / 1_000), Unit: 'Seconds' },
  ]);
  return late.length;
}

async function send(
  { topic: TopicArn, chat }: FreshnessRequest,
  client: FreshnessClient,
  work: Work,
  { Subject, Message: text }: { readonly Subject: string; readonly Message: string },
): Promise<void> {
  if (TopicArn === undefined) return;
  const Message = chat ? JSON.stringify(chatNotification(Subject, text)) : text;
  await retrying(work, () => client.publish({ TopicArn, Subject, Message }));
}

/** When the check first and last succeeded, which its own metric remembers. */
async function earlierChecks(
  { namespace, check }: FreshnessRequest,
  client: FreshnessClient,
  work: Work,
): Promise<{ first?: number; last?: number }> {
  const query = (Id: string, Stat: string) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: 'LastSuccess',
        Dimensions: [{ Name: 'Check', Value: check }],
      },
      Period: 86_400,
      Stat,
    },
  });
  const { MetricDataResults } = await retrying(work, () =>
    client.getMetricData({
      StartTime: new Date(work.now() - MEMORY),
      EndTime: new Date(work.now() + DAY), // the period of today has not ended
      MetricDataQueries: [query('first', 'Minimum'), query('last', 'Maximum')],
    }),
  );
  // minima and maxima of days: the least of all is the first, the greatest the last
  const values = (MetricDataResults ?? []).flatMap(({ Values }) => Values ?? []);
  const seconds = (value: number) => (Number.isFinite(value) ? value * 1_000 : undefined);
  return { first: seconds(Math.min(...values)), last: seconds(Math.max(...values)) };
}

/** Compares everything; a vault that can't be read does not keep the others from being compared. */
async function findingsOf(
  { objectives, forgetAfter }: FreshnessRequest,
  client: FreshnessClient,
  work: Work,
  { now, since }: { readonly now: number; readonly since: number },
): Promise<{ states: Map<number, ObjectiveFindings>; broken: string[] }> {
  const states = new Map<number, ObjectiveFindings>();
  const broken: string[] = [];
  const listed = objectives.length > 0 ? await protectedResources(client, work) : [];
  const vaults = new Map<string, Promise<VaultPoints>>();
  const walk = (vault: string) => {
    const walked = vaults.get(vault) ?? readVault(client, vault, work);
    vaults.set(vault, walked);
    return walked;
  };
  for (const [index, objective] of objectives.entries()) {
    const { tier } = objective;
    const deadlines = new Deadlines(objective, now);
    try {
      const sightings = await sightingsFor(objective, objectives.length === 1, listed, walk);
      const findings = sightings.flatMap(({ arn, type, first, last, newest }): Finding[] => {
        const deadline = deadlines.after(newest ?? first) ?? Number.POSITIVE_INFINITY;
        // what other rules still back up is there
        if (now - Math.max(deadline, last) > forgetAfter * MINUTE) return [];
        const start = newest ?? first;
        const share = start < now ? (now - start) / (deadline - start) : 0;
        const isLate = now >= deadline;
        const late = isLate ? { arn, type, what: objective.what, newest, since: deadline } : undefined;
        return [{ tier, type, share, late }];
      });
      // a rule that backs up nothing at all; known only once the check has been there for a whole run
      const deadline = deadlines.after(since) ?? Number.POSITIVE_INFINITY;
      if (sightings.length === 0 && now >= deadline) {
        const late = { arn: NOTHING, type: '', what: objective.what, since: deadline };
        findings.push({ tier, type: 'None', share: (now - since) / (deadline - since), late });
      }
      states.set(index, { findings, deadlines, arns: new Set(sightings.map(({ arn }) => arn)) });
    } catch (error) {
      broken.push(`vault ${objective.vault}: ${explain(error)}`);
    }
  }
  return { states, broken: [...new Set(broken)] };
}

/** Where the names of the resources of a plan are known, its rules do not say in addition that they back up nothing. */
function withoutDoubles(
  states: ReadonlyMap<number, ObjectiveFindings>,
  plans: readonly PlanRequest[],
  never: readonly Finding[],
): Finding[] {
  const named = new Set(never.filter(({ late }) => late).map(({ tier }) => tier));
  const known = new Set(plans.filter(({ name }) => named.has(name)).flatMap(({ objectives }) => objectives));
  return [...states].flatMap(([index, { findings }]) =>
    findings.filter(({ late }) => !(known.has(index) && late?.arn === NOTHING)),
  );
}

/** Two values for each tier and type: never one for each resource, which CloudWatch would bill each by itself. */
function metricsOf({ check }: FreshnessRequest, findings: readonly Finding[]): MetricDatum[] {
  const groups = new Map<string, { tier: string; type: string; late: Set<string>; share: number }>();
  for (const { tier, type, share, late } of findings) {
    const key = `${tier}\n${type}`;
    const group = groups.get(key) ?? { tier, type, late: new Set<string>(), share: 0 };
    groups.set(key, group);
    if (late) group.late.add(late.arn);
    group.share = Math.max(group.share, share);
  }
  return [...groups.values()].flatMap(({ tier, type, late, share }) => {
    const Dimensions = [
      { Name: 'Check', Value: check },
      { Name: 'Tier', Value: tier },
      { Name: 'ResourceType', Value: type },
    ];
    return [
      { MetricName: 'AgeAgainstObjective', Dimensions, Value: share * 100, Unit: 'Percent' as const },
      { MetricName: 'ResourcesOutOfObjective', Dimensions, Value: late.size, Unit: 'Count' as const },
    ];
  });
}

async function put(
  { namespace }: FreshnessRequest,
  client: FreshnessClient,
  work: Work,
  metrics: readonly MetricDatum[],
): Promise<void> {
  const Timestamp = new Date(work.now());
  for (let i = 0; i < metrics.length; i += BATCH) {
    const MetricData = metrics.slice(i, i + BATCH).map((metric) => ({ ...metric, Timestamp }));
    await retrying(work, () => client.putMetricData({ Namespace: namespace, MetricData }));
  }
}
