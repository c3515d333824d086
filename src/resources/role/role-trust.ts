import { Stack } from 'aws-cdk-lib';
import type { CfnRole, IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { warnOfFindings } from '../core/enforce';

const SERVICE = 'backup.amazonaws.com';

/** A role of another account, which can't be passed to AWS Backup. */
export function roleElsewhereProblems(construct: IConstruct, role: IRoleRef | undefined): Problem[] {
  if (!role) return [];
  const here = Stack.of(construct).account;
  const there = accountOf(role);
  if (!isKnown(here) || there === undefined || there === here) return [];
  return [
    problem({
      id: 'Backup-RoleElsewhere',
      property: 'role',
      message: (label) => `${label('role')} must be a role in its own account (${here}), got one in ${there}`,
      fix: `create a role in account ${here}`,
    }),
  ];
}

/** Warns of a role of the app that certainly doesn't trust AWS Backup, on the role. At synthesis, when it is final. */
export function warnOfDistrust(user: IConstruct, role: IRoleRef): void {
  const resource = roleResource(role);
  if (!resource) return;
  const document = resource.assumeRolePolicyDocument;
  // that of a `BackupRole` can be read as it is
  if (trusts(document) === true || trusts(Stack.of(resource).resolve(document)) !== false) return;
  warnOfFindings(role, [
    problem({
      id: 'Backup-RoleTrust',
      property: 'assumedBy',
      message: (label) =>
        `${label('assumedBy')} must include \`${SERVICE}\` for the role of \`${user.node.path}\`, but no statement of the trust policy names it`,
      fix: `use \`new ServicePrincipal('${SERVICE}')\`, or omit \`role\` to have a \`BackupRole\` created`,
    }),
  ]);
}

/** The account of a role, if it is known. The environment of a role isn't that of its ARN in all cases. */
function accountOf(role: IRoleRef): string | undefined {
  const inArn = /^arn:[^:]+:iam::(\d{12}):/.exec(role.roleRef.roleArn)?.[1];
  if (inArn !== undefined) return inArn;
  const account = role.env?.account;
  return account !== undefined && isKnown(account) ? account : undefined;
}

function roleResource(role: IRoleRef): CfnRole | undefined {
  const resource = (role.node?.defaultChild ?? role) as CfnRole;
  return resource.cfnResourceType === 'AWS::IAM::Role' ? resource : undefined;
}

interface TrustStatement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Principal?: unknown;
}

/** Whether a trust policy names AWS Backup; undefined if it isn't resolved, or if that is known only at deployment. */
function trusts(document: unknown): boolean | undefined {
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  if (typeof Statement !== 'object' || Statement === null) return undefined;
  const answers = [Statement].flat().map((statement) => allows(statement as TrustStatement));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function allows({ Effect, Principal }: TrustStatement): boolean | undefined {
  if (typeof Effect !== 'string') return undefined;
  if (Effect.toLowerCase() !== 'allow') return false; // IAM reads it in any case
  if (Principal === '*' || (Principal as { AWS?: unknown })?.AWS === '*') return true;
  if (typeof Principal !== 'object' || Principal === null) return undefined;
  if ('Fn::If' in Principal) return undefined;
  const services = [(Principal as { Service?: unknown }).Service ?? []].flat();
  if (services.includes(SERVICE) || services.includes('*')) return true;
  return services.every((service) => typeof service === 'string') ? false : undefined;
}
