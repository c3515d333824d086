import * as fs from 'node:fs';
import * as path from 'node:path';
import { manifestAcknowledgements } from './acknowledged-rules';
import { Assets } from './assets';
import { manifestPaths } from './construct-paths';
import { isFile, isObject, MAX_MANIFEST_BYTES, own, ownText, readJson } from './files';
import { InputError } from './input-error';
import type { StackSource } from './source';
import { manifestSources } from './source-lines';
import { readTemplate } from './template';

const MANIFEST = 'manifest.json';
/** Stages in stages. */
const MAX_NESTING = 20;

/** Whether a folder is a cloud assembly. */
export function isAssembly(folder: string): boolean {
  return isFile(path.join(folder, MANIFEST));
}

/** The cloud assembly that contains the assembly of a stage: the outermost folder with a manifest. */
export function rootAssembly(folder: string): string {
  let root = folder;
  for (let up = path.dirname(root); up !== root && isAssembly(up); up = path.dirname(root)) root = up;
  return root;
}

/**
 * All stacks of a cloud assembly, including those of its stages. The version of the manifest is ignored, and so is what
 * isn't understood.
 */
export function readAssembly(folder: string): StackSource[] {
  return new AssemblyReader(folder).read(folder, '', 0);
}

class AssemblyReader {
  private readonly seen = new Set<string>();
  private readonly assets = new Map<string, Assets>();
  private readonly root: string;

  constructor(folder: string) {
    this.root = path.resolve(folder);
  }

  public read(folder: string, prefix: string, depth: number): StackSource[] {
    const file = path.join(folder, MANIFEST);
    const manifest = readJson(file, MAX_MANIFEST_BYTES);
    if (!isObject(manifest)) throw new InputError(file, 'is not a manifest: it must contain an object');
    const real = fs.realpathSync(folder);
    if (depth > MAX_NESTING || this.seen.has(real))
      throw new InputError(
        file,
        depth > MAX_NESTING ? 'is nested too deeply' : 'belongs to an assembly that contains itself',
      );
    this.seen.add(real);

    const artifacts = own(manifest, 'artifacts');
    if (artifacts === undefined) return []; // an app without stacks
    if (!isObject(artifacts)) throw new InputError(file, 'must be an object', 'artifacts');
    return Object.keys(artifacts).flatMap((id) => {
      const artifact = artifacts[id];
      const at = { file, path: `artifacts/${id}`, folder };
      switch (ownText(artifact, 'type')) {
        case 'aws:cloudformation:stack':
          return [this.stack(at, `${prefix}${id}`, id, artifact)];
        case 'cdk:cloud-assembly': {
          const name = textOf(at, artifact, 'directoryName');
          return this.read(this.inside(at, name, 'directoryName'), `${prefix}${id}/`, depth + 1);
        }
        default:
          return [];
      }
    });
  }

  private stack(at: At, id: string, artifactId: string, artifact: unknown): StackSource {
    const file = this.inside(at, textOf(at, artifact, 'templateFile'), 'templateFile');
    if (!isFile(file))
      throw new InputError(at.file, `no such file \`${file}\``, `${at.path}/properties/templateFile`);
    const properties = own(artifact, 'properties');
    const stackName = ownText(properties, 'stackName') ?? artifactId;
    const parameters = own(properties, 'parameters');
    const assets = this.assets.get(at.folder) ?? new Assets(at.folder);
    this.assets.set(at.folder, assets);
    return {
      id,
      file,
      stackName,
      name: stackName,
      template: readTemplate(file),
      ...environmentOf(ownText(artifact, 'environment')),
      constructPath: ownText(artifact, 'displayName') ?? artifactId,
      assembly: this.root,
      tags: stackTags(artifact),
      parameters: isObject(parameters) ? new Map(Object.entries(parameters)) : undefined,
      nested: (resource) => assets.nested(resource, file),
      constructPaths: () => manifestPaths(at.folder, artifact),
      acknowledgements: () => manifestAcknowledgements(at.folder, artifact),
      sources: () => manifestSources(at.folder, artifact),
    };
  }

  /** The path of a file in the assembly. Files elsewhere are refused. */
  private inside(at: At, name: string, property: string): string {
    const file = path.join(at.folder, name);
    const relative = path.relative(this.root, path.resolve(file));
    if (path.isAbsolute(name) || relative.startsWith('..') || path.isAbsolute(relative))
      throw new InputError(
        at.file,
        `\`${name}\` is outside the assembly`,
        `${at.path}/properties/${property}`,
      );
    return file;
  }
}

/** A place in a manifest. */
interface At {
  readonly file: string;
  readonly path: string;
  readonly folder: string;
}

function textOf(at: At, artifact: unknown, property: string): string {
  const text = ownText(own(artifact, 'properties'), property);
  if (text === undefined || text === '')
    throw new InputError(at.file, 'must be a string', `${at.path}/properties/${property}`);
  return text;
}

/** `aws://123456789012/eu-west-1`; for environment-agnostic stacks `unknown-account`, `unknown-region`. */
function environmentOf(environment: string | undefined): { account?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(environment ?? '') ?? [];
  return {
    account: account && account !== 'unknown-account' ? account : undefined,
    region: region && region !== 'unknown-region' ? region : undefined,
  };
}

/** Tags of the stack itself: a property of the artifact, metadata of the stack in older assemblies. */
function stackTags(artifact: unknown): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  const properties = own(own(artifact, 'properties'), 'tags');
  if (isObject(properties)) for (const key of Object.keys(properties)) tags.set(key, String(properties[key]));
  const metadata = own(artifact, 'metadata');
  if (!isObject(metadata)) return tags;
  for (const path of Object.keys(metadata)) {
    const entries = metadata[path];
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const data = ownText(entry, 'type') === 'aws:cdk:stack-tags' ? own(entry, 'data') : undefined;
      if (!Array.isArray(data)) continue;
      for (const tag of data) {
        const key = ownText(tag, 'Key') ?? ownText(tag, 'key');
        const value = ownText(tag, 'Value') ?? ownText(tag, 'value');
        if (key !== undefined && value !== undefined && !tags.has(key)) tags.set(key, value);
      }
    }
  }
  return tags;
}
