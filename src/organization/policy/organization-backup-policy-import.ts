import { Fn, Resource } from 'aws-cdk-lib';
import type { IPolicyRef, PolicyReference } from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import { requiredKindProblems } from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import { refuse, throwErrors } from '../../values/core/problem';

/** An existing policy. */
class ImportedPolicy extends Resource implements IPolicyRef {
  constructor(
    scope: Construct,
    id: string,
    private readonly policyId: string,
    private readonly policyArn?: string,
  ) {
    super(scope, id);
  }

  public get policyRef(): PolicyReference {
    const { node, policyId, policyArn } = this;
    return {
      policyId,
      // the ARN contains the ID of the organization
      get policyArn() {
        if (policyArn !== undefined) return policyArn;
        throw refuse(
          'Backup-PolicyImport',
          'policyArn',
          `\`policyArn\` of \`${node.path}\` can't be derived from its ID`,
          'import it with `OrganizationBackupPolicy.fromOrganizationBackupPolicyArn`',
        );
      },
    };
  }
}

const ID = /^p-[0-9a-z]{8,128}$/;
const ARN =
  /^arn:aws(-[a-z]+)*:organizations::\d{12}:policy\/o-[a-z0-9]{10,32}\/backup_policy\/p-[0-9a-z]{8,128}$/;

export function importPolicyById(scope: Construct, id: string, policyId: string): IPolicyRef {
  throwErrors(
    requiredKindProblems(policyId, (given) => matches(given, ID), {
      id: 'Backup-PolicyImport',
      property: 'policyId',
      what: 'the ID of a policy such as `p-0123456789`',
    }),
    `${scope.node.path}/${id}`,
  );
  return new ImportedPolicy(scope, id, policyId);
}

export function importPolicyByArn(scope: Construct, id: string, policyArn: string): IPolicyRef {
  throwErrors(
    requiredKindProblems(policyArn, (given) => matches(given, ARN), {
      id: 'Backup-PolicyImport',
      property: 'policyArn',
      what: 'the ARN of a backup policy, `arn:<partition>:organizations::<account>:policy/<organization>/backup_policy/<id>`',
    }),
    `${scope.node.path}/${id}`,
  );
  return new ImportedPolicy(scope, id, lastPart(policyArn), policyArn);
}

/** The ID at the end of an ARN, also of a token. */
function lastPart(arn: string): string {
  return isKnown(arn) ? arn.split('/')[3] : Fn.select(3, Fn.split('/', arn));
}

function matches(given: unknown, pattern: RegExp): boolean {
  return typeof given === 'string' && (!isKnown(given) || pattern.test(given));
}
