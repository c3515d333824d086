import { isObject, own, ownText } from './files';

/** The transform of AWS SAM, which turns `AWS::Serverless::*` into other types. */
export const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

type Body = Readonly<Record<string, unknown>>;

/**
 * A resource as AWS SAM transforms it, for the types that become one resource that AWS Backup can protect, or a nested
 * stack, under the same logical id. Source: AWS SAM specification, 2026-11.
 *
 * @param globals the section `Globals` of the template
 */
export function withoutSam(body: Body, globals: unknown): Body {
  const type = ownText(body, 'Type');
  const properties = own(body, 'Properties');
  if (type === 'AWS::Serverless::SimpleTable')
    return {
      ...body,
      Type: 'AWS::DynamoDB::Table',
      Properties: tableOf(properties, own(globals, 'SimpleTable')),
    };
  if (type === 'AWS::Serverless::Application')
    return { ...body, Type: 'AWS::CloudFormation::Stack', Properties: stackOf(properties) };
  return body;
}

/** `AWS::Serverless::SimpleTable`: a table with one key. Without `ProvisionedThroughput`, it is billed by request. */
function tableOf(properties: unknown, globals: unknown): Body {
  const key = own(properties, 'PrimaryKey');
  const name = own(key, 'Name') ?? 'id';
  const kind = { String: 'S', Number: 'N', Binary: 'B' }[String(own(key, 'Type') ?? 'String')];
  const get = (property: string) => own(properties, property) ?? own(globals, property);
  const { PrimaryKey: _, Tags: tags, ...rest } = isObject(properties) ? properties : ({} as Body);
  return {
    ...rest,
    SSESpecification: get('SSESpecification'),
    BillingMode: own(properties, 'ProvisionedThroughput') === undefined ? 'PAY_PER_REQUEST' : undefined,
    AttributeDefinitions: [{ AttributeName: name, AttributeType: kind }],
    KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
    Tags: isObject(tags) ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) : tags,
  };
}

/** `AWS::Serverless::Application` with a local `Location`. One of the Serverless Application Repository isn't read. */
function stackOf(properties: unknown): Body {
  const location = own(properties, 'Location');
  return {
    TemplateURL: typeof location === 'string' ? location : undefined,
    Parameters: own(properties, 'Parameters'),
    Tags: own(properties, 'Tags'),
  };
}
