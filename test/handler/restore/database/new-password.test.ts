import { NotYet } from '../../../../src/handler/restore/aws-calls';
import type { Database } from '../../../../src/handler/restore/database/databases';
import { newCredentials, setNewPassword } from '../../../../src/handler/restore/database/new-password';
import { awsError, FakeAws } from '../fake-aws';

const ARN = 'arn:aws:rds:eu-west-1:111122223333';
const fails =
  (name: string, message = 'as AWS says') =>
  () => {
    throw awsError(name, message);
  };
let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});
const inputsOf = (name: string) => aws.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('a new password', () => {
  const NAME = 'awsbackup-restore-test-unit';
  const arn = (name: string) => `${ARN}:db:${name}`;
  const set = (database: Partial<Database>, name: string) =>
    setNewPassword({ status: 'available', ...database }, arn(name), aws.tools());

  test.each<[string, Partial<Database>, string, object]>([
    ['an instance', {}, 'rds:ModifyDBInstance', { DBInstanceIdentifier: `${NAME}-1` }],
    ['a cluster', { cluster: {} as never }, 'rds:ModifyDBCluster', { DBClusterIdentifier: `${NAME}-2` }],
  ])('of %s is set at once, and used from then on', async (_, database, name, id) => {
    const restored = Object.values(id)[0];
    expect(newCredentials({ status: '' }, arn(restored))).toBeUndefined();
    aws.answers[name as 'rds:ModifyDBInstance'] = () => ({});
    await set(database, restored);
    const [{ MasterUserPassword: password, ...input }] = inputsOf(name);
    expect(input).toEqual({ ...id, ApplyImmediately: true });
    expect(newCredentials({ status: '', masterUser: 'root' }, arn(restored))).toEqual({
      user: 'root',
      password,
    });
    expect(newCredentials({ status: '' }, arn(restored))).toEqual({ user: '', password });
    await set(database, restored);
    expect(inputsOf(name)[1].MasterUserPassword).toBe(password);
  });

  test.each<[string, boolean]>([
    ['InvalidDBInstanceStateFault', true],
    ['InvalidDBClusterStateFault', true],
    ['NoInvalidDBClusterState', false],
  ])('is waited for, or not, after %s', async (name, isWaited) => {
    aws.answers['rds:ModifyDBInstance'] = fails(name);
    await expect(set({}, `${NAME}-3`)).rejects.toThrow(
      isWaited ? new NotYet(`${name}: as AWS says`) : awsError(name, 'as AWS says'),
    );
    expect(newCredentials({ status: '' }, arn(`${NAME}-3`))).toBeUndefined();
  });

  test.each(['ledger', `my-${NAME}`])('is never set for %s', async (name) => {
    await expect(set({}, name)).rejects.toThrow(
      new Error(`${name} keeps its password, since its name is not that of a restore test`),
    );
    expect(aws.calls).toEqual([]);
  });
});
