import { createSecretKey, randomBytes } from "node:crypto";
import { pino } from "pino";
import type { App, Deps } from "../../src/api/deps.ts";
import { openPending } from "../../src/api/pending.ts";
import { readConfig } from "../../src/config.ts";
import { openSlackAccess } from "../../src/connect/slack-access.ts";
import { openDatabase } from "../../src/db/connect.ts";
import { transaction } from "../../src/db/transaction.ts";
import { openWebhookAccess } from "../../src/deliver/custom-webhook/webhook-access.ts";
import { buildServer } from "../../src/http/server.ts";
import { openMeter } from "../../src/outbox/meter.ts";
import { usualPace } from "../../src/pace.ts";
import { commandLine } from "../../src/people/principal.ts";
import { seedRoles } from "../../src/people/roles.ts";
import { createToken } from "../../src/people/tokens.ts";
import { openVault } from "../../src/secrets/vault.ts";
import { cloneDatabase } from "../database.ts";

/** What came back: the body is parsed, null when there was none. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what came, and fails on what isn't there.
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

type Headers = Record<string, string>;
export type Caller = (
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  url: string,
  body?: object,
) => Promise<Answer>;

/** The server's doors on a database of their own, without workers, at a time that tests move. */
export interface Doors {
  app: App;
  deps: Deps;
  /** The lines of the log so far. */
  log: string[];
  /** The database's, for another process. */
  url: string;
  /** Lets time pass. */
  pass(milliseconds: number): void;
  /** Somebody who sends these headers with every request, from this address. */
  caller(headers: Headers, ip?: string): Caller;
  /** A program with an API token from the command line. */
  program(permissions?: Iterable<Parameters<typeof commandLine.permissions.has>[0]>): Promise<Caller>;
  close(): Promise<void>;
}

export const publicUrl = "https://tocsin.example.com";

/** Opens the doors; `env` adds to the settings. */
export async function openDoors(env: Record<string, string> = {}): Promise<Doors> {
  const clone = await cloneDatabase();
  const config = readConfig({ PUBLIC_URL: publicUrl, ...env });
  const db = await openDatabase({ databaseUrl: clone.url, dataDir: "" }, { log: () => {}, poolSize: 5 });
  await seedRoles(db.kysely);
  let passed = 0;
  const log: string[] = [];
  const clock = () => new Date(Date.now() + passed);
  const vault = openVault(createSecretKey(randomBytes(32)));
  const deps: Deps = {
    db,
    config,
    log: pino({ level: "debug" }, { write: (line) => log.push(line) }),
    clock,
    pace: usualPace,
    pending: openPending(),
    slack: openSlackAccess({ db, vault, apiUrl: config.slackApiUrl }),
    webhooks: openWebhookAccess({ db, vault, clock, allowed: config.webhookAllowPrivate }),
    meter: openMeter(),
    notifications: { subscribe: () => () => {}, close: async () => {} },
    socketMode: { state: () => ({ kind: "off" }), start: () => {}, close: async () => {} },
    intake: { submit: () => Promise.reject(new Error("no intake here")), hasRoom: async () => {} },
    received: () => {},
    wake: () => {},
    whyNotReady: () => null,
  };
  const app = await buildServer(deps);
  const caller = (headers: Headers, ip = "192.0.2.1"): Caller => {
    return async (method, url, body) => {
      const answer = await app.inject({
        method,
        url,
        headers,
        remoteAddress: ip,
        ...(body && { payload: body }),
      });
      const json = /json/.test(String(answer.headers["content-type"]));
      const { statusCode: status, body: text } = answer;
      return { status, text, headers: answer.headers, body: json && text ? JSON.parse(text) : null };
    };
  };
  return {
    app,
    deps,
    log,
    url: clone.url,
    caller,
    pass: (milliseconds) => {
      passed += milliseconds;
    },
    program: async (permissions = commandLine.permissions) => {
      const wish = { name: "program", permissions: [...permissions], cidrs: [], expiresAt: null };
      const token = await transaction(db, (tx) =>
        createToken(tx, commandLine, { ...wish, now: deps.clock() }),
      );
      if ("refused" in token) throw new Error(token.why);
      return caller({ authorization: `Bearer ${token.secret}` });
    },
    close: async () => {
      await app.close();
      await db.close();
      await clone.drop();
    },
  };
}

export const password = "correct horse battery staple";

/** Somebody at the Console. */
export interface Member {
  id: string;
  email: string;
  /** Sends the session's cookie, from the Console's own pages. */
  call: Caller;
  cookie: string;
}

/** Makes a user through the API as `admin` does, follows their link, and leaves them signed in. */
export async function join(doors: Doors, admin: Caller, name: string, role: string): Promise<Member> {
  const email = `${name.toLowerCase()}@example.com`;
  const { body } = await admin("POST", "/api/v1/users", { email, name, role });
  const token = new URL(body.setPasswordUrl).hash.slice(1);
  const used = await doors.caller({})("POST", "/api/v1/password-links/use", { token, password });
  return atConsole(doors, { id: body.id, email }, used.headers);
}

/** Signs a user in by password. */
export async function signInAs(doors: Doors, { id, email }: { id: string; email: string }): Promise<Member> {
  const { headers } = await doors.caller({})("POST", "/api/v1/session", { email, password });
  return atConsole(doors, { id, email }, headers);
}

/** The member whose session this answer began. */
function atConsole(
  doors: Doors,
  who: { id: string; email: string },
  headers: Record<string, unknown>,
): Member {
  const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
  return { ...who, cookie, call: doors.caller({ cookie, origin: publicUrl }) };
}
