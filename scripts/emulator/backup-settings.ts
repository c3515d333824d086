import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  DescribeGlobalSettingsOutput,
  DescribeRegionSettingsOutput,
  ProtectedResource,
  UpdateGlobalSettingsInput,
  UpdateRegionSettingsInput,
} from '@aws-sdk/client-backup';

/** The settings that AWS Backup keeps, as its SDK describes them. */
export type RegionSettings = Required<DescribeRegionSettingsOutput>;
export type GlobalSettings = Required<Pick<DescribeGlobalSettingsOutput, 'GlobalSettings'>>;

/** What goes wrong with a request: refused before anything is done, or answered by nobody after it was done. */
export type Mishap = 'throttled' | 'lost' | 'unavailable';

interface Reply {
  readonly status?: number;
  readonly error?: string;
  readonly body?: object;
}

const PATHS = ['/account-settings', '/global-settings'];
const RECOVERY_POINTS = /^\/backup-vaults\/([^/]+)\/recovery-points\/?(.*)$/;
const NAME = /^[a-zA-Z0-9\-_.]{1,50}$/;

/**
 * The settings and the recovery points of AWS Backup over HTTP, which no emulator at hand has: written from the types and the
 * wire format of `@aws-sdk/client-backup`, and not from our handlers. Strict: what the types don't have is refused.
 * Everything else goes to the emulator behind it.
 */
export class BackupSettings {
  /** The requests so far, such as `PUT /account-settings`, with what went wrong. */
  public readonly requests: string[] = [];
  /** What goes wrong next, one for each request that changes something, by path. */
  public readonly mishaps: Record<string, Mishap[]> = {};
  /** The ARNs of recovery points, by vault. */
  public readonly recoveryPoints: Record<string, Set<string>> = {};
  /** What was backed up once. */
  public protectedResources: readonly ProtectedResource[] = [];

  private behind = '';
  private readonly server: Server = createServer((request, response) => {
    this.serve(request, response).catch(() => response.destroy());
  });

  constructor(
    public readonly region: RegionSettings,
    public readonly organization: GlobalSettings,
  ) {}

  /** @returns where it answers */
  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Where the rest of AWS Backup is. */
  public forwardTo(endpoint: string): void {
    this.behind = endpoint;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [path] = (request.url ?? '').split('?');
    const operation = `${request.method} ${path}`;
    // the emulator never shows a resource as being updated; a handler that can't read its state goes on
    if (/(^|&)Action=DescribeStackResource(&|$)/.test(text))
      return answer(response, failure(400, 'AccessDenied', 'DescribeStackResource'));
    const points = RECOVERY_POINTS.exec(path);
    if (operation === 'GET /resources') return answer(response, { body: { Results: this.protected() } });
    if (points) return answer(response, this.replyAboutPoints(request.method ?? '', points[1], points[2]));
    if (!PATHS.includes(path)) return this.forward(request, text, response);

    const mishap = request.method === 'PUT' ? this.mishaps[path]?.shift() : undefined;
    this.requests.push(mishap ? `${operation} (${mishap})` : operation);
    if (mishap === 'throttled') return answer(response, failure(429, 'ThrottlingException', 'Rate exceeded'));
    if (mishap === 'unavailable')
      return answer(response, failure(500, 'ServiceUnavailableException', 'try again'));
    const reply = this.reply(operation, text);
    if (mishap === 'lost') response.destroy();
    else answer(response, reply);
  }

  private reply(operation: string, text: string): Reply {
    switch (operation) {
      case 'GET /account-settings':
        return { body: this.region };
      case 'GET /global-settings':
        return { body: this.organization };
      case 'PUT /account-settings':
        return this.updateRegion(JSON.parse(text));
      case 'PUT /global-settings':
        return this.updateOrganization(JSON.parse(text));
      default:
        return failure(404, 'UnknownOperationException', operation);
    }
  }

  /** On the wire, times are seconds. */
  private protected(): object[] {
    return this.protectedResources.map(({ LastBackupTime, ...resource }) => ({
      ...resource,
      LastBackupTime: LastBackupTime && LastBackupTime.getTime() / 1_000,
    }));
  }

  private replyAboutPoints(method: string, vault: string, arn: string): Reply {
    const points = this.recoveryPoints[vault] ?? new Set<string>();
    this.requests.push(`${method} recovery-points`);
    if (method === 'GET' && arn === '')
      return {
        body: {
          RecoveryPoints: [...points].map((RecoveryPointArn) => ({ RecoveryPointArn, Status: 'COMPLETED' })),
        },
      };
    const deleted = method === 'DELETE' && points.delete(decodeURIComponent(arn));
    return deleted ? { status: 204 } : failure(404, 'ResourceNotFoundException', arn);
  }

  private updateRegion(input: UpdateRegionSettingsInput): Reply {
    const groups = ['ResourceTypeOptInPreference', 'ResourceTypeManagementPreference'] as const;
    const odd = Object.keys(input).find((key) => !groups.includes(key as never));
    if (odd) return failure(400, 'InvalidParameterValueException', `unknown member ${odd}`);
    for (const group of groups)
      for (const [type, on] of Object.entries(input[group] ?? {}))
        if (typeof on !== 'boolean' || !NAME.test(type) || !(type in this.region[group]))
          return failure(400, 'InvalidParameterValueException', `${group}.${type}`);
    for (const group of groups) Object.assign(this.region[group], input[group]);
    return {};
  }

  private updateOrganization(input: UpdateGlobalSettingsInput): Reply {
    for (const [flag, value] of Object.entries(input.GlobalSettings ?? {}))
      if ((value !== 'true' && value !== 'false') || !FLAGS.includes(flag))
        return failure(400, 'InvalidParameterValueException', flag);
    Object.assign(this.organization.GlobalSettings, input.GlobalSettings);
    return {};
  }

  private async forward(request: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      ['host', 'connection', 'content-length', 'expect', 'transfer-encoding'].includes(name)
        ? []
        : [[name, String(value)] as [string, string]],
    );
    const body = text === '' ? undefined : text;
    const reply = await fetch(this.behind + request.url, { method: request.method, headers, body });
    response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await reply.arrayBuffer()));
  }
}

const FLAGS = ['isCrossAccountBackupEnabled', 'isMpaEnabled', 'isDelegatedAdministratorEnabled'];

function failure(status: number, error: string, message: string): Reply {
  return { status, error, body: { message } };
}

function answer(response: ServerResponse, { status = 200, error, body }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(error && { 'x-amzn-errortype': error }),
  });
  response.end(body ? JSON.stringify(body) : '');
}
