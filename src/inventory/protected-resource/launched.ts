import { pseudoParameter } from '../../template/evaluation/pseudo';
import { concat } from '../../template/evaluation/text';
import { type Text, Unknown } from '../../template/evaluation/unknown';
import type { Context, Found } from '../core/context';
import type { Cursor } from '../core/cursor';
import { mergeTags, StackTags, type Tags, tagsOf } from '../core/tags';
import { launchTemplateTags } from './ec2';
import type { ResourceItem } from './resource-item';

/** What launch templates and fleets give tags to, and AWS Backup can protect. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['instance', 'EC2'],
  ['volume', 'EBS'],
]);

/**
 * What Auto Scaling groups, launch templates and fleets launch: instances and volumes in no template, with the tags that
 * they get. How many there will be isn't known.
 */
export function readLaunched(context: Context): ResourceItem[] {
  const stackTags = new StackTags(context);
  const groups = [...context.all('AWS::AutoScaling::AutoScalingGroup')].map((found) => {
    const propagated = propagatedTags(found.properties);
    const tags = mergeTags(propagated, launchTemplateTags(context, found.properties));
    return launched(found, 'instance', stackTags.effective(found, tags));
  });
  const templates = [...context.all('AWS::EC2::LaunchTemplate')].flatMap((found) =>
    specified(found, found.properties.object('LaunchTemplateData')),
  );
  const fleets = [...context.all('AWS::EC2::EC2Fleet')].flatMap((found) =>
    specified(found, found.properties),
  );
  return [...groups, ...templates, ...fleets];
}

function specified(found: Found, properties: Cursor | undefined): ResourceItem[] {
  return (properties?.list('TagSpecifications').items ?? []).flatMap((specification) => {
    const kind = specification.text('ResourceType');
    return typeof kind === 'string' && KINDS.has(kind)
      ? [launched(found, kind, tagsOf(specification, 'Tags', 'launch-template'))]
      : [];
  });
}

/** The tags of an Auto Scaling group that its instances get. */
function propagatedTags(properties: Cursor): Tags {
  const list = properties.list('Tags');
  const items = list.items.flatMap((entry) => {
    const key = entry.text('Key');
    if (key === undefined || entry.flag('PropagateAtLaunch') === false) return [];
    return [{ key, value: entry.text('Value') ?? '', source: 'launch-template' as const }];
  });
  return { items, rest: list.rest };
}

function launched({ item, stack }: Found, kind: string, tags: Tags): ResourceItem {
  const id = new Unknown('resource', 'it is launched after deployment', [
    { kind: 'resource', name: `${item.place.logicalId} ${kind}`, plain: true },
  ]);
  const pseudo = (name: string) => pseudoParameter(`AWS::${name}`, stack) as Text;
  const arn = [
    'arn:',
    pseudo('Partition'),
    ':ec2:',
    pseudo('Region'),
    ':',
    pseudo('AccountId'),
    `:${kind}/`,
    id,
  ];
  return {
    ...item,
    id: `${item.id}@${kind}`,
    resourceType: KINDS.get(kind) as string,
    name: id,
    arn: concat(arn),
    tags,
  };
}
