import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** How a client of the embedded server connects: by its socket, as the one user, without a password. */
interface EmbeddedConnection {
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

/** How clients address the server's socket, until closed. */
interface SocketDirectory {
  host: string;
  close(): Promise<void>;
}

/** The size of `sockaddr_un.sun_path` in Linux, less its closing zero. */
const longestSocketPath = 107;

/** The folder of a cluster's socket as `host` of a connection; too long a path is shortened by way of /proc. */
export async function openSocketDirectory(cluster: string): Promise<SocketDirectory> {
  if (Buffer.byteLength(join(cluster, ".s.PGSQL.5432")) <= longestSocketPath) {
    return { host: cluster, close: async () => {} };
  }
  const folder = await open(cluster, constants.O_RDONLY | constants.O_DIRECTORY);
  return { host: `/proc/self/fd/${folder.fd}`, close: () => folder.close() };
}
