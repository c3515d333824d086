import { Stack, Token } from 'aws-cdk-lib';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { synthesisErrors } from '../../resources/core/enforce';
import { enumerateNames } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

/** Warns at synthesis of alarms without actions: nobody learns of copies that fail. */
export function reportSilentAlarms(pattern: Construct, alarms: readonly CfnAlarm[]): void {
  pattern.node.addValidation({
    validate: () =>
      synthesisErrors(
        pattern,
        silentAlarmProblems(
          pattern,
          alarms.filter((alarm) => !hasAction(alarm)),
        ),
      ),
  });
}

function hasAction({ alarmActions, actionsEnabled }: CfnAlarm): boolean {
  if (actionsEnabled === false) return false;
  return Token.isUnresolved(alarmActions) || (alarmActions ?? []).length > 0;
}

function silentAlarmProblems(pattern: Construct, silent: readonly CfnAlarm[]): Problem[] {
  if (silent.length === 0) return [];
  const names = enumerateNames(silent.map(({ node }) => node.path));
  return [
    problem({
      id: 'Backup-SilentAlarm',
      property: 'alarmTopic',
      message: (label) =>
        `${label('alarmTopic')} is not set, so ${names} ${silent.length === 1 ? 'notifies' : 'notify'} nobody of copies that fail`,
      fix: `set it to a topic in the account and Region of the stack \`${Stack.of(pattern).node.path}\`, or add actions to the alarms`,
    }),
  ];
}
