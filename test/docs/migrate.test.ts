import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type DocBlock, docBlocks, ownApp } from '../support/doc-blocks';

const [BEFORE, AFTER] = docBlocks().filter(({ page }) => page === 'docs/migrate.md');

function resourcesOf(block: DocBlock) {
  const app: App = ownApp(block);
  return Template.fromJSON(app.synth().getStackByName('Shop').template).toJSON().Resources;
}

test('the migration in docs/migrate.md replaces and removes nothing', () => {
  const [before, after] = [resourcesOf(BEFORE), resourcesOf(AFTER)];
  const types = (resources: Record<string, { Type: string }>) =>
    Object.fromEntries(Object.entries(resources).map(([id, { Type }]) => [id, Type]));
  expect(types(after)).toEqual(types(before));

  const ids = Object.keys(before);
  const [vault, plan, selection, role] = ['BackupVault', 'BackupPlan', 'BackupSelection', 'Role'].map(
    (type) => ids.find((id) => before[id].Type.endsWith(`::${type}`)) as string,
  );
  expect(after[vault]).toEqual(before[vault]);
  expect(after[selection]).toEqual(before[selection]);
  expect(after[role].DeletionPolicy).toBe('Retain');
  expect(after[role].Properties.ManagedPolicyArns).toEqual(
    expect.arrayContaining(before[role].Properties.ManagedPolicyArns),
  );
  const { BackupPlanName, BackupPlanRule } = before[plan].Properties.BackupPlan;
  expect(after[plan].Properties.BackupPlan).toEqual({
    BackupPlanName,
    BackupPlanRule: [{ ...BackupPlanRule[0], ScheduleExpression: 'cron(0 5 ? * * *)' }],
  });
});
