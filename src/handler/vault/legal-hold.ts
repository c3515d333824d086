import type {
  CancelLegalHoldCommandInput,
  CreateLegalHoldCommandInput,
  CreateLegalHoldCommandOutput,
  GetLegalHoldCommandInput,
  GetLegalHoldCommandOutput,
} from '@aws-sdk/client-backup';
import type { Operation } from '../core/answer';
import { errorName, Failure } from '../core/failure';
import { maybeText, type Properties, text, texts } from '../core/properties';
import { retrying } from '../core/retry';
import type { Work } from '../core/world';

/** What legal holds are made and cancelled with. */
export interface LegalHoldClient {
  createLegalHold(
    input: CreateLegalHoldCommandInput,
  ): Promise<Pick<CreateLegalHoldCommandOutput, 'LegalHoldId' | 'LegalHoldArn'>>;
  getLegalHold(input: GetLegalHoldCommandInput): Promise<Pick<GetLegalHoldCommandOutput, 'Status'>>;
  cancelLegalHold(input: CancelLegalHoldCommandInput): Promise<unknown>;
}

/** Physical ids are this and the id of the hold. */
const HOLD = 'legal-hold:';

/** Legal holds where CloudFormation has none: every change makes another one. */
export function legalHold(client: LegalHoldClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, RequestId } = request;
      const input: CreateLegalHoldCommandInput = {
        Title: text(ResourceProperties, 'title'),
        Description: text(ResourceProperties, 'description'),
        IdempotencyToken: RequestId,
        RecoveryPointSelection: selectionOf(ResourceProperties),
      };
      const made = await retrying(work, () => client.createLegalHold(input));
      const { LegalHoldId, LegalHoldArn } = made;
      if (!LegalHoldId || !LegalHoldArn) throw new Failure('AWS Backup made a legal hold, but told no id');
      return { LegalHoldId, Arn: LegalHoldArn };
    },

    async remove({ PhysicalResourceId = '', StackId }, work) {
      if (!PhysicalResourceId.startsWith(HOLD)) return {};
      const LegalHoldId = PhysicalResourceId.slice(HOLD.length);
      if (!(await isHeld(LegalHoldId, work))) return {};
      await retrying(work, async () => {
        try {
          await client.cancelLegalHold({ LegalHoldId, CancelDescription: `Removed from ${StackId}` });
        } catch (error) {
          // cancelled by an attempt whose response was lost
          if (await isHeld(LegalHoldId, work)) throw error;
        }
      });
      return {};
    },

    idOf: ({ LegalHoldId }) => `${HOLD}${LegalHoldId}`,
  };

  async function isHeld(LegalHoldId: string, work: Work): Promise<boolean> {
    try {
      const { Status } = await retrying(work, () => client.getLegalHold({ LegalHoldId }));
      return Status !== 'CANCELED' && Status !== 'CANCELING';
    } catch (error) {
      if (errorName(error).startsWith('ResourceNotFound')) return false;
      throw error;
    }
  }
}

function selectionOf(properties: Properties): CreateLegalHoldCommandInput['RecoveryPointSelection'] {
  const VaultNames = texts(properties, 'vaultNames');
  const ResourceIdentifiers = texts(properties, 'resourceIdentifiers');
  const [from, to] = [maybeText(properties, 'fromDate'), maybeText(properties, 'toDate')];
  if (VaultNames.length + ResourceIdentifiers.length === 0)
    throw new Failure('the property `vaultNames` or `resourceIdentifiers` must say what is held');
  return {
    ...(VaultNames.length > 0 && { VaultNames }),
    ...(ResourceIdentifiers.length > 0 && { ResourceIdentifiers }),
    ...(from && to && { DateRange: { FromDate: dateOf(from), ToDate: dateOf(to) } }),
  };
}

function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Failure(`\`${text}\` is no date`);
  return date;
}
