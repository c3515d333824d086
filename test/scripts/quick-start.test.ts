import { codeBlock, codeBlocks, pythonApp, typescriptApp } from '../../scripts/quick-start';

const README = `
# Library

\`\`\`ts
tooEarly();
\`\`\`

## Quick start

\`\`\`sh
# Not a heading
npm install
\`\`\`

### TypeScript

\`\`\`ts fixture=in-a-stack
first();
\`\`\`

\`\`\`ts
second();
\`\`\`

## Concepts

\`\`\`python
too_late()
\`\`\`
`;

test('the first block of a language under the heading and its subheadings is found', () => {
  expect(codeBlock(README, 'quick start', 'ts')).toBe('first();');
  expect(codeBlock(README, 'Quick start', 'sh')).toBe('# Not a heading\nnpm install');
});

test('every block of a language is found', () => {
  expect(codeBlocks(README, 'ts')).toEqual(['tooEarly();', 'first();', 'second();']);
  expect(codeBlocks(README, 'java')).toEqual([]);
});

test.each([
  ['Quick start', 'python', 'the README has no python block under "Quick start"'],
  ['Quicker start', 'ts', 'the README has no heading "Quicker start"'],
])('a README without it is refused: %s, %s', (heading, language, message) => {
  expect(() => codeBlock(README, heading, language)).toThrow(message);
});

test('a block that does not end is refused', () => {
  expect(() => codeBlock('# A\n```ts\nfirst();', 'A', 'ts')).toThrow(
    'the ts block of "A" in the README doesn\'t end',
  );
});

describe('in TypeScript', () => {
  test('an app runs as it stands', () => {
    const app = `const app = new cdk.App();`;
    expect(typescriptApp(app)).toBe(app);
  });

  test('a stack gets an app', () => {
    const stack = 'class Orders extends Stack {}';
    expect(typescriptApp(stack)).toBe(
      `import { App as TheApp, Stack as TheStack } from 'aws-cdk-lib';\n${stack}\nnew Orders(new TheApp(), 'QuickStart');\n`,
    );
  });

  test('lines get a stack in an app, below their imports', () => {
    const lines = `import {\n  BackupTier,\n} from 'library';\n\nnew Backup(this, 'Backup', {\n  tier: BackupTier.GOLD,\n});`;
    expect(typescriptApp(lines)).toBe(`import { App as TheApp, Stack as TheStack } from 'aws-cdk-lib';
import {
  BackupTier,
} from 'library';
class QuickStart extends TheStack {
  constructor(app: TheApp) {
    super(app, 'QuickStart');

new Backup(this, 'Backup', {
  tier: BackupTier.GOLD,
});
  }
}
new QuickStart(new TheApp());
`);
  });
});

describe('in Python', () => {
  test('an app runs as it stands', () => {
    expect(pythonApp('app = cdk.App()')).toBe('app = cdk.App()');
  });

  test('a stack gets an app', () => {
    expect(pythonApp('class Orders(Stack):\n    pass')).toBe(
      'from aws_cdk import App as TheApp, Stack as TheStack\nclass Orders(Stack):\n    pass\napp = TheApp()\nOrders(app, "QuickStart")\napp.synth()\n',
    );
  });

  test('lines get a stack in an app, below their imports', () => {
    expect(
      pythonApp('from library import Backup\n\nBackup(self, "Backup")'),
    ).toBe(`from aws_cdk import App as TheApp, Stack as TheStack
from library import Backup
class QuickStart(TheStack):
    def __init__(self, app):
        super().__init__(app, "QuickStart")
        
        Backup(self, "Backup")
app = TheApp()
QuickStart(app)
app.synth()
`);
  });
});
