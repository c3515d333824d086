import type { Immutability } from '../../coverage/coverage';
import type { Forecast, ResourceForecast } from '../../forecast/outlook/forecast';
import { forecastPlansAlone } from '../../forecast/outlook/plans-alone';
import type { VaultPlace } from '../../forecast/points/vault-place';
import { ControlPolicies } from '../../forecast/survival/control-policies';
import type { Place } from '../../inventory/core/item';
import { appliesToEveryone, covers, coversAllResources, isEffect } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import { ResourceTypes } from '../../inventory/resource-types';
import type { VaultItem } from '../../inventory/vault/vaults';
import { known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { enumerateNames } from '../../values/core/enumeration';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { DATA_CLASS_TAG, DataClass } from '../../values/standards/standard-requirement';
import { isAsked, type Question } from './question';
import type { Verdict } from './verdict';

/** The actions that the AWS Config rule on manual deletion requires to be denied. */
const DENIED = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];

/** Conditions that exempt some principals from a denial. */
const EXEMPTION = /^(Arn|String)Not(Equals|Like)(IfExists)?$/i;

/** Answers a question for one resource. */
type Answer = (resource: ResourceForecast) => Verdict[];

/** What protects the recovery points in a vault from deletion. */
export type VaultProtection = Exclude<Immutability, 'none'> | 'denial' | 'none';

/** What every evaluator reads: the inventory and the forecast, and what several of them ask. */
export class Situation {
  public readonly inventory: Inventory;
  private readonly policies: ControlPolicies;
  private readonly types: ResourceTypes;
  private alone?: readonly ResourceForecast[];

  constructor(
    public readonly forecast: Forecast,
    resourceTypes?: readonly ResourceType[],
  ) {
    this.inventory = forecast.inventory;
    this.policies = new ControlPolicies(this.inventory);
    this.types = new ResourceTypes(resourceTypes);
  }

  public typeOf({ coverage }: ResourceForecast): ResourceType | undefined {
    return this.types.of(coverage.resource);
  }

  /** The resources that a question is about. */
  public asked(question: Question): readonly ResourceForecast[] {
    return this.forecast.resources.filter((resource) => isAsked(question, resource));
  }

  /**
   * Answers a question for each resource that it is about and that is protected. What isn't protected, SCOPE reports.
   *
   * @param ofPlan answers it for a plan that the input has no resources for
   */
  public ofProtected(question: Question, answer: Answer, ofPlan = answer): Verdict[] {
    const asked = this.asked(question);
    if (asked.every(({ coverage }) => coverage.status === 'opted-out')) {
      const plans = this.plansAlone(question);
      if (plans.length > 0) return plans.flatMap(ofPlan);
      if (asked.length === 0) return [nothingAsked(question)];
    }
    const own = asked.filter(({ coverage }) => coverage.status === 'protected');
    if (own.length > 0) return own.flatMap(answer);
    const perhaps = asked.filter(({ coverage }) => coverage.perhaps.length > 0);
    if (perhaps.length === 0)
      return [{ status: 'not-applicable', value: 'no resource of the input is protected' }];
    return perhaps.map(({ coverage }) => ({
      status: 'not-visible',
      place: coverage.resource.place,
      value: 'whether a plan protects it depends on values known only at deployment',
    }));
  }

  /**
   * The plans of an input without resources that they could protect, as a platform team deploys them: what each does for what it
   * selects. None if a question is about some data or some types only.
   */
  public plansAlone({ data, resourceTypes }: Question): readonly ResourceForecast[] {
    if (data !== DataClass.EVERYTHING || resourceTypes) return [];
    this.alone ??= forecastPlansAlone(this.forecast);
    return this.alone;
  }

  /** The same for questions about where recovery points are, which schedules and lifecycles known later leave open. */
  public ofHeld(question: Question, answer: Answer, ofPlan = answer): Verdict[] {
    const ifHeld =
      (then: Answer): Answer =>
      (resource) => {
        if (this.vaultsOf(resource).length > 0) return then(resource);
        const { place } = resource.coverage.resource;
        return [
          {
            status: 'not-visible',
            place,
            value: 'which recovery points exist depends on values known only at deployment',
          },
        ];
      };
    return this.ofProtected(question, ifHeld(answer), ifHeld(ofPlan));
  }

  /** The vaults that hold recovery points of a resource, each once. */
  public vaultsOf({ points }: ResourceForecast): readonly VaultPlace[] {
    const vaults = points.lineages.filter(({ kind }) => kind !== 'temporary').map(({ vault }) => vault);
    return [...new Map(vaults.map((vault) => [vault.key, vault])).values()];
  }

  /** What protects the recovery points in a vault from deletion, as far as that is known. */
  public protectionOf({ item, account }: VaultPlace): VaultProtection {
    if (!item) return 'unknown';
    if (item.kind === 'air-gapped') return 'compliance';
    const mode = item.lock && (known(item.lock.mode) ?? 'unknown');
    if (mode !== undefined && mode !== 'unknown') return mode;
    if (this.deniesDeletion(item, account)) return 'denial';
    return mode ?? 'none';
  }

  /** Whether the access policy of a vault, or a service control policy, denies the deletion of recovery points. */
  public deniesDeletion({ accessPolicy }: VaultItem, account: string | undefined): boolean {
    const statements = accessPolicy?.statements.items ?? [];
    const byPolicy = DENIED.every((action) =>
      statements.some(
        (statement) =>
          isEffect(statement, 'Deny') === true &&
          covers(statement, action) &&
          appliesToEveryone(statement) &&
          coversAllResources(statement) &&
          !statement.conditions.rest &&
          statement.conditions.items.every(
            ({ operator, key }) => EXEMPTION.test(operator) && key.toLowerCase() === 'aws:principalarn',
          ),
      ),
    );
    return byPolicy || this.policies.deny(account, DENIED.slice(0, 2)) === true;
  }
}

/** The answer if a question is about no resource of the input. */
export function nothingAsked({ data, resourceTypes }: Question): Verdict {
  if (data !== DataClass.EVERYTHING)
    return {
      status: 'not-visible',
      value: `no resource has the tag ${show(DATA_CLASS_TAG)} = ${show(data)}, so it isn't known which ones it is about`,
    };
  const what = resourceTypes
    ? `${resourceTypes.join(', ')} resource`
    : 'resource that AWS Backup can protect';
  return { status: 'not-applicable', value: `the input has no ${what}` };
}

/** The answer for a plan if it depends on the resources that the plan selects, which are in no template. */
export function dependsOnSelected({ coverage: { plans, resource } }: ResourceForecast): Verdict[] {
  const names = enumerateNames(plans.map(({ name }) => name));
  return [
    {
      status: 'not-visible',
      place: resource.place,
      value: `plan ${names} selects resources that are in no template`,
    },
  ];
}

/** The place of a vault; that of the resource if the vault isn't in the inventory. */
export function placeOf(vault: VaultPlace, { coverage }: ResourceForecast): Place {
  return vault.item?.place ?? coverage.resource.place;
}
