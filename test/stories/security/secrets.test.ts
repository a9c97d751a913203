import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
const log: string[] = [];
const answers: string[] = [];
const password = "correct horse battery staple";
const webhookSecret = "whsec_a-secret-that-somebody-typed";
const header = "Bearer of-the-receiver";
const webhookPath = "services/of-the-webhook";
const routingKey = "97cffff4225141ccbb087b9d35d0ffff";
const workflow = "sig=of-the-workflow";
const smtpPassword = "of-the-mail-server";
const secretKey = randomBytes(32).toString("base64");

beforeAll(async () => {
  // Nothing listens there, so each delivery fails, and its fault is logged.
  const SMTP_URL = `smtp://tocsin:${smtpPassword}@127.0.0.1:9`;
  const env = { WEBHOOK_ALLOW_PRIVATE: "true", SECRET_KEY: secretKey, SMTP_URL };
  const doubles = { "events.pagerduty.com": "http://127.0.0.1:9" };
  story = await startStory({ log: (line) => log.push(line), env, doubles });
});
afterAll(() => story.close());

async function ask(...call: Parameters<Story["api"]>): Promise<Answer["body"]> {
  const answer = await story.api(...call);
  answers.push(JSON.stringify([answer.body, [...answer.headers]]));
  return answer.body;
}

/** What an answer hands out once; it is left out of the search. */
async function handedOut(...call: Parameters<Story["api"]>): Promise<Answer["body"]> {
  return created(story.api(...call));
}

/** Creates a destination of each type that has secrets, and changes their secrets. */
async function addDestinations() {
  const settings = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: [], timezone: "UTC" };
  const webhook = {
    url: `http://127.0.0.1:9/${webhookPath}`,
    headers: { Authorization: header },
    secret: webhookSecret,
  };
  for (const destination of [
    { type: "custom-webhook", displayName: "SOAR", ...webhook },
    { type: "pagerduty", displayName: "On call", region: "us", routingKey },
    { type: "teams", displayName: "SOC in Teams", webhookUrl: `https://127.0.0.1:9/workflow?${workflow}` },
    { type: "email", displayName: "SOC by email", to: ["soc@acme.example"] },
  ]) {
    const { id, type } = await ask("POST", "/destinations", { ...destination, ...settings });
    expect(type).toBe(destination.type);
    await ask("POST", `/destinations/${id}/test-alert`);
    const { type: _, ...same } = destination;
    await ask("PATCH", `/destinations/${id}`, { ...same, logTypes: ["Okta"] });
  }
}

/** Reads every GET route of the API for each thing that there is. Returns those that answered. */
async function readEverything(): Promise<string[]> {
  const { paths } = await (await fetch(`${story.origin}/api/openapi.json`)).json();
  const routes = Object.keys(paths).filter((path) => "get" in paths[path] && path.startsWith("/api/v1/"));
  const answered: string[] = [];
  // A stream never ends.
  for (const route of routes.filter((path) => path !== "/api/v1/live")) {
    const path = route.replace("/api/v1", "");
    const list = /^\/[^/]+(?=\/\{)/.exec(path)?.[0];
    const ids: string[] = list
      ? ((await ask("GET", list)).results ?? []).map(({ id }: { id: string }) => id)
      : [""];
    for (const id of ids) {
      const { status, body, headers } = await story.api("GET", path.replace(/\{\w+\}/, id));
      answers.push(JSON.stringify([body, [...headers]]));
      if (status === 200) answered.push(route);
    }
  }
  return answered;
}

/** Sets Ada's password by her link, signs in with it, and uses the session and an API token. */
async function signIn() {
  const { origin } = story;
  const setPassword = new URL(story.users.ada.setPasswordUrl).hash.slice(1);
  await ask("POST", "/password-links/use", { token: setPassword, password });
  const signedIn = await fetch(`${origin}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "https://tocsin.acme.example" },
    body: JSON.stringify({ email: "ada@acme.example", password }),
  });
  const [cookie = ""] = signedIn.headers.getSetCookie();
  const session = /=([^;]{20,})/.exec(cookie)?.[1] ?? "";
  const permissions = ["View Alerts"];
  const { token } = await handedOut("POST", "/api-tokens", { name: "Script", permissions });
  for (const [name, value] of [
    ["cookie", cookie.split(";")[0] ?? ""],
    ["authorization", `Bearer ${token}`],
  ] as const) {
    const answer = await fetch(`${origin}/api/v1/alerts`, { headers: { [name]: value } });
    expect(answer.status).toBe(200);
    answers.push(await answer.text());
  }
  return { setPassword, session, apiToken: String(token) };
}

/** All tables as text, as a dump would hold them. */
async function dump(): Promise<string> {
  const { kysely } = story.tocsin.db;
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(kysely);
  const texts = tables.map(async ({ name }) => {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(
      kysely,
    );
    return rows.map(({ row }) => row).join("\n");
  });
  return (await Promise.all(texts)).join("\n");
}

/** A full run: setup, an alert that is posted and triaged, and several faults. */
async function fullRun() {
  const { app } = story.slack;
  const typed = { botToken: app.botToken, clientSecret: app.clientSecret, signingSecret: app.signingSecret };
  await ask("POST", "/slack/app/check", { ...typed, appToken: app.appToken, channel: "#security" });
  await ask("PUT", "/slack/app", { mode: "http", ...typed, appToken: app.appToken });
  await ask("PUT", "/slack/app", { mode: "http", botToken: `${app.botToken}-wrong` });
  await addDestinations();
  const proofs = await signIn();
  await story.send({ title: "Impossible travel", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
  await story.slack.ask("setApp", { state: "token_revoked" });
  await ask("POST", `/destinations/${story.destination.id}/welcome`);
  await story.slack.ask("setApp", { state: "installed" });
  const answered = await readEverything();
  for (const needed of [
    "slack/app",
    "destinations/{id}",
    "destinations/{id}/attempts",
    "audit-log",
    "users/{id}",
  ])
    expect(answered).toContain(`/api/v1/${needed}`);
  expect(new Set(answered).size).toBeGreaterThan(25);
  return proofs;
}

test("no secret of a full run is in the database, in the API's answers or in the log", async () => {
  const proofs = await fullRun();
  const { app } = story.slack;
  const secrets = {
    botToken: app.botToken,
    clientSecret: app.clientSecret,
    signingSecret: app.signingSecret,
    appToken: app.appToken,
    password,
    webhookSecret,
    header,
    webhookPath,
    routingKey,
    workflow,
    smtpPassword,
    secretKey,
    sourceKey: story.source.key,
    ...proofs,
  };
  const places = { database: await dump(), answers: answers.join("\n"), log: log.join("\n") };
  // Text that is not secret is found, so the search works.
  expect(places.database).toContain("Impossible travel");
  expect(places.answers).toContain("Impossible travel");
  expect(places.log).toContain("/api/v1/slack/app");
  expect(Object.values(secrets).filter((secret) => secret.length < 12)).toEqual([]);
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(places)
      .filter(([, text]) => spellings(secret).some((spelling) => text.includes(spelling)))
      .map(([where]) => `${name} in ${where}`),
  );
  expect(found).toEqual([]);
});

/** A secret as it may be found: as it is, as a `bytea` column shows it, in Basic authentication, in an address. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString("hex"),
    bytes.toString("base64").replace(/=*$/, ""),
    encodeURIComponent(secret),
  ];
}

test("the search finds a value that is stored in plain text", async () => {
  await created(story.api("POST", "/sources", { kind: "native", name: "not-a-secret-but-a-name" }));
  expect(await dump()).toContain("not-a-secret-but-a-name");
});
