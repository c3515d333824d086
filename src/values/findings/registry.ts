import { ARGUMENT_FINDINGS } from './argument-findings';
import { AUDIT_FINDINGS } from './audit-findings';
import { COMPLIANCE_FINDINGS } from './compliance-findings';
import { COPY_FINDINGS } from './copy-findings';
import { CUSTOM_FINDINGS } from './custom-findings';
import type { FindingFacts } from './finding';
import { HYPERVISOR_FINDINGS } from './hypervisor-findings';
import { MONITORING_FINDINGS } from './monitoring-findings';
import { OBJECTIVE_FINDINGS } from './objective-findings';
import { ORGANIZATION_FINDINGS } from './organization-findings';
import { PATTERN_FINDINGS } from './pattern-findings';
import { PLAN_FINDINGS } from './plan-findings';
import { RESOURCE_TYPE_FINDINGS } from './resource-type-findings';
import { RESTORE_TESTING_FINDINGS } from './restore-testing-findings';
import { ROLE_FINDINGS } from './role-findings';
import { SCHEDULE_FINDINGS } from './schedule-findings';
import { SELECTION_FINDINGS } from './selection-findings';
import { SETTINGS_FINDINGS } from './settings-findings';
import { TEMPLATE_FINDINGS } from './template-findings';
import { VAULT_FINDINGS } from './vault-findings';

export type { FindingFacts, Severity } from './finding';

const ALL = {
  ...ARGUMENT_FINDINGS,
  ...AUDIT_FINDINGS,
  ...COMPLIANCE_FINDINGS,
  ...COPY_FINDINGS,
  ...CUSTOM_FINDINGS,
  ...HYPERVISOR_FINDINGS,
  ...MONITORING_FINDINGS,
  ...OBJECTIVE_FINDINGS,
  ...ORGANIZATION_FINDINGS,
  ...PATTERN_FINDINGS,
  ...PLAN_FINDINGS,
  ...RESOURCE_TYPE_FINDINGS,
  ...RESTORE_TESTING_FINDINGS,
  ...ROLE_FINDINGS,
  ...SCHEDULE_FINDINGS,
  ...SELECTION_FINDINGS,
  ...SETTINGS_FINDINGS,
  ...TEMPLATE_FINDINGS,
  ...VAULT_FINDINGS,
} as const satisfies Record<string, FindingFacts>;

/** The id of a finding: stable, public API. One that isn't listed doesn't compile. */
export type FindingId = keyof typeof ALL;

/** Every finding that a user may meet, by its id. */
export const FINDINGS: Readonly<Record<FindingId, FindingFacts>> = ALL;
