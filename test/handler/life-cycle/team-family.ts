import { approvalTeam } from '../../../src/handler/vault/approval-team';
import { FakeTeamVault } from '../support/fake-approvals';
import { FakeParameters } from '../support/fakes';
import type { CloudFormation } from './cloud-formation';
import type { Family, Scene } from './family';
import type { Invocation } from './invocation';
import type { Stack } from './stack';

/** A vault whose team may be changed, by people who decide whenever they like. */
class TeamScene implements Scene {
  private readonly vault = new FakeTeamVault();
  private readonly parameters = new FakeParameters();
  private readonly before?: string;
  /** People denied a change, or approved one that a failure had told them about. */
  private isOverruled = false;
  private cloudFormation?: CloudFormation;

  constructor(random: () => number) {
    this.vault.agrees = random() < 0.4;
    this.before = random() < 0.3 ? 'arn:before' : undefined;
    this.vault.team = this.before;
  }

  operationFor(invocation: Invocation, cloudFormation: CloudFormation) {
    this.cloudFormation = cloudFormation;
    const { getParametersByPath, putParameter, deleteParameter } = this.parameters;
    return approvalTeam(
      invocation.wrap(this.vault.teamClient),
      invocation.wrap({ getParametersByPath, putParameter, deleteParameter }),
    );
  }

  propertiesOf(choice: number) {
    return {
      vaultName: 'gold',
      teamArn: `arn:team${choice % 2}`,
      claimed: 'true',
      comment: `${choice >> 2}`,
    };
  }

  byHand(choice: number): void {
    if (!this.vault.session) return;
    const isApproved = choice < 4;
    if (!isApproved || this.isReported()) this.isOverruled = true;
    this.vault.decide(isApproved);
  }

  /** Whether a failure named the change that waits, and asked people to decide. */
  private isReported(): boolean {
    const { session } = this.vault;
    const lines = this.cloudFormation?.lines ?? [];
    return session !== undefined && lines.some((line) => line.includes(`(session ${session})`));
  }

  /** A person decides what is pending, so that a deletion can go on. */
  help(): void {
    this.vault.decide(true);
  }

  problems(certain: readonly Stack[]): string[] {
    if (this.isOverruled || this.isReported()) return [];
    const wanted = certain.flatMap((stack) =>
      [...stack.resources.values()].map(({ properties }) => properties.teamArn as string),
    );
    // what is wanted is there, or waits for its approval
    const got = this.vault.session ? this.vault.requestedTeam : this.vault.team;
    // a rollback to what another stack contradicts does not fail, and says so
    if (this.cloudFormation?.lines.some((line) => line.includes('sets another one'))) return [];
    return wanted.filter((team) => team !== got).map((team) => `${team} is wanted, got ${got}`);
  }

  lastProblems(): string[] {
    this.vault.decide(true);
    if (this.vault.team === this.before || this.isOverruled) return [];
    return [`the team was ${this.before}, and is ${this.vault.team}, which nobody owns`];
  }
}

export const TEAM: Family = {
  name: 'Custom::BackupApprovalTeam',
  histories: 2_000,
  begin: (_, random) => new TeamScene(random),
};
