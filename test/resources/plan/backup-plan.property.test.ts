import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { testApp } from '../../support/app';
import { budget } from '../../support/budget';
import { planFaults } from '../../support/plan-oracle';
import {
  makePlanProps,
  makeRule,
  makeVaults,
  type PlanRecipe,
  plans,
  soundPlans,
} from '../../support/plan-recipes';
import { thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { type CloudFormationTemplate, schemaProblems } from '../../support/schema';

const HERE = { account: '111122223333', region: 'eu-west-1' };

let app: App;
let count = 0;
beforeAll(() => {
  app = testApp();
  jest.spyOn(console, 'error').mockImplementation(() => {}); // warnings at synthesis
});

/** One of our messages: it names the problem and doesn't expose internals. */
function expectMessage(message: string): void {
  expect(message).toMatch(/`.+` (must|can't|could|has|takes|of|asks|is|should)|^a (selection|plan) /);
  expect(message).not.toMatch(/\[object|Token\[|undefined is not|Cannot read/);
}

interface Made {
  readonly plan: BackupPlan;
  readonly faults: string[];
  readonly template: CloudFormationTemplate;
}

/** The result of a recipe; nothing if it is refused, at once or at synthesis, with one of our messages. */
function make(recipe: PlanRecipe, within: Stack): Made | undefined {
  let made: { plan: BackupPlan; locks: ReturnType<typeof makeVaults>['locks'] } | undefined;
  const error = thrown(() => {
    const { all, locks } = makeVaults(within, recipe.vaults);
    const plan = new BackupPlan(within, 'Plan', makePlanProps(recipe, all));
    for (const rule of recipe.later) plan.addRule(makeRule(rule, all));
    made = { plan, locks };
  });
  if (!made) {
    expectMessage(error?.message ?? '');
    return undefined;
  }
  const { plan, locks } = made;
  const late = plan.node.validate();
  late.forEach(expectMessage);
  if (late.length > 0) return undefined;
  const Properties = rendered(plan);
  return {
    plan,
    faults: planFaults(Properties, locks),
    template: { Resources: { Plan: { Type: 'AWS::Backup::BackupPlan', Properties } } },
  };
}

/** In a separate stack, which is discarded afterwards. */
function inStack<T>(action: (stack: Stack) => T): T {
  const stack = new Stack(app, `Stack${count++}`, { env: HERE });
  try {
    return action(stack);
  } finally {
    app.node.tryRemoveChild(stack.node.id);
  }
}

test('every accepted plan satisfies the limits and the schema; all others are refused with a message', () => {
  let accepted = 0;
  const numRuns = 7_000;
  fc.assert(
    fc.property(plans, (recipe) =>
      inStack((stack) => {
        const made = make(recipe, stack);
        if (!made) return;
        accepted += 1;
        expect(made.faults).toEqual([]);
        expect(schemaProblems(made.template).filter((problem) => !problem.includes('refers to'))).toEqual([]);
      }),
    ),
    { numRuns },
  );
  expect(accepted).toBeGreaterThan(budget(numRuns) / 10);
  expect(accepted).toBeLessThan((budget(numRuns) * 9) / 10);
});

test('valid plans are accepted', () => {
  fc.assert(
    fc.property(soundPlans, (recipe) =>
      inStack((stack) => {
        const { all } = makeVaults(stack, recipe.vaults);
        const plan = new BackupPlan(stack, 'Plan', makePlanProps(recipe, all));
        expect(plan.node.validate()).toEqual([]);
        expect(rendered(plan).BackupPlan.BackupPlanRule).toHaveLength(recipe.rules.length);
      }),
    ),
    { numRuns: 1_600 },
  );
});

test('accepted plans synthesize, or are refused at synthesis with a message', () => {
  fc.assert(
    fc.property(fc.oneof(plans, soundPlans), (recipe) => {
      const stack = new Stack(testApp(), 'Stack', { env: HERE });
      const made = make(recipe, stack);
      if (!made) return;
      const template = Template.fromStack(stack).toJSON();
      expect(schemaProblems(template)).toEqual([]);
      const [plan] = Object.values<{ Type: string; Properties: object }>(template.Resources).filter(
        ({ Type }) => Type === 'AWS::Backup::BackupPlan',
      );
      expect(plan.Properties).toEqual(rendered(made.plan));
    }),
    { numRuns: 300 },
  );
});
