import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, ruleLabel, selectionLabel, vaultLabel } from '../../inventory/labels';
import { placeInSelection } from '../../inventory/plan/selections';
import { eachRule } from '../../inventory/traversal';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { known, type Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** ARNs that leave the partition of their stack. Copies have a check of their own. */
export const partitionChecks: readonly Check[] = checksOf(['Backup-ArnPartition'], findProblems);

/** An ARN in a template. */
interface Mention {
  readonly place: Place;
  readonly property: string;
  readonly text: Text | undefined;
  readonly of: () => string;
}

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const { place, property, text, of } of mentions(inventory)) {
    const { region } = place;
    if (region === undefined || text === undefined) continue;
    const partition = known(arnFields(text)?.partition);
    const own = partitionOf(region);
    if (partition === undefined || !/^aws(-[a-z]+)*$/.test(partition) || partition === own) continue;
    yield {
      id: 'Backup-ArnPartition',
      place,
      message: `\`${property}\` of ${of()} should be in the partition \`${own}\`, to which ${region} belongs, got ${show(showText(text))}`,
      fix: `write \`arn:${own}:\`, or \`arn:\${AWS::Partition}:\` in \`Fn::Sub\``,
    };
  }
}

function* mentions(inventory: Inventory): Iterable<Mention> {
  for (const selection of inventory.selections) {
    const of = () => selectionLabel(selection);
    for (const property of ['Resources', 'NotResources'] as const) {
      const { items } = property === 'Resources' ? selection.resources : selection.notResources;
      for (const [i, text] of items.entries())
        yield { place: placeInSelection(selection, `${property}/${i}`), property, text, of };
    }
    const place = placeInSelection(selection, 'IamRoleArn');
    yield { place, property: 'IamRoleArn', text: selection.role?.text, of };
  }
  for (const role of inventory.roles) {
    const of = () => `role ${nameOf(role.name, role.place)}`;
    const property = 'ManagedPolicyArns';
    for (const [i, { text, to }] of role.managedPolicies.items.entries())
      if (to === undefined) yield { place: under(role.place, `${property}/${i}`), property, text, of };
  }
  for (const vault of inventory.vaults) {
    const of = () => vaultLabel(vault);
    const key = 'EncryptionKeyArn';
    yield { place: under(vault.place, key), property: key, text: vault.key?.text, of };
    const { notifications } = vault;
    if (notifications)
      yield {
        place: at(vault.place, `${notifications.pathInTemplate}/SNSTopicArn`),
        property: 'SNSTopicArn',
        text: notifications.topic?.text,
        of,
      };
  }
  for (const { plan, rule } of eachRule(inventory)) {
    const property = 'TargetLogicallyAirGappedBackupVaultArn';
    const place = at(plan.place, `${rule.pathInTemplate}/${property}`);
    yield { place, property, text: rule.airGappedVault?.text, of: () => ruleLabel(plan, rule) };
  }
  for (const selection of inventory.restoreTestingSelections) {
    const property = 'IamRoleArn';
    const of = () => `restore testing selection ${nameOf(selection.name, selection.place)}`;
    yield { place: under(selection.place, property), property, text: selection.role?.text, of };
  }
}

function under(place: Place, path: string): Place {
  return at(place, `${place.pathInTemplate}/Properties/${path}`);
}
