import type { Inventory } from '../inventory/inventory';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import type { RestoreRunbookItem } from '../inventory/restore-testing/restore-runbooks';
import { Matcher } from './matcher';
import { resourceSubjects } from './subjects';

/** Which resources restore runbooks restore. */
export class Runbooks {
  private readonly matcher: Matcher;
  private readonly originals = new Map<SelectionItem, RestoreRunbookItem>();

  constructor({ restoreRunbooks }: Inventory) {
    for (const runbook of restoreRunbooks) this.originals.set(asSelection(runbook), runbook);
    this.matcher = new Matcher([...this.originals.keys()]);
  }

  /** The runbooks that certainly restore a resource. */
  public of(resource: ResourceItem): RestoreRunbookItem[] {
    if (this.originals.size === 0) return [];
    const found = resourceSubjects(resource)
      .flatMap((subject) => this.matcher.matches(subject))
      .flatMap(({ selection, certain }) => (certain ? (this.originals.get(selection) ?? []) : []));
    return [...new Set(found)];
  }
}

/** A runbook as a selection of backups, which names the same resources. */
function asSelection({
  id,
  type,
  place,
  condition,
  dependsOn,
  resources,
}: RestoreRunbookItem): SelectionItem {
  return {
    id,
    type,
    place,
    condition,
    dependsOn,
    pathInTemplate: place.pathInTemplate,
    resources: { items: resources.flatMap(({ arn }) => arn ?? []) },
    notResources: { items: [] },
    listOfTags: { items: [] },
    conditions: { items: [] },
  };
}
