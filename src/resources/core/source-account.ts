import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The condition of a trust policy that a service acts for this account. `IfExists`, because AWS documents for none of the
 * services here that they send the account when they assume a role: without it, no backup would be made. A role can't be
 * passed to a service in another account, so no other account can make a service assume it.
 *
 * Source: IAM User Guide, "Grant a user permissions to pass a role to an AWS service", 2026-11.
 */
export function forThisAccount(scope: IConstruct): Record<string, Record<string, string>> {
  return { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(scope).account } };
}
