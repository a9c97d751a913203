import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const running = new Set<ChildProcess>();

process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
// Without a handler, a signal ends this process before it can end its children.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/**
 * Starts a process that ends at the latest with this one; the kernel sees to it if this one gets SIGKILL. Needs setpriv, as
 * the embedded PostgreSQL does.
 */
export function runChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn("setpriv", ["--pdeathsig=KILL", command, ...args], options);
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}
