import type { Finding } from '../../checks/engine/check';
import type { Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { enumerate } from '../../values/core/enumeration';
import { FINDINGS } from '../../values/findings/registry';
import { CONFORMANCE } from '../../values/standards/conformance-finding';
import type { Conformance } from './conformance';
import type { Verdict } from './verdict';

/** The most clauses that a message names. */
const MOST_CLAUSES = 4;

/** One finding for each thing that isn't met, with the clauses that ask for it. */
export function conformanceFindings({ standards }: Conformance, inventory: Inventory): Finding[] {
  const found = new Map<
    string,
    { readonly verdict: Verdict; readonly fix: string; readonly clauses: string[] }
  >();
  for (const { standard, requirements } of standards)
    for (const { requirement, evidence, fix } of requirements)
      for (const verdict of evidence) {
        if (verdict.status !== 'not-met') continue;
        const { place, value } = verdict;
        const id = `${place?.stackId ?? ''}|${place?.logicalId ?? ''}|${place?.pathInTemplate ?? ''}|${value}`;
        const clause = `${standard.id} ${requirement.clause}`;
        const known = found.get(id);
        if (!known) found.set(id, { verdict, fix: fix ?? '', clauses: [clause] });
        else if (!known.clauses.includes(clause)) known.clauses.push(clause);
      }
  const { severity, why, docs } = FINDINGS[CONFORMANCE];
  return [...found.values()].flatMap(({ verdict, fix, clauses }) => {
    const place = verdict.place ?? somePlace(inventory);
    return place
      ? [
          {
            id: CONFORMANCE,
            severity,
            place,
            message: `${verdict.value}, which ${asks(clauses)}`,
            why,
            fix,
            docs,
          },
        ]
      : [];
  });
}

function asks(clauses: readonly string[]): string {
  const more = clauses.length - MOST_CLAUSES;
  const named = clauses.slice(0, MOST_CLAUSES);
  const all = more > 0 ? [...named, `${more} more`] : named;
  return `doesn't meet ${enumerate(all)}`;
}

/** Where to report what the whole app lacks: a plan, or else any resource. */
function somePlace({ plans, vaults, resources }: Inventory): Place | undefined {
  return (plans[0] ?? vaults[0] ?? resources[0])?.place;
}
