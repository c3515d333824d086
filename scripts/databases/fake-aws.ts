import { createServer, type Server } from 'node:http';
import Module from 'node:module';

/** A restored database, as AWS describes it, and the secret of its source. */
export interface RestoredDatabase {
  readonly engine: string;
  readonly engineVersion: string;
  readonly host: string;
  readonly port: number;
  /** The password in the secret, and the one before. */
  readonly password: string;
  readonly previous?: string;
}

const ACCOUNT = '111122223333';
export const PLAN = `arn:aws:backup:eu-west-1:${ACCOUNT}:restore-testing-plan:weekly`;

/**
 * AWS as the bundled function sees it: AWS Backup over HTTP, since its client is bundled, and the clients that come with the
 * runtime of AWS Lambda in place of the modules.
 */
export class FakeRuntime {
  /** The results by restore job. */
  public readonly results = new Map<string, { readonly verdict: string; readonly reason: string }>();
  private readonly databases: RestoredDatabase[] = [];
  private server?: Server;

  /** Adds what a test restored. Returns the id of its restore job. */
  public restored(database: RestoredDatabase): string {
    this.databases.push(database);
    return String(this.databases.length - 1);
  }

  public async start(): Promise<void> {
    this.replaceClients();
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const [, , id, what] = (request.url ?? '').split('/');
        const body = what === 'validations' ? this.decide(id, Buffer.concat(chunks)) : this.describeJob(id);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as { port: number };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
  }

  public stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private describeJob(id: string): object {
    const { engine } = this.databases[Number(id)];
    const kind = engine === 'docdb' ? 'cluster' : 'db';
    const now = Date.now() / 1_000;
    return {
      RestoreJobId: id,
      Status: 'COMPLETED',
      ResourceType: engine === 'docdb' ? 'DocumentDB' : 'RDS',
      CreatedResourceArn: `arn:aws:rds:eu-west-1:${ACCOUNT}:${kind}:${id}`,
      SourceResourceArn: `arn:aws:rds:eu-west-1:${ACCOUNT}:${kind}:source`,
      CreationDate: now - 600,
      CompletionDate: now,
      CreatedBy: { RestoreTestingPlanArn: PLAN },
    };
  }

  private decide(id: string, body: Buffer): object {
    const { ValidationStatus: verdict, ValidationStatusMessage: reason } = JSON.parse(body.toString());
    this.results.set(id, { verdict, reason });
    return {};
  }

  private answer(name: string, input: Readonly<Record<string, string>>): unknown {
    const id = input.DBInstanceIdentifier ?? input.DBClusterIdentifier ?? input.SecretId;
    const database = this.databases[Number(id)];
    switch (name) {
      case 'DescribeDBInstancesCommand': {
        const { engine: Engine, engineVersion: EngineVersion, host: Address, port: Port } = database;
        const Endpoint = { Address, Port };
        return { DBInstances: [{ DBInstanceStatus: 'available', Engine, EngineVersion, Endpoint }] };
      }
      case 'DescribeDBClustersCommand': {
        const { engine: Engine, engineVersion: EngineVersion, host: Endpoint, port: Port } = database;
        const DBClusterMembers = [{ DBInstanceIdentifier: 'own' }];
        const cluster = { Status: 'available', Engine, EngineVersion, Endpoint, Port, DBClusterMembers };
        return { DBClusters: [{ DBClusterIdentifier: id, ...cluster }] };
      }
      case 'GetSecretValueCommand': {
        const password = input.VersionStage === 'AWSCURRENT' ? database.password : database.previous;
        if (password === undefined) throw Object.assign(new Error(), { name: 'ResourceNotFoundException' });
        return { SecretString: JSON.stringify({ username: 'app', password }) };
      }
      case 'PutObjectCommand':
        return {};
      default:
        throw new Error(`the fake has no ${name}`);
    }
  }

  /** The bundle requires them by name; not all of them are installed. */
  private replaceClients(): void {
    const loader = Module as unknown as { _load(request: string, ...more: unknown[]): unknown };
    const original = loader._load;
    const answer = (name: string, input: never) => this.answer(name, input);
    const clients = new Proxy(
      {},
      {
        get: (_target, name: string) =>
          name.endsWith('Client')
            ? class {
                public async send(command: { name: string; input: never }) {
                  return answer(command.name, command.input);
                }
              }
            : class {
                public readonly name = name;
                constructor(public readonly input: object) {}
              },
      },
    );
    loader._load = (request, ...more) =>
      /^@aws-sdk\/client-(rds|s3|secrets-manager)$/.test(request)
        ? clients
        : original.call(loader, request, ...more);
  }
}
