import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { CLAIM_ACTIONS, HANDLER_ACTIONS, STATUS_ACTIONS } from '../../../src/resources/core/handler-actions';

const ROOT = join(__dirname, '..', '..', '..');
const ENTRY = join(ROOT, 'src', 'handler', 'index.ts');
const BUNDLE = join(ROOT, 'assets', 'handler', 'index', 'index.js');

/** The commands that each custom resource sends, as IAM actions: through clients of its own, and through shared ones. */
function actionsByType(source: string): Record<string, { own: string[]; shared: string[] }> {
  const services = new Map(
    [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names, service]) =>
      [...names.matchAll(/(\w+)Command\b/g)].map(([, name]) => [name, service] as const),
    ),
  );
  const actionsIn = (text: string) =>
    [...text.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `${services.get(name)}:${name}`);
  const [before, ...parts] = source.split(/'(Custom::\w+)'/);
  // clients that several types share, by the name of the constant
  const shared = new Map(
    [...before.matchAll(/^const (\w+): [^=]*= \{\n(.*?)\n\};/gms)].map(
      ([, name, body]) => [name, actionsIn(body)] as const,
    ),
  );
  const found: Record<string, { own: string[]; shared: string[] }> = {};
  for (let index = 0; index < parts.length; index += 2) {
    const body = parts[index + 1];
    const borrowed = [...shared].flatMap(([name, actions]) =>
      new RegExp(`\\b${name}\\b`).test(body) ? actions : [],
    );
    found[parts[index]] = { own: actionsIn(body), shared: borrowed };
  }
  return found;
}

const ALWAYS: ReadonlySet<string> = new Set([...CLAIM_ACTIONS, ...STATUS_ACTIONS]);

test.each(Object.entries(HANDLER_ACTIONS))(
  'the role of %s allows what its clients call, and nothing else',
  (type, allowed) => {
    const { own, shared } = actionsByType(readFileSync(ENTRY, 'utf8'))[type];
    const granted = new Set<string>([...allowed, ...ALWAYS]);
    expect(own.filter((action) => !granted.has(action))).toEqual([]);
    // a shared client can do more than each handler asks of it
    const callable = new Set<string>([...own, ...shared, ...ALWAYS]);
    expect(allowed.filter((action) => !callable.has(action))).toEqual([]);
  },
);

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
