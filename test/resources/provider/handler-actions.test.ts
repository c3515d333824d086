import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import {
  CLAIM_ACTIONS,
  HANDLER_ACTIONS,
  STATUS_ACTIONS,
} from '../../../src/resources/provider/handler-actions';

const ROOT = join(__dirname, '..', '..', '..');
const ENTRY = join(ROOT, 'src', 'handler', 'index.ts');
const BUNDLE = join(ROOT, 'assets', 'handler', 'index', 'index.js');

/** The commands that each custom resource can send, as IAM actions: through clients of its own, and shared ones. */
function actionsByType(source: string): Record<string, string[]> {
  const services = new Map(
    [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names, service]) =>
      [...names.matchAll(/(\w+)Command\b/g)].map(([, name]) => [name, service] as const),
    ),
  );
  const actionOf = (command: string) => `${services.get(command)}:${command}`;
  const actionsIn = (text: string) =>
    [...text.matchAll(/new (\w+)Command\(/g)].map(([, command]) => actionOf(command));
  const [before, ...parts] = source.slice(0, source.indexOf('/** The entry point')).split(/'(Custom::\w+)'/);
  const found: Record<string, string[]> = {};
  const shared = new Map(
    [...before.matchAll(/^const (\w+): [^=]*= \{\n(.*?)\n\};/gms)].map(([, name, body]) => {
      const methods = [...body.matchAll(/(\w+): \(\w*\) => \w+\.send\(new (\w+)Command/g)];
      return [name, new Map(methods.map(([, method, command]) => [method, actionOf(command)]))] as const;
    }),
  );
  for (let index = 0; index < parts.length; index += 2) {
    const body = parts[index + 1];
    const borrowed = [...shared].flatMap(([name, methods]) => {
      const uses = [...body.matchAll(new RegExp(`\\b${name}\\b(?!:)(?:\\.(\\w+))?`, 'g'))];
      return uses.flatMap(([, method]) =>
        method === undefined ? [...methods.values()] : [String(methods.get(method))],
      );
    });
    found[parts[index]] = [...new Set([...actionsIn(body), ...borrowed])];
  }
  return found;
}

const ALWAYS: ReadonlySet<string> = new Set([...CLAIM_ACTIONS, ...STATUS_ACTIONS]);

test('the role of each type allows exactly what its handler calls', () => {
  const sorted = (byType: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(
      Object.entries(byType).map(([type, all]) => [type, all.filter((one) => !ALWAYS.has(one)).sort()]),
    );
  expect(sorted(actionsByType(readFileSync(ENTRY, 'utf8')))).toEqual(sorted(HANDLER_ACTIONS));
});

test('the handler knows every type of custom resource', () => {
  const types = [...readFileSync(ENTRY, 'utf8').matchAll(/'(Custom::\w+)'/g)].map(([, type]) => type);
  expect(types.sort()).toEqual(Object.keys(HANDLER_ACTIONS).sort());
});

test('the bundle contains the AWS clients, since their versions in the Lambda runtime vary', () => {
  expect(existsSync(BUNDLE)).toBe(true);
  // one appears in an error message
  const left = readFileSync(BUNDLE, 'utf8').match(/[^[]require\("@(aws-sdk|smithy)\/[^"]*/g);
  expect(left).toBeNull();
  expect(statSync(BUNDLE).size).toBeLessThan(1_000_000);
});

test('our own code in the bundle is at most 65 kB', () => {
  const [file] = buildSync({
    entryPoints: [ENTRY],
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    external: ['@aws-sdk/*', '@smithy/*'],
    tsconfig: join(ROOT, 'tsconfig.dev.json'),
    write: false,
  }).outputFiles;
  expect(file.contents.length).toBeLessThan(65_000);
});
