import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { copyRegionProblems } from '../../values/copy/copy-region-laws';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { overlapProblems } from '../../values/plan/overlap';
import {
  type CapabilityAsks,
  type CopyAsk,
  capabilityProblems,
} from '../../values/resource-type/capability-laws';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { appMemory } from '../core/app-memory';
import type { KnownTypes } from '../selection/selected-resources';
import { copyAccessProblems } from '../vault/copy-access';
import { isAirGapped } from '../vault/vault-facts';
import type { BackupRule } from './backup-rule';
import type { CopyAction } from './copy-action';
import { ofRule } from './plan-laws';

/** Finds rules that never run because others overlap. Plans of an app often share rules, which are compared only once. */
export function planOverlapProblems(plan: IConstruct, rules: readonly BackupRule[]): Problem[] {
  if (rules.length < 2) return [];
  const signature = rules
    .map((rule) => [rule, rule.startWindowMinutes ?? '', rule.isContinuous].join('|'))
    .join('\n');
  const memory = appMemory<Problem[]>(plan, 'ruleOverlaps');
  const problems = memory.get(signature) ?? overlapProblems(rules, new Date());
  memory.set(signature, problems);
  return problems;
}

/** Finds features that the rules use and the selected types don't support. */
export function planCapabilityProblems(
  plan: IConstruct,
  rules: readonly BackupRule[],
  { types, complete }: KnownTypes,
  scanned: readonly ResourceType[],
): Problem[] {
  if (types.length === 0) return [];
  const here = Stack.of(plan);
  return rules.flatMap((rule) => {
    const asks: CapabilityAsks = {
      continuous: rule.isContinuous,
      coldStorage: rule.coldStorageAfterDays !== undefined,
      archive: complete && rule.archive,
      copies: rule.copies.map((copy) => copyAsk(here, copy)),
      airGappedPrimary: rule.airGappedVault !== undefined,
      index: complete && rule.index ? [rule.index.name] : [],
      scan: complete && rule.scan ? scanned.map((type) => type.name) : [],
    };
    return [
      ...capabilityProblems(types, asks),
      ...rule.copies.flatMap((copy) =>
        copyRegionProblems(types, copyAsk(here, copy), copyRegions(here, copy), 'copies'),
      ),
    ].map((problem) => ofRule(rule, problem));
  });
}

/** Finds copies into vaults of the app in other accounts, which don't let the account of the plan in. */
export function planCopyAccessProblems(plan: IConstruct, rules: readonly BackupRule[]): Problem[] {
  return rules.flatMap((rule) =>
    rule.copies
      .flatMap(({ _vault: vault }) => (vault ? copyAccessProblems(plan, vault, 'copies') : []))
      .map((problem) => ofRule(rule, problem)),
  );
}

/** The source and destination Regions of a copy, as far as they are known. */
export function copyRegions(here: { region: string }, copy: CopyAction): string[] {
  const arn = copy.destinationVaultArn;
  const there = copy._vault?.env.region ?? (isKnown(arn) ? arn.split(':')[3] : undefined);
  return there === undefined ? [here.region] : [here.region, there];
}

/** The features that a copy from an account and Region needs. */
export function copyAsk(here: { account: string; region: string }, copy: CopyAction): CopyAsk {
  const arn = copy.destinationVaultArn;
  const [, , , region, account] = isKnown(arn) ? arn.split(':') : [];
  const there = copy._vault?.env ?? { account, region };
  const differs = (mine: string, theirs: string | undefined) =>
    theirs === undefined || !isKnown(mine) || !isKnown(theirs) ? undefined : mine !== theirs;
  return {
    crossRegion: differs(here.region, there.region),
    crossAccount: differs(here.account, there.account),
    airGapped: isAirGapped(copy._vault),
  };
}
