import { NOTHING, type Text } from '../../template/evaluation/unknown';
import { own } from '../../template/input/files';
import type { Context } from '../core/context';
import type { Cursor } from '../core/cursor';
import { type Tags, tagsOf } from '../core/tags';
import { encryption, type ResourceFacts } from './resource-facts';

const INSTANCES: ReadonlySet<string> = new Set(['AWS::EC2::Instance']);
const VOLUMES: ReadonlySet<string> = new Set(['AWS::EC2::Volume']);
const TEMPLATES: ReadonlySet<string> = new Set(['AWS::EC2::LaunchTemplate']);

/** Which volumes are attached to which instances, by the instance or by an attachment resource. */
export class Attachments {
  private readonly byInstance = new Map<string, string[]>();
  private readonly byVolume = new Map<string, string[]>();

  constructor(context: Context) {
    for (const { item, properties } of context.all('AWS::EC2::Instance'))
      for (const attached of properties.list('Volumes').items)
        this.attach(item.id, attached.link('VolumeId', VOLUMES, 'either')?.to);
    for (const { properties } of context.all('AWS::EC2::VolumeAttachment'))
      this.attach(
        properties.link('InstanceId', INSTANCES, 'either')?.to,
        properties.link('VolumeId', VOLUMES, 'either')?.to,
      );
  }

  public volumesOf(instance: string): readonly string[] {
    return this.byInstance.get(instance) ?? [];
  }

  public instancesOf(volume: string): readonly string[] {
    return this.byVolume.get(volume) ?? [];
  }

  private attach(instance: string | undefined, volume: string | undefined): void {
    if (instance === undefined || volume === undefined) return;
    push(this.byInstance, instance, volume);
    push(this.byVolume, volume, instance);
  }
}

function push(index: Map<string, string[]>, key: string, value: string): void {
  const values = index.get(key);
  if (values) values.push(value);
  else index.set(key, [value]);
}

export function readInstance(properties: Cursor, volumes: readonly string[]): ResourceFacts {
  return {
    instance: {
      instanceType: properties.text('InstanceType'),
      image: imageOf(properties),
      instanceProfile: properties.text('IamInstanceProfile'),
      launchTemplate: properties.object('LaunchTemplate') !== undefined,
      metadataEndpoint: properties.object('MetadataOptions')?.text('HttpEndpoint'),
      volumes,
    },
  };
}

/** The image. The default of an SSM parameter type is the name of the parameter, which hints at the image. */
function imageOf(properties: Cursor): Text | undefined {
  const parameter = own(properties.raw('ImageId'), 'Ref');
  const declared =
    typeof parameter === 'string' ? properties.stack.entry('Parameters', parameter) : undefined;
  const [type, name] = [own(declared, 'Type'), own(declared, 'Default')];
  return typeof name === 'string' && String(type).startsWith('AWS::SSM::Parameter::Value<')
    ? `resolve:ssm:${name}`
    : properties.text('ImageId');
}

/** Tags that a launch template of the input gives to its instances. */
export function launchTemplateTags(context: Context, properties: Cursor): Tags {
  const used = properties.object('LaunchTemplate')?.link('LaunchTemplateId', TEMPLATES, 'either');
  const template = used?.to === undefined ? undefined : context.find(used.to);
  const all = template?.properties.object('LaunchTemplateData')?.list('TagSpecifications');
  const own = all?.items.find((specification) => specification.text('ResourceType') === 'instance');
  return own ? tagsOf(own, 'Tags', 'launch-template') : NOTHING;
}

export function readVolume(properties: Cursor, attachedTo: readonly string[]): ResourceFacts {
  return {
    encryption: encryption(properties, 'Encrypted', 'KmsKeyId', 'alias/aws/ebs'),
    volume: {
      sizeGiB: properties.number('Size'),
      attachedTo,
      outpost: properties.text('OutpostArn'),
    },
  };
}

export function readKubernetes(properties: Cursor): ResourceFacts {
  return { cluster: { authenticationMode: properties.object('AccessConfig')?.text('AuthenticationMode') } };
}
