import { Aws, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { CustomizedRole } from '../../resources/core/customized-role';
import { acknowledgeWildcards } from '../../resources/provider/nag-acknowledgements';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { recoveryPointArns } from '../../values/resource-type/recovery-point-arns';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** Properties of a `RestoreAccessRole`. */
export interface RestoreAccessRoleProps {
  readonly roleName: string;
  readonly accounts: readonly string[];
  readonly vault: IBackupVaultRef;
  readonly resourceTypes?: readonly ResourceType[];
  readonly stateMachine: CfnStateMachine;
}

/**
 * The role that runbooks of other accounts assume: it finds recovery points in the vault, and starts the state machine that
 * copies them back. It can't start copies to anywhere else, nor restore or delete anything.
 */
export class RestoreAccessRole extends Construct {
  constructor(scope: Construct, id: string, props: RestoreAccessRoleProps) {
    super(scope, id);
    const trust = props.accounts.map((account) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:${Aws.PARTITION}:iam::${account}:root` },
      Action: 'sts:AssumeRole',
    }));
    const customized = CustomizedRole.of(this, `${this.node.path}/Role`, trust);
    const statements = statementsFor(Stack.of(this), props);
    customized?.addStatements(...statements);
    if (customized?.isPrecreated) return;
    const description = 'Finds recovery points for restore runbooks of other accounts, and copies them back';
    const policy = new CfnManagedPolicy(this, 'Policy', {
      description,
      policyDocument: { Version: '2012-10-17', Statement: statements },
    });
    acknowledgeWildcards(policy, 'recovery points and executions have no name before they exist');
    new CfnRole(this, 'Role', {
      roleName: props.roleName,
      description,
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust },
      managedPolicyArns: [policy.ref],
    });
  }
}

/** Source: Service Authorization Reference, AWS Backup and AWS Step Functions, 2026-08. */
function statementsFor(
  { account, region }: Stack,
  { vault, resourceTypes, roleName, stateMachine }: RestoreAccessRoleProps,
): object[] {
  const partition = Aws.PARTITION;
  return [
    {
      Sid: 'List',
      Effect: 'Allow',
      Action: 'backup:ListRecoveryPointsByBackupVault',
      Resource: vault.backupVaultRef.backupVaultArn,
    },
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:ListTags'],
      Resource: recoveryPointArns(resourceTypes, { partition, account, region }),
    },
    { Sid: 'Copy', Effect: 'Allow', Action: 'states:StartExecution', Resource: stateMachine.ref },
    {
      Sid: 'Watch',
      Effect: 'Allow',
      Action: 'states:DescribeExecution',
      Resource: `arn:${partition}:states:${region}:${account}:execution:${roleName}:*`,
    },
  ];
}

/** What is wrong with the access of runbooks. */
export function restoreAccessProblems(props: {
  readonly restoreAccounts?: string[];
  readonly restoreAccessName?: string;
}): Problem[] {
  const { restoreAccounts: accounts, restoreAccessName: name } = props ?? {};
  const of = (property: string, message: string, fix: string) => [
    problem({
      id: 'Backup-RestoreAccess',
      property,
      message: (label) => `${label(property)} ${message}`,
      fix,
    }),
  ];
  const found: Problem[] = [];
  if (accounts !== undefined) {
    const isList = Array.isArray(accounts) && accounts.length > 0;
    const wrong = isList
      ? accounts.filter((each) => isKnown(each) && !/^\d{12}$/.test(String(each)))
      : [accounts];
    if (wrong.length > 0)
      found.push(
        ...of(
          'restoreAccounts',
          `must be a list of account IDs of 12 digits, got ${wrong.map(show).join(', ')}`,
          'name the accounts that restore',
        ),
      );
    if (name === undefined)
      found.push(
        ...of(
          'restoreAccessName',
          'must be set for `restoreAccounts`, since runbooks find the role and the state machine by their name',
          'for example, use `shop-copy-back`',
        ),
      );
  }
  if (name !== undefined && !(typeof name === 'string' && (!isKnown(name) || /^[\w-]{1,64}$/.test(name))))
    found.push(
      ...of(
        'restoreAccessName',
        `must be 1 to 64 letters, digits, hyphens and underscores, got ${show(name)}`,
        'for example, use `shop-copy-back`',
      ),
    );
  return found;
}
