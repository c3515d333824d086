import { longestGap } from './cron-gap';
import type { ResourceClaim, RuleClaim } from './statement';
import { list, type Raw, type RawResource, record, type Templates } from './templates';

export const VAULTS = ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'] as const;
/** How AWS Backup documents the RPO of continuous backups, in minutes. */
const CONTINUOUS: Readonly<Record<string, number>> = {
  'AWS::RDS::DBInstance': 5,
  'AWS::RDS::DBCluster': 5,
  'AWS::S3::Bucket': 15,
};
const OPT_OUT = 'backup:opt-out-reason';

/** What the verifier finds out about one resource, from templates alone. */
export class Derivation {
  constructor(
    private readonly templates: Templates,
    public readonly resource: RawResource,
    private readonly further: ResourceClaim['furtherCopies'],
  ) {}

  /** What is wrong with the claimed copies of state machines: each needs a vault, and a state machine that names it. */
  public furtherProblems(): string[] {
    return this.further.flatMap(({ vault, account, region }) => {
      const found = this.templates.find(...splitName(vault));
      if (!found || !VAULTS.some((type) => type === found.type)) return [`there is no vault ${vault}`];
      const where = [account === (found.at.account ?? null), region === (found.at.region ?? null)];
      if (where.includes(false)) return [`vault ${vault} is in another account or Region`];
      const name = this.templates.text(found.properties.BackupVaultName, found.at) ?? found.logicalId;
      const isNamed = this.templates.ofType('AWS::StepFunctions::StateMachine').some(({ properties }) => {
        const text = JSON.stringify(properties);
        return /startCopyJob/i.test(text) && (text.includes(name) || text.includes(found.logicalId));
      });
      return isNamed ? [] : [`no state machine copies to vault ${vault}`];
    });
  }

  public tags(): ReadonlyMap<string, string> {
    const { properties, at } = this.resource;
    const tags = new Map<string, string>();
    for (const name of ['Tags', 'HostedZoneTags', 'FileSystemTags'])
      for (const tag of list(properties[name]).map(record)) {
        const [key, value] = [this.templates.text(tag.Key, at), this.templates.text(tag.Value, at)];
        if (key !== undefined && value !== undefined) tags.set(key, value);
      }
    return tags;
  }

  public optOut(): string | null {
    return this.tags().get(OPT_OUT) ?? null;
  }

  /** The plans whose selections match the resource by a tag, by its ARN or by its service. */
  public plans(): readonly RawResource[] {
    const found = this.templates.ofType('AWS::Backup::BackupSelection').flatMap((selection) => {
      const { at, properties } = selection;
      const isHere = at.account === this.resource.at.account && at.region === this.resource.at.region;
      const plan = this.templates.linked(
        properties.BackupPlanId,
        at,
        'BackupPlanName',
        'AWS::Backup::BackupPlan',
      );
      return plan && isHere && this.isSelected(record(properties.BackupSelection), selection) ? [plan] : [];
    });
    return [...new Set(found)];
  }

  private isSelected(selection: Raw, { at }: RawResource): boolean {
    const tags = this.tags();
    const byTag = list(selection.ListOfTags)
      .map(record)
      .some(
        (tag) =>
          tags.get(this.templates.text(tag.ConditionKey, at) ?? '') ===
          this.templates.text(tag.ConditionValue, at),
      );
    const own = `@${this.resource.at.stack}/${this.resource.logicalId}`;
    const byArn = (value: unknown) => {
      const text = this.templates.text(value, at);
      if (text === undefined) return false;
      if (text === '*' || text.endsWith(own)) return true;
      return this.isOfPattern(text);
    };
    if (list(selection.NotResources).some(byArn)) return false;
    const conditions = Object.entries(record(selection.Conditions)).flatMap(([operator, tests]) =>
      list(tests).map((one) => ({
        operator,
        key: String(record(one).ConditionKey),
        value: String(record(one).ConditionValue),
      })),
    );
    const holds = conditions.every(({ operator, key, value }) => {
      const actual = tags.get(key.replace(/^aws:ResourceTag\//, ''));
      const isEqual = /Like/.test(operator) ? likePattern(value).test(actual ?? '\0') : actual === value;
      return /Not/.test(operator) ? !isEqual : isEqual;
    });
    return holds && (byTag || list(selection.Resources).some(byArn));
  }

  /** `arn:aws:dynamodb:*:*:table/*` of a table. */
  private isOfPattern(text: string): boolean {
    const service = this.resource.type.split('::')[1].toLowerCase();
    const [arn, , of, , , ...rest] = text.split(':');
    return arn === 'arn' && of === service && rest.join(':').endsWith('*');
  }

  /** Rules of the plans, as a statement claims them. */
  public rules(): RuleClaim[] {
    return this.plans().flatMap((plan) =>
      list(record(plan.properties.BackupPlan).BackupPlanRule)
        .map(record)
        .map((rule, index) => this.rule(plan, rule, index)),
    );
  }

  private rule({ at, logicalId }: RawResource, rule: Raw, index: number): RuleClaim {
    const text = (value: unknown) => this.templates.text(value, at);
    const own = daysOf(rule.Lifecycle);
    return {
      stack: at.stack,
      plan: logicalId,
      rule: text(rule.RuleName) ?? `rule ${index + 1}`,
      schedule: text(rule.ScheduleExpression) ?? 'cron(0 5 ? * * *)',
      continuous: rule.EnableContinuousBackup === true,
      retentionDays: own,
      vault: this.vaultName(rule.TargetBackupVault, at),
      copies: list(rule.CopyActions)
        .map(record)
        .map((copy) => {
          const vault = this.templates.linked(
            copy.DestinationBackupVaultArn,
            at,
            'BackupVaultName',
            ...VAULTS,
          );
          const [, , , region, account] = (text(copy.DestinationBackupVaultArn) ?? '').split(':');
          return {
            vault: this.vaultName(copy.DestinationBackupVaultArn, at),
            account: vault?.at.account ?? known(account),
            region: vault?.at.region ?? known(region),
            retentionDays: copy.Lifecycle === undefined ? own : daysOf(copy.Lifecycle),
          };
        }),
    };
  }

  private vaultName(value: unknown, at: RawResource['at']): string {
    const vault = this.templates.linked(value, at, 'BackupVaultName', ...VAULTS);
    if (vault) return `${vault.at.stack}/${vault.logicalId}`;
    return (this.templates.text(value, at) ?? '?').split(':').at(-1) as string;
  }

  /** The longest time without a recovery point. */
  public rpoMinutes(): number | null {
    const rules = this.rules();
    if (rules.some(({ continuous }) => continuous) && CONTINUOUS[this.resource.type] !== undefined)
      return CONTINUOUS[this.resource.type];
    return longestGap(rules.map(({ schedule }) => schedule)) ?? null;
  }

  public retentionDays(): RuleClaim['retentionDays'] {
    const all = this.rules().flatMap(({ retentionDays, copies }) => [
      retentionDays,
      ...copies.map((copy) => copy.retentionDays),
    ]);
    if (all.includes('forever')) return 'forever';
    const days = all.filter((one): one is number => typeof one === 'number');
    return days.length === 0 ? null : Math.max(...days);
  }

  /** Every vault with recovery points of the resource. */
  public vaults(): readonly RawResource[] {
    const names = [
      ...this.rules().flatMap(({ vault, copies }) => [vault, ...copies.map((copy) => copy.vault)]),
      ...this.further.map(({ vault }) => vault),
    ];
    return this.templates
      .ofType(...VAULTS)
      .filter(({ at, logicalId }) => names.includes(`${at.stack}/${logicalId}`));
  }

  /** The strongest lock of the vaults. */
  public immutability(): string {
    const locks = this.vaults().map(({ type, properties }) => {
      if (type === VAULTS[1]) return 'compliance';
      if (properties.LockConfiguration === undefined) return 'none';
      return record(properties.LockConfiguration).ChangeableForDays === undefined
        ? 'governance'
        : 'compliance';
    });
    return (['compliance', 'governance'] as const).find((mode) => locks.includes(mode)) ?? 'none';
  }

  /** The shortest time between restore tests that certainly select the type, in days. */
  public restoreTestDays(resourceType: string): number | null {
    const days = this.templates
      .ofType('AWS::Backup::RestoreTestingSelection')
      .flatMap(({ at, properties }) => {
        if (properties.ProtectedResourceType !== resourceType || !this.isTestedBy(properties, at)) return [];
        const plan = this.templates.linked(
          properties.RestoreTestingPlanName,
          at,
          'RestoreTestingPlanName',
          'AWS::Backup::RestoreTestingPlan',
        );
        const schedule = plan && this.templates.text(plan.properties.ScheduleExpression, plan.at);
        const gap = schedule === undefined ? undefined : longestGap([schedule]);
        return gap === undefined ? [] : [gap / 1_440];
      });
    return days.length === 0 ? null : Math.min(...days);
  }

  private isTestedBy(properties: Raw, at: RawResource['at']): boolean {
    const arns = list(properties.ProtectedResourceArns).map((arn) => this.templates.text(arn, at));
    const own = `@${this.resource.at.stack}/${this.resource.logicalId}`;
    if (arns.length > 0 && !arns.some((arn) => arn === '*' || arn?.endsWith(own))) return false;
    const tags = this.tags();
    return Object.entries(record(properties.ProtectedResourceConditions)).every(([operator, tests]) =>
      list(tests)
        .map(record)
        .every(({ Key, Value }) => {
          const isEqual = tags.get(String(Key).replace(/^aws:ResourceTag\//, '')) === Value;
          return operator === 'StringNotEquals' ? !isEqual : isEqual;
        }),
    );
  }

  /** Whether some event rule, alarm or notification of a vault exists that failures could reach. */
  public mayBeMonitored(): boolean {
    const events = this.here('AWS::Events::Rule').some(({ properties }) => {
      const pattern = record(properties.EventPattern);
      const states = record(pattern.detail).state;
      const kinds = pattern['detail-type'];
      return (
        list(pattern.source).includes('aws.backup') &&
        properties.State !== 'DISABLED' &&
        list(properties.Targets).length > 0 &&
        (kinds === undefined || list(kinds).includes('Backup Job State Change')) &&
        (states === undefined ||
          list(states).some((state) => ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'].includes(String(state))))
      );
    });
    const alarms = this.here('AWS::CloudWatch::Alarm').some(({ properties }) =>
      JSON.stringify(properties).includes('"AWS/Backup"'),
    );
    const notifications = this.here(...VAULTS).some(
      ({ properties }) => properties.Notifications !== undefined,
    );
    return events || alarms || notifications;
  }

  /** Resources in the account and Region of the resource. */
  private here(...types: readonly string[]): readonly RawResource[] {
    const { account, region } = this.resource.at;
    return this.templates.ofType(...types).filter(({ at }) => at.account === account && at.region === region);
  }

  /** Whether a copy in another account or Region exists, without which nothing survives the loss of its own. */
  public hasCopyElsewhere(what: 'account' | 'region'): boolean {
    const own = this.resource.at[what];
    const copiesOf = [...this.rules().map(({ copies }) => copies), this.further];
    return copiesOf.some((copies) => copies.some((copy) => copy[what] !== null && copy[what] !== own));
  }
}

/** `stack/logical id`; the names of nested stacks have slashes too. */
function splitName(name: string): [stack: string, logicalId: string] {
  const slash = name.lastIndexOf('/');
  return [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)];
}

function daysOf(lifecycle: unknown): RuleClaim['retentionDays'] {
  const days = record(lifecycle).DeleteAfterDays;
  if (days === undefined || days === -1) return 'forever';
  return typeof days === 'number' ? days : /^\d+$/.test(String(days)) ? Number(days) : null;
}

function known(text: string | undefined): string | null {
  return text === undefined || text === '' || text.startsWith('<') ? null : text;
}

function likePattern(text: string): RegExp {
  const escaped = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
