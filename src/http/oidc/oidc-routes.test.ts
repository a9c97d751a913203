import { afterAll, beforeAll, expect, test } from "vitest";
import { type IdentityProvider, startIdentityProvider } from "../../../test/doubles/identity-provider.ts";
import {
  addMember,
  type Caller,
  openServer,
  password,
  publicUrl,
  type TestServer,
} from "../../../test/tocsin/server.ts";
import {
  callerOf,
  oidcSettings,
  openVisitor,
  type Page,
  type Visitor,
} from "../../../test/tocsin/visitor.ts";

let idp: IdentityProvider;
let server: TestServer;
let program: Caller;

beforeAll(async () => {
  idp = await startIdentityProvider({
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/sign-in`,
  });
  server = await openServer(oidcSettings(idp));
  program = await server.program();
  await addMember(server, program, "Grace", "Admin");
});
afterAll(async () => {
  await server.close();
  await idp.close();
});

let visitors = 0;
/** A browser from a network of its own, which no other test has made wait. */
const newVisitor = (): Visitor => openVisitor(server, `198.51.100.${++visitors}`);

const me = (visitor: Visitor) => callerOf(server, visitor)("GET", "/api/v1/session");

async function users(): Promise<
  Record<string, { id: string; role: string; name: string; byProvider: boolean }>
> {
  const { body } = await program("GET", "/api/v1/users?limit=50");
  return Object.fromEntries(body.results.map((user: { email: string }) => [user.email, user]));
}

async function lastEntry() {
  const { body } = await program("GET", "/api/v1/audit-log?limit=1");
  return body.results[0];
}

test("a person with a mapped group gets a user with its role, and is known by subject afterwards", async () => {
  const ada = newVisitor();
  const page = await ada.signIn(
    idp.account("ada", { groups: ["others", "/tocsin-admins"], name: "Ada Lovelace" }),
  );
  expect(page).toMatchObject({ status: 302, location: "/alerts" });
  expect(await me(ada)).toMatchObject({
    status: 200,
    body: { user: { name: "Ada Lovelace", role: "Admin" }, confirmBy: { password: false, provider: "Okta" } },
  });
  const { body: log } = await program("GET", "/api/v1/audit-log?limit=3");
  expect(log.results.map(({ action }: { action: string }) => action)).toEqual([
    "session.signed_in",
    "user.identity_added",
    "user.created",
  ]);
  idp.account("ada", { email: "ada.new@example.com", groups: ["security"], name: "Someone" });
  const again = newVisitor();
  await again.signIn("ada");
  expect((await me(again)).body.user).toMatchObject({
    email: "ada@example.com",
    name: "Ada Lovelace",
    role: "Analyst",
  });
});

test("the page that somebody wanted is opened afterwards, but none of another site", async () => {
  const eve = newVisitor();
  const back = async (next: string) => {
    const { location } = await eve.open(`/auth/oidc/start?next=${encodeURIComponent(next)}`);
    return (await eve.open(await eve.visitProvider(location, idp.account("eve")))).location;
  };
  expect(await back("/alerts/7?tab=history")).toBe("/alerts/7?tab=history");
  expect(await back("//evil.example")).toBe("/alerts");
  expect(await back("https://evil.example")).toBe("/alerts");
});

test("the request to the provider has state, nonce and an S256 challenge, and stores nothing", async () => {
  const { location } = await newVisitor().open("/auth/oidc/start");
  const query = Object.fromEntries(new URL(location).searchParams);
  expect(query).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    scope: "openid email profile",
  });
  expect(query).toMatchObject({ redirect_uri: `${publicUrl}/auth/oidc/callback` });
  for (const secret of [query.state, query.nonce, query.code_challenge])
    expect(secret).toMatch(/^[\w-]{43}$/);
});

test("without a mapped group the page says which are missing and whom to ask", async () => {
  const mallory = newVisitor();
  const page = await mallory.signIn(idp.account("mallory", { groups: ["<sales>"] }));
  expect(page.status).toBe(403);
  for (const said of ["None of your groups", "tocsin-admins, security", "Grace", "&#60;sales&#62;"])
    expect(page.text).toContain(said);
  expect((await me(mallory)).status).toBe(401);
  expect((await users())["mallory@example.com"]).toBeUndefined();
  expect(await lastEntry()).toMatchObject({
    ...{ action: "session.signed_in", outcome: "refused" },
    data: { email: "mallory@example.com", why: "OpenID Connect: no mapped group" },
  });
});

test.each([
  ["no groups claim", { groups: undefined }, "didn&#39;t say which groups"],
  ["groups left out by Entra ID", { groups: undefined, _claim_names: { groups: "src1" } }, "too many groups"],
  ["a role that doesn't exist", { groups: ["ghosts"] }, "Your role doesn&#39;t exist"],
  ["no email", { email: undefined }, "didn&#39;t name your email"],
])("somebody with %s is refused", async (what, claims, said) => {
  const page = await newVisitor().signIn(idp.account(what.replaceAll(/\W/g, ""), claims));
  expect(page.status).toBe(403);
  expect(page.text).toContain(said);
});

test("a disabled user stays refused, whatever the groups", async () => {
  const ivan = newVisitor();
  await ivan.signIn(idp.account("ivan"));
  const { id } = (await users())["ivan@example.com"] ?? { id: "" };
  await program("PATCH", `/api/v1/users/${id}`, { enabled: false });
  expect((await me(ivan)).status).toBe(401);
  const page = await newVisitor().signIn(idp.account("ivan", { groups: ["tocsin-admins"] }));
  expect(page).toMatchObject({ status: 403, text: expect.stringContaining("is disabled") });
});

test("an email links to an existing user only if the provider doesn't say that it is unverified", async () => {
  const heidi = await addMember(server, program, "Heidi", "Admin");
  const refused = await newVisitor().signIn(
    idp.account("thief", { email: heidi.email, email_verified: false }),
  );
  expect(refused).toMatchObject({ status: 403, text: expect.stringContaining("not verified") });
  expect((await users())[heidi.email]).toMatchObject({ role: "Admin", byProvider: false });
  const own = newVisitor();
  await own.signIn(idp.account("h1", { email: "HEIDI@example.com", email_verified: undefined }));
  expect((await me(own)).body.user).toMatchObject({ id: heidi.id, role: "Analyst" });
  const other = await newVisitor().signIn(idp.account("h2", { email: heidi.email }));
  expect(other).toMatchObject({ status: 403, text: expect.stringContaining("belongs to another account") });
});

test("a state works once, and for the browser that began", async () => {
  const frank = newVisitor();
  idp.account("frank");
  const begin = async (by: Visitor) =>
    by.visitProvider((await by.open("/auth/oidc/start")).location, "frank");
  const cookiesOf = (by: Visitor) => new Map(by.cookies);
  const url = await begin(frank);
  const before = cookiesOf(frank);
  expect((await newVisitor().open(url)).text).toContain("can&#39;t be continued");
  expect((await frank.open(url)).status).toBe(302);
  // The cookie is gone; with a copy of it the state is still used up.
  expect((await frank.open(url)).status).toBe(400);
  const copy = newVisitor();
  for (const [name, value] of before) copy.cookies.set(name, value);
  expect((await copy.open(url)).status).toBe(400);
  expect(await lastEntry()).toMatchObject({ data: { why: "OpenID Connect: unknown or used state" } });
});

test("a token for another nonce is refused", async () => {
  const visitor = newVisitor();
  const { location } = await visitor.open("/auth/oidc/start");
  const other = new URL(location);
  other.searchParams.set("nonce", "another");
  const page = await visitor.open(await visitor.visitProvider(other.href, idp.account("nonce")));
  expect(page).toMatchObject({ status: 403, text: expect.stringContaining("another sign-in than yours") });
  expect((await me(visitor)).status).toBe(401);
});

test("what the provider refuses is shown, and what it says is only text", async () => {
  const page = await newVisitor().signIn("nobody");
  expect(page.status).toBe(403);
  expect(page.text).toContain("you cancelled");
  expect(page.text).toContain("&#60;b&#62;The person&#60;/b&#62; cancelled");
  expect(page.text).not.toContain("<b>");
});

test.each([
  ["garbage", () => "<html>", "can&#39;t be understood", 502],
  ["nothing", () => ({}), "can&#39;t be understood", 502],
  [
    "an unsigned token",
    (answer: { id_token?: unknown }) => ({ ...answer, id_token: unsigned(answer.id_token) }),
    "signature",
    502,
  ],
  ["a refusal of Slack", () => ({ ok: false, error: "bad_client_secret" }), "client ID or secret", 502],
  ["2 MB", () => ({ more: "x".repeat(2_000_000) }), "can&#39;t be understood", 502],
] as const)("a token endpoint that answers %s makes a page, not a 500", async (_, change, said, status) => {
  idp.account("tampered");
  const visitor = newVisitor();
  idp.tamper(change);
  const page = await visitor.signIn("tampered");
  idp.tamper(null);
  expect(page.status).toBe(status);
  expect(page.text).toContain(said);
  expect((await me(visitor)).status).toBe(401);
});

function unsigned(token: unknown): string {
  const [head, body] = String(token).split(".");
  return `${head}.${body}.${Buffer.alloc(256).toString("base64url")}`;
}

test("a token that is over by now points to the clocks", async () => {
  const hourAgo = Date.now() / 1000 - 3600;
  idp.tamper(({ id_token, ...answer }) => ({
    ...answer,
    id_token: idp.resign(id_token, { iat: hourAgo - 600, exp: hourAgo }),
  }));
  const page = await newVisitor().signIn(idp.account("clock"));
  idp.tamper(null);
  expect(page).toMatchObject({ status: 502, text: expect.stringContaining("clocks") });
});

test("a sign-in is fresh only after the provider asked again, and confirms a change", async () => {
  const peggy = newVisitor();
  await peggy.signIn(idp.account("peggy", { groups: ["tocsin-admins"] }));
  const call = callerOf(server, peggy);
  const token = { name: "script", permissions: ["View Alerts"] };
  const asks = { status: 403, body: { type: "urn:tocsin:confirm-session" } };
  expect(await call("POST", "/api/v1/api-tokens", token)).toMatchObject(asks);
  expect((await call("POST", "/api/v1/session/confirm", { password })).status).toBe(400);
  const confirmAs = async (name: string, change = (url: URL) => url) => {
    const { location } = await peggy.open("/auth/oidc/start?confirm=1");
    const url = change(new URL(location));
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
      prompt: "login",
      max_age: "0",
    });
    return peggy.open(await peggy.visitProvider(url.href, name));
  };
  const notAsked = await confirmAs("peggy", (url) => {
    for (const name of ["max_age", "prompt"]) url.searchParams.delete(name);
    return url;
  });
  expect(notAsked).toMatchObject({ status: 403, text: expect.stringContaining("auth_time") });
  const somebodyElse = await confirmAs(idp.account("trudy"));
  expect(somebodyElse).toMatchObject({ status: 403, text: expect.stringContaining("somebody else") });
  expect(await call("POST", "/api/v1/api-tokens", token)).toMatchObject(asks);
  expect(await confirmAs("peggy")).toMatchObject({ status: 302, location: "/confirmed" });
  expect((await call("POST", "/api/v1/api-tokens", token)).status).toBe(201);
  expect((await newVisitor().open("/auth/oidc/start?confirm=1")).text).toContain("session is over");
});

test("signing out names the provider's page, with the token as a hint", async () => {
  const rupert = newVisitor();
  await rupert.signIn(idp.account("rupert"));
  const { status, body } = await callerOf(server, rupert)("DELETE", "/api/v1/session");
  expect(status).toBe(200);
  const page = new URL(body.signOutUrl);
  expect(page.pathname).toBe("/session/end");
  expect(Object.fromEntries(page.searchParams)).toMatchObject({
    ...{ client_id: "tocsin", post_logout_redirect_uri: `${publicUrl}/sign-in` },
    id_token_hint: expect.stringMatching(/^ey/),
  });
  expect((await fetch(page, { redirect: "manual" })).status).toBe(200);
  expect((await me(rupert)).status).toBe(401);
});

test("refused sign-ins make a network wait, but no known device in it", async () => {
  const ip = "203.0.113.9";
  const known = openVisitor(server, ip);
  await known.signIn(idp.account("victor"));
  idp.account("walter", { groups: [] });
  const pages: Page[] = [];
  for (let count = 0; count < 31; count++) pages.push(await openVisitor(server, ip).signIn("walter"));
  expect(pages.at(-1)).toMatchObject({
    status: 429,
    text: expect.stringMatching(/Try again in (?:9|10) seconds/),
  });
  expect((await known.signIn("victor")).status).toBe(302);
});

test("neither codes, tokens nor secrets are logged or stored in plain text", async () => {
  const log = server.log.join("\n");
  expect(log).toContain("a sign-in by OpenID Connect was refused");
  const { rows } = await server.deps.db.kysely
    .selectFrom("sessions")
    .select("id_token")
    .where("id_token", "is not", null)
    .execute()
    .then((rows) => ({ rows }));
  expect(rows.length).toBeGreaterThan(0);
  for (const { id_token } of rows) expect(id_token?.toString("latin1")).not.toContain("eyJ");
  for (const secret of [idp.clientSecret, "code=", "eyJ"]) expect(log).not.toContain(secret);
});

test("a state works for 10 minutes", async () => {
  const late = newVisitor();
  const url = await late.visitProvider((await late.open("/auth/oidc/start")).location, idp.account("late"));
  server.pass(10 * 60_000 + 1000);
  expect((await late.open(url)).status).toBe(400);
});
