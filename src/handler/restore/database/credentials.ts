import { nameOfError, type Tools } from '../aws-calls';

/** Who connects to a database. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly database?: string;
}

/** What the secret holds, as Amazon RDS writes it; undefined if there is no such version. */
export async function readSecret(
  SecretId: string,
  VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS',
  tools: Tools,
): Promise<Credentials | undefined> {
  let text: string | undefined;
  try {
    text = (await tools.call('secretsmanager:GetSecretValue', { SecretId, VersionStage })).SecretString;
  } catch (error) {
    if (VersionStage === 'AWSPREVIOUS' && nameOfError(error) === 'ResourceNotFoundException')
      return undefined;
    throw error;
  }
  const { username: user, password, dbname: database } = parse(text);
  if (typeof user !== 'string' || typeof password !== 'string')
    throw new Error('the secret must be a JSON object with `username` and `password`');
  return { user, password, database: typeof database === 'string' ? database : undefined };
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text ?? '') ?? {};
  } catch {
    return {}; // the message must not repeat a secret
  }
}
