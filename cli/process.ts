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
    throw listenFault(cause, { port: wanted, host, setting });
  }
}

/** IPv6 and IPv4; IPv4 alone on a machine without IPv6. */
export async function everyAddress(): Promise<string> {
  const server = createServer();
  try {
    await listen(server, 0, "::");
    await new Promise((closed) => server.close(closed));
    return "::";
  } catch {
    return "0.0.0.0";
  }
}

/** An Error that says why nothing can listen there, and what to do; the fault itself if it is about something else. */
export function listenFault(
  cause: unknown,
  { port, host, setting }: { port: number; host: string; setting: string },
): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const anotherPort = `choose another port with ${setting}=…`;
  switch (code) {
    case "EADDRINUSE":
      return new Error(`Port ${port} is in use. Stop the program that uses it, or ${anotherPort}`, { cause });
    case "EACCES":
      return new Error(
        `This user may not listen on port ${port}: those below 1024 need root. Or ${anotherPort}`,
        { cause },
      );
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
    case "EINVAL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Error(
        `${host} is no address of this machine. Set HOST (or --host) to one, or leave it unset for all.`,
        {
          cause,
        },
      );
    default:
      return cause;
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
