import type { Operation } from '../core/answer';
import type { Claim, Settings } from '../core/claim';
import { changeClaimedSettings, type Subject } from '../core/claimed-settings';
import { Failure } from '../core/failure';
import type { ParameterClient } from '../core/parameters';
import { flag, type Properties, text, textMap } from '../core/properties';
import type { SettingKind } from '../core/situation';
import { findPlan, optionsOf, type PlanClient, updateOptions } from './plan-update';

/** The folder of the claims on plans. */
export const PLAN_S3_SETTINGS = 'plan-s3-settings';

/** AWS Backup has these two values. */
const VALUES: readonly unknown[] = ['enabled', 'disabled'];

const OPTIONS: SettingKind = {
  isSame: (_, one, other) => one === other,
  combine: (_, wants, isExclusive) =>
    isExclusive && wants.some((want) => want !== wants[0]) ? undefined : wants[wants.length - 1],
  strengthen: (_, value) => value,
  isExact: true,
};

/** Options of a plan for buckets, which CloudFormation refuses: merged into the plan as it is deployed. */
export function planS3Settings(client: PlanClient, parameters: ParameterClient): Operation {
  return {
    async apply(request, work) {
      const { ResourceProperties, OldResourceProperties } = request;
      const planId = text(ResourceProperties, 'planId');
      const wants = textMap(ResourceProperties, 'options');
      if (!(await findPlan(client, planId, work))) throw new Failure(`there is no plan ${planId}`);
      const old = OldResourceProperties?.planId === planId ? OldResourceProperties : undefined;
      await changeClaimedSettings(
        parameters,
        subjectOf(planId),
        {
          request,
          wants,
          oldWants: old && textMap(old, 'options'),
          // a plan that CloudFormation changed has lost the options
          isForced: ResourceProperties.version !== old?.version,
          restores: true,
          unsaved: unsavedClaim(old),
        },
        work,
      );
      return { PlanId: planId };
    },

    async remove(request, work) {
      const { ResourceProperties, PhysicalResourceId } = request;
      const planId = text(ResourceProperties, 'planId');
      const unsaved = PhysicalResourceId === planId ? unsavedClaim(ResourceProperties) : undefined;
      await changeClaimedSettings(parameters, subjectOf(planId), { request, restores: true, unsaved }, work);
      return {};
    },

    // with another plan, CloudFormation deletes the old resource, which restores the options of the old plan
    idOf: ({ PlanId }) => PlanId,
  };

  function subjectOf(planId: string): Subject {
    return {
      address: { folder: PLAN_S3_SETTINGS, subject: planId },
      kind: OPTIONS,
      async read(keys, work) {
        const plan = await findPlan(client, planId, work);
        if (!plan) return {};
        const options = optionsOf(plan.BackupPlan ?? {});
        return Object.fromEntries(keys.map((key) => [key, options[key] ?? null]));
      },
      write: (changes, _, work) => updateOptions(client, planId, validOptions(changes), work),
    };
  }
}

/** An earlier version saved no claims: it removed the options that were still as it had set them. */
function unsavedClaim(properties: Properties | undefined): Pick<Claim, 'wants' | 'undo'> | undefined {
  if (!properties || flag(properties, 'claimed', false)) return undefined;
  const wants = textMap(properties, 'options');
  return { wants, undo: Object.fromEntries(Object.keys(wants).map((key) => [key, null])) };
}

/** Only what AWS Backup has, whatever was saved. */
function validOptions(changes: Settings): Record<string, string | null> {
  const valid = Object.entries(changes).filter(
    (entry): entry is [string, string | null] => entry[1] === null || VALUES.includes(entry[1]),
  );
  return Object.fromEntries(valid);
}
