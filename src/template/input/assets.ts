import * as fs from 'node:fs';
import * as path from 'node:path';
import { isFile, isObject, MAX_MANIFEST_BYTES, own, ownText, readJson } from './files';
import type { NestedSource } from './source';
import { readTemplate } from './template';

/** 64 hexadecimal digits, and `.json` or `.yaml`. */
const HASH_AND_EXTENSION = 69;

/**
 * Finds the templates of nested stacks in an assembly: by the metadata for the CDK command, or by the hash in the URL of
 * the template and the asset manifests.
 */
export class Assets {
  private byHash?: ReadonlyMap<string, string>;

  constructor(private readonly folder: string) {}

  public nested(resource: unknown, parentFile: string): NestedSource | undefined {
    const metadata = ownText(own(resource, 'Metadata'), 'aws:asset:path');
    const name = metadata ?? this.byUrl(own(own(resource, 'Properties'), 'TemplateURL'));
    if (name === undefined || path.isAbsolute(name) || path.normalize(name).startsWith('..'))
      return undefined;
    const file = path.join(this.folder, name);
    if (file === parentFile || !isFile(file)) return undefined;
    return { file, template: readTemplate(file) };
  }

  /** `https://s3.../<bucket>/<hash>.json`, of which only the end is literal text in the template. */
  private byUrl(url: unknown): string | undefined {
    const hash = /([0-9a-f]{64})(\.(json|ya?ml))?$/.exec(
      (lastText(url) ?? '').slice(-HASH_AND_EXTENSION),
    )?.[1];
    return hash === undefined ? undefined : this.files().get(hash);
  }

  /** The files of all asset manifests of the folder, by hash. */
  private files(): ReadonlyMap<string, string> {
    if (this.byHash) return this.byHash;
    const byHash = new Map<string, string>();
    for (const name of fs.readdirSync(this.folder)) {
      if (!name.endsWith('.assets.json')) continue;
      const files = own(readJson(path.join(this.folder, name), MAX_MANIFEST_BYTES), 'files');
      if (!isObject(files)) continue;
      for (const hash of Object.keys(files)) {
        const file = ownText(own(files[hash], 'source'), 'path');
        if (file !== undefined) byHash.set(hash, file);
      }
    }
    this.byHash = byHash;
    return byHash;
  }
}

/** The last text of `{"Fn::Join": ["", [...]]}` or `{"Fn::Sub": "..."}`. */
function lastText(url: unknown): string | undefined {
  if (typeof url === 'string') return url;
  const join = own(url, 'Fn::Join');
  const pieces = Array.isArray(join) ? join[1] : undefined;
  const last = Array.isArray(pieces) ? pieces[pieces.length - 1] : own(url, 'Fn::Sub');
  return typeof last === 'string' ? last : undefined;
}
