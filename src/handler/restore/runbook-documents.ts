import { nameOfError, type Tools } from './aws-calls';

/** What the environment of the functions configures. */
export interface RunbookSettings {
  /** The bucket with the documents of each run. */
  readonly bucket: string;
}

/** A document in the bucket; undefined if there is none. */
export async function readJson<T>(
  Key: string,
  { bucket }: RunbookSettings,
  tools: Tools,
): Promise<T | undefined> {
  try {
    const { Body } = await tools.call('s3:GetObject', { Bucket: bucket, Key });
    return JSON.parse(Buffer.from((await Body?.transformToByteArray()) ?? []).toString()) as T;
  } catch (error) {
    if (nameOfError(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}

export async function writeJson(
  Key: string,
  value: unknown,
  { bucket }: RunbookSettings,
  tools: Tools,
): Promise<void> {
  await tools.call('s3:PutObject', {
    Bucket: bucket,
    Key,
    Body: `${JSON.stringify(value, undefined, 2)}\n`,
    ContentType: 'application/json',
  });
}
