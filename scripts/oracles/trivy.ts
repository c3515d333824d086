import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Skipped } from '../skipped';
import { FOLDER, nameOf, run, type Validator } from './validators';

const MODULE = 'github.com/aquasecurity/trivy/cmd/trivy@v0.74.0';
/** On two cores that do nothing else. */
const MINUTES = 40;

interface Report {
  readonly Results?: readonly {
    readonly Target: string;
    readonly Misconfigurations?: readonly {
      readonly ID: string;
      readonly Title: string;
      readonly CauseMetadata?: { readonly StartLine?: number };
    }[];
  }[];
}

/** Trivy, built from its Go module. It takes half an hour once, so that it is not part of a quick run. */
export const trivy: Validator = {
  name: 'trivy',
  judge: (templates) => {
    const name = nameOf(templates);
    const folder = join(templates[0].file, '..');
    const args = ['config', '--format', 'json', '--quiet', '--skip-check-update', folder];
    const report: Report = JSON.parse(run(binary(), args, [0]));
    return (report.Results ?? []).flatMap(({ Target, Misconfigurations = [] }) => {
      if (Misconfigurations.length === 0) return [];
      const lines = readFileSync(join(folder, Target), 'utf8').split('\n');
      return Misconfigurations.map(({ ID, Title, CauseMetadata }) => {
        const { logicalId, type } = resourceAt(lines, CauseMetadata?.StartLine ?? 0);
        return {
          validator: 'trivy',
          rule: ID,
          template: name(Target),
          logicalId,
          detail: `${type} ${Title.split('. ')[0]}`,
        };
      });
    });
  },
};

function binary(): string {
  const file = resolve(FOLDER, 'bin', 'trivy');
  if (existsSync(file)) return file;
  const { status } = spawnSync('go', ['install', MODULE], {
    env: { ...process.env, GOBIN: resolve(FOLDER, 'bin'), GOEXPERIMENT: 'jsonv2' }, // it imports encoding/json/v2
    stdio: 'ignore',
    timeout: MINUTES * 60_000,
  });
  if (status !== 0) throw new Skipped("there is no Go here, or Trivy can't be built");
  return file;
}

/** The resource that a line of a template belongs to: Trivy tells nothing but lines. */
function resourceAt(lines: readonly string[], line: number): { logicalId: string; type: string } {
  let head = line - 1;
  while (head > 0 && !/^ {2}"\w+": \{$/.test(lines[head])) head--;
  const type = lines.slice(Math.max(head, 0)).find((text) => /^ {3}"Type": /.test(text));
  return { logicalId: lines[head]?.split('"')[1] ?? '', type: type?.split('"')[3] ?? '' };
}
