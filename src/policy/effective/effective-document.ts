import type { EffectiveNode } from '../merge/policy-merge';

/** An effective policy as AWS Organizations prints it: lowercase keys, all values strings, placeholders literal. */
export interface EffectiveDocument {
  readonly plans?: EffectiveObject;
}

export interface EffectiveObject {
  readonly [key: string]: EffectiveObject | string | readonly string[];
}

const EMPTY: EffectiveDocument = Object.freeze({});

/**
 * Turns merged policies into documents, without empty objects. The documents of several accounts share equal parts: don't
 * change them.
 */
export class EffectivePrinter {
  // not a `WeakMap`, which costs the garbage collector more than all the rest
  private readonly objects = new Map<EffectiveNode, EffectiveObject>();

  public document(node: EffectiveNode): EffectiveDocument {
    return (this.print(node) as EffectiveDocument | undefined) ?? EMPTY;
  }

  private print(node: EffectiveNode): EffectiveObject | string | readonly string[] | undefined {
    if (node.value !== undefined || node.children.size === 0) return node.value;
    const known = this.objects.get(node);
    if (known) return known;
    let object: Record<string, EffectiveObject[string]> | undefined;
    for (const [key, child] of node.children) {
      const printed = this.print(child);
      if (printed === undefined) continue;
      object ??= {};
      if (key === '__proto__') Object.defineProperty(object, key, { value: printed, ...OWN });
      else object[key] = printed;
    }
    if (object) this.objects.set(node, object);
    return object;
  }
}

/** A plan may be called `__proto__`, and assigning that would set the prototype. */
const OWN = { enumerable: true, configurable: true, writable: true };

/** The settings that contain ARNs, the only ones with placeholders. */
const ARN_SETTINGS = new Set([
  'iam_role_arn',
  'scanner_role_arn',
  'target_backup_vault_arn',
  'target_logically_air_gapped_backup_vault_arn',
]);

/** The plans that AWS Backup creates in one Region of one account. */
export interface MaterializedRegion {
  readonly region: string;
  /** The plans of the Region by name, without `regions`, with account and Region filled in. */
  readonly plans: EffectiveObject;
}

/**
 * The plans that AWS Backup creates from an effective policy in an account, by Region, with `$account` and `$region` filled
 * in.
 */
export function materialize(policy: EffectiveDocument, account: string): MaterializedRegion[] {
  const regions = new Map<string, [string, EffectiveObject][]>();
  for (const [name, plan] of Object.entries(policy.plans ?? {})) {
    const { regions: names, ...rest } = plan as EffectiveObject;
    for (const region of Array.isArray(names) ? new Set<string>(names) : []) {
      const plans = regions.get(region) ?? [];
      plans.push([name, fill(rest, account, region)]);
      regions.set(region, plans);
    }
  }
  return [...regions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, plans]) => ({ region, plans: Object.fromEntries(plans) }));
}

function fill(object: EffectiveObject, account: string, region: string): EffectiveObject {
  const filled = (text: string) =>
    text.replaceAll('$account', () => account).replaceAll('$region', () => region);
  const visit = (node: EffectiveObject): EffectiveObject =>
    Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (typeof value === 'string') return [key, ARN_SETTINGS.has(key) ? filled(value) : value];
        if (Array.isArray(value)) return [key, value];
        const inner = visit(value as EffectiveObject);
        return [key, key === 'copy_actions' ? withFilledKeys(inner, filled) : inner];
      }),
    );
  return visit(object);
}

function withFilledKeys(object: EffectiveObject, filled: (key: string) => string): EffectiveObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [filled(key), value]));
}
