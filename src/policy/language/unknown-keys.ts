import type { FieldsShape } from './policy-shape';

/** Keys of AWS Backup that a backup policy says otherwise, or not at all. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  scheduleexpressiontimezone: 'leave it out: schedules of a backup policy are in UTC',
  rulename: 'leave it out: the key of the rule is its name',
  planname: 'leave it out: the key of the plan is its name',
  targetbackupvault: 'write `target_backup_vault_name`',
  startwindowminutes: 'write `start_backup_window_minutes`',
  completionwindowminutes: 'write `complete_backup_window_minutes`',
  destinationbackupvaultarn: 'write `target_backup_vault_arn`',
  iamrolearn: 'it belongs into a selection, below `tags` or `resources`',
  lifecycle: 'it belongs into a rule or a copy action',
};

/** The key that was probably meant. */
export function unknownKeyFix(shape: FieldsShape, key: string): string | undefined {
  const plain = bare(key);
  const meant = Object.keys(shape.fields).find((field) => bare(field) === plain);
  if (meant !== undefined) return `write \`${meant}\``;
  return Object.hasOwn(ELSEWHERE, plain) ? ELSEWHERE[plain] : undefined;
}

function bare(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}
