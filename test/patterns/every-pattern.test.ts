import { type App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import * as library from '../../src';
import {
  AccountBackup,
  BackupCompliance,
  BackupMonitoring,
  BackupPlan,
  BackupPrerequisites,
  BackupSchedule,
  BackupTier,
  BackupVault,
  CentralVault,
  ComplianceStandard,
  CopyAction,
  CopyOnArrival,
  CopyOnDemand,
  CopySource,
  DisasterRecovery,
  OrganizationBackup,
  OrganizationTarget,
  RecoveryHop,
  ResourceType,
  RestoreTesting,
  Retention,
  WorkloadBackup,
} from '../../src';
import { testApp } from '../support/app';
import { warningsOf } from '../support/warnings';

test('nothing deprecated can be called here, nor in any other test of a pattern', () => {
  expect(process.env.JSII_DEPRECATED).toBe('fail');
});

const HERE = { account: '111122223333', region: 'eu-west-1' };
const FAR = { account: '111122223333', region: 'eu-central-1' };
const retention = Retention.days(35);

const tableIn = (scope: Construct, id: string) =>
  new dynamodb.Table(scope, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const sourceIn = (scope: Construct) =>
  (scope.node.tryFindChild('Source') as BackupVault | undefined) ?? new BackupVault(scope, 'Source');
const planIn = (scope: Construct, id: string) => {
  const plan = new BackupPlan(scope, `${id}Plan`, { vault: sourceIn(scope), rules: BackupTier.BRONZE.rules });
  plan.addSelection('Table', { resources: [tableIn(scope, `${id}Table`)] });
  return plan;
};
const topicIn = (scope: Construct) =>
  (scope.node.tryFindChild('Topic') as sns.Topic | undefined) ?? new sns.Topic(scope, 'Topic');
const elsewhere = (scope: Construct, name: string) =>
  BackupVault.fromBackupVaultArn(
    scope,
    `Imported-${name}`,
    `arn:aws:backup:us-east-1:111122223333:backup-vault:${name}`,
  );

/** How a second one of a pattern in the same account and Region is met: its first words, or none. */
interface Row {
  readonly make: (scope: Construct, id: string) => void;
  readonly inOneStack?: string;
  readonly inTwoStacks?: string;
  readonly agnostic?: string;
  readonly farApart?: string;
  readonly inStages?: string;
}

const ACCOUNT = '`tagKey` must differ from that of';
const COPIED = 'Backup-CopyOnArrivalTwice: `copy` has the source and the destination of';
const REFUSED = 'Validation failed with the following errors:\n  ';
const FRAMEWORK = '`controls` are those of `A/One/Framework`';
const MONITORED =
  'Backup-MonitoringTwice: `severities` must send each alert of an account and Region from one place';
const ORGANIZATION = '`targets` has `ou-ab12-11111111`, in whose accounts';

const PATTERNS: Record<string, Row> = {
  AccountBackup: {
    make: (scope, id) => new AccountBackup(scope, id, { tiers: [BackupTier.BRONZE] }),
    inOneStack: ACCOUNT,
    inTwoStacks: ACCOUNT,
    agnostic: `Backup-PossibleAccountBackupTwice: ${ACCOUNT}`,
  },
  BackupCompliance: {
    make: (scope, id) =>
      void new BackupCompliance(scope, id, { standards: [ComplianceStandard.CIS_CONTROLS] }),
    inOneStack: `${REFUSED}[A/Two/Framework] ${FRAMEWORK}`,
    inTwoStacks: `${REFUSED}[B/One/Framework] ${FRAMEWORK}`,
    agnostic: `Backup-PossibleDuplicateFramework: ${FRAMEWORK}`,
  },
  BackupMonitoring: {
    make: (scope, id) => void new BackupMonitoring(scope, id, { plans: [planIn(scope, id)] }),
    inOneStack: MONITORED,
    inTwoStacks: MONITORED,
    agnostic: MONITORED,
  },
  BackupPrerequisites: { make: (scope, id) => void new BackupPrerequisites(scope, id) },
  CentralVault: {
    make: (scope, id) => new CentralVault(scope, id, { copyFrom: [CopySource.account('444455556666')] }),
  },
  CopyOnArrival: {
    make: (scope, id) =>
      new CopyOnArrival(scope, id, {
        vault: sourceIn(scope),
        copy: CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', { retention }),
        alarmTopic: topicIn(scope),
      }),
    inOneStack: COPIED,
  },
  CopyOnDemand: {
    make: (scope, id) =>
      new CopyOnDemand(scope, id, {
        vault: sourceIn(scope),
        copy: CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', { retention }),
        alarmTopic: topicIn(scope),
      }),
  },
  DisasterRecovery: {
    make: (scope, id) => {
      const hops = [elsewhere(scope, `${id}-first`), elsewhere(scope, `${id}-second`)];
      new DisasterRecovery(scope, id, {
        source: sourceIn(scope),
        hops: hops.map((vault) => RecoveryHop.toVault(vault, { retention })),
      });
    },
  },
  OrganizationBackup: {
    make: (scope, id) =>
      new OrganizationBackup(scope, id, {
        organizationId: 'o-a1b2c3d4e5',
        targets: [OrganizationTarget.organizationalUnit('ou-ab12-11111111')],
        regions: ['eu-west-1'],
        tiers: [{ tier: BackupTier.BRONZE }],
      }),
    inOneStack: ORGANIZATION,
    inTwoStacks: ORGANIZATION,
    agnostic: ORGANIZATION,
    farApart: ORGANIZATION,
    inStages: ORGANIZATION,
  },
  RestoreTesting: {
    make: (scope, id) =>
      void new RestoreTesting(scope, id, {
        backupPlan: planIn(scope, id),
        schedule: BackupSchedule.weekly(),
        resourceTypes: [ResourceType.DYNAMODB],
        alarmTopic: topicIn(scope),
      }),
  },
  WorkloadBackup: {
    make: (scope, id) =>
      new WorkloadBackup(scope, id, { tier: BackupTier.BRONZE }).protect(tableIn(scope, `${id}Table`)),
  },
};
const ROWS = Object.entries(PATTERNS);

/** What an app is met with: an error, a warning, or nothing; and its templates. */
function outcome(build: (app: App) => void): { said?: string; templates: Record<string, Template> } {
  const app = testApp();
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
  try {
    build(app);
    const templates = Object.fromEntries(
      app
        .synth()
        .stacksRecursively.map(({ hierarchicalId, template }) => [
          hierarchicalId,
          { Resources: template.Resources ?? {} },
        ]),
    );
    return { said: warningsOf(app)[0], templates };
  } catch (error) {
    return { said: (error as Error).message, templates: {} };
  } finally {
    quiet.mockRestore();
  }
}

interface Template {
  readonly Resources: Record<
    string,
    {
      Type: string;
      Properties?: Record<string, unknown>;
      DeletionPolicy?: string;
      UpdateReplacePolicy?: string;
    }
  >;
}

const meets = (said: string | undefined, expected: string | undefined) =>
  expected === undefined
    ? expect(said).toBeUndefined()
    : expect(said?.slice(0, expected.length)).toBe(expected);

test('every pattern has a row here', () => {
  const all = Object.keys(library).filter((name) =>
    /^(AccountBackup|Backup(Compliance|Monitoring|Prerequisites)|CentralVault|CopyOn.*|DisasterRecovery|OrganizationBackup|RestoreTesting|WorkloadBackup)$/.test(
      name,
    ),
  );
  expect(all.sort()).toEqual(Object.keys(PATTERNS));
});

describe.each(ROWS)('a second %s', (_, { make, ...row }) => {
  test('in one stack', () => {
    const { said } = outcome((app) => {
      const stack = new Stack(app, 'A', { env: HERE });
      for (const id of ['One', 'Two']) make(stack, id);
    });
    meets(said, row.inOneStack);
  });

  test.each<[keyof typeof row, object, object]>([
    ['inTwoStacks', { env: HERE }, { env: HERE }],
    ['agnostic', {}, {}],
    ['farApart', { env: HERE }, { env: FAR }],
  ])('in two stacks: %s', (key, first, second) => {
    const { said, templates } = outcome((app) => {
      make(new Stack(app, 'A', first), 'One');
      make(new Stack(app, 'B', second), 'One');
    });
    meets(said, row[key]);
    expect(doubleNames(Object.values(templates))).toEqual([]);
  });

  test('in two stages', () => {
    const { said, templates } = outcome((app) => {
      for (const id of ['Dev', 'Prod']) make(new Stack(new Stage(app, id), 'Stack'), 'One');
    });
    meets(said, row.inStages);
    expect(doubleNames(Object.values(templates))).toEqual([]);
  });

  test('after the first one left the tree, is the only one', () => {
    const { said } = outcome((app) => {
      const stack = new Stack(app, 'A', { env: HERE });
      make(stack, 'One');
      stack.node.tryRemoveChild('One');
      make(stack, 'Two');
    });
    expect(said).toBeUndefined();
  });
});

describe.each(ROWS)('%s: a rename or a removal', (_, { make }) => {
  const templateOf = (id: string | undefined) =>
    outcome((app) => {
      const stack = new Stack(app, 'A', { env: HERE });
      if (id === undefined) new CfnResource(stack, 'Other', { type: 'AWS::SNS::Topic' });
      else make(stack, id);
    }).templates.A;

  test.each([['Renamed'], [undefined]])(
    'to %s keeps the vaults, their keys and the roles that recovery points need',
    (id) => {
      const [before, after] = [templateOf('One'), templateOf(id)];
      const gone = Object.entries(before.Resources).filter(([logicalId]) => !(logicalId in after.Resources));
      const lost = gone.filter(
        ([, { Type, Properties, DeletionPolicy, UpdateReplacePolicy }]) =>
          (/^AWS::(Backup::.*Vault|KMS::Key)$/.test(Type) || isOfRecoveryPoints(Properties)) &&
          (!DeletionPolicy?.startsWith('Retain') || UpdateReplacePolicy !== 'Retain'),
      );
      expect(lost.map(([logicalId]) => logicalId)).toEqual([]);
    },
  );

  test('makes other names than those of what is kept', () => {
    const [before, after] = [templateOf('One'), templateOf('Renamed')];
    const only = ({ Resources }: Template, other: Template) => ({
      Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => !(id in other.Resources))),
    });
    expect(doubleNames([only(before, after), only(after, before)])).toEqual([]);
  });
});

/** Whether AWS Backup needs a role to make or expire recovery points; restore tests need theirs only while they run. */
function isOfRecoveryPoints(role: Record<string, unknown> = {}): boolean {
  const isAssumedByBackup = JSON.stringify(role.AssumeRolePolicyDocument ?? '').includes(
    'backup.amazonaws.com',
  );
  const policies = JSON.stringify(role.ManagedPolicyArns ?? '');
  return isAssumedByBackup && !(policies.includes('ForRestores') && !policies.includes('ForBackup'));
}

/** Physical names that more than one template has. */
function doubleNames(templates: readonly Template[]): string[] {
  const names = templates.flatMap(({ Resources }) => [
    ...new Set(
      Object.values(Resources).flatMap(({ Type, Properties = {} }) =>
        ['BackupVaultName', 'RoleName', 'AliasName', 'ManagedPolicyName', 'StateMachineName', 'LogGroupName']
          .map((key) => Properties[key])
          .filter((name) => typeof name === 'string')
          .map((name) => `${Type} ${name}`),
      ),
    ),
  ]);
  return names.filter((name, index) => names.indexOf(name) < index);
}
