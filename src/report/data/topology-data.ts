import { layoutOf } from '../topology/layout';
import { topologySvg } from '../topology/svg';
import { arrivalText, boxTitle, type Flow, type Topology } from '../topology/topology';
import type { RefusedFlow, TopologyCard, TopologyData } from './page-data';

/** The drawing, and the same in words. */
export function topologyData(topology: Topology): TopologyData {
  const { boxes, flows } = topology;
  const cards = boxes.flatMap((box) => box.cards);
  const titles = new Map(cards.map(({ id, title }) => [id, title]));
  const titleOf = (id: string) => titles.get(id) ?? id;
  return {
    svg: topologySvg(layoutOf(topology), { standalone: false, title: 'Where backups go' }),
    accounts: new Set(boxes.flatMap(({ accounts }) => accounts)).size,
    vaults: cards.filter(({ kind }) => kind.endsWith('vault')).length,
    refused: flows.flatMap(({ from, to, kind, arrivals }): RefusedFlow[] =>
      arrivals.flatMap(({ text, refusedBy }) =>
        refusedBy.length > 0 ? [{ kind, from: titleOf(from), to: titleOf(to), what: text, refusedBy }] : [],
      ),
    ),
    places: boxes.map((box) => ({
      title: boxTitle(box),
      accounts: box.accounts.length > 1 ? box.accounts : [],
      cards: box.cards.map(
        ({ id, title, details }): TopologyCard => ({
          title,
          details,
          goesTo: flows.flatMap((flow) => (flow.from === id ? [flowText(flow, titleOf)] : [])),
        }),
      ),
    })),
  };
}

function flowText({ kind, to, arrivals }: Flow, titleOf: (id: string) => string): string {
  const target = titleOf(to);
  const lead = kind === 'copy' ? `copied to ${target}` : `backed up to ${target}`;
  return arrivals.length > 0 ? `${lead}: ${arrivals.map(arrivalText).join('; ')}` : lead;
}
