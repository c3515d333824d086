import { useEffect } from 'preact/hooks';
import { Changes } from './changes';
import { Conformance } from './conformance';
import { Cost } from './cost';
import { Coverage } from './coverage';
import { Findings } from './findings';
import { Losses } from './losses';
import type { Page } from './model';
import { Organization } from './organization';
import { ResourceDialog } from './resource-dialog';
import { followAddress } from './state';
import { Day } from './text';
import { Timeline } from './timeline';
import { Topology } from './topology';
import { Verdict } from './verdict';

export function App({ page }: { readonly page: Page }) {
  useEffect(followAddress, []);
  const { title, period, createdAt, version, changes, organization, cost, conformance } = page.data;
  const sections = [
    ...(changes ? [['changes', 'Changes']] : []),
    ['topology', 'Topology'],
    ['coverage', 'Coverage'],
    ['findings', 'Findings'],
    ['losses', 'Losses'],
    ['timeline', 'Timeline'],
    ...(conformance ? [['conformance', 'Conformance']] : []),
    ...(cost ? [['cost', 'Cost']] : []),
    ...(organization ? [['organization', 'Organization']] : []),
  ];
  return (
    <>
      <a class="skip" href="#verdict">
        Skip to the report
      </a>
      <header>
        <nav aria-label="Sections">
          <span class="brand">cdk-backup</span>
          {sections.map(([id, name]) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <Verdict page={page} />
        {changes && <Changes page={page} changes={changes} />}
        <Topology page={page} />
        <Coverage page={page} />
        <Findings page={page} />
        <Losses page={page} />
        <Timeline page={page} />
        {conformance && <Conformance page={page} conformance={conformance} />}
        {cost && <Cost cost={cost} />}
        {organization && <Organization organization={organization} />}
      </main>
      <footer>
        <p>
          {title}. Forecast from <Day at={period.from} /> to <Day at={period.to} />, starting without recovery
          points. Made on <Day at={Date.parse(createdAt)} /> by cdk-backup-constructs {version}. This file
          makes no requests.
        </p>
      </footer>
      <ResourceDialog page={page} />
    </>
  );
}
