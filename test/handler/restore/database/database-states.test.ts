import { NotYet } from '../../../../src/handler/restore/aws-calls';
import type { Check } from '../../../../src/handler/restore/check';
import { checkDatabase } from '../../../../src/handler/restore/database/database-check';
import { clusterOf, instanceOf } from '../../../../src/handler/restore/database/databases';
import {
  needsInstance,
  removeInstance,
  startInstance,
} from '../../../../src/handler/restore/database/temporary-instance';
import { awsError, FakeAws } from '../fake-aws';
import { sayings } from '../run-check';

const ARN = 'arn:aws:rds:eu-west-1:111122223333';
const fails = (name: string) => () => {
  throw awsError(name, 'as AWS says');
};
let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});
const inputsOf = (name: string) => aws.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('what is known of a restored database', () => {
  const DESCRIBED = { Engine: 'postgres', EngineVersion: '17.5', MasterUsername: 'root' };
  const KNOWN = { engine: 'postgres', engineVersion: '17.5', masterUser: 'root' };

  test('is that of an instance', async () => {
    const found = { ...DESCRIBED, DBInstanceStatus: 'available', Endpoint: { Address: 'db', Port: 5_432 } };
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [found] });
    expect(await instanceOf('db-1', aws.tools())).toEqual({
      ...KNOWN,
      status: 'available',
      host: 'db',
      port: 5_432,
    });
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: [{}] });
    expect(await instanceOf('db-1', aws.tools())).toEqual({ status: 'unknown' });
    expect(aws.calls[0].input).toEqual({ DBInstanceIdentifier: 'db-1' });
  });

  test('is that of a cluster', async () => {
    const cluster = { ...DESCRIBED, Status: 'available', Endpoint: 'db', Port: 5_432 };
    aws.answers['rds:DescribeDBClusters'] = () => ({ DBClusters: [cluster] });
    expect(await clusterOf('db-1', aws.tools())).toEqual({
      ...KNOWN,
      status: 'available',
      host: 'db',
      port: 5_432,
      cluster,
    });
    aws.answers['rds:DescribeDBClusters'] = () => ({ DBClusters: [{}] });
    expect(await clusterOf('db-1', aws.tools())).toEqual({ status: 'unknown', cluster: {} });
    expect(aws.calls[0].input).toEqual({ DBClusterIdentifier: 'db-1' });
  });

  test('is nothing where there is none', async () => {
    for (const answer of [() => ({}), fails('DBInstanceNotFoundFault'), fails('DBClusterNotFoundFault')]) {
      aws.answers['rds:DescribeDBInstances'] = answer;
      aws.answers['rds:DescribeDBClusters'] = answer;
      expect([await instanceOf('a', aws.tools()), await clusterOf('a', aws.tools())]).toEqual([
        undefined,
        undefined,
      ]);
    }
    aws.answers['rds:DescribeDBInstances'] = fails('NoDBInstanceNotFound');
    await expect(instanceOf('a', aws.tools())).rejects.toThrow(
      awsError('NoDBInstanceNotFound', 'as AWS says'),
    );
  });
});

describe('a restored database', () => {
  const run = (
    found: object | undefined,
    kind: 'db' | 'cluster',
    type = 'RDS',
    check: Partial<Check> = {},
  ) => {
    aws.answers['rds:DescribeDBInstances'] = () => ({ DBInstances: found && [found] });
    aws.answers['rds:DescribeDBClusters'] = () => ({ DBClusters: found && [found] });
    return sayings(checkDatabase, { restoredArn: `${ARN}:${kind}:restored`, type }, aws, {
      level: 'opens',
      ...check,
    });
  };
  const open = { DBInstanceStatus: 'available', Status: 'available' };

  test.each([
    ['db', 'instance'],
    ['cluster', 'cluster'],
  ] as const)('%s fails if it does not exist or is not available', async (kind, what) => {
    expect(await run(undefined, kind)).toEqual([`restored failed: the ${what} does not exist`]);
    const failed = { DBInstanceStatus: 'failed', Status: 'failed' };
    expect(await run(failed, kind)).toEqual([`restored failed: the ${what} is failed, expected available`]);
    expect(aws.calls.at(-1)?.input).toEqual(
      kind === 'db' ? { DBInstanceIdentifier: 'restored' } : { DBClusterIdentifier: 'restored' },
    );
  });

  test.each([
    'backing-up',
    'configuring-log-exports',
    'configuring-iam-database-auth',
    'creating',
    'migrating',
    'modifying',
    'rebooting',
    'renaming',
    'starting',
    'upgrading',
    'resetting-master-credentials',
  ])('is waited for while it is %s', async (Status) => {
    await expect(run({ Status }, 'cluster')).rejects.toThrow(new NotYet(`the cluster is ${Status}`));
  });

  test.each(['stopping', 'creating-failed', 'not-creating', 'configuring'])(
    'is not waited for when it is %s',
    async (Status) => {
      expect(await run({ Status }, 'cluster')).toEqual([
        `restored failed: the cluster is ${Status}, expected available`,
      ]);
    },
  );

  test('has an endpoint, where the function can try it', async () => {
    const AVAILABLE = 'restored: the instance is available';
    expect(await run(open, 'db')).toEqual([AVAILABLE, 'opens: not tried: the function is outside a VPC']);
    aws.port = 'open';
    for (const Endpoint of [undefined, { Address: 'db' }, { Port: 1 }])
      expect(await run({ ...open, Endpoint }, 'db')).toEqual([
        AVAILABLE,
        'opens failed: the instance has no endpoint',
      ]);
    expect(
      await run({ ...open, Endpoint: { Address: 'db', Port: 1 } }, 'db', 'RDS', { level: 'restored' }),
    ).toEqual([AVAILABLE, 'opens: port 1 of the instance opens']);
    aws.port = awsError('ECONNREFUSED', 'refused');
    const queried = await run({ ...open, Endpoint: { Address: 'db', Port: 1 } }, 'db', 'RDS', {
      level: 'queries',
    });
    expect(queried).toEqual([
      AVAILABLE,
      'opens failed: port 1 of the instance does not open: ECONNREFUSED: refused',
    ]);
    expect(
      await run({ ...open, DBClusterMembers: [{ DBInstanceIdentifier: 'own' }] }, 'cluster', 'Aurora'),
    ).toEqual(['restored: the cluster is available', 'opens failed: the cluster has no endpoint']);
  });

  test('loses the instance that it got also where something unexpected happens', async () => {
    aws.answers['rds:DeleteDBInstance'] = () => ({});
    aws.answers['rds:DescribeDBClusters'] = () => ({
      DBClusters: [{ Status: 'available', DBClusterIdentifier: 'restored' }],
    });
    aws.answers['rds:DescribeDBInstances'] = fails('AccessDenied');
    const running = sayings(checkDatabase, { restoredArn: `${ARN}:cluster:restored`, type: 'Aurora' }, aws);
    await expect(running).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
    expect(inputsOf('rds:DeleteDBInstance')).toEqual([
      { DBInstanceIdentifier: 'restored-restore-check', SkipFinalSnapshot: true },
    ]);
  });
});

describe('the instance that a restored cluster gets', () => {
  const cluster = (...members: string[]) => ({
    DBClusterIdentifier: 'restored',
    DBClusterMembers: members.map((DBInstanceIdentifier) => ({ DBInstanceIdentifier })),
  });

  test.each<[string, string, object | undefined, boolean]>([
    ['without members', 'Aurora', cluster(), true],
    ['whose members are unknown', 'Aurora', { DBClusterIdentifier: 'restored' }, true],
    ['without a name', 'Aurora', {}, true],
    ['of DocumentDB', 'DocumentDB', cluster(), true],
    ['of Neptune', 'Neptune', cluster(), true],
    ['of RDS, which comes with its instances', 'RDS', cluster(), false],
    ['that has it already', 'Aurora', cluster('restored-restore-check'), true],
    ['that has another', 'Aurora', cluster('restored-restore-check', 'own'), false],
    ['that is an instance', 'Aurora', undefined, false],
  ])('is needed or not by one %s', (_, type, found, isNeeded) => {
    expect(needsInstance(type, found as never)).toBe(isNeeded);
  });

  const start = (status: string | undefined, type = 'Neptune', check = {}) => {
    aws.answers['rds:DescribeDBInstances'] = () => ({
      DBInstances: status === undefined ? [] : [{ DBInstanceStatus: status }],
    });
    aws.answers['rds:CreateDBInstance'] = () => ({});
    return startInstance(type, { ...cluster(), Engine: 'neptune' } as never, check as never, aws.tools());
  };

  test('is created once, and waited for', async () => {
    await expect(start(undefined)).rejects.toThrow(new NotYet('the instance of the cluster is creating'));
    await expect(start('rebooting')).rejects.toThrow(new NotYet('the instance of the cluster is rebooting'));
    expect(await start('available')).toBeUndefined();
    expect(inputsOf('rds:CreateDBInstance')).toEqual([
      {
        DBInstanceIdentifier: 'restored-restore-check',
        DBClusterIdentifier: 'restored',
        Engine: 'neptune',
        DBInstanceClass: 'db.t4g.medium',
      },
    ]);
  });

  test.each([
    ['restored', 'restored-restore-check'],
    [`b${'a'.repeat(48)}`, `b${'a'.repeat(48)}-restore-check`],
    [`x${'9-'.repeat(10)}c${'a'.repeat(47)}`, `c${'a'.repeat(47)}-restore-check`],
  ])('has a name that Amazon RDS accepts: for %s', async (name, id) => {
    aws.answers['rds:DeleteDBInstance'] = () => ({});
    await removeInstance({ type: 'Neptune', restoredArn: `${ARN}:cluster:${name}` }, aws.tools());
    expect(inputsOf('rds:DeleteDBInstance')).toEqual([{ DBInstanceIdentifier: id, SkipFinalSnapshot: true }]);
    expect(id.length).toBeLessThanOrEqual(63);
  });

  test.each<[string, string, string[]]>([
    ['DBInstanceNotFoundFault', 'Aurora', []],
    ['InvalidDBInstanceStateFault', 'Aurora', []],
    [
      'AnInvalidDBInstanceState',
      'Aurora',
      ['a-restore-check is not deleted: AnInvalidDBInstanceState: as AWS says'],
    ],
    ['AccessDenied', 'RDS', []],
  ])('is gone after %s for %s, or the log says why not', async (name, type, lines) => {
    aws.answers['rds:DeleteDBInstance'] = fails(name);
    await removeInstance({ type, restoredArn: `${ARN}:cluster:a` }, aws.tools());
    expect([aws.logs, aws.calls.length]).toEqual([lines, type === 'RDS' ? 0 : 1]);
  });
});
