import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { App, Resource, Stack } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import * as library from 'cdk-backup-constructs';
import { Construct } from 'constructs';
import { ENVIRONMENTS, RECIPES } from './recipes';

/** A template that the validators judge. */
export interface Judged {
  /** The app and the stack. */
  readonly name: string;
  readonly file: string;
  readonly region: string;
}

/** CDK's App listens for the end of the process, once for each app. */
process.setMaxListeners(0);
process.env.CDK_VALIDATION = 'false'; // strict validation has a suite of its own
process.env.JSII_DEPRECATED = 'fail';

/** Constructs of the library that nobody creates with `new` alone, with the reason. */
const WITHOUT_RECIPE: Readonly<Record<string, string>> = {
  BackupConformancePack: 'made by BackupCompliance',
  BackupDashboard: 'made by BackupMonitoring',
  BackupFreshnessCheck: 'made by BackupMonitoring',
  BackupOrganizationSettings: 'the same template as BackupGlobalSettings',
  BackupPolicyDelegation: 'in the organization example',
  BackupReplicaKey: 'in the examples with a second Region',
  BackupSelection: 'made by BackupPlan.addSelection',
  BackupTagPolicy: 'in the organization example',
  BackupVaultApprovalTeam: 'needs an approval team, which CloudFormation has no values for',
  BackupVaultSettings: 'in the examples that import vaults',
  IsolatedRestoreNetwork: 'in the recipe of RestoreTesting',
  MemberBaseline: 'in the organization example, as a stack set',
  OrganizationBackupPolicy: 'made by OrganizationBackup',
  RestoreAccessVault: 'in the restore-access example',
  RestoreEvidenceBucket: 'made by RestoreTesting',
  RestoreTestingRole: 'made by RestoreTestingPlan.addSelection',
  RestoreTestingSelection: 'made by RestoreTestingPlan.addSelection',
  RestoreValidation: 'made by RestoreTesting',
};

/** The constructs that no recipe makes, and no reason excuses. */
export function constructsWithoutRecipe(): string[] {
  return Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && isConstructClass(value))
    .map(([name]) => name)
    .filter((name) => !(name in RECIPES) && !(name in WITHOUT_RECIPE));
}

function isConstructClass(value: unknown): boolean {
  const { prototype } = value as { prototype?: unknown };
  return prototype instanceof Construct && !(prototype instanceof Stack) && value !== Resource;
}

/** Writes the templates of all examples, and of a share of the combinations of recipe and environment. */
export function writeTemplates(folder: string, isChosen: (combination: string) => boolean): Judged[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const examples = readdirSync('examples')
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => synthesized(basename(file, '.ts'), folder, () => require(resolve('examples', file))));
  const combinations = Object.entries(RECIPES).flatMap(([recipe, make]) =>
    ENVIRONMENTS.filter(({ name }) => isChosen(`${recipe} ${name}`)).flatMap(({ name, account, region }) =>
      synthesized(`${recipe}-${name}`, folder, () => {
        const app = new App();
        make(new Stack(app, 'Stack', { env: { account, region } }));
        app.synth();
      }),
    ),
  );
  return [...examples, ...combinations];
}

/** Runs an app that ends with `app.synth()`, and keeps its templates. */
function synthesized(name: string, folder: string, run: () => void): Judged[] {
  const outdir = mkdtempSync(join(tmpdir(), 'oracles-'));
  process.env.CDK_OUTDIR = outdir;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(recommendedFlags);
  const { error } = console;
  console.error = () => {}; // the report of an example with BackupChecks
  try {
    run();
    return new CloudAssembly(outdir).stacksRecursively.map(({ stackName, templateFullPath, environment }) => {
      const file = join(folder, `${name}.${stackName}.json`);
      writeFileSync(file, readFileSync(templateFullPath, 'utf8'));
      const region = environment.region === 'unknown-region' ? 'us-east-1' : environment.region;
      return { name: `${name} ${stackName}`, file, region };
    });
  } finally {
    console.error = error;
    rmSync(outdir, { recursive: true, force: true });
  }
}
