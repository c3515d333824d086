import type {
  CancelLegalHoldCommandInput,
  CreateLegalHoldCommandInput,
  CreateLegalHoldCommandOutput,
  GetLegalHoldCommandInput,
  GetLegalHoldCommandOutput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { canonical } from '../core/canonical';
import { errorName, Failure } from '../core/failure';
import { maybeText, type Properties, text, texts } from '../core/properties';
import { ownerMark } from '../core/protocol';
import { retrying } from '../core/retry';
import type { Work } from '../core/runtime';
import { readTags, type TagClient } from './vault-seal';

/** The calls that create and cancel legal holds. */
export interface LegalHoldClient extends Pick<TagClient, 'listTags' | 'tagResource'> {
  createLegalHold(
    input: CreateLegalHoldCommandInput,
  ): Promise<Pick<CreateLegalHoldCommandOutput, 'LegalHoldId' | 'LegalHoldArn'>>;
  getLegalHold(
    input: GetLegalHoldCommandInput,
  ): Promise<Pick<GetLegalHoldCommandOutput, 'Status' | 'LegalHoldArn'>>;
  cancelLegalHold(input: CancelLegalHoldCommandInput): Promise<unknown>;
}

/** Physical ids are this and the id of the hold. */
const HOLD = 'legal-hold:';

/** The key of the tag with the mark of the owner. The role of the function may cancel only holds of its stack. */
export const HOLD_OWNER = 'cdk-backup-constructs:owner';

/** What a hold is made of. It can't be changed: another one is made. */
const CONTENT = ['title', 'description', 'vaultNames', 'resourceIdentifiers', 'fromDate', 'toDate'];

/** Legal holds in Regions where CloudFormation has none. */
export function legalHold(client: LegalHoldClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, OldResourceProperties, PhysicalResourceId, RequestId } = request;
      const selection = selectionOf(ResourceProperties);
      const input: CreateLegalHoldCommandInput = {
        Title: text(ResourceProperties, 'title'),
        Description: text(ResourceProperties, 'description'),
        IdempotencyToken: RequestId,
        RecoveryPointSelection: selection,
        Tags: { [HOLD_OWNER]: ownerMark(request) },
      };
      if (OldResourceProperties && isSameHold(ResourceProperties, OldResourceProperties)) {
        const hold = await findHold(PhysicalResourceId, work);
        if (hold) {
          await adopt(hold.arn, ownerMark(request), work);
          return { LegalHoldId: hold.id, Arn: hold.arn };
        }
      }
      const { LegalHoldId, LegalHoldArn } = await retrying(work, () => client.createLegalHold(input));
      if (!LegalHoldId || !LegalHoldArn)
        throw new Failure('AWS Backup created a legal hold but returned no id');
      return { LegalHoldId, Arn: LegalHoldArn };
    },

    async remove(request, work) {
      const hold = await findHold(request.PhysicalResourceId, work);
      if (!hold) return {};
      const { [HOLD_OWNER]: owner } = await readTags(client, hold.arn, work);
      if (owner !== ownerMark(request)) {
        work.log(
          `legal hold ${hold.id} stays: it does not carry the mark of this resource; cancel it yourself`,
        );
        return {};
      }
      const CancelDescription = `Removed from ${request.StackId}`;
      await retrying(work, async () => {
        try {
          await client.cancelLegalHold({ LegalHoldId: hold.id, CancelDescription });
        } catch (error) {
          // canceled by an attempt whose response was lost
          if (await findHold(request.PhysicalResourceId, work)) throw error;
        }
      });
      return {};
    },

    idOf: ({ LegalHoldId }) => `${HOLD}${LegalHoldId}`,
  };

  /** A hold that is in force. */
  async function findHold(
    physicalId: string | undefined,
    work: Work,
  ): Promise<{ readonly id: string; readonly arn: string } | undefined> {
    if (!physicalId?.startsWith(HOLD)) return undefined;
    const id = physicalId.slice(HOLD.length);
    try {
      const { Status, LegalHoldArn } = await retrying(work, () => client.getLegalHold({ LegalHoldId: id }));
      return LegalHoldArn && Status !== 'CANCELED' && Status !== 'CANCELING'
        ? { id, arn: LegalHoldArn }
        : undefined;
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return undefined;
      throw error;
    }
  }

  /** Marks a hold that an earlier version made without a mark. */
  async function adopt(ResourceArn: string, mark: string, work: Work): Promise<void> {
    const tags = await readTags(client, ResourceArn, work);
    if (tags[HOLD_OWNER] !== undefined) return;
    await retrying(work, () => client.tagResource({ ResourceArn, Tags: { [HOLD_OWNER]: mark } }));
  }
}

function isSameHold(properties: Properties, before: Properties): boolean {
  return CONTENT.every((name) => canonical(properties[name] ?? null) === canonical(before[name] ?? null));
}

function selectionOf(properties: Properties): CreateLegalHoldCommandInput['RecoveryPointSelection'] {
  const VaultNames = texts(properties, 'vaultNames');
  const ResourceIdentifiers = texts(properties, 'resourceIdentifiers');
  const [from, to] = [maybeText(properties, 'fromDate'), maybeText(properties, 'toDate')];
  if (VaultNames.length + ResourceIdentifiers.length === 0)
    throw new Failure('one of the properties `vaultNames`, `resourceIdentifiers` must say what to hold');
  return {
    ...(VaultNames.length > 0 && { VaultNames }),
    ...(ResourceIdentifiers.length > 0 && { ResourceIdentifiers }),
    ...(from && to && { DateRange: { FromDate: dateOf(from), ToDate: dateOf(to) } }),
  };
}

function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Failure(`\`${text}\` is not a date`);
  return date;
}
