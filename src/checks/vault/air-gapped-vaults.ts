import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, vaultLabel } from '../../inventory/labels';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown, known } from '../../template/evaluation/unknown';
import {
  airGappedKeyProblem,
  approvalTeamProblems,
  sharedAccountProblems,
} from '../../values/vault/air-gapped-vault-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { lawText } from '../facts/law-text';

const docs = `${GUIDE}logicallyairgappedvault.html`;
const source = 'AWS Backup Developer Guide, Logically air-gapped vault';
const asOf = '2026-04-13';
const TEAM = `${GUIDE}multipartyapproval.html`;

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-AirGappedVaultKey',
    severity: 'warning',
    what: 'A logically air-gapped vault is encrypted with a key of its own account.',
    why: 'Who can disable or delete the key there makes the recovery points useless: AWS advises against it.',
    fix: 'leave the key out for one that AWS owns, or use a key of another account',
    docs,
    source,
    asOf,
  },
  {
    id: 'Backup-ApprovalTeamArn',
    severity: 'error',
    what: 'The team of multi-party approval of an air-gapped vault is none by its ARN.',
    why: 'AWS Backup refuses it.',
    fix: 'use `arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>`',
    docs: TEAM,
    source: 'AWS Backup Developer Guide, Multi-party approval',
    asOf,
  },
  {
    id: 'Backup-ApprovalTeamRegion',
    severity: 'warning',
    what: 'The team of multi-party approval of an air-gapped vault is not in us-east-1.',
    why: 'Teams are known in us-east-1 only, and serve vaults of all Regions.',
    fix: 'make the team in us-east-1',
    docs: TEAM,
    source: 'AWS Backup Developer Guide, Multi-party approval; CloudFormation schemas',
    asOf,
  },
  {
    id: 'Backup-ApprovalTeamFixed',
    severity: 'note',
    what: 'An air-gapped vault has a team of multi-party approval.',
    why: 'CloudFormation can neither change nor remove it once it is deployed.',
    fix: 'acknowledge this once the team is settled',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-logicallyairgappedbackupvault.html',
    source: 'CloudFormation documentation of AWS::Backup::LogicallyAirGappedBackupVault',
    asOf: '2026-09-29',
  },
  {
    id: 'Backup-SharedAccount',
    severity: 'error',
    what: 'An air-gapped vault is shared with an organization or an organizational unit; a warning for its own account.',
    why: 'AWS RAM shares such a vault with accounts, one by one.',
    fix: 'name the accounts',
    docs,
    source,
    asOf,
  },
];

/** What is particular to logically air-gapped vaults. */
export const airGappedVaultChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  for (const vault of inventory.vaults) if (vault.kind === 'air-gapped') yield* ofVault(inventory, vault);
  for (const { place, vaults, principals } of inventory.vaultShares) {
    const owner = known(inventory.byId.get(vaults[0].to ?? '')?.place.account);
    for (const [index, principal] of principals.items.entries()) {
      if (isUnknown(principal)) continue;
      const property = `Principals[${index}]`;
      const problems = sharedAccountProblems([principal], owner, 'Principals').map((problem) => ({
        ...problem,
        property,
        message: problem.message.replace('`Principals[0]`', () => `\`${property}\``),
      }));
      yield* told(at(place, `${place.pathInTemplate}/Properties/Principals/${index}`), problems);
    }
  }
}

function* ofVault(inventory: Inventory, vault: VaultItem): Iterable<Seen> {
  const { place, key, approvalTeam } = vault;
  const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
  const of = () => vaultLabel(vault);
  const home = key?.to === undefined ? undefined : inventory.byId.get(key.to)?.place;
  const isBeside =
    home !== undefined &&
    home.account === place.account &&
    (place.account !== undefined || home.stackId === place.stackId);
  if (isBeside) yield* told(under('EncryptionKeyArn'), [airGappedKeyProblem('EncryptionKeyArn')], of);
  if (approvalTeam !== undefined)
    yield* told(
      under('MpaApprovalTeamArn'),
      approvalTeamProblems(lawText(approvalTeam), 'MpaApprovalTeamArn'),
      of,
    );
}
