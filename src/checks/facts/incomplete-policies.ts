import type { ParsedPolicies, ParsedPolicy } from '../../inventory/parsed-policies';
import { EffectiveLaw } from '../../policy/effective/effective-errors';
import { mergeLevel, NOTHING } from '../../policy/merge/policy-merge';

/** Policies with plans that no policy of the app completes, each with what is missing where. */
export function findIncompletePolicies({
  read,
  unread,
  library,
}: ParsedPolicies): Map<ParsedPolicy, string[]> {
  const found = new Map<ParsedPolicy, string[]>();
  const broken = read.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  if (unread > 0 || broken || read.some(({ open }) => open)) return found;
  const contributions = read.map(({ fragment }, index) => ({ policy: String(index), fragment }));
  const node = mergeLevel(NOTHING, contributions, { conflict() {}, ignored() {} });
  for (const { code, path, message, policies } of new EffectiveLaw(library.schedules).errors(node)) {
    const first = policies.length > 0 ? read[Number(policies[0])] : undefined;
    if (code !== 'KEY_REQUIRED' || !first) continue;
    const missing = `\`${path}\`: ${message}`;
    found.set(first, [...(found.get(first) ?? []), missing]);
  }
  return found;
}
