import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../../src/handler/core/answer';
import { type Fault, Faults } from './fakes';
import { answeredInCalls, awsError, request } from './requests';
import { VirtualRuntime } from './virtual-runtime';

/** A request in a story: what, of which resource, with which properties. */
export type Step = readonly [
  type: 'Create' | 'Update' | 'Delete',
  resource: string,
  properties: Record<string, unknown>,
];

/** What a handler does, step by step, and what AWS looks like after each. */
export interface Story {
  /** A new AWS, whose calls fail as they are told. */
  begin(faults: Faults, now: () => number): { readonly operation: Operation; look(): unknown };
  readonly steps: readonly Step[];
  /** What must be so at any time, also after a step that failed. */
  always?(seen: unknown): void;
}

/** What may happen to every call. */
export const FAULTS: readonly (readonly [string, Omit<Fault, 'call'>])[] = [
  ['throttling that passes', { error: awsError('ThrottlingException'), times: 3 }],
  ['throttling that stays', { error: awsError('ThrottlingException'), times: 1_000 }],
  ['access that is denied', { error: awsError('AccessDeniedException'), times: 1_000 }],
  ['a response that is lost', { error: awsError('TimeoutError'), isLost: true }],
  ['a response that is lost, and an end', { error: awsError('Lost'), isLost: true, times: 1_000 }],
  ['a timeout before anything is done', { error: awsError('TimeoutError'), times: 2 }],
  ['timeouts for good', { error: awsError('TimeoutError'), times: 1_000 }],
  ['an error that stays', { error: awsError('InvalidParameterValueException'), times: 1_000 }],
];

/** What a story came to. */
export interface Outcome {
  /** What AWS looked like after each step. */
  readonly states: unknown[];
  readonly calls: number;
  readonly names: readonly string[];
}

const CHECKED = new WeakMap<Story, Set<string>>();

/** What a story says must always be so, asked once of each state: thousands of plays pass through the same few. */
function alwaysOf(story: Story): (seen: unknown) => void {
  const { always } = story;
  if (!always) return () => {};
  const checked = CHECKED.get(story) ?? new Set();
  CHECKED.set(story, checked);
  return (seen) => {
    const text = JSON.stringify(seen);
    if (checked.has(text)) return;
    always(seen);
    checked.add(text);
  };
}

/** Plays a story; whatever fails is told a second time, without the fault: that must succeed. */
export async function play(story: Story, fault?: Fault): Promise<Outcome> {
  const faults = new Faults(fault);
  let runtime = new VirtualRuntime();
  const { operation, look } = story.begin(faults, () => runtime.now());
  const ids = new Map<string, string>();
  const states: unknown[] = [];
  const checked = alwaysOf(story);
  let requests = 0;
  for (const [index, [type, LogicalResourceId, properties]] of story.steps.entries()) {
    const before = story.steps.slice(0, index).filter(([, resource]) => resource === LogicalResourceId);
    const tell = async () => {
      runtime = new VirtualRuntime(runtime.now());
      const body = await answeredInCalls(
        operation,
        request(type, properties, {
          LogicalResourceId,
          RequestId: `request-${++requests}`,
          ...(type !== 'Create' && {
            PhysicalResourceId: ids.get(LogicalResourceId),
            OldResourceProperties: before.at(-1)?.[2],
          }),
        }),
        runtime,
      );
      checked(look());
      return body;
    };
    let body = await tell();
    if (body.Status === 'FAILED') {
      faults.fault = undefined;
      body = await tell();
    }
    if (body.Status !== 'SUCCESS') expect(body).toMatchObject({ Status: 'SUCCESS' });
    ids.set(LogicalResourceId, body.PhysicalResourceId as string);
    states.push(look());
  }
  return { states, calls: faults.calls, names: faults.names };
}

/** Lets every call of a story fail in every way; all must come to the same. Returns the number of faults. */
export async function everyFault(story: Story): Promise<number> {
  const { states, calls } = await play(story);
  let tried = 0;
  for (const [what, fault] of FAULTS)
    for (let call = 0; call < calls; call++) {
      const outcome = await play(story, { ...fault, call });
      // `expect` is slow, and is only asked for its message
      if (!isDeepStrictEqual(outcome.states, states))
        expect({ what, call, states: outcome.states }).toEqual({ what, call, states });
      tried++;
    }
  return tried;
}
