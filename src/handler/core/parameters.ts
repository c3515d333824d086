import type {
  DeleteParameterCommandInput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { errorName } from './failure';
import { retrying } from './retry';
import type { Work } from './runtime';

/** The calls to AWS Systems Manager. */
export interface ParameterClient {
  getParametersByPath(
    input: GetParametersByPathCommandInput,
  ): Promise<Pick<GetParametersByPathCommandOutput, 'Parameters' | 'NextToken'>>;
  putParameter(input: PutParameterCommandInput): Promise<unknown>;
  deleteParameter(input: DeleteParameterCommandInput): Promise<unknown>;
}

/** All parameters below a path, by name. */
export async function readParameters(
  client: ParameterClient,
  Path: string,
  work: Work,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let NextToken: string | undefined;
  do {
    const page = await retrying(work, () => client.getParametersByPath({ Path, Recursive: true, NextToken }));
    for (const { Name, Value } of page.Parameters ?? []) if (Name) found.set(Name, Value ?? '');
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** Writes a parameter, whatever it was before. */
export async function writeParameter(
  client: ParameterClient,
  Name: string,
  Value: string,
  work: Work,
): Promise<void> {
  const Description = 'What a stack has set in AWS Backup, and what was set before';
  await retrying(work, () =>
    client.putParameter({ Name, Value, Description, Type: 'String', Overwrite: true }),
  );
}

/** Creates a parameter; false if there is one of this name already. */
export async function createParameter(
  client: ParameterClient,
  Name: string,
  Value: string,
  work: Work,
): Promise<boolean> {
  try {
    await retrying(work, () => client.putParameter({ Name, Value, Type: 'String', Overwrite: false }));
    return true;
  } catch (error) {
    if (errorName(error) === 'ParameterAlreadyExists') return false;
    throw error;
  }
}

/** Removes a parameter; succeeds if there is none. */
export async function removeParameter(client: ParameterClient, Name: string, work: Work): Promise<void> {
  await retrying(work, async () => {
    try {
      await client.deleteParameter({ Name });
    } catch (error) {
      if (errorName(error) !== 'ParameterNotFound') throw error;
    }
  });
}
