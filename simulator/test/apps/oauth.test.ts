import { App, LogLevel } from "@slack/bolt";
import { afterEach, expect, test } from "vitest";
import { oracle, paths, read } from "../oracle/oracle.ts";
import { cardBlocks } from "../setting/card-blocks.ts";
import { freePort } from "../setting/free-port.ts";
import { type Setting, setting } from "../setting/setting.ts";
import { pager } from "./pager.ts";

let here: Setting;
let bolt: App | undefined;
afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  await here.end();
});

const europe = "T0ACMEEUR1";
const organisation = "E0ACME0001";
const scopes = ["chat:write", "commands", "channels:read", "users:read"];

async function made(url: string) {
  const manifest = pager(url);
  const given = { ...manifest, settings: { ...manifest.settings, org_deploy_enabled: true } };
  const app = await here.slack.ask("createApp", { as: "ada", manifest: given });
  return app.ok ? app : expect.unreachable();
}

const authorizeUrl = (more: Record<string, string>) =>
  `${here.slack.pageUrl}oauth/v2/authorize?${new URLSearchParams({ scope: scopes.join(","), state: "s1", ...more })}`;

/** A person presses a button of the page at which an app is allowed. Gives where they are sent, or what they read. */
async function press(url: string, form: Record<string, string>, as = "ada") {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: `simulator_as=${as}` },
    body: new URLSearchParams(form),
  });
  return {
    status: response.status,
    to: URL.parse(response.headers.get("location") ?? ""),
    text: await response.text(),
  };
}

const exchange = (args: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${here.slack.apiUrl}oauth.v2.access`, {
    method: "POST",
    headers,
    body: new URLSearchParams(args),
  }).then((response) => response.json());

async function allowed(place: string, app: { clientId: string }): Promise<string> {
  const { to } = await press(authorizeUrl({ client_id: app.clientId }), {
    place,
    go: "allow",
    optional: "users:read",
  });
  expect(to?.searchParams.get("state")).toBe("s1");
  return to?.searchParams.get("code") ?? "";
}

test("a code is good once and for ten minutes, for whoever knows the app's secret", async () => {
  let now = Date.now();
  here = await setting({ withApp: false, now: () => now });
  const app = await made(here.app.url);
  const { clientId: client_id, clientSecret: client_secret } = app;
  const known = { client_id, client_secret };
  const code = await allowed("T0ACME0001", app);
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
    authed_user: { id: here.slack.users.ada.id },
  });
  expect(await exchange({ ...known, code })).toMatchObject({ error: "invalid_code" });
  const late = await allowed("T0ACME0001", app);
  now += 10 * 60_000 + 1;
  expect(await exchange({ ...known, code: late })).toMatchObject({ error: "invalid_code" });
});

test("whoever cancels is sent back with that, and a link that doesn't fit the app goes nowhere", async () => {
  here = await setting({ withApp: false });
  const { clientId: client_id } = await made(here.app.url);
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

test("who is no admin asks for it, and is given no code", async () => {
  here = await setting({ withApp: false });
  const { clientId: client_id } = await made(here.app.url);
  const url = authorizeUrl({ client_id });
  expect(await press(url, { place: "T0ACME0001", go: "allow" }, "eve")).toMatchObject({
    status: 403,
    to: null,
  });
  expect((await press(url, { place: "T0ACME0001", go: "request" }, "eve")).text).toContain(
    "Request Submitted",
  );
});

test("a workspace outside is refused until the app is distributed", async () => {
  here = await setting({ withApp: false });
  const outside = await here.slack.ask("addWorkspace", { name: "Elsewhere" });
  const { clientId: client_id } = await made(here.app.url);
  const page = await (await fetch(authorizeUrl({ client_id, team: outside.id }))).text();
  expect(page).not.toContain("Elsewhere");
});

oracle("what is answered, against Slack's sample", () => {
  test("oauth.v2.access has every key of it, but those of a person's token", async () => {
    here = await setting({ withApp: false, shape: "organisation" });
    const app = await made(here.app.url);
    const given = { client_id: app.clientId, client_secret: app.clientSecret };
    const answer = await exchange({ ...given, code: await allowed(europe, app) });
    const sample = Object(read("methods", "oauth.v2.access.json")).examples.success.example;
    const keys = (value: unknown) => paths(value).map((path) => path.join("."));
    const personal = /^authed_user\.(scope|access_token|token_type)$/;
    expect(keys(sample).filter((key) => !personal.test(key) && !keys(answer).includes(key))).toEqual([]);
  });
});

/** Bolt's own installer, with what it installed. */
async function startBolt() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const app = await made(url);
  const installed = new Map<string, Parameters<NonNullable<Store["storeInstallation"]>>[0]>();
  const keyOf = ({ teamId, enterpriseId, isEnterpriseInstall }: Query) =>
    (isEnterpriseInstall ? enterpriseId : teamId) ?? "";
  const { clientId, clientSecret, signingSecret } = app;
  bolt = new App({
    ...{ clientId, clientSecret, signingSecret, scopes, stateSecret: "state" },
    clientOptions: { slackApiUrl: here.slack.apiUrl },
    redirectUri: `http://127.0.0.1:${port}/slack/oauth_redirect`,
    installerOptions: {
      authorizationUrl: `${here.slack.pageUrl}oauth/v2/authorize`,
      clientOptions: { slackApiUrl: here.slack.apiUrl },
      redirectUriPath: "/slack/oauth_redirect",
      directInstall: true,
    },
    installationStore: {
      storeInstallation: async (one) => {
        installed.set((one.isEnterpriseInstall ? one.enterprise?.id : one.team?.id) ?? "", one);
      },
      fetchInstallation: async (query) => installed.get(keyOf(query)) ?? expect.unreachable(),
    },
    logLevel: LogLevel.ERROR,
  });
  bolt.action("status", async ({ ack, respond }) => {
    await ack();
    await respond("Answered by Pager");
  });
  await bolt.start({ port, host: "127.0.0.1" });
  return { installed, origin: `http://127.0.0.1:${port}` };
}

type Store = NonNullable<NonNullable<ConstructorParameters<typeof App>[0]>["installationStore"]>;
type Query = Parameters<Store["fetchInstallation"]>[0];

async function installThroughBolt(origin: string, place: string): Promise<string> {
  const start = await fetch(`${origin}/slack/install`, { redirect: "manual" });
  const cookie = (start.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { to } = await press(start.headers.get("location") ?? "", {
    place,
    go: "allow",
    optional: "users:read",
  });
  const done = await fetch(to ?? origin, { headers: { cookie }, redirect: "manual" });
  return `${done.status}`;
}

async function clickIn(team: string, botToken: string) {
  const there = await here.slack.in(team);
  await there.channel("#general").say("/invite @Pager", { as: "grace" });
  const [channel] = (await there.ask("overview", {})).channels.filter(({ name }) => name === "general");
  await here.call("chat.postMessage", { channel: channel?.id, text: "x", blocks: cardBlocks() }, botToken);
  const card = await there.channel("#general").expectCard("Impossible travel");
  await card.choose("Status", "Triaged", { as: "ada" });
  await there.expectPrivately("ada", "Answered by Pager");
}

test("Bolt's installer installs a second workspace beside the first, and a click there is answered", async () => {
  here = await setting({ withApp: false, shape: "organisation" });
  const { installed, origin } = await startBolt();
  expect(await installThroughBolt(origin, "T0ACME0001")).toMatch(/^[23]/);
  expect(await installThroughBolt(origin, europe)).toMatch(/^[23]/);
  expect([...installed.keys()]).toEqual(["T0ACME0001", europe]);
  await clickIn("ACME Europe", installed.get(europe)?.bot?.token ?? "");
});

test("Bolt's installer installs org-wide, and a click with no team is answered", async () => {
  here = await setting({ withApp: false, shape: "organisation" });
  const { installed, origin } = await startBolt();
  expect(await installThroughBolt(origin, organisation)).toMatch(/^[23]/);
  expect(installed.get(organisation)).toMatchObject({ isEnterpriseInstall: true });
  await here.slack.ask("installApp", { as: "ada", app: "Pager", organisation: ["ACME Europe"] });
  await clickIn("ACME Europe", installed.get(organisation)?.bot?.token ?? "");
});
