import type { Inventory } from '../../inventory/inventory';
import { selectionLabel } from '../../inventory/labels';
import { placeInSelection, type SelectionItem } from '../../inventory/plan/selections';
import { writtenArn } from '../../inventory/written-arns';
import { exampleOf, judgedArn, showText } from '../../template/evaluation/text';
import type { Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';
import { sharedArnProblems } from '../../values/resource-type/shared-pattern-laws';
import { selectionArnProblem, selectionSizeProblems } from '../../values/selection/selection-arns';
import { arnElsewhereProblems, doubleTypeProblems } from '../../values/selection/selection-laws';
import type { AnalysisOptions } from '../core/analysis-options';
import { type Detection, detectionsFrom } from '../core/detection';

/** The ARNs of selections. */
export function* findSelectedArnProblems(
  inventory: Inventory,
  { resourceTypes }: AnalysisOptions,
): Iterable<Detection> {
  for (const selection of inventory.selections) {
    yield* ofList(inventory, selection, 'Resources', selection.resources.items);
    yield* ofList(inventory, selection, 'NotResources', selection.notResources.items);
    const place = placeInSelection(selection, 'Resources');
    const of = () => selectionLabel(selection);
    for (const [i, arn] of selection.resources.items.entries()) {
      const here = placeInSelection(selection, `Resources/${i}`);
      if (typeof arn === 'string')
        yield* detectionsFrom(here, arnElsewhereProblems(arn, selection.place, 'Resources'), of);
      yield* ofType(selection, arn, i, resourceTypes);
    }
    yield* findContradictions(selection);
    if (filtersByTag(selection)) continue;
    for (const [i, arn] of selection.resources.items.entries())
      yield* detectionsFrom(
        placeInSelection(selection, `Resources/${i}`),
        sharedArnProblems(showText(arn), 'Resources'),
        of,
      );
    yield* detectionsFrom(place, doubleTypeProblems(wholeTypes(selection), 'Resources'), of);
  }
}

/** Whether tags decide which of the named resources are selected. */
function filtersByTag({ conditions }: SelectionItem): boolean {
  return conditions.items.length > 0 || conditions.rest !== undefined;
}

/** Problems of `Resources` and `NotResources` alike. */
function* ofList(
  inventory: Inventory,
  selection: SelectionItem,
  property: 'Resources' | 'NotResources',
  arns: readonly Text[],
): Iterable<Detection> {
  const of = () => selectionLabel(selection);
  for (const [i, arn] of arns.entries())
    yield* detectionsFrom(
      placeInSelection(selection, `${property}/${i}`),
      selectionArnProblem(
        judgedArn(arn) ?? '*',
        property,
        showText(arn),
        writtenArn(inventory, selection.place, arn),
      ),
      of,
    );
  yield* detectionsFrom(
    placeInSelection(selection, property),
    selectionSizeProblems(arns.map(showText), property),
    of,
  );
}

function* findContradictions(selection: SelectionItem): Iterable<Detection> {
  const { resources, notResources, listOfTags } = selection;
  if (listOfTags.items.length > 0 || listOfTags.rest) return;
  const excluded = new Set(notResources.items.map(showText));
  if (excluded.size === 0) return;
  for (const arn of new Set(resources.items.map(showText)))
    if (excluded.has(arn))
      yield {
        id: 'Backup-SelectionContradiction',
        place: placeInSelection(selection, 'NotResources'),
        message: `\`NotResources\` of ${selectionLabel(selection)} excludes all of ${show(arn)}, which \`Resources\` selects`,
      };
}

/** ARNs of resources that AWS Backup doesn't protect. */
function* ofType(
  selection: SelectionItem,
  text: Text,
  index: number,
  resourceTypes: readonly ResourceType[] | undefined,
): Iterable<Detection> {
  const arn = exampleOf(text);
  if (arn === undefined || !/^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:./.test(arn)) return;
  const detection = (message: string, fix?: string): Detection => ({
    id: 'Backup-SelectionType',
    place: placeInSelection(selection, `Resources/${index}`),
    message: `\`Resources\` of ${selectionLabel(selection)} includes ${show(showText(text))}, ${message}`,
    fix,
  });
  const bucket = /^arn:[a-z-]+:s3:::[^/*]+(\/.*)$/.exec(arn)?.[1];
  if (bucket !== undefined) {
    const shown = showText(text);
    const fix = `use ${show(shown.slice(0, shown.length - bucket.length))}`;
    yield detection('which names objects in a bucket instead of the bucket', fix);
  } else if (typesForArn(arn, resourceTypes).length === 0)
    yield detection('whose type AWS Backup is not known to protect');
}

/** The types of EC2 of which a selection selects all resources. */
function wholeTypes({ resources }: SelectionItem): ResourceType[] {
  return [ResourceType.EC2, ResourceType.EBS].filter((type) => {
    const [pattern] = type.arnPatterns('*').map(resourceOf);
    return resources.items.some((arn) => resourceOf(showText(arn)) === pattern);
  });
}

function resourceOf(arn: string): string {
  const [, , service, , , ...resource] = arn.split(':');
  return [service, ...resource].join(':');
}
