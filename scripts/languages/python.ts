import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pythonWith } from '../emulator/python';
import { codeBlock, codeBlocks, pythonApp } from '../quick-start';
import { FOLDER, generate, type Language, lowestVersion, type Program, run } from './language';

const HOME = join(FOLDER, 'python');
const readme = () => readFileSync('README.md', 'utf8');
const quickStart = () => codeBlock(readme(), 'Quick start', 'python');
const interpreter = () =>
  pythonWith(
    join(HOME, 'venv'),
    '--no-compile', // modules of aws-cdk-lib are large: those that are imported are compiled then
    `aws-cdk-lib==${lowestVersion('aws-cdk-lib')}`,
    `constructs==${lowestVersion('constructs')}`,
    'setuptools==75.3.2', // which jsii-pacmak asks for to build the wheel
    'wheel==0.45.1',
  );

function program(name: string, text: string): Program {
  const file = join(HOME, `${name}.py`);
  writeFileSync(file, text);
  return { command: resolve(interpreter()), args: [file] };
}

/** The wheel, installed beside the lowest aws-cdk-lib. */
export const python: Language = {
  name: 'Python',
  build: () => {
    const pip = [interpreter(), ['-m', 'pip', '--quiet', '--disable-pip-version-check']] as const;
    const wheels = join(HOME, 'wheels');
    rmSync(wheels, { recursive: true, force: true });
    const source = generate('python', join(HOME, 'generated'));
    run(pip[0], [...pip[1], 'wheel', '--no-deps', '--no-build-isolation', '--wheel-dir', wheels, source]);
    const [wheel] = readdirSync(wheels);
    run(pip[0], [...pip[1], 'install', '--force-reinstall', '--no-deps', join(wheels, wheel)]);
    run(pip[0], [...pip[1], 'check']);
    const texts = {
      'quick-start': () => pythonApp(quickStart()),
      'disaster-recovery': () => readFileSync('examples/python/disaster_recovery.py', 'utf8'),
    };
    return (app) => program(app, texts[app]());
  },
  // every other block of the README and of docs/
  alsoRuns: () => {
    const pages = ['README.md', ...readdirSync('docs').map((page) => join('docs', page))];
    return pages
      .filter((page) => page.endsWith('.md'))
      .flatMap((page) => codeBlocks(readFileSync(page, 'utf8'), 'python'))
      .filter((block) => block !== quickStart())
      .map((block, index) => program(`block-${index}`, pythonApp(block)));
  },
};
