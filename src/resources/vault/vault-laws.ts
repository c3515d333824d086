import { Stack } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import {
  awsManagedKeyProblem,
  vaultKeyAliasProblem,
  vaultKeyRegionProblems,
} from '../../values/vault/vault-key-laws';
import { complianceLockProblems, lockedDestructionProblem } from '../../values/vault/vault-life-laws';
import { VaultLock } from '../../values/vault/vault-lock';
import { denialWithoutExemptionProblem } from '../../values/vault/vault-policy-laws';
import { kindProblems, listProblems, requiredKindProblems } from '../core/argument-checks';
import { CopySource } from './copy-source';
import { DeletionDenial } from './deletion-denial';
import { VaultEncryption } from './vault-encryption';

/** The law of what is said as the lock of a vault; a compliance lock is legal and risky. */
export function lockProblems(lock: unknown): Problem[] {
  if (lock instanceof VaultLock) return complianceLockProblems(lock.coolingOffDays, new Date());
  return kindProblems(lock, () => false, {
    id: 'Backup-VaultLock',
    property: 'lock',
    what: 'a `VaultLock`',
    fix: 'use `VaultLock.governance({ minRetention: Duration.days(…) })`',
  });
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
  const isAlias = 'aliasRef' in key || /(^|:)alias\//.test(key.keyRef.keyArn);
  const here = Stack.of(vault).region;
  const there = key.env?.region ?? here; // a reference may be made by hand, without an environment
  return [
    ...(isAlias ? [vaultKeyAliasProblem(property)] : []),
    ...vaultKeyRegionProblems(here, there, property),
  ];
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

/** Little comes from another account under the AWS-managed key. */
function managedKeyProblems(vault: IConstruct, source: CopySource, property: string): Problem[] {
  const here = Stack.of(vault).account;
  if (isKnown(here) && source._principal().principalAccount === here) return [];
  return [awsManagedKeyProblem(property, 'needs a vault under a customer-managed key', String(source))];
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
  return denial.exemptRoleArns.length > 0 ? [] : [denialWithoutExemptionProblem()];
}

/** What speaks against the destruction of a vault: a lock. */
export function destructionProblems(lock: Pick<VaultLock, 'isCompliance'> | undefined): Problem[] {
  return lock ? [lockedDestructionProblem(lock.isCompliance)] : [];
}
