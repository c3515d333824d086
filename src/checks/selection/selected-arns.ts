import type { Inventory } from '../../inventory/inventory';
import { LIMITS } from '../../inventory/labels';
import type { SelectionItem } from '../../inventory/plan/selections';
import { ASSIGNING, ASSIGNING_JSON, inSelection, selectionLabel } from '../../inventory/selection-labels';
import { showText } from '../../template/evaluation/text';
import type { Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { QUOTAS } from '../../values/core/quotas';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';
import { sharedArnProblems } from '../../values/resource-type/shared-pattern-laws';
import { selectionArnProblems, selectionSizeProblems } from '../../values/selection/selection-arns';
import { arnElsewhereProblems, doubleTypeProblems } from '../../values/selection/selection-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const GUIDE = 'AWS Backup Developer Guide, Assigning resources using JSON';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-SelectionArn',
    severity: 'error',
    what: 'A selection names something that is no ARN.',
    why: 'AWS Backup refuses the selection.',
    fix: 'write the whole ARN; a `*` may end it, and stand for the Region and the account',
    docs: ASSIGNING_JSON,
    source: GUIDE,
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-SelectionWildcard',
    severity: 'warning',
    what: 'An ARN of a selection has a wildcard before its end.',
    why: "AWS's pages contradict each other on such ARNs: the selection may silently select nothing.",
    fix: 'put one `*` at the end, or select by tag',
    docs: ASSIGNING_JSON,
    source: `API reference BackupSelection; ${GUIDE}`,
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-SelectionSize',
    severity: QUOTAS.arnsPerSelection.severity,
    what: 'A selection names more ARNs than AWS Backup takes: 500, of which 30 with a wildcard.',
    why: 'AWS Backup refuses the selection; of exclusions with a wildcard that was seen in deployments.',
    fix: 'select by tag, or make several selections',
    docs: LIMITS,
    source: 'AWS Backup Developer Guide, Assigning resources; CloudFormation deployments of 2026-09-24',
    asOf: QUOTAS.arnsPerSelection.asOf,
  },
  {
    id: 'Backup-SelectionElsewhere',
    severity: 'warning',
    what: 'A selection names an ARN of another account or Region than its own.',
    why: 'A plan protects what lies in its own account and Region: the resource is silently not backed up.',
    fix: 'make a plan there for it',
    docs: ASSIGNING,
    source: 'AWS Backup Developer Guide, Selecting AWS services to back up',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-SelectionContradiction',
    severity: 'warning',
    what: 'A selection excludes all of what it selects by ARN.',
    why: 'Nothing of it is backed up.',
    fix: 'leave it out on one of the two sides',
    docs: ASSIGNING_JSON,
    source: GUIDE,
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-SharedArnPattern',
    severity: 'warning',
    what: 'An ARN pattern of a selection stands for several types: `rds:*:*:cluster:*` for Aurora, DocumentDB, Neptune and Multi-AZ clusters of RDS.',
    why: 'More is backed up than was meant, and rules ask of some types what they can not do.',
    fix: 'add a condition on a tag, or select by ARN',
    docs: ASSIGNING,
    source: 'AWS Backup Developer Guide, Selecting AWS services to back up',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-DoubleBackup',
    severity: 'warning',
    what: 'A selection takes all instances of EC2 and all volumes of EBS.',
    why: 'The backup of an instance holds its volumes: they are backed up, and paid for, twice.',
    fix: 'leave the volumes out, or add a condition on a tag that volumes without an instance have',
    docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/multi-volume-crash-consistent.html',
    source: 'AWS Backup Developer Guide, Multi-volume, crash-consistent backups',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-SelectionType',
    severity: 'warning',
    what: 'A selection names an ARN of no type that AWS Backup is known to protect, such as the objects of a bucket.',
    why: 'It is silently not backed up.',
    fix: 'name a resource that AWS Backup protects',
    docs: ASSIGNING,
    source: 'AWS Backup Developer Guide, Selecting AWS services to back up',
    asOf: '2026-04-13',
  },
];

/** What selections name by ARN. */
export const selectedArnChecks: readonly Check[] = subject(FACTS, look);

function* look({ selections }: Inventory, { resourceTypes }: CheckOptions): Iterable<Seen> {
  for (const selection of selections) {
    yield* listed(selection, 'Resources', selection.resources.items);
    yield* listed(selection, 'NotResources', selection.notResources.items);
    const place = inSelection(selection, 'Resources');
    const of = () => selectionLabel(selection);
    for (const [i, arn] of selection.resources.items.entries()) {
      if (typeof arn !== 'string') continue;
      const here = inSelection(selection, `Resources/${i}`);
      yield* told(here, arnElsewhereProblems(arn, selection.place, 'Resources'), of);
      yield* typeSeen(selection, arn, i, resourceTypes);
    }
    yield* contradictions(selection);
    if (filters(selection)) continue;
    for (const [i, arn] of selection.resources.items.entries())
      yield* told(
        inSelection(selection, `Resources/${i}`),
        sharedArnProblems(showText(arn), 'Resources'),
        of,
      );
    yield* told(place, doubleTypeProblems(wholeTypes(selection), 'Resources'), of);
  }
}

/** Whether tags decide which of the named resources are selected. */
function filters({ conditions }: SelectionItem): boolean {
  return conditions.items.length > 0 || conditions.rest !== undefined;
}

/** What holds for both lists. */
function* listed(
  selection: SelectionItem,
  property: 'Resources' | 'NotResources',
  arns: readonly Text[],
): Iterable<Seen> {
  const of = () => selectionLabel(selection);
  for (const [i, arn] of arns.entries())
    if (typeof arn === 'string')
      yield* told(inSelection(selection, `${property}/${i}`), selectionArnProblems([arn], property), of);
  yield* told(inSelection(selection, property), selectionSizeProblems(arns.map(showText), property), of);
}

function* contradictions(selection: SelectionItem): Iterable<Seen> {
  const { resources, notResources, listOfTags } = selection;
  if (listOfTags.items.length > 0 || listOfTags.rest) return;
  const excluded = new Set(notResources.items.map(showText));
  if (excluded.size === 0) return;
  for (const arn of new Set(resources.items.map(showText)))
    if (excluded.has(arn))
      yield {
        id: 'Backup-SelectionContradiction',
        place: inSelection(selection, 'NotResources'),
        message: `\`NotResources\` of ${selectionLabel(selection)} takes away all of ${show(arn)}, which \`Resources\` selects`,
      };
}

/** ARNs of what AWS Backup doesn't protect. */
function* typeSeen(
  selection: SelectionItem,
  arn: string,
  index: number,
  resourceTypes: readonly ResourceType[] | undefined,
): Iterable<Seen> {
  if (!/^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:./.test(arn)) return;
  const seen = (message: string, fix?: string): Seen => ({
    id: 'Backup-SelectionType',
    place: inSelection(selection, `Resources/${index}`),
    message: `\`Resources\` of ${selectionLabel(selection)} has ${show(arn)}, ${message}`,
    fix,
  });
  const bucket = /^(arn:[a-z-]+:s3:::[^/*]+)\/.*$/.exec(arn)?.[1];
  if (bucket !== undefined)
    yield seen('which names the objects of a bucket, where the bucket is meant', `write ${show(bucket)}`);
  else if (typesForArn(arn, resourceTypes).length === 0)
    yield seen('which is of no type that AWS Backup is known to protect');
}

/** The types that a selection takes whole, of those that a pattern can stand for. */
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
