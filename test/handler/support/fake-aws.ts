import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was answered to a request of CloudFormation. */
export interface Answer {
  readonly method?: string;
  readonly contentType?: string;
  readonly body: Record<string, unknown>;
}

/**
 * AWS over HTTP, as far as the handlers call it: the settings of AWS Backup, parameters of AWS Systems Manager, roles of
 * IAM, and the place where CloudFormation waits for answers.
 */
export class FakeAws {
  readonly optIn: Record<string, boolean> = { S3: false, EBS: true };
  readonly flags: Record<string, string> = { isMpaEnabled: 'false' };
  readonly parameters = new Map<string, string>();
  readonly roles = new Set<string>();
  readonly answers: Answer[] = [];
  private readonly server: Server = createServer((request, response) => {
    this.respond(request).then(({ status = 200, body }) => {
      response.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/xml' : 'application/json' });
      response.end(body);
    });
  });

  async start(): Promise<string> {
    // the handlers wait longer than the default of 5 seconds between two calls
    this.server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(request: IncomingMessage): Promise<{ status?: number; body: string }> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method, url = '', headers } = request;
    const target = headers['x-amz-target'];
    if (url.startsWith('/answer')) {
      this.answers.push({ method, contentType: headers['content-type'], body: JSON.parse(text) });
      return { body: '' };
    }
    if (typeof target === 'string') return this.systemsManager(target, JSON.parse(text));
    if (url.startsWith('/account-settings')) {
      if (method === 'GET') return { body: JSON.stringify({ ResourceTypeOptInPreference: this.optIn }) };
      Object.assign(this.optIn, JSON.parse(text).ResourceTypeOptInPreference);
      return { body: '' };
    }
    if (url.startsWith('/global-settings')) {
      if (method === 'GET') return { body: JSON.stringify({ GlobalSettings: this.flags }) };
      Object.assign(this.flags, JSON.parse(text).GlobalSettings);
      return { body: '' };
    }
    if (url.startsWith('/backup-jobs'))
      return {
        body: JSON.stringify(
          method === 'PUT'
            ? { BackupJobId: `job-${JSON.parse(text).IdempotencyToken ? 1 : 0}` }
            : { BackupJobId: 'job-1', State: 'COMPLETED', RecoveryPointArn: 'arn:rp', CreationDate: 1 },
        ),
      };
    return this.identity(new URLSearchParams(text));
  }

  private systemsManager(target: string, input: Record<string, string>): { status?: number; body: string } {
    if (target.endsWith('.PutParameter')) {
      if (!input.Overwrite && this.parameters.has(input.Name))
        return { status: 400, body: JSON.stringify({ __type: 'ParameterAlreadyExists', message: 'no' }) };
      this.parameters.set(input.Name, input.Value);
    } else if (target.endsWith('.DeleteParameter')) {
      if (!this.parameters.delete(input.Name))
        return { status: 400, body: JSON.stringify({ __type: 'ParameterNotFound', message: 'gone' }) };
    } else {
      const all = [...this.parameters].filter(([name]) => name.startsWith(`${input.Path}/`));
      return { body: JSON.stringify({ Parameters: all.map(([Name, Value]) => ({ Name, Value })) }) };
    }
    return { body: '{}' };
  }

  private identity(input: URLSearchParams): { status?: number; body: string } {
    const action = input.get('Action') ?? '';
    if (action === 'DescribeStackResource') {
      const detail =
        '<StackResourceDetail><ResourceStatus>UPDATE_IN_PROGRESS</ResourceStatus></StackResourceDetail>';
      return { body: `<${action}Response><${action}Result>${detail}</${action}Result></${action}Response>` };
    }
    const role = '<Role><Arn>arn:aws:iam::111122223333:role/r</Arn></Role>';
    const result = {
      body: `<${action}Response><${action}Result>${role}</${action}Result></${action}Response>`,
    };
    if (action === 'GetRole') {
      if (this.roles.has(input.get('RoleName') ?? '')) return result;
      const body =
        '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>';
      return { status: 404, body };
    }
    this.roles.add('AWSServiceRoleForBackup');
    return result;
  }
}
