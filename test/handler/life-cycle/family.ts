import type { Operation } from '../../../src/handler/core/answer';
import type { Clock } from './clock';
import type { CloudFormation } from './cloud-formation';
import type { Invocation } from './invocation';
import type { OtherResources, Stack, Template } from './stack';

/** One kind of custom resource in one fake AWS, for one history. */
export interface Scene {
  /** The handler, whose calls go through the invocation. */
  operationFor(invocation: Invocation, cloudFormation: CloudFormation): Operation;
  /** Properties of a resource, by number. */
  propertiesOf(choice: number): Record<string, unknown>;
  /** Something that a person does, by number. */
  byHand(choice: number): void;
  /** The resources of a template that are not ours. */
  othersFor?(stack: Stack, template: Template): OtherResources;
  /** What is wrong while everything rests; `certain` are the stacks of which CloudFormation knows everything. */
  problems(certain: readonly Stack[]): string[];
  /** What is wrong after all stacks were deleted. */
  lastProblems(lines: readonly string[]): string[];
  /** What people do before a deletion that failed is repeated. */
  help?(): void;
  /** How long the function may run. */
  readonly functionTimeout?: number;
}

/** A kind of custom resource. */
export interface Family {
  readonly name: string;
  /** How many random histories it plays. */
  readonly histories: number;
  begin(clock: Clock, random: () => number): Scene;
}

/** A value that AWS may show as it was a few seconds ago. */
export class Eventual<T> {
  private readonly past: { at: number; value: T }[];

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    value: T,
  ) {
    this.past = [{ at: 0, value }];
  }

  /** What is true. */
  get value(): T {
    return this.past[this.past.length - 1].value;
  }

  set value(value: T) {
    this.past.push({ at: this.clock.now(), value });
  }

  /** What AWS shows. */
  get shown(): T {
    const moment = this.clock.now() - this.random() * 3_000;
    for (let index = this.past.length - 1; index >= 0; index--)
      if (this.past[index].at <= moment) return this.past[index].value;
    return this.past[0].value;
  }
}
