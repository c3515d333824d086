import { BootstraplessSynthesizer, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { listProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { CopySource } from '../../resources/vault/copy-source';
import { DeletionDenial } from '../../resources/vault/deletion-denial';
import { serviceLinkedRoleArn } from '../../values/copy/copy-key-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import type { CentralVaultProps } from './central-vault-props';

/** What can be told of a central vault before it is made; what its parts are told, they tell themselves. */
export function centralVaultProblems(central: Construct, props: CentralVaultProps): Problem[] {
  const isProps = (given: unknown) => typeof given === 'object' && !Array.isArray(given);
  const wrong = requiredKindProblems(props, isProps, {
    id: 'Backup-CentralVaultProps',
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [...sourceProblems(props.copyFrom), ...keyProblems(props), ...replicaProblems(central, props)];
}

function sourceProblems(sources: unknown): Problem[] {
  const expected = {
    id: 'Backup-CopySource',
    property: 'copyFrom',
    what: 'a `CopySource`',
    fix: "use for instance `CopySource.account('111122223333')`",
  };
  const isSource = (source: unknown) => source instanceof CopySource;
  if (!Array.isArray(sources))
    return requiredKindProblems(sources, () => false, {
      ...expected,
      what: 'a list, each element a `CopySource`',
    });
  if (sources.length > 0) return listProblems(sources, isSource, expected);
  return [
    {
      id: expected.id,
      severity: 'error',
      property: expected.property,
      message: '`copyFrom` must name at least one account, organizational unit or organization, got none',
      fix: expected.fix,
    },
  ];
}

/** Options are for a key that is made here, and a key is in one Region. */
function keyProblems({ encryptionKey, keyOptions, replicas }: CentralVaultProps): Problem[] {
  if (encryptionKey === undefined) return [];
  const problem = { id: 'Backup-CentralVaultKey', severity: 'error', property: 'encryptionKey' } as const;
  const problems: Problem[] = [];
  if (keyOptions !== undefined)
    problems.push({
      ...problem,
      message: "`encryptionKey` is an existing key, which `keyOptions` can't change, got both",
      fix: 'leave one of them out',
    });
  if (replicas !== undefined)
    problems.push({
      ...problem,
      message: "`encryptionKey` is in one Region, and can't encrypt the vaults of `replicas`, got both",
      fix: 'use `keyOptions: { multiRegion: true }` for a key that all Regions share, or one central vault a Region',
    });
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
  const problem = { id, severity: 'error', property } as const;
  const { account, region } = Stack.of(central);
  const problems: Problem[] = [];
  const seen = new Map([[region, 'the central vault itself']]);
  for (const [index, scope] of replicas.entries()) {
    const there = Stack.of(scope);
    const what = `\`${property}[${index}]\``;
    if (!isKnown(there.region) || !isKnown(region)) {
      const unknown = isKnown(region) ? there : Stack.of(central);
      problems.push({
        ...problem,
        message: `${what} must be in another Region than the central vault, but the Region of the stack \`${unknown.node.path}\` isn't known`,
        fix: "give the stack an environment: `env: { account: '111122223333', region: 'eu-west-1' }`",
      });
      continue;
    }
    if (isKnown(account) && isKnown(there.account) && account !== there.account)
      problems.push({
        ...problem,
        message: `${what} must be in the account of the central vault (${account}), got ${there.account}`,
        fix: 'make a central vault of its own in that account',
      });
    const before = seen.get(there.region);
    if (before)
      problems.push({
        ...problem,
        message: `${what} must be in a Region of its own, got ${there.region}, that of ${before}`,
        fix: 'leave it out',
      });
    seen.set(there.region, what);
  }
  if (notifications !== undefined)
    problems.push({
      ...problem,
      property: 'notifications',
      message:
        "`notifications` has a topic of one Region, which the vaults of `replicas` can't use, got both",
      fix: 'say it for each Region: `central.inRegion(…).notify({ topic })`',
    });
  return problems;
}

/**
 * Denies deletion to everyone but the role that CloudFormation works with, so that it can change the policy, and AWS
 * Backup's own, so that recovery points end with their retention. Undefined where the stack doesn't tell its role.
 */
export function defaultDenial(central: Construct): DeletionDenial | undefined {
  let stack = Stack.of(central);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const { cloudFormationExecutionRoleArn } = stack.synthesizer as { cloudFormationExecutionRoleArn?: string };
  // a stack that needs no bootstrapping has the ARN of a role that it isn't deployed with
  const bare = stack.synthesizer instanceof BootstraplessSynthesizer;
  if (cloudFormationExecutionRoleArn === undefined || bare) return undefined;
  const ofBackup = serviceLinkedRoleArn(stack.partition, stack.account);
  return DeletionDenial.exceptFor(
    iam.Role.fromRoleArn(central, 'Deployer', Fn.sub(cloudFormationExecutionRoleArn)),
    iam.Role.fromRoleArn(central, 'ServiceLinkedRole', ofBackup),
  );
}

export function withoutDenialProblem(): Problem {
  return {
    id: 'Backup-CentralVaultDenial',
    severity: 'warning',
    property: 'deletionDenial',
    message: '`deletionDenial` is missing, and the stack tells no role that deploys it and could be exempt',
    fix: 'say `DeletionDenial.exceptFor(role)` with the role that deploys',
  };
}
