import type { StackScope, Stacks } from '../input/stack';
import type { Maybe, Text, Unknown } from './unknown';

/** What the name of a resource resolves to: the name if a template sets it, or always the resource. */
export type Naming = 'literal' | 'symbolic';

/** The resolver, as functions, conditions and exports use it. */
export interface Evaluator {
  readonly stacks: Stacks;
  readonly naming: Naming;
  /** Exports and outputs of other stacks. */
  readonly exports: {
    imported(name: string, stack: StackScope): unknown;
    output(stackName: string, output: string, region: Text | undefined, stack: StackScope): unknown;
  };

  evaluate(raw: unknown, stack: StackScope): unknown;
  text(raw: unknown, stack: StackScope): Text | undefined;
  texts(raw: unknown, stack: StackScope): Maybe<readonly Text[]>;
  condition(name: string, stack: StackScope): Maybe<boolean>;
  /** Registers that a value depends on a condition that isn't known. */
  leaveOpen(condition: string, stack: StackScope): void;
  ref(name: string, stack: StackScope): unknown;
  attribute(logicalId: string, attribute: string, stack: StackScope): unknown;
  once<T>(key: string, what: string, evaluate: () => T): T | Unknown;
  deeper<T>(evaluate: () => T): T | Unknown;
  same(a: Text, b: Text): boolean | undefined;
  spend(work: number): boolean;
}
