import type { CostEntry, TypeCost, VaultCost } from '../cost/cost-of';
import type { CostOutlook } from './cost-outlook';

/** The estimate as the command prints it in JSON: amounts are null where sizes or prices are missing. */
export interface CostJson {
  readonly currency: string;
  /** Of the whole period. */
  readonly total: number | null;
  /** Of a month of 730 hours, at the end of the period. */
  readonly perMonth: number | null;
  readonly byVault: readonly VaultCostJson[];
  /** What is billed: storage, copies, tests and so on, the most expensive first. */
  readonly byMeter: readonly MeterJson[];
  /** What changes to rules would certainly save. */
  readonly savings: readonly SavingJson[];
  readonly assumptions: readonly string[];
  readonly leftOut: readonly string[];
}

export interface VaultCostJson {
  readonly vault: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly total: number | null;
  readonly perMonth: number | null;
  readonly byType: readonly TypeCostJson[];
}

export interface TypeCostJson {
  readonly resourceType: string;
  readonly total: number | null;
  readonly perMonth: number | null;
  /** With the dates of the timeline of the forecast. */
  readonly timeline: readonly CostEntryJson[];
}

/** What is stored at an instant, and what the time since the entry before costs. */
export interface CostEntryJson {
  readonly storageGiB: number | null;
  readonly monthlyCost: number | null;
}

export interface MeterJson {
  readonly what: string;
  readonly item: string;
  readonly region: string | null;
  readonly unit: string;
  readonly quantity: number;
  readonly price: number | null;
  readonly total: number | null;
}

export interface SavingJson {
  readonly plan: string;
  readonly rule: string;
  readonly resourceType: string;
  readonly change: string;
  readonly perMonth: number;
}

export function costJson({ estimate, savings }: CostOutlook): CostJson {
  const { currency, total, perMonth, byVault, byMeter, assumptions, leftOut } = estimate;
  return {
    currency,
    total: money(total),
    perMonth: money(perMonth),
    byVault: byVault.map(vaultJson),
    byMeter: byMeter.map((line) => ({
      ...line,
      quantity: rounded(line.quantity, 3),
      price: line.price === null ? null : rounded(line.price, 6),
      total: money(line.total),
    })),
    savings: savings.map((saving) => ({ ...saving, perMonth: rounded(saving.perMonth, 2) })),
    assumptions,
    leftOut,
  };
}

function vaultJson({ name, account, region, total, perMonth, byType }: VaultCost): VaultCostJson {
  return {
    vault: name,
    account,
    region,
    total: money(total),
    perMonth: money(perMonth),
    byType: byType.map(typeJson),
  };
}

function typeJson({ resourceType, total, perMonth, timeline }: TypeCost): TypeCostJson {
  return { resourceType, total: money(total), perMonth: money(perMonth), timeline: timeline.map(entryJson) };
}

export function entryJson({ storageGiB, cost }: CostEntry): CostEntryJson {
  return {
    storageGiB: storageGiB === null ? null : rounded(storageGiB, 3),
    monthlyCost: money(cost),
  };
}

function money(amount: number | null): number | null {
  return amount === null ? null : rounded(amount, 2);
}

function rounded(number: number, digits: number): number {
  return Number(number.toFixed(digits));
}
