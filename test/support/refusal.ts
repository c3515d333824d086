import { BackupError } from '../../src/values/core/problem';

/** The whole message with which an action is refused; fails where it isn't, or not by an error of ours. */
export function refusal(action: () => unknown): string {
  const error = thrown(action);
  if (error === undefined) throw new Error('nothing was refused');
  return error.message;
}

/** What an action throws; fails where that is no error of ours. */
export function thrown(action: () => unknown): BackupError | undefined {
  try {
    action();
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return error;
  }
  return undefined;
}
