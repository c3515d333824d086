/** What may be lost, in the order of reports. */
export const SCENARIOS = [
  'resource',
  'stack',
  'key',
  'workloadAccount',
  'region',
  'backupAccount',
  'managementAccount',
] as const;

export type Scenario = (typeof SCENARIOS)[number];
