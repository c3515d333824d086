/**
 * `npx projen try [examples/….ts …]`: synthesizes an example as the CDK CLI would, with the flags of `cdk init` and
 * CDK's CloudFormation validation in strict mode, and shows what was made.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { backupResources, type Template } from './backup-resources';
import { bold, dim, green, red, table } from './terminal';

const CONTEXT = {
  ...recommendedFlags,
  '@aws-cdk/core:strictCfnValidateErrors': true, // warnings fail too
  'aws:cdk:enable-path-metadata': true, // the table names constructs by their paths
};

/** Runs one example; false when it failed, with the reason printed. */
function run(example: string): boolean {
  const outdir = join('cdk.out', basename(example, '.ts'));
  rmSync(outdir, { recursive: true, force: true });
  const { CDK_VALIDATION: _, ...env } = process.env;
  const started = Date.now();
  console.log(dim(`synthesizing ${example} with CDK's CloudFormation validation …`));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve('ts-node/dist/bin'), '--project', 'tsconfig.dev.json', example],
    {
      encoding: 'utf8',
      env: {
        ...env,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify(CONTEXT),
        CDK_APP_MODE: 'process', // a failed validation is a report, not a stack trace
        JSII_DEPRECATED: 'quiet', // aws-cdk-lib uses its own deprecated properties
      },
    },
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status !== 0 || !existsSync(join(outdir, 'manifest.json'))) {
    console.log(`\n${red('✘')} ${bold(example)}: not synthesized (exit code ${status})`);
    return false;
  }

  console.log(`\n${bold(example)} ${dim(`synthesized in ${seconds} s`)}`);
  const stacks = new CloudAssembly(outdir).stacksRecursively;
  for (const stack of stacks) show(stack);
  const found = findings(outdir);
  if (stacks.length === 0) console.log(`\n${red('✘')} no stack`);
  if (found > 0)
    console.log(`\n${red('✘')} ${found} findings of CDK's CloudFormation validation, in strict mode`);
  else console.log(`\n${green('✔')} CDK's CloudFormation validation in strict mode: no findings`);
  return found === 0 && stacks.length > 0;
}

function show(stack: CloudFormationStackArtifact): void {
  const template: Template = stack.template;
  const { vaults, plans, selections } = backupResources(template, stack.hierarchicalId);
  const { account, region } = stack.environment;
  const known = [account, region].filter((part) => !part.startsWith('unknown-'));
  const section = (title: string, text: string) => console.log(`\n  ${title}\n${text}`);

  console.log(`\nStack ${bold(stack.hierarchicalId)}${known.length > 0 ? ` in ${known.join(', ')}` : ''}`);
  if (vaults.length > 0) section('Vaults', table(['name', 'encrypted with', 'lock'], vaults));
  for (const { name, rules } of plans) {
    const targets = new Set(rules.map((rule) => rule[VAULT]));
    const title = `Plan ${bold(name)}${targets.size === 1 ? ` into vault ${[...targets][0]}` : ''}`;
    section(title, targets.size === 1 ? table(...without(VAULT, RULE, rules)) : table(RULE, rules));
  }
  if (selections.length > 0)
    section(
      'Selections',
      plans.length === 1 ? table(...without(PLAN, SELECTION, selections)) : table(SELECTION, selections),
    );
  const count = Object.keys(template.Resources ?? {}).length;
  console.log(`\n  Template ${bold(relative('', stack.templateFullPath))} ${dim(`${count} resources`)}`);
}

const RULE = ['rule', 'schedule', 'time zone', 'vault', 'kept', 'cold storage', 'copies'];
const VAULT = RULE.indexOf('vault');
const SELECTION = ['name', 'plan', 'selects', 'role'];
const PLAN = SELECTION.indexOf('plan');

/** A table without the column that would say the same in every row. */
function without(column: number, header: string[], rows: string[][]): [string[], string[][]] {
  const rest = (cells: string[]) => cells.filter((_, index) => index !== column);
  return [rest(header), rows.map(rest)];
}

/** How many things the validation report names; nothing is in it when all is well. */
function findings(outdir: string): number {
  const file = join(outdir, 'validation-report.json');
  if (!existsSync(file)) throw new Error(`CDK's validation didn't run: ${file} is missing`);
  const report: { pluginReports: { violations: unknown[] }[] } = JSON.parse(readFileSync(file, 'utf8'));
  return report.pluginReports.reduce((sum, { violations }) => sum + violations.length, 0);
}

if (require.main === module) {
  const examples = process.argv.slice(2);
  if (examples.length === 0) examples.push('examples/quick-start.ts');
  const fine = examples.map(run);
  process.exitCode = fine.every(Boolean) ? 0 : 1;
}
