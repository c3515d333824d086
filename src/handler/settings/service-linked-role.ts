import type {
  CreateServiceLinkedRoleCommandInput,
  CreateServiceLinkedRoleCommandOutput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
} from '@aws-sdk/client-iam';
import type { Operation } from '../core/answer';
import { errorName } from '../core/failure';
import { text } from '../core/properties';
import { assertTimeLeft, retrying } from '../core/retry';

/** The calls that find and create service-linked roles. */
export interface RoleClient {
  getRole(input: GetRoleCommandInput): Promise<Pick<GetRoleCommandOutput, 'Role'>>;
  createServiceLinkedRole(
    input: CreateServiceLinkedRoleCommandInput,
  ): Promise<Pick<CreateServiceLinkedRoleCommandOutput, 'Role'>>;
}

/** What IAM answers if the role exists: `InvalidInput` with this text. */
const TAKEN = /has been taken|already exists/i;

/** A role that a service uses in the account: created if there is none, and left alone otherwise. */
export function serviceLinkedRole(client: RoleClient): Operation {
  return {
    async apply({ ResourceProperties }, work) {
      const AWSServiceName = text(ResourceProperties, 'serviceName');
      const RoleName = text(ResourceProperties, 'roleName');
      return retrying(work, async () => {
        const found = await find(RoleName);
        if (found) return { Arn: found, Created: 'false' };
        assertTimeLeft(work);
        try {
          const { Role } = await client.createServiceLinkedRole({ AWSServiceName });
          return { Arn: Role?.Arn ?? '', Created: 'true' };
        } catch (error) {
          if (!isTaken(error)) throw error;
          // created in the meantime, or by an attempt whose response was lost; IAM may take a while to show it
          const Arn = await find(RoleName);
          if (!Arn)
            throw Object.assign(new Error(`${RoleName} exists, but IAM does not show it yet`), {
              $retryable: true,
            });
          return { Arn, Created: 'false' };
        }
      });
    },

    // the service and other stacks use it too, so it stays
    remove: async () => ({}),
  };

  async function find(RoleName: string): Promise<string | undefined> {
    try {
      const { Role } = await client.getRole({ RoleName });
      return Role?.Arn;
    } catch (error) {
      if (errorName(error).startsWith('NoSuchEntity')) return undefined;
      throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return errorName(error).startsWith('InvalidInput') && TAKEN.test((error as Error).message ?? '');
}
