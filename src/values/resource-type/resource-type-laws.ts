import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { CAPABILITIES } from './capability';
import { CATALOG } from './catalog';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9\-_. ]{0,48}[a-zA-Z0-9\-_.]$|^[a-zA-Z0-9]$/;
const CLOUDFORMATION_TYPE = /^[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2,3}$/;
const ARN_PATTERN = /^arn:(\{partition\}|aws[a-z-]*|\*):[a-z0-9*-]+:[^:]*:[^:]*:.+$/;
const POLICY = /^[\w+=,.@/-]{1,512}$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const STRINGS: Readonly<Record<string, { law: RegExp; words: string }>> = {
  cloudFormationTypes: {
    law: CLOUDFORMATION_TYPE,
    words: 'types of CloudFormation such as `AWS::S3::Bucket`',
  },
  arnPatterns: { law: ARN_PATTERN, words: 'ARN patterns such as `arn:{partition}:s3:::*`' },
  backupPolicies: { law: POLICY, words: 'names of AWS managed policies' },
  restorePolicies: { law: POLICY, words: 'names of AWS managed policies' },
};
const STRING: Readonly<Record<string, { law: RegExp; words: string }>> = {
  arnAttribute: { law: /^[A-Za-z0-9.]{1,128}$/, words: 'the name of an attribute such as `Arn`' },
  optInName: { law: NAME, words: '1 to 50 letters, digits, blanks, `-`, `_` and `.`' },
  source: { law: /\S/, words: 'the address of a page, or words' },
  asOf: { law: DAY, words: 'a day as `YYYY-MM-DD`' },
};

/** The law of the name and the options of a resource type. */
export function resourceTypeOptionProblems(name: unknown, options: unknown, property = 'options'): Problem[] {
  return [...nameProblems(name), ...optionProblems(options, property)];
}

function nameProblems(name: unknown): Problem[] {
  if (!isKnown(name)) return [];
  if (typeof name !== 'string' || !NAME.test(name))
    return [
      problem(
        'name',
        `\`name\` must be 1 to 50 letters, digits, blanks, \`-\`, \`_\` and \`.\`, got ${show(name)}`,
      ),
    ];
  if (Object.hasOwn(CATALOG, name)) return [];
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const near = Object.keys(CATALOG).find((known) => plain(known) === plain(name));
  return near === undefined
    ? []
    : [
        problem(
          'name',
          `\`name\` of a resource type is case sensitive, got ${show(name)}`,
          `use \`${near}\``,
        ),
      ];
}

function optionProblems(options: unknown, property: string): Problem[] {
  if (options === undefined) return [];
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return [problem(property, `\`${property}\` must be an object, got ${show(options)}`)];
  return Object.entries(options).flatMap(([key, value]) => optionProblem(key, value));
}

function optionProblem(key: string, value: unknown): Problem[] {
  if (value === undefined) return [];
  // Judged even if a token: what a type can do has to be known at synthesis.
  if ((CAPABILITIES as readonly string[]).includes(key) || key === 'alwaysSubjectToOptIn')
    return typeof value === 'boolean'
      ? []
      : [problem(key, `\`${key}\` must be true or false, got ${show(value)}`)];
  if (!isKnown(value)) return [];
  const list = Object.hasOwn(STRINGS, key) ? STRINGS[key] : undefined;
  if (list) {
    const { law, words } = list;
    if (!Array.isArray(value))
      return [problem(key, `\`${key}\` must be an array of ${words}, got ${show(value)}`)];
    return value
      .filter((item) => isKnown(item) && !(typeof item === 'string' && law.test(item)))
      .map((item) => problem(key, `\`${key}\` must be ${words}, got ${show(item)}`));
  }
  const one = Object.hasOwn(STRING, key) ? STRING[key] : undefined;
  if (one)
    return typeof value === 'string' && one.law.test(value)
      ? []
      : [problem(key, `\`${key}\` must be ${one.words}, got ${show(value)}`)];
  return [problem(key, `\`${key}\` is no property of a resource type`)];
}

function problem(property: string, message: string, fix?: string): Problem {
  return { id: 'Backup-ResourceType', severity: 'error', property, message, fix };
}
