import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { forecastOf } from '../../../src/forecast/outlook/forecast';
import { SCENARIOS } from '../../../src/forecast/survival/survival';
import { readInventory } from '../../../src/inventory/inventory';
import { exampleApp } from '../../support/examples';

const PAGE = readFileSync(join(__dirname, '../../../docs/forecast.md'), 'utf8');
const period = { from: Date.parse('2027-01-01'), to: Date.parse('2028-01-01') };
const ANSWERS = { survives: 'yes', lost: 'no', unknown: '?' } as const;

/** The unit of examples/organization.ts, and an account in it. */
const UNIT = 'ou-ab12-11111111';
const MEMBER = '444444444444';

/** What examples about vaults and organizations leave to the reader: something to protect. */
const PROTECTED: Readonly<Record<string, (app: App) => void>> = {
  'air-gapped-vault': (app) => addResources(app.node.findChild('AirGappedVault') as Stack, 'gold'),
  'worm-vault': (app) => addResources(app.node.findChild('WormVault') as Stack, 'worm'),
  organization: (app) =>
    addResources(new Stack(app, 'Member', { env: { account: MEMBER, region: 'eu-west-1' } }), 'gold'),
};

/** A table, a bucket and a file system, which AWS Backup manages in full, and a volume, which it doesn't. */
function addResources(stack: Stack, backup: string): void {
  const tags = [{ key: 'backup', value: backup }];
  new CfnTable(stack, 'Orders', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }], tags });
  new CfnBucket(stack, 'Documents', { versioningConfiguration: { status: 'Enabled' }, tags });
  new CfnFileSystem(stack, 'Files', { fileSystemTags: tags });
  new CfnVolume(stack, 'Disk', { availabilityZone: 'eu-west-1a', size: 8, tags });
}

/** The rows of an example: one for each kind of answer among its protected resources. */
function rowsOf(example: string): string[] {
  const app = exampleApp(example);
  PROTECTED[example]?.(app);
  const { directory, stacksRecursively } = app.synth();
  // no template says which accounts a unit has: the policies are attached to the account instead
  for (const { templateFullPath } of stacksRecursively)
    writeFileSync(templateFullPath, readFileSync(templateFullPath, 'utf8').replaceAll(UNIT, MEMBER));
  const inventory = readInventory([directory]);
  const { resources } = forecastOf(inventory, { period });
  const rows = resources
    .filter(({ recoveryPoints }) => recoveryPoints.created > 0)
    .map(
      ({ survives, resourceType }) =>
        `| ${example} | ${resourceType} | ${SCENARIOS.map((scenario) => ANSWERS[survives[scenario].status]).join(' | ')} |`,
    );
  return [...new Set(rows)];
}

test.each(['disaster-recovery', 'quick-start', 'air-gapped-vault', 'worm-vault', 'organization'])(
  'the page says what survives which loss in examples/%s.ts',
  (example) => {
    const rows = rowsOf(example);
    expect(rows).not.toEqual([]);
    expect(PAGE.split('\n').filter((line) => line.startsWith(`| ${example} |`))).toEqual(rows);
  },
);
