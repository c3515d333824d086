import { duplicateNameProblem, duplicatePlanNameProblem } from '../../../src/values/core/name-conflicts';
import { sentence } from '../../../src/values/core/problem';

test('a name that another resource has is refused, with what AWS documents for its kind', () => {
  const problems = [
    duplicateNameProblem('gold', 'Stack/Vault', 'backupVaultName'),
    duplicatePlanNameProblem('gold', 'Stack/Plan', 'backupPlanName'),
  ];
  const rest = 'in the same account and Region, and AWS Backup rejects a';
  const fix = 'omit it, since generated names are unique within the app';
  expect(problems.map((problem) => `${problem.id} ${sentence(problem)}`)).toEqual([
    `Backup-DuplicateName \`backupVaultName\` \`gold\` is also the name of \`Stack/Vault\` ${rest} name that already exists; ${fix}`,
    `Backup-DuplicatePlanName \`backupPlanName\` \`gold\` is also the name of \`Stack/Plan\` ${rest} plan that already exists; ${fix}`,
  ]);
});
