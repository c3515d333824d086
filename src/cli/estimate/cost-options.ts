import * as path from 'node:path';
import { type CostInput, readPrices, readSizes, unknownResources } from '../../forecast/cost/cost-input';
import { type CostInputs, DEFAULT_COST_INPUTS } from '../../forecast/outlook/cost-outlook';
import { readJson } from '../../template/input/files';
import { InputError } from '../../template/input/input-error';
import type { Arguments } from '../core/arguments';
import { InputProblems } from '../core/input-problems';
import type { Io } from '../core/io';
import type { Option } from '../core/options';

export const SIZES: Option = {
  name: 'sizes',
  value: 'FILE',
  help: 'sizes and change rates of resources, in JSON, for storage and cost',
};
export const PRICES: Option = {
  name: 'prices',
  value: 'FILE',
  help: 'prices in JSON, instead of those of the built-in table',
};

/** Far more than sizes of all resources of an organization take. */
const MAX_BYTES = 64 << 20;

/**
 * The sizes and prices of an estimate.
 *
 * @throws InputError or InputProblems with everything that is wrong in the files
 */
export function costInputsOf(args: Arguments, io: Io): CostInputs {
  return {
    sizes: read(args.get('sizes'), io, readSizes) ?? DEFAULT_COST_INPUTS.sizes,
    prices: read(args.get('prices'), io, readPrices) ?? DEFAULT_COST_INPUTS.prices,
  };
}

/**
 * Refuses sizes of resources that don't exist.
 *
 * @param names the names of all resources
 */
export function requireResources({ sizes }: CostInputs, names: readonly string[], args: Arguments): void {
  const file = args.get('sizes');
  if (file !== undefined) refuse(file, unknownResources(sizes, names));
}

function read<T>(file: string | undefined, io: Io, reader: (value: unknown) => CostInput<T>): T | undefined {
  if (file === undefined) return undefined;
  const { value, problems } = reader(named(file, () => readJson(path.resolve(io.cwd, file), MAX_BYTES)));
  refuse(file, problems);
  return value;
}

/** Errors name the file as the user does. */
function named<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(file, error.reason, error.path);
    throw error;
  }
}

function refuse(file: string, problems: CostInput<unknown>['problems']): void {
  if (problems.length === 0) return;
  throw new InputProblems(
    problems.map(
      ({ path: at, reason, fix }) =>
        new InputError(file, `${reason}${fix === undefined ? '' : `; ${fix}`}`, at).message,
    ),
  );
}
