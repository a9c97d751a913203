import type { LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import type { Permission } from "../../src/alert/permission.ts";
import type { App, Deps } from "../../src/api/deps.ts";
import { readConfig } from "../../src/config.ts";
import { logFault } from "../../src/db/fault.ts";
import { transaction } from "../../src/db/transaction.ts";
import { buildServer } from "../../src/http/server.ts";
import { commandLine } from "../../src/people/principal.ts";
import { seedRoles } from "../../src/people/roles.ts";
import { createToken } from "../../src/people/tokens.ts";
import { borrowDatabase } from "../lent-database.ts";
import { serverDeps } from "./server-deps.ts";

/** A response. The body is parsed, and null if there was none. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any body, and fail on a missing field.
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

/** The HTTP server on its own database, without workers, with a clock that tests can move. */
export interface TestServer {
  app: App;
  deps: Deps;
  /** The log entries so far. */
  log: string[];
  /** For another process. */
  databaseUrl: string;
  /** Moves the server's clock forward. */
  pass(milliseconds: number): void;
  /** A client that sends these headers with every request, from this IP address. */
  caller(headers: Headers, ip?: string): Caller;
  /** A client with an API token that the command line created. */
  program(permissions?: Iterable<Permission>): Promise<Caller>;
  /** The headers of such a client. */
  tokenHeaders(permissions: Iterable<Permission>): Promise<Headers>;
  close(): Promise<void>;
}

export const publicUrl = "https://tocsin.example.com";

interface ServerOptions {
  stoppedClock?: boolean;
  doubles?: Record<string, string>;
  joins?: TestServer;
}

/**
 * Starts the server; `env` adds to its settings. A stopped clock moves by `pass` only, however slow the machine is.
 * `doubles` are servers in place of real ones: origins by host. `joins` is a server whose database it uses too.
 */
export async function openServer(
  env: Record<string, string> = {},
  { stoppedClock = false, doubles = {}, joins }: ServerOptions = {},
): Promise<TestServer> {
  const database = joins ? databaseOf(joins) : await borrowDatabase({ connections: 5 });
  const { db } = database;
  const config = readConfig({ PUBLIC_URL: publicUrl, ...env });
  await seedRoles(db.kysely);
  let passed = 0;
  const log: string[] = [];
  const started = Date.now();
  const clock = () => new Date((stoppedClock ? started : Date.now()) + passed);
  const deps = serverDeps({
    ...{ db, config, clock, doubles },
    log: pino({ level: "debug", serializers: { err: logFault } }, { write: (entry) => log.push(entry) }),
  });
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
      return toAnswer(answer);
    };
  };
  const tokenHeaders = async (permissions: Iterable<Permission>) => {
    const options = { name: "program", permissions: [...permissions], cidrs: [], expiresAt: null };
    const token = await transaction(db, (tx) =>
      createToken(tx, commandLine, { ...options, now: deps.clock() }),
    );
    if ("refused" in token) throw new Error(token.why);
    return { authorization: `Bearer ${token.secret}` };
  };
  return {
    app,
    deps,
    log,
    databaseUrl: database.url,
    caller,
    pass: (milliseconds) => {
      passed += milliseconds;
    },
    tokenHeaders,
    program: async (permissions = commandLine.permissions) => caller(await tokenHeaders(permissions)),
    close: async () => {
      await app.close();
      deps.expressions.close();
      await database.giveBack();
    },
  };
}

/** It stays with its server. */
function databaseOf({ deps: { db }, databaseUrl: url }: TestServer) {
  return { db, url, giveBack: async () => {} };
}

function toAnswer({ statusCode: status, body: text, headers }: LightMyRequestResponse): Answer {
  const isJson = /json\b/.test(String(headers["content-type"]));
  return { status, text, headers, body: isJson && text ? JSON.parse(text) : null };
}

export const password = "correct horse battery staple";

/** A user user is signed in to the Console. */
export interface Member {
  id: string;
  email: string;
  /** Sends the session's cookie and the Console's origin. */
  call: Caller;
  cookie: string;
  /** The cookie by which the device is known after the session. */
  device: string;
}

/** Creates a user through the API with `admin`, and signs them in with their link. */
export async function addMember(
  server: TestServer,
  admin: Caller,
  name: string,
  role: string,
): Promise<Member> {
  const email = `${name.toLowerCase()}@example.com`;
  const { body } = await admin("POST", "/api/v1/users", { email, name, role });
  const token = new URL(body.setPasswordUrl).hash.slice(1);
  const used = await server.caller({})("POST", "/api/v1/password-links/use", { token, password });
  return withSession(server, { id: body.id, email }, used.headers);
}

/** Signs a user in by password. */
export async function signInAs(
  server: TestServer,
  { id, email }: { id: string; email: string },
): Promise<Member> {
  const { headers } = await server.caller({})("POST", "/api/v1/session", { email, password });
  return withSession(server, { id, email }, headers);
}

/** The member whose session this response started. */
function withSession(
  server: TestServer,
  user: { id: string; email: string },
  headers: Record<string, unknown>,
): Member {
  const cookies = [headers["set-cookie"]].flat().map((cookie) => String(cookie).split(";")[0] ?? "");
  const [cookie = "", device = ""] = cookies;
  return { ...user, cookie, device, call: server.caller({ cookie, origin: publicUrl }) };
}
