import { EventEmitter } from 'node:events';
import {
  type DatabaseTarget,
  WrongPassword,
  within,
} from '../../../../src/handler/restore/database/connection';
import { openDatabase } from '../../../../src/handler/restore/database/open-database';
import { driver } from './fake-drivers';

jest.mock('pg', () => jest.requireActual('./fake-drivers').pg);
jest.mock('mysql2/promise', () => jest.requireActual('./fake-drivers').mysql2);
jest.mock('mongodb', () => jest.requireActual('./fake-drivers').mongodb);

const targetOf = (
  protocol: DatabaseTarget['protocol'],
  more: Partial<DatabaseTarget> = {},
): DatabaseTarget => ({
  protocol,
  host: 'db.example',
  port: 1_234,
  user: 'app',
  password: 'secret',
  ...more,
});
const COMMON = { host: 'db.example', port: 1_234, user: 'app', password: 'secret' };
const failing = (more: object) => async () => {
  throw Object.assign(new Error('as the driver says'), more);
};

beforeEach(() => {
  Object.assign(driver, {
    given: [],
    connect: async () => undefined,
    query: async () => undefined,
    close: async () => undefined,
    events: new EventEmitter(),
  });
});

describe('PostgreSQL', () => {
  test('is connected to over TLS, with values as the server writes them', async () => {
    await openDatabase(targetOf('postgres', { database: 'shop' }));
    const [{ types, ...options }] = driver.given as {
      types: { getTypeParser(type: number): (text: string) => string };
    }[];
    expect(options).toEqual({
      ...COMMON,
      database: 'shop',
      application_name: 'restore-validation',
      ssl: { rejectUnauthorized: true },
      connectionTimeoutMillis: 10_000,
    });
    const [text, flag] = [types.getTypeParser(25), types.getTypeParser(16)];
    expect([text('1e3'), text('t'), flag('t'), flag('f')]).toEqual(['1e3', 't', 'true', 'false']);
    await openDatabase(targetOf('postgres'));
    expect(driver.given[1]).toMatchObject({ database: 'postgres' });
  });

  test.each<[string, unknown[] | undefined, string | undefined]>([
    ['the first value', [['7', '8'], ['9']], '7'],
    ['nothing where there are no rows', [], undefined],
    ['nothing where a row is empty', [[]], undefined],
    ['nothing for null', [[null]], undefined],
    ['nothing where a statement returns no rows', undefined, undefined],
  ])('answers %s', async (_, rows, answer) => {
    const connection = await openDatabase(targetOf('postgres'));
    driver.query = async () => ({ rows });
    expect(await connection.ask({ sql: 'select 7' }, 1_000)).toBe(answer);
    expect(driver.given[1]).toEqual([{ text: 'select 7', rowMode: 'array' }]);
    await connection.ask({}, 1_000);
    expect(driver.given[2]).toEqual([{ text: '', rowMode: 'array' }]);
  });

  test.each([
    ['28000', true],
    ['28P01', true],
    ['3D000', false],
  ])('refuses a password with the code %s, or not', async (code, isPassword) => {
    driver.connect = failing({ code });
    const error = await openDatabase(targetOf('postgres')).catch((thrown) => thrown);
    expect([error.message, error instanceof WrongPassword]).toEqual(['as the driver says', isPassword]);
  });
});

describe('MySQL', () => {
  test('is connected to over TLS, with values as the server writes them', async () => {
    await openDatabase(targetOf('mysql', { database: 'shop' }));
    const [{ typeCast, ...options }] = driver.given as { typeCast(field: object): string }[];
    expect(options).toEqual({
      ...COMMON,
      database: 'shop',
      ssl: { rejectUnauthorized: true, verifyIdentity: true },
      connectTimeout: 10_000,
      rowsAsArray: true,
    });
    expect(typeCast({ string: () => '1e3' })).toBe('1e3');
  });

  test('answers the first value', async () => {
    const connection = await openDatabase(targetOf('mysql'));
    driver.query = async () => [[['7']]];
    expect(await connection.ask({ sql: 'select 7' }, 1_000)).toBe('7');
    driver.query = async () => [{ affectedRows: 1 }];
    expect(await connection.ask({}, 1_000)).toBeUndefined();
    expect(driver.given.slice(1)).toEqual([['select 7'], ['']]);
  });

  test.each([
    ['ER_ACCESS_DENIED_ERROR', true],
    ['ER_ACCESS_DENIED_NO_PASSWORD_ERROR', true],
    ['ECONNREFUSED', false],
  ])('refuses a password with the code %s, or not', async (code, isPassword) => {
    driver.connect = failing({ code });
    const error = await openDatabase(targetOf('mysql')).catch((thrown) => thrown);
    expect([error.message, error instanceof WrongPassword]).toEqual(['as the driver says', isPassword]);
  });
});

describe('Amazon DocumentDB', () => {
  test('is connected to over TLS, without what it does not have, and asked whether it is there', async () => {
    await openDatabase(targetOf('mongodb', { database: 'shop' }));
    expect(driver.given).toEqual([
      [
        'mongodb://db.example:1234/',
        {
          auth: { username: 'app', password: 'secret' },
          authSource: 'admin',
          tls: true,
          directConnection: true,
          retryWrites: false,
          connectTimeoutMS: 10_000,
          serverSelectionTimeoutMS: 10_000,
          maxPoolSize: 1,
          appName: 'restore-validation',
        },
      ],
      ['admin', { ping: 1 }],
    ]);
  });

  test('counts the documents of a filter, or all', async () => {
    const connection = await openDatabase(targetOf('mongodb', { database: 'shop' }));
    driver.given.length = 0;
    driver.query = async () => 7;
    expect(await connection.ask({ collection: 'orders', filter: { a: 1 } }, 1_500)).toBe('7');
    expect(await connection.ask({}, 1_500)).toBe('7');
    expect(driver.given).toEqual([
      ['count', 'shop', 'orders', { read: { a: 1 } }, { maxTimeMS: 1_500 }],
      ['count', 'shop', '', { read: {} }, { maxTimeMS: 1_500 }],
    ]);
  });

  test.each<[string, object | null, string | undefined]>([
    ['the first value besides the ID', { _id: 1, sum: 7, other: 8 }, '7'],
    ['the ID where there is nothing else', { _id: 1 }, '1'],
    ['nothing where there is no document', null, undefined],
    ['nothing for an empty document', {}, undefined],
    ['nothing for null', { sum: null }, undefined],
    ['nothing for a value that is missing', { sum: undefined }, undefined],
    ['a date as people write it', { at: new Date(0) }, '1970-01-01T00:00:00.000Z'],
    ['a text', { name: 'a' }, 'a'],
    [
      'a value of its own as it prints itself',
      { sum: { _bsontype: 'Long', toString: () => '9007199254740993' } },
      '9007199254740993',
    ],
    ['an object as JSON', { sum: { a: 1 } }, 'EJSON {"a":1}'],
    ['a list as JSON', { sum: [1] }, 'EJSON [1]'],
  ])('answers a pipeline with %s', async (_, document, answer) => {
    const connection = await openDatabase(targetOf('mongodb', { database: 'shop' }));
    driver.given.length = 0;
    driver.query = async () => document;
    expect(await connection.ask({ collection: 'orders', pipeline: [{ a: 1 }, { b: 2 }] }, 1_500)).toBe(
      answer,
    );
    expect(driver.given).toEqual([
      ['aggregate', 'shop', 'orders', [{ read: { a: 1 } }, { read: { b: 2 } }], { maxTimeMS: 1_500 }],
    ]);
  });

  test.each([
    [18, true],
    [13, false],
    [undefined, false],
  ])('refuses a password with the code %p, or not, and is closed', async (code, isPassword) => {
    driver.connect = failing({ code });
    const error = await openDatabase(targetOf('mongodb')).catch((thrown) => thrown);
    expect([error.message, error instanceof WrongPassword]).toEqual(['as the driver says', isPassword]);
    expect(driver.given.slice(1)).toEqual(['close true']);
  });
});

describe('a connection', () => {
  test.each(['postgres', 'mysql', 'mongodb'] as const)(
    'of %s is closed without an error, whatever the driver does',
    async (protocol) => {
      let isClosed = false;
      driver.close = async () => {
        isClosed = true;
        if (protocol !== 'mysql') throw new Error('closed already');
      };
      const connection = await openDatabase(targetOf(protocol));
      expect([await connection.close(), isClosed]).toEqual([undefined, true]);
    },
  );

  test.each(['postgres', 'mysql'] as const)(
    'of %s that is lost fails only the next question',
    async (protocol) => {
      await openDatabase(targetOf(protocol));
      // without a listener, it would be thrown
      expect(driver.events.emit('error', new Error('lost'))).toBe(true);
    },
  );

  test.each(['postgres', 'mysql', 'mongodb'] as const)(
    'of %s is not waited for longer than a question may take',
    async (protocol) => {
      const connection = await openDatabase(targetOf(protocol));
      driver.query = () => new Promise(() => undefined);
      for (const question of [{ sql: 'a' }, { pipeline: [] }])
        await expect(connection.ask(question, 1)).rejects.toThrow(new Error('no answer within 0 seconds'));
    },
  );

  test.each(['postgres', 'mongodb'] as const)('of %s is closed for a second at most', async (protocol) => {
    const connection = await openDatabase(targetOf(protocol));
    driver.close = () => new Promise(() => undefined);
    const waits = jest
      .spyOn(global, 'setTimeout')
      .mockImplementation(((done: () => void) => void done()) as never);
    expect(await connection.close()).toBeUndefined();
    expect(waits.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([1_000]);
    waits.mockRestore();
  });

  test('is opened within 15 seconds, or not at all', async () => {
    driver.connect = () => new Promise(() => undefined);
    const waits = jest
      .spyOn(global, 'setTimeout')
      .mockImplementation(((done: () => void) => void done()) as never);
    await expect(openDatabase(targetOf('postgres'))).rejects.toThrow(
      new Error('no answer within 15 seconds'),
    );
    expect(waits.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([15_000]);
    waits.mockRestore();
  });

  test('leaves no timer behind', async () => {
    const cleared = jest.spyOn(global, 'clearTimeout');
    expect(await within(60_000, Promise.resolve('done'))).toBe('done');
    await expect(within(60_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(cleared).toHaveBeenCalledTimes(2);
    cleared.mockRestore();
    expect(new WrongPassword('a').name).toBe('WrongPassword');
  });
});
