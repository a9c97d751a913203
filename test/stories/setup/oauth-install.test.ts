import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, sendTo, startBareStory } from "../../tocsin/story.ts";

type Bare = Awaited<ReturnType<typeof startBareStory>>;
let story: Bare;
let source: Story["source"];
let cookie: string;
const password = "correct horse battery staple";
const publicUrl = "https://tocsin.acme.example";
const home = "T0ACME0001";
const europe = "T0ACMEEUR1";
const organisation = "E0ACME0001";

/** Sends a request as the Console's pages do, with this session's cookie. */
async function browse(path: string, { as = cookie, method = "GET" } = {}) {
  const headers = { cookie: as, origin: publicUrl };
  const response = await fetch(`${story.origin}${path}`, { method, headers, redirect: "manual" });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    body: json ? JSON.parse(text) : text,
  };
}

async function signIn(name: string, role: string): Promise<string> {
  const user = { email: `${name.toLowerCase()}@acme.example`, name, role };
  const { setPasswordUrl } = await created(story.api("POST", "/users", user));
  const token = new URL(setPasswordUrl).hash.slice(1);
  const used = await fetch(`${story.origin}/api/v1/password-links/use`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, password }),
  });
  return used.headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** Grace, an admin in Slack, presses a button on Slack's consent page. */
async function press(page: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(page, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: "simulator_as=grace" },
    body: new URLSearchParams({ optional: "metadata.message:read", ...form }),
  });
  return (response.headers.get("location") ?? "").replace(publicUrl, "");
}

/** Goes from the install button to Slack and back. Returns the id of the unconfirmed installation. */
async function install(form: Record<string, string>): Promise<string> {
  const { location } = await browse("/slack/install");
  const back = await browse(await press(location, form));
  return new URL(back.location, publicUrl).searchParams.get("install") ?? "";
}

const readInstall = (id: string, as = cookie) => browse(`/api/v1/slack/installs/${id}`, { as });
const confirm = (id: string, as = cookie) =>
  browse(`/api/v1/slack/installs/${id}/confirm`, { as, method: "POST" });
const installations = async () => (await story.api("GET", "/slack/app")).body.installations;

beforeAll(async () => {
  story = await startBareStory({ withApp: false, organisation: "one workspace" });
  const manifest = (await story.api("GET", "/slack/manifest?orgWide=true&format=json")).body;
  const text = JSON.stringify(manifest).replaceAll(
    `${publicUrl}/slack/events`,
    `${story.origin}/slack/events`,
  );
  const app = await story.slack.ask("createApp", { as: "grace", manifest: JSON.parse(text) });
  if (!app.ok) throw new Error(JSON.stringify(app));
  const { clientId, clientSecret, signingSecret } = app;
  await created(story.api("PUT", "/slack/app", { mode: "http", clientId, clientSecret, signingSecret }));
  source = await created(story.api("POST", "/sources", { kind: "native", name: "Okta" }));
  cookie = await signIn("Grace", "Admin");
  await created(story.api("POST", "/users", { email: "ada@acme.example", name: "Ada", role: "Analyst" }));
});
afterAll(() => story.close());

test("the install button leads to Slack with a state that only this session can use, once", async () => {
  const { status, location } = await browse("/slack/install");
  expect(status).toBe(302);
  const { searchParams } = new URL(location);
  expect(searchParams.get("redirect_uri")).toBe(`${publicUrl}/slack/oauth_redirect`);
  expect(searchParams.get("state")).toMatch(/^[\w-]{43}$/);
  const back = await press(location, { target: home, go: "allow" });
  const another = await signIn("Olga", "Admin");
  expect((await browse(back, { as: another })).location).toMatch(/install=unknown$/);
  const id = new URL((await browse(back)).location, publicUrl).searchParams.get("install") ?? "";
  expect((await browse(back)).location).toMatch(/install=unknown$/);
  expect((await readInstall(id, another)).status).toBe(404);
  expect((await confirm(id, another)).status).toBe(404);
  expect((await readInstall(id)).body).toMatchObject({
    found: { team: "ACME", organisation: false, known: false },
  });
});

test("an installation needs a signed-in user who can manage destinations", async () => {
  const analyst = await signIn("Eve", "Analyst");
  expect((await browse("/slack/install", { as: analyst })).status).toBe(403);
  expect((await browse("/slack/install", { as: "" })).status).toBe(401);
});

test("cancelling in Slack shows that nothing was changed", async () => {
  const { body } = await readInstall(await install({ go: "cancel" }));
  expect(body).toMatchObject({
    found: null,
    refusal: expect.stringMatching(/cancelled in Slack. Nothing was/),
  });
  expect(await installations()).toEqual([]);
});

test("a workspace is stored only once it is confirmed, and alerts are then posted there", async () => {
  const id = await install({ target: home, go: "allow" });
  expect(await installations()).toEqual([]);
  expect((await confirm(id)).status).toBe(200);
  expect((await confirm(id)).status).toBe(404);
  expect(await installations()).toMatchObject([
    { team: { id: home, name: "ACME" }, trusted: true, missingScopes: [], state: { kind: "ok" } },
  ]);
  await destination("#security", home, "HIGH");
  await story.slack.channel("#security").say("/invite @Tocsin", { as: "grace" });
  await sendTo(source, { title: "At home", severity: "HIGH" }, story.origin);
  const card = await story.slack.channel("#security").expectCard("At home");
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
});

test("a second workspace is added to the first, and its clicks count once an admin trusts it", async () => {
  await confirm(await install({ target: europe, go: "allow" }));
  const [, second] = await installations();
  expect(second).toMatchObject({ team: { id: europe }, trusted: false });
  await destination("#security-eu", europe, "LOW");
  const there = await story.slack.in("ACME Europe");
  await there.channel("#security-eu").say("/invite @Tocsin", { as: "grace" });
  await sendTo(source, { title: "Abroad", severity: "LOW" }, story.origin);
  const card = await there.channel("#security-eu").expectCard("Abroad");
  await card.choose("Status", "Triaged", { as: "ada" });
  await there.expectPrivately("ada", "No Tocsin administrator has trusted this workspace yet");
  await created(story.api("PATCH", `/slack/installations/${second.id}`, { trusted: true }));
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
});

test("installing again in a workspace replaces its token and keeps its trust", async () => {
  const id = await install({ target: europe, go: "allow" });
  expect((await readInstall(id)).body.found).toMatchObject({ team: "ACME Europe", known: true });
  await confirm(id);
  expect(await installations()).toMatchObject([
    { team: { id: home } },
    { team: { id: europe }, trusted: true },
  ]);
});

test("an installation for an organisation has the organisation's name and no workspace", async () => {
  const id = await install({ target: organisation, go: "allow" });
  expect((await readInstall(id)).body.found).toMatchObject({ team: "ACME Group", organisation: true });
  await confirm(id);
  expect((await installations()).at(-1)).toMatchObject({
    team: null,
    enterprise: { id: organisation, name: "ACME Group" },
    trusted: false,
  });
});

test("an outdated Client Secret is reported with the place where Slack shows the current one", async () => {
  await created(
    story.api("PUT", "/slack/app", { mode: "http", clientSecret: "0123456789abcdef0123456789abcdef" }),
  );
  const { body } = await readInstall(await install({ target: home, go: "allow" }));
  expect(body.refusal).toMatch(/Client Secret doesn't belong .* App Credentials/);
});

function destination(channel: string, teamId: string, severity: string) {
  return created(
    story.api("POST", "/destinations", {
      type: "slack-bot",
      displayName: `To ${channel}`,
      ...{ channel, teamId, severities: [severity] },
      ...{ alertTypes: ["RULE"], logTypes: [], timezone: "UTC" },
    }),
  );
}
