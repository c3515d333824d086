import type { Items, Maybe, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import { type Cursor, mapItems } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';

/** A framework of AWS Backup Audit Manager. */
export interface FrameworkItem extends Item {
  readonly arn: Text;
  readonly name?: Text;
  readonly description?: Text;
  readonly controls: Items<ControlItem>;
  readonly tags: Tags;
}

export interface ControlItem {
  readonly pathInTemplate: string;
  readonly name?: Text;
  readonly parameters: Items<{ readonly name?: Text; readonly value?: Text }>;
  readonly scope?: ControlScopeItem;
}

export interface ControlScopeItem {
  readonly pathInTemplate: string;
  readonly resourceIds: Items<Text>;
  readonly resourceTypes: Items<Text>;
  readonly tags: Tags;
}

export interface ReportPlanItem extends Item {
  readonly arn: Text;
  readonly name?: Text;
  readonly description?: Text;
  readonly template?: Text;
  readonly frameworks: Items<Link>;
  readonly accounts: Items<Text>;
  readonly organizationUnits: Items<Text>;
  readonly regions: Items<Text>;
  readonly bucket?: Link;
  readonly keyPrefix?: Text;
  readonly formats: Items<Text>;
  readonly tags: Tags;
}

/** What AWS Config records in a Region: frameworks are deployed as rules of AWS Config. */
export interface RecorderItem extends Item {
  readonly allSupported?: Maybe<boolean>;
  readonly resourceTypes: Items<Text>;
}

const FRAMEWORK = 'AWS::Backup::Framework';
const FRAMEWORKS: ReadonlySet<string> = new Set([FRAMEWORK]);
const BUCKETS: ReadonlySet<string> = new Set(['AWS::S3::Bucket']);
const NONE = { items: [] };

export function readFrameworks(context: Context): FrameworkItem[] {
  return [...context.all(FRAMEWORK)].map(({ item, properties, stack, resource }) => ({
    ...item,
    arn: context.literal.identities.arn(stack, resource),
    name: properties.text('FrameworkName'),
    description: properties.text('FrameworkDescription'),
    controls: mapItems(properties.list('FrameworkControls'), control),
    tags: tagsOf(properties, 'FrameworkTags'),
  }));
}

function control(cursor: Cursor): ControlItem {
  const scope = cursor.object('ControlScope');
  return {
    pathInTemplate: cursor.path,
    name: cursor.text('ControlName'),
    parameters: mapItems(cursor.list('ControlInputParameters'), (parameter) => ({
      name: parameter.text('ParameterName'),
      value: parameter.text('ParameterValue'),
    })),
    scope: scope && {
      pathInTemplate: scope.path,
      resourceIds: scope.texts('ComplianceResourceIds'),
      resourceTypes: scope.texts('ComplianceResourceTypes'),
      tags: tagsOf(scope, 'Tags'),
    },
  };
}

export function readReportPlans(context: Context): ReportPlanItem[] {
  return [...context.all('AWS::Backup::ReportPlan')].map(({ item, properties, stack, resource }) => {
    const setting = properties.object('ReportSetting');
    const delivery = properties.object('ReportDeliveryChannel');
    return {
      ...item,
      arn: context.literal.identities.arn(stack, resource),
      name: properties.text('ReportPlanName'),
      description: properties.text('ReportPlanDescription'),
      template: setting?.text('ReportTemplate'),
      frameworks: setting?.links('FrameworkArns', FRAMEWORKS, 'arn') ?? NONE,
      accounts: setting?.texts('Accounts') ?? NONE,
      organizationUnits: setting?.texts('OrganizationUnits') ?? NONE,
      regions: setting?.texts('Regions') ?? NONE,
      bucket: delivery?.link('S3BucketName', BUCKETS, 'name'),
      keyPrefix: delivery?.text('S3KeyPrefix'),
      formats: delivery?.texts('Formats') ?? NONE,
      tags: tagsOf(properties, 'ReportPlanTags'),
    };
  });
}

export function readRecorders(context: Context): RecorderItem[] {
  return [...context.all('AWS::Config::ConfigurationRecorder')].map(({ item, properties }) => {
    const group = properties.object('RecordingGroup');
    return {
      ...item,
      allSupported: group?.flag('AllSupported'),
      resourceTypes: group?.texts('ResourceTypes') ?? NONE,
    };
  });
}
