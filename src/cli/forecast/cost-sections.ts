import type { CostEstimate } from '../../forecast/cost/cost-of';
import type { Saving } from '../../forecast/cost/cost-savings';
import { type Section, section, toLeft, toRight } from './section';

/** The tables of an estimate; none if nothing can be estimated. */
export function costSections({
  estimate,
  savings,
}: {
  estimate: CostEstimate;
  savings: readonly Saving[];
}): Section[] {
  const { currency, total, perMonth, byVault, byMeter } = estimate;
  if (total === null || byMeter.length === 0) return [];
  const money = (of: number | null) => moneyText(of, currency);
  const rows = byVault.flatMap(({ name, region, byType }) =>
    byType.map(({ resourceType, timeline, total: all, perMonth: month }) => {
      const stored = timeline[timeline.length - 1]?.storageGiB ?? null;
      return [name, region ?? 'any Region', resourceType, gib(stored), money(month), money(all)];
    }),
  );
  const meters = byMeter.map(({ what, region, quantity, unit, total: all }) => [
    what,
    region ?? 'any Region',
    `${quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 10 ? 2 : 0 })} ${unit}`,
    money(all),
  ]);
  return [
    section(
      'Storage (an estimate)',
      [
        toLeft('vault'),
        toLeft('Region'),
        toLeft('type'),
        toRight('GiB at the end'),
        toRight('a month'),
        toRight('total'),
      ],
      rows,
    ),
    section(
      'Cost (an estimate)',
      [toLeft('what'), toLeft('Region'), toRight('quantity'), toRight('total')],
      [
        ...meters,
        ['everything, in the whole period', '', '', money(total)],
        ['everything, in a month at the end', '', '', money(perMonth)],
      ],
    ),
    section(
      'What would save money, each alone',
      [toLeft('rule'), toLeft('change'), toRight('a month')],
      savings.map(({ plan, rule, change, perMonth: saved }) => [`${plan}/${rule}`, change, money(saved)]),
    ),
  ];
}

/** What an estimate assumes, and what it leaves out; empty if nothing is estimated. */
export function costNotes({ total, byMeter, assumptions, leftOut }: CostEstimate) {
  if (total === null || byMeter.length === 0) return [];
  return [
    { title: 'The cost assumes', lines: assumptions },
    { title: 'The cost leaves out', lines: leftOut },
  ];
}

/** `1,234.50 USD`; `?` where it isn't known. */
export function moneyText(amount: number | null, currency: string): string {
  if (amount === null) return '?';
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${amount.toLocaleString('en-US', digits)} ${currency}`;
}

function gib(amount: number | null): string {
  return amount === null
    ? '?'
    : amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 2 : 0 });
}
