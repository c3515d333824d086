import { at, type Link, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, planLabel, quote, ruleLabel } from '../../inventory/labels';
import { beginningOf, minimumLength, partsOf, showText } from '../../template/evaluation/text';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import {
  longNameProblem,
  NAME_LAWS,
  type NameKind,
  type NameLaw,
  nameProblems,
} from '../../values/core/names';
import { type Detection, detectionsFrom } from '../core/detection';

/** Names that AWS Backup refuses. */
export function* findNameProblems(inventory: Inventory): Iterable<Detection> {
  for (const plan of inventory.plans) {
    const { place, name, rules } = plan;
    yield* named('plan', name, under(place, 'BackupPlan/BackupPlanName'), 'BackupPlanName');
    for (const rule of rules.items) {
      const here = (property: string) => at(place, `${rule.pathInTemplate}/${property}`);
      yield* named('rule', rule.name, here('RuleName'), 'RuleName', () => planLabel(plan));
      yield* namedVault(rule.vault, here('TargetBackupVault'), 'TargetBackupVault', () =>
        ruleLabel(plan, rule),
      );
    }
  }
  for (const { name, place } of inventory.selections)
    yield* named('selection', name, under(place, 'BackupSelection/SelectionName'), 'SelectionName');
  for (const { name, place } of inventory.vaults)
    yield* named('vault', name, under(place, 'BackupVaultName'), 'BackupVaultName');
  for (const { name, place } of inventory.frameworks)
    yield* named('framework', name, under(place, 'FrameworkName'), 'FrameworkName');
  for (const { name, place } of inventory.reportPlans)
    yield* named('reportPlan', name, under(place, 'ReportPlanName'), 'ReportPlanName');
  for (const { name, place } of inventory.restoreTestingPlans)
    yield* named(
      'restoreTestingPlan',
      name,
      under(place, 'RestoreTestingPlanName'),
      'RestoreTestingPlanName',
    );
  for (const { name, place } of inventory.restoreTestingSelections)
    yield* named(
      'restoreTestingSelection',
      name,
      under(place, 'RestoreTestingSelectionName'),
      'RestoreTestingSelectionName',
    );
  for (const { name, place, vault } of inventory.tiering) {
    const property = 'TieringConfigurationName';
    yield* named('tieringConfiguration', name, under(place, property), property);
    yield* namedVault(vault, under(place, 'BackupVaultName'), 'BackupVaultName', () => nameOf(name, place));
  }
}

/** The name of a vault that isn't in the templates, which may be an ARN by mistake. */
function* namedVault(
  link: Link | undefined,
  place: Place,
  property: string,
  of: () => string,
): Iterable<Detection> {
  if (!link || link.to !== undefined || link.text === '*' || isReserved(link.text)) return;
  if (beginningOf(link.text).startsWith('arn:'))
    yield {
      id: 'Backup-VaultName',
      place,
      message: `\`${property}\` of ${of()} must be the name of a vault, got the ARN ${show(showText(link.text))}`,
      fix: 'write the name, such as `!Ref Vault`',
    };
  else yield* named('vault', link.text, place, property, of);
}

/** Users can't choose the names of vaults of AWS services; another check reports them. */
function isReserved(target: Text): boolean {
  return typeof target === 'string' && target.startsWith('aws/');
}

function under(place: Place, path: string): Place {
  return at(place, `${place.pathInTemplate}/Properties/${path}`);
}

function named(
  kind: NameKind,
  name: Text | undefined,
  place: Place,
  property: string,
  of?: () => string,
): Detection[] {
  if (name === undefined) return [];
  if (!(name instanceof Unknown)) return detectionsFrom(place, nameProblems(kind, name, property), of);
  const law: NameLaw = NAME_LAWS[kind];
  const long = longNameProblem(kind, minimumLength(name), property);
  if (long) return detectionsFrom(place, [long], of);
  const example = partsOf(name)
    .map((part) => (typeof part === 'string' ? part : 'aa'))
    .join('');
  if (example.length > law.max) return [];
  // the known part of the name has characters that aren't allowed, whatever the rest is
  return detectionsFrom(
    place,
    nameProblems(kind, example, property)
      .filter(({ severity }) => severity === 'error')
      .map((one) =>
        one.with({
          message: (label) =>
            `${label(property)} must be ${law.min} to ${law.max} characters from ${law.characters}, got ${quote(name)}`,
          fix: undefined,
        }),
      ),
    of,
  );
}
