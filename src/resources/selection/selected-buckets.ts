import { type CfnResource, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Problem, problem } from '../../values/core/problem';
import { tagsOf } from '../core/app-resources';
import { warnOfFindings } from '../core/enforce';
import { ownersOf, propertyOf } from '../core/resource-arns';

const BUCKET = 'AWS::S3::Bucket';

/** A resource of the app that a selection selects. */
export interface Selected {
  readonly resource: CfnResource;
  readonly tags: Readonly<Record<string, string>>;
}

/** The resource with the tags that it is deployed with. */
export function withTags(resource: CfnResource): Selected {
  return { resource, tags: tagsOf(resource).tags };
}

/** Warns of buckets that are certainly without versioning, on the bucket. */
export function warnOfUnversionedBuckets(selection: IConstruct, resources: readonly CfnResource[]): void {
  for (const resource of resources) {
    if (resource.cfnResourceType !== BUCKET || isVersioned(resource) !== false) continue;
    const [bucket] = ownersOf(resource);
    warnOfFindings(bucket, [unversionedProblem(selection, bucket === resource)]);
  }
}

function unversionedProblem(selection: IConstruct, isL1: boolean): Problem {
  const property = isL1 ? 'versioningConfiguration' : 'versioned';
  const value = isL1 ? "`{ status: 'Enabled' }`" : 'true';
  return problem({
    id: 'Backup-BucketVersioning',
    property,
    message: (label) =>
      `${label(property)} must be ${value} for a bucket that \`${selection.node.path}\` selects, since AWS Backup backs up no other buckets`,
    fix: (label) => `set ${label(property)}, and let a lifecycle rule expire noncurrent versions`,
  });
}

/** Whether a bucket has versioning; undefined if that is known only at deployment. */
function isVersioned(bucket: CfnResource): boolean | undefined {
  const configuration = propertyOf(bucket, 'VersioningConfiguration');
  if (configuration === undefined || configuration === null) return false;
  if (Token.isUnresolved(configuration)) return undefined;
  const { status, Status = status } = configuration as { status?: unknown; Status?: unknown };
  return Status === 'Enabled' ? true : Status === 'Suspended' ? false : undefined;
}
