import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { Quota } from '../core/quotas';

/** The maximum number of hypervisors per account and Region. */
export const HYPERVISORS: Quota = {
  max: 20,
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
  asOf: '2026-09-24',
};

/** The formats of the strings of a hypervisor. Source: CloudFormation schema of `AWS::BackupGateway::Hypervisor`, 2026-09. */
const TEXTS = {
  host: {
    id: 'Backup-HypervisorHost',
    pattern: /^.{3,128}$/,
    what: 'an IP address or a domain name of 3 to 128 characters',
    fix: 'for example, write `vcenter.example.com`',
  },
  hypervisorName: {
    id: 'Backup-HypervisorName',
    pattern: /^[a-zA-Z0-9-]{1,100}$/,
    what: '1 to 100 characters from `a-z`, `A-Z`, `0-9` and `-`',
    fix: 'omit it to have one generated',
  },
  username: {
    id: 'Backup-HypervisorUsername',
    pattern: /^(?=.*[^ ])[ -.0-[\]-~]{1,100}$/,
    what: '1 to 100 printable ASCII characters, without `/` and `\\`, that are not all spaces',
    fix: 'for example, write `backup@vsphere.local`',
  },
} as const;

/** The law for the host, the name or the user name of a hypervisor. */
export function hypervisorTextProblems(
  kind: keyof typeof TEXTS,
  text: unknown,
  property: string = kind,
): Problem[] {
  const { id, pattern, what, fix } = TEXTS[kind];
  if (!isKnown(text) || (typeof text === 'string' && pattern.test(text))) return [];
  const long = typeof text === 'string' && text.length > 128 ? ` (${text.length} characters)` : '';
  return [
    problem({
      id,
      property,
      message: (label) => `${label(property)} must be ${what}, got ${show(text)}${long}`,
      fix,
    }),
  ];
}

/** The ARN of a log group in the form that AWS Backup gateway expects, with `:*` at its end. */
export function logGroupArn(arn: string): string {
  return !isKnown(arn) || arn.endsWith(':*') ? arn : `${arn}:*`;
}

/** The law for the log group of a hypervisor. Source: CloudFormation schema of `AWS::BackupGateway::Hypervisor`, 2026-09. */
export function logGroupProblems(arn: unknown, property = 'logGroup'): Problem[] {
  if (!isKnown(arn)) return [];
  if (
    typeof arn === 'string' &&
    /^arn:(aws|aws-cn|aws-us-gov):logs:[a-zA-Z0-9-]+:\d+:log-group:[\w\-/.]+(:\*)?$/.test(arn)
  )
    return [];
  return [
    problem({
      id: 'Backup-HypervisorLogGroup',
      property,
      message: (label) =>
        `${label(property)} must be a log group whose ARN is \`arn:<partition>:logs:<region>:<account>:log-group:<name>:*\`, got ${show(arn)}`,
      fix: 'use only letters, digits and `_-/.` in its name',
    }),
  ];
}

/** The law for a password: never in a template. */
export function passwordProblems(isLiteral: boolean, property = 'password'): Problem[] {
  if (!isLiteral) return [];
  return [
    problem({
      id: 'Backup-HypervisorSecret',
      property,
      message: (label) =>
        `${label(property)} must not be a literal in the template, where anyone who can view the stack can read it`,
      fix: "use `SecretValue.secretsManager('…', { jsonField: 'password' })`",
    }),
  ];
}
