import { isObject, own, ownText } from '../../template/input/files';
import type { StackScope } from '../../template/input/stack';
import { attributesOf, schemaOf } from '../../values/cloudformation/schema';
import { closestName } from '../../values/core/closest-name';
import type { FindingId } from '../../values/findings/registry';
import type { Context } from '../core/context';
import type { Fault } from './fault';
import { TemplateNames } from './template-names';

/** More would not help. */
const MAX_FAULTS = 100;
/** Templates that are nested more deeply aren't valid. */
const MAX_DEPTH = 100;

/** Types outside the table of schemas whose attributes are all known. */
const WHOLE: ReadonlySet<string> = new Set(['AWS::IAM::Role']);

/** Whether an attribute differs from another one by case alone, or is an ARN by the wrong name. */
function isMisspelt(attribute: string, attributes: ReadonlySet<string>): boolean {
  const wanted = attribute.toLowerCase();
  return wanted === 'arn' || [...attributes].some((each) => each.toLowerCase() === wanted);
}

/**
 * References of a template to resources, parameters, attributes and conditions that it doesn't have: CloudFormation
 * refuses the template. Empty if macros or loops may add what is missing.
 */
export function referenceFaults(context: Context, stack: StackScope): Fault[] {
  const names = new TemplateNames(stack);
  return names.areComplete() ? new ReferenceReader(context, stack, names).read() : [];
}

class ReferenceReader {
  private readonly faults: Fault[] = [];
  private readonly reported = new Set<string>();

  constructor(
    private readonly context: Context,
    private readonly stack: StackScope,
    private readonly names: TemplateNames,
  ) {}

  public read(): Fault[] {
    const { template } = this.stack.source;
    for (const name of this.names.resources) this.resource(name);
    for (const section of ['Conditions', 'Outputs'])
      for (const name of this.stack.names(section)) {
        const raw = own(own(template, section), name);
        if (section === 'Outputs') this.conditionOf(raw, name, `Outputs/${name}`);
        this.walk(raw, name, `${section}/${name}`, 0);
      }
    return this.faults;
  }

  private resource(logicalId: string): void {
    const body = this.stack.entry('Resources', logicalId);
    const path = `Resources/${logicalId}`;
    this.conditionOf(body, logicalId, path);
    const dependsOn = own(body, 'DependsOn');
    for (const name of [dependsOn].flat())
      if (typeof name === 'string' && !this.names.resources.has(name) && !this.names.mayBeAdded(name)) {
        const others = new Set([...this.names.resources].filter((each) => each !== logicalId));
        this.unresolved(logicalId, `${path}/DependsOn`, 'a resource', name, others);
      }
    if (!isObject(body)) return;
    for (const key of Object.keys(body))
      if (key !== 'Metadata' && key !== 'Type') this.walk(own(body, key), logicalId, `${path}/${key}`, 0);
  }

  private conditionOf(body: unknown, logicalId: string, path: string): void {
    const name = ownText(body, 'Condition');
    if (name !== undefined) this.condition(name, logicalId, `${path}/Condition`);
  }

  private condition(name: string, logicalId: string, path: string): void {
    if (!this.names.conditions.has(name))
      this.unresolved(logicalId, path, 'a condition', name, this.names.conditions);
  }

  private walk(raw: unknown, logicalId: string, path: string, depth: number): void {
    if (typeof raw !== 'object' || raw === null || depth > MAX_DEPTH) return;
    if (this.faults.length >= MAX_FAULTS) return;
    // a template may have millions of values, most of them text
    if (Array.isArray(raw)) {
      for (let index = 0; index < raw.length; index++)
        if (typeof raw[index] === 'object') this.walk(raw[index], logicalId, `${path}/${index}`, depth + 1);
      return;
    }
    const keys = Object.keys(raw);
    if (keys.length === 0) return;
    if (keys.some((key) => key.startsWith('Fn::ForEach') || key === 'Fn::Transform')) return;
    const values = raw as Readonly<Record<string, unknown>>;
    if (keys.length === 1 && this.isFunction(keys[0], values[keys[0]], logicalId, path, depth)) return;
    for (const key of keys) {
      const inner = values[key];
      if (typeof inner === 'object') this.walk(inner, logicalId, `${path}/${key}`, depth + 1);
    }
  }

  /** Whether an object is a reference, which is read here. */
  private isFunction(key: string, value: unknown, logicalId: string, path: string, depth: number): boolean {
    switch (key) {
      case 'Ref':
        if (typeof value === 'string') this.reference(value, logicalId, path);
        return typeof value === 'string';
      case 'Fn::GetAtt':
        this.attribute(value, logicalId, path);
        return false;
      case 'Fn::Sub': {
        const [text, variables] = Array.isArray(value) ? value : [value, undefined];
        if (typeof text === 'string') this.substitution(text, variables, logicalId, path);
        this.walk(variables, logicalId, `${path}/Fn::Sub/1`, depth + 1);
        return true;
      }
      case 'Fn::If':
        if (Array.isArray(value) && typeof value[0] === 'string') this.condition(value[0], logicalId, path);
        return false;
      case 'Fn::FindInMap':
        this.mapping(value, logicalId, path);
        return false;
      case 'Condition':
        if (typeof value === 'string' && path.startsWith('Conditions/'))
          this.condition(value, logicalId, path);
        return false;
      default:
        return false;
    }
  }

  private reference(name: string, logicalId: string, path: string): void {
    if (this.names.resources.has(name) && path.startsWith('Conditions/'))
      this.add(
        'Backup-UnresolvedName',
        logicalId,
        path,
        `\`${name}\` is a resource, to which conditions can't refer`,
        () => 'refer to a parameter',
      );
    if (this.names.referable.has(name) || this.names.mayBeAdded(name)) return;
    this.unresolved(logicalId, path, 'a resource or parameter', name, this.names.referable);
  }

  /** `[mapping, key, key]`. CloudFormation refuses a mapping or keys that the template doesn't have. */
  private mapping(value: unknown, logicalId: string, path: string): void {
    if (!Array.isArray(value) || typeof value[0] !== 'string') return;
    const [name, first, second, options] = value;
    const mappings = this.stack.names('Mappings');
    if (!mappings.includes(name)) {
      this.unresolved(logicalId, path, 'a mapping', name, new Set(mappings));
      return;
    }
    const mapping = this.stack.entry('Mappings', name);
    if (options !== undefined || typeof first !== 'string' || !isObject(mapping)) return;
    if (Object.keys(mapping).some((key) => key.startsWith('Fn::'))) return;
    const of = (keys: object, what: string, key: string) =>
      this.unresolved(logicalId, path, `a key of the mapping ${what}`, key, new Set(Object.keys(keys)));
    const inner = own(mapping, first);
    if (inner === undefined) of(mapping, `\`${name}\``, first);
    else if (typeof second === 'string' && isObject(inner) && own(inner, second) === undefined)
      of(inner, `\`${name}.${first}\``, second);
  }

  /** `[resource, attribute]`, or `resource.attribute`. */
  private attribute(value: unknown, logicalId: string, path: string): void {
    if (!Array.isArray(value) && typeof value !== 'string') return;
    const [target, ...rest] = Array.isArray(value) ? value : value.split('.');
    if (typeof target !== 'string') return;
    this.attributeOf(
      target,
      rest.every((part) => typeof part === 'string') ? rest.join('.') : undefined,
      logicalId,
      path,
    );
  }

  private attributeOf(target: string, attribute: string | undefined, logicalId: string, path: string): void {
    if (!this.names.resources.has(target)) {
      if (!this.names.mayBeAdded(target))
        this.unresolved(logicalId, path, 'a resource', target, this.names.resources);
      return;
    }
    const type = this.stack.resources.get(target)?.type ?? '';
    if (type === 'AWS::CloudFormation::Stack') {
      this.output(target, attribute, logicalId, path);
      return;
    }
    const schema = schemaOf(type);
    const attributes = schema?.attributes ?? attributesOf(type);
    if (!attributes || attribute === undefined || attributes.has(attribute)) return;
    // types outside the table accept properties of theirs as attributes, too
    const isWhole = WHOLE.has(type);
    if (schema ? schema.properties.has(attribute) : !isWhole && !isMisspelt(attribute, attributes)) return;
    this.add(
      'Backup-UnknownAttribute',
      logicalId,
      path,
      `\`${attribute}\` is not an attribute of \`${target}\` (${type})`,
      () => fixOf(closestName(attribute, [...attributes]), (meant) => `write \`${target}.${meant}\``),
    );
  }

  /** An output of a nested stack whose template is in the input. */
  private output(target: string, attribute: string | undefined, logicalId: string, path: string): void {
    const nested = this.stack.nested.get(target);
    if (!nested || !attribute?.startsWith('Outputs.')) return;
    const name = attribute.slice('Outputs.'.length);
    const outputs = nested.names('Outputs');
    if (outputs.includes(name) || outputs.some((each) => each.startsWith('Fn::'))) return;
    if (own(nested.source.template, 'Transform') !== undefined) return;
    this.add(
      'Backup-UnresolvedName',
      logicalId,
      path,
      `\`${name}\` is not an output of the nested stack \`${target}\``,
      () => fixOf(closestName(name, outputs), (meant) => `write \`${target}.Outputs.${meant}\``),
    );
  }

  private substitution(text: string, variables: unknown, logicalId: string, path: string): void {
    for (const [, inner] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      const name = inner.trim();
      if (own(variables, name) !== undefined) continue;
      const dot = name.indexOf('.');
      if (dot < 0) this.reference(name, logicalId, path);
      else this.attributeOf(name.slice(0, dot), name.slice(dot + 1), logicalId, path);
    }
  }

  private unresolved(
    logicalId: string,
    path: string,
    what: string,
    name: string,
    names: ReadonlySet<string>,
  ): void {
    this.add('Backup-UnresolvedName', logicalId, path, `\`${name}\` is not ${what} of the template`, () =>
      fixOf(
        this.names.closest(name, names),
        (meant) => `write \`${meant}\`, or add ${what} named \`${name}\``,
      ),
    );
  }

  /** @param fix made only if the same isn't reported already */
  private add(
    id: FindingId,
    logicalId: string,
    path: string,
    message: string,
    fix: () => string | undefined,
  ): void {
    const key = `${logicalId}|${message}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    const place = this.context.place(this.stack, logicalId, path);
    this.faults.push({
      id,
      item: this.stack.idOf(logicalId),
      refuses: 'template',
      place,
      message,
      fix: fix(),
    });
  }
}

function fixOf(meant: string | undefined, fix: (meant: string) => string): string | undefined {
  return meant === undefined ? undefined : fix(meant);
}
