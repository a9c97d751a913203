/** How a client of the embedded server connects: by its socket, as the one user, without a password. */
export interface EmbeddedConnection {
  host: string;
  port: number;
  user: string;
  database: string;
  ssl: false;
}

/** An embedded PostgreSQL in use by this process. */
export interface Embedded {
  connection: EmbeddedConnection;
  /** The postmaster's process id. */
  pid: number;
  /** Gives it up: ends the server if this process started it. Connections must be closed before. */
  stop(): Promise<void>;
  /** Resolves if the server ends without having been stopped; a service should then end too. */
  died: Promise<Error>;
}

/** Every part is given, lest the PG* variables of the environment fill it in. */
export function embeddedConnection(host: string): EmbeddedConnection {
  return { host, port: 5432, user: "tocsin", database: "tocsin", ssl: false };
}
