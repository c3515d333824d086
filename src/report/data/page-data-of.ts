import type { AcknowledgedFinding } from '../../checks/engine/acknowledged-findings';
import type { LocatedFinding } from '../../checks/engine/located-findings';
import type { Change } from '../../forecast/difference/change';
import type { Forecast } from '../../forecast/outlook/forecast';
import { FINDINGS } from '../../values/findings/registry';
import type { Topology } from '../topology/topology';
import type { ConformanceData } from './conformance-data';
import type { CostData } from './cost-data';
import { findingData } from './finding-data';
import type { OrganizationData } from './organization-data';
import type { CheckData, PageData } from './page-data';
import { ResourceTable } from './resource-table';
import { topologyData } from './topology-data';

/** What a page is about. */
export interface PageInput {
  readonly title: string;
  readonly version: string;
  readonly now: Date;
  readonly forecast: Forecast;
  readonly topology: Topology;
  readonly findings: readonly LocatedFinding[];
  readonly acknowledged: readonly (AcknowledgedFinding & LocatedFinding)[];
  readonly baselined?: number;
  readonly changes?: readonly Change[];
  readonly organization?: OrganizationData;
  readonly cost?: CostData;
  readonly conformance?: ConformanceData;
  /** Source files are shown relative to this folder. */
  readonly cwd: string;
}

/** The data of a page. */
export function pageDataOf(input: PageInput): PageData {
  const { forecast, findings, acknowledged, cwd } = input;
  const { period, coverage, resources, vaults, timeline } = forecast;
  const table = new ResourceTable(vaults);
  for (const resource of resources) table.add(resource);
  return {
    title: input.title,
    version: input.version,
    createdAt: input.now.toISOString(),
    period,
    summary: coverage.summary,
    ...table.data(),
    timeline: timeline.map(({ at, alive, warm, cold }) => ({ at, alive, warm, cold })),
    checks: checksOf([...findings, ...acknowledged]),
    findings: findings.map((finding) => findingData(finding, cwd)),
    acknowledged: acknowledged.map((finding) => findingData(finding, cwd)),
    baselined: input.baselined,
    topology: topologyData(input.topology),
    changes: input.changes,
    organization: input.organization,
    cost: input.cost,
    conformance: input.conformance,
  };
}

function checksOf(findings: readonly LocatedFinding[]): Record<string, CheckData> {
  const checks: Record<string, CheckData> = {};
  for (const { id, severity, docs } of findings) {
    const { what, why } = FINDINGS[id];
    checks[id] ??= { severity, sentence: what, why, docs };
  }
  return checks;
}
