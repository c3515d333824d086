import { Stack } from 'aws-cdk-lib';
import { ALL_CHECKS } from '../../../src/checks/all-checks';
import { runChecks } from '../../../src/checks/engine/check';
import { readInventory } from '../../../src/inventory/inventory';
import { MemberBaseline } from '../../../src/organization/baseline/member-baseline';
import type { OrganizationBackupPlanOptions } from '../../../src/organization/core/organization-backup-plan-options';
import { OrganizationTarget } from '../../../src/organization/core/organization-target';
import { OrganizationBackupPolicy } from '../../../src/organization/policy/organization-backup-policy';
import { BackupRegionSettings } from '../../../src/resources/custom/backup-region-settings';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testApp } from '../../support/app';

const UNIT = OrganizationTarget.organizationalUnit('ou-ab12-11111111');
const DAILY = BackupRule.daily({ retention: Retention.days(35) });
const REGIONS = ['eu-west-1', 'eu-central-1'];

/** What the checks of policies say of an app with a policy and a baseline. */
function lines(
  plan: Partial<OrganizationBackupPlanOptions> = {},
  rollout: Partial<{ regions: string[]; roleName: string }> = {},
) {
  const app = testApp();
  const env = { account: '999999999999', region: 'eu-west-1' };
  const stack = new Stack(app, 'Stack', { env });
  new MemberBaseline(stack, 'Baseline', {
    targets: [UNIT],
    regions: REGIONS,
    homeRegion: 'eu-west-1',
    vaults: [{ name: 'gold' }],
    ...rollout,
  });
  new OrganizationBackupPolicy(stack, 'Policy', {
    policyName: 'gold',
    targets: [UNIT],
    plans: [
      {
        name: 'gold',
        regions: REGIONS,
        vaultName: 'gold',
        rules: [DAILY],
        tags: [TagCondition.stringEquals('backup', 'gold')],
        ...plan,
      },
    ],
  });
  for (const region of REGIONS) {
    const settings = new Stack(app, `Settings-${region}`, { env: { ...env, region } });
    new BackupRegionSettings(settings, 'Settings', { optIn: [ResourceType.AURORA] });
  }
  const findings = runChecks(ALL_CHECKS, readInventory([app.synth().directory]), {
    now: new Date('2026-11-21'),
  });
  return findings
    .filter(({ id, severity }) => id.startsWith('Backup-Policy') || severity === 'error')
    .map(({ severity, message }) => `${severity}: ${message}`);
}

jest.setTimeout(60_000);

test('a policy with its baseline has no findings', () => {
  expect(lines()).toEqual([]);
  expect(lines({ locked: true })).toEqual([]);
});

test('a baseline of another vault, role and Region than the policy is found in the templates alone', () => {
  expect(
    lines({ vaultName: 'silver' }, { regions: ['eu-west-1'], roleName: 'service-role/Backup' }).sort(),
  ).toEqual([
    'warning: `plans/gold/regions` of backup policy `gold` has eu-central-1, where no stack set rolls out a vault; vaults go to eu-west-1',
    'warning: `plans/gold/rules/daily/target_backup_vault_name` of backup policy `gold` is the vault `silver`, which no stack set creates in eu-west-1',
    'warning: `plans/gold/selections/tags/gold/iam_role_arn` of backup policy `gold` is the role `AwsBackupOrganizationRole`, which no stack set creates',
  ]);
});
