import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";

/**
 * The owner of a DATA_DIR: this process until released, or another one. `pid` is null if that one didn't
 * answer.
 */
export type Claim = { kind: "ours"; release(): void } | { kind: "taken"; pid: number | null };

/**
 * Makes this process the only owner of a DATA_DIR, or returns the owner. The lock is an abstract Unix socket,
 * which ends with its process; it works within one network namespace, so two containers must not share a
 * DATA_DIR.
 */
export async function claim(dataDir: string): Promise<Claim> {
  const name = await socketName(dataDir);
  for (;;) {
    const server = await listen(name);
    if (server) return { kind: "ours", release: () => server.close() };
    const owner = await askOwner(name);
    if (owner) return { kind: "taken", ...owner };
  }
}

/** The process that owns a DATA_DIR; null if none does. */
export async function ownerOf(dataDir: string): Promise<{ pid: number | null } | null> {
  return askOwner(await socketName(dataDir));
}

async function socketName(dataDir: string): Promise<string> {
  const hash = createHash("sha256").update(await realpath(dataDir));
  return `\0tocsin-${hash.digest("hex").slice(0, 32)}`;
}

/** Null if the name is taken. */
function listen(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((client) => client.on("error", () => {}).end(`${process.pid}`));
    server.once("error", (fault: NodeJS.ErrnoException) =>
      fault.code === "EADDRINUSE" ? resolve(null) : reject(fault),
    );
    server.listen(name, () => resolve(server.unref()));
  });
}

const askTimeoutMs = 1_000;

/** Nobody listens, or the owner ended during the request. */
const ownerGoneCodes: (string | undefined)[] = ["ECONNREFUSED", "ECONNRESET", "EPIPE"];

/**
 * Asks the owner for its process id. Null if nobody listens; `pid` is null if the owner doesn't answer in
 * time.
 */
function askOwner(name: string): Promise<{ pid: number | null } | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(name).setEncoding("utf8");
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("end", () => resolve({ pid: Number(answer) || null }));
    socket.on("error", (fault: NodeJS.ErrnoException) =>
      ownerGoneCodes.includes(fault.code) ? resolve(null) : reject(fault),
    );
    socket.setTimeout(askTimeoutMs, () => {
      resolve({ pid: null });
      socket.destroy();
    });
  });
}
