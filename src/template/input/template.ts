import { show } from '../../values/core/amounts';
import { isObject, MAX_TEMPLATE_BYTES, own, readText } from './files';
import { InputError } from './input-error';
import { parseTemplate } from './yaml';

/** The template in a file, JSON or YAML. */
export function readTemplate(file: string): Readonly<Record<string, unknown>> {
  return templateIn(readText(file, MAX_TEMPLATE_BYTES), file);
}

/** The template in a text, JSON or YAML. */
export function templateIn(text: string, file: string): Readonly<Record<string, unknown>> {
  const template = parseTemplate(text, file);
  if (!isObject(template))
    throw new InputError(file, 'is not a CloudFormation template: it must contain an object');
  const resources = own(template, 'Resources');
  for (const [logicalId, resource] of Object.entries(isObject(resources) ? resources : {})) {
    const properties = own(resource, 'Properties');
    if (properties !== undefined && properties !== null && !isObject(properties))
      throw new InputError(
        file,
        `must be an object, got ${show(properties)}`,
        `Resources/${logicalId}/Properties`,
      );
  }
  return template;
}
