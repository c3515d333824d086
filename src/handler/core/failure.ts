/** Something that no retry would change, said to who deploys. */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Failure';
  }
}

/** Something that takes longer than one call of the function: who calls it calls again. */
export class Unfinished extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unfinished';
  }
}

/** What can be done about an error of AWS, by its name. */
const HINTS: Readonly<Record<string, string>> = {
  AccessDenied: 'look for a service control policy or a permissions boundary that denies it',
  AccessDeniedException: 'look for a service control policy or a permissions boundary that denies it',
  ExpiredTokenException: 'deploy again',
  InvalidRequestException:
    'settings of an organization are set in its management account; a locked vault does not change',
  LimitExceededException: 'remove what is not needed, or have the quota raised',
  ParameterLimitExceeded: 'remove parameters of AWS Systems Manager, or have the quota raised',
  ServiceUnavailableException: 'deploy again later',
  ThrottlingException: 'deploy again when less is going on in the account',
};

/** The name of an error of AWS, or of Node.js, such as `ThrottlingException` or `ECONNRESET`. */
export function errorName(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Error';
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof name === 'string' && name !== '' && name !== 'Error') return name;
  return typeof code === 'string' ? code : 'Error';
}

/** An error in words: its name, what AWS said, and what can be done. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Failure || error instanceof Unfinished) return message;
  const name = errorName(error);
  const hint = HINTS[name];
  return `${name}: ${message || 'no further words'}${hint ? `; ${hint}` : ''}`;
}
