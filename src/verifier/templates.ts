import type { VerifiedTemplate } from './statement';

export type Raw = Readonly<Record<string, unknown>>;

/** A resource of a template. */
export interface RawResource {
  readonly at: VerifiedTemplate;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Raw;
}

/** Reads templates as little as claims need: references, ARNs, exports, defaults of parameters. */
export class Templates {
  private readonly resources: readonly RawResource[];

  constructor(public readonly all: readonly VerifiedTemplate[]) {
    this.resources = all.flatMap((at) =>
      Object.entries(record(record(at.template).Resources)).map(([logicalId, body]) => ({
        at,
        logicalId,
        type: String(record(body).Type),
        properties: record(record(body).Properties),
      })),
    );
  }

  public ofType(...types: readonly string[]): readonly RawResource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  public find(stack: string, logicalId: string): RawResource | undefined {
    return this.resources.find((one) => one.at.stack === stack && one.logicalId === logicalId);
  }

  /** The text of a value; resources become `@stack/logicalId`. Undefined if it isn't understood. */
  public text(value: unknown, at: VerifiedTemplate): string | undefined {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    const node = record(value);
    if (typeof node.Ref === 'string') return this.name(node.Ref, at);
    const attribute = node['Fn::GetAtt'];
    if (Array.isArray(attribute)) return this.name(String(attribute[0]), at);
    if (typeof attribute === 'string') return this.name(attribute.split('.')[0], at);
    const join = node['Fn::Join'];
    if (Array.isArray(join) && Array.isArray(join[1])) {
      const parts = join[1].map((part) => this.text(part, at));
      return parts.some((part) => part === undefined) ? undefined : parts.join(String(join[0]));
    }
    const sub = node['Fn::Sub'];
    if (typeof sub === 'string') {
      const parts = sub.replace(
        /\$\{([^}]+)\}/g,
        (_, name: string) => this.name(name.split('.')[0], at) ?? '\0',
      );
      return parts.includes('\0') ? undefined : parts;
    }
    return node['Fn::ImportValue'] === undefined
      ? undefined
      : this.exported(this.text(node['Fn::ImportValue'], at));
  }

  /** The resource of some types that a value refers to: directly, or by its name or ARN. */
  public linked(
    value: unknown,
    at: VerifiedTemplate,
    nameProperty: string,
    ...types: readonly string[]
  ): RawResource | undefined {
    const text = this.text(value, at);
    if (text === undefined) return undefined;
    const [, stack, logicalId] = /^@(.+)\/([^/]+)$/.exec(text) ?? [];
    if (stack !== undefined) return this.find(stack, logicalId);
    const fields = text.split(':');
    const isArn = fields[0] === 'arn';
    return this.ofType(...types).find(
      (one) =>
        this.text(one.properties[nameProperty], one.at) === (isArn ? fields.at(-1) : text) &&
        (!isArn || (matches(one.at.region, fields[3]) && matches(one.at.account, fields[4]))),
    );
  }

  private name(name: string, at: VerifiedTemplate): string | undefined {
    if (name === 'AWS::AccountId') return at.account ?? '<account>';
    if (name === 'AWS::Region') return at.region ?? '<region>';
    if (name === 'AWS::Partition') return 'aws';
    if (name.startsWith('AWS::')) return `<${name}>`;
    const template = record(at.template);
    if (record(template.Resources)[name] !== undefined) return `@${at.stack}/${name}`;
    const byDefault = record(record(template.Parameters)[name]).Default;
    return byDefault === undefined ? undefined : String(byDefault);
  }

  private exported(name: string | undefined): string | undefined {
    for (const at of this.all)
      for (const output of Object.values(record(record(at.template).Outputs)))
        if (this.text(record(record(output).Export).Name, at) === name)
          return this.text(record(output).Value, at);
    return undefined;
  }
}

/** An object, or an empty one. */
export function record(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function matches(known: string | undefined, text: string): boolean {
  return known === undefined || text === known || text.startsWith('<');
}
