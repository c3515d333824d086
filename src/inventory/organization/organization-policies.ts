import { documentOf } from '../../template/evaluation/documents';
import type { Plain } from '../../template/evaluation/plain';
import type { Items, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import type { Item } from '../core/item';

/** A policy of AWS Organizations of the type BACKUP_POLICY. */
export interface OrganizationPolicyItem extends Item {
  readonly name?: Text;
  /** `BACKUP_POLICY`, or not known. */
  readonly policyType: Text;
  /** Root, organizational units and accounts. */
  readonly targets: Items<Text>;
  /** The document, also if it is text in the template. `$account` and `$region` are literal text. */
  readonly content?: Plain;
  /** The document as text, if it is text in the template and fully known. */
  readonly text?: string;
  /** Where the document is in the template. */
  readonly pathInTemplate: string;
}

const BACKUP_POLICY = 'BACKUP_POLICY';

export function readOrganizationPolicies(context: Context): OrganizationPolicyItem[] {
  return [...context.all('AWS::Organizations::Policy')].flatMap(({ item, properties, stack }) => {
    const policyType = properties.text('Type');
    if (policyType === undefined || (typeof policyType === 'string' && policyType !== BACKUP_POLICY))
      return [];
    const text = properties.value('Content');
    return [
      {
        ...item,
        name: properties.text('Name'),
        policyType,
        targets: properties.texts('TargetIds'),
        content: documentOf(context.literal, properties.raw('Content'), stack),
        text: typeof text === 'string' ? text : undefined,
        pathInTemplate: `${properties.path}/Content`,
      },
    ];
  });
}
