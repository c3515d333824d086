import type { Coverage, ResourceCoverage, RuleFacts } from '../../coverage/coverage';
import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { resourceName } from '../../inventory/labels';
import { findDestination } from '../../inventory/traversal';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { RESTORE_WAYS, type RestoreWay } from '../../values/restore-testing/restore-ways';

/** The restore runbook of an app. */
export interface Runbook {
  /** In the order in which they are restored. */
  readonly resources: readonly RunbookResource[];
  /** Resources without recovery points. */
  readonly lost: readonly { readonly resource: string; readonly type: string; readonly reason: string }[];
}

/** How one resource comes back. */
export interface RunbookResource {
  readonly step: number;
  readonly resource: string;
  readonly stack: string;
  readonly type: string;
  readonly variant?: string;
  /** The ARN as the template has it. */
  readonly arn: string;
  readonly order: number;
  readonly way: string;
  readonly byHand?: string;
  readonly points: readonly RunbookPoints[];
  readonly commands: readonly RunbookCommand[];
  readonly items?: string;
  readonly importType?: string;
  /** How sure the metadata keys in the commands are. */
  readonly metadataKeys: RestoreWay['keys'];
  /** Only a restore measures it. */
  readonly expectedDuration: 'unknown';
  readonly tested: boolean;
  /** The state machines that restore it. */
  readonly runbooks: readonly string[];
  readonly source: string;
}

/** Where recovery points are. */
export interface RunbookPoints {
  readonly vault: string;
  readonly kind: 'primary' | 'air-gapped' | 'copy';
  readonly place: string;
  readonly rule: string;
  readonly everyMinutes?: number;
  /** Null: forever; undefined if it isn't known. */
  readonly keptDays?: number | null;
  readonly continuous: boolean;
}

export interface RunbookCommand {
  readonly what: string;
  readonly command: string;
}

/** Derives the restore runbook from what protects each resource. */
export function runbookOf(inventory: Inventory, coverage: Coverage): Runbook {
  const lost: Runbook['lost'][number][] = [];
  const restored: Omit<RunbookResource, 'step'>[] = [];
  for (const each of coverage.resources) {
    const type = known(each.resource.resourceType) as string | undefined;
    const way = type === undefined ? undefined : RESTORE_WAYS[type];
    const points = pointsOf(inventory, each);
    if (points.length > 0 && type !== undefined && way) restored.push(entryOf(each, type, way, points));
    else
      lost.push({
        resource: resourceName(each.resource),
        type: type ?? 'unknown',
        reason: reasonOf(each, way, type),
      });
  }
  const sorted = restored
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.order - b.entry.order || a.index - b.index);
  return { resources: sorted.map(({ entry }, index) => ({ step: index + 1, ...entry })), lost };
}

function reasonOf(each: ResourceCoverage, way: RestoreWay | undefined, type: string | undefined): string {
  if (each.status === 'opted-out') return `opted out: ${each.optOut?.reason ?? 'no reason given'}`;
  if (each.reasons.length > 0) return `its jobs fail: ${each.reasons.join(', ')}`;
  if (each.perhaps.length > 0) return 'whether a plan selects it is known only at deployment';
  if (type !== undefined && !way && each.plans.length > 0) return `no way to restore ${type} is known`;
  return 'no plan selects it';
}

function entryOf(
  each: ResourceCoverage,
  type: string,
  way: RestoreWay,
  points: readonly RunbookPoints[],
): Omit<RunbookResource, 'step'> {
  const { resource } = each;
  const arn = showText(resource.arn);
  return {
    resource: resourceName(resource),
    stack: resource.place.stack,
    type,
    variant: resource.variant,
    arn,
    order: way.order,
    way: way.way,
    byHand: way.byHand,
    points,
    commands: commandsFor(way, points, arn),
    items: way.items?.what,
    importType: way.imports?.type,
    metadataKeys: way.keys,
    expectedDuration: 'unknown',
    tested: each.tested,
    runbooks: each.runbooks.map(({ place }) => place.constructPath ?? place.logicalId),
    source: way.source,
  };
}

function pointsOf(inventory: Inventory, { plans }: ResourceCoverage): RunbookPoints[] {
  return plans.flatMap((plan) => plan.rules.flatMap((rule) => ofRule(inventory, plan.name, rule)));
}

function ofRule(inventory: Inventory, plan: string, facts: RuleFacts): RunbookPoints[] {
  const { rule } = facts;
  const base = { rule: `${facts.name} of ${plan}`, everyMinutes: facts.intervalMinutes };
  const kept = (days: number | undefined) => (days === Number.POSITIVE_INFINITY ? null : days);
  const at = (link: Link | undefined) => {
    const { vault, account, region } = findDestination(inventory, link);
    const place = [account, region].filter((part) => typeof part === 'string').join(', ');
    return {
      vault: vault ? showText(vault.name) : vaultNameOf(link),
      place: place || 'the account and Region of the plan',
    };
  };
  const continuous = facts.continuous === true;
  const primary = {
    ...base,
    ...at(rule.vault),
    kind: 'primary' as const,
    keptDays: kept(facts.retentionDays),
    continuous,
  };
  const airGapped = rule.airGappedVault && {
    ...base,
    ...at(rule.airGappedVault),
    kind: 'air-gapped' as const,
    keptDays: kept(facts.retentionDays),
    continuous: false,
  };
  const copies = rule.copies.items.map((copy, index) => ({
    ...base,
    ...at(copy.vault),
    kind: 'copy' as const,
    keptDays: kept(facts.copies[index]?.retentionDays),
    continuous: false,
  }));
  return [primary, ...(airGapped ? [airGapped] : []), ...copies];
}

function vaultNameOf(link: Link | undefined): string {
  const text = link === undefined ? 'unknown' : showText(link.text);
  return text.split(':backup-vault:').at(-1) as string;
}

/** What is filled in by hand is in capitals. */
function commandsFor(way: RestoreWay, points: readonly RunbookPoints[], arn: string): RunbookCommand[] {
  const vaults = [...new Set(points.map(({ vault }) => vault))];
  const changes = Object.entries(way.changes).map(
    ([key, value]) => `.${key} = "${value.replace('{name}', 'NEW_NAME')}"`,
  );
  const filter = ['.RestoreMetadata', ...changes].join(' | ');
  return [
    ...vaults.map((vault) => ({
      what: `Find a recovery point in ${vault}`,
      command: `aws backup list-recovery-points-by-backup-vault --backup-vault-name ${quoted(vault)} --by-resource-arn ${quoted(arn)} --query 'RecoveryPoints[].[RecoveryPointArn,CreationDate,Status]' --output table`,
    })),
    {
      what: 'Read its metadata, and change what must not be as it was',
      command: `aws backup get-recovery-point-restore-metadata --backup-vault-name VAULT --recovery-point-arn RECOVERY_POINT | jq ${quoted(filter)} > metadata.json`,
    },
    {
      what: 'Restore it',
      command:
        'aws backup start-restore-job --recovery-point-arn RECOVERY_POINT --iam-role-arn RESTORE_ROLE --metadata file://metadata.json --idempotency-token "$(uuidgen)"',
    },
    { what: 'Wait for it', command: 'aws backup describe-restore-job --restore-job-id RESTORE_JOB' },
  ];
}

/** An argument for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
