import { documentOf } from '../../template/evaluation/documents';
import { Unknown } from '../../template/evaluation/unknown';
import { own } from '../../template/input/files';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** A rule of EventBridge that matches events of AWS Backup. */
export interface EventRuleItem extends Item {
  /** The job states that it matches, such as `FAILED`; undefined: every state. */
  readonly states?: readonly string[];
  /** The kinds of events, such as `Backup Job State Change`; undefined: every kind. */
  readonly kinds?: readonly string[];
  /** Whether it is enabled and has a target. */
  readonly active: boolean;
}

export function readEventRules(context: Context): EventRuleItem[] {
  return [...context.all('AWS::Events::Rule')].flatMap(({ item, properties, stack }) => {
    const pattern = documentOf(context.literal, properties.raw('EventPattern'), stack);
    if (pattern === undefined || pattern instanceof Unknown) return [];
    const sources = textsIn(pattern, 'source');
    if (!sources?.includes('aws.backup')) return [];
    const detail = own(pattern, 'detail');
    const targets = properties.list('Targets');
    return [
      {
        ...item,
        states: textsIn(detail, 'state') ?? textsIn(detail, 'status'),
        kinds: textsIn(pattern, 'detail-type'),
        active:
          properties.text('State') !== 'DISABLED' && (targets.items.length > 0 || targets.rest !== undefined),
      },
    ];
  });
}

/** The texts of a list in a pattern; undefined if it isn't there, or has other matchers, which may match anything. */
function textsIn(pattern: unknown, key: string): readonly string[] | undefined {
  const list = pattern instanceof Unknown ? undefined : own(pattern, key);
  if (!Array.isArray(list)) return undefined;
  const texts = list.filter((one): one is string => typeof one === 'string');
  return texts.length === list.length ? texts : undefined;
}
