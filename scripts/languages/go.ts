import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Skipped } from '../skipped';
import { FOLDER, generate, isThere, type Language, lowestVersion, run } from './language';

const HOME = join(FOLDER, 'go');
const CDK = 'github.com/aws/aws-cdk-go/awscdk/v2';
const OURS = 'github.com/cdk-backup-constructs/cdk-backup-constructs-go/cdkbackupconstructs';
const PACKAGES = { 'quick-start': 'quickstart', 'disaster-recovery': 'disasterrecovery' };

/** What aws-cdk-go asks for. */
function requirements(): Map<string, string> {
  let described: { GoMod: string };
  try {
    described = JSON.parse(
      run('go', ['mod', 'download', '-json', `${CDK}@v${lowestVersion('aws-cdk-lib')}`]),
    );
  } catch (error) {
    throw new Skipped(`aws-cdk-go can't be downloaded: ${(error as Error).message}`);
  }
  const lines = readFileSync(described.GoMod, 'utf8').matchAll(
    /^\s*(?:require )?(\S+) (v\S+)(?: \/\/.*)?$/gm,
  );
  return new Map([...lines].map(([, module, version]) => [module, version]));
}

/** The module, in a workspace with the apps. */
export const go: Language = {
  name: 'Go',
  build: () => {
    if (!isThere('go', 'version')) throw new Skipped('there is no Go here');
    const asked = requirements();
    rmSync(HOME, { recursive: true, force: true });
    const module = join(generate('go', HOME), 'cdkbackupconstructs');

    // jsii-pacmak asks for the modules of our lock file, some of which were never published for Go
    const file = join(module, 'go.mod');
    const text = readFileSync(file, 'utf8').replace(
      /^(\s*)(\S+) v\S+( \/\/ indirect)$/gm,
      (line, space, name, comment) =>
        asked.has(name) ? `${space}${name} ${asked.get(name)}${comment}` : line,
    );
    writeFileSync(file, text);

    cpSync('examples/go', HOME, { recursive: true });
    writeFileSync(
      join(HOME, 'go.mod'),
      `module examples\n\ngo 1.25\n\nrequire ${OURS} v0.0.0\n\nreplace ${OURS} => ./go/cdkbackupconstructs\n`,
    );
    run('go', ['mod', 'tidy'], HOME);
    run('go', ['build', '-o', 'bin/', ...Object.values(PACKAGES).map((name) => `./${name}`)], HOME);
    run('go', ['vet', ...Object.values(PACKAGES).map((name) => `./${name}`), OURS], HOME);
    return (app) => ({ command: resolve(HOME, 'bin', PACKAGES[app]), args: [] });
  },
};
