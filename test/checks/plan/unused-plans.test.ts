import { selectionChecks } from '../../../src/checks/selection/selection-checks';
import { choice, plan, selection } from '../../support/backups';
import { findings } from '../../support/findings';

const tagged = { ListOfTags: [choice('backup', 'gold')] };

test('a plan without a selection backs up nothing', () => {
  expect(findings(selectionChecks, { Plan: plan('gold') })).toEqual([
    'note Backup-PlanWithoutSelection at Resources/Plan: plan `gold` has no selection in the input, so it backs up nothing unless resources are assigned elsewhere; add a selection',
  ]);
});

test('a plan with one is fine, and so is any plan beside a selection whose plan is not known', () => {
  expect(findings(selectionChecks, { Plan: plan('gold'), S: selection(tagged) })).toEqual([]);
  const S = selection(tagged);
  const elsewhere = { ...S, Properties: { ...S.Properties, BackupPlanId: { 'Fn::ImportValue': 'plan' } } };
  expect(findings(selectionChecks, { Plan: plan('gold'), S: elsewhere })).toEqual([]);
});
