import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import { attempt } from '../core/imported-resource';

/** What stands for a value that is known at deployment only. */
export const OPEN: unique symbol = Symbol('known at deployment');

type Bag = Record<string, unknown>;

/** How L1s call what isn't called as in CloudFormation with a small first letter. */
const TYPED_NAMES: Readonly<Record<string, string>> = { OpenZFSConfiguration: 'openZfsConfiguration' };

const typedName = (name: string) => TYPED_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1);

/**
 * A property of an L1, by its path in CloudFormation of one or two names: read and written where the user says it,
 * in the typed property, or in an override where that is what counts.
 */
export class ReadyProperty {
  private readonly path: readonly string[];

  constructor(
    private readonly resource: CfnResource,
    path: string,
  ) {
    this.path = path.split('.');
  }

  /** The value that the template will have, as of now; `OPEN` where that is known at deployment only. */
  public get(): unknown {
    return literal(this.resource, this.current());
  }

  /** Whether the object that the property belongs to is said, and can be looked into. */
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

  /** The value of an override, in a box, since an override can also take the property away. */
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
    if (bag === OPEN) return bag;
    if (typeof bag !== 'object' || bag === null) return undefined;
    return (bag as Bag)[typedName(second)] ?? (bag as Bag)[second];
  }
}

/** A value as it will stand in the template; `OPEN` for what is an intrinsic function there. */
export function literal(resource: CfnResource, value: unknown): unknown {
  const resolved = Token.isUnresolved(value)
    ? attempt(() => ({ value: Stack.of(resource).resolve(value) }))
    : { value };
  return resolved ? closed(resolved.value) : OPEN;
}

/** `OPEN` for an intrinsic function or a token. */
export function closed(value: unknown): unknown {
  if (value === null) return undefined;
  if (Token.isUnresolved(value)) return OPEN;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const keys = Object.keys(value as Bag);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')) ? OPEN : value;
}

/** The text at a place; undefined where there is none or where it isn't known. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The number at a place, which may be written as a text; undefined where there is none or where it isn't known. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** The flag at a place, which may be written as a text; undefined where there is none or where it isn't known. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

/** The properties of an L1 as they will stand in the template; undefined where that can't be told. */
export function renderedProperties(resource: CfnResource): Bag | undefined {
  const rendered = attempt(() => {
    const part = (resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
    return Stack.of(resource).resolve(part) as { Resources?: Record<string, { Properties?: Bag }> };
  });
  if (!rendered) return undefined;
  return Object.values(rendered.Resources ?? {})[0]?.Properties ?? {};
}

/** What stands under some names, one within the other; `OPEN` where that is known at deployment only. */
export function under(bag: unknown, ...names: readonly string[]): unknown {
  let value = closed(bag);
  for (const name of names) {
    if (value === OPEN) return OPEN;
    if (typeof value !== 'object' || value === null) return undefined;
    value = closed((value as Bag)[name]);
  }
  return value;
}
