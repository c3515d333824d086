import type { Statement } from '../../inventory/core/iam-policy';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, lawTexts, vaultLabel } from '../../inventory/labels';
import {
  accountOf,
  covers,
  isAboutEverything,
  isEffect,
  mayCover,
  speaksOfEverybody,
} from '../../inventory/policy-verdicts';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown } from '../../template/evaluation/unknown';
import {
  COPY_INTO_VAULT,
  denialWithoutExemptionProblem,
  vaultStatementProblems,
} from '../../values/vault/vault-policy-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const docs = `${GUIDE}create-a-vault-access-policy.html`;
const GUIDE_PAGE = 'AWS Backup Developer Guide, Vault access policies';
const CONFIG_RULE =
  'https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html';
const asOf = '2026-04-13';

/** What the AWS Config rule asks to be denied, all three. */
const DENIED = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];
const [DELETE, , CHANGE_POLICY] = DENIED;

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-VaultPolicyWildcard',
    severity: 'error',
    what: 'The access policy of a vault has a wildcard in an action.',
    why: 'AWS Backup takes no wildcards there, and refuses the policy.',
    fix: `name each action, such as \`${COPY_INTO_VAULT}\``,
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-VaultPolicyStatement',
    severity: 'error',
    what: 'A statement in the access policy of a vault names no principal.',
    why: 'A policy of a resource says for whom it is: AWS Backup refuses one that does not.',
    fix: 'name an account, a role, or `*` to deny',
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-CrossAccountGrant',
    severity: 'error',
    what: `The access policy of a vault allows another account more than \`${COPY_INTO_VAULT}\`.`,
    why: 'AWS Backup allows nothing else across accounts, and rejects the rest.',
    fix: `allow \`${COPY_INTO_VAULT}\` alone, and let the other account assume a role for the rest`,
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-PublicVaultPolicy',
    severity: 'warning',
    what: 'The access policy of a vault allows everybody something, without any condition.',
    why: 'Everyone in every AWS account whom AWS Backup lets through may do it.',
    fix: 'name accounts, or add a condition on `aws:PrincipalOrgID` or `aws:PrincipalOrgPaths`',
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-DeletionDenialIncomplete',
    severity: 'warning',
    what: 'The access policy of a vault denies to delete recovery points, but not in the form that AWS Config and AWS Backup Audit Manager accept.',
    why: 'They show the vault as non-compliant, and who may change the policy can take the denial away.',
    fix: `deny ${DENIED.map((action) => `\`${action}\``).join(', ')} for the principal \`*\` and the resource \`*\``,
    docs: CONFIG_RULE,
    source: 'AWS Config Developer Guide, backup-recovery-point-manual-deletion-disabled',
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-DeletionDenialWithoutExemption',
    severity: 'warning',
    what: 'The access policy of a vault denies everybody to change it.',
    why: 'CloudFormation is denied it too: later deployments that change the policy fail.',
    fix: 'exempt the role that deploys, with a condition on `aws:PrincipalArn`',
    docs: CONFIG_RULE,
    source: 'Inferred from what such a policy denies',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-RoleDenied',
    severity: 'warning',
    what: 'The access policy of a vault denies a role of a selection to delete recovery points.',
    why: 'AWS Backup deletes expired recovery points in the name of the role that made them: they stay as EXPIRED, and are billed.',
    fix: 'exempt the role that makes the backups',
    docs: `${GUIDE}deleting-backups.html`,
    source: 'Inferred from AWS Backup Developer Guide, Deleting backups',
    asOf,
  },
];

/** Who may do what with vaults, and what nobody may. */
export const vaultPolicyChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const roles = new Set(inventory.selections.flatMap(({ role }) => role?.to ?? []));
  for (const vault of inventory.vaults) {
    const { accessPolicy } = vault;
    if (!accessPolicy) continue;
    for (const [index, statement] of accessPolicy.statements.items.entries())
      yield* ofStatement(vault, statement, `${accessPolicy.pathInTemplate}/Statement/${index}`, roles);
    yield* denial(vault);
  }
}

function* ofStatement(
  vault: VaultItem,
  statement: Statement,
  path: string,
  roles: ReadonlySet<string>,
): Iterable<Seen> {
  const of = () => `the access policy of ${vaultLabel(vault)}`;
  const { actions, notActions, principals, notPrincipals, conditions } = statement;
  const { account } = vault.place;
  const others = (principals?.items ?? [])
    .map(({ kind, who }) => (kind === 'AWS' ? accountOf(who.text) : undefined))
    .filter((other): other is string => account !== undefined && other !== undefined && other !== account);
  const problems = vaultStatementProblems(
    {
      isAllow: isEffect(statement, 'Allow') === true,
      actions: lawTexts([...(actions?.items ?? []), ...(notActions?.items ?? [])]),
      hasPrincipal: principals !== undefined || notPrincipals !== undefined,
      otherAccounts: [...new Set(others)],
      isPublic: speaksOfEverybody(statement) && conditions.items.length === 0 && !conditions.rest,
    },
    { actions: 'Action', principals: 'Principal' },
  );
  for (const problem of problems) {
    const said = problem.property === 'Action' && !actions ? 'NotAction' : problem.property;
    const isSaid = said !== 'Principal' || principals !== undefined;
    yield* told(at(vault.place, isSaid ? `${path}/${said}` : path), [{ ...problem, fix: undefined }], of);
  }
  if (isEffect(statement, 'Deny') !== true || !covers(statement, DELETE)) return;
  const denied = principals?.items.find(({ who }) => who.to !== undefined && roles.has(who.to));
  if (denied)
    yield {
      id: 'Backup-RoleDenied',
      place: at(vault.place, `${path}/Principal`),
      message: `\`Principal\` of ${of()} is a role that makes backups, which is denied \`${DELETE}\``,
    };
}

/** A denial of deletion in one statement that does it by halves, or that shuts everybody out. */
function* denial(vault: VaultItem): Iterable<Seen> {
  const { accessPolicy, place } = vault;
  const statements = accessPolicy?.statements;
  if (!accessPolicy || !statements || statements.rest) return;
  const denials = statements.items.flatMap((statement, index) =>
    isEffect(statement, 'Deny') === true ? [{ statement, index }] : [],
  );
  const here = (index: number) => at(place, `${accessPolicy.pathInTemplate}/Statement/${index}`);
  const first = denials.find(({ statement }) => covers(statement, DELETE) && speaksOfMany(statement));
  const complete = denials.some(({ statement }) => isComplete(statement));
  const open = statements.items.some(
    (statement) => isEffect(statement, 'Deny') !== false && isOpen(statement),
  );
  if (first && !complete && !open)
    yield {
      id: 'Backup-DeletionDenialIncomplete',
      place: here(first.index),
      message: `the access policy of ${vaultLabel(vault)} denies \`${DELETE}\`, but ${whatLacks(first.statement)}`,
    };
  const shut = denials.find(
    ({ statement }) =>
      covers(statement, CHANGE_POLICY) &&
      speaksOfEverybody(statement) &&
      statement.conditions.items.length === 0 &&
      !statement.conditions.rest,
  );
  if (shut) {
    const [problem] = [denialWithoutExemptionProblem('AccessPolicy')];
    yield* told(here(shut.index), [{ ...problem, fix: undefined }], () => vaultLabel(vault));
  }
}

/** A statement about single roles is no denial for all. */
function speaksOfMany(statement: Statement): boolean {
  return speaksOfEverybody(statement) || statement.principals === undefined;
}

function isComplete(statement: Statement): boolean {
  return lacking(statement).length === 0 && speaksOfEverybody(statement) && isAboutEverything(statement);
}

function lacking(statement: Statement): string[] {
  return DENIED.filter((action) => !mayCover(statement, action));
}

function isOpen({ actions, principals, resources, effect }: Statement): boolean {
  return (
    isUnknown(effect) ||
    [actions, principals, resources].some((list) => list?.rest !== undefined || list?.items.some(unknownOne))
  );
}

function unknownOne(one: unknown): boolean {
  return isUnknown(one) || isUnknown((one as { who?: { text?: unknown } })?.who?.text);
}

function whatLacks(statement: Statement): string {
  const actions = lacking(statement);
  if (actions.length > 0) return `not ${actions.map((action) => `\`${action}\``).join(' and ')}`;
  return speaksOfEverybody(statement) ? 'not for the resource `*`' : 'not for the principal `*`';
}
