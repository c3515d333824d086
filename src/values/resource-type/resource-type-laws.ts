import { isKnown, show } from '../core/amounts';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { CAPABILITIES } from './capability';
import { CATALOG } from './catalog';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9\-_. ]{0,48}[a-zA-Z0-9\-_.]$|^[a-zA-Z0-9]$/;
const CLOUDFORMATION_TYPE = /^[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2,3}$/;
const ARN_PATTERN = /^arn:(\{partition\}|aws[a-z-]*|\*):[a-z0-9*-]+:[^:]*:[^:]*:.+$/;
const POLICY = /^[\w+=,.@/-]{1,512}$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const STRINGS: Readonly<Record<string, { pattern: RegExp; what: string }>> = {
  cloudFormationTypes: {
    pattern: CLOUDFORMATION_TYPE,
    what: 'CloudFormation types such as `AWS::S3::Bucket`',
  },
  arnPatterns: { pattern: ARN_PATTERN, what: 'ARN patterns such as `arn:{partition}:s3:::*`' },
  backupPolicies: { pattern: POLICY, what: 'names of AWS managed policies' },
  restorePolicies: { pattern: POLICY, what: 'names of AWS managed policies' },
};
const STRING: Readonly<Record<string, { pattern: RegExp; what: string }>> = {
  arnAttribute: { pattern: /^[A-Za-z0-9.]{1,128}$/, what: 'the name of an attribute such as `Arn`' },
  optInName: { pattern: NAME, what: '1 to 50 letters, digits, spaces, `-`, `_` and `.`' },
  source: { pattern: /\S/, what: 'a URL or a description' },
  asOf: { pattern: DAY, what: 'a day as `YYYY-MM-DD`' },
};

/** The law for the name and the options of a resource type. */
export function resourceTypeOptionProblems(name: unknown, options: unknown, property = 'options'): Problem[] {
  return [...nameProblems(name), ...optionProblems(options, property)];
}

function nameProblems(name: unknown): Problem[] {
  if (!isKnown(name)) return [];
  if (typeof name !== 'string' || !NAME.test(name))
    return [
      refusal(
        'name',
        (label) =>
          `${label('name')} must be 1 to 50 letters, digits, spaces, \`-\`, \`_\` and \`.\`, got ${show(name)}`,
      ),
    ];
  if (Object.hasOwn(CATALOG, name)) return [];
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const near = Object.keys(CATALOG).find((known) => plain(known) === plain(name));
  return near === undefined
    ? []
    : [
        refusal(
          'name',
          (label) => `${label('name')} of a resource type is case sensitive, got ${show(name)}`,
          `use \`${near}\``,
        ),
      ];
}

function optionProblems(options: unknown, property: string): Problem[] {
  if (options === undefined) return [];
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return [refusal(property, (label) => `${label(property)} must be an object, got ${show(options)}`)];
  return Object.entries(options).flatMap(([key, value]) => optionProblem(key, value));
}

function optionProblem(key: string, value: unknown): Problem[] {
  if (value === undefined) return [];
  // Tokens are rejected too: capabilities must be known at synthesis.
  if ((CAPABILITIES as readonly string[]).includes(key) || key === 'alwaysSubjectToOptIn')
    return typeof value === 'boolean'
      ? []
      : [refusal(key, (label) => `${label(key)} must be true or false, got ${show(value)}`)];
  if (!isKnown(value)) return [];
  const list = Object.hasOwn(STRINGS, key) ? STRINGS[key] : undefined;
  if (list) {
    const { pattern, what } = list;
    if (!Array.isArray(value))
      return [refusal(key, (label) => `${label(key)} must be an array of ${what}, got ${show(value)}`)];
    return value
      .filter((item) => isKnown(item) && !(typeof item === 'string' && pattern.test(item)))
      .map((item) => refusal(key, (label) => `${label(key)} must be ${what}, got ${show(item)}`));
  }
  const one = Object.hasOwn(STRING, key) ? STRING[key] : undefined;
  if (one)
    return typeof value === 'string' && one.pattern.test(value)
      ? []
      : [refusal(key, (label) => `${label(key)} must be ${one.what}, got ${show(value)}`)];
  return [refusal(key, (label) => `${label(key)} is not a property of a resource type`)];
}

function refusal(property: string, message: Sentence, fix?: string): Problem {
  return problem({ id: 'Backup-ResourceType', property, message, fix });
}
