import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pythonWith } from '../emulator/python';
import { Skipped } from '../skipped';
import type { Judged } from './templates';

/** What a validator says about a template. */
export interface Finding {
  readonly validator: string;
  readonly rule: string;
  /** The template, and the logical ID where the validator says it. */
  readonly template: string;
  readonly logicalId: string;
  readonly detail: string;
}

/** Judges templates. */
export interface Validator {
  readonly name: string;
  /** @throws Skipped if it can't be installed here */
  readonly judge: (templates: readonly Judged[]) => Finding[];
}

export const FOLDER = '.oracles';
const PYTHON_TOOLS = ['cfn-lint==1.58.0', 'checkov==3.3.30'];
const NPM_TOOLS = { cfnguard: '@cdklabs/cdk-validator-cfnguard@0.0.62', preflight: 'cdk-preflight@0.0.143' };
const MAX_OUTPUT = 512 * 1024 * 1024;

/** Runs a program; anything but one of the exit codes is a crash. */
export function run(command: string, args: readonly string[], exitCodes: readonly number[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  if (error) throw error;
  if (status === null || !exitCodes.includes(status))
    throw new Error(
      `${basename(command)} failed with exit code ${status}: ${(stderr || stdout).slice(0, 2000)}`,
    );
  return stdout;
}

const python = () => pythonWith(join(FOLDER, 'venv'), ...PYTHON_TOOLS);

/** The folder of an npm package, which is kept for the next time. */
function npmPackage(spec: string): string {
  const name = spec.slice(0, spec.lastIndexOf('@'));
  const folder = resolve(FOLDER, 'node_modules', name);
  if (existsSync(folder)) return folder;
  const args = ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  const { status } = spawnSync('npm', [...args, ...Object.values(NPM_TOOLS)], {
    stdio: 'ignore',
    timeout: 180_000,
  });
  if (status !== 0) throw new Skipped(`${spec} can't be installed from npm`);
  return folder;
}

export const nameOf = (templates: readonly Judged[]) => {
  const names = new Map(templates.map(({ file, name }) => [basename(file), name]));
  return (file: string) => names.get(basename(file)) ?? basename(file);
};

interface LintMatch {
  readonly Filename: string;
  readonly Level: string;
  readonly Message: string;
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Rule: { readonly Id: string };
}

/** cfn-lint, with the schemas of the Region that the stack is in. */
const cfnLint: Validator = {
  name: 'cfn-lint',
  judge: (templates) => {
    const executable = join(python(), '..', 'cfn-lint');
    const name = nameOf(templates);
    const regions = [...new Set(templates.map(({ region }) => region))];
    return regions.flatMap((region) => {
      const files = templates.filter((one) => one.region === region).map(({ file }) => file);
      const args = ['--format', 'json', '--include-checks', 'I3011', '--regions', region, '--', ...files];
      const matches: LintMatch[] = JSON.parse(run(executable, args, [0, 2, 4, 6, 8, 10, 12, 14]) || '[]');
      return matches.map(({ Filename, Message, Location, Rule }) => ({
        validator: 'cfn-lint',
        rule: Rule.Id,
        template: name(Filename),
        logicalId: String(Location.Path?.[1] ?? ''),
        detail: `${(Location.Path ?? []).slice(2).join('/')}: ${Message}`,
      }));
    });
  },
};

interface CheckovReport {
  readonly results: {
    readonly failed_checks: {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
    readonly parsing_errors: string[];
  };
}

const checkov: Validator = {
  name: 'checkov',
  judge: (templates) => {
    const name = nameOf(templates);
    const directory = join(templates[0].file, '..');
    const args = ['-m', 'checkov.main', '--directory', directory, '--framework', 'cloudformation'];
    const output = run(
      python(),
      [...args, '--output', 'json', '--compact', '--quiet', '--skip-download'],
      [0, 1],
    );
    const report: CheckovReport | { passed: number } = JSON.parse(output);
    if (!('results' in report)) return [];
    const { failed_checks: failed, parsing_errors: unread } = report.results;
    if (unread?.length) throw new Error(`checkov can't read ${unread.join(', ')}`);
    return failed.map(({ check_id, check_name, resource, file_path }) => ({
      validator: 'checkov',
      rule: check_id,
      template: name(file_path),
      logicalId: resource.split('.').at(-1) ?? '',
      detail: `${resource}: ${check_name}`,
    }));
  },
};

interface GuardReport {
  readonly name: string;
  readonly not_compliant: { readonly Rule: { readonly name: string; readonly checks: unknown[] } }[];
}

/** AWS CloudFormation Guard with the rules of AWS Control Tower. */
const controlTower: Validator = {
  name: 'Control Tower',
  judge: (templates) => {
    const folder = npmPackage(NPM_TOOLS.cfnguard);
    const cpu = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
    const system = process.platform === 'darwin' ? 'macos' : 'ubuntu';
    const executable = join(folder, 'bin', system, cpu, 'cfn-guard');
    if (!existsSync(executable)) throw new Skipped(`there is no cfn-guard for ${process.platform} ${cpu}`);
    const name = nameOf(templates);
    const rules = join(folder, 'rules', 'control-tower', 'cfn-guard');
    const data = templates.flatMap(({ file }) => ['--data', file]);
    const args = ['validate', '--rules', rules, ...data, '--output-format', 'json', '--structured'];
    const output = run(executable, [...args, '--show-summary', 'none'], [0, 19]);
    const reports: GuardReport[] = JSON.parse(output);
    return reports.flatMap((report) =>
      report.not_compliant.flatMap(({ Rule: { name: check, checks } }) => {
        const text = JSON.stringify(checks);
        const resources = [...text.matchAll(/"path":"\/Resources\/(\w+)/g)].map(([, id]) => id);
        const [rule, detail] = /\[(CT\.[\w.]+)\]: ([^\\]*)/.exec(text)?.slice(1) ?? [check, ''];
        const template = name(report.name);
        return [...new Set(resources)].map((logicalId) => ({
          validator: 'Control Tower',
          rule,
          template,
          logicalId,
          detail,
        }));
      }),
    );
  },
};

interface Engine {
  validateStandard(template: unknown, config: object): { readonly diagnostics: readonly Diagnostic[] };
  free(): void;
}
interface Diagnostic {
  readonly ruleId?: string;
  readonly severity?: string;
  readonly message?: string;
  readonly resource?: { readonly logicalId?: string };
}

/** One module a service: thousands of modules take a minute to compile. */
function byService(rules: readonly { readonly service: string; readonly rego: string }[]) {
  const bodies = new Map<string, string[]>();
  for (const { service, rego } of rules)
    bodies.set(service, [...(bodies.get(service) ?? []), rego.replace(/^(?:package|import)\s.*\n/gm, '')]);
  return [...bodies].map(([name, texts]) => ({
    name,
    content: `package cdk_preflight\n\nimport rego.v1\n${texts.join('\n')}`,
  }));
}

/** AWS's own engine, which aws-cdk-lib brings, with the rules of cdk-preflight. */
const preflight: Validator = {
  name: 'cdk-preflight',
  judge: (templates) => {
    const folder = npmPackage(NPM_TOOLS.preflight);
    const home = join(require.resolve('aws-cdk-lib/package.json'), '..');
    const engine = require(require.resolve('@aws/cloudformation-validate', { paths: [home] }));
    const { BUNDLED_RULES, BUNDLED_LIBS } = require(join(folder, 'lib', 'rules.generated'));
    const libraries = (BUNDLED_LIBS as { name: string; rego: string }[]).map(({ name, rego }) => ({
      name,
      content: rego,
    }));
    const validator: Engine = new engine.RegoEngine({
      customRules: [...libraries, ...byService(BUNDLED_RULES)],
    });
    try {
      return templates.flatMap(({ name, file }) =>
        validator
          .validateStandard(new engine.TemplateFile(file), { severityLevel: 'WARN' })
          .diagnostics.map(({ ruleId = '', message = '', resource }) => ({
            validator: 'cdk-preflight',
            rule: ruleId,
            template: name,
            logicalId: resource?.logicalId ?? '',
            detail: message,
          })),
      );
    } finally {
      validator.free();
    }
  },
};

export const VALIDATORS: readonly Validator[] = [cfnLint, checkov, controlTower, preflight];

/** A template in which each validator must find something. */
export const BAD = JSON.parse(readFileSync(join(__dirname, 'bad.json'), 'utf8')) as object;
