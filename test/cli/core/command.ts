import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../../src/cli/core/io';
import { run } from '../../../src/cli/run';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cdk-backup` in this process, on terminals where that is wanted. */
export function cdkBackup(
  args: readonly string[],
  options: { tty?: boolean; columns?: number; env?: Io['env']; cwd?: string; stdin?: string } = {},
): Outcome {
  const { tty = false, columns, env = {}, cwd = process.cwd(), stdin = '' } = options;
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: tty,
    columns,
    write(text: string) {
      written[name] += text;
    },
  });
  const now = new Date('2026-11-21T00:00:00Z');
  const code = run(args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: () => stdin,
    env,
    cwd,
    now,
  });
  return { code, ...written };
}

/** A folder of its own for the files of a test; goes with the tests. */
export function workFolder(): (name: string, content: string | Buffer) => string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-backup-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
}

/** A plan with one rule for each name. */
export function planTemplate(...ruleNames: string[]): object {
  return {
    Resources: {
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'gold',
            BackupPlanRule: ruleNames.map((RuleName) => ({ RuleName, TargetBackupVault: 'Default' })),
          },
        },
      },
    },
  };
}

/** Two tables, one of which a plan selects by its tag, and one that is opted out. */
export const TABLES = {
  Resources: {
    ...(planTemplate('daily') as { Resources: object }).Resources,
    Gold: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 'gold',
          IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
        },
      },
    },
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Metadata: { 'aws:cdk:path': 'Shop/Orders/Resource' },
      Properties: { Tags: [{ Key: 'backup', Value: 'gold' }] },
    },
    Carts: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    Cache: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { Tags: [{ Key: 'backup:opt-out-reason', Value: 'rebuilt from events' }] },
    },
  },
};
