import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** How clients address the server's socket, until closed. */
export interface SocketDirectory {
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
