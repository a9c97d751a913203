import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startSimulator } from "../simulator/start.ts";
import { builtInRoles, type Permission, permissions } from "../src/alert/permission.ts";
import { requires } from "../src/api/requires.ts";
import type { DeclaredRoute } from "../src/http/authorize.ts";
import { makeCalls } from "./builders/api-calls.ts";
import { permissionsPage, readPage, routeName } from "./permissions-page.ts";
import { addMember, openServer, publicUrl, type TestServer } from "./tocsin/server.ts";

const slack = await startSimulator({ rateLimits: false });
const pagePath = "docs/permissions.md";

interface Outcome {
  says: string;
  status: number;
}

interface Caller {
  name: string;
  headers: Record<string, string>;
  permissions: ReadonlySet<Permission> | null;
}

/** A custom role: it changes people and settings, and may not see an alert. */
const caretaker: readonly Permission[] = ["View Users", "Manage Users", "View Audit Log", "Manage Settings"];

let server: TestServer;
let routes: DeclaredRoute[];
let calls: Awaited<ReturnType<typeof makeCalls>>;
let members: Caller[];
const succeeded = new Map<string, { route: DeclaredRoute; status: number; entries: Entry[] }>();
let seen = "00000000-0000-0000-0000-000000000000";
const programs = new Map<string, Caller>();

beforeAll(async () => {
  server = await openServer({ SLACK_API_URL: slack.apiUrl, WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" });
  const admin = await server.program();
  const { botToken, signingSecret } = slack.app;
  await admin("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
  members = [];
  await admin("POST", "/api/v1/roles", { name: "Caretaker", permissions: caretaker });
  for (const [role, held] of [...Object.entries(builtInRoles), ["Caretaker", caretaker] as const]) {
    const { cookie } = await addMember(server, admin, role, role);
    members.push({ name: role, headers: { cookie, origin: publicUrl }, permissions: new Set(held) });
  }
  // What is inside of other things is deleted after all other calls, then those, the members' sessions last.
  const rank = ({ method, url }: DeclaredRoute) => {
    if (url === "/api/v1/session/password") return 2;
    return method !== "DELETE" ? 0 : url === "/api/v1/session" ? 3 : 1 / url.length;
  };
  routes = server.app.declaredRoutes.toSorted((a, b) => rank(a) - rank(b));
  calls = await makeCalls(server, admin);
});
afterAll(async () => {
  await server.close();
  await slack.close();
});

const nobody: Caller = { name: "nobody", headers: {}, permissions: null };

/** A token with these permissions, made once. */
async function program(name: string, held: readonly Permission[]): Promise<Caller> {
  const known = programs.get(name);
  if (known) return known;
  const made = { name, headers: await server.tokenHeaders(held), permissions: new Set(held) };
  programs.set(name, made);
  return made;
}

/** The permissions that the page names; none for other access. */
function neededFor(access: string): Permission[] {
  const named = access.split(" and ");
  return permissions.filter((one) => named.includes(one));
}

async function callersOf(access: string): Promise<Caller[]> {
  const usual = [nobody, await program("a token without permissions", []), ...members];
  const needed = neededFor(access);
  if (needed.length === 0) return usual;
  const lacking = needed.map((lacked) =>
    program(
      `a token with all but ${lacked}`,
      permissions.filter((one) => one !== lacked),
    ),
  );
  return [...usual, ...(await Promise.all(lacking)), await program(`a token with only ${access}`, needed)];
}

/** Calls a route; says who was refused and why, and the status of any other answer. */
async function outcome(route: DeclaredRoute, { headers }: Caller): Promise<Outcome> {
  const { url, body } = calls(route);
  const { statusCode: status, ...answer } = await server.app.inject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).parse(route.method),
    url,
    headers,
    remoteAddress: "192.0.2.1",
    payloadAsStream: true,
    ...(body && { payload: body }),
  });
  const isLive = String(answer.headers["content-type"]).startsWith("text/event-stream");
  const text = isLive ? "" : await readAll(answer.stream());
  if (isLive) answer.stream().destroy();
  const missing = /This needs the permissions? ([\w ]+), which/.exec(text)?.[1];
  if (status === 403 && missing) return { says: `403 ${missing}`, status };
  if (status === 401 && /Sign in, or send/.test(text)) return { says: "401", status };
  return { says: "allowed", status };
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** What the page says about a caller. */
function expected(access: string, { permissions: held }: Caller): string {
  if (access === "anyone") return "allowed";
  if (!held) return "401";
  const missing = neededFor(access).filter((one) => !held.has(one));
  return missing.length === 0 ? "allowed" : `403 ${missing.join(" and ")}`;
}

/** Confirms the sessions of the members just now, as with their passwords (`confirm-session.test.ts`). */
async function confirmMembers(): Promise<void> {
  const { db, clock } = server.deps;
  await db.kysely.updateTable("sessions").set({ confirmed_at: clock() }).execute();
}

interface Entry {
  id: string;
  action: string;
  outcome: "ok" | "refused";
}

/** The audit log since this was last called. */
async function newEntries(): Promise<Entry[]> {
  const log = server.deps.db.kysely.selectFrom("audit_log").select(["id", "action", "outcome"]);
  const entries = await log.where("id", ">", seen).orderBy("id").execute();
  seen = entries.at(-1)?.id ?? seen;
  return entries;
}

function isRefusal({ outcome }: Entry): boolean {
  return outcome === "refused";
}

test("docs/permissions.md says what the routes declare", async () => {
  await expect(permissionsPage(server.app.declaredRoutes)).toMatchFileSnapshot(`../${pagePath}`);
});

/** Over a thousand calls; no single one takes this long. */
const allCalls = { timeout: 240_000 };

test(
  "each route answers each caller as docs/permissions.md says, and refusals are audited",
  allCalls,
  async () => {
    expect(routes.length).toBeGreaterThan(60);
    const page = readPage(await readFile(pagePath, "utf8"));
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const route of routes) {
      if (route.fresh) await confirmMembers();
      const access = page.get(routeName(route)) ?? "missing";
      for (const caller of await callersOf(access)) {
        const cell = `${routeName(route)} as ${caller.name}`;
        const { says, status } = await outcome(route, caller);
        const entries = await newEntries();
        found[cell] = says;
        wanted[cell] = expected(access, caller);
        if (says.startsWith("403")) found[cell] += entries.some(isRefusal) ? ", audited" : ", not audited";
        if (wanted[cell].startsWith("403")) wanted[cell] += ", audited";
        if (says === "allowed" && caller.name === "Admin")
          succeeded.set(routeName(route), { route, status, entries });
      }
      server.pass(3_600_000);
    }
    expect(found).toEqual(wanted);
    expect(Object.keys(found).length).toBeGreaterThan(400);
  },
);

test("a change writes what its route declares, and a read writes nothing", () => {
  const wrong = [...succeeded.values()].flatMap(({ route, status, entries }) => {
    const written = entries.filter(({ outcome }) => outcome === "ok").map(({ action }) => action);
    const isWrong =
      written.some((action) => !route.audits.some((one) => one === action)) ||
      (status < 300 && route.audits.length > 0 && written.length === 0);
    return isWrong ? [{ route: routeName(route), status, written, declared: route.audits }] : [];
  });
  expect(wrong).toEqual([]);
  // These need somebody's answer or link, an intake, a browser at Slack or the identity provider, a receiver, a second
  // session or a second factor.
  const elsewhere = [
    "POST /api/v1/unconfirmed-answers/:id/confirm",
    "POST /api/v1/boomerangs/:id/suppressions",
    "POST /api/v1/destinations/:id/test-alert",
    "POST /api/v1/slack/installs/:id/confirm",
    "GET /auth/oidc/callback",
    "POST /api/v1/session/second-factor",
    "POST /api/v1/password-links/use",
    "POST /api/v1/session/recovery-codes",
    "POST /api/v1/session/passkeys",
    "POST /api/v1/session/totp/confirm",
    "POST /api/v1/audit-log/streams/:kind/test",
    "DELETE /api/v1/session/passkeys/:id",
    "DELETE /api/v1/alerts/:id/silence",
    "DELETE /api/v1/suppressions/:id",
    "DELETE /api/v1/sessions/:id",
    "DELETE /api/v1/session/totp",
  ];
  const untried = [...succeeded.values()].filter(
    ({ route, status }) => route.audits.length > 0 && status >= 300,
  );
  expect(untried.map(({ route }) => `${route.method} ${route.url}`)).toEqual(elsewhere);
});

test("a route that changes something and declares no audit keeps Tocsin from starting", async () => {
  const other = await openServer();
  const add = (options: object) => other.app.post("/api/v1/unheard-of", options, async () => null);
  expect(() => add({})).toThrow("POST /api/v1/unheard-of has no access");
  expect(() => add(requires("View Alerts"))).toThrow("declares neither what it audits nor why");
  add(requires("View Alerts", { unaudited: "It changes nothing." }));
  await other.close();
});
