import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stack, Validations } from 'aws-cdk-lib';
import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { BackupChecks } from '../../src/plugin/backup-checks';
import { testApp } from '../support/app';
import { validated } from '../support/validation';

const APP = `module.exports = ({ Stack, CfnBackupPlan }, app) => {
  const stack = new Stack(app, 'Orders');

  new CfnBackupPlan(stack, 'Plan', {
    backupPlan: { backupPlanName: 'gold', backupPlanRule: [{ ruleName: 'no!', targetBackupVault: 'Default' }] },
  });
};
`;

interface Diagnostic {
  readonly range: { readonly start: { readonly line: number } };
  readonly severity: number;
  readonly code: string;
  readonly source: string;
  readonly message: string;
}

/** The first diagnostics that `cdk lsp` publishes for a project. */
function diagnosticsOf(project: string): Promise<{ uri: string; diagnostics: Diagnostic[] }> {
  const server = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'lsp'], {
    cwd: project,
    env: { ...process.env, CDK_DISABLE_VERSION_CHECK: 'true' },
  });
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  const rootUri = pathToFileURL(project).href;
  return new Promise((resolve, reject) => {
    let buffer = Buffer.alloc(0);
    let errors = '';
    server.stderr.on('data', (data) => {
      errors += data;
    });
    server.on('exit', () => reject(new Error(`no diagnostics; ${errors}`)));
    server.stdout.on('data', (data: Buffer) => {
      buffer = Buffer.concat([buffer, data]);
      for (;;) {
        const end = buffer.indexOf('\r\n\r\n');
        const length = Number(
          /Content-Length: (\d+)/i.exec(buffer.subarray(0, Math.max(0, end)).toString())?.[1],
        );
        if (end < 0 || buffer.length < end + 4 + length) return;
        const message = JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString());
        buffer = buffer.subarray(end + 4 + length);
        if (message.id === 1) send({ method: 'initialized', params: {} });
        if (message.method !== 'textDocument/publishDiagnostics') continue;
        resolve(message.params);
        server.kill();
      }
    });
    const workspaceFolders = [{ uri: rootUri, name: 'project' }];
    send({
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri, workspaceFolders, capabilities: {} },
    });
  });
}

test('`cdk lsp` shows the findings of BackupChecks in editors, on the line that creates the construct', async () => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'cdk-lsp-')));
  try {
    const code = join(project, 'app.js');
    writeFileSync(code, APP);
    writeFileSync(join(project, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
    const app = testApp({
      outdir: join(project, 'cdk.out'),
      context: { 'aws:cdk:disable-stack-trace': false, 'aws:cdk:disable-creation-stack-traces': false },
    });
    Validations.of(app).addPlugins(new BackupChecks());
    require(code)({ Stack, CfnBackupPlan }, app);
    expect(validated(app).success).toBe(false);

    const { uri, diagnostics } = await diagnosticsOf(project);
    expect(uri).toBe(pathToFileURL(code).href);
    const line = readFileSync(code, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes("new CfnBackupPlan(stack, 'Plan'"));
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'Backup-RuleName',
        source: 'BackupChecks',
        severity: 1, // error
        range: expect.objectContaining({ start: { line, character: 0 } }),
        message:
          '`RuleName` of plan `gold` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `no!`\n\nSuggested fix: use `no`',
      }),
    );
    const warning = diagnostics.find(({ code: id }) => id === 'Backup-DefaultVault');
    expect(warning).toMatchObject({ severity: 2, range: { start: { line } } });
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
