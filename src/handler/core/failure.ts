/** An error that no retry would change, worded for the person who deploys. */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Failure';
  }
}

/** The work takes longer than one invocation: AWS Lambda invokes the function again with the same request. */
export class Unfinished extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unfinished';
  }
}

/** The time of the request is over, or it was answered already. */
export class TimeIsOver extends Failure {
  constructor() {
    super('the time limit of the function was reached before everything was done; deploy again to continue');
    this.name = 'TimeIsOver';
  }
}

/** What to do about an error of AWS, by its name. */
const HINTS: Readonly<Record<string, string>> = {
  AccessDenied: 'look for a service control policy or a permissions boundary that denies it',
  AccessDeniedException: 'look for a service control policy or a permissions boundary that denies it',
  ExpiredTokenException: 'deploy again',
  InvalidRequestException:
    'set organization settings in the management account; a locked vault can not be changed',
  LimitExceededException: 'remove what you do not need, or request a higher quota',
  ParameterLimitExceeded: 'remove parameters from AWS Systems Manager, or request a higher quota',
  ServiceUnavailableException: 'deploy again later',
  ThrottlingException: 'deploy again when the account is less busy',
};

/** The name of an error of AWS, or of Node.js, such as `ThrottlingException` or `ECONNRESET`. */
export function errorName(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Error';
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof name === 'string' && name !== '' && name !== 'Error') return name;
  return typeof code === 'string' ? code : 'Error';
}

/** Describes an error: its name, the message of AWS, and what to do. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Failure || error instanceof Unfinished) return message;
  const name = errorName(error);
  const hint = HINTS[name];
  return `${name}: ${message || 'no details'}${hint ? `; ${hint}` : ''}`;
}
