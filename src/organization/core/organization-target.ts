import { isKnown, show } from '../../values/core/amounts';
import { refuse } from '../../values/core/problem';

/**
 * What a policy is attached to, or what StackSets deploys to: the root of the organization, an organizational unit with all
 * units and accounts in it, or an account.
 */
export class OrganizationTarget {
  /**
   * The whole organization. Policies on the root also apply to the management account.
   *
   * @param rootId such as `r-ab12`
   */
  public static root(rootId: string): OrganizationTarget {
    return new OrganizationTarget(
      'root',
      'rootId',
      rootId,
      /^r-[0-9a-z]{4,32}$/,
      'a root ID such as `r-ab12`',
    );
  }

  /**
   * An organizational unit, with everything in it.
   *
   * @param unitId such as `ou-ab12-11111111`
   */
  public static organizationalUnit(unitId: string): OrganizationTarget {
    return new OrganizationTarget(
      'organizationalUnit',
      'unitId',
      unitId,
      /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
      'the ID of an organizational unit such as `ou-ab12-11111111`',
    );
  }

  /**
   * A single account.
   *
   * @param accountId 12 digits
   */
  public static account(accountId: string): OrganizationTarget {
    return new OrganizationTarget('account', 'accountId', accountId, /^\d{12}$/, 'a 12-digit account ID');
  }

  /** The ID of the root, the organizational unit or the account. */
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
