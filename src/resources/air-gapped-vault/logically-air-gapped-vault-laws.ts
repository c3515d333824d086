import { Stack } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { regionProblems } from '../../values/core/service-regions';
import {
  airGappedAcknowledgementProblems,
  airGappedKeyProblem,
  approvalTeamProblems,
  sharedAccountProblems,
} from '../../values/vault/air-gapped-vault-laws';
import { removalPolicyProblems } from '../core/argument-checks';
import { copyFromProblems, keyProblems } from '../vault/vault-laws';
import { notificationProblems } from '../vault/vault-notifications';
import {
  type Generation,
  generationRecordProblems,
  nameRangeProblems,
  previousGenerationProblems,
} from './air-gapped-generation';
import type { LogicallyAirGappedVaultProps } from './logically-air-gapped-vault-props';

/**
 * What AWS Backup accepts for a logically air-gapped vault.
 *
 * @param scope the scope in which the vault is created
 */
export function airGappedVaultProblems(
  scope: IConstruct,
  props: Partial<LogicallyAirGappedVaultProps>,
  current: Generation,
  previous: readonly Generation[],
): Problem[] {
  const { account, region } = Stack.of(scope);
  const { mpaApprovalTeamArn, sharedWith, notifications } = props;
  const generations = [...current.problems, ...previousGenerationProblems(current, previous)];
  return [
    ...generations,
    // only a valid configuration can be compared with what is deployed
    ...(generations.length > 0 ? [] : generationRecordProblems(props.generation, current, previous)),
    ...nameRangeProblems(props.backupVaultName, current),
    ...airGappedAcknowledgementProblems(props.acknowledgeIrreversible),
    ...(current.encryptionKey && current.problems.length === 0
      ? customerKeyProblems(scope, current.encryptionKey)
      : []),
    ...copyFromProblems(scope, props.copyFrom, false),
    ...(notifications === undefined ? [] : notificationProblems(scope, notifications)),
    ...(sharedWith === undefined ? [] : sharedAccountProblems(sharedWith, account, 'sharedWith')),
    ...(mpaApprovalTeamArn === undefined ? [] : approvalTeamProblems(mpaApprovalTeamArn)),
    ...removalPolicyProblems(props.removalPolicy),
    ...regionProblems('airGappedVault', region),
  ];
}

/** Checks a customer-managed key; in the account of the vault, it weakens the isolation of the vault. */
function customerKeyProblems(scope: IConstruct, key: IKeyRef): Problem[] {
  const property = 'encryptionKey';
  const problems = keyProblems(scope, key, property);
  const here = Stack.of(scope).account;
  if ((key.env?.account ?? here) !== here) return problems;
  return [...problems, airGappedKeyProblem(property)];
}
