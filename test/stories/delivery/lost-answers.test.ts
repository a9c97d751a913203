import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { InputOf } from "../../../simulator/control/serve.ts";
import { openIntakeConnection } from "../../../src/db/intake-transaction.ts";
import type { ReportingSource } from "../../../src/dedup/incoming.ts";
import { ingestRequests } from "../../../src/ingest/intake.ts";
import { report } from "../../builders/report.ts";
import { sendEvent } from "../../signed-requests.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let granted: string[];
beforeAll(async () => {
  story = await startStory();
  granted = [...(await story.slack.ask("setApp", {})).scopes];
});
afterAll(() => story.close());
afterEach(async () => {
  await story.slack.ask("faults", { faults: [] });
  await story.slack.expectNothingUnexpected();
});

type Faults = InputOf<"faults">["faults"];
const channel = () => story.slack.channel("#security");
const lost = { method: "chat.postMessage", what: { kind: "lost" } } as const;
const down = { method: "chat.postMessage", what: { kind: "status", status: 503 } } as const;

/** Grants the app these scopes beside the required ones; saving the app makes Tocsin read them. */
async function grant(...scopes: string[]) {
  const needed = granted.filter((scope) => scope !== "metadata.message:read");
  await story.slack.ask("setApp", { scopes: [...needed, ...scopes] });
  await created(story.api("PUT", "/slack/app", { mode: "http" }));
}

/** Opens an alert whose card is posted while Slack's response is lost. */
async function openWithLostResponse(title: string, ...faults: Faults) {
  await story.slack.ask("faults", { faults: [lost, ...faults] });
  const { body } = await story.send({ title, severity: "HIGH" });
  const card = await channel().expectCard(title);
  return { alertId: body.results[0].alertId as string, card };
}

async function deliveryOf(alertId: string) {
  const { rows } = await sql<{ id: string }>`select id from deliveries where alert_id = ${alertId}`.execute(
    story.tocsin.db.kysely,
  );
  return rows[0]?.id ?? "";
}

/** The outcome of each attempt, once the delivery is sent. Lets the waits between attempts pass. */
async function outcomes(alertId: string): Promise<string[]> {
  const stateLater = async () => {
    await story.pass("2 seconds");
    return (await story.api("GET", `/alerts/${alertId}`)).body.deliveries[0].state;
  };
  await expect.poll(stateLater).toBe("sent");
  const { body } = await story.api("GET", `/alerts/${alertId}/deliveries`);
  return body.results[0].tries.map(({ outcome }: { outcome: string }) => outcome);
}

const titled = async (title: string) =>
  (await channel().messages()).filter((message) => JSON.stringify(message.blocks).includes(title));
const countTitled = async (title: string) => (await titled(title)).length;

const metadataPosted = (appId: string, at: { card: { channel: string; ts: string }; delivery: string }) => ({
  type: "message_metadata_posted",
  app_id: appId,
  bot_id: "B0",
  user_id: "U0",
  team_id: "T0ACME0001",
  channel_id: at.card.channel,
  metadata: { event_type: "tocsin_card", event_payload: { delivery: at.delivery } },
  message_ts: at.card.ts,
  event_ts: at.card.ts,
});
const channelId = "C0SECURITY1";

test("a card whose response was lost is adopted when Slack's event names it", async () => {
  await grant("metadata.message:read");
  const { alertId, card } = await openWithLostResponse("Found by the event");
  expect(await outcomes(alertId)).toEqual(["retry", "found"]);
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
  await card.expectShown("Status", "Triaged", { as: "grace" });
  expect(await countTitled("Found by the event")).toBe(1);
});

test("an event that arrives before Slack's response changes nothing", async () => {
  await grant("metadata.message:read");
  await story.slack.ask("faults", { faults: [{ method: "chat.postMessage", what: { kind: "held" } }] });
  const { body } = await story.send({ title: "Event first", severity: "HIGH" });
  const { alertId } = body.results[0];
  const posted = async () => (await titled("Event first"))[0]?.ts ?? "";
  await expect.poll(posted).not.toBe("");
  const at = { card: { channel: channelId, ts: await posted() }, delivery: await deliveryOf(alertId) };
  await sendEvent(story, metadataPosted(story.slack.app.appId, at));
  await story.slack.ask("release", {});
  await channel().expectCard("Event first");
  expect(await outcomes(alertId)).toEqual(["sent"]);
  await sendEvent(story, metadataPosted(story.slack.app.appId, at));
  expect(await countTitled("Event first")).toBe(1);
});

test("an event of another app is ignored, and the card is posted again with a mark", async () => {
  await grant();
  const { alertId, card } = await openWithLostResponse("Forged", down);
  const forged = { card: { channel: channelId, ts: card.ts }, delivery: await deliveryOf(alertId) };
  await sendEvent(story, metadataPosted("A0MALLORY1", forged));
  expect(await outcomes(alertId)).toEqual(["retry", "retry", "sent"]);
  const second = await channel().expectCard("Forged");
  await second.expectText("May be a repeat");
  expect(await countTitled("Forged")).toBe(2);
});

test("a lost card is found in the channel's history, after the wait that Slack's 429 names", async () => {
  await grant("channels:history");
  const busy = {
    method: "conversations.history",
    what: { kind: "status", status: 429, retryAfter: 1 },
  } as const;
  const { alertId, card } = await openWithLostResponse("In the history", busy);
  expect(await outcomes(alertId)).toEqual(["retry", "found"]);
  expect(await countTitled("In the history")).toBe(1);
  const reads = (await story.slack.log.entries()).filter(({ what }) => what === "conversations.history");
  const [first, second] = reads.slice(-2);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  await card.choose("Assign", "grace", { as: "ada" });
  await card.expectReply("Ada assigned the alert to @Grace Hopper");
});

test("a click on a card whose response was lost works, and the card is adopted", async () => {
  await grant();
  const { alertId, card } = await openWithLostResponse("Clicked before it was known", down, down);
  await card.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  expect((await outcomes(alertId)).at(-1)).toBe("found");
  await card.expectText("Resolved: Clicked before it was known");
  // The reply meets the second fault, and waits up to 4 seconds.
  await story.pass("5 seconds");
  await card.expectReply("Ada resolved the alert: VPN");
  expect(await countTitled("Clicked before it was known")).toBe(1);
});

test("a click on a duplicate card changes the alert and turns the card into a pointer", async () => {
  await grant();
  const { alertId, card: first } = await openWithLostResponse("Twice");
  expect(await outcomes(alertId)).toEqual(["retry", "sent"]);
  const second = await channel().expectCard("Twice");
  await first.choose("Status", "Triaged", { as: "ada" });
  await second.expectShown("Status", "Triaged", { as: "ada" });
  await second.expectReply("Ada triaged the alert");
  await first.expectText("was posted twice. The other one is kept up to date.");
});

test("a card whose node died between commit and post is posted by another claim, and says so", async () => {
  await grant();
  const { db } = story.tocsin;
  await story.tocsin.idle();
  const { rows } = await sql<ReportingSource>`select id, name, resolves from sources limit 1`.execute(
    db.kysely,
  );
  const [source] = rows;
  if (!source) throw new Error("there is no source");
  // What is left of a node that dies right after the commit: an alert, and a claimed line without a job.
  const { outcomes: opened } = await openIntakeConnection(db).transaction((intake) =>
    ingestRequests(
      intake,
      [{ source, reports: [report({ title: "Died before the post" })], idempotency: null }],
      { room: 1, leaseSeconds: 0.5 },
    ),
  );
  expect(opened).toMatchObject([{ kind: "taken" }]);
  await story.pass("1 second");
  const card = await channel().expectCard("Died before the post");
  await card.expectText("May be a repeat");
  expect(await countTitled("Died before the post")).toBe(1);
});

test("a reply whose response was lost is found in its thread, or marked as a possible repeat", async () => {
  await grant("channels:history", "groups:history");
  const { body } = await story.send({ title: "Replies are lost", severity: "HIGH" });
  const { alertId } = body.results[0];
  const card = await channel().expectCard("Replies are lost");
  const comment = async (text: string) => {
    await story.tocsin.idle();
    await story.slack.ask("faults", { faults: [lost] });
    await created(story.api("PATCH", `/alerts/${alertId}`, { comment: text }));
    await card.expectReply(`Story commented: ${text}`);
    // The next reply can only come after the lost one is settled.
    await created(story.api("PATCH", `/alerts/${alertId}`, { comment: `After: ${text.length}` }));
    await story.pass("5 seconds");
    await card.expectReply(`Story commented: After: ${text.length}`);
    return (await card.replies()).filter((reply) => reply.includes(text));
  };
  expect(await comment("Only once, please")).toHaveLength(1);
  await grant();
  const twice = await comment("Nobody can look");
  expect(twice).toHaveLength(2);
  expect(twice[1]).toContain("May be a repeat");
});
