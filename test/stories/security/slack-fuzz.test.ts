import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mutate, mutationsWith } from "../../fuzz/mutate.ts";
import { postToSlackEndpoint, type SignedBody } from "../../signed-requests.ts";
import { type Story, startStory } from "../../tocsin/story.ts";

/** `make fuzz` asks for more. */
const runs = Number(process.env.FUZZ_RUNS ?? 72);
const timeout = 60_000 + runs * 200;
const oracles = process.env.TOCSIN_ORACLES;
const folder = join(oracles ?? "", "slack/payloads");
const form = "application/x-www-form-urlencoded";
const json = "application/json";

/**
 * Not compared: what a signed request writes by design (its id against replays, a refusal in the audit log, the
 * person as read from Slack), and what workers and the story's own requests write.
 */
const notCompared = [
  "slack_inbox",
  "slack_unverified",
  "audit_log",
  "audit_chain",
  "audit_head",
  "audit_unchained",
  "slack_users",
  "slack_matches",
  "lines",
  "installations",
  "api_tokens",
  "sources",
];

let story: Story;
let alert: { id: string; number: number; version: number };
let card: { channel: string; ts: string };
beforeAll(async () => {
  story = await startStory();
  await story.send({ title: "Standing", severity: "HIGH" });
  card = await story.slack.channel("#security").expectCard("Standing");
  alert = (await story.api("GET", "/alerts")).body.results[0];
});
afterAll(() => story.close());

async function checksums(): Promise<Record<string, string>> {
  const { kysely } = story.tocsin.db;
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition order by 1`.execute(kysely);
  const found: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !notCompared.includes(table.name))) {
    const { rows } = await sql<{ sum: string }>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${sql.table(name)} t`.execute(
      kysely,
    );
    found[name] = rows[0]?.sum ?? "";
  }
  return found;
}

/** What Slack sends when Mallory, who has no Tocsin user, uses each control. */
function payloads(): object[] {
  const { mallory } = story.slack.users;
  const person = {
    user: { id: mallory.id, team_id: "T0ACME0001" },
    team: { id: "T0ACME0001" },
    api_app_id: story.slack.app.appId,
    response_url: `${new URL(story.slack.apiUrl).origin}/nowhere`,
    is_enterprise_install: false,
  };
  const controls = { block_id: `controls:${alert.id}:${alert.version}.0` };
  const location = { channel: { id: card.channel }, message: { ts: card.ts, text: "x" } };
  const memory = { alertId: alert.id, version: alert.version, channel: card.channel, ts: card.ts };
  const click = (action: object) => ({
    type: "block_actions",
    ...person,
    ...location,
    actions: [{ ...controls, ...action }],
  });
  const dialog = (type: string, remembered: { dialog: string; to?: string; at?: object }) => {
    const view = { id: "V1", type: "modal", private_metadata: JSON.stringify({ ...memory, ...remembered }) };
    const state = { values: { comment: { text: { type: "plain_text_input", value: "x" } } } };
    return { type, ...person, view: { ...view, callback_id: remembered.dialog, state } };
  };
  return [
    click({ action_id: "assign", selected_user: mallory.id }),
    click({ action_id: "status", selected_option: { value: "OPEN" } }),
    click({ action_id: "status", selected_option: { value: "RESOLVED" } }),
    click({ action_id: "more", selected_option: { value: "details" } }),
    click({ action_id: "more:assign-me", value: "assign-me" }),
    click({ action_id: "page:next", value: "1" }),
    dialog("view_submission", { dialog: "close", to: "RESOLVED" }),
    dialog("view_submission", { dialog: "comment" }),
    dialog("view_closed", { dialog: "details", at: { show: "part", part: "context", page: 0 } }),
    { type: "message_action", ...person, ...location, callback_id: "add_to_alert" },
    { type: "block_suggestion", ...person, action_id: "a", block_id: "b", value: "x" },
    { type: "shortcut", ...person, callback_id: "x" },
  ];
}

const garbage = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    "\0",
    "\ud800",
    "x".repeat(20_000),
    -1,
    1e308,
    null,
    "",
    [],
    {},
    "<!channel>",
    "'; drop table alerts; --",
  ),
  fc.integer({ min: 2, max: 500 }).map((depth) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`)),
);

const mutations = mutationsWith(garbage);

let triggers = 0;
const fresh = (payload: object) => ({ trigger_id: `${Date.now()}.${triggers++}.f`, ...payload });
const asForm = (payload: unknown): SignedBody => ({
  body: new URLSearchParams({ payload: JSON.stringify(payload) ?? "" }).toString(),
  contentType: form,
});

async function expectStatus(posted: SignedBody, allowed: (status: number) => boolean): Promise<void> {
  const { status, text } = await postToSlackEndpoint(story, posted);
  expect({ status, text, fits: allowed(status) }).toMatchObject({ fits: true });
}
const notServerError = (status: number) => status < 500;
const refused = (status: number) => status === 401 || status === 400 || status === 413;

/** Expects that requests leave every compared table but these unchanged. */
async function expectNoChange(sendRequests: () => Promise<void>, ...except: string[]): Promise<void> {
  await story.tocsin.idle();
  const before = await checksums();
  await sendRequests();
  await story.tocsin.idle();
  // Using a select makes Tocsin edit the card with the current values, which changes the card's counters.
  const ignored = Object.fromEntries(["cards", ...except].map((table) => [table, ""]));
  expect({ ...(await checksums()), ...ignored }).toEqual({ ...before, ...ignored });
}

test("randomly mutated interactions never cause a server error and change nothing", { timeout }, async () => {
  await expectNoChange(() =>
    fc.assert(
      fc.asyncProperty(fc.nat(), mutations, (which, changes) => {
        const all = payloads();
        const whole = fresh(all[which % all.length] ?? {});
        return expectStatus(asForm(changes.reduce(mutate, whole)), notServerError);
      }),
      { numRuns: runs, endOnFailure: true },
    ),
  );
});

test("commands with any text and fields from an unknown person never fail and change nothing", {
  timeout,
}, async () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(
      "list mine",
      "show 1",
      "assign 1",
      "resolve 1 x",
      "assign 1 <@U0ADA00001>",
      "\0",
      "x".repeat(20_000),
    ),
  );
  await expectNoChange(() =>
    fc.assert(
      fc.asyncProperty(
        texts,
        fc.constantFrom("", "user_id", "team_id", "channel_id", "trigger_id"),
        (text, without) => {
          const fields = fresh({
            command: "/tocsin",
            text,
            user_id: story.slack.users.mallory.id,
            team_id: "T0ACME0001",
            channel_id: card.channel,
          });
          const kept = Object.entries(fields).filter(([name]) => name !== without);
          return expectStatus(
            { body: new URLSearchParams(kept.map(([k, v]) => [k, String(v)])).toString(), contentType: form },
            notServerError,
          );
        },
      ),
      { numRuns: Math.round(runs / 2), endOnFailure: true },
    ),
  );
});

test("randomly mutated events of an unknown team never cause a server error", { timeout }, async () => {
  const types = fc.constantFrom(
    "member_joined_channel",
    "channel_rename",
    "app_home_opened",
    "message",
    "team_join",
    "\0",
  );
  await expectNoChange(() =>
    fc.assert(
      fc.asyncProperty(types, mutations, (type, changes) => {
        const event = {
          type,
          user: "U9NOBODY",
          channel: { id: "C9NOWHERE", name: "x" },
          text: "x",
          ts: "1.2",
        };
        const envelope = { type: "event_callback", event_id: `Ev${triggers++}`, team_id: "T9UNKNOWN", event };
        const body = JSON.stringify(changes.reduce(mutate, envelope)) ?? "";
        return expectStatus({ body, contentType: json }, notServerError);
      }),
      { numRuns: Math.round(runs / 2), endOnFailure: true },
    ),
  );
});

test("forged, outdated, future, truncated, oversized and mistyped requests are refused", async () => {
  const [whole = {}] = payloads();
  const good = asForm(fresh(whole));
  const deep = "[".repeat(100_000);
  // What Slack signed at another time is noted in the settings, for the warning about a wrong clock.
  for (const ageSeconds of [301, -301])
    await expectNoChange(() => expectStatus({ ...good, ageSeconds }, (status) => status === 401), "settings");
  await expectNoChange(async () => {
    await expectStatus({ ...good, secret: "another" }, (status) => status === 401);
    // Or anybody could raise the warning about a wrong clock.
    await expectStatus({ ...good, secret: "another", ageSeconds: 301 }, (status) => status === 401);
    await expectStatus({ ...good, contentType: "text/plain" }, refused);
    await expectStatus({ ...good, contentType: "multipart/form-data; boundary=x" }, refused);
    await expectStatus({ ...good, body: good.body.slice(0, -40) }, refused);
    await expectStatus({ body: Buffer.from([0xff, 0xfe, 0, 1]), contentType: json }, refused);
    await expectStatus({ body: "", contentType: json }, refused);
    await expectStatus({ body: deep, contentType: json }, refused);
    await expectStatus(
      { body: `{"type":"event_callback","event_id":"E","event":${deep}`, contentType: json },
      refused,
    );
    await expectStatus({ body: "x".repeat(5 * 1024 * 1024), contentType: json }, (status) => status === 413);
  });
});

test("a replayed request is answered and does nothing", async () => {
  const ada = story.slack.users.ada.id;
  const fields = {
    command: "/tocsin",
    text: `assign ${alert.number}`,
    user_id: ada,
    team_id: "T0ACME0001",
    channel_id: card.channel,
    trigger_id: "1.2.replayed",
  };
  const command = { body: new URLSearchParams(fields).toString(), contentType: form };
  const assigned = async () => (await story.api("GET", `/alerts/${alert.number}`)).body.assignee?.name;
  await expectStatus(command, (status) => status === 200);
  await expect.poll(assigned).toBe("Ada");
  await story.api("PATCH", `/alerts/${alert.number}`, { assignee: null });
  await expectStatus(command, (status) => status === 200);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await assigned()).toBeUndefined();
});

describe.skipIf(!oracles)("payloads of Slack's SDK (needs TOCSIN_ORACLES)", () => {
  const files = oracles ? readdirSync(folder) : [];
  test.each(files)("%s is answered with 200", async (file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const isEvent = /^(event_callback|url_verification)/.test(file);
    const posted = isEvent ? { body: text, contentType: json } : asForm(JSON.parse(text));
    await expectStatus(posted, (status) => status === 200);
  });
});
