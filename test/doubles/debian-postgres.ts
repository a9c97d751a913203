import { execFile, spawn } from "node:child_process";
import { generateKeyPair } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { temporaryFolder } from "../temporary-folder.ts";
import { selfSigned } from "./certificate.ts";

const run = promisify(execFile);

/** Where test/debian-postgres.sh puts what is not installed. */
const unpacked = resolve("node_modules/.cache/debian-postgres");

function find(path: string): string | null {
  return [join("/usr", path), join(unpacked, "usr", path)].find((file) => existsSync(file)) ?? null;
}

const server = find("lib/postgresql/15/bin/postgres");
const pooler = find("sbin/pgbouncer");

/** Whether this machine has Debian's PostgreSQL 15 and PgBouncer; their stories are skipped otherwise. */
export const hasDebianPostgres = server !== null && pooler !== null;

/** A PostgreSQL 15 on this machine whose database belongs to a role without further rights, and a PgBouncer before it. */
export interface DebianPostgres {
  /** Leads to PostgreSQL. */
  url: string;
  /** Leads to PgBouncer, which gives each transaction one of three sessions. */
  pooledUrl: string;
  /** Switches TLS on, where the owner needs a certificate; returns the files of the server's and of the owner's. */
  encrypt(): Promise<{ server: string; client: { cert: string; key: string } }>;
  close(): Promise<void>;
}

export async function startDebianPostgres(): Promise<DebianPostgres> {
  const folder = await temporaryFolder();
  const data = join(folder, "data");
  const programs = join(server ?? "", "..");
  await own(folder);
  const access = ["--auth=trust", "--username=admin", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  await run(...asUser(join(programs, "initdb"), [...access, data]));
  const port = await freePort();
  const settings = { listen_addresses: "127.0.0.1", port, unix_socket_directories: folder, fsync: "off" };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const postgres = start(join(programs, "postgres"), ["-D", data, ...options]);
  const admin = { host: "127.0.0.1", port, user: "admin", database: "postgres" };
  const asAdmin = async (statement: string) => {
    const client = new pg.Client(admin);
    await client.connect();
    return client.query(statement).finally(() => client.end());
  };
  await retry(async () => void (await asAdmin("create role owner login")));
  await asAdmin("create database tocsin owner owner");
  const url = `postgres://owner@127.0.0.1:${port}/tocsin`;
  const bouncer = await startPooler(folder, port);
  return {
    url,
    pooledUrl: bouncer.url,
    async encrypt() {
      const own = await writeCertificate(data, "localhost");
      const client = await writeCertificate(data, "owner");
      const access = "hostssl all owner 127.0.0.1/32 cert\nhost all all 127.0.0.1/32 trust\n";
      await writeFile(join(data, "pg_hba.conf"), access);
      await asAdmin(`alter system set ssl_cert_file = '${own.cert}'`);
      await asAdmin(`alter system set ssl_key_file = '${own.key}'`);
      await asAdmin(`alter system set ssl_ca_file = '${client.cert}'`);
      await asAdmin("alter system set ssl = on");
      await asAdmin("select pg_reload_conf()");
      await retry(async () => {
        const { rows } = await asAdmin("show ssl");
        if (rows[0]?.ssl !== "on") throw new Error("TLS is not on yet.");
      });
      return { server: own.cert, client };
    },
    async close() {
      await stop(bouncer.child, "SIGINT");
      await stop(postgres, "SIGINT");
      await rm(folder, { recursive: true });
    },
  };
}

/** Writes a certificate, which is its own authority, and its key, for PostgreSQL's user. */
async function writeCertificate(folder: string, name: string): Promise<{ cert: string; key: string }> {
  const keys = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const day = 24 * 3_600_000;
  const life = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  await writeFile(files.cert, selfSigned(keys, { name, ...life }));
  await writeFile(files.key, keys.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  if (process.getuid?.() === 0) await chown(files.key, 65_534, 65_534);
  return files;
}

async function startPooler(folder: string, postgres: number) {
  const port = await freePort();
  const config = join(folder, "pgbouncer.ini");
  await writeFile(
    config,
    `[databases]
tocsin = host=127.0.0.1 port=${postgres} user=owner pool_size=3
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
`,
  );
  const child = start(pooler ?? "", [config]);
  const url = `postgres://owner@127.0.0.1:${port}/tocsin`;
  await retry(async () => {
    const client = new pg.Client(url);
    await client.connect();
    await client.end();
  });
  return { child, url };
}

/** Neither runs as root, and both end with this process. */
function asUser(program: string, args: string[]): [string, string[]] {
  const user = process.getuid?.() === 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  return ["setpriv", [...user, "--pdeathsig=INT", program, ...args]];
}

async function own(folder: string): Promise<void> {
  if (process.getuid?.() === 0) await chown(folder, 65_534, 65_534);
}

function start(program: string, args: string[]) {
  const libraries = join(unpacked, "usr/lib", `${process.arch === "x64" ? "x86_64" : "aarch64"}-linux-gnu`);
  return spawn(...asUser(program, args), {
    stdio: "ignore",
    env: { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries },
  });
}

async function stop(child: ReturnType<typeof start>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  taken.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function retry(act: () => Promise<void>): Promise<void> {
  for (let left = 200; ; left--) {
    try {
      return await act();
    } catch (fault) {
      if (left === 0) throw fault;
      await sleep(50);
    }
  }
}
