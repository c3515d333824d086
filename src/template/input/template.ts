import { isObject, MAX_TEMPLATE_BYTES, readText } from './files';
import { InputError } from './input-error';
import { parseTemplate } from './yaml';

/** The template in a file, JSON or YAML. */
export function readTemplate(file: string): Readonly<Record<string, unknown>> {
  const template = parseTemplate(readText(file, MAX_TEMPLATE_BYTES), file);
  if (!isObject(template))
    throw new InputError(file, 'is not a CloudFormation template: it must contain an object');
  return template;
}
