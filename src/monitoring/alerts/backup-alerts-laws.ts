import type { IConstruct } from 'constructs';
import { flagProblems, kindProblems, listProblems, textProblems } from '../../resources/core/argument-checks';
import { isVault } from '../../resources/vault/vault-reference';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { topicProblems } from '../core/topic-permission';
import { BackupAlert } from './backup-alert';
import type { BackupAlertsProps } from './backup-alerts-props';

/** Checks the properties of alerts. */
export function alertProblems(scope: IConstruct, props: BackupAlertsProps): Problem[] {
  const { topic, alerts, vaults, keys, runbook, eventBus, chat } = props;
  const all = Object.values(BackupAlert);
  return [
    ...unknownPropertyProblems(props, 'BackupAlertsProps'),
    ...topicProblems(scope, topic),
    ...listProblems(alerts, (alert: BackupAlert) => all.includes(alert), {
      id: 'Backup-AlertKinds',
      property: 'alerts',
      what: 'a `BackupAlert`',
      fix: 'for example, use `BackupAlert.BACKUP_FAILED`',
    }),
    ...emptyProblems('Backup-AlertKinds', 'alerts', alerts),
    ...listProblems(vaults, isVault, {
      id: 'Backup-AlertVaults',
      property: 'vaults',
      what: 'a backup vault',
      fix: 'pass a `BackupVault` or a `LogicallyAirGappedVault`',
    }),
    ...emptyProblems('Backup-AlertVaults', 'vaults', vaults),
    ...listProblems(keys, (key) => typeof key === 'object' && 'keyRef' in key, {
      id: 'Backup-AlertKeys',
      property: 'keys',
      what: 'a key',
      fix: 'pass a `kms.Key`',
    }),
    ...kindProblems(eventBus, (bus) => typeof bus === 'object' && 'eventBusRef' in bus, {
      id: 'Backup-EventBus',
      property: 'eventBus',
      what: 'an event bus',
      fix: 'pass an `events.EventBus`',
    }),
    ...flagProblems('Backup-AlertChat', 'chat', chat),
    ...textProblems('Backup-AlertRunbook', 'runbook', runbook, 500),
  ];
}

/** An empty list would match nothing, or everything. */
function emptyProblems(id: Problem['id'], property: string, list: unknown): Problem[] {
  if (!Array.isArray(list) || list.length > 0) return [];
  return [
    problem({
      id,
      property,
      message: (label) => `${label(property)} must have at least one element, got none`,
      fix: (label) => `omit ${label(property)} to use the default`,
    }),
  ];
}
