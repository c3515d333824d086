import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import { tryGet } from '../core/imported-resource';

/** A value that is known only at deployment. */
export const UNKNOWN: unique symbol = Symbol('known at deployment');

type Bag = Record<string, unknown>;

/** Property names of L1s that aren't the CloudFormation name with a lowercase first letter. */
const TYPED_NAMES: Readonly<Record<string, string>> = { OpenZFSConfiguration: 'openZfsConfiguration' };

const typedName = (name: string) => TYPED_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1);

/**
 * A property of an L1, by its CloudFormation path of one or two names. It is read and written where it takes effect: in
 * the typed property, or in an override if there is one.
 */
export class ReadyProperty {
  private readonly path: readonly string[];

  constructor(
    private readonly resource: CfnResource,
    path: string,
  ) {
    this.path = path.split('.');
  }

  /** The current value, as in the template; `UNKNOWN` if it is known only at deployment. */
  public get(): unknown {
    return literal(this.resource, this.current());
  }

  /** Whether the parent object of the property is set and can be read. */
  public get hasParent(): boolean {
    const parent = new ReadyProperty(this.resource, this.path[0]).get();
    return typeof parent === 'object' && parent !== null;
  }

  public set(value: unknown): void {
    const [first, second] = this.path;
    const typed = typedName(first);
    const parts = this.resource as unknown as Bag;
    if (!(typed in this.resource) || this.overridden()) {
      if (value === undefined) this.resource.addPropertyDeletionOverride(this.path.join('.'));
      else this.resource.addPropertyOverride(this.path.join('.'), value);
      return;
    }
    if (second === undefined) {
      parts[typed] = value;
      return;
    }
    const before = parts[typed];
    if (Token.isUnresolved(before)) {
      this.resource.addPropertyOverride(this.path.join('.'), value);
      return;
    }
    const { [second]: _, ...rest } = (before ?? {}) as Bag;
    parts[typed] = { ...rest, [typedName(second)]: value };
  }

  private overridden(): boolean {
    return this.override() !== undefined;
  }

  /** The value of an override, wrapped, since an override can also remove the property. */
  private override(): { readonly value: unknown } | undefined {
    let bag: unknown = (this.resource as unknown as { rawOverrides?: { Properties?: Bag } }).rawOverrides
      ?.Properties;
    for (const name of this.path) {
      if (typeof bag !== 'object' || bag === null || !Object.hasOwn(bag, name)) return undefined;
      bag = (bag as Bag)[name];
      if (typeof bag !== 'object' || bag === null) break;
    }
    return { value: bag };
  }

  private current(): unknown {
    const override = this.override();
    if (override) return override.value ?? undefined;
    const [first, second] = this.path;
    const parts = this.resource as unknown as Bag & { _cfnProperties?: Bag };
    const typed = typedName(first);
    const value = (typed in this.resource ? parts[typed] : undefined) ?? parts._cfnProperties?.[first];
    if (second === undefined) return value;
    const bag = literal(this.resource, value);
    if (bag === UNKNOWN) return bag;
    if (typeof bag !== 'object' || bag === null) return undefined;
    return (bag as Bag)[typedName(second)] ?? (bag as Bag)[second];
  }
}

/** A value as in the template; `UNKNOWN` for intrinsic functions. */
export function literal(resource: CfnResource, value: unknown): unknown {
  const resolved = Token.isUnresolved(value)
    ? tryGet(() => ({ value: Stack.of(resource).resolve(value) }))
    : { value };
  return resolved ? withoutIntrinsics(resolved.value) : UNKNOWN;
}

/** `UNKNOWN` for an intrinsic function or a token. */
function withoutIntrinsics(value: unknown): unknown {
  if (value === null) return undefined;
  if (Token.isUnresolved(value)) return UNKNOWN;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const keys = Object.keys(value as Bag);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')) ? UNKNOWN : value;
}

/** A string value; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number, which can be written as a string; undefined for everything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** A boolean, which can be written as a string; undefined for everything else. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

/** The properties of an L1 as in the template; undefined if they can't be rendered. */
export function renderedProperties(resource: CfnResource): Bag | undefined {
  const rendered = tryGet(() => {
    const part = (resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
    return Stack.of(resource).resolve(part) as { Resources?: Record<string, { Properties?: Bag }> };
  });
  if (!rendered) return undefined;
  return Object.values(rendered.Resources ?? {})[0]?.Properties ?? {};
}

/** The value at a path of property names; `UNKNOWN` if it is known only at deployment. */
export function valueAt(bag: unknown, ...names: readonly string[]): unknown {
  let value = withoutIntrinsics(bag);
  for (const name of names) {
    if (value === UNKNOWN) return UNKNOWN;
    if (typeof value !== 'object' || value === null) return undefined;
    value = withoutIntrinsics((value as Bag)[name]);
  }
  return value;
}
