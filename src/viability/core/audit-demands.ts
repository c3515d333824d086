import type { ControlItem, FrameworkItem } from '../../inventory/audit/audits';
import type { Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import { problem } from '../../values/core/problem';
import type { RetentionDemand } from '../../values/plan/retention-answer';

/** The default of AWS Backup Audit Manager. */
export const DEFAULT_RETENTION_DAYS = 35;

const MINIMUM = 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK';

/** A control and its framework. */
export interface AuditControl {
  readonly control: ControlItem;
  readonly framework: FrameworkItem;
}

/** What the frameworks of an inventory require, by account and Region. */
export class AuditDemands {
  private readonly byPlace = new Map<string, AuditControl[]>();

  constructor({ frameworks }: Inventory) {
    for (const framework of frameworks)
      for (const control of framework.controls.items) {
        const key = keyOf(framework.place);
        const there = this.byPlace.get(key);
        if (there) there.push({ control, framework });
        else this.byPlace.set(key, [{ control, framework }]);
      }
  }

  /** The controls with a name in an account and Region. */
  public controls(place: Pick<Place, 'account' | 'region' | 'stackId'>, name: string): AuditControl[] {
    return (this.byPlace.get(keyOf(place)) ?? []).filter(({ control }) => control.name === name);
  }

  /** What controls require of the retention of every recovery point in an account and Region. */
  public retention(
    place: Pick<Place, 'account' | 'region' | 'stackId'>,
    property: string,
  ): RetentionDemand[] {
    return this.controls(place, MINIMUM).flatMap((control) => {
      const scoped = control.control.scope;
      // which recovery points have the tag of a scope isn't known
      if (scoped && (scoped.tags.items.length > 0 || scoped.tags.rest)) return [];
      const days = wholeParameter(control, 'requiredRetentionDays', DEFAULT_RETENTION_DAYS);
      return days === undefined ? [] : [demandOf(control, days, property)];
    });
  }
}

function demandOf(control: AuditControl, min: number, property: string): RetentionDemand {
  const who = controlLabel(control);
  return {
    min,
    reason: `${who} requires at least ${dayCount(min)}`,
    relaxation: `lower \`requiredRetentionDays\` of ${who}`,
    problem: () =>
      problem({
        id: 'Backup-AuditRetention',
        property,
        message: (label) => `${label(property)} should be at least ${dayCount(min)}, as ${who} requires`,
        fix: `use ${dayCount(min)} or more`,
      }),
  };
}

/** `control `…` of framework `audit``. */
export function controlLabel({ control, framework }: AuditControl): string {
  return `control \`${known(control.name)}\` of framework ${nameOf(framework.name, framework.place)}`;
}

/** A parameter that is a whole number; undefined if it isn't known. */
export function wholeParameter(
  { control }: AuditControl,
  name: string,
  otherwise: number,
): number | undefined {
  const text = textParameter({ control }, name);
  if (text === undefined) return undefined;
  if (text === '') return otherwise;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** A parameter as text, empty if it isn't set; undefined if it isn't known. */
export function textParameter(
  { control: { parameters } }: Pick<AuditControl, 'control'>,
  name: string,
): string | undefined {
  if (parameters.rest || parameters.items.some((parameter) => typeof parameter.name !== 'string'))
    return undefined;
  const parameter = parameters.items.find((one) => one.name === name);
  return parameter ? known(parameter.value) : '';
}

/** Environment-agnostic stacks may be deployed to different accounts and Regions. */
function keyOf({ account, region, stackId }: Pick<Place, 'account' | 'region' | 'stackId'>): string {
  return account !== undefined && region !== undefined ? `${account}|${region}` : stackId;
}
