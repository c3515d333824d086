import type { Items, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import { type PolicyDocument, policyOf } from '../core/iam-policy';
import type { Item } from '../core/item';

/** A service control policy of AWS Organizations. */
export interface ServiceControlPolicyItem extends Item {
  readonly name?: Text;
  /** Root, organizational units and accounts. */
  readonly targets: Items<Text>;
  readonly document?: PolicyDocument;
}

export function readServiceControlPolicies(context: Context): ServiceControlPolicyItem[] {
  return [...context.all('AWS::Organizations::Policy')].flatMap(({ item, properties, stack }) =>
    properties.text('Type') === 'SERVICE_CONTROL_POLICY'
      ? [
          {
            ...item,
            name: properties.text('Name'),
            targets: properties.texts('TargetIds'),
            document: policyOf(context, properties.raw('Content'), stack, `${properties.path}/Content`),
          },
        ]
      : [],
  );
}
