import { SecretValue, Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { hypervisorTextProblems, passwordProblems } from '../../values/hypervisor/hypervisor-laws';
import { propsProblems, requiredKindProblems } from '../core/argument-checks';

/** The fields of a secret that contain the user name and the password. */
export interface HypervisorSecretFields {
  /**
   * The field that contains the user name.
   *
   * @default 'username'
   */
  readonly usernameField?: string;

  /**
   * The field that contains the password.
   *
   * @default 'password'
   */
  readonly passwordField?: string;
}

/**
 * The credentials with which AWS Backup gateway connects to a hypervisor. The template never contains the password:
 * CloudFormation reads it during deployment.
 */
export class HypervisorCredentials {
  /**
   * The user name and the password in the JSON of an AWS Secrets Manager secret. If the secret changes, the hypervisor
   * uses the new values only after its next update.
   */
  public static fromSecret(secret: ISecret, fields: HypervisorSecretFields = {}): HypervisorCredentials {
    const isSecret = (value: Partial<ISecret>) => typeof value.secretValueFromJson === 'function';
    const property = 'secret';
    const id = 'Backup-HypervisorSecret';
    throwErrors(
      [
        ...requiredKindProblems(secret, isSecret, {
          id,
          property,
          what: 'a secret',
          fix: 'refer to an existing one with `Secret.fromSecretNameV2`',
        }),
        ...requiredKindProblems(fields, (value) => propsProblems(id, value).length === 0, {
          id,
          property: 'fields',
          what: 'an object with the names of the fields',
        }),
        ...unknownPropertyProblems(fields, 'HypervisorSecretFields'),
        ...fieldProblems('usernameField', fields?.usernameField),
        ...fieldProblems('passwordField', fields?.passwordField),
      ],
      'HypervisorCredentials.fromSecret',
    );
    const { usernameField = 'username', passwordField = 'password' } = fields;
    return new HypervisorCredentials(
      secret.secretValueFromJson(usernameField).unsafeUnwrap(),
      secret.secretValueFromJson(passwordField),
    );
  }

  /**
   * A user name, and a password that is stored elsewhere.
   *
   * @param username 1 to 100 printable ASCII characters, without `/` and `\`
   * @param password such as `SecretValue.secretsManager('…')`
   */
  public static fromPassword(username: string, password: SecretValue): HypervisorCredentials {
    throwErrors(
      [...hypervisorTextProblems('username', username), ...secretValueProblems(password)],
      'HypervisorCredentials.fromPassword',
    );
    const isLiteral = !Token.isUnresolved(password.unsafeUnwrap());
    throwErrors(passwordProblems(isLiteral), 'HypervisorCredentials.fromPassword');
    return new HypervisorCredentials(username, password);
  }

  private constructor(
    /** @internal */
    public readonly _username: string,
    /** @internal */
    public readonly _password: SecretValue,
  ) {}
}

function fieldProblems(property: string, field: unknown) {
  const isField = (value: unknown) => typeof value === 'string' && value !== '';
  return field === undefined
    ? []
    : requiredKindProblems(field, isField, {
        id: 'Backup-HypervisorSecret',
        property,
        what: 'the name of a field in the JSON of the secret',
      });
}

/** Checks the type of the password; the message doesn't contain the value, since it may be the password. */
function secretValueProblems(password: unknown): Problem[] {
  if (SecretValue.isSecretValue(password)) return [];
  return [
    problem({
      id: 'Backup-HypervisorSecret',
      property: 'password',
      message: (label) =>
        `${label('password')} must be a \`SecretValue\`, got ${password === undefined ? 'nothing' : password === null ? 'null' : typeof password}`,
      fix: "use `SecretValue.secretsManager('…')`",
    }),
  ];
}
