import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { copyJobLabel, copyLabel, GUIDE, vaultLabel } from '../../inventory/labels';
import { resourceName } from '../../inventory/resource-labels';
import { COPY_KEY_NEEDS } from '../../values/copy/copy-key-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';
import { type JobKeyHop, jobKeyHops, type KeyHop, keyHops } from './key-path';

const docs = `${GUIDE}create-cross-account-backup.html`;

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-SourceKeyAccess',
    severity: 'warning',
    what: 'The policy of a resource’s key does not let the account use it that backups are copied to, for a type whose backups have the key of their source.',
    why: 'Copy jobs fail: `Given key ID is not accessible`.',
    fix: `let the other account, and with it its \`AWSServiceRoleForBackup\`, do ${quoted(COPY_KEY_NEEDS.source)}, with \`KeyPath.of(key).allowCopiesTo(account)\``,
    docs,
    source: 'AWS Backup Developer Guide, Job dashboards: errors of jobs',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-DestinationKeyAccess',
    severity: 'warning',
    what: 'The policy of a vault’s key does not let the account use it that copies come from.',
    why: 'AWS Backup encrypts copies with this key, in the name of roles of both accounts, and EBS and RDS with grants on it: copy jobs fail where the key is not accessible.',
    fix: `let the other account, and with it its \`AWSServiceRoleForBackup\`, do ${quoted(COPY_KEY_NEEDS.destination)}, as the key of a \`CentralVault\` does`,
    docs,
    source: 'Public blueprints: ministryofjustice/opg-lpa 3557, NHSDigital/terraform-aws-backup 40 and 44',
    asOf: '2026-06-30',
  },
];

/** What the keys on the way of copies to other accounts have to allow. */
export const keyPathChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Seen> {
  const seen = new Set<string>();
  for (const hop of keyHops(inventory, resourceTypes)) {
    if (hop.lacking.length === 0) continue;
    const { key, account, plan, resource, statements } = hop;
    const once = [hop.end, key.id, account, resource && `${resource.id}|${plan.id}`].join('|');
    if (seen.has(once)) continue;
    seen.add(once);
    yield {
      ...(resource ? atSource(hop, resourceName(resource)) : atDestination(hop)),
      fix: `add to the \`KeyPolicy\` of key \`${key.place.logicalId}\` ${statements}`,
    };
  }
  for (const hop of jobKeyHops(inventory)) {
    const once = [hop.end, hop.key.id, hop.account, ''].join('|');
    if (hop.lacking.length === 0 || seen.has(once)) continue;
    seen.add(once);
    yield ofJob(hop);
  }
}

/** Of a copy that no plan makes: of which types isn't known. */
function ofJob({ machine, copy, end, key, vault, account, lacking, statements }: JobKeyHop): Seen {
  const isSource = end === 'source';
  return {
    id: isSource ? 'Backup-SourceKeyAccess' : 'Backup-DestinationKeyAccess',
    severity: isSource ? 'note' : undefined,
    place: at(key.place, `${key.place.pathInTemplate}/Properties/KeyPolicy`),
    message: `\`KeyPolicy\` of key \`${key.place.logicalId}\` of ${vaultLabel(vault)} does not let account ${account} do ${quoted(lacking)}, and ${copyJobLabel(machine, copy)} ${isSource ? 'goes' : 'comes from'} there`,
    fix: `add to the \`KeyPolicy\` of key \`${key.place.logicalId}\` ${statements}`,
  };
}

function atSource(hop: KeyHop, name: string): Seen {
  const { key, account, lacking, resource } = hop;
  return {
    id: 'Backup-SourceKeyAccess',
    place: resource?.place ?? key.place,
    message: `\`${name}\` is encrypted with key \`${key.place.logicalId}\`, whose policy does not let account ${account} do ${quoted(lacking)}, and ${copyLabel(hop.plan, hop.rule, hop.copy)} goes there`,
  };
}

function atDestination(hop: KeyHop): Seen {
  const { key, account, lacking, vault } = hop;
  const whose = vault ? ` of ${vaultLabel(vault)}` : '';
  return {
    id: 'Backup-DestinationKeyAccess',
    place: at(key.place, `${key.place.pathInTemplate}/Properties/KeyPolicy`),
    message: `\`KeyPolicy\` of key \`${key.place.logicalId}\`${whose} does not let account ${account} do ${quoted(lacking)}, and ${copyLabel(hop.plan, hop.rule, hop.copy)} comes from there`,
  };
}

function quoted(actions: readonly string[]): string {
  const all = actions.map((action) => `\`${action}\``);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
