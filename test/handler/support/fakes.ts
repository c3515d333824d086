import type { ParameterClient } from '../../../src/handler/core/parameters';
import type { RegionSettingsClient } from '../../../src/handler/settings/region-settings';
import { awsError } from './requests';

/** What may happen to a call: it fails before anything is done, or its response is lost afterwards. */
export interface Fault {
  /** The number of the call that fails, from 0. */
  readonly call: number;
  readonly error: Error;
  readonly isLost?: boolean;
  /** Further calls that fail too. */
  readonly times?: number;
}

/** What a caller can change without changing the original; faster than `structuredClone`. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return new Date(value) as T;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) copy[key] = copyOf(each);
  return copy as T;
}

/** Counts calls and lets some fail. */
export class Faults {
  calls = 0;
  readonly names: string[] = [];
  constructor(public fault?: Fault) {}

  async around<T>(name: string, call: () => T): Promise<T> {
    const number = this.calls++;
    this.names.push(name);
    const { fault } = this;
    const fails = fault && number >= fault.call && number < fault.call + (fault.times ?? 1);
    if (fails && !fault.isLost) throw fault.error;
    const result = call();
    if (fails) throw fault.error;
    return copyOf(result);
  }
}

/** The settings of a Region, as AWS Backup keeps them. */
export class FakeRegion implements RegionSettingsClient {
  constructor(
    readonly optIn: Record<string, boolean>,
    readonly management: Record<string, boolean> = {},
    readonly faults = new Faults(),
  ) {}

  describeRegionSettings = () =>
    this.faults.around('backup:DescribeRegionSettings', () => ({
      ResourceTypeOptInPreference: this.optIn,
      ResourceTypeManagementPreference: this.management,
    }));

  updateRegionSettings: RegionSettingsClient['updateRegionSettings'] = (input) =>
    this.faults.around('backup:UpdateRegionSettings', () => {
      Object.assign(this.optIn, input.ResourceTypeOptInPreference);
      Object.assign(this.management, input.ResourceTypeManagementPreference);
    });
}

/** Parameters of AWS Systems Manager, two on a page. */
export class FakeParameters implements ParameterClient {
  readonly values = new Map<string, string>();
  constructor(readonly faults = new Faults()) {}

  /** How many there are, apart from locks, which expire by themselves. */
  get claims(): number {
    return [...this.values.keys()].filter((name) => !name.includes('/lock/')).length;
  }

  getParametersByPath: ParameterClient['getParametersByPath'] = ({ Path, Recursive, NextToken }) =>
    this.faults.around('ssm:GetParametersByPath', () => {
      const start = Number(NextToken ?? 0);
      const isBelow = (name: string) =>
        name.startsWith(`${Path}/`) && (Recursive || !name.slice(`${Path}/`.length).includes('/'));
      const all = [...this.values].filter(([name]) => isBelow(name)).sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        Parameters: all.slice(start, start + 2).map(([Name, Value]) => ({ Name, Value })),
        NextToken: start + 2 < all.length ? String(start + 2) : undefined,
      };
    });

  putParameter: ParameterClient['putParameter'] = ({ Name = '', Value = '', Overwrite }) =>
    this.faults.around('ssm:PutParameter', () => {
      if (Buffer.byteLength(Value) > 4_096) throw awsError('ValidationException', 'too long');
      if (!Overwrite && this.values.has(Name)) throw awsError('ParameterAlreadyExists');
      this.values.set(Name, Value);
    });

  deleteParameter: ParameterClient['deleteParameter'] = ({ Name }) =>
    this.faults.around('ssm:DeleteParameter', () => {
      if (!this.values.delete(Name ?? '')) throw awsError('ParameterNotFound');
    });
}
