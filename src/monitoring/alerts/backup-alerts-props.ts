import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IEventBusRef } from 'aws-cdk-lib/aws-events';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { BackupAlert } from './backup-alert';

/** Properties of `BackupAlerts`. */
export interface BackupAlertsProps {
  /**
   * The topic that gets the messages: a standard topic in the account and Region of the stack. EventBridge must be allowed
   * to publish to it, which this construct adds to the policies of topics and keys of the app.
   *
   * @default a topic that only takes encrypted connections, with a key of its own
   */
  readonly topic?: ITopic;
  /**
   * What to notify of.
   *
   * @default everything but PROTECTION_WEAKENED, KEY_WEAKENED, ORGANIZATION_WEAKENED and POLICY_INVALID, which need a trail
   */
  readonly alerts?: BackupAlert[];
  /**
   * Only what happens in these vaults; copies count for the vault that they go to. Restores, changes of settings and calls
   * have no vault, and always count.
   *
   * @default every vault in the account and Region
   */
  readonly vaults?: IBackupVaultRef[];
  /**
   * Only these keys, for KEY_WEAKENED.
   *
   * @default every key in the account and Region
   */
  readonly keys?: IKeyRef[];
  /**
   * The event bus that gets the events, such as a central one that `BackupEventForwarding` of other accounts sends to.
   *
   * @default - the default event bus of the account and Region
   */
  readonly eventBus?: IEventBusRef;
  /**
   * Whether messages are custom notifications of Amazon Q Developer in chat applications (AWS Chatbot), for channels of Slack
   * and Microsoft Teams, which drop messages of other kinds. Subscribe the channel to `topic`.
   *
   * @default false: text, for e-mail
   */
  readonly chat?: boolean;
  /**
   * Where the reader of a message finds what to do, such as the URL of a runbook.
   *
   * @default no line about it
   */
  readonly runbook?: string;
}
