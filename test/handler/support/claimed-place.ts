import { type Claim, renderClaim, type Settings } from '../../../src/handler/core/claim';
import { changeClaimedSettings, type Demand, type Subject } from '../../../src/handler/core/claimed-settings';
import type { CustomResourceRequest } from '../../../src/handler/core/protocol';
import type { SettingKind } from '../../../src/handler/core/situation';
import { FakeParameters } from './fakes';
import { request } from './requests';
import { DAYS } from './setting-kinds';
import { VirtualRuntime } from './virtual-runtime';

/** Where the claims are. */
export const FOLDER = '/cdk-backup-constructs/things';

/** A subject whose settings are plain data, and what happens to it in order. */
export function claimedPlace(current: Record<string, string | boolean | null>, kind: SettingKind = DAYS) {
  const runtime = new VirtualRuntime();
  const parameters = new FakeParameters();
  const events: string[] = [];
  const reads: [time: number, keys: readonly string[]][] = [];
  /** How AWS shows what is written. */
  const shows = { render: (value: unknown) => value, after: 0, until: 0, before: { ...current } };
  const subject: Subject = {
    address: { folder: 'things', subject: 'gold' },
    kind,
    async read(keys) {
      reads.push([runtime.now(), keys]);
      const seen = runtime.now() < shows.until ? shows.before : current;
      return { ...seen } as Settings;
    },
    async write(changes, before) {
      events.push(`write ${JSON.stringify(changes)} over ${JSON.stringify(before)}`);
      shows.before = { ...current };
      shows.until = runtime.now() + shows.after;
      for (const [key, value] of Object.entries(changes)) current[key] = shows.render(value) as string;
    },
  };
  const put = parameters.putParameter;
  parameters.putParameter = (input) => {
    if (!input.Name?.includes('/lock/')) events.push(`save ${input.Name?.split('/')[3]} ${input.Value}`);
    return put(input);
  };
  const save = (claim: Claim) => parameters.values.set(`${FOLDER}/${claim.owner}/gold`, renderClaim(claim));
  const saved = (owner: string) => {
    const text = parameters.values.get(`${FOLDER}/${owner}/gold`);
    return text === undefined ? undefined : JSON.parse(text);
  };
  const change = (demand: Partial<Demand>, more: Partial<Subject> = {}) =>
    runtime.until(
      changeClaimedSettings(
        parameters,
        { ...subject, ...more },
        { request: request('Create', {}) as unknown as CustomResourceRequest, restores: true, ...demand },
        { ...runtime, deadline: 600_000 },
      ),
    );
  return { runtime, parameters, current, events, reads, shows, save, saved, change };
}
