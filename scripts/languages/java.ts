import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Skipped } from '../skipped';
import { FOLDER, generate, isThere, type Language, lowestVersion, run } from './language';

const HOME = join(FOLDER, 'java');
const CLASSES = { 'quick-start': 'QuickStart', 'disaster-recovery': 'DisasterRecoveryApp' };
const SOURCES = join('src', 'main', 'java');
const RESOURCES = join('src', 'main', 'resources');

interface Artifact {
  readonly group: string;
  readonly name: string;
  readonly version: string;
}

/** The lowest versions of what a generated package asks for. */
function dependencies(folder: string): Artifact[] {
  const pom = readFileSync(join(folder, 'pom.xml'), 'utf8');
  const [list] = /<dependencies>[\s\S]*<\/dependencies>/.exec(pom) ?? [''];
  const one =
    /<groupId>([\w.-]+)<\/groupId>\s*<artifactId>([\w.-]+)<\/artifactId>\s*<version>\[?([\d.]+)[^<]*<\/version>/g;
  return [...list.matchAll(one)].map(([, group, name, version]) => ({ group, name, version }));
}

/** Their JAR files, which Maven downloads. */
function classpath(artifacts: readonly Artifact[]): string[] {
  const folder = join(HOME, 'classpath');
  mkdirSync(folder, { recursive: true });
  const all = new Map(artifacts.map((one) => [`${one.group}:${one.name}`, one]));
  const list = [...all.values()].map(
    ({ group, name, version }) =>
      `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`,
  );
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project><modelVersion>4.0.0</modelVersion><groupId>examples</groupId><artifactId>examples</artifactId><version>1</version><dependencies>${list.join('')}</dependencies></project>`,
  );
  const args = ['--quiet', '--batch-mode', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt'];
  try {
    run('mvn', args, folder);
  } catch (error) {
    throw new Skipped(`Maven can't download ${[...all.keys()].join(', ')}: ${(error as Error).message}`);
  }
  return readFileSync(join(folder, 'classpath.txt'), 'utf8').trim().split(delimiter);
}

function isPublished({ group, name, version }: Artifact): boolean {
  const artifact = `-Dartifact=${group}:${name}:${version}`;
  return isThere('mvn', '--quiet', '--batch-mode', 'dependency:get', artifact, '-Dtransitive=false');
}

/** The bindings of the lowest aws-cdk-lib, generated from npm: not every version is to be had as a JAR file. */
function generatedCdk(): string {
  const folder = join(HOME, `aws-cdk-lib-${lowestVersion('aws-cdk-lib')}`);
  const done = join(folder, '.generated');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    generate('java', folder, dirname(require.resolve('aws-cdk-lib/package.json')));
    writeFileSync(done, '');
  }
  return join(folder, 'java');
}

function javaFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .map((file) => join(folder, file));
}

/** All classes and the apps, compiled. */
export const java: Language = {
  name: 'Java',
  build: () => {
    if (!isThere('javac', '-version')) throw new Skipped('there is no JDK here');
    if (!isThere('mvn', '--version')) throw new Skipped('there is no Maven here');
    const ours = generate('java', join(HOME, 'generated'));
    const asked = dependencies(ours);
    const cdk = {
      group: 'software.amazon.awscdk',
      name: 'aws-cdk-lib',
      version: lowestVersion('aws-cdk-lib'),
    };
    const generated = isPublished(cdk) ? undefined : generatedCdk();
    const jars = generated
      ? classpath([...asked.filter(({ name }) => name !== cdk.name), ...dependencies(generated)])
      : classpath([...asked, cdk]);

    const packages = generated ? [ours, generated] : [ours];
    const classes = join(HOME, 'classes');
    rmSync(classes, { recursive: true, force: true });
    mkdirSync(classes, { recursive: true });
    // of the generated aws-cdk-lib, javac compiles what is used
    const options = [
      ...['-nowarn', '-proc:none', '-Xlint:none', '-encoding', 'UTF-8', '-d', classes],
      ...['-cp', jars.join(delimiter)],
      ...['-sourcepath', packages.map((folder) => join(folder, SOURCES)).join(delimiter)],
      ...javaFiles(join(ours, SOURCES)),
      ...javaFiles(join('examples', 'java')),
    ];
    const list = join(HOME, 'javac.txt');
    writeFileSync(list, options.map((option) => `"${option.replaceAll('\\', '\\\\')}"`).join('\n'));
    run('javac', ['-J-Xmx3g', `@${list}`]);
    const path = [classes, ...packages.map((folder) => join(folder, RESOURCES)), ...jars];
    return (app) => ({
      command: 'java',
      args: ['-cp', path.map((each) => resolve(each)).join(delimiter), CLASSES[app]],
    });
  },
};
