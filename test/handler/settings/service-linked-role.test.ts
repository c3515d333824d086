import { type RoleClient, serviceLinkedRole } from '../../../src/handler/settings/service-linked-role';
import { answered, awsError, request } from '../support/requests';

const PROPERTIES = { serviceName: 'backup.amazonaws.com', roleName: 'AWSServiceRoleForBackup' };
const ROLE = { Role: { Arn: 'arn:aws:iam::111122223333:role/r' } as never };
const TAKEN = awsError(
  'InvalidInput',
  'Service role name AWSServiceRoleForBackup has been taken in this account, please try a different suffix.',
);

/** A client that does what it is told, call by call; the last goes on for ever. */
function client(finds: unknown[], creates: unknown[] = []): RoleClient {
  const next = async (answers: unknown[]) => {
    const given = answers.length > 1 ? answers.shift() : answers[0];
    if (given instanceof Error) throw given;
    return given as typeof ROLE;
  };
  return { getRole: () => next(finds), createServiceLinkedRole: () => next(creates) };
}

const MISSING = awsError('NoSuchEntityException', 'no such role', 404);

test.each([
  ['that is missing is made', client([MISSING], [ROLE]), 'true'],
  ['that is there is left', client([ROLE]), 'false'],
  ['that somebody makes in between is found', client([MISSING, ROLE], [TAKEN]), 'false'],
  ['that IAM is slow to show is waited for', client([MISSING, MISSING, MISSING, ROLE], [TAKEN]), 'false'],
  ['is made again after throttling', client([MISSING], [awsError('Throttling'), ROLE]), 'true'],
])('a role %s', async (_, fake, Created) => {
  expect(await answered(serviceLinkedRole(fake), request('Create', PROPERTIES))).toMatchObject({
    Status: 'SUCCESS',
    Data: { Arn: 'arn:aws:iam::111122223333:role/r', Created },
  });
});

test('a role that IAM tells nothing about is made, whatever IAM tells about that', async () => {
  expect(await answered(serviceLinkedRole(client([{}], [{}])), request('Create', PROPERTIES))).toMatchObject({
    Status: 'SUCCESS',
    Data: { Arn: '', Created: 'true' },
  });
});

test.each([
  [
    PROPERTIES,
    client([MISSING], [awsError('InvalidInput', 'no such service')]),
    'InvalidInput: no such service',
  ],
  [{ roleName: 'r' }, client([ROLE]), 'the property `serviceName` is missing'],
  [{ serviceName: 's', roleName: '' }, client([ROLE]), 'the property `roleName` is missing'],
  [PROPERTIES, client([awsError('ValidationError', 'odd')]), 'ValidationError: odd'],
])('%j fails clearly', async (properties, fake, Reason) => {
  expect(await answered(serviceLinkedRole(fake), request('Create', properties))).toMatchObject({
    Status: 'FAILED',
    Reason,
  });
});

test('a deletion leaves the role, which others use too, and calls nothing', async () => {
  const fake = client([new Error('called')]);
  expect(await answered(serviceLinkedRole(fake), request('Delete', PROPERTIES))).toMatchObject({
    Status: 'SUCCESS',
  });
});
