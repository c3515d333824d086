import * as path from 'node:path';
import type { LocatedFinding } from '../../checks/engine/located-findings';
import { pathInResource } from '../../inventory/core/item';
import type { FindingData } from './page-data';

/** @param cwd source files in this folder are shown relative to it */
export function findingData(
  finding: LocatedFinding & { readonly reason?: string },
  cwd: string,
): FindingData {
  const { id, severity, place, source, message, fix, reason } = finding;
  const { stack, logicalId, constructPath } = place;
  return {
    id,
    severity,
    stack,
    logicalId,
    constructPath,
    path: pathInResource(place) || undefined,
    source: source && `${relative(cwd, source.file)}:${source.line}`,
    message,
    fix,
    reason,
  };
}

function relative(cwd: string, file: string): string {
  const inside = path.relative(cwd, path.resolve(cwd, file));
  return inside.startsWith('..') || path.isAbsolute(inside) ? file : inside.split(path.sep).join('/');
}
