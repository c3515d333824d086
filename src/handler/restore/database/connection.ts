/** How a database is spoken to: PostgreSQL, MySQL and MariaDB, or as Amazon DocumentDB speaks. */
export type Protocol = 'postgres' | 'mysql' | 'mongodb';

/** Where a database is, and who connects. */
export interface DatabaseTarget {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database?: string;
}

/** What a database is asked: an SQL statement, or the documents of a collection. */
export interface Question {
  readonly sql?: string;
  readonly collection?: string;
  /** In MongoDB Extended JSON. Without it and without `pipeline`, all documents are counted. */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** The stages of an aggregation, in MongoDB Extended JSON. */
  readonly pipeline?: readonly Readonly<Record<string, unknown>>[];
}

/** A connection to a database, over TLS. */
export interface DatabaseConnection {
  /**
   * Asks a question. Throws if there is no answer within some milliseconds; the connection can't be used afterwards.
   *
   * @returns the first value of the first row or document as text; undefined for none, and for null
   */
  ask(question: Question, milliseconds: number): Promise<string | undefined>;
  /** Never throws. */
  close(): Promise<void>;
}

/** The database knows the user, but not with this password; or it doesn't know the user. */
export class WrongPassword extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongPassword';
  }
}

/** How long opening a connection may take, with TLS and the password, in milliseconds. */
export const CONNECT_TIMEOUT = 10_000;

/** Waits for a result for some milliseconds, at most. */
export async function within<T>(milliseconds: number, result: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const seconds = Math.round(milliseconds / 1_000);
    timer = setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), milliseconds);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
