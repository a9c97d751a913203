import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sendEvent } from "../../signed-requests.ts";
import { mirrorThreads, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  await mirrorThreads(story);
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const security = () => story.slack.channel("#security");

async function report(title: string, more: object = {}) {
  const { body } = await story.send({ title, severity: "HIGH", ...more });
  const card = await security().expectCard(title);
  return { id: String(body.results[0].alertId), card };
}

const history = async (id: string) => (await story.api("GET", `/alerts/${id}/history`)).body.results;
const comments = async (id: string) => (await story.api("GET", `/alert-comments?alertId=${id}`)).body.results;
const bodies = async (id: string) => (await comments(id)).map(({ body }: { body: string }) => body);

/** The ts of the message with this text in a card's thread. */
async function findMessageTs(card: { channel: string; ts: string }, text: string) {
  const all = await story.slack.ask("messages", { channel: card.channel, thread: card.ts });
  const found = all.find((message) => message.text.includes(text));
  if (!found) throw new Error(`There is no message "${text}".`);
  return found.ts;
}

test("a card says that replies are kept, and a reply becomes its author's comment", async () => {
  const { id, card } = await report("Kept");
  await card.expectText("Replies here are kept in Tocsin");
  await security().say("Looks like the <@U0EVE00001> pentest", { as: "ada", thread: card.ts });
  await expect.poll(() => comments(id)).toMatchObject([{ author: { type: "user", name: "Ada" } }]);
  const [entry] = (await history(id)).slice(-1);
  expect(entry).toMatchObject({ kind: "commented", via: "slack" });
});

test("a reply by a person without a Tocsin user has their Slack name and a mark", async () => {
  const { id, card } = await report("Marked");
  await security().say("That was me, sorry", { as: "eve", thread: card.ts });
  await expect.poll(() => bodies(id)).toEqual(["That was me, sorry"]);
  const [comment] = await comments(id);
  expect(comment.author).toMatchObject({ type: "system", name: "Eve Adler (not a Tocsin user)" });
});

test("editing a reply changes the comment, and the history shows the edit", async () => {
  const { id, card } = await report("Edited");
  await security().say("It was the VNP", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toEqual(["It was the VNP"]);
  const ts = await findMessageTs(card, "VNP");
  await story.slack.ask("editMessage", { as: "ada", channel: card.channel, ts, text: "It was the VPN" });
  await expect.poll(() => bodies(id)).toEqual(["It was the VPN"]);
  const sentences = (await history(id)).map(({ sentence }: { sentence: string }) => sentence);
  expect(sentences.slice(-2)).toEqual([
    "Ada commented (edited): It was the VPN",
    "Ada edited a comment: It was the VPN",
  ]);
});

test("deleting a reply removes its text, also that of earlier versions", async () => {
  const { id, card } = await report("Deleted");
  await security().say("The password is hunter2", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toHaveLength(1);
  const ts = await findMessageTs(card, "hunter2");
  await story.slack.ask("editMessage", { as: "ada", channel: card.channel, ts, text: "Password: hunter2" });
  await expect.poll(() => bodies(id)).toEqual(["Password: hunter2"]);
  await story.slack.ask("deleteMessage", { channel: card.channel, ts });
  await expect.poll(() => bodies(id)).toEqual(["Deleted by its author"]);
  const entries = await history(id);
  expect(JSON.stringify(entries)).not.toContain("hunter2");
  expect(entries.at(-1).sentence).toBe("Ada deleted a comment");
});

test("files of a reply become links to Slack", async () => {
  const { id, card } = await report("With a file");
  await story.slack.ask("uploadFile", {
    as: "ada",
    channel: card.channel,
    thread: card.ts,
    name: "screen.png",
    text: "This is what she saw",
  });
  await expect.poll(() => bodies(id)).toHaveLength(1);
  const [entry] = (await history(id)).slice(-1);
  expect(entry.data.files).toMatchObject([
    { name: "screen.png", url: expect.stringContaining("slack.com/files/") },
  ]);
  await story.slack.ask("uploadFile", { as: "ada", channel: card.channel, thread: card.ts, name: "log.txt" });
  await expect.poll(async () => (await history(id)).at(-1)?.data.files?.[0]?.name).toBe("log.txt");
});

test("duplicate and out-of-order events change a comment once", async () => {
  const { id, card } = await report("Out of order");
  const inChannel = { type: "message", channel: card.channel };
  const message = (ts: string, text: string) => ({
    ...inChannel,
    user: story.slack.users.ada.id,
    ts,
    thread_ts: card.ts,
    text,
  });
  const changed = (ts: string, text: string, edited: string) => ({
    ...inChannel,
    subtype: "message_changed",
    message: { ...message(ts, text), edited: { user: story.slack.users.ada.id, ts: edited } },
  });
  const deleted = (ts: string) => ({
    ...inChannel,
    subtype: "message_deleted",
    deleted_ts: ts,
    previous_message: message(ts, "gone"),
  });
  const send = async (event: { type: string }) => expect(await sendEvent(story, event)).toBe(200);
  await send(deleted("1795611720.000100"));
  // Slack gets its response before an event is processed, and this event must be processed first.
  const unfinished = "select count(*)::int as n from slack_inbox where done_at is null";
  await expect.poll(async () => (await story.tocsin.db.pool.query(unfinished)).rows[0].n).toBe(0);
  await send(changed("1795611720.000200", "second", "1795611730.000002"));
  await expect.poll(() => bodies(id)).toEqual(["second"]);
  await send(message("1795611720.000100", "gone"));
  await send(message("1795611720.000200", "zeroth"));
  await send(changed("1795611720.000200", "first", "1795611730.000001"));
  await send(message("1795611720.000300", "last"));
  await expect.poll(() => bodies(id)).toEqual(["second", "last"]);
  expect((await history(id)).filter(({ kind }: { kind: string }) => kind === "comment_edited")).toEqual([]);
});

test("messages outside cards' threads, of the bot and of link previews are not stored", async () => {
  const { id, card } = await report("Private matters");
  await security().say("Lunch, anybody?", { as: "ada" });
  const lunch = (await security().messages()).find(({ text }) => text.includes("Lunch"))?.ts;
  await security().say("Pizza with hunter3!", { as: "grace", thread: lunch ?? "" });
  await story.api("POST", "/alert-comments", { alertId: id, body: "From the Console" });
  await card.expectReply("commented: From the Console");
  await security().say("See https://acme.example/wiki", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toHaveLength(2);
  const ts = await findMessageTs(card, "wiki");
  await story.slack.ask("unfurl", { channel: card.channel, ts, url: "https://acme.example/wiki" });
  await security().say("Last word", { as: "ada", thread: card.ts });
  await expect
    .poll(() => bodies(id))
    .toEqual(["From the Console", "See https://acme.example/wiki", "Last word"]);
  const { rows } = await story.tocsin.db.pool.query(
    "select id from slack_inbox where payload::text ~ 'hunter3|Lunch'",
  );
  expect(rows).toEqual([]);
});

test("a reply to one card is repeated only in the threads of the alert's other cards", async () => {
  await story.api("POST", "/destinations", {
    type: "slack-bot",
    displayName: "Platform",
    channel: "#platform",
    severities: ["CRITICAL"],
    alertTypes: ["RULE"],
    logTypes: [],
    timezone: "UTC",
  });
  const { card } = await report("Two channels", { severity: "CRITICAL" });
  const other = await story.slack.channel("#platform").expectCard("Two channels");
  await security().say("On it <!channel> & <b>co</b>", { as: "ada", thread: card.ts });
  await other.expectReply("Ada commented: On it <!channel> & <b>co</b>");
  const ts = await findMessageTs(card, "On it");
  await story.slack.ask("deleteMessage", { channel: card.channel, ts });
  await other.expectReply("Ada deleted a comment");
  await other.expectReply("Ada commented; deleted by its author");
  expect((await other.replies()).join()).not.toContain("On it");
  expect(await card.replies()).toEqual([]);
});
