import type * as Yaml from 'yaml';
import { MAX_NESTING, parseJson } from './files';
import { InputError } from './input-error';

/** Twice what CloudFormation accepts. Reading YAML is about fifty times slower than reading JSON. */
const MAX_YAML_BYTES = 2 << 20;
/** The maximum size of a document after its aliases are expanded. */
const MAX_NODES = 1_000_000;

/** Short tags that don't stand for `Fn::` and their name. */
const TAGS = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
]);

/**
 * The content of a template: JSON, or YAML with short tags of CloudFormation (`!Sub`), which become long forms.
 */
export function parseTemplate(text: string, file: string): unknown {
  if (/^\s*[{[]/.test(text)) {
    if (!/\.ya?ml$/i.test(file)) return parseJson(text, file);
    try {
      return parseJson(text, file);
    } catch {
      // braces begin a flow mapping in YAML too
    }
  }
  return parseYaml(text, file);
}

function parseYaml(text: string, file: string): unknown {
  if (text.length > MAX_YAML_BYTES)
    throw new InputError(file, `is YAML larger than ${MAX_YAML_BYTES / (1 << 20)} MiB`);
  const yaml = require('yaml') as typeof Yaml; // loaded only for YAML, because it takes 30 ms
  let document: Yaml.Document.Parsed;
  try {
    // all scalars as text: CloudFormation converts by the type of the property, and account ids keep their leading
    // zeros. Checking for unique keys would take quadratic time.
    document = yaml.parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  } catch {
    throw new InputError(file, 'is not valid YAML');
  }
  const [error] = document.errors;
  if (error) throw new InputError(file, `is not valid YAML: ${yamlReason(error)}`);
  return new Converter(yaml, file).convert(document.contents, 0);
}

function yamlReason(error: Yaml.YAMLError): string {
  if (/call stack/.test(error.message)) return `nested more than ${MAX_NESTING} levels deep`;
  if (error.code === 'MULTIPLE_DOCS') return 'it contains more than one document';
  const line = error.linePos?.[0];
  const at = line ? ` at line ${line.line} column ${line.col}` : '';
  return `${error.code.toLowerCase().replace(/_/g, ' ')}${at}`;
}

/** Converts YAML nodes to plain data. Aliases share values, which are counted each time they are used. */
class Converter {
  private readonly anchors = new Map<string, { readonly value: unknown; readonly nodes: number }>();
  private nodes = 0;

  constructor(
    private readonly yaml: typeof Yaml,
    private readonly file: string,
  ) {}

  public convert(node: unknown, depth: number): unknown {
    if (depth > MAX_NESTING)
      throw new InputError(this.file, `is nested more than ${MAX_NESTING} levels deep`);
    if (this.yaml.isAlias(node)) {
      const anchor = this.anchors.get(node.source);
      if (!anchor)
        throw new InputError(this.file, `is not valid YAML: the alias \`${node.source}\` has no anchor`);
      this.count(anchor.nodes);
      return anchor.value;
    }
    const before = this.nodes;
    this.count(1);
    const value = this.tagged(node, depth);
    const anchor = this.yaml.isNode(node) && 'anchor' in node ? node.anchor : undefined;
    if (anchor) this.anchors.set(anchor, { value, nodes: this.nodes - before });
    return value;
  }

  private count(nodes: number): void {
    this.nodes += nodes;
    if (this.nodes > MAX_NODES)
      throw new InputError(this.file, 'becomes too large when its aliases are expanded');
  }

  private tagged(node: unknown, depth: number): unknown {
    const value = this.untagged(node, depth);
    const tag = this.yaml.isNode(node) ? node.tag : undefined;
    if (!tag?.startsWith('!') || tag === '!') return value;
    const name = TAGS.get(tag) ?? `Fn::${tag.slice(1)}`;
    return { [name]: tag === '!GetAtt' && typeof value === 'string' ? attribute(value) : value };
  }

  private untagged(node: unknown, depth: number): unknown {
    const { yaml } = this;
    if (yaml.isMap(node)) {
      const map: Record<string, unknown> = {};
      for (const pair of node.items) {
        const key = yaml.isScalar(pair.key) ? String(pair.key.value) : undefined;
        if (key === undefined) throw new InputError(this.file, 'is not valid YAML: a key is not a string');
        // as in JSON.parse, `__proto__` is an ordinary key
        Object.defineProperty(map, key, {
          value: this.convert(pair.value, depth + 1),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return map;
    }
    if (yaml.isSeq(node)) return node.items.map((item) => this.convert(item, depth + 1));
    if (!yaml.isScalar(node)) return null;
    const text = String(node.value ?? '');
    return node.type === 'PLAIN' && !node.tag ? plain(text) : text;
  }
}

/** Keywords of YAML 1.1, which CloudFormation uses. */
function plain(text: string): string | boolean | null {
  if (/^(true|yes|on)$/i.test(text)) return true;
  if (/^(false|no|off)$/i.test(text)) return false;
  return /^(null|~)?$/i.test(text) ? null : text;
}

/** `!GetAtt Vault.BackupVaultArn` */
function attribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
