import { Stack } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { isKnown } from '../values/amounts';
import type { Problem } from '../values/problem';
import { VaultLock } from '../values/vault-lock';
import { CopySource } from './copy-source';
import { DeletionDenial } from './deletion-denial';
import { kindProblems, listProblems, requiredKindProblems } from './input';
import { VaultEncryption } from './vault-encryption';

/** The law of what is said as the lock of a vault; a compliance lock is legal and risky. */
export function lockProblems(lock: unknown): Problem[] {
  if (lock instanceof VaultLock) return complianceProblems(lock);
  return kindProblems(lock, () => false, {
    id: 'Backup-VaultLock',
    property: 'lock',
    what: 'a `VaultLock`',
    fix: 'use `VaultLock.governance({ minRetention: Duration.days(…) })`',
  });
}

/** Says the day from which nobody can undo a compliance lock. */
function complianceProblems({ coolingOffDays: days }: VaultLock): Problem[] {
  if (days === undefined) return [];
  const from = isKnown(days)
    ? `from ${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)} on, if deployed today`
    : 'once the cooling-off period is over';
  return [
    {
      id: 'Backup-ComplianceLock',
      severity: 'warning',
      property: 'lock',
      message: `\`lock\` is a compliance lock: ${from}, nobody can change or remove it, nor delete a recovery point before its retention ends`,
      fix: 'acknowledge this warning once the retention of every rule and copy into this vault is settled',
    },
  ];
}

/** The law of a vault's key: a key, not an alias, in the Region of the vault. */
export function encryptionProblems(vault: IConstruct, encryption: unknown): Problem[] {
  if (encryption instanceof VaultEncryption)
    return encryption._key ? keyProblems(vault, encryption._key) : [];
  return kindProblems(encryption, () => false, {
    id: 'Backup-VaultEncryption',
    property: 'encryption',
    what: 'a `VaultEncryption`',
    fix: 'use `VaultEncryption.key(…)` with a key of yours',
  });
}

/** The law of a key for a vault. */
export function keyProblems(vault: IConstruct, key: IKeyRef, property = 'encryption'): Problem[] {
  const problems: Problem[] = [];
  if ('aliasRef' in key || /(^|:)alias\//.test(key.keyRef.keyArn))
    problems.push({
      id: 'Backup-VaultKeyAlias',
      severity: 'error',
      property,
      message: `\`${property}\` must be a key, got an alias, which AWS Backup refuses for a vault`,
      fix: 'refer to the key by its ARN',
    });
  const here = Stack.of(vault).region;
  const there = key.env?.region ?? here; // a reference may be made by hand, without an environment
  if (isKnown(here) && isKnown(there) && here !== there)
    problems.push({
      id: 'Backup-VaultKeyRegion',
      severity: 'error',
      property,
      message: `\`${property}\` must be a key in the Region of the vault (${here}), got one in ${there}`,
      fix: 'make a key in that Region, or a replica of a multi-Region key',
    });
  return problems;
}

/** What a vault is told about who may copy into it. */
const SOURCE = {
  id: 'Backup-CopySource',
  what: 'a `CopySource`',
  fix: "use for instance `CopySource.account('111122223333')`",
};
const isSource = (source: unknown) => source instanceof CopySource;

/** The law of those who may copy into a vault. */
export function copyFromProblems(
  vault: IConstruct,
  sources: unknown,
  underAwsManagedKey: boolean,
): Problem[] {
  const wrong = listProblems(sources, isSource, { ...SOURCE, property: 'copyFrom' });
  if (wrong.length > 0 || !underAwsManagedKey) return wrong;
  return ((sources ?? []) as CopySource[]).flatMap((source) => managedKeyProblems(vault, source, 'copyFrom'));
}

/** The law of one that may copy into a vault. */
export function copySourceProblems(
  vault: IConstruct,
  source: unknown,
  underAwsManagedKey: boolean,
): Problem[] {
  const wrong = requiredKindProblems(source, isSource, { ...SOURCE, property: 'source' });
  return wrong.length > 0 || !underAwsManagedKey
    ? wrong
    : managedKeyProblems(vault, source as CopySource, 'source');
}

/** Nothing comes from another account under the AWS-managed key. */
function managedKeyProblems(vault: IConstruct, source: CopySource, property: string): Problem[] {
  const here = Stack.of(vault).account;
  if (isKnown(here) && source._principal().principalAccount === here) return [];
  return [
    {
      id: 'Backup-CopyIntoAwsManagedKey',
      severity: 'error',
      property,
      message: `\`${property}\` needs a vault under a customer-managed key, since nothing can be copied from another account into one under the AWS-managed key, got ${source}`,
      fix: 'leave `encryption` out, or use `VaultEncryption.key(…)`',
    },
  ];
}

/** The law of the denial of deletion: without an exemption nobody can change the access policy any more. */
export function deletionDenialProblems(denial: unknown): Problem[] {
  if (!(denial instanceof DeletionDenial))
    return requiredKindProblems(denial, () => false, {
      id: 'Backup-DeletionDenial',
      property: 'deletionDenial',
      what: 'a `DeletionDenial`',
      fix: 'use `DeletionDenial.exceptFor(role)` with the deployment role',
    });
  if (denial.exemptRoleArns.length > 0) return [];
  return [
    {
      id: 'Backup-DeletionDenialWithoutExemption',
      severity: 'warning',
      property: 'deletionDenial',
      message:
        '`deletionDenial` denies everyone to change the access policy of the vault, CloudFormation included: later deployments that change it will fail',
      fix: 'name the deployment role with `DeletionDenial.exceptFor(role)`',
    },
  ];
}

/** What speaks against the destruction of a vault: a lock. */
export function destructionProblems(lock: Pick<VaultLock, 'isCompliance'> | undefined): Problem[] {
  if (!lock) return [];
  const [mode, severity, must] = lock.isCompliance
    ? (['compliance', 'error', 'must'] as const)
    : (['governance', 'warning', 'should'] as const);
  return [
    {
      id: 'Backup-DestroyLockedVault',
      severity,
      property: 'removalPolicy',
      message: `\`removalPolicy\` ${must} not be DESTROY for a vault under a ${mode} lock: while it holds recovery points the deletion of the stack fails`,
      fix: 'use RemovalPolicy.RETAIN',
    },
  ];
}
