import fc from 'fast-check';
import { Clock, randomOf } from './clock';
import { CloudFormation } from './cloud-formation';
import type { Family, Scene } from './family';
import type { Mishap } from './invocation';
import type { Course, Delivery, Stack, Template } from './stack';

/** One thing that happens to one stack, or that a person does by hand. */
export interface Move {
  readonly stack: 0 | 1;
  /** 0: the stack has no resource of ours; 1 and 2: under one name or another. 3: the stack is deleted. */
  readonly resource: 0 | 1 | 2 | 3;
  /** Which properties. */
  readonly choice: number;
  readonly failsLater?: boolean;
  readonly skips?: boolean;
  readonly mishaps?: readonly (Mishap & Delivery)[];
  /** Starts while the move before is still under way. */
  readonly isConcurrent?: boolean;
  /** What a person does before. */
  readonly byHand?: number;
}

const mishap: fc.Arbitrary<Mishap & Delivery> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ killedAt: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ throttledAt: fc.array(fc.nat(20), { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ lostAt: fc.array(fc.nat(20), { maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ latency: fc.constantFrom(200, 3_000, 19_000) }) },
  { weight: 1, arbitrary: fc.record({ delay: fc.constantFrom(1_000, 600_000, 1_000_000) }) },
  { weight: 1, arbitrary: fc.record({ again: fc.constantFrom(1, 5_000, 300_000, 3_000_000) }) },
);

const move: fc.Arbitrary<Move> = fc.record(
  {
    stack: fc.constantFrom<0 | 1>(0, 1),
    resource: fc.constantFrom<0 | 1 | 2 | 3>(1, 1, 1, 2, 2, 0, 3),
    choice: fc.nat(7),
    failsLater: fc.constantFrom(true, false, false),
    skips: fc.boolean(),
    mishaps: fc.array(mishap, { maxLength: 3 }),
    isConcurrent: fc.boolean(),
    byHand: fc.nat(5),
  },
  { requiredKeys: ['stack', 'resource', 'choice'] },
);

/** Random histories. */
export const history: fc.Arbitrary<readonly Move[]> = fc.array(move, { minLength: 1, maxLength: 5 });

const IDS = ['', 'Old', 'New'];

/** Plays a history to its end, and returns everything that is wrong. */
export async function playHistory(family: Family, moves: readonly Move[], seed: number): Promise<string[]> {
  const clock = new Clock();
  const random = randomOf(seed);
  const scene = family.begin(clock, random);
  const cloudFormation: CloudFormation = new CloudFormation(
    clock,
    (invocation) => scene.operationFor(invocation, cloudFormation),
    random,
    scene.functionTimeout,
    () => scene.help?.(),
  );
  return clock.until(new Player(scene, cloudFormation, clock).play(moves));
}

class Player {
  private readonly stacks: (Stack | undefined)[] = [];
  private readonly uncertain = new Set<Stack>();
  private generation = 0;

  constructor(
    private readonly scene: Scene,
    private readonly cloudFormation: CloudFormation,
    private readonly clock: Clock,
  ) {}

  async play(moves: readonly Move[]): Promise<string[]> {
    for (let index = 0; index < moves.length; index++) {
      const group = [moves[index]];
      const next = moves[index + 1];
      if (next?.isConcurrent && next.stack !== group[0].stack) {
        group.push(next);
        index++;
      }
      for (const { byHand } of group) if (byHand !== undefined) this.scene.byHand(byHand);
      // AWS shows what a person did before anything else happens: no handler can see what AWS does not show yet
      await this.clock.sleep(10_000);
      await Promise.all(group.map((each) => this.move(each)));
      await this.cloudFormation.settle();
      const problems = this.problems();
      if (problems.length > 0) return problems;
    }
    for (const stack of this.stacks) if (stack) await this.destroy(stack, {});
    await this.cloudFormation.settle();
    return [
      ...this.problems(),
      ...this.cloudFormation.lines.filter((line) => line.startsWith('STUCK')),
      // what CloudFormation forgot to delete can't be restored by anyone
      ...(this.cloudFormation.forgotten.length > 0 ? [] : this.scene.lastProblems(this.cloudFormation.lines)),
    ];
  }

  private problems(): string[] {
    const certain = [...this.cloudFormation.stacks.values()].filter((stack) => !this.uncertain.has(stack));
    const forbidden = this.cloudFormation.invocations.flatMap((invocation) => invocation.forbidden);
    return [
      ...forbidden.map((name) => `${name} was called after a failure was reported`),
      ...this.scene.problems(certain),
    ];
  }

  private async move({ stack: number, resource, choice, failsLater, skips, mishaps }: Move): Promise<void> {
    await this.clock.sleep(1_000);
    if (resource === 3) {
      const old = this.stacks[number];
      this.stacks[number] = undefined;
      if (old) await this.destroy(old, { mishaps });
      return;
    }
    // a new stack of the same name has another id
    this.stacks[number] ??= this.cloudFormation.stack(`stack${number}x${++this.generation}`);
    const stack = this.stacks[number];
    const template: Template =
      resource === 0 ? {} : { [IDS[resource]]: { properties: this.scene.propertiesOf(choice) } };
    const others = this.scene.othersFor?.(stack, template);
    const isGood = await this.cloudFormation.deploy(stack, template, { failsLater, skips, mishaps, others });
    if (isGood) this.uncertain.delete(stack);
    else this.uncertain.add(stack);
    if (stack.status === 'ROLLBACK_COMPLETE' || stack.status === 'ROLLBACK_FAILED') {
      // nothing but a deletion is possible then
      this.stacks[number] = undefined;
      await this.destroy(stack, {});
    }
  }

  private async destroy(stack: Stack, course: Course): Promise<void> {
    const cleanUp = this.scene.othersFor?.(stack, {}).cleanUp;
    const others = cleanUp && { cleanUp };
    if (await this.cloudFormation.destroy(stack, { ...course, others })) return;
    this.scene.help?.();
    if (!(await this.cloudFormation.destroy(stack, { others })))
      this.cloudFormation.lines.push(`STUCK: the stack ${stack.uuid} can't be deleted`);
  }
}
