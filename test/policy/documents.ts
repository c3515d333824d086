/** Parts of policy documents, for tests. */

/** A plan `daily` with something in it. */
export const plan = (inside: object) => ({ plans: { daily: inside } });
/** A rule `daily` of the plan. */
export const rule = (inside: object) => plan({ rules: { daily: inside } });
/** Something assigned. */
export const set = (value: unknown) => ({ '@@assign': value });
/** What child policies may do. */
export const control = (...operators: string[]) => ({ '@@operators_allowed_for_child_policies': operators });

export const ROLE = 'arn:aws:iam::$account:role/Backup';
export const COPY = 'arn:aws:backup:us-east-1:$account:backup-vault:Vault';

/** A selection of tags `cost` of the plan. */
export const tagSelection = (inside: object) => plan({ selections: { tags: { cost: inside } } });
/** A selection of resources `some` of the plan. */
export const resourceSelection = (inside: object) => plan({ selections: { resources: { some: inside } } });
/** A tag `cost` of the plan itself. */
export const planTag = (inside: object) => plan({ backup_plan_tags: { cost: inside } });
/** A copy action of the rule. */
export const copy = (inside: object, key = COPY) => rule({ copy_actions: { [key]: inside } });

export const lifecycle = (cold?: unknown, kept?: unknown, archive?: unknown) => ({
  ...(cold === undefined ? {} : { move_to_cold_storage_after_days: set(cold) }),
  ...(kept === undefined ? {} : { delete_after_days: set(kept) }),
  ...(archive === undefined ? {} : { opt_in_to_archive_for_supported_resources: set(archive) }),
});

/** A policy that says all that an effective plan needs. */
export const complete = (rules: object = { daily: { target_backup_vault_name: set('vault') } }) =>
  plan({
    regions: set(['us-east-1']),
    rules,
    selections: {
      tags: { cost: { iam_role_arn: set(ROLE), tag_key: set('cost'), tag_value: set(['one']) } },
    },
  });
