import { useSignal } from '@preact/signals';
import type { OrganizationData, OrganizationNode } from '../src/report/data/organization-data';
import { printing } from './state';
import { count, More, Prose, Section } from './text';

const STEP = 100;

/** Units and accounts, with the backup policies that apply to them. */
export function Organization({ organization }: { readonly organization: OrganizationData }) {
  const { nodes, effects } = organization;
  const limit = useSignal(STEP);
  const accounts = nodes.filter(({ kind }) => kind === 'account').length;
  const visible = nodes.slice(0, printing.value ? nodes.length : limit.value);
  return (
    <Section
      id="organization"
      title="Organization"
      lead={`${count(accounts, 'account')}, ${count(effects.length, 'distinct effective backup policy', 'distinct effective backup policies')}.`}
    >
      <ul class="tree">
        {visible.map((node, index) => (
          <Node
            key={index}
            node={node}
            organization={organization}
            isRepeated={nodes.findIndex(({ effect }) => effect === node.effect) < index}
          />
        ))}
      </ul>
      <More
        amount={nodes.length - visible.length}
        one="entry"
        many="entries"
        onMore={() => (limit.value += 10 * STEP)}
      />
    </Section>
  );
}

function Node(props: {
  readonly node: OrganizationNode;
  readonly organization: OrganizationData;
  /** Whether an entry above has the same effective policy, which is printed once. */
  readonly isRepeated: boolean;
}) {
  const { node, organization, isRepeated } = props;
  const effect = node.effect === undefined ? undefined : organization.effects[node.effect];
  const own = node.policies.length > 0 && <span class="quiet"> {node.policies.join(', ')}</span>;
  return (
    <li class={node.kind} style={{ paddingLeft: `${node.depth * 1.25}rem` }}>
      {effect ? (
        <details class={isRepeated ? 'repeated' : undefined}>
          <summary>
            {node.id}
            {own}
            <span class="count">
              {effect.rows.length === 0 ? 'no backup policy' : `effective policy ${(node.effect ?? 0) + 1}`}
            </span>
          </summary>
          {effect.problems.map(({ severity, message }) => (
            <p key={message} class={severity}>
              <strong>{severity}</strong> <Prose>{message}</Prose>
            </p>
          ))}
          <table class="settings">
            <tbody>
              {effect.rows.map(({ depth, label, value, policies = [] }, index) => (
                <tr key={index}>
                  <th scope="row" style={{ paddingLeft: `${depth * 0.9}rem` }}>
                    {label}
                  </th>
                  <td>{value}</td>
                  <td class="quiet">{policies.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ) : (
        <>
          <strong>{node.id}</strong>
          {own}
        </>
      )}
    </li>
  );
}
