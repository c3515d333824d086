import * as fs from 'node:fs';
import type * as Yaml from 'yaml';

/** Finds the lines of places in template files, JSON or YAML, for editors and code scanning. */
export class TemplateLines {
  private readonly byFile = new Map<string, ReadonlyMap<string, number>>();

  /** @param places paths in templates such as `Resources/Plan/Properties`, by file */
  constructor(private readonly places: ReadonlyMap<string, ReadonlySet<string>>) {}

  /** The line of a place, or of the closest place that contains it; 1 if unknown. */
  public of(file: string, pathInTemplate: string): number {
    let lines = this.byFile.get(file);
    if (!lines) {
      lines = read(file, withAncestors(this.places.get(file) ?? new Set()));
      this.byFile.set(file, lines);
    }
    for (let at = pathInTemplate; at !== ''; at = parent(at)) {
      const line = lines.get(at);
      if (line !== undefined) return line;
    }
    return 1;
  }
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function withAncestors(paths: ReadonlySet<string>): Set<string> {
  const all = new Set<string>();
  for (const path of paths) for (let at = path; at !== '' && !all.has(at); at = parent(at)) all.add(at);
  return all;
}

function read(file: string, wanted: ReadonlySet<string>): Map<string, number> {
  try {
    const text = fs.readFileSync(file, 'utf8');
    return /^\s*\{/.test(text) ? jsonLines(text, wanted) : yamlLines(text, wanted);
  } catch {
    return new Map(); // findings without lines are still reported
  }
}

/** For JSON that was parsed before, so that all brackets match. */
function jsonLines(text: string, wanted: ReadonlySet<string>): Map<string, number> {
  const lines = new Map<string, number>();
  const stack: { path: string; index?: number }[] = [];
  let line = 1;
  let key: string | undefined;
  const enter = (): string => {
    const top = stack[stack.length - 1];
    if (!top) return '';
    const name = top.index === undefined ? (key ?? '') : String(top.index);
    const path = top.path === '' ? name : `${top.path}/${name}`;
    if (wanted.has(path) && !lines.has(path)) lines.set(path, line);
    return path;
  };
  // takes linear time: a string without an end matches too
  const token = /"(?:[^"\\]|\\[\s\S])*("?)|[{}[\],:\n]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[1] === '') continue;
    const top = stack[stack.length - 1];
    switch (match[0]) {
      case '\n':
        line++;
        break;
      case '{':
      case '[': {
        const path = key === undefined && top?.index === undefined ? '' : enter();
        key = undefined;
        stack.push(match[0] === '[' ? { path, index: 0 } : { path });
        break;
      }
      case '}':
      case ']':
        stack.pop();
        key = undefined;
        break;
      case ',':
        if (top?.index !== undefined) top.index++;
        key = undefined;
        break;
      case ':':
        break;
      default:
        if (top && top.index === undefined && key === undefined) {
          key = JSON.parse(match[0]) as string;
          enter();
        } else if (top?.index !== undefined) enter();
    }
  }
  return lines;
}

function yamlLines(text: string, wanted: ReadonlySet<string>): Map<string, number> {
  const yaml = require('yaml') as typeof Yaml;
  const lines = new Map<string, number>();
  const lineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'error',
    lineCounter,
  });
  const visit = (node: unknown, path: string): void => {
    const entries: [string, unknown, unknown][] = yaml.isMap(node)
      ? node.items.map((pair) => [
          String(yaml.isScalar(pair.key) ? pair.key.value : ''),
          pair.key,
          pair.value,
        ])
      : yaml.isSeq(node)
        ? node.items.map((item, index) => [String(index), item, item])
        : [];
    for (const [name, start, value] of entries) {
      const inside = path === '' ? name : `${path}/${name}`;
      if (!wanted.has(inside)) continue;
      const offset = yaml.isNode(start) ? start.range?.[0] : undefined;
      if (offset !== undefined) lines.set(inside, lineCounter.linePos(offset).line);
      visit(value, inside);
    }
  };
  visit(document.contents, '');
  return lines;
}
