import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';

const ORGANIZATION = 'o-a1b2c3d4e5';
const UNIT = `${ORGANIZATION}/r-ab12/ou-ab12-11111111`;

/** The principal of a source, and the conditions it puts on a statement, as in a template. */
function rendered(source: CopySource): unknown {
  const stack = new Stack(testApp(), 'Stack');
  const { principalJson, conditions } = source._principal().policyFragment;
  return stack.resolve({ principalJson, conditions });
}

test('an account allows the principals whose IAM policies allow the copy', () => {
  expect(rendered(CopySource.account('111122223333'))).toEqual({
    principalJson: {
      AWS: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] }],
    },
    conditions: {},
  });
});

test('an organization allows everyone in its accounts', () => {
  expect(rendered(CopySource.organization(ORGANIZATION))).toEqual({
    principalJson: { AWS: ['*'] },
    conditions: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
  });
});

test.each([
  ['', UNIT],
  [', a slash at its end or not', `${UNIT}/`],
  [', as AWS writes it in conditions', `${UNIT}/*`],
])('an organizational unit allows the accounts in it and in the units below%s', (_, path) => {
  expect(rendered(CopySource.organizationalUnit(path))).toEqual({
    principalJson: { AWS: ['*'] },
    conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${UNIT}/*`] } },
  });
});

test('an organizational unit can be left out, so that only the units below it are allowed', () => {
  expect(rendered(CopySource.organizationalUnit(`${UNIT}/ou-*`))).toEqual({
    principalJson: { AWS: ['*'] },
    conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${UNIT}/ou-*`] } },
  });
});

test.each<[string, (id: string) => CopySource]>([
  ['account', CopySource.account],
  ['organization', CopySource.organization],
  ['organizational unit', CopySource.organizationalUnit],
])('an %s can be known only at deployment', (kind, factory) => {
  const parameter = new CfnParameter(new Stack(testApp(), 'Stack'), 'Parameter');
  const source = factory(parameter.valueAsString);
  expect(JSON.stringify(rendered(source))).toContain('{"Ref":"Parameter"}');
  expect(source.toString()).toBe(`an ${kind} known at deployment`);
});

test.each<[CopySource, string]>([
  [CopySource.account('111122223333'), 'account 111122223333'],
  [CopySource.organization(ORGANIZATION), `organization ${ORGANIZATION}`],
  [CopySource.organizationalUnit(UNIT), `organizational unit ${UNIT}`],
])('a source has a string form: %s', (source, text) => {
  expect(String(source)).toBe(text);
});

const UNIT_LAW =
  '`path` of `CopySource.organizationalUnit` must be the path of an organizational unit such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111`, with or without `/`, `/*` or `/ou-*` at its end';
test.each<[string, () => CopySource, string]>([
  [
    'an account id that is too short',
    () => CopySource.account('1234'),
    '`accountId` of `CopySource.account` must be a 12-digit account ID, got `1234`',
  ],
  [
    'an account id that is a number',
    () => CopySource.account(111122223333 as never),
    '`accountId` of `CopySource.account` must be a 12-digit account ID, got 111122223333; write it in quotes',
  ],
  [
    'everyone',
    () => CopySource.account('*'),
    '`accountId` of `CopySource.account` must be a 12-digit account ID, got `*`',
  ],
  [
    'the ARN of an organization',
    () => CopySource.organization('arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5'),
    '`organizationId` of `CopySource.organization` must be an organization ID such as `o-a1b2c3d4e5`, got `arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5`',
  ],
  [
    'the id of a unit without its path',
    () => CopySource.organizationalUnit('ou-ab12-11111111'),
    `${UNIT_LAW}, got \`ou-ab12-11111111\`; put the IDs of the organization, the root and the units above it in front, as in \`o-a1b2c3d4e5/r-ab12/ou-ab12-11111111\``,
  ],
  [
    'a path with a wildcard in it',
    () => CopySource.organizationalUnit('o-a1b2c3d4e5/*/ou-ab12-11111111'),
    `${UNIT_LAW}, got \`o-a1b2c3d4e5/*/ou-ab12-11111111\``,
  ],
  [
    'a whole organization as a path',
    () => CopySource.organizationalUnit('o-a1b2c3d4e5/*'),
    `${UNIT_LAW}, got \`o-a1b2c3d4e5/*\`; use \`CopySource.organization('o-a1b2c3d4e5')\` for the whole organization`,
  ],
  ['nothing', () => CopySource.organizationalUnit(undefined as never), `${UNIT_LAW}, got nothing`],
])('%s is refused', (_, make, message) => {
  expect(refusal(make)).toBe(message);
});

test('any value is accepted or refused with a message', () => {
  fc.assert(
    fc.property(anything, (value) => {
      for (const factory of [CopySource.account, CopySource.organization, CopySource.organizationalUnit])
        thrown(() => rendered(factory(value as string)));
    }),
  );
});
