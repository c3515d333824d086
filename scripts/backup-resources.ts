/**
 * Reads what a synthesized template says about backups, in words for people. It reads templates and not the
 * constructs, so that it shows what CloudFormation gets.
 */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

type Properties = Readonly<Record<string, unknown>>;

/** What one stack protects, as rows for tables. */
export interface BackupResources {
  /** Name, what it is encrypted with, lock. */
  readonly vaults: string[][];
  readonly plans: {
    readonly name: string;
    /** Rule, schedule, time zone, vault, kept, cold storage, copies. */
    readonly rules: string[][];
  }[];
  /** Name, plan, what it selects, role. */
  readonly selections: string[][];
}

const NONE = '–';

/**
 * @param stackPath the construct path of the stack, which is left out of the names
 */
export function backupResources(template: Template, stackPath: string): BackupResources {
  const resources = template.Resources ?? {};
  const ofType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);

  /** A value for people: a reference by its name or construct path, a joined string with `${…}`. */
  const text = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value ?? NONE);
    const [[fn, argument] = ['', undefined]] = Object.entries(value);
    if (fn === 'Ref') return label(String(argument));
    if (fn === 'Fn::GetAtt') return label(String([argument].flat()[0]));
    if (fn === 'Fn::Join' && Array.isArray(argument)) {
      const [separator, parts] = argument as [string, unknown[]];
      return Array.isArray(parts) ? parts.map(text).join(separator) : JSON.stringify(value);
    }
    return JSON.stringify(value);
  };
  const label = (logicalId: string): string => {
    const resource = resources[logicalId];
    if (!resource) return `\${${logicalId}}`;
    const name = resource.Type.startsWith('AWS::Backup::') && nameOf(resource);
    return name || pathOf(logicalId);
  };
  const nameOf = ({ Properties: properties }: Resource): string | undefined => {
    const name = properties?.BackupVaultName ?? asObject(properties?.BackupPlan).BackupPlanName;
    return name === undefined ? undefined : text(name);
  };
  const pathOf = (logicalId: string): string => {
    const path = resources[logicalId].Metadata?.['aws:cdk:path'];
    if (typeof path !== 'string') return logicalId;
    return path.replace(`${stackPath}/`, '').replace(/\/Resource$/, '');
  };

  const vaults = ofType('AWS::Backup::BackupVault').map(([id, { Properties: properties = {} }]) => [
    label(id),
    encryption(properties.EncryptionKeyArn, text),
    lock(asObject(properties.LockConfiguration)),
  ]);
  const airGapped = ofType('AWS::Backup::LogicallyAirGappedBackupVault').map(
    ([id, { Properties: properties = {} }]) => [
      label(id),
      encryption(properties.EncryptionKeyArn, text, 'a key of AWS'),
      `compliance, ${range(properties.MinRetentionDays, properties.MaxRetentionDays)}, air-gapped`,
    ],
  );

  const plans = ofType('AWS::Backup::BackupPlan').map(([id, { Properties: properties = {} }]) => ({
    name: label(id),
    rules: asList(asObject(properties.BackupPlan).BackupPlanRule).map((rule) => {
      const lifecycle = asObject(rule.Lifecycle);
      return [
        text(rule.RuleName),
        rule.ScheduleExpression ? schedule(text(rule.ScheduleExpression)) : 'daily at 05:00',
        text(rule.ScheduleExpressionTimezone ?? 'UTC'),
        text(rule.TargetBackupVault),
        kept(lifecycle.DeleteAfterDays) + (rule.EnableContinuousBackup === true ? ', continuous' : ''),
        coldStorage(lifecycle),
        asList(rule.CopyActions)
          .map((copy) => copyAction(text(copy.DestinationBackupVaultArn), asObject(copy.Lifecycle)))
          .join('\n') || NONE,
      ];
    }),
  }));

  const selections = ofType('AWS::Backup::BackupSelection').map(([, { Properties: properties = {} }]) => {
    const selection = asObject(properties.BackupSelection);
    return [
      text(selection.SelectionName),
      text(properties.BackupPlanId),
      selected(selection, text),
      text(selection.IamRoleArn).replace(/^arn:[^:]*:iam::\d*:role\//, ''),
    ];
  });

  return { vaults: [...vaults, ...airGapped], plans, selections };
}

const asObject = (value: unknown): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
const asList = (value: unknown): Properties[] => (Array.isArray(value) ? value.map(asObject) : []);

function encryption(
  key: unknown,
  text: (value: unknown) => string,
  otherwise = 'aws/backup, a key of AWS',
): string {
  return key === undefined ? otherwise : `key ${text(key)}`;
}

function lock(configuration: Properties): string {
  const { MinRetentionDays, MaxRetentionDays, ChangeableForDays } = configuration;
  if (MinRetentionDays === undefined) return 'none';
  const mode = ChangeableForDays === undefined ? 'governance' : `compliance after ${ChangeableForDays} days`;
  return `${mode}, ${range(MinRetentionDays, MaxRetentionDays)}`;
}

function range(min: unknown, max: unknown): string {
  return max === undefined ? `at least ${days(min)}` : `${days(min)} to ${days(max)}`;
}

function kept(deleteAfterDays: unknown): string {
  return deleteAfterDays === undefined ? 'forever' : days(deleteAfterDays);
}

function days(count: unknown): string {
  if (typeof count !== 'number') return `${JSON.stringify(count)} days`;
  if (count % 365 === 0) return count === 365 ? '1 year' : `${count / 365} years`;
  return count === 1 ? '1 day' : `${count} days`;
}

function coldStorage(lifecycle: Properties): string {
  return lifecycle.MoveToColdStorageAfterDays === undefined
    ? NONE
    : `after ${days(lifecycle.MoveToColdStorageAfterDays)}`;
}

function copyAction(destination: string, lifecycle: Properties): string {
  const [, region, account, name] =
    /^arn:[^:]*:backup:([^:]*):([^:]*):backup-vault:(.*)$/.exec(destination) ?? [];
  const where = name ? `${name} (${[region, account].filter(Boolean).join(', ')})` : destination;
  const cold = lifecycle.MoveToColdStorageAfterDays === undefined ? '' : `, cold ${coldStorage(lifecycle)}`;
  return `${where}: ${kept(lifecycle.DeleteAfterDays)}${cold}`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  StringEquals: '=',
  StringNotEquals: '≠',
  StringLike: 'like',
  StringNotLike: 'not like',
};

function selected(selection: Properties, text: (value: unknown) => string): string {
  const resources = Array.isArray(selection.Resources) ? selection.Resources.map(text) : [];
  const excluded = Array.isArray(selection.NotResources) ? selection.NotResources.map(text) : [];
  const conditions = Object.entries(asObject(selection.Conditions)).flatMap(([kind, parameters]) =>
    asList(parameters).map(({ ConditionKey, ConditionValue }) => {
      const key = text(ConditionKey).replace('aws:ResourceTag/', '');
      return `${key} ${COMPARISONS[kind] ?? kind} ${text(ConditionValue)}`;
    }),
  );
  const anyOf = asList(selection.ListOfTags).map(
    ({ ConditionKey, ConditionValue }) => `${text(ConditionKey)} = ${text(ConditionValue)}`,
  );
  const everything = resources.includes('*') || (resources.length === 0 && anyOf.length === 0);
  const lines = [
    everything ? 'all resources' : resources.join('\n'),
    ...(conditions.length > 0 ? [`with tag ${conditions.join(' and ')}`] : []),
    ...(anyOf.length > 0 ? [`${resources.length > 0 ? 'or ' : ''}with tag ${anyOf.join(' or ')}`] : []),
    ...excluded.map((resource) => `but not ${resource}`),
  ];
  return lines
    .filter(Boolean)
    .join('\n')
    .replace(/^all resources\nwith/, 'all resources with');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The usual schedules in words; the others as AWS has them. */
export function schedule(expression: string): string {
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] =
    /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression)?.slice(1) ?? [];
  const everyDay = [dayOfMonth, dayOfWeek].every((day) => day === '?' || day === '*');
  const number = /^\d+$/;
  if (!minute || year !== '*' || !number.test(minute)) return expression;
  if (everyDay && month === '*' && hour === '*') return `hourly at :${minute.padStart(2, '0')}`;
  const steps = /^(\d+)\/(\d+)$/.exec(hour);
  if (everyDay && month === '*' && steps)
    return `every ${steps[2]} hours from ${steps[1].padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (!number.test(hour)) return expression;

  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (everyDay && month === '*') return `daily at ${time}`;
  if (/^[A-Z]{3}([,-][A-Z]{3})*$/.test(dayOfWeek) && month === '*')
    return `${dayOfWeek.replace(/[A-Z]{2}(?![A-Z])/g, (tail) => tail.toLowerCase())} at ${time}`;
  const day = dayOfMonth === 'L' ? 'last day' : number.test(dayOfMonth) ? `day ${dayOfMonth}` : undefined;
  if (!day || dayOfWeek !== '?') return expression;
  if (month === '*') return `monthly on ${day} at ${time}`;
  const name = MONTHS[Number(month) - 1] ?? MONTHS.find((known) => known.toUpperCase() === month);
  return name && number.test(dayOfMonth) ? `yearly on ${dayOfMonth} ${name} at ${time}` : expression;
}
