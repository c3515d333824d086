import { escapeMarkdown } from '../../../src/values/core/markdown-escaping';
import { oneLine, trimmed } from '../../../src/values/core/plain-text';

test.each([
  ['escapeMarkdown', (text: string) => escapeMarkdown(text, true)],
  ['oneLine', oneLine],
  ['trimmed', (text: string) => trimmed(text, /[ \t`]/)],
])('%s takes time that grows with the length and no faster', (_, work) => {
  for (const unit of ['`', ' ', '\t', '`` ', '` `` ``` ', '[', '\n ', '@#1', '\\`']) {
    const spend = (length: number) => {
      const text = unit.repeat(length / unit.length);
      const before = process.cpuUsage();
      work(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    // what collects garbage meanwhile is counted too, but not each time; faster growth is seen each time
    const isLinear = () => spend(1_000_000) < 24 * Math.max(20, spend(125_000));
    expect({ unit, linear: isLinear() || isLinear() || isLinear() }).toEqual({ unit, linear: true });
  }
});
