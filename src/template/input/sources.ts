import * as path from 'node:path';
import { isAssembly, readAssembly } from './assembly';
import { isFile, isFolder, isObject, MAX_TEMPLATE_BYTES, own, ownText, readStdin, STDIN } from './files';
import { InputError } from './input-error';
import type { NestedSource, StackSource } from './source';
import { readTemplate, templateIn } from './template';

/**
 * The stacks of paths that a user names: folders of cloud assemblies, their manifests, template files, and `-` for stdin.
 *
 * @throws InputError for the first path that can't be read or understood
 */
export function readSources(paths: readonly string[], stdin?: () => string): StackSource[] {
  const sources = paths.flatMap((file) => {
    if (file === '-' && stdin)
      return [templateSource(templateIn(readStdin(stdin, MAX_TEMPLATE_BYTES), STDIN), STDIN)];
    if (isFolder(file)) {
      if (isAssembly(file)) return readAssembly(file);
      throw new InputError(
        file,
        'is a folder without `manifest.json`: pass a cloud assembly (`cdk.out`) or template files',
      );
    }
    if (path.basename(file) === 'manifest.json') return readAssembly(path.dirname(file));
    return [bareTemplate(file)];
  });
  return withoutNested(sources);
}

/** A template file. Where it will be deployed isn't known. */
function bareTemplate(file: string): StackSource {
  return templateSource(readTemplate(file), file);
}

function templateSource(template: Readonly<Record<string, unknown>>, file: string): StackSource {
  if (!isObject(own(template, 'Resources')))
    throw new InputError(file, 'is not a CloudFormation template: it has no `Resources`');
  const name = path.basename(file).replace(/(\.template)?\.(json|ya?ml|template|txt)$/i, '');
  return { id: file, file, name, template, nested: localTemplates(file) };
}

/** Nested templates in local files, as before `aws cloudformation package`. */
function localTemplates(parent: string): (resource: unknown) => NestedSource | undefined {
  return (resource) => {
    const url = ownText(own(resource, 'Properties'), 'TemplateURL');
    if (url === undefined || url === '' || /^[a-z0-9+.-]+:/i.test(url) || path.isAbsolute(url))
      return undefined;
    const file = path.join(path.dirname(parent), url);
    if (!isFile(file)) return undefined;
    return { file, template: readTemplate(file), nested: localTemplates(file) };
  };
}

/** Reads a template only as nested if the user also names a template that nests it. */
function withoutNested(sources: StackSource[]): StackSource[] {
  const files = new Map(sources.map((source) => [path.resolve(source.file), source]));
  if (files.size < 2) return sources;
  const nested = new Set<StackSource>();
  for (const source of sources) {
    if (source.assembly !== undefined) continue;
    const resources = own(source.template, 'Resources');
    if (!isObject(resources)) continue;
    for (const logicalId of Object.keys(resources)) {
      const url = ownText(own(resources[logicalId], 'Properties'), 'TemplateURL');
      if (url === undefined || ownText(resources[logicalId], 'Type') !== 'AWS::CloudFormation::Stack')
        continue;
      const found = files.get(path.resolve(path.dirname(source.file), url));
      if (found && found !== source) nested.add(found);
    }
  }
  const left = sources.filter((source) => !nested.has(source));
  return left.length > 0 ? left : sources; // two that nest each other
}
