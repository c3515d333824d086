import type { Flow, Topology } from './topology';

/**
 * The topology with the lane of each card: vaults that a rule names, or that nothing goes to, are in lane 1; the others are in
 * the lane after the nearest vault that they get copies from.
 */
export function assignLanes({ boxes, flows }: Topology): Topology {
  const from = new Map<string, Flow[]>();
  for (const flow of flows) {
    const known = from.get(flow.from);
    if (known) known.push(flow);
    else from.set(flow.from, [flow]);
  }
  const copied = new Set(flows.filter(({ kind }) => kind === 'copy').map(({ to }) => to));
  const targets = new Set(flows.filter(({ kind }) => kind === 'backup').map(({ to }) => to));
  const cards = boxes.flatMap((box) => box.cards);
  const lanes = new Map<string, number>();
  for (const { id, lane } of cards)
    if (lane === 0 || targets.has(id) || !copied.has(id)) lanes.set(id, lane === 0 ? 0 : 1);
  let open = [...lanes.keys()].filter((id) => lanes.get(id) === 1);
  const spread = () => {
    while (open.length > 0) {
      const next: string[] = [];
      for (const id of open)
        for (const { to } of from.get(id) ?? [])
          if (!lanes.has(to)) {
            lanes.set(to, (lanes.get(id) ?? 0) + 1);
            next.push(to);
          }
      open = next;
    }
  };
  spread();
  // vaults that copy only among themselves
  for (const { id } of cards)
    if (!lanes.has(id)) {
      lanes.set(id, 1);
      open = [id];
      spread();
    }
  return {
    boxes: boxes.map((box) => ({
      ...box,
      cards: box.cards.map((card) => ({ ...card, lane: lanes.get(card.id) ?? card.lane })),
    })),
    flows,
  };
}
