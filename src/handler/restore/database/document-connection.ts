import type * as mongodb from 'mongodb';
import {
  CONNECT_TIMEOUT,
  type DatabaseConnection,
  type DatabaseTarget,
  WrongPassword,
  within,
} from './connection';

const AUTHENTICATION_FAILED = 18;

/** Connects to Amazon DocumentDB. */
export async function openDocumentDb(target: DatabaseTarget): Promise<DatabaseConnection> {
  const { BSON, MongoClient }: typeof mongodb = require('mongodb');
  const { EJSON } = BSON;
  const client = new MongoClient(`mongodb://${target.host}:${target.port}/`, {
    auth: { username: target.user, password: target.password },
    authSource: 'admin',
    tls: true,
    directConnection: true, // the cluster has one instance
    retryWrites: false, // Amazon DocumentDB doesn't have them
    connectTimeoutMS: CONNECT_TIMEOUT,
    serverSelectionTimeoutMS: CONNECT_TIMEOUT,
    maxPoolSize: 1,
    appName: 'restore-validation',
  });
  const close = () => within(1_000, client.close(true)).catch(() => undefined);
  try {
    await client.connect();
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    await close();
    throw (error as { code?: unknown }).code === AUTHENTICATION_FAILED
      ? new WrongPassword((error as Error).message)
      : error;
  }
  const read = (value: object) => EJSON.deserialize(value as never);
  return {
    async ask({ collection = '', filter = {}, pipeline }, milliseconds) {
      const documents = client.db(target.database).collection(collection);
      const options = { maxTimeMS: milliseconds };
      if (!pipeline)
        return String(await within(milliseconds, documents.countDocuments(read(filter), options)));
      const stages = pipeline.map(read);
      const found = await within(milliseconds, documents.aggregate(stages, options).next());
      return textOf(firstValue(found), (value) => EJSON.stringify(value as never));
    },
    close,
  };
}

/** The first value besides the ID; the ID where there is nothing else. */
function firstValue(document: Readonly<Record<string, unknown>> | null): unknown {
  const fields = Object.entries(document ?? {});
  return (fields.find(([name]) => name !== '_id') ?? fields[0])?.[1];
}

/** A value as text: numbers, dates and IDs as people write them, objects and lists as JSON. */
function textOf(value: unknown, toJson: (value: unknown) => string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  const isOwnType = typeof value !== 'object' || '_bsontype' in value;
  return isOwnType ? String(value) : toJson(value);
}
