import type { ControlItem, FrameworkItem } from '../../inventory/audit/audits';
import type { Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import type { RetentionDemand } from '../../values/plan/retention-answer';

/** What AWS Backup Audit Manager takes where a control says nothing. */
export const DEFAULT_RETENTION_DAYS = 35;

const MINIMUM = 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK';

/** A control, and the framework that it stands in. */
export interface AuditControl {
  readonly control: ControlItem;
  readonly framework: FrameworkItem;
}

/** What the frameworks of an inventory ask, by account and Region. */
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

  /** The controls of one name in an account and Region. */
  public controls(place: Pick<Place, 'account' | 'region' | 'stackId'>, name: string): AuditControl[] {
    return (this.byPlace.get(keyOf(place)) ?? []).filter(({ control }) => control.name === name);
  }

  /** What is asked of the retention of every recovery point in an account and Region. */
  public retention(
    place: Pick<Place, 'account' | 'region' | 'stackId'>,
    property: string,
  ): RetentionDemand[] {
    return this.controls(place, MINIMUM).flatMap((control) => {
      const scoped = control.control.scope;
      // of a scope it isn't known which recovery points have its tag
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
    reason: `${who} asks for ${dayCount(min)} or more`,
    ease: `lower \`requiredRetentionDays\` of ${who}`,
    problem: () => ({
      id: 'Backup-AuditRetention',
      severity: 'warning',
      property,
      message: `\`${property}\` should be ${dayCount(min)} or more, as ${who} asks`,
      fix: `use ${dayCount(min)} or more`,
    }),
  };
}

/** `control `…` of framework `audit``. */
export function controlLabel({ control, framework }: AuditControl): string {
  return `control \`${known(control.name)}\` of framework ${nameOf(framework.name, framework.place)}`;
}

/** A parameter that is a whole number; undefined where it isn't known. */
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

/** A parameter as text, empty where it isn't said; undefined where it isn't known. */
export function textParameter(
  { control: { parameters } }: Pick<AuditControl, 'control'>,
  name: string,
): string | undefined {
  if (parameters.rest || parameters.items.some((parameter) => typeof parameter.name !== 'string'))
    return undefined;
  const said = parameters.items.find((parameter) => parameter.name === name);
  return said ? known(said.value) : '';
}

/** Stacks that leave the account or the Region open may be meant for different ones. */
function keyOf({ account, region, stackId }: Pick<Place, 'account' | 'region' | 'stackId'>): string {
  return account !== undefined && region !== undefined ? `${account}|${region}` : stackId;
}
