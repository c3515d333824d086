import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import type { Construct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { flagProblems, requiredKindProblems } from '../core/argument-checks';
import { generatedName } from '../core/generated-name';

/** Options for sharing a logically air-gapped vault. */
export interface VaultShareOptions {
  /**
   * Whether the accounts may be outside the organization of the vault. If sharing within the organization is not
   * enabled, AWS RAM treats accounts in the organization as external too. External accounts get an invitation that they
   * must accept within 12 hours.
   *
   * @default false
   */
  readonly outsideOrganization?: boolean;
}

/** The AWS RAM resource shares of a vault: one for accounts in the organization, one for external accounts. */
export class VaultShares {
  private readonly inside: string[] = [];
  private readonly outside: string[] = [];

  /** @param vaultArns the ARNs of all generations of the vault */
  constructor(
    private readonly vault: Construct,
    private readonly vaultArns: () => string[],
  ) {}

  /** The problems of sharing the vault with more accounts. */
  public problems(accounts: readonly string[], options: unknown): Problem[] {
    const isOptions = (value: unknown) => typeof value === 'object' && !Array.isArray(value);
    const expected = {
      id: 'Backup-VaultShare',
      property: 'options',
      what: 'an object with options',
    } as const;
    const wrong = requiredKindProblems(options, isOptions, expected);
    if (wrong.length > 0) return wrong;
    const { outsideOrganization } = options as VaultShareOptions;
    const { principals } = this.share(outsideOrganization === true);
    return [
      ...unknownPropertyProblems(options, 'VaultShareOptions'),
      ...flagProblems('Backup-VaultShare', 'outsideOrganization', outsideOrganization),
      ...(principals.length > 0 && (isListToken(principals) || isListToken(accounts))
        ? [tokenListProblem()]
        : []),
    ];
  }

  /** Shares the vault with more accounts. */
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

function tokenListProblem(): Problem {
  return problem({
    id: 'Backup-SharedAccount',
    property: 'accountIds',
    message: (label) =>
      `${label('accountIds')} can't be combined with other accounts if it is a list that is known only at deployment`,
    fix: 'pass all accounts in one list',
  });
}
