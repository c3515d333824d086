import { planS3Settings } from '../../../src/handler/plan/plan-s3-settings';
import { FakePlan } from '../support/fake-approvals';
import { FakeParameters } from '../support/fakes';
import type { CloudFormation } from './cloud-formation';
import type { Family, Scene } from './family';
import type { Invocation } from './invocation';
import type { Stack } from './stack';

type Options = Record<string, string>;

const WANTS: readonly Options[] = [
  { BackupACLs: 'disabled' },
  { BackupObjectTags: 'disabled' },
  { BackupACLs: 'disabled', BackupObjectTags: 'enabled' },
  { BackupACLs: 'enabled' },
];

/** A plan that is there before all stacks, to which people add rules at any moment. */
class PlanScene implements Scene {
  private readonly plan = new FakePlan();
  private readonly parameters = new FakeParameters();
  private rules = 1;
  private readonly invocations: Invocation[] = [];
  private hasRaced = false;
  private cloudFormation?: CloudFormation;
  private readonly before: Options;

  constructor(random: () => number) {
    this.before = random() < 0.3 ? { BackupACLs: 'disabled' } : {};
    this.plan.change({ ...this.plan.plan, AdvancedBackupSettings: this.settings(this.before) });
  }

  private settings(options: Options) {
    const own = Object.keys(options).length > 0 ? [{ ResourceType: 'S3', BackupOptions: options }] : [];
    return [{ ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } }, ...own];
  }

  private get options(): Options {
    const all = this.plan.plan.AdvancedBackupSettings as { ResourceType: string; BackupOptions: Options }[];
    return all.find(({ ResourceType }) => ResourceType === 'S3')?.BackupOptions ?? {};
  }

  operationFor(invocation: Invocation, cloudFormation: CloudFormation) {
    this.cloudFormation = cloudFormation;
    this.invocations.push(invocation);
    const { getParametersByPath, putParameter, deleteParameter } = this.parameters;
    return planS3Settings(
      invocation.wrap(this.plan.client),
      invocation.wrap({ getParametersByPath, putParameter, deleteParameter }),
    );
  }

  propertiesOf(choice: number) {
    return { planId: 'p', options: WANTS[choice % 4], claimed: 'true' };
  }

  byHand(choice: number): void {
    const add = () => {
      const rules = this.plan.plan.Rules as object[];
      this.plan.change({ ...this.plan.plan, Rules: [...rules, { RuleName: `hand${this.rules++}` }] });
    };
    // at once, or at the worst moment: between reading and writing
    if (choice < 2) add();
    else
      this.plan.meanwhile = () => {
        this.hasRaced = true;
        add();
      };
  }

  problems(certain: readonly Stack[]): string[] {
    const problems: string[] = [];
    const names = (this.plan.plan.Rules as { RuleName: string }[]).map(({ RuleName }) => RuleName);
    // a function that is killed right after its update can't look for what it overwrote in the same moment
    const isBlind = this.hasRaced && this.invocations.some(({ isKilled }) => isKilled);
    if (names.length < this.rules && !isBlind) problems.push(`a rule is lost: ${names}`);
    if (!JSON.stringify(this.plan.plan).includes('WindowsVSS')) problems.push('the options for EC2 are lost');
    for (const stack of certain)
      for (const { properties } of stack.resources.values())
        for (const [name, value] of Object.entries(properties.options as Options))
          if (this.options[name] !== value && !this.isContradicted(name))
            problems.push(`${stack.uuid} wants ${name} ${value}`);
    return problems;
  }

  /** An update back to what another stack contradicts may be a rollback: it does not fail, and says so. */
  private isContradicted(name: string): boolean {
    const lines = this.cloudFormation?.lines ?? [];
    return lines.some((line) => line.startsWith(`${name} stays as it is: it is set to another value by`));
  }

  lastProblems(): string[] {
    const state = [this.options, this.before].map((each) => JSON.stringify(Object.entries(each).sort()));
    return [
      ...(state[0] === state[1] ? [] : [`the options were ${state[1]}, and are ${state[0]}`]),
      ...(this.parameters.claims > 0 ? ['claims are left'] : []),
    ];
  }
}

export const PLAN: Family = {
  name: 'Custom::BackupPlanS3Settings',
  histories: 1_500,
  begin: (_, random) => new PlanScene(random),
};
