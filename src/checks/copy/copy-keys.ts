import { protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, GUIDE, ruleLabel } from '../../inventory/labels';
import { linkedAlias, linkedVault } from '../../inventory/lookups';
import type { CopyItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { resourceName } from '../../inventory/resource-labels';
import { ResourceTypes } from '../../inventory/resource-types';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { Capability, Support } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';

const CROSS_ACCOUNT = `${GUIDE}create-cross-account-backup.html`;
const DASHBOARDS = 'AWS Backup Developer Guide, Job dashboards: errors of jobs';
const asOf = '2026-04-13';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-SourceAwsManagedKey',
    severity: 'error',
    what: 'A resource under an AWS-managed key is copied to another account, by a type whose backups have the key of their source.',
    why: 'Every copy job fails: `Snapshots encrypted with the AWS managed key can’t be shared`.',
    fix: 'encrypt the resource with a customer-managed key',
    docs: CROSS_ACCOUNT,
    source: DASHBOARDS,
    asOf,
  },
  {
    id: 'Backup-AirGappedAwsManagedKey',
    severity: 'warning',
    what: 'A resource under an AWS-managed key goes to a logically air-gapped vault, by a type whose backups have the key of their source.',
    why: 'The backup does not arrive there: the job ends as completed with issues.',
    fix: 'encrypt the resource with a customer-managed key',
    docs: `${GUIDE}logicallyairgappedvault.html`,
    source: 'AWS Backup Developer Guide, Logically air-gapped vault',
    asOf,
  },
  {
    id: 'Backup-MarketplaceImage',
    severity: 'error',
    what: 'An instance with an image of AWS Marketplace is copied to another account.',
    why: 'Every copy job fails: `Images from AWS Marketplace cannot be copied to another AWS account`.',
    fix: 'protect it with a plan of its own, without such copies, or start it from an image of your own',
    docs: `${GUIDE}working-with-supported-services.html`,
    source: DASHBOARDS,
    asOf,
  },
  {
    id: 'Backup-CopyOptionGroup',
    severity: 'warning',
    what: 'A database with an option group is copied to another Region.',
    why: 'The option group is not passed on: with persistent options the copy job fails, unless the destination has the same group.',
    fix: 'make sure that the option group has no persistent options, or acknowledge this warning',
    docs: `${GUIDE}cross-region-backup.html`,
    source: 'AWS Backup Developer Guide, Creating backup copies across AWS Regions',
    asOf: '2026-09-24',
  },
];

/** The keys and options that a copy asks for at its source. */
export const copyKeyChecks: readonly Check[] = subject(FACTS, look);

/** A rule that sends what it protects elsewhere. */
interface Sent {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  /** Undefined: into the air-gapped vault of the rule itself. */
  readonly copy?: CopyItem;
  /** Another account than that of the plan. */
  readonly account?: string;
  readonly isOtherRegion: boolean;
  readonly isAirGapped: boolean;
}

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
  const types = new ResourceTypes(options.resourceTypes);
  const protections = protectionsOf(inventory);
  const sent = new Map(inventory.plans.map((plan) => [plan, sentBy(inventory, plan)]));
  for (const resource of inventory.resources) {
    const plans = protections.plansOf(resource).filter((plan) => sent.get(plan)?.length);
    const type = plans.length > 0 ? types.of(resource) : undefined;
    if (!type) continue;
    for (const plan of plans) yield* ofResource(inventory, resource, type, sent.get(plan) ?? []);
  }
}

/** Each fault once a resource and plan. */
function* ofResource(
  inventory: Inventory,
  resource: ResourceItem,
  type: ResourceType,
  sent: readonly Sent[],
): Iterable<Seen> {
  const seen = (id: string, message: string, more: Partial<Seen> = {}): Seen => ({
    id,
    place: resource.place,
    message,
    ...more,
  });
  const across = sent.find(({ account }) => account !== undefined);
  const airGapped = sent.find(({ isAirGapped }) => isAirGapped);
  const key = managedKey(inventory, resource);
  if (type.supports(Capability.INDEPENDENT_ENCRYPTION) === Support.NO) {
    // the key of EBS where none is said can be changed for a whole account
    const sure = key !== undefined && (key.isSaid || key.name !== 'alias/aws/ebs');
    if (key && across && type.supports(Capability.CROSS_ACCOUNT_COPY) === Support.YES)
      yield seen(
        'Backup-SourceAwsManagedKey',
        `\`${resourceName(resource)}\` is encrypted with the AWS-managed key \`${key.name}\`${sure ? '' : ', unless the account has another default'}, and ${where(across)} goes to account ${across.account}`,
        { severity: sure ? undefined : 'warning' },
      );
    if (key && airGapped)
      yield seen(
        'Backup-AirGappedAwsManagedKey',
        `\`${resourceName(resource)}\` is encrypted with the AWS-managed key \`${key.name}\`${sure ? '' : ', unless the account has another default'}, and ${where(airGapped)} goes to a logically air-gapped vault`,
      );
  }
  if (across && isOfMarketplace(resource))
    yield seen(
      'Backup-MarketplaceImage',
      `\`${resourceName(resource)}\` has an image of AWS Marketplace, and ${where(across)} goes to account ${across.account}`,
    );
  const elsewhere = sent.find(({ isOtherRegion }) => isOtherRegion);
  if (elsewhere && type.name === 'RDS' && resource.database?.optionGroup !== undefined)
    yield seen(
      'Backup-CopyOptionGroup',
      `\`${resourceName(resource)}\` has an option group, and ${where(elsewhere)} goes to another Region`,
    );
}

/** Whether the image of an instance is named by a parameter that AWS Marketplace publishes. */
function isOfMarketplace({ instance }: ResourceItem): boolean {
  return instance?.image !== undefined && showText(instance.image).includes(':/aws/service/marketplace/');
}

/** The AWS-managed key that certainly encrypts a resource. */
function managedKey(
  inventory: Inventory,
  { encryption }: ResourceItem,
): { readonly name: string; readonly isSaid: boolean } | undefined {
  if (!encryption || known(encryption.enabled) !== true) return undefined;
  const { key, defaultKey } = encryption;
  if (!key) return defaultKey.startsWith('alias/aws/') ? { name: defaultKey, isSaid: false } : undefined;
  const said = known(linkedAlias(inventory, key)?.name) ?? known(key.text);
  const alias = said === undefined ? undefined : /(?:^|:)(alias\/aws\/.+)$/.exec(said)?.[1];
  return alias === undefined ? undefined : { name: alias, isSaid: true };
}

function sentBy(inventory: Inventory, plan: PlanItem): Sent[] {
  return plan.rules.items.flatMap((rule) => [
    ...(rule.airGappedVault ? [{ plan, rule, isOtherRegion: false, isAirGapped: true }] : []),
    ...rule.copies.items.map((copy) => {
      const vault = linkedVault(inventory, copy.vault);
      const fields = copy.vault && arnFields(copy.vault.text);
      const account = vault ? vault.place.account : known(fields?.account);
      const region = vault ? vault.place.region : known(fields?.region);
      const { account: here, region: hereRegion } = plan.place;
      return {
        plan,
        rule,
        copy,
        account: here !== undefined && account !== here ? account : undefined,
        isOtherRegion: hereRegion !== undefined && region !== undefined && region !== hereRegion,
        isAirGapped: vault?.kind === 'air-gapped',
      };
    }),
  ]);
}

function where({ plan, rule, copy }: Sent): string {
  return copy ? copyLabel(plan, rule, copy) : ruleLabel(plan, rule);
}
