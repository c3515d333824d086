import { at, type Link, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { linkedAlias } from '../../inventory/lookups';
import { isNoArn, showText } from '../../template/evaluation/text';
import { isUnknown, type Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Names where an ARN belongs, and ARNs where a name belongs. Where AWS says what it refuses, other checks report it. */
export const identifierChecks: readonly Check[] = checksOf(['Backup-NameOrArn'], findProblems);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  for (const { place, vaults } of inventory.legalHolds)
    for (const [i, link] of vaults.items.entries())
      yield* ofName(
        link,
        under(place, `RecoveryPointSelection/VaultNames/${i}`),
        '`VaultNames` should be the names of vaults',
        'write the name, such as `!Ref Vault`',
      );
  for (const { name, place, bucket, frameworks } of inventory.reportPlans) {
    const label = `report plan ${nameOf(name, place)}`;
    yield* ofName(
      bucket,
      under(place, 'ReportDeliveryChannel/S3BucketName'),
      `\`S3BucketName\` of ${label} should be the name of a bucket`,
      'write the name, such as `!Ref Bucket`, and a folder in it as `S3KeyPrefix`',
      /^arn:|\//,
    );
    for (const [i, link] of frameworks.items.entries())
      yield* ofArn(
        link,
        under(place, `ReportSetting/FrameworkArns/${i}`),
        `\`FrameworkArns\` of ${label} should be ARNs of frameworks`,
        'write the ARN, such as `!GetAtt Framework.FrameworkArn`',
      );
  }
  for (const { name, place, plan } of inventory.restoreTestingSelections)
    yield* ofName(
      plan,
      under(place, 'RestoreTestingPlanName'),
      `\`RestoreTestingPlanName\` of restore testing selection ${nameOf(name, place)} should be the name of a plan`,
      'write the name, such as `!Ref Plan`',
    );
  for (const { name, place, key } of inventory.hypervisors)
    yield* ofArn(
      isUnknown(key?.text) && !linkedAlias(inventory, key) ? key : undefined, // the name of an alias is fine
      under(place, 'KmsKeyArn'),
      `\`KmsKeyArn\` of hypervisor ${nameOf(name, place)} should be the ARN of a key`,
      'write the ARN, such as `!GetAtt Key.Arn`',
    );
}

function* ofName(
  link: Link | undefined,
  place: Place,
  should: string,
  fix: string,
  noName: RegExp = /^arn:/,
): Iterable<Detection> {
  if (link && noName.test(showText(link.text)))
    yield { id: 'Backup-NameOrArn', place, message: `${should}, got ${written(link.text)}`, fix };
}

function* ofArn(link: Link | undefined, place: Place, should: string, fix: string): Iterable<Detection> {
  if (link && isNoArn(link.text))
    yield { id: 'Backup-NameOrArn', place, message: `${should}, got ${written(link.text)}`, fix };
}

function written(text: Text): string {
  return show(showText(text));
}

function under(place: Place, path: string): Place {
  return at(place, `${place.pathInTemplate}/Properties/${path}`);
}
