import { type App, Stack } from 'aws-cdk-lib';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupVault,
  CopyAction,
  CopyOnArrival,
  type CopyOnArrivalProps,
  CopyOnDemand,
  DisasterRecovery,
  RecoveryHop,
  ResourceType,
  Retention,
} from '../../../src';
import { synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const retention = Retention.days(90);
const CENTRAL = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:central';
const SILENT = (what: string, stack = 'Stack') =>
  `Backup-SilentAlarm: \`alarmTopic\` is not set, so ${what} nobody of copies that fail; set it to a topic in the account and Region of the stack \`${stack}\`, or add actions to the alarms`;

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const vault = () =>
  (stack.node.tryFindChild('Vault') as BackupVault | undefined) ?? new BackupVault(stack, 'Vault');
const arrive = (id = 'Arrival', props: Partial<CopyOnArrivalProps> = {}) =>
  new CopyOnArrival(stack, id, {
    vault: vault(),
    copy: CopyAction.toVaultArn(CENTRAL, { retention }),
    ...props,
  });
const warned = () => {
  synthesize(stack);
  return warningsOf(stack.node.root);
};

describe('alarms that notify nobody cause a warning', () => {
  test('of copies on arrival and on demand', () => {
    arrive();
    new CopyOnDemand(stack, 'Demand', {
      vault: vault(),
      copy: CopyAction.toVaultArn(CENTRAL, { retention }),
    });
    expect(warned()).toEqual([
      SILENT('`Stack/Arrival/Copy/FailureAlarm` and `Stack/Arrival/DeadLetterAlarm` notify'),
      SILENT('`Stack/Demand/Copy/FailureAlarm` notifies'),
    ]);
  });

  test('of the hops of a disaster recovery', () => {
    const far = (id: string, region: string) =>
      new BackupVault(
        new Stack(stack.node.root as App, id, { env: { account: '111122223333', region } }),
        'Vault',
      );
    const [second, third] = [far('Second', 'eu-central-1'), far('Third', 'eu-north-1')];
    new DisasterRecovery(stack, 'Recovery', {
      source: vault(),
      resourceTypes: [ResourceType.EFS],
      hops: [
        RecoveryHop.toVault(second, { retention }),
        RecoveryHop.toVault(third, { retention, after: second }),
      ],
    });
    expect(warned()).toEqual([
      SILENT(
        '`Second/StackRecoveryHop2/Copy/FailureAlarm` and `Second/StackRecoveryHop2/DeadLetterAlarm` notify',
        'Second',
      ),
    ]);
  });

  test('but not if a topic is set, or other actions are', () => {
    arrive('Topic', { alarmTopic: new sns.Topic(stack, 'Alarms'), resourceTypes: [ResourceType.EFS] });
    const own = arrive('Own', { resourceTypes: [ResourceType.RDS] });
    for (const alarm of [own.failureAlarm, own.deadLetterAlarm])
      (alarm as CfnAlarm).alarmActions = ['arn:aws:lambda:eu-west-1:111122223333:function:page'];
    expect(warned()).toEqual([]);
  });

  test('and also if their actions are turned off', () => {
    const copy = arrive('Arrival', { alarmTopic: new sns.Topic(stack, 'Alarms') });
    (copy.failureAlarm as CfnAlarm).actionsEnabled = false;
    expect(warned()).toEqual([SILENT('`Stack/Arrival/Copy/FailureAlarm` notifies')]);
  });
});

describe('two copies on arrival from one vault to another', () => {
  const alarmed = (id: string, resourceTypes?: ResourceType[]) =>
    arrive(id, {
      resourceTypes,
      alarmTopic:
        (stack.node.tryFindChild('Alarms') as sns.Topic | undefined) ?? new sns.Topic(stack, 'Alarms'),
    });
  const TWICE = [
    'Backup-CopyOnArrivalTwice: `copy` has the source and the destination of `Stack/First`, so recovery points are copied twice; remove one of them, or set different `resourceTypes`',
  ];
  const { EFS, RDS } = ResourceType;

  test.each<[string, ResourceType[] | undefined, ResourceType[] | undefined, string[]]>([
    ['of all types', undefined, undefined, TWICE],
    ['of all types and of one', undefined, [EFS], TWICE],
    ['with a common type', [EFS, RDS], [RDS], TWICE],
    ['of different types', [EFS], [RDS], []],
  ])('%s', (_, one, other, warnings) => {
    alarmed('First', one);
    alarmed('Second', other);
    expect(warned()).toEqual(warnings);
  });

  test('after the first one left the tree', () => {
    alarmed('First');
    stack.node.tryRemoveChild('First');
    alarmed('Second');
    expect(warned()).toEqual([]);
  });
});
