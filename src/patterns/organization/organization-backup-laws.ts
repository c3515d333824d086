import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { baselineError } from '../../organization/baseline/baseline-error';
import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { isKnown, show } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { Retention } from '../../values/plan/retention';
import { VaultLock } from '../../values/vault/vault-lock';
import { BackupTier } from '../core/backup-tier';
import { copyRetentionProblems } from './copy-retention';
import type { OrganizationBackupProps, OrganizationTierOptions } from './organization-backup-props';

const ID = 'Backup-OrganizationBackup';

/** The most backup policies that can be attached to one target. Source: AWS Organizations User Guide, "Quotas", 2026. */
const MAX_TIERS = 10;

/** What is wrong with the props of an `OrganizationBackup`. Its parts check their own props. */
export function organizationBackupProblems(whole: Construct, props: OrganizationBackupProps): Problem[] {
  const wrong = requiredKindProblems(props, isObject, {
    id: ID,
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [
    ...requiredKindProblems(props.organizationId, isOrganization, {
      id: ID,
      property: 'organizationId',
      what: 'an organization ID such as `o-a1b2c3d4e5`',
    }),
    ...requiredKindProblems(props.targets, Array.isArray, {
      id: ID,
      property: 'targets',
      what: 'a list of targets',
    }),
    ...requiredKindProblems(props.regions, isTexts, {
      id: ID,
      property: 'regions',
      what: 'a list of Regions',
    }),
    ...kindProblems(props.tagKey, isText, { id: ID, property: 'tagKey', what: 'a string' }),
    ...kindProblems(props.keyAlias, isText, { id: ID, property: 'keyAlias', what: 'a string' }),
    ...kindProblems(props.protection, isObject, {
      id: ID,
      property: 'protection',
      what: 'an object with properties',
    }),
    ...(['locked', 'tagPolicy', 'managesGlobalSettings', 'restores'] as const).flatMap((property) =>
      flagProblems(ID, property, props[property]),
    ),
    ...listProblems(props.managementScopes, isConstruct, {
      id: ID,
      property: 'managementScopes',
      what: 'a stack in the management account',
    }),
    ...unknownPropertyProblems(props, 'OrganizationBackupProps'),
    ...unknownPropertyProblems(props.protection, 'OrganizationProtectionOptions'),
    ...tierProblems(props.tiers),
    ...delegatedProblems(whole, props.delegatedAdmin),
    ...centralProblems(props),
    ...copyRetentionProblems(props),
    ...optInProblems(whole, props),
  ];
}

/** The law of the number of policies on one target. */
export function attachmentProblems(policies: number): Problem[] {
  if (policies <= MAX_TIERS) return [];
  return [
    baselineError(
      'Backup-OrganizationTiers',
      'tiers',
      `\`tiers\` must fit into ${MAX_TIERS} policies, the most that a target accepts, but their plans per Region need ${policies}`,
      'set `locked: false`, which makes plans less than half as long, or create several `OrganizationBackup` constructs for different targets',
    ),
  ];
}

function tierProblems(tiers: unknown): Problem[] {
  const id = 'Backup-OrganizationTiers';
  const wrong = [
    ...requiredKindProblems(tiers, Array.isArray, { id, property: 'tiers', what: 'a list of tiers' }),
    ...(Array.isArray(tiers)
      ? listProblems(tiers, isTier, {
          id,
          property: 'tiers',
          what: 'a tier',
          fix: 'for example, use `{ tier: BackupTier.GOLD }`',
        })
      : []),
  ];
  if (wrong.length > 0) return wrong;
  const list = tiers as OrganizationTierOptions[];
  const problems: Problem[] = list.flatMap((tier) =>
    unknownPropertyProblems(tier, 'OrganizationTierOptions'),
  );
  if (list.length === 0 || list.length > MAX_TIERS)
    problems.push(
      baselineError(
        id,
        'tiers',
        `\`tiers\` must be 1 to ${MAX_TIERS}, because each is a policy and a target accepts ${MAX_TIERS}, got ${list.length}`,
      ),
    );
  const names = list.map(({ tier }) => tier.name.toLowerCase());
  const twice = list.find((_, index) => names.indexOf(names[index]) < index);
  if (twice)
    problems.push(
      baselineError(
        id,
        'tiers',
        `\`tiers\` must have unique names (case-insensitive), got ${show(twice.tier.name)} twice`,
        'rename one of them',
      ),
    );
  for (const [index, { tier, vaultName, lock, copies }] of list.entries()) {
    const property = `tiers[${index}].vaultName`;
    if (vaultName === undefined && nameProblems('vault', tier.name, property).length > 0)
      problems.push(
        baselineError(
          id,
          property,
          `\`${property}\` must be set for the tier ${show(tier.name)}, whose name is not a valid vault name`,
          'use 2 to 50 letters, digits, `-` and `_`',
        ),
      );
    problems.push(
      ...kindProblems(vaultName, isText, { id, property, what: 'a string' }),
      ...kindProblems(lock, (given: unknown) => given instanceof VaultLock, {
        id,
        property: `tiers[${index}].lock`,
        what: 'a `VaultLock`',
      }),
      ...flagProblems(id, `tiers[${index}].copies`, copies),
    );
  }
  return problems;
}

function delegatedProblems(whole: Construct, delegated: unknown): Problem[] {
  const property = 'delegatedAdmin';
  const wrong = kindProblems(delegated, isConstruct, {
    id: ID,
    property,
    what: 'a stack, or a scope in one',
  });
  if (wrong.length > 0 || delegated === undefined) return wrong;
  const [here, there] = [Stack.of(whole), Stack.of(delegated as Construct)];
  if (!isKnown(there.account))
    return [unknownPlace(property, there, 'account', 'the delegation policy contains it')];
  if (isKnown(here.account) && here.account === there.account)
    return [
      baselineError(
        ID,
        property,
        `\`${property}\` must be in a member account, got one in ${there.account}, the management account`,
        'omit it to create everything in the management account',
      ),
    ];
  return [];
}

function centralProblems({ central }: OrganizationBackupProps): Problem[] {
  const wrong = kindProblems(central, isObject, {
    id: ID,
    property: 'central',
    what: 'an object with properties',
  });
  if (wrong.length > 0 || central === undefined) return wrong;
  const { scope, retention, replicas, lock, backupVaultName } = central;
  const kinds = [
    ...unknownPropertyProblems(central, 'OrganizationCentralOptions'),
    ...requiredKindProblems(scope, isConstruct, {
      id: ID,
      property: 'central.scope',
      what: 'a stack in the backup account, or a scope in one',
    }),
    ...requiredKindProblems(retention, (given: unknown) => given instanceof Retention, {
      id: ID,
      property: 'central.retention',
      what: 'a `Retention`',
      fix: 'for example, use `Retention.days(90)`',
    }),
    ...listProblems(replicas, isConstruct, { id: ID, property: 'central.replicas', what: 'a stack' }),
    ...kindProblems(lock, (given: unknown) => given instanceof VaultLock, {
      id: ID,
      property: 'central.lock',
      what: 'a `VaultLock`',
    }),
    ...kindProblems(backupVaultName, (given: unknown) => typeof given === 'string' && isKnown(given), {
      id: ID,
      property: 'central.backupVaultName',
      what: 'a name that is known at synthesis',
    }),
  ];
  if (kinds.length > 0) return kinds;
  const { account, region } = Stack.of(scope);
  const reason = 'the policies contain it';
  return [
    ...(isKnown(account) ? [] : [unknownPlace('central.scope', Stack.of(scope), 'account', reason)]),
    ...(isKnown(region) ? [] : [unknownPlace('central.scope', Stack.of(scope), 'Region', reason)]),
  ];
}

function optInProblems(whole: Construct, { optIn, optInScopes }: OrganizationBackupProps): Problem[] {
  const property = 'optInScopes';
  const wrong = [
    ...kindProblems(optIn, Array.isArray, { id: ID, property: 'optIn', what: 'a list of types' }),
    ...listProblems(optInScopes, isConstruct, {
      id: ID,
      property,
      what: 'a stack in the management account',
    }),
  ];
  if (wrong.length > 0 || optInScopes === undefined) return wrong;
  if (optIn === undefined)
    return [
      baselineError(
        ID,
        property,
        `\`${property}\` has no effect without \`optIn\``,
        'set the types to protect',
      ),
    ];
  const here = Stack.of(whole);
  const regions = [here, ...optInScopes.map((scope) => Stack.of(scope))].map(({ region }) => region);
  return optInScopes.flatMap((scope, index) => {
    const { account, region } = Stack.of(scope);
    const what = `\`${property}[${index}]\``;
    if (isKnown(account) && isKnown(here.account) && account !== here.account)
      return [
        baselineError(
          ID,
          property,
          `${what} must be in the management account (${here.account}), got one in ${account}`,
        ),
      ];
    return isKnown(region) && regions.indexOf(region) <= index
      ? [baselineError(ID, property, `${what} must be in different Regions, got a second one in ${region}`)]
      : [];
  });
}

function unknownPlace(property: string, stack: Stack, what: string, reason: string): Problem {
  return baselineError(
    ID,
    property,
    `\`${property}\` must be in a known ${what}, since ${reason}, but the ${what} of the stack \`${stack.node.path}\` isn't known`,
    'set `env` on the stack',
  );
}

const isObject = (given: unknown) => typeof given === 'object' && given !== null && !Array.isArray(given);
const isText = (given: unknown) => typeof given === 'string';
const isTexts = (given: unknown) => Array.isArray(given) && Array.from(given).every(isText);
const isConstruct = (given: unknown) => Construct.isConstruct(given);
const isTier = (given: OrganizationTierOptions) => isObject(given) && given.tier instanceof BackupTier;
const isOrganization = (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || /^o-[a-z0-9]{10,32}$/.test(given));
