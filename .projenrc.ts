import { awscdk, javascript } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-backup-constructs',
  description: 'Data protection with AWS Backup as code: constructs that refuse what AWS would refuse',
  author: 'cdk-backup-constructs contributors',
  authorAddress: 'cdk-backup-constructs@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-backup-constructs/cdk-backup-constructs.git',
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

  devDeps: [
    'aws-cdk@2.1148.1', // never `latest`: 3.0.0 is an accidental publish of an old CLI
    'cdk-nag@3.0.2',
    '@aws-cdk/aws-service-spec@0.1.216',
    '@aws-cdk/service-spec-types@0.0.282',
    '@aws-sdk/client-backup@3.1092.0',
    'fast-check@4.10.2',
    'croner@11.0.1', // differential tests of our cron parser
    'cronosjs@1.7.1',
    'aws-cron-expression-validator@1.0.5',
  ],

  disableTsconfig: true, // jsii writes tsconfig.json; tests and examples use tsconfig.dev.json
  typecheckTests: true, // ts-jest only transpiles
  lambdaAutoDiscover: false,
  integrationTestAutoDiscover: false,
  sampleCode: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  githubOptions: { mergify: false },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: { coverageThreshold: { lines: 90 } },
  },

  eslint: false,
  biome: true,
  biomeOptions: {
    version: '2.5.15', // newer releases lack some platform bindings, which leaves the lock file incomplete
    biomeConfig: {
      formatter: { indentStyle: 'space', lineWidth: 110 } as any,
      javascript: { formatter: { quoteStyle: 'single' } } as any,
      linter: { rules: { suspicious: { noImportCycles: 'error' } } } as any,
    },
  },
});

// as for Biome above: newer releases lack platform bindings
project.package.addPackageResolutions('unrs-resolver@1.12.2');

for (const glob of ['examples/**/*.ts', 'scripts/**/*.ts', '.projenrc.ts'])
  project.tsconfigDev.addInclude(glob);
for (const glob of ['examples/**', 'scripts/**']) project.biome?.addFilePattern(glob);

/**
 * The import law. The floors of src/, lowest first: a room imports only from the floors below its own,
 * siblings never. `handler` is the cellar: nothing imports it at run time.
 */
const floors = [['values'], ['resources'], ['organization', 'monitoring', 'analysis'], ['patterns', 'cli']];
for (const [floor, rooms] of floors.entries()) {
  for (const room of rooms) {
    const offLimits = [...floors.slice(floor).flat(), 'handler', 'index'].filter((other) => other !== room);
    project.biome?.addOverride({
      includes: [`src/${room}/**`],
      linter: {
        rules: {
          style: {
            noRestrictedImports: {
              level: 'error',
              options: {
                patterns: [
                  {
                    group: offLimits.flatMap((other) => [
                      `../${other}`,
                      `../${other}/**`,
                      `../../${other}/**`,
                    ]),
                    message: `src/${room} imports only from the floors below it`,
                  },
                ],
              },
            },
          },
        },
      } as any,
    });
  }
}

project.preCompileTask.exec('rm -rf lib'); // jsii never deletes the output of a deleted source
project.postCompileTask.exec('jsii-rosetta extract .jsii --strict --cache .jsii.tabl.json'); // README and @example compile
project.gitignore.exclude('.jsii.tabl.json', '/cdk.out/', '/.newest/');
project.gitignore.removePatterns('tsconfig.json'); // unanchored, it hides projenrc/tsconfig.json from git
project.gitignore.exclude('/tsconfig.json');
project.npmignore?.exclude(
  '.jsii.tabl.json',
  '/examples/',
  '/scripts/',
  '/rosetta/',
  '/docs/',
  '/.ci/',
  '/cdk.out/',
  '/.newest/',
  'biome.jsonc',
  'tsconfig.dev.json',
);

project.synth();
