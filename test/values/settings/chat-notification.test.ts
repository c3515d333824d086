import { chatNotification } from '../../../src/values/settings/chat-notification';

const shown = (text: string) => chatNotification('Backups', text).content.description;

test('has the form that Amazon Q Developer in chat applications shows, and no other property', () => {
  expect(chatNotification('Backups failed', 'two of `Orders`')).toEqual({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title: 'Backups failed', description: 'two of `Orders`' },
  });
  expect(chatNotification('t', 'd', ['open the console']).content).toEqual({
    textType: 'client-markdown',
    title: 't',
    description: 'd',
    nextSteps: ['open the console'],
  });
});

test.each<[string, string, string]>([
  ['of 2,800 characters is shown whole', 'x'.repeat(2_800), 'x'.repeat(2_800)],
  ['with line breaks, too', `${'x\n'.repeat(1_399)}xx`, `${'x\n'.repeat(1_399)}xx`],
  [
    'that is longer ends with a whole line',
    `${'x'.repeat(2_000)}\n${'y'.repeat(900)}`,
    `${'x'.repeat(2_000)}\n…`,
  ],
  ['ends with the last line that fits', `${'x'.repeat(2_800)}\nyy`, `${'x'.repeat(2_800)}\n…`],
  [
    'without line breaks ends with its last character that fits',
    'x'.repeat(2_801),
    `${'x'.repeat(2_800)}\n…`,
  ],
])('a text %s', (_, text, description) => {
  expect(shown(text)).toBe(description);
});
