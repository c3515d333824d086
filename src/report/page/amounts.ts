import { numberText } from '../../values/core/plain-text';

/** A share in percent. Only all of it is 100 %, and only nothing is 0 %. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  const rounded = Math.round(percent);
  if (rounded === 0) return '< 1 %';
  return rounded === 100 ? '> 99 %' : `${rounded} %`;
}

/** `5 min`, `24 h`, `36 h`, `31 days`: the largest unit in which it is a whole number, hours up to three days. */
export function durationText(minutes: number): string {
  const days = minutes / 1440;
  if (days > 3) return `${tidy(days)} days`;
  const hours = minutes / 60;
  return hours >= 1 ? `${tidy(hours)} h` : `${minutes} min`;
}

function tidy(amount: number): string {
  return String(Math.round(amount * 10) / 10);
}

/** `1,234 USD`; smaller amounts with cents. */
export function moneyText(amount: number | null, currency: string): string {
  return amount === null ? '–' : `${numberText(amount, amount < 100 ? 2 : 0)} ${currency}`;
}

/** `35 days`, `1 day`, `forever`. */
export function daysText(days: number | 'forever' | null | undefined): string {
  if (days === null || days === undefined) return '–';
  return days === 'forever' ? 'forever' : `${days} day${days === 1 ? '' : 's'}`;
}
