import { SecretValue, Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { type Problem, throwErrors } from '../../values/core/problem';
import { hypervisorTextProblems, passwordProblems } from '../../values/hypervisor/hypervisor-laws';
import { propsProblems, requiredKindProblems } from '../core/argument-checks';

/** Where the user name and the password stand in a secret. */
export interface HypervisorSecretFields {
  /**
   * The field of the user name.
   *
   * @default 'username'
   */
  readonly usernameField?: string;

  /**
   * The field of the password.
   *
   * @default 'password'
   */
  readonly passwordField?: string;
}

/**
 * In whose name AWS Backup gateway talks to a hypervisor. The password never stands in the template: CloudFormation
 * reads it when it deploys.
 */
export class HypervisorCredentials {
  /**
   * The user name and the password that a secret of AWS Secrets Manager holds as JSON. A changed secret reaches the
   * hypervisor with its next update only.
   */
  public static fromSecret(secret: ISecret, fields: HypervisorSecretFields = {}): HypervisorCredentials {
    const isSecret = (given: Partial<ISecret>) => typeof given.secretValueFromJson === 'function';
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
        ...requiredKindProblems(fields, (given) => propsProblems(id, given).length === 0, {
          id,
          property: 'fields',
          what: 'an object with the names of the fields',
        }),
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
   * A user name, and a password that is kept elsewhere.
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
  const isField = (given: unknown) => typeof given === 'string' && given !== '';
  return field === undefined
    ? []
    : requiredKindProblems(field, isField, {
        id: 'Backup-HypervisorSecret',
        property,
        what: 'the name of a field in the JSON of the secret',
      });
}

/** A `SecretValue`; what was given instead is not repeated, since it may be the password. */
function secretValueProblems(password: unknown): Problem[] {
  if (SecretValue.isSecretValue(password)) return [];
  return [
    {
      id: 'Backup-HypervisorPassword',
      severity: 'error',
      property: 'password',
      message: `\`password\` must be a \`SecretValue\`, got ${password === null ? 'null' : typeof password}`,
      fix: "use `SecretValue.secretsManager('…')`",
    },
  ];
}
