/**
 * `npx projen test:oracles [--share 0.1] [--seed N] [--construct NAME] [--all] [--only NAME]`: what others wrote judges
 * the templates of all examples, and of each construct in five environments: cfn-lint and checkov (PyPI), AWS
 * CloudFormation Guard with the rules of AWS Control Tower, and cdk-preflight (npm). With `--all` also trivy (Go). They are
 * installed into `.oracles/`, which is kept for the next time. `--share` takes a part of the combinations, drawn by the
 * seed; CI takes a tenth. `--construct` takes those of one construct.
 *
 * A finding fails it, unless `oracles/accepted.ts` explains it. So do an explanation that no longer applies (in a full
 * run), a construct without a recipe, and a validator that finds nothing wrong with a bad template.
 *
 * Exit code 77: skipped, since no validator can be installed here.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ACCEPTED as OTHERS } from './oracles/accepted';
import { ACCEPTED_TRIVY } from './oracles/accepted-trivy';
import { constructsWithoutRecipe, type Judged, writeTemplates } from './oracles/templates';
import { trivy } from './oracles/trivy';
import { BAD, type Finding, FOLDER, VALIDATORS, type Validator } from './oracles/validators';
import { SKIPPED, Skipped } from './skipped';
import { bold, dim, green, red, table } from './terminal';

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    construct: { type: 'string' },
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const share = Number(values.share);
if (!(share >= 0 && share <= 1)) throw new Error(`--share must be from 0 to 1, got ${values.share}`);

/** The same combinations for the same seed, whatever others there are. */
function isChosen(combination: string): boolean {
  if (values.construct !== undefined) return combination.startsWith(`${values.construct} `);
  const hash = createHash('sha256').update(`${values.seed} ${combination}`).digest();
  return hash.readUInt32BE() / 2 ** 32 < share;
}

const ACCEPTED = [...OTHERS, ...ACCEPTED_TRIVY];
const known = values.all ? [...VALIDATORS, trivy] : VALIDATORS;
const chosen = known.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) throw new Error(`--only must be one of ${known.map(({ name }) => name).join(', ')}`);

const whereOf = ({ template, logicalId, detail }: Finding) => `${template} ${logicalId} ${detail}`;

function findsNothingBad(validator: Validator): boolean {
  const folder = join(FOLDER, 'bad');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'bad.json');
  writeFileSync(file, JSON.stringify(BAD));
  return validator.judge([{ name: 'bad', file, region: 'us-east-1' }]).length === 0;
}

function main(): number {
  const missing = constructsWithoutRecipe();
  for (const name of missing) console.log(`${red('✘')} ${name} has no recipe in scripts/oracles/recipes.ts`);

  const templates: Judged[] = writeTemplates(join(FOLDER, 'templates'), isChosen);
  const used = new Set<number>();
  const rows: string[][] = [];
  let problems = missing.length;
  for (const validator of chosen) {
    const started = Date.now();
    try {
      if (findsNothingBad(validator)) {
        console.log(`${red('✘')} ${validator.name} finds nothing wrong with a bad template`);
        problems++;
      }
      const findings = validator.judge(templates);
      const unexplained = findings.filter((finding) => {
        const index = ACCEPTED.findIndex(
          ({ validator: name, rules, where }) =>
            name === finding.validator &&
            rules.includes(finding.rule) &&
            (where?.test(whereOf(finding)) ?? true),
        );
        if (index >= 0) used.add(index);
        return index < 0;
      });
      for (const { validator: name, rule, template, logicalId, detail } of unexplained)
        console.log(`${red('✘')} ${name} ${rule}: ${template} ${logicalId}\n  ${dim(detail)}`);
      problems += unexplained.length;
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      const explained = String(findings.length - unexplained.length);
      rows.push([validator.name, String(templates.length), explained, String(unexplained.length), seconds]);
    } catch (error) {
      if (!(error instanceof Skipped)) throw error;
      console.log(dim(`${validator.name} skipped: ${error.message}`));
    }
  }
  if (share === 1 && values.construct === undefined)
    for (const [index, { validator, rules, reason }] of ACCEPTED.entries()) {
      if (used.has(index) || !rows.some(([name]) => name === validator)) continue;
      console.log(
        `${red('✘')} ${validator} ${rules.join(', ')} no longer occurs: remove its explanation (${reason})`,
      );
      problems++;
    }
  if (rows.length === 0) return SKIPPED;
  console.log(`\n${bold('Validators')}\n`);
  console.log(table(['validator', '>templates', '>explained', '>unexplained', '>seconds'], rows));
  if (problems === 0) console.log(`\n${green('✔')} no unexplained findings`);
  return problems === 0 ? 0 : 1;
}

process.exitCode = main();
