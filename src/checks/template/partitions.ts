import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyLabel, nameOf, planLabel, ruleLabel, selectionLabel, vaultLabel } from '../../inventory/labels';
import { placeInSelection } from '../../inventory/plan/selections';
import { eachCopy, eachRule } from '../../inventory/traversal';
import { arnFields } from '../../template/evaluation/match';
import { showText } from '../../template/evaluation/text';
import { known, type Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { isPartition, partitionFault } from '../../values/core/partitions';
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
    const fields = text === undefined ? undefined : arnFields(text);
    const partition = known(fields?.partition);
    if (text === undefined || partition === undefined || !/^[a-z-]+$/.test(partition)) continue;
    const got = `got ${show(showText(text))}`;
    const fault = partitionFault(partition, known(fields?.region), place.region);
    if (fault)
      yield {
        id: 'Backup-ArnPartition',
        place,
        message: `\`${property}\` of ${of()} should be in the partition \`${fault.own}\`, to which ${fault.region} belongs, ${got}`,
        fix: `write \`arn:${fault.own}:\`, or \`arn:\${AWS::Partition}:\` in \`Fn::Sub\``,
      };
    else if (!isPartition(partition))
      yield {
        id: 'Backup-ArnPartition',
        place,
        message: `\`${property}\` of ${of()} should be in a partition of AWS, such as \`aws\`, \`aws-us-gov\` or \`aws-cn\`, ${got}`,
        fix: `write \`arn:aws:\`, or \`arn:\${AWS::Partition}:\` in \`Fn::Sub\``,
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
    const boundary = role.permissionsBoundary;
    const place = under(role.place, 'PermissionsBoundary');
    if (boundary && boundary.to === undefined)
      yield { place, property: 'PermissionsBoundary', text: boundary.text, of };
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
  for (const { plan, rule, copy } of eachCopy(inventory)) {
    const property = 'DestinationBackupVaultArn';
    // a check of its own compares the copy with the Region of the plan
    if (plan.place.region !== undefined) continue;
    const place = at(plan.place, `${copy.pathInTemplate}/${property}`);
    yield { place, property, text: copy.vault?.text, of: () => copyLabel(plan, rule, copy) };
  }
  for (const plan of inventory.plans)
    for (const [i, { role }] of plan.scans.items.entries()) {
      const property = 'ScannerRoleArn';
      const place = under(plan.place, `BackupPlan/ScanSettings/${i}/${property}`);
      yield { place, property, text: role?.text, of: () => planLabel(plan) };
    }
  for (const selection of inventory.restoreTestingSelections) {
    const property = 'IamRoleArn';
    const of = () => `restore testing selection ${nameOf(selection.name, selection.place)}`;
    yield { place: under(selection.place, property), property, text: selection.role?.text, of };
    for (const [i, text] of selection.resources.items.entries())
      yield {
        place: under(selection.place, `ProtectedResourceArns/${i}`),
        property: 'ProtectedResourceArns',
        text,
        of,
      };
  }
}

function under(place: Place, path: string): Place {
  return at(place, `${place.pathInTemplate}/Properties/${path}`);
}
