import * as iam from 'aws-cdk-lib/aws-iam';
import { isKnown, show } from '../../values/core/amounts';
import { refuse } from '../../values/core/problem';

/**
 * The source of copies into a vault: an account, an organization or an organizational unit.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export class CopySource {
  /**
   * The principals of an account whose IAM policies allow it.
   *
   * @param accountId 12 digits
   */
  public static account(accountId: string): CopySource {
    return CopySource._account(accountId, 'CopySource.account');
  }

  /** @internal */
  public static _account(accountId: string, caller: string): CopySource {
    assertMatches(caller, 'accountId', accountId, /^\d{12}$/, 'a 12-digit account ID');
    return new CopySource('account', accountId, () => new iam.AccountPrincipal(accountId));
  }

  /**
   * Every account of an organization.
   *
   * @param organizationId such as `o-a1b2c3d4e5`
   */
  public static organization(organizationId: string): CopySource {
    assertMatches(
      'CopySource.organization',
      'organizationId',
      organizationId,
      /^o-[a-z0-9]{10,32}$/,
      'an organization ID such as `o-a1b2c3d4e5`',
    );
    return new CopySource('organization', organizationId, () =>
      new iam.AnyPrincipal().withConditions({ StringEquals: { 'aws:PrincipalOrgID': organizationId } }),
    );
  }

  /**
   * Every account in an organizational unit and the units below it, or only in the units below it.
   *
   * @param path the path from the organization to the unit, such as
   * `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222`; with `/` or `/*` at its end, it means the same, with `/ou-*`
   * only the units below
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
   */
  public static organizationalUnit(path: string): CopySource {
    assertMatches(
      'CopySource.organizationalUnit',
      'path',
      path,
      /^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}(\/ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})*(\/|\/\*|\/ou-\*)?$/,
      'the path of an organizational unit such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111`, with or without `/`, `/*` or `/ou-*` at its end',
      pathFix(path),
    );
    const below = path.endsWith('/ou-*') ? path : `${path.replace(/\/\*?$/, '')}/*`;
    return new CopySource('organizational unit', path, () =>
      new iam.AnyPrincipal().withConditions({
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [below] },
      }),
    );
  }

  private constructor(
    private readonly kind: string,
    private readonly id: string,
    /** @internal */
    public readonly _principal: () => iam.IPrincipal,
  ) {}

  /** For example `account 111122223333`. */
  public toString(): string {
    return isKnown(this.id) ? `${this.kind} ${this.id}` : `an ${this.kind} known at deployment`;
  }
}

function assertMatches(
  factory: string,
  property: string,
  value: unknown,
  pattern: RegExp,
  allowed: string,
  fix?: string,
): void {
  if (typeof value === 'string' && (!isKnown(value) || pattern.test(value))) return;
  throw refuse(
    'Backup-CopySource',
    property,
    `\`${property}\` of \`${factory}\` must be ${allowed}, got ${show(value)}`,
    typeof value === 'number' ? 'write it in quotes' : fix,
  );
}

/** What to write in place of something that isn't the path of a unit. */
function pathFix(path: unknown): string | undefined {
  if (typeof path !== 'string') return undefined;
  if (/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/.test(path))
    return `put the IDs of the organization, the root and the units above it in front, as in \`o-a1b2c3d4e5/r-ab12/${path}\``;
  const [, organization] = /^(o-[a-z0-9]{10,32})(?:\/\*?)?$/.exec(path) ?? [];
  return organization && `use \`CopySource.organization('${organization}')\` for the whole organization`;
}
