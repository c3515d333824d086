import { isObject, MAX_TEMPLATE_BYTES, readText } from './files';
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
  return template;
}
