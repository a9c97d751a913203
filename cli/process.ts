import { createServer, type Server } from "node:net";
import { type Logger, pino } from "pino";
import { logFault } from "../src/db/fault.ts";

/**
 * Logs JSON to standard error, because standard output is for people. Lines are written together, at the latest after
 * `flushMs`, since a write for each would be a twentieth of the work of a busy server.
 */
export function openLog(level = "info"): Logger {
  const to = pino.destination({ fd: 2, sync: false, minLength: bufferBytes, periodicFlush: flushMs });
  return pino({ level, base: null, serializers: { err: logFault } }, to);
}

const bufferBytes = 8192;
const flushMs = 100;

/** Resolves on SIGTERM or SIGINT; rejects if the database stops unexpectedly. */
export async function untilStopped(died: Promise<Error>): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
  await Promise.race([signalled, died.then((fault) => Promise.reject(fault))]);
}

/**
 * The port to listen on: `wanted` if it is free, any free one for 0. It is chosen before anything starts, because Tocsin
 * and the simulator need each other's addresses. `setting` is the variable that sets the port.
 */
export async function choosePort(wanted: number, host: string, setting: string): Promise<number> {
  const server = createServer();
  try {
    const port = await listen(server, wanted, host);
    await new Promise((closed) => server.close(closed));
    return port;
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (why !== "EADDRINUSE") throw cause;
    const remedy = `Stop the program that uses it, or choose another port with ${setting}=…`;
    throw new Error(`Port ${wanted} is in use. ${remedy}`, { cause });
  }
}

function listen(server: Server, wanted: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : wanted);
    });
  });
}
