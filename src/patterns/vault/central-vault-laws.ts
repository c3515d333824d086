import { BootstraplessSynthesizer, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { listProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { CopySource } from '../../resources/vault/copy-source';
import { DeletionDenial } from '../../resources/vault/deletion-denial';
import { serviceLinkedRoleArn } from '../../values/copy/copy-key-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { CentralVaultProps } from './central-vault-props';

/** What is wrong with the props of a central vault. Its parts check their own props. */
export function centralVaultProblems(central: Construct, props: CentralVaultProps): Problem[] {
  const isProps = (given: unknown) => typeof given === 'object' && !Array.isArray(given);
  const wrong = requiredKindProblems(props, isProps, {
    id: 'Backup-CentralVaultProps',
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'CentralVaultProps'),
    ...sourceProblems(props.copyFrom),
    ...keyProblems(props),
    ...replicaProblems(central, props),
  ];
}

function sourceProblems(sources: unknown): Problem[] {
  const expected = {
    id: 'Backup-CopySource',
    property: 'copyFrom',
    what: 'a `CopySource`',
    fix: "for example, use `CopySource.account('111122223333')`",
  } as const;
  const isSource = (source: unknown) => source instanceof CopySource;
  if (!Array.isArray(sources))
    return requiredKindProblems(sources, () => false, {
      ...expected,
      what: 'a list, each element a `CopySource`',
    });
  if (sources.length > 0) return listProblems(sources, isSource, expected);
  return [
    problem({
      id: expected.id,
      property: expected.property,
      message: '`copyFrom` must contain at least one account, organizational unit or organization, got none',
      fix: expected.fix,
    }),
  ];
}

/** Key options apply to a new key only, and an existing key is in one Region. */
function keyProblems({ encryptionKey, keyOptions, replicas }: CentralVaultProps): Problem[] {
  if (encryptionKey === undefined) return [];
  const base = { id: 'Backup-CentralVaultKey', property: 'encryptionKey' } as const;
  const problems: Problem[] = [];
  if (keyOptions !== undefined)
    problems.push(
      problem({
        ...base,
        message: "`encryptionKey` is an existing key that `keyOptions` can't change, got both",
        fix: 'omit one of them',
      }),
    );
  if (replicas !== undefined)
    problems.push(
      problem({
        ...base,
        message: "`encryptionKey` is in one Region and can't encrypt the vaults of `replicas`, got both",
        fix: 'use `keyOptions: { multiRegion: true }` for a key that all Regions share, or one central vault per Region',
      }),
    );
  return problems;
}

function replicaProblems(central: Construct, { replicas, notifications }: CentralVaultProps): Problem[] {
  const id = 'Backup-CentralVaultReplicas';
  const property = 'replicas';
  const wrong = listProblems(replicas, (scope: unknown) => Construct.isConstruct(scope), {
    id,
    property,
    what: 'a stack',
  });
  if (wrong.length > 0 || !replicas || replicas.length === 0) return wrong;
  const base = { id, property } as const;
  const { account, region } = Stack.of(central);
  const problems: Problem[] = [];
  const seen = new Map([[region, 'the central vault itself']]);
  for (const [index, scope] of replicas.entries()) {
    const there = Stack.of(scope);
    const what = `\`${property}[${index}]\``;
    if (!isKnown(there.region) || !isKnown(region)) {
      const unknown = isKnown(region) ? there : Stack.of(central);
      problems.push(
        problem({
          ...base,
          message: `${what} must be in a Region other than that of the central vault, but the Region of the stack \`${unknown.node.path}\` isn't known`,
          fix: "set the environment of the stack: `env: { account: '111122223333', region: 'eu-west-1' }`",
        }),
      );
      continue;
    }
    if (isKnown(account) && isKnown(there.account) && account !== there.account)
      problems.push(
        problem({
          ...base,
          message: `${what} must be in the account of the central vault (${account}), got ${there.account}`,
          fix: 'create a separate central vault in that account',
        }),
      );
    const before = seen.get(there.region);
    if (before)
      problems.push(
        problem({
          ...base,
          message: `${what} must be in a Region of its own, got ${there.region}, that of ${before}`,
          fix: 'omit it',
        }),
      );
    seen.set(there.region, what);
  }
  if (notifications !== undefined)
    problems.push(
      problem({
        ...base,
        property: 'notifications',
        message: (label) =>
          `${label('notifications')} has a topic in one Region, which the vaults of \`replicas\` can't use, got both`,
        fix: 'set it for each Region: `central.inRegion(…).notify({ topic })`',
      }),
    );
  return problems;
}

/**
 * Denies deletion to everyone but the deployment role, so that CloudFormation can change the policy, and the service-linked
 * role of AWS Backup, so that recovery points are deleted when they expire. Undefined if the deployment role is unknown.
 */
export function defaultDenial(central: Construct): DeletionDenial | undefined {
  let stack = Stack.of(central);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const { cloudFormationExecutionRoleArn } = stack.synthesizer as { cloudFormationExecutionRoleArn?: string };
  // a stack without bootstrapping has the ARN of a role that it isn't deployed with
  const bare = stack.synthesizer instanceof BootstraplessSynthesizer;
  if (cloudFormationExecutionRoleArn === undefined || bare) return undefined;
  const ofBackup = serviceLinkedRoleArn(stack.partition, stack.account);
  return DeletionDenial.exceptFor(
    iam.Role.fromRoleArn(central, 'Deployer', Fn.sub(cloudFormationExecutionRoleArn)),
    iam.Role.fromRoleArn(central, 'ServiceLinkedRole', ofBackup),
  );
}

export function withoutDenialProblem(): Problem {
  return problem({
    id: 'Backup-CentralVaultDenial',
    property: 'deletionDenial',
    message: (label) =>
      `${label('deletionDenial')} is not set, and the stack has no known deployment role to exempt`,
    fix: 'use `DeletionDenial.exceptFor(role)` with the deployment role',
  });
}
