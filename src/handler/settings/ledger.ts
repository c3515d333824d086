import type {
  DeleteParameterCommandInput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { errorName } from '../core/failure';
import type { Claim, Settings } from '../core/merge';
import { retrying } from '../core/retry';
import type { Work } from '../core/world';

/** What the ledger calls of AWS Systems Manager. */
export interface ParameterClient {
  getParametersByPath(input: GetParametersByPathCommandInput): Promise<GetParametersByPathCommandOutput>;
  putParameter(input: PutParameterCommandInput): Promise<unknown>;
  deleteParameter(input: DeleteParameterCommandInput): Promise<unknown>;
}

/**
 * Keeps claims as parameters of AWS Systems Manager, one for each custom resource of the account and Region: what
 * CloudFormation itself remembers is not told to functions.
 */
export class Ledger {
  constructor(
    private readonly client: ParameterClient,
    private readonly path: string,
    private readonly work: Work,
  ) {}

  /** All claims, in an order that never changes by itself. */
  async claims(): Promise<Claim[]> {
    const claims: Claim[] = [];
    let NextToken: string | undefined;
    do {
      const page = await retrying(this.work, () =>
        this.client.getParametersByPath({ Path: this.path, NextToken }),
      );
      for (const { Name, Value } of page.Parameters ?? []) {
        const claim = readClaim(Name?.split('/').pop(), Value);
        if (claim) claims.push(claim);
        else this.work.log(`not a claim, ignored: ${Name}`);
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return claims.sort((a, b) => (a.owner < b.owner ? -1 : 1));
  }

  async write({ owner, wants, undo }: Claim): Promise<void> {
    const Value = JSON.stringify({ wants, undo });
    const Description = 'What a stack has set of the settings of AWS Backup, and what was before';
    await retrying(this.work, () =>
      this.client.putParameter({
        Name: this.name(owner),
        Value,
        Description,
        Type: 'String',
        Overwrite: true,
      }),
    );
  }

  /** Removes a claim; one that is gone already is no error. */
  async remove(owner: string): Promise<void> {
    await removeParameter(this.client, this.name(owner), this.work);
  }

  private name(owner: string): string {
    return `${this.path}/${owner}`;
  }
}

/** Removes a parameter; one that is gone already is no error. */
export async function removeParameter(client: ParameterClient, Name: string, work: Work): Promise<void> {
  await retrying(work, async () => {
    try {
      await client.deleteParameter({ Name });
    } catch (error) {
      if (errorName(error) !== 'ParameterNotFound') throw error;
    }
  });
}

function readClaim(owner: string | undefined, value: string | undefined): Claim | undefined {
  try {
    const { wants, undo } = JSON.parse(value ?? '');
    return owner && isSettings(wants) && isSettings(undo) ? { owner, wants, undo } : undefined;
  } catch {
    return undefined;
  }
}

function isSettings(value: unknown): value is Settings {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((setting) => typeof setting === 'boolean')
  );
}
