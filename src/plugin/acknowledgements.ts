import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ANNOTATION } from '../template/input/acknowledged-rules';

/** As of this version, the CDK suppresses a rule only where it is acknowledged; before, in the whole app. */
const SCOPED_SINCE = [2, 271];

/** Whether an acknowledgement applies to its construct only. */
export function isScoped(): boolean {
  const { version } = require('aws-cdk-lib/package.json') as { version: string };
  const [major, minor] = version.split('.').map(Number);
  return major > SCOPED_SINCE[0] || (major === SCOPED_SINCE[0] && minor >= SCOPED_SINCE[1]);
}

/** The rules of a plugin that constructs of an app acknowledge, with the reasons. */
export class Acknowledgements {
  private found?: Found;

  constructor(
    private readonly root: IConstruct,
    private readonly plugin: string,
  ) {}

  /** Whether a rule is acknowledged at all. */
  public has(rule: string): boolean {
    return this.all().rules.has(rule);
  }

  /** The reason closest to a construct, on itself or above. */
  public reason(rule: string, construct: IConstruct | undefined): string | undefined {
    const { rules, byConstruct } = this.all();
    if (!rules.has(rule)) return undefined;
    for (let at = construct; at; at = at.node.scope) {
      const reason = byConstruct.get(at)?.get(rule);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  private all(): Found {
    if (this.found) return this.found;
    const rules = new Set<string>();
    const byConstruct = new Map<IConstruct, ReadonlyMap<string, string>>();
    for (const construct of this.root.node.findAll()) {
      const own = acknowledged(construct, [ANNOTATION, `${this.plugin}::`]);
      if (own.size > 0) byConstruct.set(construct, own);
      for (const rule of own.keys()) rules.add(rule);
    }
    this.found = { rules, byConstruct };
    return this.found;
  }
}

interface Found {
  readonly rules: ReadonlySet<string>;
  readonly byConstruct: ReadonlyMap<IConstruct, ReadonlyMap<string, string>>;
}

/** Acknowledges a rule on a construct, even during validation. */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  // adds the metadata itself: before aws-cdk-lib 2.276, `acknowledge()` refuses the `::` in some IDs
  construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}

/** Rules with reasons; later prefixes win. */
function acknowledged(construct: IConstruct, prefixes: readonly string[]): Map<string, string> {
  const own = new Map<string, string>();
  for (const prefix of prefixes)
    for (const { type, data } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || !data) continue;
      for (const [id, reason] of Object.entries(data))
        if (id.startsWith(prefix)) own.set(id.slice(prefix.length), String(reason));
    }
  return own;
}
