import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FreshnessRequest } from '../../../src/handler/freshness/freshness-check';
import { FakeAccount } from './fake-account';

const BUNDLE = join(__dirname, '..', '..', '..', 'assets', 'handler', 'freshness', 'index', 'index.js');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DISK = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';
const DATABASE = 'arn:aws:rds:eu-west-1:111122223333:db:orders';
const PLAN = 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:on-call';

/** What AWS answers: JSON, or the XML of the older APIs. */
interface Reply {
  readonly status?: number;
  readonly json?: unknown;
  readonly xml?: string;
}

/** Times are seconds on the wire. */
function onTheWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, onTheWire(each)]));
}

/** AWS over HTTP, as far as the check calls it, in front of an account. */
class FakeWire {
  readonly authorizations = new Map<string, string>();
  /** What is answered instead, once, by operation. */
  readonly mishaps = new Map<string, Reply>();
  private readonly server: Server = createServer((request, response) => {
    this.reply(request).then(({ status = 200, json, xml }) => {
      response.writeHead(status, { 'content-type': xml === undefined ? 'application/json' : 'text/xml' });
      response.end(xml ?? JSON.stringify(onTheWire(json)));
    });
  });

  constructor(private readonly account: FakeAccount) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async reply(request: IncomingMessage): Promise<Reply> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '', 'http://localhost');
    const target = String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    const operation = target || new URLSearchParams(body).get('Action') || url.pathname;
    this.authorizations.set(operation, request.headers.authorization ?? '');
    const mishap = this.mishaps.get(operation);
    this.mishaps.delete(operation);
    return mishap ?? (request.method === 'GET' ? this.backup(url) : this.others(operation, body));
  }

  private async backup({ pathname, searchParams }: URL): Promise<Reply> {
    const { account } = this;
    const time = (name: string) => new Date(searchParams.get(name) ?? Number.NaN);
    const limits = { ByCreatedAfter: time('createdAfter'), ByCreatedBefore: time('createdBefore') };
    const [, first, second, third, fourth, fifth] = pathname.split('/').map(decodeURIComponent);
    const answers: Record<string, () => Promise<unknown>> = {
      resources: () => account.listProtectedResources({}),
      'backup-vaults': () =>
        third
          ? account.listRecoveryPoints({ BackupVaultName: second })
          : account.describeBackupVault({ BackupVaultName: second }),
      'copy-jobs': () => account.listCopyJobs(limits),
      'restore-jobs': () =>
        account.listRestoreJobs({
          ...limits,
          ByRestoreTestingPlanArn: searchParams.get('restoreTestingPlanArn') ?? '',
        }),
      'account-settings': () => account.describeRegionSettings(),
      backup: () =>
        fifth
          ? account.getBackupSelection({ BackupPlanId: third, SelectionId: fifth })
          : account.listBackupSelections({ BackupPlanId: third }),
    };
    if (fourth !== undefined && fourth !== 'selections') return { status: 404, json: {} };
    return { json: await answers[first]() };
  }

  private async others(operation: string, body: string): Promise<Reply> {
    const { account } = this;
    switch (operation) {
      case 'GetResources':
        return { json: await account.getResources(JSON.parse(body)) };
      case 'GetParameter':
        return { json: await account.getParameter({ Name: JSON.parse(body).Name }) };
      case 'PutParameter':
        return { json: (await account.putParameter(JSON.parse(body))) ?? {} };
      case 'GetMetricData':
        return { json: await account.getMetricData(JSON.parse(body)) };
      case 'PutMetricData': {
        const { MetricData, ...rest } = JSON.parse(body);
        const data = MetricData.map((one: { Timestamp: number }) => ({
          ...one,
          Timestamp: new Date(one.Timestamp * 1_000),
        }));
        return { json: (await account.putMetricData({ ...rest, MetricData: data })) ?? {} };
      }
      case 'Publish': {
        const form = new URLSearchParams(body);
        const [TopicArn, Subject, Message] = ['TopicArn', 'Subject', 'Message'].map(
          (name) => form.get(name) ?? '',
        );
        await account.publish({ TopicArn, Subject, Message });
        return {
          xml: '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
        };
      }
      default: {
        const members = account.databases.map(
          ({ DBInstanceArn, Engine }) =>
            `<DBInstance><DBInstanceArn>${DBInstanceArn}</DBInstanceArn><Engine>${Engine}</Engine></DBInstance>`,
        );
        return {
          xml: `<${operation}Response><${operation}Result><DBInstances>${members.join('')}</DBInstances></${operation}Result></${operation}Response>`,
        };
      }
    }
  }
}

const account = new FakeAccount();
const wire = new FakeWire(account);
const environment = { ...process.env };
let handler: (request: FreshnessRequest, context: unknown) => Promise<void>;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await wire.start(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'token',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  ({ handler } = require(BUNDLE));
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterAll(async () => {
  await wire.stop();
  process.env = environment;
  jest.restoreAllMocks();
});

test('the code that is deployed finds what is late, what was never backed up and what is slow, over HTTP', async () => {
  const now = Date.now();
  account.backUp('gold', DISK, now - 3 * DAY, 35);
  account.selections.set('plan-1', [
    {
      SelectionName: 'Tags',
      IamRoleArn: 'role',
      ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
    },
  ]);
  account.tagged.set(DATABASE, { backup: 'gold' });
  account.databases.push({ DBInstanceArn: DATABASE, Engine: 'mysql' });
  account.optIn.RDS = true;
  account.copyJobs.push({
    CopyJobId: 'copy-1',
    ResourceArn: DISK,
    SourceBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold',
    DestinationBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:far',
    CreationDate: new Date(now - 3 * HOUR),
    CompletionDate: new Date(now - HOUR),
    State: 'COMPLETED',
  });
  account.restoreJobs.push({
    plan: PLAN,
    RestoreJobId: 'restore-1',
    SourceResourceArn: DISK,
    CreationDate: new Date(now - 3 * HOUR),
    Status: 'RUNNING',
  });
  // a check of two hours ago, which saw the database first
  account.metrics.push({
    MetricName: 'LastSuccess',
    Dimensions: [{ Name: 'Check', Value: 'gold' }],
    Value: Math.floor((now - 2 * HOUR) / 1_000),
    Timestamp: new Date(now - 2 * HOUR),
  });
  const answer = (__type: string) => ({ status: 400, json: { __type, message: 'slow down' } });
  wire.mishaps.set('GetResources', answer('com.amazonaws.tagging#ThrottledException'));
  await handler(
    {
      check: 'gold',
      namespace: 'BackupFreshness',
      forgetAfter: 7 * 24 * 60,
      topic: TOPIC,
      objectives: [
        { tier: 'gold', what: 'vault gold', vault: 'gold', maxAge: 4_200 },
        { tier: 'gold', what: 'vault gold', vault: 'gold', maxAge: 60, keep: 36_500 },
      ],
      plans: [{ id: 'plan-1', name: 'gold', objectives: [0] }],
      memory: 'memory',
      copyTarget: 60,
      restoreTests: [{ arn: PLAN, target: 60 }],
      locks: ['gold'],
      lockNotice: 3,
    },
    { getRemainingTimeInMillis: () => 300_000 },
  );
  expect(account.messages.map(({ TopicArn, Subject }) => [TopicArn, Subject])).toEqual([
    [TOPIC, 'Backup missing: 1 resource'],
    [TOPIC, 'Backup too slow: 2 jobs'],
  ]);
  expect(account.messages[1].Message).toMatch(
    /took 120 minutes, target 60 minutes, job copy-1\nrestore test of .* still runs/,
  );
  expect(account.metric('ResourcesOutOfObjective', 'gold', 'EBS')).toBe(1);
  expect(account.metric('AgeAgainstObjective', 'gold', 'RDS')).toBe(0);
  expect(account.memory).toMatch(/^\w+:.{4}$/);
  expect(account.metric('LastSuccess')).toBeGreaterThan((now - HOUR) / 1_000);
  expect(wire.authorizations.get('GetResources')).toMatch(
    /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/eu-west-1\/tagging\/aws4_request, SignedHeaders=content-type;host;.*x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
  );
});
