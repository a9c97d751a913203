import { setTimeout as sleep } from "node:timers/promises";
import { runningPostmaster } from "./end-leftovers.ts";
import { type Launcher, type Output, readOutput } from "./native.ts";

/** A PostgreSQL server that this process started. */
interface Postmaster {
  pid: number;
  /** Ends sessions, writes a checkpoint and ends the server; resolves when it is gone. */
  stop(): Promise<void>;
  /** Resolves, with the reason, if the server ends without having been stopped. */
  died: Promise<Error>;
}

/** A fast shutdown that takes longer is cut short; the next start then recovers from the log, losing nothing. */
const stopPatience = 20_000;

/** Starts PostgreSQL on a cluster; resolves when it takes connections, throws its reason if it will not. */
export async function startPostmaster(
  cluster: string,
  launcher: Launcher,
  { extra, log }: { extra: Settings; log: (line: string) => void },
): Promise<Postmaster> {
  const args = Object.entries({ ...settings, ...extra }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const child = launcher.launch("postgres", ["-D", cluster, ...args]);
  const output = readOutput(child, log);
  await untilReady(cluster, output);

  let stopping = false;
  const died = new Promise<Error>((resolve) => {
    const tell = () =>
      stopping || resolve(new Error(`The embedded PostgreSQL has ended: ${output.reason()}`));
    output.ended.then(tell, tell);
  });
  const stop = async () => {
    stopping = true;
    child.kill("SIGINT");
    const tooLong = setTimeout(() => child.kill("SIGQUIT"), stopPatience);
    await output.ended;
    clearTimeout(tooLong);
  };
  return { pid: child.pid ?? 0, stop, died };
}

/** Waits as `pg_ctl` does: the last line of `postmaster.pid` says when the server takes connections. */
async function untilReady(cluster: string, output: Output): Promise<void> {
  const waiting = new AbortController();
  const failed = output.ended.then(() => {
    throw new Error(`PostgreSQL did not start: ${output.reason()}`);
  });
  await Promise.race([pollReady(cluster, waiting.signal), failed]).finally(() => waiting.abort());
}

async function pollReady(cluster: string, signal: AbortSignal): Promise<void> {
  while (!(await runningPostmaster(cluster))?.ready) await sleep(5, undefined, { signal });
}

/** Names and values for `postgres -c name=value`. */
export type Settings = Record<string, string>;

/** What the embedded server runs with. Whatever bears on durability is PostgreSQL's safe default, in words. */
const settings: Settings = {
  listen_addresses: "",
  // Relative to the cluster's folder: no limit of 107 bytes on this side.
  unix_socket_directories: ".",
  unix_socket_permissions: "0700",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  max_connections: "60",
  shared_buffers: "128MB",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // What the server itself has to say. Failed statements reach whoever sent them, and may hold secrets.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
  log_line_prefix: "",
};
