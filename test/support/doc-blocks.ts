import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Construct } from 'constructs';
import ts from 'typescript';
import { BackupChecks, BackupPlan, BackupRule, BackupVault, CopySource, Retention } from '../../src';

const ROOT = join(__dirname, '..', '..');
const FIXTURE = readFileSync(join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');
const WORKLOAD = '111122223333';
const BACKUP = '444455556666';

/** A TypeScript block of the README or of a page in docs/. */
export interface DocBlock {
  readonly page: string;
  /** The line of its fence. */
  readonly line: number;
  /** False for a block that is a whole app: ```` ```ts nofixture ````. */
  readonly usesFixture: boolean;
  readonly code: string;
}

/** What a block makes its app report: `id construct/path: message`. */
export interface BlockReport {
  readonly errors: string[];
  readonly warnings: string[];
}

/** The README and the pages in docs/, with their paths in the repository. */
export function docPages(): string[] {
  const pages = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', ...pages.sort().map((file) => `docs/${file}`)];
}

/** The text of a page. */
export function pageText(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** Every TypeScript block of every page. */
export function docBlocks(): DocBlock[] {
  return docPages().flatMap((page) => blocksOf(page, pageText(page)));
}

function blocksOf(page: string, text: string): DocBlock[] {
  const found: DocBlock[] = [];
  for (const { index, 1: info, 2: code } of text.matchAll(/^```(ts\b.*)\n([\s\S]*?)^```$/gm)) {
    const line = text.slice(0, index).split('\n').length;
    if (info !== 'ts' && info !== 'ts nofixture')
      throw new Error(`${page}:${line}: the fence must be \`ts\` or \`ts nofixture\`, got \`${info}\``);
    found.push({ page, line, usesFixture: info === 'ts', code });
  }
  return found;
}

/** The block as a module: as it is, or in the constructor of the fixture's stack with its imports above. */
export function blockModule({ usesFixture, code }: DocBlock, head = ''): string {
  if (!usesFixture) return code;
  const imports = /^import\s[\s\S]*?;\n/gm;
  const body = code.replace(imports, '');
  return [...(code.match(imports) ?? []), FIXTURE.replace('/// here', () => `${head}{\n${body}\n}`)].join('');
}

/** Runs the block in an app of its own with the flags of `cdk init`, synthesizes it, and returns what is reported. */
export function runBlock(block: DocBlock): BlockReport {
  const { CDK_CONTEXT_JSON, JSII_DEPRECATED } = process.env;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(recommendedFlags);
  process.env.JSII_DEPRECATED = 'fail';
  const printed = jest.spyOn(console, 'error').mockImplementation(() => {}); // the report in words
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'block-')); // a block may write files
  process.chdir(folder);
  try {
    const app = block.usesFixture ? fixtureApp(block) : ownApp(block);
    try {
      return synthesize(app, block);
    } finally {
      rmSync(app.outdir, { recursive: true, force: true });
    }
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
    printed.mockRestore();
    restore('CDK_CONTEXT_JSON', CDK_CONTEXT_JSON);
    restore('JSII_DEPRECATED', JSII_DEPRECATED);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** The app of a block that makes one, not synthesized yet. */
export function ownApp(block: DocBlock): App {
  const apps: App[] = [];
  const synth = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
    return undefined as unknown as ReturnType<App['synth']>;
  });
  try {
    execute(blockModule(block), {});
  } finally {
    synth.mockRestore();
  }
  if (apps.length !== 1) throw new Error(`${block.page}:${block.line} must call \`app.synth()\` once`);
  return apps[0];
}

/** An app with the stack of the fixture and what the block uses of its declarations. */
function fixtureApp(block: DocBlock): App {
  const app = new App();
  const names = declaredNames().filter(
    (name) =>
      new RegExp(`\\b${name}\\b`).test(block.code) && !new RegExp(`\\bconst ${name}\\b`).test(block.code),
  );
  const head = `const { ${names.join(', ')} } = provide(this);`;
  const provide = (scope: Construct) =>
    Object.fromEntries(names.map((name) => [name, FIXTURE_VALUES[name](scope)]));
  const { Fixture } = execute(`${blockModule(block, head)}\nexport { Fixture };`, { provide });
  new Fixture(app, 'Docs');
  return app;
}

function declaredNames(): string[] {
  return [...FIXTURE.matchAll(/^declare const (\w+):/gm)].map(([, name]) => name);
}

/** What stands behind the declarations of the fixture. */
const FIXTURE_VALUES: Record<string, (scope: Construct) => unknown> = {
  vault: (scope) => new BackupVault(scope, 'FixtureVault'),
  plan: (scope) => {
    const vault = new BackupVault(scope, 'FixturePlanVault');
    const rules = [BackupRule.daily({ retention: Retention.days(35) })];
    const plan = new BackupPlan(scope, 'FixturePlan', { vault, rules });
    plan.addSelection('Fixture', { arns: ['arn:aws:s3:::fixture'] });
    return plan;
  },
  secondRegion: (scope) =>
    new BackupVault(accountStack(scope, 'SecondRegion', WORKLOAD, 'eu-central-1'), 'Vault'),
  central: (scope) =>
    new BackupVault(accountStack(scope, 'Central', BACKUP, 'eu-central-1'), 'Vault', {
      copyFrom: [CopySource.account(WORKLOAD)],
    }),
  backupAccount: (scope) => accountStack(scope, 'BackupAccount', BACKUP, 'eu-west-1'),
  backupAccountInSecondRegion: (scope) =>
    accountStack(scope, 'BackupAccountInSecondRegion', BACKUP, 'eu-central-1'),
  ordersStack: (scope) => accountStack(scope, 'OrdersStack', WORKLOAD, 'eu-west-1'),
  orders: (scope) =>
    new dynamodb.Table(scope, 'FixtureOrders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    }),
  documents: (scope) =>
    new s3.Bucket(scope, 'FixtureDocuments', { versioned: true, eventBridgeEnabled: true }),
  alarmTopic: (scope) =>
    new sns.Topic(accountStack(scope, 'Alarms', WORKLOAD, 'eu-central-1'), 'Topic', { enforceSSL: true }),
  ledger: (scope) =>
    new rds.CfnDBInstance(scope, 'FixtureLedger', { engine: 'postgres', dbInstanceClass: 'db.t4g.medium' }),
  ledgerSecret: (scope) => new secretsmanager.Secret(scope, 'FixtureLedgerSecret'),
  shop: (scope) => new docdb.CfnDBCluster(scope, 'FixtureShop', { engineVersion: '5.0.0' }),
  shopSecret: (scope) => new secretsmanager.Secret(scope, 'FixtureShopSecret'),
  scratch: (scope) => new s3.Bucket(scope, 'FixtureScratch', { versioned: true }),
};

function accountStack(scope: Construct, id: string, account: string, region: string): Stack {
  return new Stack(scope.node.root as App, id, { env: { account, region } });
}

/** What the compiler says about all blocks together, in one program; nothing when all is well. */
export function typeErrors(blocks: readonly DocBlock[]): string[] {
  const files = new Map(
    blocks.map((block, index) => [join(ROOT, 'test', 'docs', `block-${index}.ts`), block] as const),
  );
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const unused = { noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost({ ...options, ...unused });
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const block = files.get(name);
    return block ? ts.createSourceFile(name, blockModule(block), rest[0]) : getSourceFile(name, ...rest);
  };
  const program = ts.createProgram([...files.keys()], { ...options, ...unused, noEmit: true }, host);
  return [...files].flatMap(([name, { page, line }]) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${page}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the exports of a block
function execute(source: string, globals: Record<string, unknown>): any {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const exports = {};
  new Function('require', 'exports', ...Object.keys(globals), outputText)(
    require,
    exports,
    ...Object.values(globals),
  );
  return exports;
}

function synthesize(app: App, { code }: DocBlock): BlockReport {
  if (!/\bnew BackupChecks\(/.test(code)) Validations.of(app).addPlugins(new BackupChecks());
  const report = join(app.outdir, 'validation-report.json');
  try {
    app.synth();
  } catch (failure) {
    if (!existsSync(report)) throw failure; // not the plugin: the block itself
  }
  return readReport(report);
}

interface ValidationReport {
  readonly pluginReports: {
    readonly violations: {
      readonly ruleName: string;
      readonly description: string;
      readonly severity?: string;
      readonly violatingConstructs: { readonly constructPath?: string }[];
    }[];
  }[];
}

function readReport(file: string): BlockReport {
  const { pluginReports }: ValidationReport = JSON.parse(readFileSync(file, 'utf8'));
  const violations = pluginReports.flatMap((report) => report.violations);
  const sentences = (wanted: boolean) =>
    violations
      .filter(({ severity }) => (severity === 'warning') === wanted)
      .flatMap(({ ruleName, description, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}: ${description}`),
      );
  return { errors: sentences(false), warnings: sentences(true) };
}
