import type { BackupClient } from '@aws-sdk/client-backup';
import { SignatureV4 } from '@smithy/signature-v4';
import type { GetResourcesInput, GetResourcesOutput } from './selected-resources';

const TIMEOUT = 20_000;

/**
 * One call of the Resource Groups Tagging API, with the credentials of another client: its own client would be used for
 * nothing else.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function getTaggedResources(
  { credentials, region, sha256 }: Pick<BackupClient['config'], 'credentials' | 'region' | 'sha256'>,
  input: GetResourcesInput,
): Promise<GetResourcesOutput> {
  const { AWS_ENDPOINT_URL: local, URL_SUFFIX: suffix = 'amazonaws.com' } = process.env;
  const url = new URL(local ?? `https://tagging.${await region()}.${suffix}`);
  const body = JSON.stringify(input);
  const signer = new SignatureV4({ credentials, region, sha256, service: 'tagging' });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetResources',
    },
    body,
  });
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch((error) => {
    throw error.cause ?? error; // `fetch failed` hides the code of the network error
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as GetResourcesOutput;
  throw errorOf(response.status, answer as { __type?: string; message?: string; Message?: string });
}

/** An error as the clients of the SDK throw it, so that the same ones are tried again. */
function errorOf(
  httpStatusCode: number,
  { __type = 'Error', message, Message }: { __type?: string; message?: string; Message?: string },
): Error {
  const name = __type.split('#').at(-1);
  return Object.assign(new Error(message ?? Message), { name, $metadata: { httpStatusCode } });
}
