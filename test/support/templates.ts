import { Context } from '../../src/inventory/core/context';
import { type Inventory, inventoryOf } from '../../src/inventory/inventory';
import { showText } from '../../src/template/evaluation/text';
import { Unknown } from '../../src/template/evaluation/unknown';
import type { StackSource } from '../../src/template/input/source';

/** A stack in `aws://111111111111/us-east-1`, unless said otherwise. */
export function source(template: unknown, options: Partial<StackSource> = {}): StackSource {
  return {
    id: 'App',
    name: 'App',
    stackName: 'App',
    file: 'App.template.json',
    account: '111111111111',
    region: 'us-east-1',
    template,
    ...options,
  };
}

/** The inventory of one template. */
export function inventory(template: unknown, options?: Partial<StackSource>): Inventory {
  return inventoryOf([source(template, options)]);
}

/** The inventory of resources alone. */
export function inventoryOfResources(Resources: unknown, options?: Partial<StackSource>): Inventory {
  return inventory({ Resources }, options);
}

/** What a value in a template evaluates to; texts as they are shown, lists with their elements. */
export function evaluate(value: unknown, template: object = {}, options?: Partial<StackSource>): unknown {
  const context = new Context([source(template, options)]);
  const [stack] = context.stacks.all;
  const result = context.literal.evaluate(value, stack);
  return Array.isArray(result)
    ? result.map((element) => shown(context.literal.text(element, stack)))
    : shown(result);
}

/** Known values as they are, texts with holes as they are shown, the rest by kind and reason. */
export function shown(value: unknown): unknown {
  if (!(value instanceof Unknown)) return value;
  return value.parts ? showText(value) : `${value.kind}: ${value.reason}`;
}
