import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LAMBDA_RUNTIME } from '../../../src/handler/core/runtime';

describe('the runtime of AWS Lambda', () => {
  /** Sends a body to a server that answers with a status; returns what arrived. */
  async function sent(status: number, body: string) {
    const arrived: { method?: string; headers?: IncomingMessage['headers']; body?: string } = {};
    const server = createServer(async (incoming, response) => {
      Object.assign(arrived, {
        method: incoming.method,
        headers: incoming.headers,
        body: await text(incoming),
      });
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await LAMBDA_RUNTIME.send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, body);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    return arrived;
  }

  test('puts a response with the empty content type that its URL is signed for', async () => {
    const { method, headers, body } = await sent(200, '{"Status":"SUCCESS","Reason":"ü"}');
    expect([method, headers?.['content-type'], headers?.['content-length'], body]).toEqual([
      'PUT',
      '',
      '34',
      '{"Status":"SUCCESS","Reason":"ü"}',
    ]);
  });

  test('fails where the response is refused', async () => {
    await expect(sent(403, '{}')).rejects.toThrow(new Error('the response was refused with status 403'));
  });

  test('gives up a response that nobody takes after 5 seconds', async () => {
    const timeout = jest
      .spyOn(AbortSignal, 'timeout')
      .mockReturnValue(AbortSignal.abort(new Error('too late')));
    try {
      await expect(sent(200, '{}')).rejects.toThrow('too late');
      expect(timeout.mock.calls).toEqual([[5_000]]);
    } finally {
      timeout.mockRestore();
    }
  });

  test('sleeps as long as it is told, or until the request is answered', async () => {
    const start = performance.now();
    await LAMBDA_RUNTIME.sleep(20);
    expect(performance.now() - start).toBeGreaterThan(15);
    const answered = new AbortController();
    const cleared = jest.spyOn(global, 'clearTimeout');
    const sleeping = LAMBDA_RUNTIME.sleep(60_000, answered.signal);
    answered.abort();
    await sleeping;
    expect(cleared).toHaveBeenCalledTimes(1);
    cleared.mockRestore();
  });

  test('has the clock, the chance and the log of Node.js', () => {
    const [clock, chance, log] = [
      jest.spyOn(Date, 'now').mockReturnValue(7),
      jest.spyOn(Math, 'random').mockReturnValue(0.25),
      jest.spyOn(console, 'log').mockImplementation(),
    ];
    LAMBDA_RUNTIME.log('line');
    expect([LAMBDA_RUNTIME.now(), LAMBDA_RUNTIME.random(), log.mock.calls]).toEqual([7, 0.25, [['line']]]);
    for (const each of [clock, chance, log]) each.mockRestore();
  });
});
