/** Turns code blocks of the README and of docs/ into apps that run. */

/** Every block of a language in a Markdown text. */
export function codeBlocks(markdown: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}(?: .*)?\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm');
  return [...markdown.matchAll(fence)].map(([, block]) => block);
}

/**
 * The first block of a language under a heading of a Markdown text, without the sections beside it.
 *
 * @param language as after the fence; what follows the language there (a fixture, say) doesn't matter
 */
export function codeBlock(markdown: string, heading: string, language: string): string {
  const lines = markdown.split(/\r?\n/);
  const start = lines.findIndex((line) => /^#+ /.test(line) && sameText(line.replace(/^#+ /, ''), heading));
  if (start < 0) throw new Error(`the README has no heading "${heading}"`);
  const level = lines[start].indexOf(' ');
  const fence = new RegExp(`^\`\`\`${language}(\\s|$)`);
  let inBlock = false;
  for (let i = start + 1; i < lines.length; i++) {
    if (!inBlock && /^#+ /.test(lines[i]) && lines[i].indexOf(' ') <= level) break;
    if (!inBlock && fence.test(lines[i])) {
      const end = lines.indexOf('```', i);
      if (end < 0) throw new Error(`the ${language} block of "${heading}" in the README doesn't end`);
      return lines.slice(i + 1, end).join('\n');
    }
    if (lines[i].startsWith('```')) inBlock = !inBlock;
  }
  throw new Error(`the README has no ${language} block under "${heading}"`);
}

const sameText = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The block itself when it makes its own app; otherwise its stack in an app, or its lines in the stack of an app. */
export function typescriptApp(block: string): string {
  if (/\bnew (\w+\.)?App\(/.test(block)) return block;
  const stack = /class (\w+) extends (?:\w+\.)?Stack\b/.exec(block)?.[1];
  const imports = `import { App as TheApp, Stack as TheStack } from 'aws-cdk-lib';\n`;
  if (stack) return `${imports}${block}\nnew ${stack}(new TheApp(), 'QuickStart');\n`;

  const imported: string[] = [];
  const body: string[] = [];
  let inImport = false; // an import may have several lines
  for (const line of block.split('\n')) {
    inImport ||= /^import\b/.test(line);
    (inImport ? imported : body).push(line);
    if (/;\s*(\/\/.*)?$/.test(line)) inImport = false;
  }
  return `${imports}${imported.join('\n')}
class QuickStart extends TheStack {
  constructor(app: TheApp) {
    super(app, 'QuickStart');
${body.join('\n')}
  }
}
new QuickStart(new TheApp());
`;
}

/** As for TypeScript. */
export function pythonApp(block: string): string {
  if (/\bApp\(/.test(block)) return block;
  const stack = /class (\w+)\((?:\w+\.)*Stack\)/.exec(block)?.[1];
  const head = 'from aws_cdk import App as TheApp, Stack as TheStack\n';
  if (stack) return `${head}${block}\napp = TheApp()\n${stack}(app, "QuickStart")\napp.synth()\n`;

  const lines = block.split('\n');
  const isImport = (line: string) => /^(from|import)\b/.test(line);
  const body = lines.filter((line) => !isImport(line)).map((line) => `        ${line}`);
  return `${head}${lines.filter(isImport).join('\n')}
class QuickStart(TheStack):
    def __init__(self, app):
        super().__init__(app, "QuickStart")
${body.join('\n')}
app = TheApp()
QuickStart(app)
app.synth()
`;
}
