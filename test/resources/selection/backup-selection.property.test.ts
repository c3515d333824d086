import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import type { BackupSelection } from '../../../src/resources/selection/backup-selection';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { testApp } from '../../support/app';
import { budget } from '../../support/budget';
import { selectionFaults, selects } from '../../support/plan-oracle';
import { thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { schemaProblems } from '../../support/schema';
import {
  candidates,
  makeResources,
  makeSelectionOptions,
  means,
  type Resources,
  type SelectionRecipe,
  selections,
  soundSelections,
} from '../../support/selection-recipes';

const HERE = { account: '111122223333', region: 'eu-west-1' };

let app: App;
let count = 0;
beforeAll(() => {
  app = testApp();
  jest.spyOn(console, 'error').mockImplementation(() => {}); // warnings at synthesis
});

/** In a separate stack, which is discarded afterwards. */
function inStack<T>(action: (stack: Stack) => T): T {
  const stack = new Stack(app, `Stack${count++}`, { env: HERE });
  try {
    return action(stack);
  } finally {
    app.node.tryRemoveChild(stack.node.id);
  }
}

function expectMessage(message: string): void {
  expect(message).toMatch(/`.+` (must|can|has|contains)/);
  expect(message).not.toMatch(/\[object|Token\[|undefined is not|Cannot read/);
}

interface Made {
  readonly selection: BackupSelection;
  readonly resources: Resources;
}

/** The result of a recipe; nothing if it is refused, at once or at synthesis, with one of our messages. */
function make(recipe: SelectionRecipe, stack: Stack): Made | undefined {
  const resources = makeResources(stack);
  let selection: BackupSelection | undefined;
  const error = thrown(() => {
    const plan = new BackupPlan(stack, 'Plan', {
      vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
      rules: [BackupRule.daily({ retention: Retention.days(35) })],
    });
    selection = plan.addSelection('Selection', makeSelectionOptions(recipe, stack, resources));
  });
  if (!selection) {
    expectMessage(error?.message ?? '');
    return undefined;
  }
  const late = selection.node.validate();
  late.forEach(expectMessage);
  return late.length > 0 ? undefined : { selection, resources };
}

test('every accepted selection satisfies the limits and the schema; all others are refused with a message', () => {
  let accepted = 0;
  const numRuns = 4500;
  fc.assert(
    fc.property(selections, (recipe) =>
      inStack((stack) => {
        const made = make(recipe, stack);
        if (!made) return;
        accepted += 1;
        const Properties = rendered(made.selection);
        expect(selectionFaults(Properties)).toEqual([]);
        const template = { Resources: { S: { Type: 'AWS::Backup::BackupSelection', Properties } } };
        expect(schemaProblems(template).filter((problem) => !problem.includes('refers to'))).toEqual([]);
      }),
    ),
    { numRuns },
  );
  expect(accepted).toBeGreaterThan(budget(numRuns) / 4);
  expect(accepted).toBeLessThan((budget(numRuns) * 9) / 10);
});

test('valid selections are accepted, and select resources that match all criteria', () => {
  let selected = 0;
  const numRuns = 1000;
  fc.assert(
    fc.property(soundSelections, fc.array(candidates, { minLength: 5, maxLength: 10 }), (recipe, resources) =>
      inStack((stack) => {
        const made = make(recipe, stack);
        if (!made) throw new Error('refused');
        const arns = made.resources.arns();
        const properties = rendered(made.selection);
        for (const candidate of resources) {
          const inTemplate = { ...candidate, arn: arns[candidate.arn] ?? candidate.arn };
          const expected = means(recipe, candidate);
          if (expected) selected += 1;
          expect([candidate, selects(properties, inTemplate)]).toEqual([candidate, expected]);
        }
      }),
    ),
    { numRuns },
  );
  expect(selected).toBeGreaterThan(budget(numRuns) / 2);
});

test('accepted selections synthesize with their plan and role, and satisfy the schema', () => {
  fc.assert(
    fc.property(fc.oneof(selections, soundSelections), (recipe) => {
      const stack = new Stack(testApp(), 'Stack', { env: HERE });
      const made = make(recipe, stack);
      if (!made) return;
      const template = Template.fromStack(stack).toJSON();
      expect(schemaProblems(template)).toEqual([]);
      const [selection] = Object.values<{ Type: string; Properties: object }>(template.Resources).filter(
        ({ Type }) => Type === 'AWS::Backup::BackupSelection',
      );
      expect(selection.Properties).toEqual(rendered(made.selection));
    }),
    { numRuns: 150 },
  );
});
