import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { CLAIM_ACTIONS, HANDLER_ACTIONS } from '../../../src/resources/core/handler-actions';

const ROOT = join(__dirname, '..', '..', '..');
const ENTRY = join(ROOT, 'src', 'handler', 'index.ts');
const BUNDLE = join(ROOT, 'assets', 'handler', 'index', 'index.js');

/** The commands that each custom resource sends, as actions of IAM; '' where they are shared. */
function actionsByType(source: string): Record<string, string[]> {
  const services = new Map(
    [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names, service]) =>
      [...names.matchAll(/(\w+)Command\b/g)].map(([, name]) => [name, service] as const),
    ),
  );
  const parts = source.split(/'(Custom::\w+)'/);
  const found: Record<string, string[]> = {};
  for (let index = 0; index < parts.length; index += 2) {
    const sent = [...parts[index].matchAll(/new (\w+)Command\(/g)].map(
      ([, name]) => `${services.get(name)}:${name}`,
    );
    found[index === 0 ? '' : parts[index - 1]] = [...new Set(sent)].sort();
  }
  return found;
}

test('the role of each type allows exactly what its handler calls', () => {
  const { '': shared, ...own } = actionsByType(readFileSync(ENTRY, 'utf8'));
  expect(shared).toEqual([...CLAIM_ACTIONS].sort());
  expect(own).toEqual(
    Object.fromEntries(Object.entries(HANDLER_ACTIONS).map(([type, actions]) => [type, [...actions].sort()])),
  );
});

test('the handler knows every type of custom resource', () => {
  const types = [...readFileSync(ENTRY, 'utf8').matchAll(/'(Custom::\w+)'/g)].map(([, type]) => type);
  expect(types.sort()).toEqual(Object.keys(HANDLER_ACTIONS).sort());
});

test('the bundle holds the clients of AWS, since the runtime has who knows which', () => {
  expect(existsSync(BUNDLE)).toBe(true);
  // one stands in the words of an error
  const left = readFileSync(BUNDLE, 'utf8').match(/[^[]require\("@(aws-sdk|smithy)\/[^"]*/g);
  expect(left).toBeNull();
  expect(statSync(BUNDLE).size).toBeLessThan(1_000_000);
});

test('what is ours in the bundle is at most 50 kB', () => {
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
  expect(file.contents.length).toBeLessThan(50_000);
});
