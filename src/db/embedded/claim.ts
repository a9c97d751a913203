import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";

/** Whose DATA_DIR it is: ours until released, or that of another process, whose id it told. */
export type Claim = { kind: "ours"; release(): void } | { kind: "taken"; pid: number | null };

/**
 * Makes this process the one owner of a DATA_DIR, or says who is. The claim is a socket in Linux's abstract
 * namespace, which dies with its process: no lock file can be left behind. Its limit is the network
 * namespace, so two containers must not share a DATA_DIR.
 */
export async function claim(dataDir: string): Promise<Claim> {
  const name = await socketName(dataDir);
  for (;;) {
    const server = await listen(name);
    if (server) return { kind: "ours", release: () => server.close() };
    const owner = await ask(name);
    if (owner) return { kind: "taken", ...owner };
  }
}

/** The process that owns a DATA_DIR, or null if nobody does. */
export async function ownerOf(dataDir: string): Promise<{ pid: number | null } | null> {
  return ask(await socketName(dataDir));
}

async function socketName(dataDir: string): Promise<string> {
  const hash = createHash("sha256").update(await realpath(dataDir));
  return `\0tocsin-${hash.digest("hex").slice(0, 32)}`;
}

/** Null if the name is taken. */
function listen(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((asker) => asker.on("error", () => {}).end(`${process.pid}`));
    server.once("error", (fault: NodeJS.ErrnoException) =>
      fault.code === "EADDRINUSE" ? resolve(null) : reject(fault),
    );
    server.listen(name, () => resolve(server.unref()));
  });
}

/** In ms. */
const askPatience = 1_000;

/** Nobody listens, or the listener ended while it was being asked. */
const gone: (string | undefined)[] = ["ECONNREFUSED", "ECONNRESET", "EPIPE"];

/** Null if nobody listens; the pid is null if the owner is too busy to say it. */
function ask(name: string): Promise<{ pid: number | null } | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(name).setEncoding("utf8");
    let told = "";
    socket.on("data", (part) => {
      told += part;
    });
    socket.on("end", () => resolve({ pid: Number(told) || null }));
    socket.on("error", (fault: NodeJS.ErrnoException) =>
      gone.includes(fault.code) ? resolve(null) : reject(fault),
    );
    socket.setTimeout(askPatience, () => {
      resolve({ pid: null });
      socket.destroy();
    });
  });
}
