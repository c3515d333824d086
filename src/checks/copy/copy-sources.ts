import { protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, resourceName, ruleLabel } from '../../inventory/labels';
import { linkedAlias } from '../../inventory/lookups';
import type { CopyItem, PlanItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { findDestination, type PlanRule } from '../../inventory/traversal';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import type { FindingId } from '../../values/findings/registry';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** What copies require of the resources that they are made of: keys, images, option groups. */
export const copySourceChecks: readonly Check[] = checksOf(
  [
    'Backup-SourceLikelyAwsManagedKey',
    'Backup-SourceAwsManagedKey',
    'Backup-AirGappedAwsManagedKey',
    'Backup-MarketplaceImage',
    'Backup-CopyOptionGroup',
  ],
  findProblems,
);

/** A rule that sends recovery points elsewhere. */
interface Transfer extends PlanRule {
  /** Undefined: into the logically air-gapped vault of the rule itself. */
  readonly copy?: CopyItem;
  /** The account, if it differs from that of the plan. */
  readonly account?: string;
  readonly isOtherRegion: boolean;
  readonly isAirGapped: boolean;
}

function* findProblems(inventory: Inventory, options: CheckOptions): Iterable<Detection> {
  const types = new ResourceTypes(options.resourceTypes);
  const protections = protectionsOf(inventory);
  const transfers = new Map(inventory.plans.map((plan) => [plan, transfersOf(inventory, plan)]));
  for (const resource of inventory.resources) {
    const plans = protections.plansOf(resource).filter((plan) => transfers.get(plan)?.length);
    const type = plans.length > 0 ? types.of(resource) : undefined;
    if (!type) continue;
    for (const plan of plans) yield* ofResource(inventory, resource, type, transfers.get(plan) ?? []);
  }
}

/** Each problem once for a resource and a plan. */
function* ofResource(
  inventory: Inventory,
  resource: ResourceItem,
  type: ResourceType,
  transfers: readonly Transfer[],
): Iterable<Detection> {
  const detection = (id: FindingId, message: string, more: Partial<Detection> = {}): Detection => ({
    id,
    place: resource.place,
    message,
    ...more,
  });
  const across = transfers.find(({ account }) => account !== undefined);
  const airGapped = transfers.find(({ isAirGapped }) => isAirGapped);
  const key = managedKey(inventory, resource);
  if (type.supports(BackupCapability.INDEPENDENT_ENCRYPTION) === CapabilitySupport.NO) {
    // the default key of EBS can be changed for a whole account
    const sure = key !== undefined && (key.isExplicit || key.name !== 'alias/aws/ebs');
    if (key && across && type.supports(BackupCapability.CROSS_ACCOUNT_COPY) === CapabilitySupport.YES)
      yield detection(
        sure ? 'Backup-SourceAwsManagedKey' : 'Backup-SourceLikelyAwsManagedKey',
        `\`${resourceName(resource)}\` is encrypted with the AWS managed key \`${key.name}\`${sure ? '' : ', unless the account has a different default key'}, and ${transferLabel(across)} goes to account ${across.account}`,
      );
    if (key && airGapped)
      yield detection(
        'Backup-AirGappedAwsManagedKey',
        `\`${resourceName(resource)}\` is encrypted with the AWS managed key \`${key.name}\`${sure ? '' : ', unless the account has a different default key'}, and ${transferLabel(airGapped)} goes to a logically air-gapped vault`,
      );
  }
  if (across && isOfMarketplace(resource))
    yield detection(
      'Backup-MarketplaceImage',
      `\`${resourceName(resource)}\` uses an image from AWS Marketplace, and ${transferLabel(across)} goes to account ${across.account}`,
    );
  const elsewhere = transfers.find(({ isOtherRegion }) => isOtherRegion);
  if (elsewhere && type.name === 'RDS' && resource.database?.optionGroup !== undefined)
    yield detection(
      'Backup-CopyOptionGroup',
      `\`${resourceName(resource)}\` has an option group, and ${transferLabel(elsewhere)} goes to another Region`,
    );
}

/** Whether the image of an instance is named by a parameter that AWS Marketplace publishes. */
function isOfMarketplace({ instance }: ResourceItem): boolean {
  return instance?.image !== undefined && showText(instance.image).includes(':/aws/service/marketplace/');
}

/** The AWS managed key that certainly encrypts a resource. */
function managedKey(
  inventory: Inventory,
  { encryption }: ResourceItem,
): { readonly name: string; readonly isExplicit: boolean } | undefined {
  if (!encryption || known(encryption.enabled) !== true) return undefined;
  const { key, defaultKey } = encryption;
  if (!key) return defaultKey.startsWith('alias/aws/') ? { name: defaultKey, isExplicit: false } : undefined;
  const text = known(linkedAlias(inventory, key)?.name) ?? known(key.text);
  const alias = text === undefined ? undefined : /^(?:[^/]*:)?(alias\/aws\/.+)$/.exec(text)?.[1];
  return alias === undefined ? undefined : { name: alias, isExplicit: true };
}

function transfersOf(inventory: Inventory, plan: PlanItem): Transfer[] {
  return plan.rules.items.flatMap((rule) => [
    ...(rule.airGappedVault ? [{ plan, rule, isOtherRegion: false, isAirGapped: true }] : []),
    ...rule.copies.items.map((copy) => {
      const destination = findDestination(inventory, copy.vault);
      const [account, region] = [known(destination.account), known(destination.region)];
      const { account: here, region: hereRegion } = plan.place;
      return {
        plan,
        rule,
        copy,
        account: here !== undefined && account !== here ? account : undefined,
        isOtherRegion: hereRegion !== undefined && region !== undefined && region !== hereRegion,
        isAirGapped: destination.vault?.kind === 'air-gapped',
      };
    }),
  ]);
}

function transferLabel({ plan, rule, copy }: Transfer): string {
  return copy ? copyLabel(plan, rule, copy) : ruleLabel(plan, rule);
}
