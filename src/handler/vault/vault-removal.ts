import type {
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { isMap, type Properties } from '../core/properties';
import { type CustomResourceRequest, ownerMark } from '../core/protocol';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import { readTags, type TagClient } from './vault-seal';

/** The calls that read what CloudFormation does with a stack. */
export interface StackClient {
  describeStacks(input: DescribeStacksCommandInput): Promise<Pick<DescribeStacksCommandOutput, 'Stacks'>>;
  getTemplate(input: GetTemplateCommandInput): Promise<Pick<GetTemplateCommandOutput, 'TemplateBody'>>;
}

/** While CloudFormation deletes what it should delete. During a rollback, nothing is emptied. */
const DELETING = ['DELETE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];

/** A vault that may be about to be deleted with its stack. */
export interface LeavingVault {
  readonly name: string;
  readonly arn: string;
  /** The key of the tag with the mark of its owner. */
  readonly tag: string;
}

/**
 * Why the contents of a vault must stay; undefined if the vault goes with its stack. All must hold: the vault carries
 * the mark of this very resource, neither of its policies keeps it, and CloudFormation is deleting the stack, or has a
 * template without the vault. If anything can't be read, this throws: nothing is deleted, and the deletion can be repeated.
 */
export async function reasonToKeepContents(
  clients: { readonly stacks: StackClient; readonly tags: Pick<TagClient, 'listTags'> },
  request: CustomResourceRequest,
  vault: LeavingVault,
  work: Work,
): Promise<string | undefined> {
  const tags = await readTags(clients.tags, vault.arn, work);
  if (tags[vault.tag] !== ownerMark(request)) return 'it does not carry the mark of this resource';
  const { vaultLogicalId, deletionPolicy, updateReplacePolicy } = request.ResourceProperties;
  if (typeof vaultLogicalId !== 'string') return 'the resource does not say which vault of the stack it is';
  if (![deletionPolicy, updateReplacePolicy].every((policy) => policy === 'Delete'))
    return 'its DeletionPolicy and UpdateReplacePolicy are not both `Delete`';
  const status = await stackStatus(clients.stacks, request, work);
  if (!DELETING.includes(status)) return `its stack is in ${status}`;
  const resources = await templateResources(clients.stacks, request, work);
  if (!resources) return 'the template of its stack can not be read';
  const resource = resources[vaultLogicalId];
  if (resource !== undefined) {
    if (status !== 'DELETE_IN_PROGRESS') return 'the template of its stack still has it';
    return keepsResource(resource) ? 'the template of its stack keeps it' : undefined;
  }
  const other = Object.entries(resources).find(([, each]) => isVaultNamed(each, vault.name));
  return other && `${other[0]} in the template of its stack is the same vault`;
}

/** Whether CloudFormation goes back to what was before; false if that can't be read. */
export async function isRollback(
  stacks: StackClient,
  request: CustomResourceRequest,
  work: Work,
): Promise<boolean> {
  try {
    return (await stackStatus(stacks, request, work)).includes('ROLLBACK');
  } catch {
    return false;
  }
}

async function stackStatus(stacks: StackClient, request: CustomResourceRequest, work: Work): Promise<string> {
  // by its id: a newer stack of the same name is another one
  const { Stacks } = await retrying(work, () => stacks.describeStacks({ StackName: request.StackId }));
  const stack = Stacks?.find(({ StackId }) => StackId === request.StackId);
  return stack?.StackStatus ?? 'an unknown state';
}

async function templateResources(
  stacks: StackClient,
  { StackId }: CustomResourceRequest,
  work: Work,
): Promise<Properties | undefined> {
  const { TemplateBody } = await retrying(work, () =>
    stacks.getTemplate({ StackName: StackId, TemplateStage: 'Processed' }),
  );
  try {
    // the AWS CDK writes JSON
    const template: unknown = JSON.parse(TemplateBody ?? '');
    return isMap(template) && isMap(template.Resources) ? template.Resources : undefined;
  } catch {
    return undefined;
  }
}

function keepsResource(resource: unknown): boolean {
  if (!isMap(resource)) return true;
  const { DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' } = resource;
  return DeletionPolicy !== 'Delete' || UpdateReplacePolicy !== 'Delete';
}

/** Whether a resource is a vault that has the name, or may have it. */
function isVaultNamed(resource: unknown, name: string): boolean {
  if (!isMap(resource) || resource.Type !== 'AWS::Backup::BackupVault') return false;
  const { BackupVaultName } = isMap(resource.Properties)
    ? resource.Properties
    : { BackupVaultName: undefined };
  return typeof BackupVaultName !== 'string' || BackupVaultName === name;
}
