import { errorName } from '../../../src/handler/core/failure';
import { messageOf } from '../../../src/handler/freshness/freshness-message';
import { getTaggedResources } from '../../../src/handler/freshness/tagging-api';

/** A hash that needs no cryptography: who signs what is not what is tested. */
class Sha {
  update(): void {}
  digest = async () => new Uint8Array(32);
}
const CONFIG = {
  credentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
  region: async () => 'eu-west-1',
  sha256: Sha,
} as never;
const INPUT = { TagFilters: [{ Key: 'backup', Values: ['gold'] }], ResourcesPerPage: 100 };

describe('the call of the tagging API', () => {
  const { fetch } = globalThis;
  const environment = { ...process.env };
  const requests: [string, RequestInit][] = [];
  let answer: () => Promise<unknown>;
  beforeEach(() => {
    requests.length = 0;
    globalThis.fetch = (async (url: URL, init: RequestInit) => {
      requests.push([url.href, init]);
      return answer();
    }) as never;
    delete process.env.AWS_ENDPOINT_URL;
    delete process.env.URL_SUFFIX;
  });
  afterEach(() => {
    globalThis.fetch = fetch;
    process.env = { ...environment };
  });
  const response = (status: number, json: () => Promise<unknown>) => async () => ({
    ok: status < 300,
    status,
    json,
  });

  test.each<[string, Record<string, string>, string]>([
    ['of the Region', {}, 'https://tagging.eu-west-1.amazonaws.com/'],
    ['of the partition', { URL_SUFFIX: 'amazonaws.com.cn' }, 'https://tagging.eu-west-1.amazonaws.com.cn/'],
    ['of an emulator', { AWS_ENDPOINT_URL: 'http://localhost:5000' }, 'http://localhost:5000/'],
  ])('goes to the endpoint %s, signed', async (_, variables, url) => {
    Object.assign(process.env, variables);
    const page = { ResourceTagMappingList: [] };
    answer = response(200, async () => page);
    expect(await getTaggedResources(CONFIG, INPUT)).toBe(page);
    expect(requests).toEqual([
      [
        url,
        {
          method: 'POST',
          body: JSON.stringify(INPUT),
          signal: expect.any(AbortSignal),
          headers: expect.objectContaining({
            host: new URL(url).host,
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetResources',
            authorization: expect.stringMatching(
              /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/tagging\/aws4_request, /,
            ),
          }),
        },
      ],
    ]);
  });

  test.each<[string, number, () => Promise<unknown>, object]>([
    [
      'throttling',
      400,
      async () => ({ __type: 'com.amazonaws#ThrottledException', message: 'slow' }),
      { name: 'ThrottledException', message: 'slow' },
    ],
    [
      'a type without a name space',
      403,
      async () => ({ __type: 'AccessDeniedException', Message: 'no' }),
      { name: 'AccessDeniedException', message: 'no' },
    ],
    [
      'nothing that can be read',
      502,
      () => Promise.reject(new Error('no JSON')),
      { name: 'Error', message: '' },
    ],
  ])('fails with the name, the message and the status of AWS: %s', async (_, status, json, error) => {
    answer = response(status, json);
    await expect(getTaggedResources(CONFIG, INPUT)).rejects.toMatchObject({
      ...error,
      $metadata: { httpStatusCode: status },
    });
  });

  test('fails with the code of the network error', async () => {
    answer = () =>
      Promise.reject(
        Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
        }),
      );
    expect(errorName(await getTaggedResources(CONFIG, INPUT).catch((error) => error))).toBe('ECONNRESET');
    answer = () => Promise.reject(new DOMException('too long', 'TimeoutError'));
    expect(errorName(await getTaggedResources(CONFIG, INPUT).catch((error) => error))).toBe('TimeoutError');
  });
});

test('a message names the latest first, and those of the same time in the order of their names', () => {
  const late = (arn: string, since: number) => ({ arn, type: 'EBS', what: 'rule', since });
  const fresh = [late('b', 1_000), late('c', 1_000), late('a', 1_000), late('z', 9_000), late('y', 0)];
  const { Message } = messageOf({ check: 'gold' }, { fresh, late: 5, now: 10_000 });
  expect(
    Message.split('\n')
      .slice(2)
      .map(([name]) => name),
  ).toEqual(['z', 'a', 'b', 'c', 'y']);
});
