/**
 * What AWS Backup accepts, written down a second time, for templates: from AWS's documentation and the refusals seen
 * in deployments, without the laws of the library, which it judges.
 */

/** A range of days that a locked vault accepts. */
export interface LockRange {
  readonly min?: number;
  readonly max?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
type Json = any;

/**
 * What is wrong with the properties of an `AWS::Backup::BackupPlan`.
 *
 * @param locks the locks of vaults, by how their name or ARN stands in the template
 */
export function planFaults(properties: Json, locks: ReadonlyMap<string, LockRange>): string[] {
  const plan = properties.BackupPlan;
  const rules: Json[] = plan.BackupPlanRule;
  const faults: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  demand(/^[a-zA-Z0-9\-_.]{1,200}$/.test(plan.BackupPlanName), `name ${plan.BackupPlanName}`);
  demand(Array.isArray(rules) && rules.length > 0, 'no rule');
  for (const rule of rules) {
    const at = `rule ${rule.RuleName}: `;
    faults.push(...ruleFaults(rule, locks).map((fault) => at + fault));
    if (rule.ScanActions)
      demand(
        plan.ScanSettings?.length === 1 && scanFaults(plan.ScanSettings[0]).length === 0,
        `${at}scan settings`,
      );
  }
  const advanced = plan.AdvancedBackupSettings;
  if (advanced !== undefined)
    demand(
      JSON.stringify(advanced) === '[{"BackupOptions":{"WindowsVSS":"enabled"},"ResourceType":"EC2"}]' ||
        JSON.stringify(advanced) === '[{"ResourceType":"EC2","BackupOptions":{"WindowsVSS":"enabled"}}]',
      'advanced settings',
    );
  return faults;
}

function ruleFaults(rule: Json, locks: ReadonlyMap<string, LockRange>): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  demand(/^[a-zA-Z0-9\-_.]{1,50}$/.test(rule.RuleName), 'name');
  demand(rule.TargetBackupVault !== undefined, 'no vault');
  if (typeof rule.TargetBackupVault === 'string')
    demand(/^[a-zA-Z0-9\-_]{2,50}$/.test(rule.TargetBackupVault), 'name of the vault');

  demand(isCron(rule.ScheduleExpression), `schedule ${rule.ScheduleExpression}`);
  const zone = rule.ScheduleExpressionTimezone;
  if (zone !== undefined) demand(isTimeZone(zone), `time zone ${zone}`);

  const { StartWindowMinutes: start, CompletionWindowMinutes: completion } = rule;
  if (start !== undefined) demand(isWhole(start, 60, 52_560_000), `start window ${start}`);
  if (completion !== undefined) demand(isWhole(completion, 1, 52_560_000), `completion window ${completion}`);
  if (start !== undefined && completion !== undefined)
    demand(completion >= start + 60, `completion window ${completion} after a start window of ${start}`);

  const continuous = rule.EnableContinuousBackup === true;
  faults.push(...lifecycleFaults(rule.Lifecycle, continuous));
  faults.push(...lockFaults(rule.Lifecycle, locks.get(JSON.stringify(rule.TargetBackupVault))));
  const airGapped = rule.TargetLogicallyAirGappedBackupVaultArn;
  if (airGapped !== undefined)
    faults.push(...lockFaults(rule.Lifecycle, locks.get(JSON.stringify(airGapped))));

  for (const copy of rule.CopyActions ?? []) {
    const arn = copy.DestinationBackupVaultArn;
    if (typeof arn === 'string')
      demand(
        /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[a-zA-Z0-9\-_]{2,50}$/.test(arn),
        `destination ${arn}`,
      );
    demand(arn !== undefined && arn !== '', 'no destination');
    faults.push(...lifecycleFaults(copy.Lifecycle, false).map((fault) => `copy: ${fault}`));
    faults.push(
      ...lockFaults(copy.Lifecycle, locks.get(JSON.stringify(arn))).map((fault) => `copy: ${fault}`),
    );
  }

  for (const [key, value] of Object.entries<Json>(rule.RecoveryPointTags ?? {})) {
    demand(key.length >= 1 && key.length <= 128 && !key.toLowerCase().startsWith('aws:'), `tag key ${key}`);
    demand(typeof value === 'string' && value.length <= 256, `tag value ${value}`);
  }
  if (rule.IndexActions !== undefined)
    demand(
      ['[{"ResourceTypes":["EBS"]}]', '[{"ResourceTypes":["S3"]}]'].includes(
        JSON.stringify(rule.IndexActions),
      ),
      'index',
    );
  for (const action of rule.ScanActions ?? [])
    demand(
      action.MalwareScanner === 'GUARDDUTY' && ['FULL_SCAN', 'INCREMENTAL_SCAN'].includes(action.ScanMode),
      'scan',
    );
  return faults;
}

function scanFaults(settings: Json): string[] {
  const { ResourceTypes: types, MalwareScanner: scanner, ScannerRoleArn: role } = settings;
  const sound = Array.isArray(types) && types.length > 0 && new Set(types).size === types.length;
  return sound && scanner === 'GUARDDUTY' && role !== undefined ? [] : ['scan settings'];
}

/** A whole number within bounds; what is an intrinsic function is known at deployment only. */
function isWhole(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function lifecycleFaults(lifecycle: Json, continuous: boolean): string[] {
  const { DeleteAfterDays: end, MoveToColdStorageAfterDays: cold } = lifecycle ?? {};
  const faults: string[] = [];
  if (end === -1 && cold === undefined) return continuous ? ['continuous forever'] : []; // forever, by AWS's documents
  if (end !== undefined && !isWhole(end, 1, 36_500)) faults.push(`deleted after ${end} days`);
  if (cold !== undefined && !isWhole(cold, 1, 36_500)) faults.push(`cold after ${cold} days`);
  if (end !== undefined && cold !== undefined && end < cold + 90)
    faults.push(`cold after ${cold} and deleted after ${end} days`);
  if (continuous && cold !== undefined) faults.push('continuous and cold');
  if (continuous && !isWhole(end, 1, 35)) faults.push(`continuous for ${end} days`);
  return faults;
}

function lockFaults(lifecycle: Json, lock: LockRange | undefined): string[] {
  if (!lock) return [];
  const end = lifecycle?.DeleteAfterDays ?? -1;
  const days = end === -1 ? Number.POSITIVE_INFINITY : end;
  const { min = 1, max = Number.POSITIVE_INFINITY } = lock;
  if (days === Number.POSITIVE_INFINITY) return []; // a warning: nobody has seen AWS Backup refuse it
  return days < min || days > max ? [`kept ${days} days in a vault locked to ${min} to ${max}`] : [];
}

/** The form of AWS's cron: six fields, a question mark for one of the days, one minute. */
function isCron(expression: string): boolean {
  const fields = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression)?.slice(1);
  if (!fields) return false;
  const [minute, hour, day, month, weekDay, year] = fields;
  if ((day === '?') === (weekDay === '?') || !/^[0-5]?\d$/.test(minute)) return false;
  return [hour, month, year].every((field) => !field.includes('?'));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

const OPERATORS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'];

/** What is wrong with the properties of an `AWS::Backup::BackupSelection`. */
export function selectionFaults(properties: Json): string[] {
  const {
    SelectionName: name,
    IamRoleArn: role,
    Resources,
    NotResources,
    ListOfTags,
    Conditions,
  } = properties.BackupSelection;
  const faults: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  demand(properties.BackupPlanId !== undefined, 'no plan');
  demand(/^[a-zA-Z0-9\-_.]{1,50}$/.test(name), `name ${name}`);
  demand(role !== undefined && !/aws-service-role/.test(JSON.stringify(role)), 'role');
  demand((Resources?.length ?? 0) + (ListOfTags?.length ?? 0) > 0, 'nothing selected');
  demand(Resources === undefined || ListOfTags === undefined, 'a union of resources and tags');

  for (const list of [Resources ?? [], NotResources ?? []]) {
    const texts: string[] = list.map(literal);
    demand(texts.length <= 500, `${texts.length} ARNs`);
    demand(texts.filter((arn) => arn.includes('*')).length <= 30, 'wildcards');
    demand(new Set(texts).size === texts.length, 'one ARN twice');
    demand(
      texts.every(
        (arn) => arn === '*' || arn.startsWith('token:') || /^arn:aws[a-z-]*:[a-z0-9-]+:/.test(arn),
      ),
      'ARN',
    );
  }
  demand(!(Resources ?? []).includes('*') || Resources.length === 1, 'everything, and more');
  demand(NotResources === undefined || NotResources.length > 0, 'an empty exclusion');

  const conditions = Object.entries<Json[]>(Conditions ?? {});
  demand(
    conditions.every(([operator]) => OPERATORS.includes(operator)),
    'operator',
  );
  const entries = conditions.flatMap(([, list]) => list);
  demand(entries.length <= 30, 'conditions');
  demand((ListOfTags?.length ?? 0) <= 30, 'tags');
  for (const { ConditionKey: key, ConditionValue: value } of entries)
    demand(
      /^aws:ResourceTag\/(?!aws:ResourceTag\/)[\s\S]{1,128}$/.test(key) && value.length <= 256,
      `condition ${key} ${value}`,
    );
  for (const { ConditionType: type, ConditionKey: key, ConditionValue: value } of ListOfTags ?? [])
    demand(
      type === 'STRINGEQUALS' &&
        !key.startsWith('aws:ResourceTag/') &&
        key.length <= 128 &&
        value.length <= 256,
      `tag ${type} ${key} ${value}`,
    );
  return faults;
}

/** An ARN as it will be in the partition `aws`; what else is known at deployment only is told apart by its source. */
export function literal(value: Json): string {
  if (typeof value === 'string') return value;
  const parts: Json[] | undefined = value?.['Fn::Join']?.[1];
  if (!parts) return `token:${JSON.stringify(value)}`;
  const known = parts.map((part) => (part?.Ref === 'AWS::Partition' ? 'aws' : part));
  return known.every((part) => typeof part === 'string') ? known.join('') : `token:${JSON.stringify(value)}`;
}

/** A resource in an account, as AWS Backup looks at it. */
export interface Candidate {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Whether AWS Backup selects a resource: it is one of the resources or has one of the tags (a union), fulfils all
 * conditions, and is no exception.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
export function selects(properties: Json, { arn, tags }: Candidate): boolean {
  const { Resources = [], NotResources = [], ListOfTags = [], Conditions = {} } = properties.BackupSelection;
  const named = Resources.some((pattern: Json) => matches(literal(pattern), arn));
  const tagged = ListOfTags.some((tag: Json) => tags[tag.ConditionKey] === tag.ConditionValue);
  const holds = Object.entries<Json[]>(Conditions).every(([operator, list]) =>
    list.every(({ ConditionKey, ConditionValue }) =>
      fulfils(operator, tags[ConditionKey.slice('aws:ResourceTag/'.length)], ConditionValue),
    ),
  );
  return (named || tagged) && holds && !NotResources.some((pattern: Json) => matches(literal(pattern), arn));
}

/** Whether a tag, which the resource may not have, fulfils a condition. */
export function fulfils(operator: string, tag: string | undefined, wanted: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return tag === wanted;
    case 'StringNotEquals':
      return tag !== wanted;
    case 'StringLike':
      return tag !== undefined && matches(wanted, tag);
    default:
      return tag === undefined || !matches(wanted, tag);
  }
}

/** Whether a text matches a pattern with asterisks. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[\\s\\S]*')}$`).test(text);
}
