import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as library from '../../src';
import { COMMANDS } from '../../src/cli/commands';
import { readArguments } from '../../src/cli/core/arguments';
import { FINDINGS } from '../../src/values/findings/registry';
import { cdkBackup, planTemplate, workFolder } from '../cli/core/command';
import { type DocBlock, runBlock, typeErrors } from '../support/doc-blocks';

const PAGE = 'skills/aws-backup/SKILL.md';
const TEXT = readFileSync(join(__dirname, '../..', PAGE), 'utf8');
const [, HEAD, BODY] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(TEXT) as RegExpExecArray;
const file = workFolder();

const fences = (language: string) =>
  [...BODY.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code);

test('the skill has a name, that of its folder, and a description of when to use it', () => {
  const { name, description, ...rest } = parse(HEAD);
  expect([name, rest]).toEqual(['aws-backup', {}]);
  expect(description).toMatch(/Use when /);
  expect(description.length).toBeLessThanOrEqual(1024);
  expect(TEXT.split('\n').length).toBeLessThanOrEqual(100);
});

test('its code compiles, runs, and passes the checks', () => {
  const blocks = fences('ts nofixture').map(
    (code, line): DocBlock => ({ page: PAGE, line, usesFixture: false, code }),
  );
  expect(blocks.length).toBeGreaterThan(0);
  expect(typeErrors(blocks)).toEqual([]);
  for (const block of blocks) expect(runBlock(block)).toEqual({ errors: [], warnings: [] });
});

test('every class that it names is public', () => {
  const names = [
    ...BODY.matchAll(
      /`((?:[A-Z][a-z]+)+(?:Backup|Rule|Lock|Vault|Plan|Checks|Out)|Backup[A-Z]\w+|Retention)`/g,
    ),
  ];
  expect(names.length).toBeGreaterThan(5);
  for (const [, name] of names) expect(Object.keys(library)).toContain(name);
});

test('every command that it names exists, with these options', () => {
  const lines = [
    ...fences('sh')
      .join('')
      .matchAll(/^npx cdk-backup (.*)$/gm),
  ].map(([, line]) => line.split(' '));
  expect(lines.length).toBeGreaterThan(3);
  for (const [name, ...args] of lines) {
    const command = COMMANDS.find((known) => known.name === name);
    expect(command && readArguments(command, args)).toBeDefined();
  }
});

test('every id that it names exists, and every member of a finding is in the JSON', () => {
  for (const [id] of BODY.matchAll(/Backup-[A-Z]\w+/g)) expect(Object.keys(FINDINGS)).toContain(id);
  const template = planTemplate('no!') as { Resources: { Plan: object } };
  Object.assign(template.Resources.Plan, { Metadata: { 'aws:cdk:path': 'Shop/Plan' } });
  const { stdout } = cdkBackup(['check', file('t.json', JSON.stringify(template)), '--format', 'json']);
  const [finding] = JSON.parse(stdout).findings;
  const members = [...BODY.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  // the line of the code is only in assemblies
  expect(members.filter((name) => name !== 'source').every((name) => name in finding)).toBe(true);
  expect(members).toContain('source');
});

test('what it says of the configuration is in the schema', () => {
  const schema = readFileSync(join(__dirname, '../../schema/cdk-backup.schema.json'), 'utf8');
  for (const name of ['ignore', 'place', 'reason', 'until']) expect(schema).toContain(`"${name}"`);
});

test('the skill is in the package, with the schema', () => {
  const ignored = readFileSync(join(__dirname, '../../.npmignore'), 'utf8').split('\n');
  for (const folder of ['skills', 'schema', 'bin']) {
    expect(existsSync(join(__dirname, '../..', folder))).toBe(true);
    expect(ignored).not.toContain(`/${folder}/`);
  }
});
