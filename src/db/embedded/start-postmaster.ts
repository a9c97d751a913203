import { setTimeout as sleep } from "node:timers/promises";
import { runningPostmaster } from "./end-leftovers.ts";
import { type Launcher, type Output, readOutput } from "./native.ts";

/** A PostgreSQL server that this process started. */
interface Postmaster {
  pid: number;
  /** Fast shutdown: ends sessions and writes a checkpoint. Resolves when the server has ended. */
  stop(): Promise<void>;
  /** Resolves with the reason if the server ends without `stop`. */
  died: Promise<Error>;
}

/**
 * A slower fast shutdown becomes an immediate one; the next start then recovers from the WAL without loss.
 */
const stopTimeoutMs = 20_000;

/** Starts PostgreSQL on a cluster. Resolves when it accepts connections; throws the reason if it fails. */
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
  await waitUntilReady(cluster, output);

  let stopping = false;
  const died = new Promise<Error>((resolve) => {
    const onEnd = () =>
      stopping || resolve(new Error(`The embedded PostgreSQL has ended: ${output.reason()}`));
    output.ended.then(onEnd, onEnd);
  });
  const stop = async () => {
    stopping = true;
    child.kill("SIGINT");
    const timeout = setTimeout(() => child.kill("SIGQUIT"), stopTimeoutMs);
    await output.ended;
    clearTimeout(timeout);
  };
  return { pid: child.pid ?? 0, stop, died };
}

/** Waits as `pg_ctl` does, for the status line in `postmaster.pid`. */
async function waitUntilReady(cluster: string, output: Output): Promise<void> {
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

/** Settings of the embedded server. Durability settings repeat PostgreSQL's safe defaults explicitly. */
const settings: Settings = {
  listen_addresses: "",
  // Relative to the cluster's folder, so the limit of 107 bytes doesn't apply here.
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
  // Only the server's own messages: clients get errors of statements, whose text may contain secrets.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
  log_line_prefix: "",
};
