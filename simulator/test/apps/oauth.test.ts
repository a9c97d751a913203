import { afterEach, expect, test } from "vitest";
import { pager, press } from "../fixtures/pager.ts";
import { type SimulatorWithApp, startWithApp } from "../fixtures/simulator-with-app.ts";
import { oracle, paths, read } from "../oracle/oracle.ts";

let env: SimulatorWithApp;
afterEach(() => env.end());

const europe = "T0ACMEEUR1";
const scopes = ["chat:write", "commands", "channels:read", "users:read"];

async function createPager(url: string) {
  const manifest = pager(url);
  const given = { ...manifest, settings: { ...manifest.settings, org_deploy_enabled: true } };
  const app = await env.slack.ask("createApp", { as: "ada", manifest: given });
  return app.ok ? app : expect.unreachable();
}

const authorizeUrl = (more: Record<string, string>) =>
  `${env.slack.pageUrl}oauth/v2/authorize?${new URLSearchParams({ scope: scopes.join(","), state: "s1", ...more })}`;

const exchange = (args: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${env.slack.apiUrl}oauth.v2.access`, {
    method: "POST",
    headers,
    body: new URLSearchParams(args),
  }).then((response) => response.json());

async function allowedCode(target: string, app: { clientId: string }): Promise<string> {
  const { to } = await press(authorizeUrl({ client_id: app.clientId }), {
    target,
    go: "allow",
    optional: "users:read",
  });
  expect(to?.searchParams.get("state")).toBe("s1");
  return to?.searchParams.get("code") ?? "";
}

test("a code is valid once and for ten minutes, with the app's secret", async () => {
  let now = Date.now();
  env = await startWithApp({ withApp: false, now: () => now });
  const app = await createPager(env.app.url);
  const { clientId: client_id, clientSecret: client_secret } = app;
  const known = { client_id, client_secret };
  const code = await allowedCode("T0ACME0001", app);
  expect(await exchange({ client_id: "1.2", client_secret, code })).toMatchObject({
    error: "invalid_client_id",
  });
  expect(await exchange({ client_id, client_secret: "x", code })).toMatchObject({
    error: "bad_client_secret",
  });
  expect(await exchange({ ...known, code, redirect_uri: "https://x.example" })).toMatchObject({
    error: "bad_redirect_uri",
  });
  expect(await exchange({ ...known, code, grant_type: "password" })).toMatchObject({
    error: "invalid_grant_type",
  });
  const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}`;
  expect(await exchange({ code }, { authorization })).toMatchObject({
    ok: true,
    app_id: app.appId,
    scope: scopes.join(","),
    token_type: "bot",
    team: { id: "T0ACME0001", name: "ACME" },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: env.slack.users.ada.id },
  });
  expect(await exchange({ ...known, code })).toMatchObject({ error: "invalid_code" });
  const late = await allowedCode("T0ACME0001", app);
  now += 10 * 60_000 + 1;
  expect(await exchange({ ...known, code: late })).toMatchObject({ error: "invalid_code" });
});

test("cancelling redirects with access_denied, and an invalid link is refused", async () => {
  env = await startWithApp({ withApp: false });
  const { clientId: client_id } = await createPager(env.app.url);
  const { to } = await press(authorizeUrl({ client_id }), { go: "cancel" });
  expect(Object.fromEntries(to?.searchParams ?? [])).toEqual({ error: "access_denied", state: "s1" });
  const refused = async (more: Record<string, string>) =>
    (await press(authorizeUrl(more), { go: "allow" })).text;
  expect(await refused({ client_id, redirect_uri: "https://evil.example/" })).toContain(
    "redirect_uri did not match any configured URIs",
  );
  expect(await refused({ client_id, scope: "chat:write,files:read" })).toContain("invalid_scope");
  expect(await refused({ client_id, scope: "" })).toContain("no_scopes");
  expect(await refused({ client_id: "1.2" })).toContain("Invalid client_id parameter");
});

test("a person who is not an admin gets no code, but can request the installation", async () => {
  env = await startWithApp({ withApp: false });
  const { clientId: client_id } = await createPager(env.app.url);
  const url = authorizeUrl({ client_id });
  expect(await press(url, { target: "T0ACME0001", go: "allow" }, "eve")).toMatchObject({
    status: 403,
    to: null,
  });
  expect((await press(url, { target: "T0ACME0001", go: "request" }, "eve")).text).toContain(
    "Request Submitted",
  );
});

test("a workspace outside the organisation is refused until the app is distributed", async () => {
  env = await startWithApp({ withApp: false });
  const outside = await env.slack.ask("addWorkspace", { name: "Elsewhere" });
  const { clientId: client_id } = await createPager(env.app.url);
  const page = await (await fetch(authorizeUrl({ client_id, team: outside.id }))).text();
  expect(page).not.toContain("Elsewhere");
});

oracle("the answer of oauth.v2.access", () => {
  test("has every key of Slack's example except those of a user token", async () => {
    env = await startWithApp({ withApp: false, shape: "organisation" });
    const app = await createPager(env.app.url);
    const given = { client_id: app.clientId, client_secret: app.clientSecret };
    const answer = await exchange({ ...given, code: await allowedCode(europe, app) });
    const sample = Object(read("methods", "oauth.v2.access.json")).examples.success.example;
    const keys = (value: unknown) => paths(value).map((path) => path.join("."));
    const userTokenKeys = /^authed_user\.(scope|access_token|token_type)$/;
    expect(keys(sample).filter((key) => !userTokenKeys.test(key) && !keys(answer).includes(key))).toEqual([]);
  });
});
