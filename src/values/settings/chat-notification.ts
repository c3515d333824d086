/** A custom notification of Amazon Q Developer in chat applications. */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
  };
}

/** What fits into a message of Slack, whose blocks have 3,000 characters. */
const MOST_CHARACTERS = 2_800;

/**
 * The schema that channels of Slack and Microsoft Teams show; other messages to their topic are dropped.
 *
 * Source: Amazon Q Developer in chat applications Administrator Guide, Custom notifications, 2026-11.
 */
export function chatNotification(
  title: string,
  text: string,
  nextSteps: readonly string[] = [],
): ChatNotification {
  const end = text.length > MOST_CHARACTERS ? text.lastIndexOf('\n', MOST_CHARACTERS) : text.length;
  const cut = end < 0 ? MOST_CHARACTERS : end;
  const description = cut < text.length ? `${text.slice(0, cut)}\n…` : text;
  const steps = nextSteps.length > 0 ? { nextSteps } : {};
  return {
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title, description, ...steps },
  };
}
