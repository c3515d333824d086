import type { Scenario } from '../src/forecast/survival/scenarios';

/** What is lost, in words. */
export const SCENARIO_TEXT: Readonly<Record<Scenario, string>> = {
  resource: 'Resource',
  stack: 'Stack',
  key: 'Key',
  workloadAccount: 'Account',
  region: 'Region',
  backupAccount: 'Backup account',
  managementAccount: 'Management account',
};
