import {
  AIR_GAPPED_VAULT,
  CONDITION_KEY,
  COPY_TARGET,
  DAYS,
  FLAG,
  INDEX_TYPE,
  MINUTES,
  REGION,
  RESOURCE_TYPE,
  ROLE,
  SCAN_MODE,
  SCAN_TYPE,
  SCHEDULE,
  SETTING,
  TAG_KEY,
  TAG_VALUE,
  VAULT_NAME,
  type ValueLaw,
} from './policy-values';

/**
 * The grammar of a BACKUP_POLICY document, as a tree. Admission, the typed model and its rendering, and locks are based on
 * it.
 *
 * Source: AWS Organizations User Guide, "Backup policy syntax and examples", 2026.
 */
export type Shape = FieldsShape | EntriesShape | ScalarShape | ListShape;

/** An object with fixed keys. */
export interface FieldsShape {
  readonly kind: 'fields';
  readonly fields: Readonly<Record<string, Shape>>;
  /** Keys that every document with this object must repeat. */
  readonly required?: readonly string[];
}

/** An object whose keys the author of the policy chooses. */
export interface EntriesShape {
  readonly kind: 'entries';
  /** The kind of the keys: names, tag keys, or vault ARNs. */
  readonly keys: 'name' | 'tagKey' | 'vaultArn';
  readonly each: Shape;
}

/** A setting with a single value. */
export interface ScalarShape {
  readonly kind: 'scalar';
  readonly type: 'text' | 'number' | 'flag';
  readonly law: ValueLaw;
}

/** A setting with a list of values. */
export interface ListShape {
  readonly kind: 'list';
  readonly law: ValueLaw;
  readonly mayBeEmpty: boolean;
}

const fields = (of: Record<string, Shape>, ...required: string[]): FieldsShape => ({
  kind: 'fields',
  fields: of,
  required,
});
const entries = (keys: EntriesShape['keys'], each: Shape): EntriesShape => ({ kind: 'entries', keys, each });
const text = (law: ValueLaw): ScalarShape => ({ kind: 'scalar', type: 'text', law });
const number = (law: ValueLaw): ScalarShape => ({ kind: 'scalar', type: 'number', law });
const flag = (law: ValueLaw): ScalarShape => ({ kind: 'scalar', type: 'flag', law });
const list = (law: ValueLaw, mayBeEmpty = false): ListShape => ({ kind: 'list', law, mayBeEmpty });

const lifecycle = fields({
  move_to_cold_storage_after_days: number(DAYS),
  delete_after_days: number(DAYS),
  opt_in_to_archive_for_supported_resources: flag(FLAG),
});

const tags = entries(
  'tagKey',
  fields({ tag_key: text(TAG_KEY), tag_value: text(TAG_VALUE) }, 'tag_key', 'tag_value'),
);

const condition = fields(
  { condition_key: text(CONDITION_KEY), condition_value: text(TAG_VALUE) },
  'condition_key',
  'condition_value',
);

export const CONDITION_OPERATORS = [
  'string_equals',
  'string_not_equals',
  'string_like',
  'string_not_like',
] as const;

const conditions = fields(
  Object.fromEntries(CONDITION_OPERATORS.map((operator) => [operator, entries('name', condition)])),
);

const rule = fields({
  schedule_expression: text(SCHEDULE),
  target_backup_vault_name: text(VAULT_NAME),
  target_logically_air_gapped_backup_vault_arn: text(AIR_GAPPED_VAULT),
  start_backup_window_minutes: number(MINUTES),
  complete_backup_window_minutes: number(MINUTES),
  enable_continuous_backup: flag(FLAG),
  lifecycle,
  copy_actions: entries(
    'vaultArn',
    fields({ target_backup_vault_arn: text(COPY_TARGET), lifecycle }, 'target_backup_vault_arn'),
  ),
  recovery_point_tags: tags,
  index_actions: fields({ resource_types: list(INDEX_TYPE) }),
  scan_actions: fields({ GUARDDUTY: fields({ scan_mode: text(SCAN_MODE) }) }),
});

const selections = fields({
  tags: entries(
    'name',
    fields(
      { iam_role_arn: text(ROLE), tag_key: text(TAG_KEY), tag_value: list(TAG_VALUE), conditions },
      'tag_key',
      'tag_value',
    ),
  ),
  resources: entries(
    'name',
    fields({
      iam_role_arn: text(ROLE),
      resource_types: list(RESOURCE_TYPE),
      not_resource_types: list(RESOURCE_TYPE),
      conditions,
    }),
  ),
});

/** One plan. */
export const PLAN = fields({
  regions: list(REGION, true),
  rules: entries('name', rule),
  selections,
  advanced_backup_settings: fields({
    ec2: fields({ windows_vss: text(SETTING) }),
    s3: fields({ backup_acls: text(SETTING), backup_object_tags: text(SETTING) }),
  }),
  backup_plan_tags: tags,
  scan_settings: fields({
    GUARDDUTY: fields({ resource_types: list(SCAN_TYPE), scanner_role_arn: text(ROLE) }),
  }),
});

/** All plans. */
export const PLANS = entries('name', PLAN);

/** The whole document. */
export const DOCUMENT = fields({ plans: PLANS }, 'plans');

/** The field of an object by its lowercase key, with the spelling of AWS. */
export function fieldOf(shape: FieldsShape, folded: string): { name: string; shape: Shape } | undefined {
  if (Object.hasOwn(shape.fields, folded)) return { name: folded, shape: shape.fields[folded] };
  const name = Object.keys(shape.fields).find((key) => key.toLowerCase() === folded);
  return name === undefined ? undefined : { name, shape: shape.fields[name] };
}
