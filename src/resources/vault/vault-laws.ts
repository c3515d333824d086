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

/** Checks the lock of a vault; compliance mode is valid but risky. */
export function lockProblems(lock: unknown): Problem[] {
  if (lock instanceof VaultLock) return complianceLockProblems(lock.coolingOffDays, new Date());
  return kindProblems(lock, () => false, {
    id: 'Backup-VaultLock',
    property: 'lock',
    what: 'a `VaultLock`',
    fix: 'use `VaultLock.governance({ minRetention: Duration.days(…) })`',
  });
}

/** Checks the encryption of a vault. */
export function encryptionProblems(vault: IConstruct, encryption: unknown): Problem[] {
  if (encryption instanceof VaultEncryption)
    return encryption._key ? keyProblems(vault, encryption._key) : [];
  return kindProblems(encryption, () => false, {
    id: 'Backup-VaultEncryption',
    property: 'encryption',
    what: 'a `VaultEncryption`',
    fix: 'use `VaultEncryption.key(…)` with your own key',
  });
}

/** What AWS Backup accepts as the key of a vault: a key, not an alias, in the Region of the vault. */
export function keyProblems(vault: IConstruct, key: IKeyRef, property = 'encryption'): Problem[] {
  const isAlias = 'aliasRef' in key || /(^|:)alias\//.test(key.keyRef.keyArn);
  const here = Stack.of(vault).region;
  const there = key.env?.region ?? here; // a hand-written reference may have no environment
  return [
    ...(isAlias ? [vaultKeyAliasProblem(property)] : []),
    ...vaultKeyRegionProblems(here, there, property),
  ];
}

const SOURCE = {
  id: 'Backup-CopySource',
  what: 'a `CopySource`',
  fix: "for example, use `CopySource.account('111122223333')`",
} as const;
const isSource = (source: unknown) => source instanceof CopySource;

/** Checks the sources that may copy into a vault. */
export function copyFromProblems(
  vault: IConstruct,
  sources: unknown,
  underAwsManagedKey: boolean,
): Problem[] {
  const wrong = listProblems(sources, isSource, { ...SOURCE, property: 'copyFrom' });
  if (wrong.length > 0 || !underAwsManagedKey) return wrong;
  return ((sources ?? []) as CopySource[]).flatMap((source) => managedKeyProblems(vault, source, 'copyFrom'));
}

/** Checks one source that may copy into a vault. */
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

/** The AWS-managed key prevents most cross-account copies. */
function managedKeyProblems(vault: IConstruct, source: CopySource, property: string): Problem[] {
  const here = Stack.of(vault).account;
  if (isKnown(here) && source._principal().principalAccount === here) return [];
  return [awsManagedKeyProblem(property, 'needs a vault under a customer-managed key', String(source))];
}

/** Checks a deletion denial; without an exemption, nobody can change the access policy anymore. */
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

/** Checks the removal policy DESTROY against the lock of the vault. */
export function destructionProblems(lock: Pick<VaultLock, 'isCompliance'> | undefined): Problem[] {
  return lock ? [lockedDestructionProblem(lock.isCompliance)] : [];
}
