import { parse } from 'yaml';
import { showText } from '../../../src/template/evaluation/text';
import { arnExpression } from '../../../src/values/resource-type/arn-expression';
import { cloudFormationResourceTypes } from '../../../src/values/resource-type/cloudformation-resources';
import { evaluate, inventoryOfResources } from '../../support/templates';

/** The long form of `!GetAtt`, `!Ref` and `!Sub`. */
function longForm(expression: string): object {
  const [, tag, text] = /^!(\w+) (.*)$/.exec(expression) ?? [];
  return { [tag === 'Ref' ? tag : `Fn::${tag}`]: parse(text) };
}

/** AWS Backup selects what belongs to them. */
const PARENTS = ['AWS::SystemsManagerSAP::Application', 'AWS::Timestream::Database'];
/** The inventory reads the template of a nested stack instead, and no custom resource. */
const NOT_READ = ['AWS::CloudFormation::Stack', 'Custom::AWSCDK-EKS-Cluster'];

test.each(cloudFormationResourceTypes().filter((type) => !NOT_READ.includes(type)))(
  'the ARN that a template writes for %s is that of the resource',
  (Type) => {
    const Resources = { Thing: { Type, Properties: {} } };
    const { resources, members } = inventoryOfResources(Resources);
    const [{ arn }] = [...resources, ...members];
    expect(evaluate(longForm(arnExpression(Type, 'Thing') ?? ''), { Resources })).toBe(
      `${showText(arn)}${PARENTS.includes(Type) ? '/*' : ''}`,
    );
  },
);

test('the reference of a nested stack is its ARN', () => {
  expect(arnExpression('AWS::CloudFormation::Stack', 'Thing')).toBe('!Ref Thing');
});

test('a type that AWS Backup does not protect has none', () => {
  expect(arnExpression('AWS::SNS::Topic', 'Thing')).toBeUndefined();
});
