import { docBlocks, runBlock, typeErrors } from '../support/doc-blocks';

/** Warnings that blocks cause, by page and id, with the reason why they may. */
const EXPECTED: Record<string, string> = {
  'docs/migrate.md Backup-RoleDeletion': "aws-cdk-lib's own selection, before the migration",
};

const BLOCKS = docBlocks();
const seen = new Set<string>();

test.each(BLOCKS.map((block) => [`${block.page}:${block.line}`, block] as const))(
  'the block at %s synthesizes, and the checks find no error in it and no warning that is not expected',
  (_, block) => {
    const { errors, warnings } = runBlock(block);
    const key = (warning: string) => `${block.page} ${warning.split(' ', 1)[0]}`;
    for (const warning of warnings) seen.add(key(warning));
    expect(errors).toEqual([]);
    expect(warnings.filter((warning) => !(key(warning) in EXPECTED))).toEqual([]);
  },
);

test('every expected warning still occurs', () => {
  expect([...seen].sort()).toEqual(Object.keys(EXPECTED).sort());
});

test('every block compiles', () => {
  expect(typeErrors(BLOCKS)).toEqual([]);
});
