import { createHash } from 'node:crypto';
import * as path from 'node:path';
import type { LocatedFinding } from '../../checks/engine/located-findings';
import { relativeTo } from './place-labels';
import { TemplateLines } from './template-lines';

/** A line of a file. */
export interface FileLine {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** Where findings are: in the user's code if it is in the working directory, otherwise in the template. */
export class FindingPlaces {
  private readonly lines: TemplateLines;

  constructor(
    findings: readonly LocatedFinding[],
    private readonly cwd: string,
  ) {
    this.lines = new TemplateLines(placesOf(findings));
  }

  /** What a review shows. Paths in the working directory are relative to it. */
  public of(finding: LocatedFinding): FileLine {
    return this.inCode(finding) ?? this.inTemplate(finding);
  }

  /** The line of code, unless it is outside of the working directory. */
  public inCode({ source }: LocatedFinding): FileLine | undefined {
    if (!source) return undefined;
    const file = relativeTo(this.cwd, source.file);
    return path.isAbsolute(file) ? undefined : { ...source, file };
  }

  public inTemplate({ place }: LocatedFinding): FileLine {
    return {
      file: relativeTo(this.cwd, place.file),
      line: this.lines.of(place.file, place.pathInTemplate),
    };
  }
}

/** The same for the same finding in the next run, even if lines have moved. */
export function fingerprint({ id, place }: LocatedFinding): string {
  const { stack, logicalId, pathInTemplate } = place;
  return createHash('sha256')
    .update([id, stack, logicalId, pathInTemplate].join('\0'))
    .digest('hex')
    .slice(0, 16);
}

/** Fingerprints that are distinct in a report: the second finding of the same kind in the same place has another one. */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  /** The fingerprint, and how often it has occurred. */
  public of(finding: LocatedFinding): { readonly hash: string; readonly occurrence: number } {
    const hash = fingerprint(finding);
    const occurrence = (this.seen.get(hash) ?? 0) + 1;
    this.seen.set(hash, occurrence);
    return { hash, occurrence };
  }
}

function placesOf(findings: readonly LocatedFinding[]): Map<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  for (const { place } of findings) {
    const own = places.get(place.file);
    if (own) own.add(place.pathInTemplate);
    else places.set(place.file, new Set([place.pathInTemplate]));
  }
  return places;
}
