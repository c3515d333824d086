import { isKnown, show } from '../../values/core/amounts';
import { refuse } from '../../values/core/problem';

/**
 * What a policy is attached to, or what is rolled out to: the root of the organization, an organizational unit with all
 * units and accounts below it, or an account.
 */
export class OrganizationTarget {
  /**
   * The whole organization. Policies on the root hold for the management account too.
   *
   * @param rootId such as `r-ab12`
   */
  public static root(rootId: string): OrganizationTarget {
    return new OrganizationTarget(
      'root',
      'rootId',
      rootId,
      /^r-[0-9a-z]{4,32}$/,
      'a root id such as `r-ab12`',
    );
  }

  /**
   * An organizational unit, and all that is below it.
   *
   * @param unitId such as `ou-ab12-11111111`
   */
  public static organizationalUnit(unitId: string): OrganizationTarget {
    return new OrganizationTarget(
      'organizationalUnit',
      'unitId',
      unitId,
      /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
      'the id of an organizational unit such as `ou-ab12-11111111`',
    );
  }

  /**
   * A single account.
   *
   * @param accountId 12 digits
   */
  public static account(accountId: string): OrganizationTarget {
    return new OrganizationTarget(
      'account',
      'accountId',
      accountId,
      /^\d{12}$/,
      'an account id of 12 digits',
    );
  }

  /** The id of the root, the unit or the account. */
  public readonly id: string;

  private constructor(
    /** @internal */
    public readonly _kind: 'root' | 'organizationalUnit' | 'account',
    property: string,
    id: string,
    pattern: RegExp,
    allowed: string,
  ) {
    if (typeof id !== 'string' || (isKnown(id) && !pattern.test(id)))
      throw refuse(
        'Backup-OrganizationTarget',
        property,
        `\`${property}\` of \`OrganizationTarget.${_kind}\` must be ${allowed}, got ${show(id)}`,
        typeof id === 'number' ? 'write it in quotes' : undefined,
      );
    this.id = id;
  }

  /** Such as `ou-ab12-11111111`. */
  public toString(): string {
    return isKnown(this.id) ? this.id : 'a target known at deployment';
  }
}
