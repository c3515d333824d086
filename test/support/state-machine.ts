import { createHash } from 'node:crypto';

type Json = Record<string, unknown>;

/** Under which the context object stands in the data: `$$`. */
const CONTEXT = '$$';

/** What a call answers: a result, or an error by its name. */
export type Answer = { readonly result: unknown } | { readonly error: string; readonly cause?: string };

/** How an execution went. */
export interface Execution {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  /** The states that were entered, in order; each once for each time. */
  readonly states: string[];
  readonly calls: { readonly action: string; readonly input: Json; readonly at: number }[];
  /** Seconds since the beginning. */
  readonly seconds: number;
  readonly error?: string;
  readonly cause?: string;
  /** What Step Functions would count, of at most 25,000. */
  readonly events: number;
}

/** When and how an execution runs. */
export interface ExecutionOptions {
  readonly name?: string;
  /** As Step Functions shows it. */
  readonly startTime?: string;
  /** The share of each pause with jitter that is waited: from 0 to 1. */
  readonly jitter?: number;
}

const START = '2026-11-29T05:00:00.000Z';

/**
 * Walks through a state machine in JSONPath: what Step Functions does, as far as the definitions here need it. What it
 * doesn't know, it refuses.
 *
 * @param answer what a call of an API answers, the n-th of its action
 */
export function run(
  definition: Json,
  input: Json,
  answer: (action: string, input: Json, nth: number, now: string) => Answer,
  { name: executionName = 'execution', startTime = START, jitter = 1 }: ExecutionOptions = {},
): Execution {
  const states = definition.States as Record<string, Json>;
  const entered: string[] = [];
  const calls: Execution['calls'] = [];
  const callCount: Record<string, number> = {};
  let seconds = 0;
  let events = 1;
  const now = () => new Date(Date.parse(startTime) + seconds * 1_000).toISOString();
  let data: Json = { ...input, [CONTEXT]: { Execution: { Name: executionName, StartTime: startTime } } };
  let name = definition.StartAt as string;
  const done = (status: Execution['status'], more: Partial<Execution> = {}): Execution => ({
    status,
    states: entered,
    calls,
    seconds,
    events: events + 1,
    ...more,
  });

  const call = (state: Json): Answer => {
    const action = /^arn:[^:]+:states:::aws-sdk:backup:(\w+)$/.exec(state.Resource as string)?.[1];
    if (!action) throw new Error(`unknown resource ${state.Resource}`);
    const parameters = evaluate(state.Parameters as Json, data) as Json;
    const attempts = new Map<Json, number>(); // each retrier counts its own
    for (;;) {
      const nth = callCount[action] ?? 0;
      callCount[action] = nth + 1;
      calls.push({ action, input: parameters, at: seconds });
      events += 3;
      const got = answer(action, parameters, nth, now());
      if ('result' in got) return got;
      const retry = (state.Retry as Json[]).find((each) =>
        (each.ErrorEquals as string[]).includes(got.error),
      );
      const attempt = retry ? (attempts.get(retry) ?? 0) : 0;
      if (!retry || attempt >= (retry.MaxAttempts as number)) return got;
      attempts.set(retry, attempt + 1);
      const pause = (retry.IntervalSeconds as number) * (retry.BackoffRate as number) ** attempt;
      const longest = Math.min(pause, (retry.MaxDelaySeconds as number | undefined) ?? pause);
      seconds += retry.JitterStrategy === 'FULL' ? longest * jitter : longest;
    }
  };

  for (;;) {
    if (seconds > (definition.TimeoutSeconds as number)) return done('TIMED_OUT');
    const state = states[name];
    if (!state) throw new Error(`no state ${name}`);
    entered.push(name);
    events += 2;
    switch (state.Type) {
      case 'Pass':
        data = put(data, state.ResultPath as string, evaluate(state.Parameters, data));
        name = state.Next as string;
        break;
      case 'Task': {
        const got = call(state);
        if ('result' in got) {
          data = put(data, state.ResultPath as string, got.result);
          name = state.Next as string;
          break;
        }
        const caught = (state.Catch as Json[]).find(({ ErrorEquals }) =>
          [got.error, 'States.ALL'].some((error) => (ErrorEquals as string[]).includes(error)),
        );
        if (!caught) throw new Error('not caught');
        data = put(data, caught.ResultPath as string, { Error: got.error, Cause: got.cause ?? '' });
        name = caught.Next as string;
        break;
      }
      case 'Choice': {
        const taken = (state.Choices as Json[]).find((choice) => test(choice, data));
        name = (taken?.Next ?? state.Default) as string;
        break;
      }
      case 'Wait':
        seconds += (state.Seconds ?? at(data, state.SecondsPath as string)) as number;
        name = state.Next as string;
        break;
      case 'Succeed':
        return done('SUCCEEDED');
      case 'Fail':
        return done('FAILED', {
          error: (state.Error ?? reference(state.ErrorPath as string, data)) as string,
          cause: (state.Cause ?? reference(state.CausePath as string, data)) as string,
        });
      default:
        throw new Error(`unknown type ${state.Type}`);
    }
  }
}

/** What is wrong with the structure of a state machine: targets that don't exist, states that nothing leads to. */
export function structureProblems(definition: Json): string[] {
  const states = definition.States as Record<string, Json>;
  const targets = (state: Json): string[] => [
    ...[state.Next, state.Default].filter((next): next is string => typeof next === 'string'),
    ...[...((state.Choices ?? []) as Json[]), ...((state.Catch ?? []) as Json[])].map(
      (each) => each.Next as string,
    ),
  ];
  const reached = new Set([definition.StartAt as string]);
  for (const name of reached) for (const next of targets(states[name] ?? {})) reached.add(next);
  return [
    ...Object.entries(states).flatMap(([name, state]) =>
      targets(state).flatMap((next) => (states[next] ? [] : [`${name} leads to ${next}, which isn't there`])),
    ),
    ...Object.keys(states).flatMap((name) => (reached.has(name) ? [] : [`nothing leads to ${name}`])),
    ...Object.entries(states).flatMap(([name, { Type, Next, End, Default }]) =>
      (['Succeed', 'Fail'].includes(Type as string) ? Next || End : !(Next || Default))
        ? [`${name} must ${Type === 'Succeed' || Type === 'Fail' ? 'end' : 'go on'}`]
        : [],
    ),
    ...Object.keys(states).flatMap((name) =>
      name.length > 80 ? [`${name} is longer than 80 characters`] : [],
    ),
  ];
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function test(choice: Json, data: Json): boolean {
  if (choice.And) return (choice.And as Json[]).every((each) => test(each, data));
  if (choice.Or) return (choice.Or as Json[]).some((each) => test(each, data));
  if (choice.Not) return !test(choice.Not as Json, data);
  const { Variable, Next: _next, ...rest } = choice;
  const [[operator, wanted]] = Object.entries(rest);
  const got = at(data, Variable as string, operator === 'IsPresent');
  switch (operator) {
    case 'IsPresent':
      return (got !== undefined) === wanted;
    case 'IsString':
      return (typeof got === 'string') === wanted;
    case 'IsTimestamp':
      return (typeof got === 'string' && TIMESTAMP.test(got)) === wanted;
    case 'TimestampLessThanPath':
      return Date.parse(got as string) < Date.parse(at(data, wanted as string) as string);
    case 'BooleanEquals':
    case 'StringEquals':
      return got === wanted;
    case 'StringEqualsPath':
      return got === at(data, wanted as string);
    case 'StringMatches': {
      const parts = (wanted as string).split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return typeof got === 'string' && new RegExp(`^${parts.join('.*')}$`, 's').test(got);
    }
    case 'NumericLessThan':
      return typeof got === 'number' && got < (wanted as number);
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

/** Keys that end with `.$` hold a path or an intrinsic function. */
function evaluate(template: unknown, data: Json): unknown {
  if (Array.isArray(template)) return template.map((each) => evaluate(each, data));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? [key.slice(0, -2), reference(value as string, data)]
        : [key, evaluate(value, data)],
    ),
  );
}

function reference(expression: string, data: Json): unknown {
  if (expression.startsWith('$')) return at(data, expression);
  const call = /^States\.(\w+)\((.*)\)$/s.exec(expression);
  if (!call) return expression.startsWith("'") ? expression.slice(1, -1) : Number(expression);
  const args = split(call[2]).map((argument) => reference(argument, data));
  switch (call[1]) {
    case 'Format': {
      const [template, ...values] = args;
      return (template as string).replace(/\{\}/g, () => String(values.shift()));
    }
    case 'Hash':
      return createHash((args[1] as string).replace('-', ''))
        .update(args[0] as string)
        .digest('hex');
    case 'MathAdd':
      return (args[0] as number) + (args[1] as number);
    case 'MathRandom':
      return args[0]; // the least
    case 'ArrayGetItem': {
      const item = (args[0] as unknown[])[args[1] as number];
      if (item === undefined) throw new Error(`no element ${args[1]}`);
      return item;
    }
    case 'JsonToString':
      return JSON.stringify(args[0]);
    default:
      throw new Error(`unknown function ${call[1]}`);
  }
}

/** The arguments of a call, which may be calls. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const character of text) {
    if (character === "'") quoted = !quoted;
    if (!quoted && character === '(') depth++;
    if (!quoted && character === ')') depth--;
    if (!quoted && depth === 0 && character === ',') {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return [...parts, part.trim()];
}

function at(data: Json, path: string, mayMiss = false): unknown {
  const [root, ...keys] = path.split('.');
  const value = (root === CONTEXT ? [CONTEXT, ...keys] : keys).reduce<unknown>(
    (inner, key) => (inner as Json | undefined)?.[key],
    data,
  );
  if (value === undefined && !mayMiss) throw new Error(`States.Runtime: nothing at ${path}`);
  return value;
}

function put(data: Json, path: string, value: unknown): Json {
  const key = /^\$\.(\w+)$/.exec(path)?.[1];
  if (!key) throw new Error(`unknown result path ${path}`);
  return { ...data, [key]: value };
}
