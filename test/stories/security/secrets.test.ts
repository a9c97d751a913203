import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
const log: string[] = [];
const answers: string[] = [];
const password = "correct horse battery staple";
const webhookSecret = "whsec_a-secret-that-somebody-typed";
const header = "Bearer of-the-receiver";

beforeAll(async () => {
  story = await startStory({ log: (line) => log.push(line), env: { WEBHOOK_ALLOW_PRIVATE: "true" } });
});
afterAll(() => story.close());

async function ask(...call: Parameters<Story["api"]>): Promise<Answer["body"]> {
  const answer = await story.api(...call);
  answers.push(JSON.stringify(answer.body));
  return answer.body;
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
  const settings = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: [], timezone: "UTC" };
  await ask("POST", "/destinations", {
    type: "custom-webhook",
    displayName: "SOAR",
    url: "http://127.0.0.1:9/hook",
    headers: { Authorization: header },
    secret: webhookSecret,
    ...settings,
  });
  const setPassword = new URL(story.users.ada.setPasswordUrl).hash.slice(1);
  await ask("POST", "/password-links/use", { token: setPassword, password });
  await story.send({ title: "Impossible travel", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
  await story.slack.ask("setApp", { state: "token_revoked" });
  await ask("POST", `/destinations/${story.destination.id}/welcome`);
  await story.slack.ask("setApp", { state: "installed" });
  for (const path of [
    "/slack/app",
    "/slack/manifest",
    "/destinations",
    "/sources",
    "/users",
    "/api-tokens",
    "/audit-log?limit=50",
    "/alerts",
  ])
    await ask("GET", path);
  return { setPassword };
}

test("no secret of a full run is in the database, in the API's answers or in the log", async () => {
  const { setPassword } = await fullRun();
  const { app } = story.slack;
  const secrets = {
    botToken: app.botToken,
    clientSecret: app.clientSecret,
    signingSecret: app.signingSecret,
    appToken: app.appToken,
    password,
    webhookSecret,
    header,
    sourceKey: story.source.key,
    setPassword,
  };
  const places = { database: await dump(), answers: answers.join("\n"), log: log.join("\n") };
  // Text that is not secret is found, so the search works.
  expect(places.database).toContain("Impossible travel");
  expect(places.answers).toContain("Impossible travel");
  expect(places.log).toContain("/api/v1/slack/app");
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(places)
      .filter(([, text]) => text.includes(secret) || text.includes(Buffer.from(secret).toString("hex")))
      .map(([where]) => `${name} in ${where}`),
  );
  expect(found).toEqual([]);
});

test("the search finds a value that is stored in plain text", async () => {
  await created(story.api("POST", "/sources", { kind: "native", name: "not-a-secret-but-a-name" }));
  expect(await dump()).toContain("not-a-secret-but-a-name");
});
