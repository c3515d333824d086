import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import type { Construct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { flagProblems, requiredKindProblems } from '../core/argument-checks';
import { generatedName } from '../core/generated-name';

/** With whom a logically air-gapped vault is shared. */
export interface VaultShareOptions {
  /**
   * Whether the accounts may be outside of the organization of the vault. AWS RAM also takes accounts of the
   * organization for outsiders as long as sharing within the organization isn't enabled. Outsiders get an invitation,
   * which they have to accept within 12 hours.
   *
   * @default false
   */
  readonly outsideOrganization?: boolean;
}

/** The resource shares of AWS RAM of a vault: one for accounts of the organization, one for others. */
export class VaultShares {
  private readonly inside: string[] = [];
  private readonly outside: string[] = [];

  /** @param vaultArns the vault, and those whose place it has taken */
  constructor(
    private readonly vault: Construct,
    private readonly vaultArns: () => string[],
  ) {}

  /** What speaks against sharing with further accounts. */
  public problems(accounts: readonly string[], options: unknown): Problem[] {
    const isOptions = (given: unknown) => typeof given === 'object' && !Array.isArray(given);
    const expected = { id: 'Backup-VaultShare', property: 'options', what: 'an object with options' };
    const wrong = requiredKindProblems(options, isOptions, expected);
    if (wrong.length > 0) return wrong;
    const { outsideOrganization } = options as VaultShareOptions;
    const { principals } = this.share(outsideOrganization === true);
    return [
      ...flagProblems('Backup-VaultShare', 'outsideOrganization', outsideOrganization),
      ...(principals.length > 0 && (isListToken(principals) || isListToken(accounts))
        ? [joinedProblem()]
        : []),
    ];
  }

  /** Shares the vault with further accounts. */
  public add(accounts: readonly string[], { outsideOrganization = false }: VaultShareOptions = {}): void {
    const { id, principals } = this.share(outsideOrganization);
    for (const account of accounts) if (!principals.includes(account)) principals.push(account);
    if (this.vault.node.tryFindChild(id)) return;
    new CfnResourceShare(this.vault, id, {
      name: generatedName(this.vault, id, { maxLength: 64, separator: '-' }),
      allowExternalPrincipals: outsideOrganization,
      principals, // grows until synthesis
      resourceArns: this.vaultArns(),
    });
  }

  private share(outsideOrganization: boolean): { id: string; principals: string[] } {
    return outsideOrganization
      ? { id: 'ExternalShare', principals: this.outside }
      : { id: 'Share', principals: this.inside };
  }
}

function isListToken(accounts: readonly string[]): boolean {
  return !isKnown(accounts);
}

function joinedProblem(): Problem {
  return {
    id: 'Backup-SharedAccount',
    severity: 'error',
    property: 'accountIds',
    message: "`accountIds` can't be joined with others where it is a list that is known at deployment only",
    fix: 'say all accounts in one such list',
  };
}
