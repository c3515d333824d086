type Json = Record<string, unknown>;

/** An error of a task, by its name, as Retry and Catch see it. */
export class TaskError extends Error {
  constructor(
    public readonly error: string,
    cause: string,
  ) {
    super(cause);
    this.name = error;
  }
}

/** What a task does: by its resource, without `arn:aws:states:::`. */
export type Tasks = (resource: string, parameters: Json) => Promise<unknown>;

/** How an execution went. */
export interface AslExecution {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** The states that were entered, in order. */
  readonly states: string[];
}

/** The execution was killed, as by a stopped account: nothing catches it. */
export class Killed extends Error {}

/**
 * An interpreter of Amazon States Language in JSONPath, with Map, Retry, Catch, ItemSelector and ResultSelector. Iterations
 * of a Map run one after the other. What it doesn't know, it refuses.
 *
 * @param killAfter how many states are entered before the execution is killed
 */
export async function interpret(
  definition: Json,
  input: Json,
  tasks: Tasks,
  { name = 'execution', killAfter = Number.POSITIVE_INFINITY, startTime = '2026-11-29T05:00:00Z' } = {},
): Promise<AslExecution> {
  const states: string[] = [];
  const context: Json = { Execution: { Name: name, StartTime: startTime }, Task: { Token: 'token' } };
  const enter = (state: string) => {
    if (states.length >= killAfter) throw new Killed();
    states.push(state);
  };
  try {
    const output = await runStates(definition, input, context, tasks, enter);
    return { status: 'SUCCEEDED', output: output as Json, states };
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    return { status: 'FAILED', error: error.error, cause: error.message, states };
  }
}

async function runStates(
  machine: Json,
  input: unknown,
  context: Json,
  tasks: Tasks,
  enter: (state: string) => void,
): Promise<unknown> {
  let name = machine.StartAt as string;
  let data = input;
  for (;;) {
    const state = (machine.States as Record<string, Json>)[name];
    if (!state) throw new Error(`no state ${name}`);
    enter(name);
    const read = (template: unknown) => evaluate(template, data, context);
    if (state.Type === 'Succeed') return data;
    if (state.Type === 'Fail')
      throw new TaskError(
        (state.Error ?? reference(state.ErrorPath as string, data, context)) as string,
        (state.Cause ?? reference(state.CausePath as string, data, context)) as string,
      );
    if (state.Type === 'Choice') {
      const taken = (state.Choices as Json[]).find((choice) => test(choice, data, context));
      name = (taken?.Next ?? state.Default) as string;
      continue;
    }
    let next = state.Next as string | undefined;
    try {
      if (state.Type === 'Pass')
        data = put(
          data,
          state.ResultPath as string | undefined,
          state.InputPath ? at(data, state.InputPath as string, context) : read(state.Parameters),
        );
      else if (state.Type === 'Task')
        data = put(data, state.ResultPath as string | undefined, await runTask(state, data, context, tasks));
      else if (state.Type === 'Map')
        data = put(
          data,
          state.ResultPath as string | undefined,
          await runMap(state, data, context, tasks, enter),
        );
      else if (state.Type !== 'Wait') throw new Error(`unknown type ${state.Type}`);
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      const caught = ((state.Catch ?? []) as Json[]).find(({ ErrorEquals }) =>
        isIn(error.error, ErrorEquals),
      );
      if (!caught) throw error;
      data = put(data, caught.ResultPath as string, { Error: error.error, Cause: error.message });
      next = caught.Next as string;
    }
    if (next === undefined) return data;
    name = next;
  }
}

async function runTask(state: Json, data: unknown, context: Json, tasks: Tasks): Promise<unknown> {
  const attempts = new Map<Json, number>();
  const parameters = evaluate(state.Parameters, data, context) as Json;
  for (;;) {
    try {
      const result = await tasks((state.Resource as string).replace(/^arn:[^:]*:states:::/, ''), parameters);
      return state.ResultSelector ? evaluate(state.ResultSelector, result, context) : result;
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      const retry = ((state.Retry ?? []) as Json[]).find(({ ErrorEquals }) => isIn(error.error, ErrorEquals));
      const attempt = retry ? (attempts.get(retry) ?? 0) : 0;
      if (!retry || attempt >= (retry.MaxAttempts as number)) throw error;
      attempts.set(retry, attempt + 1);
    }
  }
}

async function runMap(
  state: Json,
  data: unknown,
  context: Json,
  tasks: Tasks,
  enter: (state: string) => void,
) {
  const results: unknown[] = [];
  for (const value of reference(state.ItemsPath as string, data, context) as unknown[]) {
    const inner = { ...context, Map: { Item: { Value: value } } };
    const input = evaluate(state.ItemSelector, data, inner);
    results.push(await runStates(state.ItemProcessor as Json, input, inner, tasks, enter));
  }
  return results;
}

function isIn(error: string, names: unknown): boolean {
  return (names as string[]).some((name) => name === error || name === 'States.ALL');
}

function test(choice: Json, data: unknown, context: Json): boolean {
  const { Variable, Next: _next, ...rest } = choice;
  const [[operator, wanted]] = Object.entries(rest);
  const got = at(data, Variable as string, context, operator === 'IsPresent');
  if (operator === 'IsPresent') return (got !== undefined) === wanted;
  if (operator === 'StringEquals' || operator === 'BooleanEquals') return got === wanted;
  throw new Error(`unknown operator ${operator}`);
}

function evaluate(template: unknown, data: unknown, context: Json): unknown {
  if (template === undefined) return data;
  if (Array.isArray(template)) return template.map((each) => evaluate(each, data, context));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? [key.slice(0, -2), reference(value as string, data, context)]
        : [key, evaluate(value, data, context)],
    ),
  );
}

function reference(expression: string, data: unknown, context: Json): unknown {
  if (expression.startsWith('$')) return at(data, expression, context);
  const call = /^States\.(\w+)\((.*)\)$/s.exec(expression);
  if (!call) return expression.replace(/^'|'$/g, '').replaceAll('\\n', '\n');
  const args = split(call[2]).map((argument) => reference(argument, data, context));
  if (call[1] === 'Format') {
    const [template, ...values] = args;
    return (template as string).replace(/\{\}/g, () => String(values.shift()));
  }
  if (call[1] === 'JsonToString') return JSON.stringify(args[0]);
  if (call[1] === 'Array') return args;
  throw new Error(`unknown function ${call[1]}`);
}

/** The arguments of a call; commas in quotes don't count. */
function split(text: string): string[] {
  return [...text.matchAll(/\s*('(?:[^'])*'|[^,]+)(?:,|$)/gs)].map(([, argument]) => argument.trim());
}

function at(data: unknown, path: string, context: Json, mayMiss = false): unknown {
  const [root, keys] = path.startsWith('$$') ? [context, path.slice(2)] : [data, path.slice(1)];
  const value = [...keys.matchAll(/\.(\w+)|\[(\d+)\]/g)].reduce<unknown>(
    (inner, [, key, index]) => (inner as Json | undefined)?.[key ?? index],
    root,
  );
  if (value === undefined && !mayMiss) throw new TaskError('States.Runtime', `nothing at ${path}`);
  return value;
}

function put(data: unknown, path: string | undefined, value: unknown): unknown {
  if (path === undefined) return value;
  const key = /^\$\.(\w+)$/.exec(path)?.[1];
  if (!key) throw new Error(`unknown result path ${path}`);
  return { ...(data as Json), [key]: value };
}
