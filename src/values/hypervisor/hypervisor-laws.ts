import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import type { Quota } from '../core/quotas';

/** How many hypervisors an account can have in a Region. */
export const HYPERVISORS: Quota = {
  max: 20,
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
  asOf: '2026-09-24',
};

/** The laws of a text of a hypervisor. Source: CloudFormation schema of `AWS::BackupGateway::Hypervisor`, 2026-09. */
const TEXTS = {
  host: {
    id: 'Backup-HypervisorHost',
    pattern: /^.{3,128}$/,
    what: 'an IP address or a domain name of 3 to 128 characters',
    fix: 'write for example `vcenter.example.com`',
  },
  hypervisorName: {
    id: 'Backup-HypervisorName',
    pattern: /^[a-zA-Z0-9-]{1,100}$/,
    what: '1 to 100 characters of `a-z`, `A-Z`, `0-9` and `-`',
    fix: 'leave it out, and one is generated',
  },
  username: {
    id: 'Backup-HypervisorUsername',
    pattern: /^(?=.*[^ ])[ -.0-[\]-~]{1,100}$/,
    what: '1 to 100 printable ASCII characters, without `/` and `\\`, that are not all blank',
    fix: 'write for example `backup@vsphere.local`',
  },
} as const;

/** The law of the host, the name or the user name of a hypervisor. */
export function hypervisorTextProblems(
  kind: keyof typeof TEXTS,
  text: unknown,
  property: string = kind,
): Problem[] {
  const { id, pattern, what, fix } = TEXTS[kind];
  if (!isKnown(text) || (typeof text === 'string' && pattern.test(text))) return [];
  const long = typeof text === 'string' && text.length > 128 ? ` (${text.length} characters)` : '';
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be ${what}, got ${show(text)}${long}`,
      fix,
    },
  ];
}

/** As AWS Backup gateway wants the ARN of a log group: it ends with `:*`. */
export function logGroupArn(arn: string): string {
  return !isKnown(arn) || arn.endsWith(':*') ? arn : `${arn}:*`;
}

/** The law of the log group of a hypervisor. Source: CloudFormation schema of `AWS::BackupGateway::Hypervisor`, 2026-09. */
export function logGroupProblems(arn: unknown, property = 'logGroup'): Problem[] {
  if (!isKnown(arn)) return [];
  if (
    typeof arn === 'string' &&
    /^arn:(aws|aws-cn|aws-us-gov):logs:[a-zA-Z0-9-]+:\d+:log-group:[\w\-/.]+(:\*)?$/.test(arn)
  )
    return [];
  return [
    {
      id: 'Backup-HypervisorLogGroup',
      severity: 'error',
      property,
      message: `\`${property}\` must be a log group whose ARN is \`arn:<partition>:logs:<region>:<account>:log-group:<name>:*\`, got ${show(arn)}`,
      fix: 'its name may have letters, digits and `_-/.`',
    },
  ];
}

/** The law of a password: it stands in no template. */
export function passwordProblems(isLiteral: boolean, property = 'password'): Problem[] {
  if (!isLiteral) return [];
  return [
    {
      id: 'Backup-HypervisorPassword',
      severity: 'error',
      property,
      message: `\`${property}\` must not be written into the template, where everybody who sees the stack reads it`,
      fix: "use `SecretValue.secretsManager('…', { jsonField: 'password' })`",
    },
  ];
}
