import { EventEmitter } from 'node:events';

/** What each driver was given, and what it answers. */
export const driver = {
  given: [] as unknown[],
  connect: async () => undefined as unknown,
  query: async (..._given: unknown[]) => undefined as unknown,
  close: async () => undefined as unknown,
  events: new EventEmitter(),
};

/** The driver of PostgreSQL. */
export const pg = {
  Client: class {
    constructor(options: object) {
      driver.given.push(options);
    }
    on = (name: string, listener: () => void) => driver.events.on(name, listener);
    connect = () => driver.connect();
    query = (...given: unknown[]) => {
      driver.given.push(given);
      return driver.query(...given);
    };
    end = () => driver.close();
  },
};

/** The driver of MySQL. */
export const mysql2 = {
  createConnection: async (options: object) => {
    driver.given.push(options);
    await driver.connect();
    return {
      on: (name: string, listener: () => void) => driver.events.on(name, listener),
      query: (...given: unknown[]) => {
        driver.given.push(given);
        return driver.query(...given);
      },
      destroy: () => void driver.close(),
    };
  },
};

/** The driver of MongoDB. */
export const mongodb = {
  // what is read of Extended JSON is marked
  BSON: {
    EJSON: {
      deserialize: (value: object) => ({ read: value }),
      stringify: (value: object) => `EJSON ${JSON.stringify(value)}`,
    },
  },
  MongoClient: class {
    constructor(...options: unknown[]) {
      driver.given.push(options);
    }
    connect = () => driver.connect();
    db = (database?: string) => ({
      command: async (command: object) => void driver.given.push([database, command]),
      collection: (collection: string) => {
        const ask =
          (kind: string) =>
          (...given: unknown[]) => {
            driver.given.push([kind, database, collection, ...given]);
            return driver.query(kind);
          };
        return {
          countDocuments: ask('count'),
          aggregate: (...given: unknown[]) => ({ next: () => ask('aggregate')(...given) }),
        };
      },
    });
    close = (force: boolean) => {
      driver.given.push(`close ${force}`);
      return driver.close();
    };
  },
};
