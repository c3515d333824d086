import type { Box, Card, Flow, Topology } from './topology';

/** What stands for the account itself. */
const SELF = '$account';

/**
 * The topology with accounts that are set up in the same way as one. An account that gets copies from others keeps a box of
 * its own.
 */
export function foldedAccounts({ boxes, flows }: Topology): Topology {
  const accountOf = new Map<string, string | undefined>();
  for (const { accounts, cards } of boxes) for (const { id } of cards) accountOf.set(id, accounts[0]);
  const visited = new Set(
    flows.flatMap(({ from, to }) => (accountOf.get(from) === accountOf.get(to) ? [] : [accountOf.get(to)])),
  );
  const byAccount = new Map<string, Box[]>();
  for (const box of boxes) {
    const [account] = box.accounts;
    if (account === undefined || visited.has(account)) continue;
    const own = byAccount.get(account);
    if (own) own.push(box);
    else byAccount.set(account, [box]);
  }
  const outgoing = new Map<string, Flow[]>();
  for (const flow of flows) {
    const own = outgoing.get(flow.from);
    if (own) own.push(flow);
    else outgoing.set(flow.from, [flow]);
  }
  const groups = new Map<string, string[]>();
  for (const [account, own] of byAccount) {
    const key = signature(account, own, outgoing);
    const group = groups.get(key);
    if (group) group.push(account);
    else groups.set(key, [account]);
  }
  const dropped = new Set<string>();
  const equals = new Map<string, readonly string[]>();
  for (const group of groups.values()) {
    equals.set(group[0], group);
    for (const account of group.slice(1)) dropped.add(account);
  }
  const isDropped = (id: string) => dropped.has(accountOf.get(id) ?? '');
  return {
    boxes: boxes
      .filter(({ accounts: [account] }) => !dropped.has(account ?? ''))
      .map((box) => ({ ...box, accounts: equals.get(box.accounts[0] ?? '') ?? box.accounts })),
    flows: flows.filter(({ from, to }) => !isDropped(from) && !isDropped(to)),
  };
}

/** Equal for accounts that are set up in the same way. */
function signature(
  account: string,
  boxes: readonly Box[],
  outgoing: ReadonlyMap<string, readonly Flow[]>,
): string {
  const numbers = new Map<string, string>();
  for (const [at, { region, cards }] of sorted(boxes).entries())
    for (const [index, { id }] of cards.entries()) numbers.set(id, `${at}.${index}|${region}`);
  const masked = (text: string) => text.replaceAll(account, SELF);
  const cardText = ({ id, kind, lane, title, details, arrivals }: Card) => ({
    kind,
    lane,
    title: masked(title),
    details: details.map(masked),
    arrivals,
    flows: (outgoing.get(id) ?? []).map(({ to, kind: of, arrivals: what }) => [
      numbers.get(to) ?? to,
      of,
      what,
    ]),
  });
  return JSON.stringify(sorted(boxes).map(({ region, cards }) => [region, cards.map(cardText)]));
}

function sorted(boxes: readonly Box[]): Box[] {
  return [...boxes].sort((a, b) => ((a.region ?? '') < (b.region ?? '') ? -1 : 1));
}
