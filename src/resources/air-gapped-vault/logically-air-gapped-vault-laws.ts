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
 * What can be told of a logically air-gapped vault before it is made.
 *
 * @param scope where the vault is made
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
    // what is deployed can only be compared with what is sound
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

/** A key of yours, beside the vault, takes away from the gap: who rules the account rules the key. */
function customerKeyProblems(scope: IConstruct, key: IKeyRef): Problem[] {
  const property = 'encryptionKey';
  const problems = keyProblems(scope, key, property);
  const here = Stack.of(scope).account;
  if ((key.env?.account ?? here) !== here) return problems;
  return [...problems, airGappedKeyProblem(property)];
}
