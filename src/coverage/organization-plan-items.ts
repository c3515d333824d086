import type { Item, Link } from '../inventory/core/item';
import type { Tags } from '../inventory/core/tags';
import type { AdvancedSetting, CopyItem, LifecycleItem, PlanItem, RuleItem } from '../inventory/plan/plans';
import type { SelectionItem, TagTest } from '../inventory/plan/selections';
import type { EffectiveObject } from '../policy/effective/effective-document';
import { TOKEN } from '../policy/language/policy-fragment';
import { type Items, type Maybe, NOTHING, type Text, Unknown } from '../template/evaluation/unknown';

type Value = EffectiveObject[string];

/** Where AWS Backup creates the plans of a policy, and the vaults that exist there. */
export interface PlanPlace {
  /** What plans and selections have in common with the policy: the place and the condition. */
  readonly item: Item;
  /** Where the plan is in the policy. */
  readonly path: string;
  readonly account?: string;
  readonly region: string;
  /** The vault of a name, in the account and a Region. */
  readonly vault: (name: string, region: string) => string | undefined;
}

/** A plan of an effective policy in one Region, as if it were in a template. */
export function planItem(name: string, plan: EffectiveObject, at: PlanPlace): PlanItem {
  const scanner = object(object(plan.scan_settings).guardduty);
  return {
    ...at.item,
    arn: new Unknown('resource', 'AWS Backup generates the ARN'),
    name,
    rules: {
      items: Object.entries(object(plan.rules)).map(([key, rule], index) =>
        ruleItem(key, object(rule), index, at),
      ),
    },
    advancedSettings: { items: advanced(object(plan.advanced_backup_settings)) },
    scans:
      Object.keys(scanner).length === 0
        ? NOTHING
        : { items: [{ scanner: 'GUARDDUTY', resourceTypes: texts(scanner.resource_types) }] },
    tags: tags(plan.backup_plan_tags),
  };
}

function ruleItem(name: string, rule: EffectiveObject, index: number, at: PlanPlace): RuleItem {
  const path = `${at.path}/rules/${name}`;
  const vault = text(rule.target_backup_vault_name);
  const filled = (arn: Text | undefined) =>
    typeof arn === 'string'
      ? arn.replaceAll('$region', at.region).replaceAll('$account', at.account ?? '$account')
      : arn;
  return {
    index,
    pathInTemplate: path,
    name,
    schedule: text(rule.schedule_expression),
    startWindowMinutes: number(rule.start_backup_window_minutes),
    completionWindowMinutes: number(rule.complete_backup_window_minutes),
    continuous: flag(rule.enable_continuous_backup),
    lifecycle: lifecycle(rule, path),
    vault: vault === undefined ? undefined : link(vault, at, vault, at.region),
    airGappedVault: vaultLink(filled(text(rule.target_logically_air_gapped_backup_vault_arn)), at),
    copies: {
      items: Object.entries(object(rule.copy_actions)).map(([key, copy], position): CopyItem => {
        const place = `${path}/copy_actions/${key}`;
        const arn = filled(text(object(copy).target_backup_vault_arn));
        return {
          index: position,
          pathInTemplate: place,
          vault: vaultLink(arn, at),
          lifecycle: lifecycle(object(copy), place),
        };
      }),
    },
    recoveryPointTags: tags(rule.recovery_point_tags),
    indexActions: rule.index_actions
      ? { items: [texts(object(rule.index_actions).resource_types)] }
      : NOTHING,
    scanActions: {
      items: Object.entries(object(rule.scan_actions)).map(([scanner, action]) => ({
        scanner: scanner.toUpperCase(),
        mode: text(object(action).scan_mode),
      })),
    },
  };
}

function vaultLink(arn: Text | undefined, at: PlanPlace): Link | undefined {
  if (arn === undefined) return undefined;
  const [, region, account, name] =
    typeof arn === 'string' ? (/^arn:[^:]+:backup:([^:]+):([^:]+):backup-vault:(.+)$/.exec(arn) ?? []) : [];
  return account !== undefined && account === at.account ? link(arn, at, name, region) : { text: arn };
}

function link(shown: Text, at: PlanPlace, name: Text, region: string): Link {
  const to = typeof name === 'string' ? at.vault(name, region) : undefined;
  return to === undefined ? { text: shown } : { text: shown, to };
}

/** The selections of a plan of an effective policy, as if they were in a template. */
export function selectionItems(plan: EffectiveObject, owner: PlanItem, at: PlanPlace): SelectionItem[] {
  const { tags: byTag, resources } = object(plan.selections);
  const all = [
    ...Object.entries(object(byTag)).map(([name, one]) => ['tags', name, object(one)] as const),
    ...Object.entries(object(resources)).map(([name, one]) => ['resources', name, object(one)] as const),
  ];
  return all.map(([kind, name, selection]) => {
    const path = `${at.path}/selections/${kind}/${name}`;
    const role = text(selection.iam_role_arn);
    const key = text(selection.tag_key);
    return {
      ...at.item,
      id: `${at.item.id}/${kind}/${name}`,
      name,
      plan: { text: owner.name ?? '', to: owner.id },
      role: role === undefined ? undefined : { text: role },
      pathInTemplate: path,
      // without types, a selection selects all resources that match its conditions
      resources:
        kind === 'tags'
          ? NOTHING
          : selection.resource_types
            ? texts(selection.resource_types)
            : { items: ['*'] },
      notResources: texts(selection.not_resource_types),
      listOfTags: {
        items: texts(selection.tag_value).items.map((value) => ({
          pathInTemplate: path,
          type: 'STRINGEQUALS',
          key,
          value,
        })),
      },
      conditions: { items: conditions(object(selection.conditions), path) },
    };
  });
}

const OPERATORS: readonly (readonly [string, TagTest['operator']])[] = [
  ['string_equals', 'StringEquals'],
  ['string_not_equals', 'StringNotEquals'],
  ['string_like', 'StringLike'],
  ['string_not_like', 'StringNotLike'],
];

function conditions(of: EffectiveObject, path: string): TagTest[] {
  return OPERATORS.flatMap(([name, operator]) =>
    Object.entries(object(of[name])).map(([id, condition]) => ({
      pathInTemplate: `${path}/conditions/${name}/${id}`,
      operator,
      key: text(object(condition).condition_key),
      value: text(object(condition).condition_value),
    })),
  );
}

function lifecycle(owner: EffectiveObject, path: string): LifecycleItem | undefined {
  if (owner.lifecycle === undefined) return undefined;
  const values = object(owner.lifecycle);
  return {
    pathInTemplate: `${path}/lifecycle`,
    deleteAfterDays: number(values.delete_after_days),
    moveToColdStorageAfterDays: number(values.move_to_cold_storage_after_days),
    optInToArchive: flag(values.opt_in_to_archive_for_supported_resources),
    otherKeys: [],
  };
}

function advanced(settings: EffectiveObject): AdvancedSetting[] {
  const names: readonly (readonly [string, string, string])[] = [
    ['ec2', 'windows_vss', 'WindowsVSS'],
    ['s3', 'backup_acls', 'BackupACLs'],
    ['s3', 'backup_object_tags', 'BackupObjectTags'],
  ];
  return ['ec2', 's3'].flatMap((type) => {
    const items = names.flatMap(([of, key, option]) => {
      const value = of === type ? text(object(settings[type])[key]) : undefined;
      return value === undefined ? [] : [{ key: option, value, source: 'resource' as const }];
    });
    return items.length > 0 ? [{ resourceType: type.toUpperCase(), options: { items } }] : [];
  });
}

function tags(of: Value | undefined): Tags {
  return {
    items: Object.values(object(of)).flatMap((tag) => {
      const [key, value] = [text(object(tag).tag_key), text(object(tag).tag_value)];
      return key === undefined || value === undefined ? [] : [{ key, value, source: 'resource' as const }];
    }),
  };
}

function object(value: Value | undefined): EffectiveObject {
  return typeof value === 'object' && !Array.isArray(value) ? (value as EffectiveObject) : {};
}

const OPEN = new Unknown('parameter', 'it is known only at deployment');

function text(value: Value | undefined): Text | undefined {
  if (typeof value !== 'string') return undefined;
  return value === TOKEN ? OPEN : value;
}

function texts(value: Value | undefined): Items<Text> {
  return Array.isArray(value) ? { items: value.map((one: string) => (one === TOKEN ? OPEN : one)) } : NOTHING;
}

function number(value: Value | undefined): Maybe<number> | undefined {
  const found = text(value);
  return found === undefined || found instanceof Unknown ? found : Number(found);
}

function flag(value: Value | undefined): Maybe<boolean> | undefined {
  const found = text(value);
  return found === undefined || found instanceof Unknown ? found : found === 'true';
}
