import { documentOf } from '../../template/evaluation/documents';
import { type Items, isUnknown, type Maybe, type Text } from '../../template/evaluation/unknown';
import { isObject } from '../../template/input/files';
import { InputError } from '../../template/input/input-error';
import type { StackSource } from '../../template/input/source';
import { parseTemplate } from '../../template/input/yaml';
import type { Found } from '../core/context';
import { Context } from '../core/context';
import { type Cursor, mapItems } from '../core/cursor';
import type { Item } from '../core/item';
import { type RoleItem, readRoles } from '../role/roles';
import { readVaults, type VaultItem } from '../vault/vaults';

/** A stack set of CloudFormation: one template in many accounts and Regions. */
export interface StackSetItem extends Item {
  readonly name?: Text;
  /** `SERVICE_MANAGED` or `SELF_MANAGED`. */
  readonly permissionModel?: Text;
  /** Whether accounts that join a unit later get a stack too. */
  readonly autoDeployment?: Maybe<boolean>;
  readonly groups: Items<StackSetGroup>;
  /** Its template, as a stack that may be in any account; undefined if it could not be read. */
  readonly source?: StackSource;
  /** Whether its template could be read. */
  readonly readable: boolean;
}

/** Accounts and Regions that a stack set is deployed to. */
export interface StackSetGroup {
  readonly units: Items<Text>;
  readonly accounts: Items<Text>;
  /** `NONE`, `INTERSECTION`, `DIFFERENCE` or `UNION`, of the accounts and those of the units. */
  readonly filter?: Text;
  readonly regions: Items<Text>;
  /** What the template creates in each account in a Region; nothing if it can't be read. */
  readonly made: (region: string) => MadeInRegion;
}

export interface MadeInRegion {
  readonly vaults: readonly VaultItem[];
  readonly roles: readonly RoleItem[];
}

const NOTHING_MADE: MadeInRegion = { vaults: [], roles: [] };

export function readStackSets(context: Context): StackSetItem[] {
  return [...context.all('AWS::CloudFormation::StackSet')].map((found) => stackSet(context, found));
}

function stackSet(context: Context, found: Found): StackSetItem {
  const { item, properties } = found;
  const template = templateOf(context, found);
  const defaults = parametersOf(properties, 'Parameters');
  const group = (cursor: Cursor): StackSetGroup => {
    const targets = cursor.object('DeploymentTargets');
    const parameters = new Map([...defaults, ...parametersOf(cursor, 'ParameterOverrides')]);
    const known = new Map<string, MadeInRegion>();
    return {
      units: targets?.texts('OrganizationalUnitIds') ?? { items: [] },
      accounts: targets?.texts('Accounts') ?? { items: [] },
      filter: targets?.text('AccountFilterType'),
      regions: cursor.texts('Regions'),
      made(region) {
        let made = known.get(region);
        if (!made) {
          made = template ? madeOf(item, template, region, parameters) : NOTHING_MADE;
          known.set(region, made);
        }
        return made;
      },
    };
  };
  const groups = mapItems(properties.list('StackInstancesGroup'), group);
  return {
    ...item,
    name: properties.text('StackSetName'),
    source: template && sourceOf(item, template, regionOf(groups), defaults),
    permissionModel: properties.text('PermissionModel'),
    autoDeployment: properties.object('AutoDeployment')?.flag('Enabled'),
    groups,
    readable: template !== undefined,
  };
}

/** The template in `TemplateBody`, or of `TemplateURL` if it is in the assembly. */
function templateOf(
  context: Context,
  { properties, resource, stack }: Found,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const body = properties.value('TemplateBody');
    const template =
      body === undefined
        ? stack.source.nested?.(resource.body)?.template
        : typeof body === 'string'
          ? parseTemplate(body, stack.file)
          : isUnknown(body)
            ? documentOf(context.literal, properties.raw('TemplateBody'), stack, (text) =>
                parseTemplate(text, stack.file),
              )
            : undefined;
    return isObject(template) && !isUnknown(template) && isObject(template.Resources) ? template : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined; // CloudFormation reports this better
    throw error;
  }
}

function parametersOf(cursor: Cursor, key: string): Map<string, unknown> {
  const parameters = new Map<string, unknown>();
  for (const parameter of cursor.list(key).items) {
    const name = parameter.text('ParameterKey');
    if (typeof name === 'string') parameters.set(name, parameter.text('ParameterValue'));
  }
  return parameters;
}

/** The only Region that a stack set is deployed to. */
function regionOf({ items, rest }: Items<StackSetGroup>): string | undefined {
  if (rest || items.some(({ regions }) => regions.rest)) return undefined;
  const regions = new Set(items.flatMap((group) => group.regions.items));
  const [only] = regions;
  return regions.size === 1 && typeof only === 'string' ? only : undefined;
}

function sourceOf(
  { id, place }: Item,
  template: unknown,
  region: string | undefined,
  parameters: ReadonlyMap<string, unknown>,
): StackSource {
  return {
    id: `${id}@${region}`,
    name: `${place.stack}/${place.logicalId}`,
    file: place.file,
    template,
    region,
    parameters,
  };
}

/** What the template creates, read as an environment-agnostic stack in a Region. */
function madeOf(
  item: Item,
  template: unknown,
  region: string,
  parameters: ReadonlyMap<string, unknown>,
): MadeInRegion {
  try {
    const context = new Context([sourceOf(item, template, region, parameters)]);
    return { vaults: readVaults(context), roles: readRoles(context) };
  } catch (error) {
    if (error instanceof InputError) return NOTHING_MADE; // more resources than CloudFormation accepts
    throw error;
  }
}
