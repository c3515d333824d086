import type { _Object } from '@aws-sdk/client-s3';
import { nameOfError, type Tools } from './aws-calls';
import { type Check, compareCounts, pass, type Step, type Subject } from './check';
import { compareSamples, hashOf } from './samples';

/** A page lists 1,000 objects; more than these aren't counted. */
const MAX_PAGES = 1_000;
/** Larger objects are read in part. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The restored bucket, the number of its objects, and the content of some of them. */
export async function* checkBucket(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  const Bucket = bucketOf(subject.restoredArn);
  await tools.call('s3:HeadBucket', { Bucket });
  yield pass('restored', 'the bucket exists');
  await tools.call('s3:ListObjectsV2', { Bucket, MaxKeys: 1 });
  yield pass('opens', 'the objects can be listed');

  const restored = await listObjects(Bucket, tools);
  const source = await sourceObjects(subject, tools);
  const isComplete = restored.complete && source?.complete !== false;
  yield compareCounts(
    restored.complete ? 'objects' : 'objects (counted in part)',
    restored.objects.length,
    isComplete ? source?.objects.length : undefined,
    check,
  );

  const inSource = new Map(source?.objects.map((object) => [object.Key, object]));
  const name = subject.sourceArn === undefined ? undefined : bucketOf(subject.sourceArn);
  yield* compareSamples(restored.objects, check, tools, {
    what: 'objects',
    hash: ({ Key }) => contentHash(Bucket, Key as string, tools),
    sourceHash:
      name === undefined
        ? undefined
        : async ({ Key }) => {
            const theirs = inSource.get(Key);
            if (!theirs || isNewer(theirs, subject.recoveryPointCreated)) return undefined;
            return contentHash(name, Key as string, tools);
          },
  });
}

function bucketOf(arn: string): string {
  return arn.replace(/^arn:[^:]+:s3:::/, '');
}

/** Whether an object changed after the recovery point was made. */
function isNewer({ LastModified }: _Object, created: Date | undefined): boolean {
  return LastModified !== undefined && created !== undefined && LastModified.getTime() > created.getTime();
}

interface Listing {
  readonly objects: readonly _Object[];
  readonly complete: boolean;
}

async function listObjects(Bucket: string, tools: Tools): Promise<Listing> {
  const objects: _Object[] = [];
  let ContinuationToken: string | undefined;
  for (let page = 0; page < MAX_PAGES && tools.now() < tools.deadline; page++) {
    const found = await tools.call('s3:ListObjectsV2', { Bucket, ContinuationToken });
    objects.push(...(found.Contents ?? []));
    ContinuationToken = found.NextContinuationToken;
    if (!ContinuationToken) return { objects, complete: true };
  }
  return { objects, complete: false };
}

/** The objects of the source; undefined if it doesn't exist any more. */
async function sourceObjects({ sourceArn }: Subject, tools: Tools): Promise<Listing | undefined> {
  if (sourceArn === undefined) return undefined;
  try {
    return await listObjects(bucketOf(sourceArn), tools);
  } catch (error) {
    if (nameOfError(error) === 'NoSuchBucket') return undefined;
    throw error;
  }
}

async function contentHash(Bucket: string, Key: string, tools: Tools): Promise<string> {
  const { Body, ContentLength } = await tools
    .call('s3:GetObject', {
      Bucket,
      Key,
      Range: `bytes=0-${MAX_BYTES - 1}`,
    })
    .catch((error) => {
      // an empty object has no range
      if (nameOfError(error) === 'InvalidRange') return { Body: undefined, ContentLength: 0 };
      throw error;
    });
  const bytes = Body ? await Body.transformToByteArray() : new Uint8Array();
  return `${ContentLength} ${hashOf(bytes)}`;
}
