import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What the installed `@aws-sdk/client-backup` says of each member of each shape, as plain text on one line:
 * `BackupRuleInput.RuleName` → `A display name for a backup rule. Must contain …`. It is the text of AWS's API
 * reference.
 */
export function sdkDocumentation(): ReadonlyMap<string, string> {
  const root = dirname(require.resolve('@aws-sdk/client-backup/package.json'));
  const source = readFileSync(join(root, 'dist-types/models/models_0.d.ts'), 'utf8');
  const documentation = new Map<string, string>();
  for (const [, shape, body] of source.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm))
    for (const [, comment, member] of body.matchAll(/^ {4}\/\*\*([\s\S]*?)\*\/\n {4}(\w+)\??:/gm))
      documentation.set(`${shape}.${member}`, plain(comment));
  return documentation;
}

function plain(comment: string): string {
  return comment
    .replace(/^\s*\*/gm, '')
    .replace(/<[^>]+>|@public/g, '')
    .replace(/\\([{}])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
