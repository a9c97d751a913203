import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** Connects to the embedded server through its Unix socket, without a password, as the owner of the database. */
interface EmbeddedConnection {
  host: string;
  port: number;
  user: string;
  database: string;
  ssl: false;
}

/** An embedded PostgreSQL that this process uses. */
export interface Embedded {
  connection: EmbeddedConnection;
  /** The postmaster's process id. */
  pid: number;
  /** Stops the server if this process started it. Close all connections first. */
  stop(): Promise<void>;
  /** Resolves if the server ends without `stop`; Tocsin should then end too. */
  died: Promise<Error>;
}

/** Sets every field, so that no PG* environment variable applies. */
export function embeddedConnection(host: string): EmbeddedConnection {
  return { host, port: 5432, user: "tocsin_owner", database: "tocsin", ssl: false };
}

/** The address of the server's socket, valid until closed. */
interface SocketDirectory {
  host: string;
  close(): Promise<void>;
}

/** The size of `sockaddr_un.sun_path` on Linux, without the final NUL. */
const maxSocketPathBytes = 107;

/**
 * Opens the folder of a cluster's socket as `host` of a connection. Paths over the limit go through
 * /proc/self/fd.
 */
export async function openSocketDirectory(cluster: string): Promise<SocketDirectory> {
  if (Buffer.byteLength(join(cluster, ".s.PGSQL.5432")) <= maxSocketPathBytes) {
    return { host: cluster, close: async () => {} };
  }
  const folder = await open(cluster, constants.O_RDONLY | constants.O_DIRECTORY);
  return { host: `/proc/self/fd/${folder.fd}`, close: () => folder.close() };
}
