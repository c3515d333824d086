import { CHANGE_KINDS } from '../forecast/difference/change';
import { CAPABILITIES } from '../values/resource-type/capability';
import { CHECK_IDS } from './check-ids';
import type { JsonSchema } from './json-schema';

const CHECK_ID: JsonSchema = { title: 'the ID of a check', enum: CHECK_IDS };
const SEVERITY: JsonSchema = {
  title: '`error`, `warning` or `note`',
  enum: ['error', 'warning', 'note'],
};
const strings = (description: string): JsonSchema => ({
  type: 'array',
  title: 'an array of strings',
  description,
  items: { type: 'string' },
});

const UNTIL: JsonSchema = {
  type: 'string',
  format: 'date',
  title: 'a day as `YYYY-MM-DD`',
};
const REASON: JsonSchema = { type: 'string', pattern: '\\S', title: 'text that says why' };

const ACCEPTED_CHANGE: JsonSchema = {
  type: 'object',
  description: 'A place in which changes are accepted although they make something weaker.',
  properties: {
    place: {
      type: 'string',
      pattern: '\\S',
      title: '`STACK/LOGICAL-ID`',
      description: 'The stack with the logical ID. Includes everything inside; `*` stands for any text.',
    },
    kinds: {
      type: 'array',
      title: 'an array of kinds of changes',
      minItems: 1,
      description: 'The kinds of changes that are accepted. Without it: all kinds.',
      items: { title: 'a kind of change', enum: CHANGE_KINDS },
    },
    reason: { ...REASON, description: 'Why the changes are accepted.' },
    until: { ...UNTIL, description: 'The last day on which they are accepted. Without it: forever.' },
  },
  required: ['place', 'reason'],
  additionalProperties: false,
};

const EXCEPTION: JsonSchema = {
  type: 'object',
  description: 'A place in which findings are accepted.',
  properties: {
    place: {
      type: 'string',
      pattern: '\\S',
      title: 'a construct path, or `STACK/LOGICAL-ID`',
      description:
        'The construct path, or the stack with the logical ID. Includes everything inside; `*` stands for any text.',
    },
    ids: {
      type: 'array',
      title: 'an array of check IDs',
      minItems: 1,
      description: 'The checks whose findings are accepted. Without it: of all checks.',
      items: CHECK_ID,
    },
    reason: { ...REASON, description: 'Why the findings are accepted.' },
    until: {
      ...UNTIL,
      description: 'The last day on which the findings are accepted. Without it: forever.',
    },
  },
  required: ['place', 'reason'],
  additionalProperties: false,
};

const RESOURCE_TYPE: JsonSchema = {
  type: 'object',
  description:
    'What differs from the catalog of this library, or describes a type that it does not have yet.',
  properties: {
    ...Object.fromEntries(
      CAPABILITIES.map((name): [string, JsonSchema] => [
        name,
        { type: 'boolean', description: 'Whether the type has this capability.' },
      ]),
    ),
    alwaysSubjectToOptIn: {
      type: 'boolean',
      description:
        'Whether the type needs the opt-in of the Region even if its resources are selected by ARN.',
    },
    cloudFormationTypes: strings('The CloudFormation types, such as `AWS::S3::Bucket`.'),
    arnPatterns: strings('The ARN patterns that select all resources, such as `arn:{partition}:s3:::*`.'),
    backupPolicies: strings('The AWS managed policies for backups.'),
    restorePolicies: strings('The AWS managed policies for restores.'),
    arnAttribute: { type: 'string', description: 'The attribute that holds the ARN.' },
    optInName: { type: 'string', description: 'The name in the opt-in settings of a Region.' },
    source: { type: 'string', description: 'Where this is documented.' },
    asOf: { type: 'string', description: 'The day on which the source was read, as `YYYY-MM-DD`.' },
  },
  additionalProperties: false,
};

/** The schema of `.cdk-backup.json`. */
export const CONFIGURATION_SCHEMA: JsonSchema = {
  type: 'object',
  title: 'Configuration of cdk-backup and BackupChecks',
  properties: {
    $schema: { type: 'string', description: 'The schema of this file, for editors.' },
    severities: {
      type: 'object',
      description: 'Severities by check ID, in place of the documented ones.',
      properties: {},
      propertyNames: { title: 'the ID of a check', enum: CHECK_IDS },
      additionalProperties: SEVERITY,
    },
    disabled: {
      type: 'array',
      title: 'an array of check IDs',
      description: 'Checks that do not run.',
      items: CHECK_ID,
    },
    ignore: {
      type: 'array',
      title: 'an array of exceptions',
      description: 'Places in which findings are accepted.',
      items: EXCEPTION,
    },
    acceptedChanges: {
      type: 'array',
      title: 'an array of accepted changes',
      description: 'What `cdk-backup diff` accepts although it makes something weaker.',
      items: ACCEPTED_CHANGE,
    },
    minimumCoverage: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      title: 'a number from 0 to 1',
      description: 'The share of resources that must be protected or opted out.',
    },
    failOn: {
      enum: ['error', 'warning', 'never'],
      title: '`error`, `warning` or `never`',
      description: 'The severity from which findings fail the command or the synthesis.',
    },
    baseline: {
      type: 'string',
      pattern: '\\S',
      title: 'the path of a file',
      description:
        'The baseline, relative to this file. Only findings that it does not contain are reported.',
    },
    resourceTypes: {
      type: 'object',
      description: 'Resource types by their name in the AWS Backup API, such as `DynamoDB`.',
      properties: {},
      additionalProperties: RESOURCE_TYPE,
    },
  },
  additionalProperties: false,
};

/** The file that editors read, with what a schema declares about itself. */
export function publishedSchema(): string {
  const published = { $schema: 'http://json-schema.org/draft-07/schema#', ...CONFIGURATION_SCHEMA };
  return `${JSON.stringify(published, undefined, 2)}\n`;
}
