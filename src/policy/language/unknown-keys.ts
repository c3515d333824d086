import type { FieldsShape } from './policy-shape';

/** Keys of AWS Backup that are different, or missing, in a backup policy. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  scheduleexpressiontimezone: 'omit it: schedules of a backup policy are in UTC',
  rulename: 'omit it: the key of the rule is its name',
  planname: 'omit it: the key of the plan is its name',
  targetbackupvault: 'write `target_backup_vault_name`',
  startwindowminutes: 'write `start_backup_window_minutes`',
  completionwindowminutes: 'write `complete_backup_window_minutes`',
  destinationbackupvaultarn: 'write `target_backup_vault_arn`',
  iamrolearn: 'move it into a selection, below `tags` or `resources`',
  lifecycle: 'move it into a rule or a copy action',
};

/** The fix for a key, by the key that was probably meant. */
export function unknownKeyFix(shape: FieldsShape, key: string): string | undefined {
  const plain = bare(key);
  const meant = Object.keys(shape.fields).find((field) => bare(field) === plain);
  if (meant !== undefined) return `write \`${meant}\``;
  return Object.hasOwn(ELSEWHERE, plain) ? ELSEWHERE[plain] : undefined;
}

function bare(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}
